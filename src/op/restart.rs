//! Rollout restart: new pods for a workload, by the rules of its rollout.

use serde_json::json;

use super::rollout::{Replaced, Rollout, rolled_out};
use super::workload::{self, DAEMON_SET, DEPLOYMENT, ROLLING, STATEFUL_SET, kubectl_name};
use super::{
    Call, CommandLine, Inputs, NAMESPACE, OpMeta, Operation, Plan, Progress, Refusal, Undo, WayBack,
};
use crate::domain::{ClusterSnapshot, Interest, Kind, ObjectKey, ObjectRow, Risk};
use crate::lang::{msg, t};

const META: OpMeta = OpMeta {
    id: "workload.restart",
    title: msg!("op-restart-title"),
    kinds: ROLLING,
    params: &[NAMESPACE, DEPLOYMENT, STATEFUL_SET, DAEMON_SET],
    risk: Risk::Medium,
    reach: "api",
    guards: &[
        msg!("op-restart-refuses-what-replaces-none"),
        msg!("op-rollout-says-what-it-keeps"),
        msg!("op-restart-warns-of-rollout-and-owners"),
    ],
    undo: WayBack::Told(msg!("op-restart-undo")),
};

pub struct Restart;

impl Operation for Restart {
    fn meta(&self) -> &'static OpMeta {
        &META
    }

    fn reads(&self, inputs: &Inputs) -> Vec<Interest> {
        let mut out = workload::reads(&META, inputs);
        out.extend(super::undo::revisions(&META, inputs));
        out
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let (key, row) = workload::workload(world, &META, inputs)?;
        workload::not_paused(&key, row)?;
        let rules = Rollout::of(key.kind, row);
        rules.must_replace(&key)?;
        // `$now` is put in when the request is sent: a plan that is made anew with every picture stays the same.
        let stamp = json!({ "kubectl.kubernetes.io/restartedAt": "$now" });
        let body = json!({ "spec": { "template": { "metadata": { "annotations": stamp } } } });
        let call = Call::strategic(&key, &row.meta, body);
        Ok(Plan {
            title: t!("op-restart-does", row = key.row),
            summary: rules.summary(),
            consequences: workload::rollout(world, &key, row, &rules)?,
            kubectl: CommandLine::kubectl(&key, &["rollout", "restart", &kubectl_name(&key)]),
            undo: back(world, &key, row, inputs)?,
            proof: rules.proof(&key, Replaced::New),
            within_seconds: rules.within(),
            ..Plan::draft(&META, inputs, key.clone(), &row.meta, vec![call])
        })
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        rolled_out(plan, world, Replaced::New)
    }
}

/// The way back of a new template: the present revision by its number, since after another rollout "the one
/// before" would be another one.
pub(super) fn back(
    world: &ClusterSnapshot,
    key: &ObjectKey,
    row: &ObjectRow,
    inputs: &Inputs,
) -> Result<Undo, Refusal> {
    let param = key.kind.meta().aliases[0];
    let mut of = Inputs::of([("namespace", key.namespace()), (param, key.name())]);
    debug_assert!(inputs.0.contains_key(param), "the workload was found by this input");
    Ok(match super::undo::present(world, key, row)? {
        Some(revision) => {
            of.0.insert("revision".to_owned(), revision.into());
            Undo::by("workload.undo", of)
        }
        None => Undo::None(t!("op-restart-keeps-no-revision", kind = Kind::name(key.kind))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::{Work, plan};
    use crate::testing::{World, deployment};

    fn inputs() -> Inputs {
        Inputs::of([("namespace", "shop"), ("deployment", "api")])
    }

    #[test]
    fn a_restart_stamps_the_template_and_knows_its_way_back() {
        let world = World::new().object(deployment("shop", "api", 3));
        let made = plan("workload.restart", &world.0, &inputs()).unwrap();
        let Work::Calls(calls) = &made.work else { panic!() };
        let stamp = &calls[0].body["spec"]["template"]["metadata"]["annotations"]["kubectl.kubernetes.io/restartedAt"];
        assert_eq!(stamp, "$now");
        let Undo::By { op, inputs, .. } = &made.undo else { panic!() };
        assert_eq!((op.as_str(), &inputs.0["revision"]), ("workload.undo", &4.into()));
        assert!(matches!(Restart.progress(&made, &world.0), Progress::Pending(_)), "nothing has moved yet");
    }

    #[test]
    fn a_paused_one_is_refused_and_an_unread_one_is_waited_for() {
        let mut paused = deployment("shop", "api", 3);
        paused["spec"]["paused"] = true.into();
        let refusal = plan("workload.restart", &World::new().object(paused).0, &inputs()).unwrap_err();
        assert!(refusal.to_string().contains("paused"), "{refusal}");
        assert!(matches!(plan("workload.restart", &World::new().0, &inputs()), Err(Refusal::Reading(_))));
        let none = Inputs::of([("namespace", "shop")]);
        assert!(matches!(plan("workload.restart", &World::new().0, &none), Err(Refusal::Missing { .. })));
    }

    #[test]
    fn gitops_and_a_single_replica_are_told() {
        let mut one = deployment("shop", "api", 1);
        one["metadata"]["labels"] = json!({"argocd.argoproj.io/instance": "shop"});
        let made = plan("workload.restart", &World::new().object(one).0, &inputs()).unwrap();
        let told: Vec<_> = made.consequences.iter().map(|c| c.what.as_str()).collect();
        assert_eq!(told, ["replaced", "one replica", "owned by GitOps"]);
    }
}
