//! Evict one pod: it goes only if its disruption budgets allow it.

use super::leave;
use super::target::{BARE, end_of_pod, guard, key, pod_gone};
use super::{
    Call, CommandLine, Consequence, Inputs, NAMESPACE, OpMeta, Operation, Plan, Progress, Refusal, Takes,
    WayBack, known, need,
};
use crate::domain::{ClusterSnapshot, Kind, Risk};
use crate::lang::{msg, t};

const META: OpMeta = OpMeta {
    id: "pod.evict",
    title: msg!("op-evict-title"),
    kinds: &[Kind::Pod],
    params: &[NAMESPACE, need("pod", Takes::Name(Kind::Pod), msg!("op-evict-pod"))],
    risk: Risk::Medium,
    reach: "api",
    guards: &[
        msg!("op-evict-guard-bare"),
        msg!("op-evict-guard-shows"),
        msg!("op-evict-guard-for-good"),
        msg!("op-evict-guard-unknown"),
        msg!("op-evict-guard-alone"),
    ],
    undo: WayBack::None(msg!("op-evict-no-way-back")),
};

pub struct Evict;

impl Operation for Evict {
    fn meta(&self) -> &'static OpMeta {
        &META
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let key = key(&META, inputs, Kind::Pod, "pod")?;
        known::planned_on(world, Kind::Pod, Some(key.namespace()))?;
        known::not_stale(world, Kind::PodDisruptionBudget)?;
        let pod = world.pods.get(&key.row).ok_or_else(|| Refusal::NotFound(key.clone()))?;
        if pod.meta.deleting.is_some() {
            return Err(super::target::leaving(&key, pod.meta.deleting, world.taken));
        }
        if pod.mirror {
            let what = t!("op-evict-static", row = key.row);
            return Err(guard(what, t!("op-evict-move-manifest")));
        }
        if pod.meta.owner.is_none() && pod.active() {
            let what = t!("op-evict-bare", row = key.row);
            return Err(guard(what, BARE.text()));
        }
        if let Some(why) = leave::refused(world, pod) {
            let what = t!("op-evict-cannot", row = key.row, why = why);
            return Err(guard(what, t!("op-evict-less-budgets")));
        }
        if leave::ends_with_namespace(world, pod) {
            return Err(guard(leave::namespace_ends(key.namespace()), t!("op-evict-wait")));
        }
        let mut consequences = end_of_pod(world, pod);
        consequences.extend(known::polled(world, Kind::Pod));
        for budget in world.budgets_of(pod) {
            let (name, allowed) = (&budget.meta.name, budget.allowed);
            consequences.push(if budget.blocks(pod) {
                let detail = t!("op-evict-will-be-refused", budget = name, allowed = allowed);
                Consequence::warn(msg!("op-class-budget-blocks"), detail)
            } else {
                let detail = t!("op-evict-allows", budget = name, allowed = allowed);
                Consequence::info(msg!("op-class-budget"), detail)
            });
        }
        let call = Call::eviction(&key, &pod.meta.uid, None);
        Ok(Plan {
            title: t!("op-evict-plan", row = key.row),
            summary: t!("op-evict-summary", row = key.row),
            consequences,
            // kubectl evicts by itself only a whole node; this is the request as it stands.
            kubectl: CommandLine::cluster(&[
                "create",
                "--raw",
                &format!("{}/eviction", key.path()),
                "-f",
                "-",
            ])
            .given(&call.body.to_string()),
            proof: t!("op-evict-is-gone", row = key.row),
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
    use crate::op::{Undo, Work, plan};
    use crate::testing::{World, pdb, pod};

    #[test]
    fn an_eviction_is_bound_to_the_pod_and_shows_what_blocks() {
        let inputs = Inputs::of([("namespace", "shop"), ("pod", "api-1")]);
        let world = World::new().pod(pod("shop", "api-1", "w")).pdb(pdb("shop", "api", 0));
        let made = plan("pod.evict", &world.0, &inputs).unwrap();
        let Work::Calls(calls) = &made.work else { panic!() };
        assert_eq!(calls[0].body["deleteOptions"]["preconditions"]["uid"], "uid-api-1");
        assert_eq!(made.needs[0].to_string(), "create pods/eviction in shop");
        let told: Vec<_> = made.consequences.iter().map(|c| c.what.as_str()).collect();
        assert_eq!(told, ["no other replica", "budget blocks"]);
        assert!(matches!(made.undo, Undo::None(_)));
        assert!(matches!(Evict.progress(&made, &world.0), Progress::Pending(_)));
    }

    #[test]
    fn what_the_server_will_refuse_is_refused_before_anything_is_sent() {
        let inputs = Inputs::of([("namespace", "shop"), ("pod", "api-1")]);
        let mut second = pdb("shop", "api", 1);
        second.meta.name = "also".into();
        let world = World::new().pod(pod("shop", "api-1", "w")).pdb(pdb("shop", "api", 1)).pdb(second);
        let refused = plan("pod.evict", &world.0, &inputs).unwrap_err().to_string();
        assert!(refused.contains("budgets also and api select it"), "{refused}");
        // The server asks no budget for a pod that never ran.
        let mut pending = pod("shop", "api-1", "w");
        pending.phase = crate::domain::PodPhase::Pending;
        assert!(plan("pod.evict", &world.pod(pending).0, &inputs).is_ok());
        let ending = crate::domain::NamespaceRow {
            meta: crate::testing::meta("", "shop"),
            phase: "Terminating".into(),
            ..Default::default()
        };
        let world = World::new().pod(pod("shop", "api-1", "w")).with(|w| &mut w.namespaces, ending);
        let refused = plan("pod.evict", &world.0, &inputs).unwrap_err().to_string();
        assert!(refused.contains("namespace shop is ending"), "{refused}");
    }

    #[test]
    fn a_pod_that_is_held_says_by_what_before_and_after() {
        let inputs = Inputs::of([("namespace", "shop"), ("pod", "api-1")]);
        let mut held = pod("shop", "api-1", "w");
        held.finalizers = ["example.com/flush".into()].into();
        let made = plan("pod.evict", &World::new().pod(held.clone()).0, &inputs).unwrap();
        assert!(made.consequences.iter().any(|c| c.detail.starts_with("example.com/flush holds shop/api-1")));
        held.meta.deleting = Some(crate::testing::ago(5));
        let Progress::Pending(words) = Evict.progress(&made, &World::new().pod(held).0) else { panic!() };
        assert_eq!(words, "shop/api-1: held by finalizer example.com/flush");
    }

    #[test]
    fn bare_and_mirror_pods_are_refused() {
        let inputs = Inputs::of([("namespace", "shop"), ("pod", "api-1")]);
        let mut bare = pod("shop", "api-1", "w");
        bare.meta.owner = None;
        assert!(plan("pod.evict", &World::new().pod(bare.clone()).0, &inputs).is_err());
        bare.mirror = true;
        assert!(plan("pod.evict", &World::new().pod(bare).0, &inputs).is_err());
    }
}
