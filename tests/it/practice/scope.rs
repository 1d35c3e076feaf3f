//! Who may read one namespace of some kinds: the picture says so for each kind.

use std::sync::Arc;

use opsbook::clock::Clock;
use opsbook::cluster::{Connection, Observer};
use opsbook::domain::{ClusterInfo, ClusterSnapshot, Kind, SyncState};
use opsbook::op::Inputs;
use opsbook::practice::{FaultTime, Pace, Practice, PracticeOptions, Scenario};
use serde_json::json;

/// A cluster of one node, on which pods can be listed in single namespaces only.
fn practice() -> Practice {
    let words = "one namespace";
    let scenario = json!({
        "scenario": 1, "title": words, "title_zh": words, "summary": words, "summary_zh": words,
        "goal": words, "goal_zh": words,
        // The empty namespace is that of a request over all of them.
        "deny": [{"verbs": ["list", "watch"], "resources": ["pods"], "namespaces": [""]}],
        "cluster": {"version": "v1.34.10", "age": "41d", "nodes": [
            {"name": "w", "zone": "a", "address": "10.9.0.1", "cpu": 8, "memory": "16Gi"}]},
    });
    let scenario = Scenario::parse("scope", "scope.yaml", &scenario.to_string()).unwrap();
    Practice::start(&scenario, PracticeOptions { fault: FaultTime::Held, pace: Pace::Real }).unwrap()
}

async fn settled(practice: &Practice, namespace: &str, clock: Clock) -> Arc<ClusterSnapshot> {
    let connection = Connection {
        client: practice.client(),
        info: ClusterInfo::default(),
        namespaces: opsbook::domain::Namespaces::read(namespace),
        login: None,
        skew: opsbook::clock::Skew::default(),
        vault: opsbook::vault::Vault::default(),
    };
    let observer = Observer::start(&connection, clock);
    let mut snapshots = observer.snapshots();
    let live = |w: &Arc<ClusterSnapshot>| w.sync.iter().all(|s| *s == SyncState::Live);
    snapshots.wait_for(live).await.unwrap().clone()
}

#[tokio::test(start_paused = true)]
async fn each_kind_says_which_part_of_it_is_seen() {
    let practice = practice();
    let world = settled(&practice, "kube-system", practice.clock()).await;
    assert_eq!(
        (world.scope(Kind::Pod).map(opsbook::domain::Namespaces::names), world.scope(Kind::Event)),
        (Some("kube-system".to_owned()), None)
    );
    assert!(world.whole(Kind::Event) && world.whole(Kind::Node) && !world.whole(Kind::Pod));
    assert_eq!(world.part().as_deref(), Some("only namespace kube-system of pods"));
    let refused = opsbook::op::plan("node.drain", &world, &Inputs::of([("node", "w")])).unwrap_err();
    assert!(refused.to_string().contains("only the pods of namespace kube-system"), "{refused}");
    let unknown = opsbook::detect::unknown(&world, world.taken);
    assert!(
        unknown.iter().any(|u| u.starts_with("pods only those of namespace") && u.contains("oom-killed")),
        "{unknown:?}"
    );
}
