//! The pods of a node by what a drain does with them, with what weighs.

use std::collections::BTreeMap;

use super::super::leave::{self, span};
use super::super::target::guard;
use super::super::{Consequence, DrainPod, Level, Question, Refusal};
use super::how::How;
use crate::domain::{ClusterSnapshot, Kind, ObjectKey, PodRow};
use crate::lang::{self, Msg, msg, t};

/// What is said of pods with more than one budget.
pub(super) const REFUSED: Msg = msg!("op-class-more-than-one-budget");

/// What a drain does with a pod.
pub(super) enum Fate {
    Evict,
    /// It was deleted already.
    Going,
    Stay(&'static str),
    Bare,
}

/// With `force` a pod that nothing makes again leaves like any other.
pub(super) fn fate(pod: &PodRow, force: bool) -> Fate {
    if pod.mirror {
        return Fate::Stay(t!("op-drain-sorted-static-pod"));
    }
    match &pod.meta.owner {
        Some(owner) if &*owner.kind == "DaemonSet" => Fate::Stay("DaemonSet"),
        _ if pod.meta.deleting.is_some() => Fate::Going,
        Some(_) => Fate::Evict,
        // A finished pod is only a record.
        None if force || !pod.active() => Fate::Evict,
        None => Fate::Bare,
    }
}

/// Pods that something is said of: who they are, and the words.
#[derive(Default)]
pub(super) struct Told {
    uids: Vec<String>,
    words: Vec<String>,
}

impl Told {
    fn add(&mut self, pod: &PodRow, words: String) {
        self.uids.push(pod.meta.uid.to_string());
        self.words.push(words);
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    fn joined(&self) -> String {
        lang::list(&self.words)
    }

    /// What happens to these very pods and no others.
    fn of_these(&self, level: Level, what: Msg) -> Option<Consequence> {
        let of = self.uids.clone();
        (!self.is_empty()).then(|| Consequence { of, ..self.one(level, what) })
    }

    /// What happens to pods of this sort. Only where nothing is lost by it: whoever read it of one pod read it of all.
    fn of_a_sort(&self, level: Level, what: Msg) -> Option<Consequence> {
        (!self.is_empty()).then(|| self.one(level, what))
    }

    fn one(&self, level: Level, what: Msg) -> Consequence {
        Consequence::told(level, what, self.joined())
    }
}

/// The pods of a node.
#[derive(Default)]
pub(super) struct Sorted {
    pub evict: Vec<DrainPod>,
    pub going: Vec<DrainPod>,
    pub stay: Vec<(ObjectKey, String)>,
    pub local_data: Told,
    /// Without an owner, and evicted all the same.
    pub gone_for_good: Told,
    /// They get less time than they ask for.
    pub shortened: Told,
    bare: Vec<String>,
    blocked: Told,
    alone: Told,
    /// The server will refuse each of them.
    refused: Told,
    jobs: Told,
    ending: Told,
    held: Told,
    slow: Told,
    returning: Told,
    per_workload: BTreeMap<String, usize>,
}

impl Sorted {
    pub fn of(world: &ClusterSnapshot, node: &str, silent: bool, how: &How) -> Sorted {
        let mut out = Sorted::default();
        for pod in world.pods_on(node) {
            out.put(pod, world, silent, how);
        }
        out
    }

    fn put(&mut self, pod: &PodRow, world: &ClusterSnapshot, silent: bool, how: &How) {
        let key = ObjectKey { kind: Kind::Pod, row: pod.meta.key() };
        let name = pod.meta.key().to_string();
        let fate = fate(pod, how.force);
        match fate {
            Fate::Stay(why) => return self.stay.push((key, why.to_owned())),
            Fate::Bare => return self.bare.push(name),
            Fate::Going if silent => {
                return self.stay.push((key, t!("op-drain-sorted-already-going").to_owned()));
            }
            Fate::Going | Fate::Evict => {}
        }
        let workload =
            world.workload_of(pod).map_or_else(|| name.clone(), |(kind, row)| format!("{kind} {row}"));
        self.hinder(pod, &name, world, how);
        let going = matches!(fate, Fate::Going);
        let row = DrainPod { key, uid: pod.meta.uid.to_string(), workload: workload.clone() };
        if going {
            return self.going.push(row);
        }
        *self.per_workload.entry(workload).or_default() += 1;
        self.lose(pod, &name, world, how);
        self.evict.push(row);
    }

    /// What stops it from leaving.
    fn hinder(&mut self, pod: &PodRow, name: &str, world: &ClusterSnapshot, how: &How) {
        if let Some(by) = leave::held(pod) {
            self.held.add(pod, t!("op-drain-sorted-held", pod = name, by = by));
        }
        if let Some(ends) = pod.meta.deleting {
            let left = ends.as_second() - world.taken.as_second();
            if left > how.timeout.cast_signed() {
                let (more, limit) = (span(left.unsigned_abs()), span(how.timeout));
                let words = t!("op-drain-sorted-may-take-more", pod = name, more = more, limit = limit);
                self.slow.add(pod, words);
            }
            return;
        }
        let grace = how.grace.unwrap_or(u64::from(pod.grace));
        if pod.active() && grace > how.timeout {
            let (grace, limit) = (span(grace), span(how.timeout));
            let words = t!("op-drain-sorted-may-take", pod = name, grace = grace, limit = limit);
            self.slow.add(pod, words);
        }
        if leave::ends_with_namespace(world, pod) {
            self.ending.add(pod, t!("op-drain-sorted-no-evictions", pod = name));
        }
        if let Some(names) = leave::too_many(world, pod) {
            self.refused.add(pod, t!("op-drain-sorted-two-budgets", pod = name, names = names));
        } else if let Some(why) = leave::blocked(world, pod) {
            self.blocked.add(pod, t!("op-drain-sorted-blocked", pod = name, why = why));
        }
        if leave::comes_back(pod) {
            self.returning.add(pod, t!("op-drain-sorted-tolerates", pod = name));
        }
    }

    /// What is lost with it.
    fn lose(&mut self, pod: &PodRow, name: &str, world: &ClusterSnapshot, how: &How) {
        if pod.volumes.empty_dir {
            self.local_data.add(pod, name.to_owned());
        }
        if !pod.active() {
            return;
        }
        match &pod.meta.owner {
            None => self.gone_for_good.add(pod, name.to_owned()),
            // It has no replicas: another pod begins its work anew.
            Some(owner) if &*owner.kind == "Job" => self.jobs.add(pod, name.to_owned()),
            Some(_) => {
                let same = |p: &&std::sync::Arc<PodRow>| {
                    p.meta.owner == pod.meta.owner
                        && p.meta.name != pod.meta.name
                        && p.ready()
                        && p.node != pod.node
                };
                if !world.pods.in_namespace(&pod.meta.namespace).any(|p| same(&p)) {
                    self.alone.add(pod, name.to_owned());
                }
            }
        }
        if let Some(seconds) = how.grace.filter(|s| *s < u64::from(pod.grace)) {
            let words = t!(
                "op-drain-sorted-gets-less",
                pod = name,
                grace = span(u64::from(pod.grace)),
                given = span(seconds)
            );
            self.shortened.add(pod, words);
        }
    }

    /// What nothing can come of.
    pub fn refuse(&self, node: &str) -> Result<(), Refusal> {
        if !self.bare.is_empty() {
            return Err(guard(
                t!("op-drain-sorted-bare", node = node, pods = lang::list(&self.bare)),
                t!("op-drain-sorted-move-bare"),
            ));
        }
        let none_can = !self.evict.is_empty() && self.refused.words.len() == self.evict.len();
        if none_can && self.going.is_empty() {
            return Err(guard(
                t!("op-drain-sorted-none-can", node = node, pods = self.refused.joined()),
                t!("op-drain-sorted-less-budgets"),
            ));
        }
        Ok(())
    }

    /// Pods of one workload go one after the other, so the largest share decides the number of waves.
    fn waves(&self) -> usize {
        self.per_workload.values().copied().max().unwrap_or(0)
    }

    pub fn summary(&self) -> String {
        let mut parts = vec![
            t!("op-drain-sorted-evict", pods = self.evict.len()),
            t!("op-drain-sorted-leave", pods = self.stay.len()),
        ];
        if !self.going.is_empty() {
            parts.push(t!("op-drain-sorted-wait", pods = self.going.len()));
        }
        if self.waves() > 1 {
            parts.push(t!("op-drain-sorted-waves", waves = self.waves()));
        }
        if !self.gone_for_good.is_empty() {
            parts.push(t!("op-drain-sorted-gone-for-good", pods = self.gone_for_good.words.len()));
        }
        if !self.local_data.is_empty() {
            parts.push(t!("op-drain-sorted-ask", pods = self.local_data.words.len()));
        }
        if !self.refused.is_empty() {
            parts.push(t!("op-drain-sorted-will-be-refused", pods = self.refused.words.len()));
        }
        match self.blocked.words.as_slice() {
            [] => {}
            [one] => parts.push(t!("op-drain-sorted-blocked-now", pod = one)),
            many => parts.push(t!("op-drain-sorted-blocked-pods", pods = many.len())),
        }
        parts.join(" · ")
    }

    pub fn consequences(&self, silent: bool, how: &How) -> Vec<Consequence> {
        use Level::{Danger, Warn};
        let evicted = match self.waves() {
            0 | 1 => t!("op-drain-sorted-at-once", evict = self.evict.len(), stay = self.stay.len()),
            waves => t!(
                "op-drain-sorted-in-waves",
                evict = self.evict.len(),
                waves = waves,
                stay = self.stay.len()
            ),
        };
        let mut out = vec![Consequence::info(msg!("op-class-evicted"), evicted)];
        let told = [
            self.gone_for_good.of_these(Danger, msg!("op-class-gone-for-good")),
            self.refused.of_these(Danger, REFUSED),
            self.alone.of_these(Danger, msg!("op-class-no-replica-elsewhere")),
            self.shortened.of_these(Warn, msg!("op-class-shorter-grace")),
            self.blocked.of_a_sort(Warn, msg!("op-class-budget-blocks")),
            self.local_data.of_these(Warn, msg!("op-class-local-data-lost")),
            self.held.of_a_sort(Warn, msg!("op-class-held-by-finalizer")),
            self.slow.of_a_sort(Warn, msg!("op-class-grace-beyond-limit")),
            self.ending.of_a_sort(Warn, msg!("op-class-namespace-is-ending")),
            self.returning.of_a_sort(Warn, msg!("op-class-may-come-back")),
            self.jobs.of_these(Warn, msg!("op-class-work-begins-anew")),
        ];
        out.extend(told.into_iter().flatten());
        if let Some(seconds) = how.grace.filter(|_| self.shortened.is_empty()) {
            out.push(Consequence::info(
                msg!("op-class-grace"),
                t!("op-drain-sorted-every-pod", grace = span(seconds)),
            ));
        }
        if silent {
            let detail = t!("op-drain-sorted-silent");
            out.push(Consequence::warn(msg!("op-class-silent-node"), detail));
        }
        out
    }

    pub fn questions(&self) -> Vec<Question> {
        if self.local_data.is_empty() {
            return Vec::new();
        }
        let text = t!("op-drain-sorted-data-lost", pods = self.local_data.joined());
        vec![Question { key: "empty-dir".to_owned(), text, of: self.local_data.uids.clone() }]
    }
}
