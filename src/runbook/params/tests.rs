//! Values that are accepted and values that are refused.

use proptest::prelude::*;

use super::*;
use crate::domain::{Kind, ObjectKey};
use crate::runbook::model::{Runbook, TextRule, ValueType};
use std::collections::BTreeMap;

fn runbook(params: &str) -> Runbook {
    let text = format!(
        "---\nrunbook: 1\ntitle: t\nalerts: [{{ name: A, matchers: {{ severity: high }}, bind: {{ pod: labels.pod, node: labels.node }} }}]\nparams:\n{params}---\n"
    );
    let parsed = crate::runbook::parse("a/b.md", &text);
    assert!(parsed.problems.is_empty(), "{:?}", parsed.problems);
    parsed.runbook
}

const PARAMS: &str = "  node: { from: \"k8s:node\", prefer: [cursor] }
  ns: { from: \"k8s:namespace\", optional: true }
  pod: { from: \"k8s:pod\", ns: $ns, optional: true }
  word: { type: text, pattern: \"[a-z]+\", optional: true }
  size: { type: quantity, optional: true }
  wait: { type: duration, min: 1m, max: 1h, default: 10m }
  count: { type: int, min: 1, max: 9, default: 3 }
  mode: { type: enum, values: [soft, hard], default: soft }
  sure: { type: bool, default: false }
  find: { type: regex, optional: true }
  key: { type: secret, optional: true }
  hosts: { from: \"k8s:node\", many: true, optional: true }
";

#[test]
fn values_are_judged_by_their_type() {
    let r = runbook(PARAMS);
    let ns = Values::from([("ns".into(), accept(r.param("ns").unwrap(), "shop", &Values::new()).unwrap())]);
    let good = [
        ("node", "worker-1.example.org", "worker-1.example.org"),
        ("pod", "web-1", "shop/web-1"),
        ("pod", "other/web-1", "other/web-1"),
        ("word", "abc", "abc"),
        ("size", "512Mi", "512Mi"),
        ("wait", "1m30s", "90s"),
        ("count", "9", "9"),
        ("mode", "hard", "hard"),
        ("sure", "true", "true"),
        ("find", "^a|b$", "^a|b$"),
        ("key", "-anything goes", "***"),
    ];
    for (name, text, shown) in good {
        let value = accept(r.param(name).unwrap(), text, &ns).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(value.shown(), shown);
    }
    let bad = [
        ("node", "-rf"),
        ("node", "a;reboot"),
        ("node", "a\0"),
        ("pod", "a/b/c"),
        ("word", "abc1"),
        ("word", "-x"),
        ("word", "a\nb"),
        ("word", ""),
        ("size", "big"),
        ("wait", "2h"),
        ("count", "10"),
        ("count", "1.5"),
        ("mode", "medium"),
        ("sure", "yes"),
        ("find", "("),
    ];
    for (name, text) in bad {
        assert!(accept(r.param(name).unwrap(), text, &ns).is_err(), "{name} {text:?}");
    }
    assert!(accept(r.param("pod").unwrap(), "web-1", &Values::new()).is_err());
}

#[test]
fn a_refused_secret_is_not_repeated() {
    let r = runbook(PARAMS);
    let error = accept(r.param("key").unwrap(), "hunter2\0", &Values::new()).unwrap_err();
    assert!(!error.to_string().contains("hunter"));
    let value = accept(r.param("key").unwrap(), "hunter2", &Values::new()).unwrap();
    assert!(!format!("{value:?}{}", value.shown()).contains("hunter"));
}

#[test]
fn first_values_come_from_where_the_operator_comes_from() {
    let r = runbook(PARAMS);
    let labels: BTreeMap<String, String> =
        [("pod", "web-1"), ("namespace", "shop"), ("node", "-rf"), ("severity", "high")]
            .map(|(k, v)| (k.into(), v.into()))
            .into();
    let filled = prefill(&r, &Origin { alert: Some(("A", &labels)), ..Origin::default() });
    assert_eq!(filled.values["pod"].shown(), "shop/web-1");
    assert_eq!(filled.values["wait"].shown(), "10m");
    assert_eq!(filled.refused.len(), 1, "a label is no safer than typed text");
    assert_eq!(missing(&r, &filled.values)[0].name, "node");
    let cursor = ObjectKey::cluster(Kind::Node, "worker-1");
    let set = [("count".to_owned(), "5".to_owned()), ("nope".to_owned(), "1".to_owned())];
    let filled = prefill(&r, &Origin { cursor: Some(&cursor), set: &set, ..Origin::default() });
    assert_eq!(
        (filled.values["node"].shown(), filled.values["count"].shown()),
        ("worker-1".into(), "5".into())
    );
    assert_eq!(filled.refused[0].name, "nope");
}

#[test]
fn a_namespace_is_that_of_the_object_that_was_found() {
    let r = runbook("  ns: { from: \"k8s:namespace\", prefer: [finding, cursor] }\n");
    let subject = ObjectKey::new(Kind::Deployment, "shop", "web");
    for origin in [
        Origin { subject: Some(&subject), ..Origin::default() },
        Origin { cursor: Some(&subject), ..Origin::default() },
    ] {
        assert_eq!(prefill(&r, &origin).values["ns"].shown(), "shop");
    }
    let own = ObjectKey::cluster(Kind::Namespace, "shop");
    let filled = prefill(&r, &Origin { subject: Some(&own), ..Origin::default() });
    assert_eq!(filled.values["ns"].shown(), "shop");
    let node = ObjectKey::cluster(Kind::Node, "worker-1");
    assert!(prefill(&r, &Origin { subject: Some(&node), ..Origin::default() }).values.is_empty());
}

#[test]
fn many_values_become_a_list() {
    let r = runbook(PARAMS);
    let hosts = r.param("hosts").unwrap();
    assert_eq!(accept_all(hosts, &["a", "b"], &Values::new()).unwrap().plain(), "a\nb");
    assert!(accept_all(r.param("node").unwrap(), &["a", "b"], &Values::new()).is_err());
    assert!(accept_all(hosts, &[], &Values::new()).is_err());
}

proptest! {
    #[test]
    fn an_accepted_value_printed_is_accepted_again(name in prop::sample::select(vec!["node", "word", "size", "wait", "count", "mode", "sure", "find"]), text in "[a-z0-9.m^|-]{0,8}|[1-9][ms]|soft|true") {
        let r = runbook(PARAMS);
        let param = r.param(name).unwrap();
        if let Ok(value) = accept(param, &text, &Values::new()) {
            prop_assert_eq!(accept(param, &value.plain(), &Values::new()), Ok(value));
        }
    }

    #[test]
    fn nothing_accepted_has_control_characters_or_begins_with_a_dash(name in prop::sample::select(vec!["node", "word", "mode"]), text in "\\PC{0,6}|-[a-z]{0,4}|[a-z\n\0\t-]{0,6}") {
        let r = runbook(PARAMS);
        if let Ok(value) = accept(r.param(name).unwrap(), &text, &Values::new()) {
            let plain = value.plain();
            prop_assert!(!plain.chars().any(char::is_control) && !plain.starts_with('-'));
        }
    }
}

#[test]
fn a_length_of_time_is_taken_as_people_type_it_and_other_values_are_left_alone() {
    let time = ValueType::Duration { min: None, max: None };
    for (typed, wanted) in [
        ("30 min", "30m"),
        ("2小时", "2h"),
        ("1 hour 30 minutes", "1h30m"),
        ("90 秒", "90s"),
        ("5m", "5m"),
        ("30mins", "30m"),
    ] {
        assert_eq!(as_typed(&time, typed), wanted);
        assert!(accept_typed(&time, &as_typed(&time, typed)).is_ok(), "{typed}");
    }
    assert!(accept_typed(&time, "10 minutes").is_err(), "a file keeps to the format");
    assert_eq!(as_typed(&ValueType::Text(TextRule::default()), "30 min"), "30 min");
}
