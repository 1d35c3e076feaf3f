//! What stops a pod from leaving its node: budgets, finalizers, its grace, the namespace that is ending, a toleration that
//! brings it back. One idea for the plan of what makes pods leave, for its progress and for its proof.
//!
//! Must not decide what is done about it. To add a reason: its words in [`still`], and a function here that plans can ask
//! before anything is sent.

use super::Consequence;
use crate::domain::{ClusterSnapshot, Kind, PodPhase, PodRow, RowKey, Timestamp, date, moment};
use crate::lang::{self, msg, t};

/// The finalizer by which a Job counts its pods: its controller takes it off by itself once the pod has ended.
const COUNTED: &str = "batch.kubernetes.io/job-tracking";

/// Whether the server asks budgets before it evicts this pod. It does not where the pod never ran, has ended or is going.
fn asks_budgets(pod: &PodRow) -> bool {
    pod.active() && pod.phase != PodPhase::Pending && pod.meta.deleting.is_none()
}

/// The budgets of a pod that has more than one: the server does not choose between them, and refuses to evict it for as long
/// as things are so.
pub(super) fn too_many(world: &ClusterSnapshot, pod: &PodRow) -> Option<String> {
    if !asks_budgets(pod) {
        return None;
    }
    let names: Vec<_> = world.budgets_of(pod).map(|b| b.meta.name.to_string()).collect();
    (names.len() > 1).then(|| lang::all_of(names))
}

/// The same as a sentence.
pub(super) fn refused(world: &ClusterSnapshot, pod: &PodRow) -> Option<String> {
    too_many(world, pod).map(|names| t!("op-leave-two-budgets", names = names))
}

/// The budget that allows no disruption now.
pub(super) fn blocked(world: &ClusterSnapshot, pod: &PodRow) -> Option<String> {
    if !asks_budgets(pod) {
        return None;
    }
    let budget = world.budgets_of(pod).find(|b| b.blocks(pod))?;
    Some(t!("op-leave-budget-allows-none", budget = budget.meta.name))
}

/// Whether its namespace is ending: the server makes nothing there any more, not even an eviction.
pub(super) fn ends_with_namespace(world: &ClusterSnapshot, pod: &PodRow) -> bool {
    let home = world.namespaces.get(&RowKey::new("", pod.meta.namespace.clone()));
    home.is_some_and(|n| n.meta.deleting.is_some() || &*n.phase == "Terminating")
}

/// What must be taken off by somebody before it goes.
pub(super) fn held(pod: &PodRow) -> Option<String> {
    let by: Vec<&str> = pod.finalizers.iter().map(|f| &**f).filter(|f| *f != COUNTED).collect();
    (!by.is_empty()).then(|| lang::list(by))
}

/// Whether its replacement may be put on the same node although that is cordoned.
pub(super) fn comes_back(pod: &PodRow) -> bool {
    pod.tolerates_cordon && pod.meta.owner.is_some()
}

/// Why a pod that should leave is still there. `limit` is the end of what waits for it.
pub fn still(world: &ClusterSnapshot, pod: &PodRow, limit: Option<Timestamp>) -> String {
    match pod.meta.deleting {
        None => stays(world, pod).unwrap_or_else(|| t!("op-leave-still-there").to_owned()),
        Some(ends) => ending(world, pod, ends, limit),
    }
}

/// What keeps a pod that nobody has deleted; none where nothing does.
pub(super) fn stays(world: &ClusterSnapshot, pod: &PodRow) -> Option<String> {
    if let Some(why) = refused(world, pod) {
        return Some(why);
    }
    if ends_with_namespace(world, pod) {
        return Some(namespace_ends(&pod.meta.namespace));
    }
    numbers(world, pod)
}

/// What keeps a pod that was deleted.
fn ending(world: &ClusterSnapshot, pod: &PodRow, ends: Timestamp, limit: Option<Timestamp>) -> String {
    let over = ends <= world.taken;
    if let Some(by) = held(pod) {
        return t!("op-leave-held", by = by);
    }
    if over && pod.finalizers.iter().any(|f| &**f == COUNTED) {
        return t!("op-leave-held", by = COUNTED);
    }
    match limit {
        Some(limit) if ends > limit => {
            let far = ends.as_second() - world.taken.as_second() > 86_400;
            let at = if far { date(ends) } else { moment(ends) };
            t!("op-leave-grace-ends-late", at = at)
        }
        _ => t!("op-leave-is-ending").to_owned(),
    }
}

/// The budget that keeps a pod, in numbers.
pub fn numbers(world: &ClusterSnapshot, pod: &PodRow) -> Option<String> {
    let budget = world.budgets_of(pod).find(|b| b.blocks(pod)).filter(|_| asks_budgets(pod))?;
    let (key, allowed, healthy, desired) =
        (budget.meta.key(), budget.allowed, budget.healthy, budget.desired);
    Some(t!(
        "op-leave-budget-in-numbers",
        budget = key,
        allowed = allowed,
        healthy = healthy,
        desired = desired
    ))
}

/// How it is said that evictions are refused in a namespace.
pub fn namespace_ends(namespace: &str) -> String {
    t!("op-leave-namespace-ends", namespace = namespace)
}

/// What a person must know before one pod is made to leave.
pub(super) fn warnings(pod: &PodRow) -> Vec<Consequence> {
    let held = held(pod).map(|by| {
        let detail = t!("op-leave-holds", by = by, pod = pod.meta.key());
        Consequence::warn(msg!("op-class-held-by-finalizer"), detail)
    });
    held.into_iter().collect()
}

/// What is said of a pod that is on its node again.
pub(super) fn back(pod: &PodRow) -> String {
    debug_assert!(comes_back(pod), "only what tolerates the cordon is put there again");
    t!("op-leave-comes-back").to_owned()
}

/// A span as an operator writes it.
pub(super) fn span(seconds: u64) -> String {
    match seconds {
        s if s >= 3600 && s.is_multiple_of(3600) => format!("{}h", s / 3600),
        s if s >= 60 && s.is_multiple_of(60) => format!("{}m", s / 60),
        s => format!("{s}s"),
    }
}

/// The kinds that are looked at before it can be said what stops a pod.
pub(super) const LOOKS_AT: &[Kind] = &[Kind::Pod, Kind::PodDisruptionBudget];
