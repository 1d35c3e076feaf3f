//! Drain: cordon, then evict what can move, in waves, within the disruption budgets. It never deletes.
//!
//! Which pods leave and what stops them stands in `sorted`; how the operator wants it done in `how`. To add a choice: its
//! parameter here, its field and its rung of the ladder in `how`.

mod how;
mod sorted;

use super::cordon::{node, set_unschedulable};
use super::leave::{self, LOOKS_AT};
use super::target::guard;
use super::{
    Access, Call, CommandLine, DrainWork, Inputs, OpMeta, Operation, Plan, Progress, Refusal, Takes, Undo,
    Work, force_delete, known, may, need,
};
use crate::domain::{ClusterSnapshot, Kind, NodeRow, ObjectKey, PodRow, Risk, number};
use how::How;
use sorted::{Fate, Sorted, fate};

/// Its id.
pub(super) const ID: &str = "node.drain";

const META: OpMeta = OpMeta {
    id: ID,
    title: "Drain a node: evict its pods within their budgets",
    kinds: &[Kind::Node],
    params: &[
        need("node", Takes::Name(Kind::Node), "name of the node"),
        may("timeout", Takes::Duration, "how long to try, 10m by default"),
        may("gracePeriod", Takes::Duration, "for each pod to end; below its own it is R3"),
        may("force", Takes::Bool, "pods without an owner too, gone for good: R4"),
        may("deleteEmptyDir", Takes::Bool, "lose emptyDir data without a question: R3"),
        may("ignoreDaemonsets", Takes::Bool, "always so; accepted as kubectl's flag"),
    ],
    risk: Risk::Medium,
    reach: "api",
    guards: &[
        "leaves mirror and DaemonSet pods",
        "refuses while bare pods are on the node, unless `force`: nothing would make them again",
        "asks before emptyDir data is lost",
        "shows budgets that allow no disruption now, and waits for them; never deletes instead",
        "names pods that the server will refuse to evict (two budgets), and refuses where there are no others",
        "names finalizers, graces beyond its limit, namespaces that are ending, pods that tolerate the cordon",
        "refuses a grace of 0, which takes pods out of the cluster while they may still run",
        "refuses while the pods or budgets of all namespaces cannot be read, or are not as they are now",
    ],
    undo: "node.uncordon (pods do not come back by themselves)",
};

pub struct Drain;

/// A drain needs to see every pod and every budget.
fn seen(world: &ClusterSnapshot) -> Result<(), Refusal> {
    for kind in LOOKS_AT {
        let plural = kind.meta().plural;
        if let Some(only) = world.scope(*kind) {
            return Err(guard(
                format!("only the {plural} of {only} are seen, and a node has those of all"),
                format!("ask for the right to list {plural} in all namespaces"),
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
            return Err(Refusal::AlreadySo(format!("{} is cordoned and has nothing to evict", key.name())));
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
            note: "pods do not come back by themselves".to_owned(),
        }
    } else {
        // The cordon was there before: it is not this plan's to take back.
        Undo::None("pods do not come back by themselves; the node was cordoned before".to_owned())
    };
    Plan {
        op: META.id.to_owned(),
        inputs: inputs.clone(),
        title: format!("drain {}", key.name()),
        uid: row.meta.uid.to_string(),
        version: row.meta.version.to_string(),
        risk: META.risk.max(how.rung(&sorted)),
        summary: sorted.summary(),
        consequences: sorted.consequences(row.silent(), how),
        questions: if how.data_may_go { Vec::new() } else { sorted.questions() },
        needs,
        kubectl: kubectl(key.name(), &sorted, how),
        undo,
        proof: format!("no pod on {} that could move", key.name()),
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
            let late = || "it came after the plan; another drain takes it".to_owned();
            leave::stays(world, pod).or_else(|| (!planned(pod)).then(late))
        };
        why.map_or_else(|| pod.meta.key().to_string(), |why| format!("{}: {why}", pod.meta.key()))
    };
    let mut words: Vec<_> = pods.iter().take(NAMED).map(why).collect();
    if pods.len() > NAMED {
        words.push(format!("and {} more", pods.len() - NAMED));
    }
    let words = format!("{} left on {name}: {}", number(pods.len(), "pod"), words.join("; "));
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
