//! Detectors on clusters that are really broken.

use opsbook::clock::Clock;
use opsbook::domain::{ClusterSnapshot, Finding, Kind, ObjectKey, Severity};

use crate::support::{Cluster, Desk, manifest};

/// A clock of ours that is some minutes ahead: the patience of a detector need not be waited for.
fn ahead(cluster: &Cluster) -> Clock {
    match cluster.lab() {
        None => cluster.clock(),
        Some(_) => {
            let now = Clock::real().now();
            Clock::since(now.checked_add(jiff::SignedDuration::from_mins(5)).unwrap(), 1)
        }
    }
}

/// The taint comes a moment after the condition.
fn tainted(finding: &Finding) -> bool {
    finding.evidence.iter().any(|e| e.field == "taint" && e.value.contains("unreachable:NoExecute"))
}

pub async fn a_silent_node_is_found_with_its_evidence_and_forgotten_when_it_is_back(cluster: Cluster) {
    let desk = Desk::at(cluster.connection(), ahead(&cluster), cluster.client());
    cluster.create(&manifest::namespace("silent")).await;
    cluster.create(&manifest::on_node(manifest::deployment("silent", "web", 2), "silent-1")).await;
    desk.world("two pods", |w| w.pods.in_namespace("silent").filter(|p| p.ready()).count() == 2).await;
    let subject = ObjectKey::cluster(Kind::Node, "silent-1");
    // The clock of this desk is ahead: what an earlier test deleted and is still going looks stuck to it.
    let about = |w: &ClusterSnapshot| w.findings.iter().any(|f| f.subject == subject);
    assert!(!about(&desk.now()), "{:?}", desk.now().findings);
    cluster.silence("silent-1").await;
    let found = desk
        .world("a finding about it, with the taint", |w| {
            w.findings.iter().any(|f| f.subject == subject && f.blast.pods == 2 && tainted(f))
        })
        .await;
    let finding = found.findings.iter().find(|f| f.subject == subject).unwrap();
    assert_eq!((finding.detector, finding.severity), ("node-not-ready", Severity::Critical));
    assert_eq!(finding.title, "silent-1 stopped reporting");
    let says = |field: &str| finding.evidence.iter().find(|e| e.field == field).map(|e| e.value.as_str());
    assert_eq!(says("Ready"), Some("Unknown  NodeStatusUnknown"));
    assert_eq!(says("message"), Some("Kubelet stopped posting node status."));
    assert!(says("lease").is_some_and(|l| l.starts_with("last renewed")));
    let link = finding.runbooks.first().unwrap();
    assert_eq!((link.id.as_str(), link.params["node"].as_str()), ("nodes/node-not-ready", "silent-1"));
    cluster.wake("silent-1").await;
    let well = desk.world("no finding any more", |w| w.findings.iter().all(|f| f.subject != subject)).await;
    assert!(well.node("silent-1").is_some_and(|n| n.ready()));
}
