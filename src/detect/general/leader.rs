//! A part of the control plane that no longer leads: what it should move stands still, and every status that it writes is
//! that of the last moment in which it ran.
//!
//! Only the two are judged that every cluster needs and that renew in the same place everywhere: a lease of anything else
//! may have been left by what nobody runs any more. Late is said by the clock of the other leases, as for nodes.

use super::node::pulse;
use super::{Changed, Detector, DetectorMeta, Verdict, after};
use crate::domain::{
    ClusterSnapshot, Evidence, Finding, Kind, LeaseRow, Level, ObjectKey, Severity, Timestamp,
};
use crate::lang::{msg, t};

const NAMESPACE: &str = "kube-system";
const LEADERS: [&str; 2] = ["kube-controller-manager", "kube-scheduler"];
/// A lease lasts 15 s (`--leader-elect-lease-duration`), then another instance takes over: four of them is nobody.
const SILENT_SECONDS: i64 = 60;

const META: DetectorMeta = DetectorMeta {
    id: "silent-leader",
    title: msg!("detect-leader-title"),
    kinds: &[Kind::Lease],
    runbooks: &[],
};

pub struct SilentLeader;

impl Detector for SilentLeader {
    fn meta(&self) -> &'static DetectorMeta {
        &META
    }

    fn subjects(&self, changed: Changed<'_>, world: &ClusterSnapshot, out: &mut Vec<ObjectKey>) {
        let Changed::Lease(change) = changed else { return };
        let own = &*change.key.namespace == NAMESPACE && LEADERS.contains(&&*change.key.name);
        // Each renewal is a tick of the cluster's clock.
        let pulse = [&change.before, &change.after].into_iter().flatten().filter_map(|l| l.renewed).max();
        for name in LEADERS {
            let lease = world.leases.find(NAMESPACE, name);
            if own && *change.key.name == *name || lease.zip(pulse).is_some_and(|(l, pulse)| late(l, pulse)) {
                out.push(ObjectKey::new(Kind::Lease, NAMESPACE, name));
            }
        }
    }

    fn inspect(&self, subject: &ObjectKey, world: &ClusterSnapshot, now: Timestamp) -> Verdict {
        let Some(lease) = world.leases.get(&subject.row) else { return Verdict::quiet() };
        let Some((renewed, pulse)) = lease.renewed.zip(pulse(world)) else { return Verdict::quiet() };
        // One holder whose clock is ahead makes no other late.
        if !late(lease, pulse.min(now)) {
            let due = after(renewed, SILENT_SECONDS + 1).filter(|due| pulse > now && *due > now);
            return Verdict { finding: None, recheck: due };
        }
        let holder = if lease.holder.is_empty() { t!("detect-leader-nobody") } else { &*lease.holder };
        let title = t!("detect-leader-found", lease = subject.row);
        let finding = Finding {
            since: Some(renewed),
            evidence: vec![
                Evidence::new(t!("detect-field-lease"), t!("detect-leader-renewed"), Some(renewed)),
                Evidence::new(t!("detect-field-holder"), holder, None),
            ],
            level: Level::General,
            ..Finding::new(META.id, Severity::Critical, subject, title)
        };
        Verdict { finding: Some(finding), recheck: None }
    }
}

fn late(lease: &LeaseRow, pulse: Timestamp) -> bool {
    lease.renewed.is_some_and(|at| at.as_second() < pulse.as_second() - SILENT_SECONDS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{World, ago, meta, node};

    #[test]
    fn a_control_plane_that_no_longer_leads_is_found() {
        let with = |name: &str, seconds: i64| {
            let lease =
                LeaseRow { meta: meta(NAMESPACE, name), renewed: Some(ago(seconds)), ..LeaseRow::default() };
            World::new().node(node("w", "True", "", 86_000)).with(|w| &mut w.leases, lease).findings()
        };
        for name in LEADERS {
            let found = with(name, 86_400);
            assert_eq!(
                found[0].title,
                format!("kube-system/{name}: nobody renews its lease, so it does nothing")
            );
            assert_eq!(found[0].severity, Severity::Critical);
            // The newest lease of all is three seconds old.
            assert!(with(name, 63).is_empty());
            assert_eq!(with(name, 64).len(), 1);
        }
        assert!(with("left-by-somebody", 86_400).is_empty());
    }
}
