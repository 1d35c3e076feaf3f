//! pods/exec of the practice cluster: the checks of an API server, and the truth about its containers.

use k8s_openapi::api::core::v1::Pod;
use kube::api::{Api, AttachParams};
use opsbook::cluster::explain;
use opsbook::op::{Place, Script};
use opsbook::shell::{Ended, Job, Shell, Surroundings};
use opsbook::vault::Vault;
use tokio_util::sync::CancellationToken;

use super::support::{ask, get, healthy};

const PODS: &str = "/api/v1/namespaces/kube-system/pods";

/// A running pod: its name, uid and first container.
async fn pod(practice: &opsbook::practice::Practice) -> (String, String, String) {
    let list = get(practice, PODS).await;
    let pod = &list["items"][0];
    let text = |at: &str| pod.pointer(at).and_then(|v| v.as_str()).unwrap().to_owned();
    (text("/metadata/name"), text("/metadata/uid"), text("/spec/containers/0/name"))
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_is_refused_as_by_an_api_server() {
    let practice = healthy();
    let (name, _, container) = pod(&practice).await;
    for (query, code, words) in [
        ("x/exec?command=id".to_owned(), 404, "pods \"x\" not found"),
        (format!("{name}/exec?container={container}"), 400, "at least 1 command"),
        (format!("{name}/exec?command=id&container=no"), 400, "container no is not valid for pod"),
        (format!("{name}/exec?command=id&container={container}"), 500, "holds no process"),
    ] {
        for method in ["GET", "POST"] {
            let (got, body) = ask(&practice, method, &format!("{PODS}/{query}"), "", "").await;
            assert_eq!((got, body["kind"].as_str()), (code, Some("Status")), "{query}: {body}");
            assert!(body["message"].as_str().unwrap().contains(words), "{query}: {body}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_ordinary_client_is_told_the_truth() {
    let practice = healthy();
    let (name, _, _) = pod(&practice).await;
    let pods = Api::<Pod>::namespaced(practice.client(), "kube-system");
    let error = pods.exec(&name, ["id"], &AttachParams::default()).await.err().unwrap();
    assert!(
        explain(&error).contains("nothing can be run in the containers of a practice cluster"),
        "{error}"
    );
}

/// Runs a script in a pod of this uid.
async fn run(uid: Option<&str>) -> Ended {
    let practice = healthy();
    let (pod, own, container) = pod(&practice).await;
    let uid = uid.unwrap_or(&own).to_owned();
    let script = Script {
        place: Place::Container { namespace: "kube-system".into(), pod, uid, container },
        interpreter: "sh".into(),
        body: "id\n".into(),
        env: Vec::new(),
        interactive: false,
        any_exit: false,
        proof: None,
        timeout_seconds: None,
    };
    let shell = Shell::new(practice.client(), Surroundings::default());
    let (lines, _told) = tokio::sync::mpsc::channel(16);
    let (vault, cancel) = (Vault::default(), CancellationToken::new());
    shell.runner(&script.place).run(Job { script: &script, lines, vault, cancel }).await.ended
}

#[tokio::test(start_paused = true)]
async fn a_script_says_that_nothing_ran() {
    let Ended::NotStarted(why) = run(None).await else { panic!("it ran") };
    assert!(why.contains("holds no process"), "{why}");
    let Ended::NotStarted(why) = run(Some("another")).await else { panic!("it ran") };
    assert!(why.contains("is another one now"), "{why}");
}
