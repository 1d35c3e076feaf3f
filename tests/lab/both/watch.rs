//! Watches and the assembly of snapshots.

use opsbook::domain::{ClusterSnapshot, Kind, ObjectKey, PodPhase, RowKey, SyncState};
use serde_json::json;

use crate::support::{Cluster, Desk, Gate, manifest};

fn all_live(world: &ClusterSnapshot) -> bool {
    world.sync.iter().all(|s| *s == SyncState::Live)
}

/// A Deployment of so many pods that are all ready.
async fn deploy(cluster: &Cluster, desk: &Desk, space: &str, name: &str, replicas: u32) {
    cluster.create(&manifest::namespace(space)).await;
    cluster.create(&manifest::deployment(space, name, replicas)).await;
    let ready =
        |w: &ClusterSnapshot| w.deployments.find(space, name).is_some_and(|d| d.available == replicas as i32);
    desk.world("all pods of the Deployment", ready).await;
}

fn pods_of(world: &ClusterSnapshot, space: &str) -> Vec<RowKey> {
    world.pods.in_namespace(space).map(|p| p.meta.key()).collect()
}

/// By what a pod says of which revision it is, its set is compared with it.
fn revisions_of_sets(world: &ClusterSnapshot) {
    let db = world.stateful_sets.find("rows", "db").unwrap();
    assert_eq!((db.desired, db.all, db.updated, db.partition, db.on_delete), (1, 1, 1, 0, false));
    let label = |name: &str, label: &str| {
        let pod = world.pods.in_namespace("rows").find(|p| p.meta.label("app") == Some(name)).unwrap();
        pod.meta.label(label).map(str::to_owned)
    };
    assert_eq!(label("db", "controller-revision-hash").as_deref(), Some(&*db.update_revision));
    assert_eq!(db.current_revision, db.update_revision);
    let agent = world.daemon_sets.find("rows", "agent").unwrap();
    assert_eq!((agent.template, agent.on_delete), (1, false));
    assert_eq!(label("agent", "pod-template-generation").as_deref(), Some("1"));
}

pub async fn every_kind_goes_live_with_its_rows(cluster: Cluster) {
    let desk = Desk::open(&cluster).await;
    deploy(&cluster, &desk, "rows", "web", 2).await;
    cluster.create(&manifest::daemon_set("rows", "agent")).await;
    cluster.create(&manifest::stateful_set("rows", "db", 1)).await;
    cluster.create(&manifest::budget("rows", "web", 1)).await;
    let world = desk
        .world("the DaemonSet and the budget", |w| {
            w.daemon_sets.find("rows", "agent").is_some_and(|d| d.ready >= 2)
                && w.stateful_sets.find("rows", "db").is_some_and(|s| s.rolled_out())
                && w.pdbs.find("rows", "web").is_some_and(|b| b.allowed == 1)
                && w.pods.in_namespace("rows").all(|p| p.ready())
        })
        .await;
    let web = world.deployments.find("rows", "web").unwrap();
    assert_eq!((web.desired, web.ready, web.updated, web.revision, web.paused), (2, 2, 2, 1, false));
    let set = world.replica_sets.in_namespace("rows").next().unwrap();
    assert_eq!((set.desired, set.revision, &*set.image), (2, 1, "registry.example/app:1"));
    assert_eq!(&*set.meta.owner.as_ref().unwrap().name, "web");
    let budget = world.pdbs.find("rows", "web").unwrap();
    assert_eq!((&*budget.rule, budget.healthy, budget.desired, budget.expected), ("min 1", 2, 1, 2));
    revisions_of_sets(&world);
    assert!(world.namespaces.find("", "rows").is_some_and(|n| &*n.phase == "Active"));
    for node in ["rows-1", "rows-2"] {
        let row = world.node(node).unwrap();
        assert!(row.ready() && !row.unschedulable && row.allocatable.pods == 110, "{row:?}");
        assert!(row.kubelet.starts_with("v1.") && row.meta.label("kubernetes.io/hostname") == Some(node));
        assert!(world.node_lease(node).is_some_and(|l| &*l.holder == node && l.renewed.is_some()));
        assert_eq!(world.pods_on(node).filter(|p| p.meta.label("app") == Some("agent")).count(), 1);
    }
    let pods: Vec<_> =
        world.pods.in_namespace("rows").filter(|p| p.meta.label("app") == Some("web")).collect();
    assert_eq!(pods.len(), 2);
    for pod in pods {
        assert_eq!(
            (pod.phase, pod.status().as_str(), pod.ready_count()),
            (PodPhase::Running, "Running", (1, 1))
        );
        assert!(pod.node.starts_with("rows-") && !pod.mirror && !pod.volumes.empty_dir && !pod.ip.is_empty());
        let (kind, top) = world.workload_of(pod).unwrap();
        assert_eq!((&*kind, top), ("Deployment", RowKey::new("rows", "web")));
        assert_eq!(world.budgets_of(pod).count(), 1);
        let key = ObjectKey { kind: Kind::Pod, row: pod.meta.key() };
        assert!(world.events_about(&key).any(|e| &*e.reason == "Scheduled" && !e.warning));
    }
    assert!(
        world.info.version.starts_with("v1.")
            || desk
                .world("the version", |w| !w.info.version.is_empty())
                .await
                .info
                .version
                .starts_with("v1.")
    );
}

pub async fn changes_and_deletions_arrive(cluster: Cluster) {
    let desk = Desk::open(&cluster).await;
    deploy(&cluster, &desk, "changes", "web", 1).await;
    let key = ObjectKey::new(Kind::Deployment, "changes", "web");
    let before = desk.now().generation;
    cluster.patch(&key, &json!({"metadata": {"labels": {"team": "blue"}}})).await;
    let blue = |w: &ClusterSnapshot| {
        w.deployments.get(&key.row).is_some_and(|d| d.meta.label("team") == Some("blue"))
    };
    assert!(desk.world("the new label", blue).await.generation > before);
    let old = pods_of(&desk.now(), "changes").remove(0);
    cluster.delete(&ObjectKey { kind: Kind::Pod, row: old.clone() }).await;
    let replaced = |w: &ClusterSnapshot| {
        let pods = pods_of(w, "changes");
        pods.len() == 1
            && pods[0] != old
            && w.pods_by_node.get("changes-1").is_some_and(|p| !p.contains(&old))
    };
    desk.world("another pod in its place", replaced).await;
    cluster.delete(&key).await;
    desk.world("nothing is left", |w| {
        pods_of(w, "changes").is_empty() && w.deployments.get(&key.row).is_none()
    })
    .await;
}

pub async fn a_server_that_was_away_is_stale_and_then_live(cluster: Cluster) {
    let gate = Gate::before(cluster.client());
    let desk = Desk::at(cluster.through(gate.client()), cluster.clock(), cluster.client());
    desk.world("all live", all_live).await;
    deploy(&cluster, &desk, "away", "web", 1).await;
    let rows = pods_of(&desk.now(), "away");
    gate.shut();
    let stale = |w: &ClusterSnapshot| w.sync.iter().all(|s| matches!(s, SyncState::Stale { .. }));
    let world = desk.world("everything stale", stale).await;
    let (_, why) = world.unreachable().unwrap();
    assert!(why.contains("gate is shut"), "{why}");
    assert_eq!(pods_of(&world, "away"), rows, "what was seen stays on the screen");
    cluster.create(&manifest::budget("away", "late", 1)).await;
    gate.open();
    let world = desk.world("all live again", |w| all_live(w) && w.pdbs.find("away", "late").is_some()).await;
    assert!(world.unreachable().is_none());
}

pub async fn what_went_meanwhile_is_gone_after_versions_expired(cluster: Cluster) {
    let gate = Gate::before(cluster.client());
    let desk = Desk::at(cluster.through(gate.client()), cluster.clock(), cluster.client());
    desk.world("all live", all_live).await;
    deploy(&cluster, &desk, "expired", "web", 1).await;
    gate.shut();
    desk.world("stale", |w| w.unreachable().is_some()).await;
    cluster.delete(&ObjectKey::new(Kind::Deployment, "expired", "web")).await;
    gate.forget_versions(true);
    gate.open();
    let gone = |w: &ClusterSnapshot| all_live(w) && w.deployments.find("expired", "web").is_none();
    desk.world("live without the Deployment", gone).await;
    assert!(gate.expirations() > 0, "no watch was refused as too old");
    gate.forget_versions(false);
    cluster.create(&manifest::budget("expired", "late", 1)).await;
    desk.world("followed from the new state on", |w| w.pdbs.find("expired", "late").is_some()).await;
}

pub async fn servers_that_do_not_stream_are_read_in_pages(cluster: Cluster) {
    let gate = Gate::before(cluster.client());
    gate.refuse_streaming();
    let paged = Desk::at(cluster.through(gate.client()), cluster.clock(), cluster.client());
    let streamed = Desk::open(&cluster).await;
    paged.world("all live", all_live).await;
    assert!(gate.pages() >= Kind::COUNT, "{} pages", gate.pages());
    deploy(&cluster, &paged, "pages", "web", 2).await;
    let all = |w: &ClusterSnapshot| pods_of(w, "pages").len() == 2;
    let (a, b) = (paged.world("both pods", all).await, streamed.world("both pods", all).await);
    assert_eq!(pods_of(&a, "pages"), pods_of(&b, "pages"));
    cluster.delete(&ObjectKey::new(Kind::Namespace, "", "pages")).await;
    paged.world("a deletion", |w| pods_of(w, "pages").is_empty()).await;
}
