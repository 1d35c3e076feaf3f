//! Delete a pod with its normal grace, so that its workload makes another one.

use serde_json::json;

use super::target::{BARE, end_of_pod, guard, key, pod_gone};
use super::{
    Call, CommandLine, Consequence, Inputs, NAMESPACE, OpMeta, Operation, Plan, Progress, Refusal, Takes,
    Undo, WayBack, known, need,
};
use crate::domain::{ClusterSnapshot, Kind, Risk};
use crate::lang::{msg, t};

const META: OpMeta = OpMeta {
    id: "pod.delete",
    title: msg!("op-delete-pod-title"),
    kinds: &[Kind::Pod],
    params: &[NAMESPACE, need("pod", Takes::Name(Kind::Pod), msg!("op-delete-pod-pod"))],
    risk: Risk::Medium,
    reach: "api",
    guards: &[
        msg!("op-delete-pod-guard-bare"),
        msg!("op-delete-pod-guard-alone"),
        msg!("op-delete-pod-guard-budget"),
    ],
    undo: WayBack::None(msg!("op-delete-pod-no-way-back")),
};

pub struct DeletePod;

impl Operation for DeletePod {
    fn meta(&self) -> &'static OpMeta {
        &META
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let key = key(&META, inputs, Kind::Pod, "pod")?;
        known::planned_on(world, Kind::Pod, Some(key.namespace()))?;
        let pod = world.pods.get(&key.row).ok_or_else(|| Refusal::NotFound(key.clone()))?;
        if pod.meta.deleting.is_some() {
            return Err(super::target::leaving(&key, pod.meta.deleting, world.taken));
        }
        if pod.mirror {
            return Err(guard(t!("op-delete-pod-static", row = key.row), t!("op-delete-pod-move-manifest")));
        }
        let Some(owner) = &pod.meta.owner else {
            return Err(guard(t!("op-delete-pod-bare", row = key.row), BARE.text()));
        };
        let mut consequences = end_of_pod(world, pod);
        consequences.extend(known::polled(world, Kind::Pod));
        for budget in world.budgets_of(pod).filter(|b| b.allowed <= 0) {
            let detail = t!("op-delete-pod-budget", budget = budget.meta.name);
            consequences.push(Consequence::warn(msg!("op-class-budget"), detail));
        }
        let call = Call::delete(&key, &pod.meta, json!({}));
        Ok(Plan {
            title: t!("op-delete-pod-plan", row = key.row),
            summary: t!("op-delete-pod-summary", row = key.row, kind = owner.kind, name = owner.name),
            consequences,
            kubectl: CommandLine::kubectl(&key, &["delete", "pod", key.name()]),
            undo: Undo::None(t!("op-delete-pod-no-way-back").to_owned()),
            proof: t!("op-delete-pod-is-gone", row = key.row),
            within_seconds: 120,
            ..Plan::draft(&META, inputs, key, &pod.meta, vec![call])
        })
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        pod_gone(plan, world)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::{Level, Work, plan};
    use crate::testing::{World, pod};

    #[test]
    fn the_pod_is_pinned_and_the_last_replica_is_named() {
        let inputs = Inputs::of([("namespace", "shop"), ("pod", "api-1")]);
        let world = World::new().pod(pod("shop", "api-1", "w"));
        let made = plan("pod.delete", &world.0, &inputs).unwrap();
        let Work::Calls(calls) = &made.work else { panic!() };
        assert_eq!(calls[0].body["preconditions"]["uid"], "uid-api-1");
        assert_eq!(made.consequences[0].level, Level::Danger);
        assert_eq!(made.undo, Undo::None("its workload makes another pod".to_owned()));
        let two = world.pod(pod("shop", "api-2", "w"));
        assert_eq!(plan("pod.delete", &two.0, &inputs).unwrap().consequences[0].level, Level::Info);
    }

    #[test]
    fn bare_and_mirror_pods_are_refused() {
        let inputs = Inputs::of([("namespace", "shop"), ("pod", "api-1")]);
        let mut bare = pod("shop", "api-1", "w");
        bare.meta.owner = None;
        assert!(plan("pod.delete", &World::new().pod(bare.clone()).0, &inputs).is_err());
        bare.mirror = true;
        assert!(plan("pod.delete", &World::new().pod(bare).0, &inputs).is_err());
    }
}
