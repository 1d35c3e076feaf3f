//! Patches at the practice server: each is taken or refused in the server's way, and the object stays one.

use proptest::prelude::*;

use super::{fuzz, mutate};
use crate::practice::support::{ask, get, healthy};

const SEEDS: &[&str] = &[
    r#"[{"op":"add","path":"/metadata/labels/a","value":"b"},{"op":"replace","path":"/spec/replicas","value":3}]"#,
    r#"[{"op":"copy","from":"/metadata","path":"/metadata/annotations/x"},{"op":"move","from":"/spec","path":"/x"},{"op":"test","path":"/spec/replicas","value":3},{"op":"remove","path":"/metadata/labels"}]"#,
    r#"{"spec":{"replicas":3,"template":{"spec":{"containers":[{"name":"web","image":"x"}],"$setElementOrder/containers":[{"name":"web"}]}}}}"#,
    r#"{"metadata":{"annotations":{"a":"b"},"finalizers":["x/y"]},"$patch":"replace","$retainKeys":["a"],"$deleteFromPrimitiveList/finalizers":["x/y"]}"#,
];

const WORDS: &[&str] = &[
    r#",{"op":"copy","from":"/metadata","path":"/metadata/annotations/a"}"#,
    r#""path":"""#,
    "/-",
    "/~1",
    "~0",
    "/0",
    "/99999999999",
    "null",
    "[]",
    "{}",
    "[[[[[[",
    "\"$patch\":\"delete\"",
    "-1",
    "1e308",
    "\\u0000",
];

const KINDS: &[&str] = &[
    "application/json-patch+json",
    "application/merge-patch+json",
    "application/strategic-merge-patch+json",
];

#[test]
fn patches_are_taken_or_refused_and_the_object_stays_one() {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    let guard = runtime.enter();
    let practice = healthy();
    drop(guard);
    let list = runtime.block_on(get(&practice, "/apis/apps/v1/deployments"));
    let meta = &list["items"][0]["metadata"];
    let path = format!(
        "/apis/apps/v1/namespaces/{}/deployments/{}",
        meta["namespace"].as_str().unwrap(),
        meta["name"].as_str().unwrap()
    );
    let inputs = (mutate::text(SEEDS, WORDS), 0..KINDS.len());
    fuzz("patches", &inputs, |(body, kind)| {
        let path = format!("{path}?dryRun=All");
        let (code, answer) = runtime.block_on(ask(&practice, "PATCH", &path, KINDS[kind], &body));
        prop_assert!([200, 400, 409, 413, 415, 422].contains(&code), "{code} {answer}");
        let after = runtime.block_on(get(&practice, path.split('?').next().unwrap()));
        prop_assert_eq!(after["kind"].as_str(), Some("Deployment"));
        prop_assert!(answer.to_string().len() < 16 << 20);
        Ok(())
    });
}
