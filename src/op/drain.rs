//! Drain: cordon, then evict what can move, in waves, within the disruption budgets. It never deletes.
//!
//! Which pods leave and what stops them stands in `sorted`; how the operator wants it done in `how`. To add a choice: its
//! parameter here, its field and its rung of the ladder in `how`.

mod how;
mod sorted;

use crate::lang::{msg, t};
use super::cordon::{node, set_unschedulable};
use super::leave::{self, LOOKS_AT};
use super::target::guard;
use super::{Access, Call, CommandLine, DrainWork, Inputs, OpMeta, Operation, Plan, Progress, Refusal, Takes, Undo, Work, force_delete, known, may, need, WayBack};
use crate::domain::{ClusterSnapshot, Kind, NodeRow, ObjectKey, PodRow, Risk, number};
use how::How;
use sorted::{Fate, Sorted, fate};

/// Its id.
pub(super) const ID: &str = "node.drain";

const META: OpMeta = OpMeta {
    id: ID,
    title: msg!("op-drain-drain-node-evict-its-pods-within"),
    kinds: &[Kind::Node],
    params: &[
        need("node", Takes::Name(Kind::Node), msg!("op-drain-name-of-node")),
        may("timeout", Takes::Duration, msg!("op-drain-how-long-to-try-10m-by")),
        may("gracePeriod", Takes::Duration, msg!("op-drain-for-each-pod-to-end-below")),
        may("force", Takes::Bool, msg!("op-drain-pods-without-owner-too-gone-for")),
        may("deleteEmptyDir", Takes::Bool, msg!("op-drain-lose-emptydir-data-without-question-r3")),
        may("ignoreDaemonsets", Takes::Bool, msg!("op-drain-always-so-accepted-as-kubectls-flag")),
    ],
    risk: Risk::Medium,
    reach: "api",
    guards: &[
        msg!("op-drain-leaves-mirror-and-daemonset-pods"),
        msg!("op-drain-refuses-while-bare-pods-are-on"),
        msg!("op-drain-asks-before-emptydir-data-is-lost"),
        msg!("op-drain-shows-budgets-that-allow-no-disruption"),
        msg!("op-drain-names-pods-that-server-will-refuse"),
        msg!("op-drain-names-finalizers-graces-beyond-its-limit"),
        msg!("op-drain-refuses-grace-of-0-which-takes"),
        msg!("op-drain-refuses-while-pods-or-budgets-of"),
    ],
    undo: WayBack::Told(msg!("op-drain-node-uncordon-pods-do-not-come")),
};

pub struct Drain;

/// A drain needs to see every pod and every budget.
fn seen(world: &ClusterSnapshot) -> Result<(), Refusal> {
    for kind in LOOKS_AT {
        let plural = kind.meta().plural;
        if let Some(only) = world.scope(*kind) {
            return Err(guard(
                t!("op-drain-only-of-are-seen-and-node", plural = plural, only = only),
                t!("op-drain-ask-for-right-to-list-in", plural = plural),
            ));
        }
        known::planned_on(world, *kind, None)?;
    }
    Ok(())
}

impl Operation for Drain {
    fn meta(&self) -> &'static OpMeta {
        &META
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        known::not_stale(world, Kind::Node)?;
        let (key, row) = node(world, &META, inputs)?;
        seen(world)?;
        let how = How::of(&META, inputs)?;
        let sorted = Sorted::of(world, key.name(), row.silent(), &how);
        sorted.refuse(key.name())?;
        if sorted.evict.is_empty() && sorted.going.is_empty() && row.unschedulable {
            return Err(Refusal::AlreadySo(t!("op-drain-is-cordoned-and-has-nothing-to", name = key.name())));
        }
        let cordon = (!row.unschedulable).then(|| set_unschedulable(&key, row, true));
        let mut made = made(key, row, inputs, &how, sorted, cordon);
        made.consequences.extend(LOOKS_AT.iter().filter_map(|kind| known::polled(world, *kind)));
        Ok(made)
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        known::waits(world, Kind::Pod, None).unwrap_or_else(|| left(plan, world))
    }
}

fn made(
    key: ObjectKey,
    row: &NodeRow,
    inputs: &Inputs,
    how: &How,
    sorted: Sorted,
    cordon: Option<Call>,
) -> Plan {
    let mut needs: Vec<Access> = cordon.iter().map(Call::access).collect();
    needs.extend(sorted.evict.iter().map(|p| evict_access(p.key.namespace())));
    needs.sort();
    needs.dedup();
    let undo = if cordon.is_some() {
        Undo::By {
            op: "node.uncordon".to_owned(),
            inputs: Inputs::of([("node", key.name()), ("force", "true")]),
            note: t!("op-drain-pods-do-not-come-back-by").to_owned(),
        }
    } else {
        // The cordon was there before: it is not this plan's to take back.
        Undo::None(t!("op-drain-pods-do-not-come-back-by-2").to_owned())
    };
    Plan {
        op: META.id.to_owned(),
        inputs: inputs.clone(),
        title: t!("op-drain-drain", name = key.name()),
        uid: row.meta.uid.to_string(),
        version: row.meta.version.to_string(),
        risk: META.risk.max(how.rung(&sorted)),
        summary: sorted.summary(),
        consequences: sorted.consequences(row.silent(), how),
        questions: if how.data_may_go { Vec::new() } else { sorted.questions() },
        needs,
        kubectl: kubectl(key.name(), &sorted, how),
        undo,
        proof: t!("op-drain-no-pod-on-that-could-move", name = key.name()),
        within_seconds: how.timeout,
        peer: false,
        work: Work::Drain {
            cordon,
            drain: DrainWork {
                node: key.clone(),
                silent: row.silent(),
                evict: sorted.evict,
                going: sorted.going,
                stay: sorted.stay,
                timeout_seconds: how.timeout,
                grace_seconds: how.grace,
            },
        },
        target: key,
    }
}

/// How many pods that are left are named.
const NAMED: usize = 3;

/// Which pods are on the node that could move, and why each of them is.
fn left(plan: &Plan, world: &ClusterSnapshot) -> Progress {
    let name = plan.target.name();
    // Of a silent node nothing confirms the end of a pod: that it is marked is all there will be.
    let silent = force_delete::known(world) && world.node(name).is_some_and(|n| n.silent());
    let forced = plan.inputs.flag(&META, "force").unwrap_or(false);
    let stays = |p: &&std::sync::Arc<PodRow>| match fate(p, forced) {
        Fate::Evict => true,
        Fate::Going => !silent,
        Fate::Stay(_) | Fate::Bare => false,
    };
    let pods: Vec<_> = world.pods_on(name).filter(stays).collect();
    if pods.is_empty() {
        return Progress::Fulfilled(plan.proof.clone());
    }
    let Work::Drain { drain: work, .. } = &plan.work else { return Progress::Pending(plan.proof.clone()) };
    let planned = |pod: &PodRow| work.evict.iter().chain(&work.going).any(|p| *p.uid == *pod.meta.uid);
    let returned = |pod: &PodRow| pod.meta.deleting.is_none() && leave::comes_back(pod);
    let why = |pod: &&std::sync::Arc<PodRow>| {
        let why = if returned(pod) {
            Some(leave::back(pod))
        } else if pod.meta.deleting.is_some() {
            Some(leave::still(world, pod, None))
        } else {
            let late = || t!("op-drain-it-came-after-plan-another-drain").to_owned();
            leave::stays(world, pod).or_else(|| (!planned(pod)).then(late))
        };
        why.map_or_else(|| pod.meta.key().to_string(), |why| format!("{}: {why}", pod.meta.key()))
    };
    let mut words: Vec<_> = pods.iter().take(NAMED).map(why).collect();
    if pods.len() > NAMED {
        words.push(t!("op-drain-and-more", pods = pods.len() - NAMED));
    }
    let words = t!("op-drain-left-on", pods = number(pods.len(), "pod"), name = name, words = words.join("; "));
    // They would be put there again however often they are evicted.
    if pods.iter().all(|pod| returned(pod)) { Progress::Stuck(words) } else { Progress::Pending(words) }
}

fn evict_access(namespace: &str) -> Access {
    Access {
        verb: "create".to_owned(),
        group: String::new(),
        resource: "pods".to_owned(),
        subresource: "eviction".to_owned(),
        namespace: namespace.to_owned(),
    }
}

fn kubectl(node: &str, sorted: &Sorted, how: &How) -> CommandLine {
    let mut line = CommandLine::cluster(&["drain", node, "--ignore-daemonsets"]);
    if how.force {
        line = line.and(&["--force"]);
    }
    if let Some(seconds) = how.grace {
        line = line.and(&[&format!("--grace-period={seconds}")]);
    }
    line = line.and(&[&format!("--timeout={}s", how.timeout)]);
    if sorted.local_data.is_empty() { line } else { line.and(&["--delete-emptydir-data"]) }
}

#[cfg(test)]
mod tests;
