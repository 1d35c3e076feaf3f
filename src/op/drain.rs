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
    WayBack, Work, force_delete, known, may, need,
};
use crate::domain::{ClusterSnapshot, Kind, NodeRow, ObjectKey, PodRow, Risk};
use how::How;
use sorted::{Fate, Sorted, fate};

use crate::lang::{self, msg, t};

/// Its id.
pub(super) const ID: &str = "node.drain";

const META: OpMeta = OpMeta {
    id: ID,
    title: msg!("op-drain-title"),
    kinds: &[Kind::Node],
    params: &[
        need("node", Takes::Name(Kind::Node), msg!("op-drain-node")),
        may("timeout", Takes::Duration, msg!("op-drain-timeout")),
        may("gracePeriod", Takes::Duration, msg!("op-drain-grace")),
        may("force", Takes::Bool, msg!("op-drain-force")),
        may("deleteEmptyDir", Takes::Bool, msg!("op-drain-empty-dir")),
        may("ignoreDaemonsets", Takes::Bool, msg!("op-drain-daemonsets")),
    ],
    risk: Risk::Medium,
    reach: "api",
    guards: &[
        msg!("op-drain-guard-leaves"),
        msg!("op-drain-guard-bare"),
        msg!("op-drain-guard-data"),
        msg!("op-drain-guard-budgets"),
        msg!("op-drain-guard-two-budgets"),
        msg!("op-drain-guard-hindered"),
        msg!("op-drain-guard-no-grace"),
        msg!("op-drain-guard-unknown"),
    ],
    undo: WayBack::Told(msg!("op-drain-way-back")),
};

pub struct Drain;

/// A drain needs to see every pod and every budget.
fn seen(world: &ClusterSnapshot) -> Result<(), Refusal> {
    for kind in LOOKS_AT {
        let plural = kind.meta().plural;
        if let Some(only) = world.scope(*kind) {
            return Err(guard(
                t!("op-drain-only-seen", plural = plural, only = only),
                t!("op-drain-ask-for-right", plural = plural),
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
            return Err(Refusal::AlreadySo(t!(
                "op-drain-nothing-to-evict",
                node = key.name(),
                stay = sorted.stay.len()
            )));
        }
        let cordon = (!row.unschedulable).then(|| set_unschedulable(&key, row, true));
        let mut made = made(key, row, inputs, &how, sorted, cordon);
        made.consequences.extend(LOOKS_AT.iter().filter_map(|kind| known::polled(world, *kind)));
        Ok(made)
    }

    fn settles(&self) -> i64 {
        super::SETTLES
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
            note: t!("op-drain-not-back").to_owned(),
        }
    } else {
        // The cordon was there before: it is not this plan's to take back.
        Undo::None(t!("op-drain-not-back-cordoned-before").to_owned())
    };
    Plan {
        op: META.id.to_owned(),
        inputs: inputs.clone(),
        title: t!("op-drain-plan", node = key.name()),
        uid: row.meta.uid.to_string(),
        version: row.meta.version.to_string(),
        risk: META.risk.max(how.rung(&sorted)),
        summary: sorted.summary(),
        consequences: sorted.consequences(row.silent(), how),
        questions: if how.data_may_go { Vec::new() } else { sorted.questions() },
        needs,
        kubectl: kubectl(key.name(), &sorted, how),
        undo,
        proof: t!("op-drain-proof", node = key.name()),
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
            let late = || t!("op-drain-came-later").to_owned();
            leave::stays(world, pod).or_else(|| (!planned(pod)).then(late))
        };
        why.map_or_else(|| pod.meta.key().to_string(), |why| format!("{}: {why}", pod.meta.key()))
    };
    let mut words: Vec<_> = pods.iter().take(NAMED).map(why).collect();
    if pods.len() > NAMED {
        words.push(t!("op-drain-more", pods = pods.len() - NAMED));
    }
    let words = t!("op-drain-left", pods = pods.len(), node = name, words = lang::clauses(words));
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
