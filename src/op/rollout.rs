//! What a rollout of a workload does: how many pods the controller replaces by itself, how many it keeps, how many may be
//! missing meanwhile. One idea for the words of a plan, for what is refused, and for the sentence that proves it.
//!
//! Must not say `all` where the workload's own rules keep some. To add a rule of a controller: a field here, its words in
//! [`Rollout::consequences`] and, where pods stay as they are, in [`Rollout::proof`].

use serde_json::Value;

use super::target::guard;
use super::workload::counts;
use super::{Consequence, Plan, Progress, Refusal, known};
use crate::domain::{ClusterSnapshot, Kind, Looked, ObjectKey, ObjectRow};
use crate::lang::{msg, t};

/// How the pods of an old template are replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// So many pods may be missing at a time, so many may be there besides.
    Rolling { missing: i64, more: i64 },
    /// All end before the first new one starts.
    Recreate,
    /// Each one when somebody deletes it.
    OnDelete,
    /// Not before it is resumed.
    Paused,
}

/// What its pods have once they were replaced, which a proof says of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Replaced<'a> {
    /// Whatever the new template has.
    New,
    /// The template of an earlier revision.
    Back,
    Image(&'a str),
    Resources,
}

impl<'a> Replaced<'a> {
    /// The key of its words in the sentences, and the value that they show.
    fn words(self) -> (&'static str, &'a str) {
        match self {
            Replaced::New => ("new", ""),
            Replaced::Back => ("back", ""),
            Replaced::Image(image) => ("image", image),
            Replaced::Resources => ("resources", ""),
        }
    }
}

/// What becomes of the pods of a workload when its template changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rollout {
    /// Pods that there should be.
    pub wanted: i64,
    /// A StatefulSet keeps so many of its lowest members as they are.
    partition: i64,
    how: How,
    /// Seconds that a new pod must be ready before it counts.
    settles: i64,
}

/// A number, or a share of all pods.
fn share(value: &Value, of: i64, up: bool) -> Option<i64> {
    if let Some(n) = value.as_i64() {
        return Some(n.max(0));
    }
    let percent = value.as_str()?.strip_suffix('%')?.parse::<i64>().ok()?.clamp(0, 100);
    Some((percent * of + if up { 99 } else { 0 }) / 100)
}

fn rolling(kind: Kind, spec: &Value, wanted: i64) -> How {
    let rules = match kind {
        Kind::Deployment => &spec["strategy"]["rollingUpdate"],
        _ => &spec["updateStrategy"]["rollingUpdate"],
    };
    let missing = |up| share(&rules["maxUnavailable"], wanted, up);
    let more = share(&rules["maxSurge"], wanted, true);
    match kind {
        Kind::Deployment => {
            let more = more.unwrap_or((wanted + 3) / 4);
            let missing = missing(false).unwrap_or(wanted / 4);
            // Both zero would stand still: the controller takes one.
            How::Rolling { missing: if more == 0 { missing.max(1) } else { missing }, more }
        }
        Kind::DaemonSet => {
            let more = more.unwrap_or(0);
            let missing = missing(true).unwrap_or(1);
            How::Rolling { missing: if more == 0 { missing.max(1) } else { missing }, more }
        }
        _ => How::Rolling { missing: missing(false).unwrap_or(1).max(1), more: 0 },
    }
}

impl Rollout {
    /// By the rules that the workload has now.
    pub fn of(kind: Kind, row: &ObjectRow) -> Rollout {
        Rollout::by(kind, row, &row.value["spec"])
    }

    /// By the rules that its spec would have.
    pub fn by(kind: Kind, row: &ObjectRow, spec: &Value) -> Rollout {
        let now = counts(kind, row).wanted;
        let wanted = if kind == Kind::DaemonSet { now } else { spec["replicas"].as_i64().unwrap_or(now) };
        let on_delete = kind != Kind::Deployment && spec["updateStrategy"]["type"] == "OnDelete";
        let how = match kind {
            Kind::Deployment if spec["paused"] == true => How::Paused,
            Kind::Deployment if spec["strategy"]["type"] == "Recreate" => How::Recreate,
            _ if on_delete => How::OnDelete,
            _ => rolling(kind, spec, wanted),
        };
        let partition = match kind {
            Kind::StatefulSet if !on_delete => {
                spec["updateStrategy"]["rollingUpdate"]["partition"].as_i64().unwrap_or(0)
            }
            _ => 0,
        };
        let settles = spec["minReadySeconds"].as_i64().unwrap_or(0).max(0);
        Rollout { wanted, partition, how, settles }
    }

    /// Pods that its controller replaces by itself.
    pub fn replaced(&self) -> i64 {
        match self.how {
            How::OnDelete | How::Paused => 0,
            How::Rolling { .. } | How::Recreate => (self.wanted - self.partition).max(0),
        }
    }

    /// Pods below the partition, which keep the template that they have.
    fn kept(&self) -> i64 {
        self.partition.clamp(0, self.wanted.max(0))
    }

    /// One line for the plan: what happens to the pods.
    pub fn summary(&self) -> String {
        match self.how {
            How::OnDelete => t!("op-rollout-on-delete", wanted = self.wanted),
            How::Paused => t!("op-rollout-paused", wanted = self.wanted),
            _ if self.kept() > 0 => self.parted(),
            _ => t!("op-rollout-by-its-rules", wanted = self.wanted),
        }
    }

    fn parted(&self) -> String {
        t!("op-rollout-parted", partition = self.partition, replaced = self.replaced(), wanted = self.wanted)
    }

    /// What it means, most of it first.
    pub fn consequences(&self) -> Vec<Consequence> {
        let mut out = vec![Consequence::info(msg!("op-class-replaced"), self.pace())];
        match self.how {
            How::OnDelete => {
                out.push(Consequence::warn(msg!("op-class-ondelete"), t!("op-rollout-only-when-deleted")));
            }
            How::Paused => {
                out.push(Consequence::warn(msg!("op-class-paused"), t!("op-rollout-not-until-resumed")));
            }
            _ if self.wanted == 1 && self.kept() == 0 => {
                let first = matches!(self.how, How::Rolling { missing: 0, .. });
                let detail = if first { t!("op-rollout-new-first") } else { t!("op-rollout-old-first") };
                out.push(Consequence::warn(msg!("op-rollout-one-replica"), detail));
            }
            How::Recreate if self.wanted > 1 => {
                let detail = t!("op-rollout-all-end-first", wanted = self.wanted);
                out.push(Consequence::warn(msg!("op-rollout-none-in-between"), detail));
            }
            How::Rolling { missing, .. } if missing >= self.replaced() && self.replaced() > 1 => {
                let detail = t!("op-rollout-all-missing-at-once", replaced = self.replaced());
                out.push(Consequence::warn(msg!("op-rollout-none-in-between"), detail));
            }
            _ => {}
        }
        if self.kept() > 0 {
            let detail = t!(
                "op-rollout-partition-keeps",
                replaced = self.replaced(),
                wanted = self.wanted,
                partition = self.partition,
                kept = self.kept()
            );
            out.push(Consequence::warn(msg!("op-class-partition"), detail));
        }
        out
    }

    /// How many pods are replaced, and how many at a time.
    fn pace(&self) -> String {
        let (all, settles) = (self.replaced(), self.settles);
        if all == 0 {
            return t!("op-rollout-no-pod-now").to_owned();
        }
        match self.how {
            How::Rolling { missing: 1, more: 0 } => {
                t!("op-rollout-one-after-other", all = all, settles = settles)
            }
            How::Rolling { missing, more } => {
                t!("op-rollout-some-at-a-time", all = all, missing = missing, more = more, settles = settles)
            }
            _ => t!("op-rollout-so-many", all = all, settles = settles),
        }
    }

    /// A restart is for new pods and nothing else: where its rules replace none it does nothing.
    pub fn must_replace(&self, key: &ObjectKey) -> Result<(), Refusal> {
        if self.wanted == 0 {
            return Err(guard(t!("op-rollout-wants-none", row = key.row), t!("op-rollout-scale-it-up")));
        }
        if self.partition >= self.wanted {
            return Err(guard(
                t!("op-rollout-restarts-nothing", parted = self.parted(), row = key.row),
                t!("op-rollout-lower-the-partition"),
            ));
        }
        Ok(())
    }

    /// What will prove it; `what` is said of a pod that was replaced.
    pub fn proof(&self, key: &ObjectKey, what: Replaced<'_>) -> String {
        let (wanted, row, (has, image)) = (self.wanted, &key.row, what.words());
        match self.how {
            How::Paused => t!("op-rollout-paused-pods-stay", row = row),
            How::OnDelete => {
                t!("op-rollout-all-once-deleted", wanted = wanted, row = row, has = has, image = image)
            }
            _ if wanted == 0 => t!("op-rollout-no-pods-yet", row = row, has = has, image = image),
            _ => self.shown(key, what, self.replaced()),
        }
    }

    /// The sentence of a rollout that is over, of which so many pods are new.
    fn shown(&self, key: &ObjectKey, what: Replaced<'_>, new: i64) -> String {
        let (wanted, row, (has, image)) = (self.wanted, &key.row, what.words());
        let kept = (wanted - new).max(0);
        if kept == 0 {
            return t!("op-rollout-all", wanted = wanted, row = row, has = has, image = image);
        }
        t!(
            "op-rollout-all-but-kept",
            new = new,
            wanted = wanted,
            row = row,
            has = has,
            image = image,
            kept = kept
        )
    }

    /// Seconds within which it should be shown: what new pods must wait comes on top.
    pub fn within(&self) -> u64 {
        let at_once = match self.how {
            How::Rolling { missing, more } => (missing + more).max(1),
            _ => self.wanted.max(1),
        };
        let rounds = (self.replaced() + at_once - 1) / at_once;
        600_u64.saturating_add(self.settles.saturating_mul(rounds).unsigned_abs())
    }

    /// Whether its controller would change any pod by itself.
    pub fn moves(&self) -> bool {
        self.replaced() > 0
    }
}

/// How far the rollout that followed the plan is. The version must have moved on, otherwise the numbers are those from
/// before; what is said of the pods is what the workload says of them now.
pub(super) fn rolled_out(plan: &Plan, world: &ClusterSnapshot, what: Replaced<'_>) -> Progress {
    let row = match world.object(&plan.target) {
        Looked::Present(row) if *row.meta.uid == *plan.uid => row,
        Looked::Present(_) | Looked::Absent => {
            return Progress::Pending(t!("op-rollout-is-gone", target = plan.target));
        }
        Looked::Reading => return Progress::Pending(t!("op-rollout-is-being-read", target = plan.target)),
        Looked::Failed(why) => return Progress::Pending(why),
    };
    if *row.meta.version == *plan.version {
        return Progress::Pending(t!("op-rollout-no-new-template-yet", target = plan.target));
    }
    if row.number("/status/observedGeneration") < row.number("/metadata/generation") {
        return Progress::Pending(t!("op-rollout-controller-has-not-looked", target = plan.target));
    }
    let old = (plan.target.kind == Kind::Deployment)
        .then(|| world.old_pod(plan.target.namespace(), plan.target.name()))
        .flatten();
    if let Some(pod) = old {
        return Progress::Pending(t!("op-rollout-pod-is-of-old-revision", pod = pod.meta.name));
    }
    // That no pod of the old revision is seen proves nothing while pods are not seen as they are now.
    let of = Some(plan.target.namespace()).filter(|_| plan.target.kind == Kind::Deployment);
    let waits = |kind: &Kind| of.and_then(|namespace| known::waits(world, *kind, Some(namespace)));
    if let Some(waits) = [Kind::ReplicaSet, Kind::Pod].iter().find_map(waits) {
        return waits;
    }
    let (rules, now) = (Rollout::of(plan.target.kind, row), counts(plan.target.kind, row));
    let available = now.available >= now.wanted && now.all <= now.wanted;
    if now.updated >= now.wanted && available {
        return Progress::Fulfilled(if now.wanted == 0 {
            rules.proof(&plan.target, what)
        } else {
            rules.shown(&plan.target, what, now.wanted)
        });
    }
    let so_far =
        t!("op-rollout-so-far", updated = now.updated, wanted = now.wanted, available = now.available);
    match rules.how {
        How::OnDelete => Progress::Stuck(t!("op-rollout-waits-for-deletion", progress = so_far)),
        How::Paused => Progress::Stuck(t!("op-rollout-waits-for-resume", progress = so_far)),
        _ if now.updated >= rules.replaced() && available => {
            Progress::Fulfilled(rules.shown(&plan.target, what, now.updated))
        }
        _ if rules.kept() > 0 => {
            Progress::Pending(t!("op-rollout-kept-by-partition", progress = so_far, kept = rules.kept()))
        }
        _ => Progress::Pending(so_far),
    }
}

#[cfg(test)]
mod tests;
