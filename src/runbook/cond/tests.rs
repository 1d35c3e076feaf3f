//! Conditions against small snapshots.

use std::sync::Arc;

use super::*;
use crate::domain::{
    Condition as Cond, ContainerRow, ContainerState, DaemonSetRow, DeploymentRow, Kind, LeaseRow, Meta,
    NodeRow, Owner, PdbRow, PodPhase, PodRow, ReplicaSetRow, RowKey, Selector, Str, SyncState, Taint,
    Terminated,
};
use crate::runbook::params::{ObjectRef, ParamValue};

fn meta(namespace: &str, name: &str) -> Meta {
    Meta { namespace: namespace.into(), name: name.into(), ..Meta::default() }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap()
}

fn node(name: &str, ready: &str, reason: &str) -> NodeRow {
    let condition = Cond {
        kind: "Ready".into(),
        status: ready.into(),
        reason: reason.into(),
        message: "节点 says".into(),
        since: Some(at(900)),
    };
    let taint = Taint { key: "k".into(), value: "v".into(), effect: "NoSchedule".into(), since: None };
    let (taints, conditions) = (Box::from([taint]), Box::from([condition]));
    NodeRow { meta: meta("", name), taints, conditions, ..NodeRow::default() }
}

fn pod(name: &str, node: &str, owner: &str) -> PodRow {
    let killed = Terminated {
        reason: "OOMKilled".into(),
        exit_code: 137,
        finished: Some(at(940)),
        ..Terminated::default()
    };
    let container = ContainerRow {
        name: "app".into(),
        restarts: 3,
        state: ContainerState::Running(None),
        last: Some(Box::new(killed)),
        ..ContainerRow::default()
    };
    let owner = Some(Owner { kind: owner.into(), name: "web".into() });
    let labels = Arc::from([(Str::from("app"), Str::from("web"))]);
    let meta = Meta { labels, owner, ..meta("shop", name) };
    let containers = Box::from([container]);
    PodRow { meta, node: node.into(), phase: PodPhase::Running, containers, ..PodRow::default() }
}

fn cluster() -> ClusterSnapshot {
    let mut s =
        ClusterSnapshot { sync: std::array::from_fn(|_| SyncState::Live), ..ClusterSnapshot::default() };
    s.info = Arc::new(crate::domain::ClusterInfo { version: "v1.34.1+x".into(), ..Default::default() });
    s.nodes.insert(node("a", "True", "KubeletReady"));
    s.nodes.insert(node("b", "Unknown", "NodeStatusUnknown"));
    let lease =
        LeaseRow { meta: meta("kube-node-lease", "b"), renewed: Some(at(880)), ..LeaseRow::default() };
    s.leases.insert(lease);
    for (name, owner) in [("web-1", "StatefulSet"), ("log-1", "DaemonSet")] {
        s.pods.insert(pod(name, "b", owner));
        let keys = s.pods_by_node.entry("b".into()).or_default();
        keys.insert(RowKey::new("shop", name));
    }
    let selector =
        Selector { labels: Arc::from([(Str::from("app"), Str::from("web"))]), ..Selector::default() };
    s.pdbs.insert(PdbRow { meta: meta("shop", "web"), selector, ..PdbRow::default() });
    s
}

fn in_scope<T>(
    snapshot: Option<&ClusterSnapshot>,
    source: &str,
    then: impl FnOnce(&Condition, &Scope<'_>) -> T,
) -> T {
    let chosen = ObjectRef { kind: "pod".into(), namespace: Some("shop".into()), name: "web-1".into() };
    let params = Values::from([
        ("node".to_owned(), ParamValue::Text("b".into())),
        ("pod".to_owned(), ParamValue::Object(chosen)),
        ("key".to_owned(), ParamValue::Secret(crate::runbook::params::SecretText::new("x"))),
    ]);
    let record = Values::from([("revision".to_owned(), ParamValue::Int(7))]);
    let steps = Recorded::from([("copy-file".to_owned(), record)]);
    let scope = Scope { snapshot, params: &params, steps: &steps, now: at(1000), wants: None };
    then(&compile(source).unwrap_or_else(|e| panic!("{source}: {e}")), &scope)
}

fn test_in(snapshot: Option<&ClusterSnapshot>, source: &str) -> Outcome {
    in_scope(snapshot, source, Condition::test)
}

/// What a person reads of an expression.
fn words_in(snapshot: &ClusterSnapshot, source: &str) -> String {
    in_scope(Some(snapshot), source, Condition::words).join(" · ")
}

#[test]
fn what_decides_a_condition_is_said_in_words_with_its_values() {
    let s = cluster();
    for (source, said) in [
        ("node(p.node).ready", "node b ready: no"),
        ("!node('a').ready", "node a ready: yes"),
        (
            "node(p.node).ready && node(p.node).leaseAgeSeconds < 20",
            "node b ready: no · node b lease age seconds 120, wanted < 20",
        ),
        (
            "node('a').ready && node(p.node).leaseAgeSeconds > 20",
            "node a ready: yes · node b lease age seconds 120",
        ),
        ("nodes.notReady.size() == 0", "nodes not ready 1 (b), wanted = 0"),
        ("nodes.notReady.size() <= 1 || api.minor > 90", "nodes not ready 1 (b)"),
        (
            "podsOn(p.node).all(x, x.ready || x.phase == 'Succeeded')",
            "pods on b: not ready or phase = Succeeded: 2 (shop/log-1, shop/web-1) of 2",
        ),
        ("nodes.all.exists(n, node(n).ready)", "nodes all: node ready: 1 (a) of 2"),
        ("pod(p.pod).restarts < 3", "pod shop/web-1 restarts 3, wanted < 3"),
        ("api.version == 'v1.34.1+x' ? node('a').ready : false", "node a ready: yes"),
        ("deployment('shop', 'web').exists", "deployment shop web exists: no"),
    ] {
        assert_eq!(words_in(&s, source), said, "{source}");
    }
    let nothing = ClusterSnapshot::default();
    assert!(words_in(&nothing, "node(p.node).ready").starts_with("not known: "), "what is unknown is no no");
}

#[test]
fn conditions_read_the_cluster() {
    let s = cluster();
    for source in [
        "node(p.node).condition(\"Ready\").reason == 'NodeStatusUnknown'",
        "!node(p.node).ready && node('a').ready && !node('zzz').exists",
        "node(p.node).leaseAgeSeconds == 120",
        "node('b').condition('Ready').ageSeconds == 100 && node('b').condition('Ready').message.contains('节点')",
        "nodes.notReady.size() <= 1 && nodes.all == ['a', 'b'] && 'a' in nodes.ready",
        "node('b').taints.exists(t, t.key == 'k' && t.effect == 'NoSchedule')",
        "podsOn(p.node).size() == 2 && evictablePods(p.node).map(x, x.name) == ['web-1']",
        "pdbsBlocking(p.node).size() == 1 && pdbsBlocking(p.node)[0].name == 'web'",
        "pod(p.pod).exists && pod(p.pod.namespace, p.pod.name).restarts == 3",
        "oomKilled(p.pod).all(k, k.ageSeconds >= 60) && oomKilled('shop', 'web').size() == 2",
        "pods('shop', 'app=web').filter(x, x.node == 'b').size() == 2",
        "api.version == 'v1.34.1+x' && api.minor >= 28",
        "steps.copy_file.revision == 7 && findings('node-not-ready').size() == 0",
        "quantity('1Ki') == 1024.0 && seconds('2m') == 120 && int('7') + 1 == 8",
        "has(p.node) ? 'b'.startsWith('b') : false",
        "events('node', 'b').size() == 0 && !deployment('shop', 'web').exists",
        "pod(p.pod).containers.exists_one(c, c.name == 'app' && c.lastTerminated == 'OOMKilled')",
    ] {
        assert_eq!(test_in(Some(&s), source), Outcome::True, "{source}");
    }
}

#[test]
fn a_rollout_is_complete_when_nothing_of_the_old_revision_is_left() {
    let mut s = cluster();
    let counts = |all| DeploymentRow {
        meta: meta("shop", "api"),
        desired: 1,
        all,
        ready: 1,
        updated: 1,
        available: 1,
        ..DeploymentRow::default()
    };
    let holds =
        |s: &ClusterSnapshot| test_in(Some(s), "deployment('shop', 'api').rolledOut") == Outcome::True;
    s.deployments.insert(counts(1));
    assert!(holds(&s));
    // One new pod that is not available yet, beside an old one that is.
    s.deployments.insert(counts(2));
    assert!(!holds(&s));
    s.deployments.insert(counts(1));
    for (name, revision) in [("api-1", 1), ("api-2", 2)] {
        let owner = Some(Owner { kind: "Deployment".into(), name: "api".into() });
        let set = Meta { owner, ..meta("shop", name) };
        s.replica_sets.insert(ReplicaSetRow { meta: set, revision, ..ReplicaSetRow::default() });
    }
    let of = |set: &str| {
        let mut row = pod(&format!("{set}-x"), "a", "ReplicaSet");
        row.meta.owner = Some(Owner { kind: "ReplicaSet".into(), name: set.into() });
        row
    };
    s.pods.insert(of("api-2"));
    assert!(holds(&s));
    s.pods.insert(of("api-1"));
    assert!(!holds(&s), "the watch of the pods is behind");
}

#[test]
fn a_daemon_set_that_its_controller_has_not_looked_at_is_not_rolled_out() {
    let mut s = cluster();
    let row = DaemonSetRow {
        meta: meta("shop", "agent"),
        desired: 1,
        ready: 1,
        updated: 1,
        available: 1,
        generation: 2,
        observed: 1,
        ..DaemonSetRow::default()
    };
    s.daemon_sets.insert(row.clone());
    assert_eq!(test_in(Some(&s), "daemonset('shop', 'agent').rolledOut"), Outcome::False);
    s.daemon_sets.insert(DaemonSetRow { observed: 2, ..row });
    assert_eq!(test_in(Some(&s), "daemonset('shop', 'agent').rolledOut"), Outcome::True);
}

#[test]
fn unknown_is_neither_true_nor_false() {
    let s = cluster();
    let unknown = |source: &str, words: &str| match test_in(Some(&s), source) {
        Outcome::Unknown(why) => assert!(why.contains(words), "{source}: {why}"),
        other => panic!("{source}: {other:?}"),
    };
    unknown("etcd.healthy.size() <= etcd.members.size() / 2", "needs etcd access");
    unknown("!(etcd.quorum)", "needs etcd access");
    unknown("nodes.all.exists(n, n == 'zzz' || etcd.quorum)", "needs etcd access");
    unknown("p.missing == 1", "no value yet");
    unknown("p.key == 'x'", "secret");
    unknown("steps.never.x == 1", "not recorded");
    unknown("1 / (1 - 1) == 2", "division by zero");
    unknown("nodes.all[9] == 'a'", "2 elements");
    unknown("api.readyz", "probe");
    unknown("node('zzz').ageSeconds > 5", "no node");
    unknown("9223372036854775807 + 1 > 0", "too large");
    assert_eq!(test_in(Some(&s), "false && etcd.quorum"), Outcome::False);
    assert_eq!(test_in(Some(&s), "etcd.quorum || true"), Outcome::True);
    assert_eq!(test_in(Some(&s), "nodes.all.exists(n, n == 'a' || etcd.quorum)"), Outcome::True);
    assert!(matches!(test_in(None, "nodes.all.size() == 0"), Outcome::Unknown(_)));
}

#[test]
fn what_is_not_loaded_is_unknown_and_not_empty() {
    let states = [
        (SyncState::Loading(3), "not loaded yet"),
        (SyncState::Forbidden("list".into()), "may not list pods"),
        (SyncState::Stale { since: at(0), why: "gone".into() }, "since 00:00:00 UTC: gone"),
    ];
    for (state, words) in states {
        let mut s = cluster();
        s.sync[Kind::Pod as usize] = state;
        match test_in(Some(&s), "evictablePods(p.node).size() == 0") {
            Outcome::Unknown(why) => assert!(why.contains(words), "{why}"),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn what_is_seen_of_one_namespace_answers_for_that_one_only() {
    let mut s = cluster();
    s.scopes[Kind::Pod as usize] = Some("shop".into());
    assert!(matches!(test_in(Some(&s), "pods('shop').size() >= 0"), Outcome::True));
    for asked in
        ["pods('other').size() == 0", "podsOn(p.node).size() == 0", "evictablePods(p.node).size() == 0"]
    {
        match test_in(Some(&s), asked) {
            Outcome::Unknown(why) => assert!(why.contains("only the pods of namespace shop"), "{why}"),
            other => panic!("{asked}: {other:?}"),
        }
    }
}

fn fault(source: &str) -> (String, usize, String) {
    match compile_with(source, Some(&declared())).unwrap_err() {
        CondError::Invalid { message, help, at } => (message, at.start, help.unwrap_or_default()),
        unknown @ CondError::Unknown(_) => panic!("{unknown}"),
    }
}

fn declared() -> Declared {
    let revision = [("revision".to_owned(), Ty::one(Base::Int))].into();
    Declared {
        params: [("node".to_owned(), Ty::one(Base::Text))].into(),
        steps: [("inspect".to_owned(), revision)].into(),
    }
}

#[test]
fn mistakes_are_found_before_running_with_their_place() {
    let cases = [
        ("nods.ready.size() > 1", "do not know `nods`", 0, "`nodes`"),
        ("true && nodes.redy.size() > 1", "no field `redy`", 14, "`ready`"),
        ("noode(p.node).ready", "no function `noode`", 0, "`node`"),
        ("node(p.nod).ready", "no parameter `nod`", 7, "`node`"),
        ("node(p.node).reday", "no field `reday`", 13, "`ready`"),
        ("node(3).ready", "cannot be called", 0, "it takes (text)"),
        ("nodes.ready.size() >= 'x'", "put together", 0, ""),
        ("node(p.node).condition('Ready').resaon == 'x'", "no field `resaon`", 32, "`reason`"),
        ("steps.inspect.revsion > 1", "does not record", 14, "`revision`"),
        ("steps.other.revision > 1", "no earlier step", 6, ""),
        ("nodes.ready.sise() > 1", "no method `sise`", 12, "`size`"),
        ("nodes.all.exists(n, n.name == 'a')", "no field `name`", 22, ""),
        ("node(p.node).ready &&", "not a condition", 0, ""),
        ("p.node && true", "put together", 0, ""),
    ];
    for (source, message, offset, help) in cases {
        let (m, o, h) = fault(source);
        assert!(m.contains(message) && h.contains(help), "{source}: {m} / {h}");
        if !message.starts_with("not a") && !message.starts_with("put") {
            assert_eq!(o, offset, "{source}: {m}");
        }
    }
}

#[test]
fn the_type_is_known_before_running() {
    assert_eq!(compile("nodes.ready.size() > 1").unwrap().ty(), Ty::one(Base::Bool));
    assert_eq!(compile("node('a').condition('Ready').reason").unwrap().ty(), Ty::one(Base::Text));
    assert_eq!(compile("nodes.all.map(n, n.size())").unwrap().ty(), Ty::list(Base::Int));
}

#[test]
fn loops_inside_of_loops_end() {
    let many: Vec<String> = (0..200).map(|i| format!("{i}")).collect();
    let list = format!("[{}]", many.join(","));
    let source = format!("{list}.all(a, {list}.all(b, {list}.all(c, a + b + c >= 0)))");
    assert!(matches!(test_in(None, &source), Outcome::Unknown(why) if why.contains("too long")));
}

#[test]
fn whether_a_parameter_was_given_is_known_where_it_was_not() {
    for (source, wanted) in [
        ("has(p.nobody)", Outcome::False),
        ("!has(p.nobody)", Outcome::True),
        ("has(p.nobody.name)", Outcome::False),
        ("has(p.node) ? !has(p.nobody) : false", Outcome::True),
        ("has(p.nobody) && p.nobody.name == 'a'", Outcome::False),
    ] {
        assert_eq!(test_in(Some(&cluster()), source), wanted, "{source}");
    }
    assert!(matches!(test_in(Some(&cluster()), "p.nobody == 'a'"), Outcome::Unknown(_)));
}

#[test]
fn a_stateful_set_has_rolled_out_when_its_revisions_are_one_and_all_are_ready() {
    let row = |update: &str, ready| crate::domain::StatefulSetRow {
        meta: meta("shop", "db"),
        desired: 2,
        all: 2,
        ready,
        updated: 2,
        available: ready,
        current_revision: "db-a".into(),
        update_revision: update.into(),
        ..Default::default()
    };
    for (row, wanted) in
        [(row("db-a", 2), Outcome::True), (row("db-b", 2), Outcome::False), (row("db-a", 1), Outcome::False)]
    {
        let mut world = cluster();
        world.stateful_sets.insert(row);
        assert_eq!(test_in(Some(&world), "statefulset('shop', 'db').rolledOut"), wanted);
        assert_eq!(test_in(Some(&world), "statefulset('shop', 'db').desired == 2"), Outcome::True);
    }
    assert_eq!(test_in(Some(&cluster()), "statefulset('shop', 'gone').exists"), Outcome::False);
}

/// What the review ran: each of these grew until the machine had nothing left, or went on for minutes.
#[test]
fn what_an_expression_makes_is_bounded_in_bytes_and_steps() {
    // A text that is added to itself, in loops inside of loops.
    let eight = |inner: &str| format!("['a'].map(x, {inner}).map(t, t + t + t + t + t + t + t + t)");
    let twelve = (0..12).fold("'0123456789abcdef'".to_owned(), |inner, _| {
        format!("[{inner}].map(t, t + t + t + t + t + t + t + t)[0]")
    });
    // A list that holds itself twice, thirty deep: small, but its equality is not.
    let twice = (0..30).fold("[1]".to_owned(), |inner, _| format!("[{inner}].map(l, [l, l])[0]"));
    let lists = (0..12)
        .fold("[1]".to_owned(), |inner, _| format!("[{inner}].map(l, l + l + l + l + l + l + l + l)[0]"));
    let pattern =
        format!("[1, 2, 3, 4, 5, 6, 7, 8, 9].map(i, 'x'.matches('{}' + string(i)))", "(a{200}){200}");
    for (source, why) in [
        (format!("{twelve}.size() > 0"), "too large"),
        (format!("{} == ['x']", eight(&twelve)), "too large"),
        (format!("{twice} == {twice}"), "too long"),
        (format!("{lists}.size() > 0"), "too large"),
        (format!("{pattern} == []"), "too large"),
    ] {
        match test_in(Some(&cluster()), &source) {
            Outcome::Unknown(said) => assert!(said.contains(why), "{said}"),
            other => panic!("{other:?}"),
        }
    }
    // What real conditions do is far from it.
    let many: Vec<String> = (0..1500).map(|i| i.to_string()).collect();
    let many = format!("[{}]", many.join(","));
    assert_eq!(
        test_in(None, &format!("{many}.map(a, a + 1).filter(a, a > 3).size() == 1497")),
        Outcome::True
    );
}
