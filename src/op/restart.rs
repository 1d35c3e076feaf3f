//! Rollout restart: new pods for a Deployment, one after the other.

use serde_json::json;

use super::{
    Call, Consequence, Inputs, Level, Method, OpMeta, Operation, Param, Plan, Progress, Refusal, Undo, Work,
};
use crate::domain::{ClusterSnapshot, DeploymentRow, Kind, ObjectKey, Risk};

const META: OpMeta = OpMeta {
    id: "workload.restart",
    title: "Restart a Deployment pod by pod",
    kind: Kind::Deployment,
    params: &[
        Param { name: "namespace", doc: "namespace of the Deployment", required: true },
        Param { name: "deployment", doc: "name of the Deployment", required: true },
    ],
    risk: Risk::Medium,
    reach: "api",
    guards: &["refuses a paused Deployment", "warns when a rollout is still under way"],
    undo: "workload.undo to the revision before",
};

pub struct Restart;

impl Operation for Restart {
    fn meta(&self) -> &'static OpMeta {
        &META
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let (key, row) = deployment(world, &META, inputs)?;
        // `$now` is put in when the request is sent: a plan that is made anew with every picture stays the same.
        let stamp = "$now";
        let body = json!({
            "metadata": { "uid": &*row.meta.uid, "resourceVersion": &*row.meta.version },
            "spec": { "template": { "metadata": { "annotations": { "kubectl.kubernetes.io/restartedAt": stamp } } } },
        });
        // The present revision by its number: after another rollout "the one before" would be another one.
        let mut back = inputs.clone();
        back.0.insert("revision".to_owned(), row.revision.into());
        let call = Call { method: Method::StrategicPatch, target: key.clone(), subresource: None, body };
        Ok(Plan {
            op: META.id.to_owned(),
            inputs: inputs.clone(),
            title: format!("restart {}", key.row),
            uid: row.meta.uid.to_string(),
            version: row.meta.version.to_string(),
            risk: META.risk,
            summary: format!("replace {} pods by the rules of its rollout", row.desired),
            consequences: consequences(row),
            questions: Vec::new(),
            needs: vec![call.access()],
            kubectl: format!("kubectl -n {} rollout restart deployment/{}", key.namespace(), key.name()),
            undo: Undo::By { op: "workload.undo".to_owned(), inputs: back, note: String::new() },
            proof: format!("all {} pods of {} are new and available", row.desired, key.row),
            within_seconds: 600,
            work: Work::Calls(vec![call]),
            target: key,
        })
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        rolled_out(plan, world)
    }
}

/// The Deployment that the inputs name; a paused one would not roll.
pub(super) fn deployment<'a>(
    world: &'a ClusterSnapshot,
    meta: &'static OpMeta,
    inputs: &Inputs,
) -> Result<(ObjectKey, &'a DeploymentRow), Refusal> {
    let (namespace, name) = (inputs.text(meta, "namespace")?, inputs.text(meta, "deployment")?);
    let key = ObjectKey::new(Kind::Deployment, namespace, name);
    let row = world.deployments.get(&key.row).ok_or_else(|| Refusal::NotFound(key.clone()))?;
    if row.paused {
        return Err(Refusal::Guard {
            what: format!("{} is paused, so nothing would roll", key.row),
            instead: "resume it first".to_owned(),
        });
    }
    Ok((key, row))
}

pub(super) fn consequences(row: &DeploymentRow) -> Vec<Consequence> {
    let line = |level, what: &str, detail: String| Consequence { level, what: what.to_owned(), detail };
    let mut out = vec![line(Level::Info, "replaced", format!("{} pods, one after the other", row.desired))];
    if row.desired == 1 {
        out.push(line(Level::Warn, "one replica", "the new pod starts before the old one ends".to_owned()));
    }
    if row.updated < row.desired || row.available < row.desired {
        let detail = format!("{} of {} available, {} up to date", row.available, row.desired, row.updated);
        out.push(line(Level::Warn, "not settled", detail));
    }
    out
}

/// Whether the rollout that followed the plan is complete. The version must have moved on, otherwise the
/// numbers are those from before.
pub(super) fn rolled_out(plan: &Plan, world: &ClusterSnapshot) -> Progress {
    let Some(row) = world.deployments.get(&plan.target.row) else {
        return Progress::Pending(format!("{} is gone", plan.target.row));
    };
    let current = row.observed >= row.generation && *row.meta.version != *plan.version;
    let pods = world.pods.in_namespace(plan.target.namespace());
    let old = pods.filter(|p| row.selector.matches(&p.meta)).count() as i64 - i64::from(row.desired);
    if current && row.updated >= row.desired && row.available >= row.desired && old <= 0 {
        return Progress::Fulfilled(plan.proof.clone());
    }
    Progress::Pending(format!("{} of {} new, {} available", row.updated, row.desired, row.available))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::plan;
    use crate::testing::{World, meta};

    fn world(paused: bool) -> World {
        let row = DeploymentRow {
            meta: meta("shop", "api"),
            desired: 3,
            updated: 3,
            available: 3,
            paused,
            ..DeploymentRow::default()
        };
        World::new().with(|w| &mut w.deployments, row)
    }

    #[test]
    fn a_restart_stamps_the_template_and_knows_its_way_back() {
        let inputs = Inputs::of([("namespace", "shop"), ("deployment", "api")]);
        let made = plan("workload.restart", &world(false).0, &inputs).unwrap();
        let Work::Calls(calls) = &made.work else { panic!() };
        let stamp = &calls[0].body["spec"]["template"]["metadata"]["annotations"]["kubectl.kubernetes.io/restartedAt"];
        assert_eq!(stamp, "$now");
        assert!(matches!(&made.undo, Undo::By { op, .. } if op == "workload.undo"));
        assert!(
            matches!(Restart.progress(&made, &world(false).0), Progress::Pending(_)),
            "nothing has moved yet"
        );
        assert!(plan("workload.restart", &world(true).0, &inputs).is_err());
    }
}
