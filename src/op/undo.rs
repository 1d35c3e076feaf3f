//! Rollout undo: a Deployment goes back to the pod template of an earlier revision.

use serde_json::{Value, json};

use super::restart::{consequences, deployment, rolled_out};
use super::{Call, Inputs, Method, OpMeta, Operation, Param, Plan, Progress, Refusal, Undo, Work};
use crate::domain::{ClusterSnapshot, Kind, ReplicaSetRow, Risk};

const META: OpMeta = OpMeta {
    id: "workload.undo",
    title: "Roll a Deployment back to an earlier revision",
    kind: Kind::Deployment,
    params: &[
        Param { name: "namespace", doc: "namespace of the Deployment", required: true },
        Param { name: "deployment", doc: "name of the Deployment", required: true },
        Param { name: "revision", doc: "revision to go back to; the one before by default", required: false },
    ],
    risk: Risk::Medium,
    reach: "api",
    guards: &["refuses a paused Deployment", "refuses when the earlier revision is no longer kept"],
    undo: "workload.undo to the revision from before",
};

pub struct RolloutUndo;

impl Operation for RolloutUndo {
    fn meta(&self) -> &'static OpMeta {
        &META
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let (key, row) = deployment(world, &META, inputs)?;
        let wanted = inputs.number(&META, "revision")?;
        let owned = |set: &&std::sync::Arc<ReplicaSetRow>| {
            set.meta.owner.as_ref().is_some_and(|o| &*o.kind == "Deployment" && &*o.name == key.name())
        };
        let sets = world.replica_sets.in_namespace(key.namespace());
        let target = sets
            .filter(owned)
            .filter(|set| {
                wanted.map_or(set.revision < row.revision && set.revision > 0, |w| set.revision == w)
            })
            .max_by_key(|set| set.revision)
            .filter(|set| set.revision != row.revision);
        let Some(set) = target else {
            return Err(Refusal::Guard {
                what: format!("{} keeps no earlier revision to go back to", key.row),
                instead: "apply the manifest that you want instead".to_owned(),
            });
        };
        // The template is read from the ReplicaSet when the plan is applied: a snapshot keeps no templates.
        // `$template` names it; `cluster` puts the template in its place, without the hash label. A changed
        // resourceVersion makes the server refuse the patch.
        let body = json!([
            { "op": "test", "path": "/metadata/uid", "value": &*row.meta.uid },
            { "op": "replace", "path": "/metadata/resourceVersion", "value": &*row.meta.version },
            { "op": "replace", "path": "/spec/template", "value": { "$template": &*set.meta.name, "uid": &*set.meta.uid } },
        ]);
        let call = Call { method: Method::JsonPatch, target: key.clone(), subresource: None, body };
        let mut needs = vec![call.access()];
        needs.push(super::Access {
            verb: "get".to_owned(),
            resource: "replicasets".to_owned(),
            ..needs[0].clone()
        });
        let mut back = inputs.clone();
        back.0.insert("revision".to_owned(), Value::from(row.revision));
        Ok(Plan {
            op: META.id.to_owned(),
            inputs: inputs.clone(),
            title: format!("roll {} back to revision {}", key.row, set.revision),
            uid: row.meta.uid.to_string(),
            version: row.meta.version.to_string(),
            risk: META.risk,
            summary: format!("revision {} → {} ({})", row.revision, set.revision, set.image),
            consequences: consequences(row),
            questions: Vec::new(),
            needs,
            kubectl: format!(
                "kubectl -n {} rollout undo deployment/{} --to-revision={}",
                key.namespace(),
                key.name(),
                set.revision
            ),
            // Going back gives the old template a new number, so the present one keeps its own.
            undo: Undo::By { op: META.id.to_owned(), inputs: back, note: String::new() },
            proof: format!("all {} pods of {} have the old template and are available", row.desired, key.row),
            within_seconds: 600,
            work: Work::Calls(vec![call]),
            target: key,
        })
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        rolled_out(plan, world)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{DeploymentRow, Owner};
    use crate::op::plan;
    use crate::testing::{World, meta};

    fn set(name: &str, revision: i64) -> ReplicaSetRow {
        let mut meta = meta("shop", name);
        meta.owner = Some(Owner { kind: "Deployment".into(), name: "api".into() });
        ReplicaSetRow { meta, revision, image: format!("api:{revision}").into(), ..ReplicaSetRow::default() }
    }

    fn world(revisions: &[i64]) -> World {
        let row =
            DeploymentRow { meta: meta("shop", "api"), desired: 2, revision: 3, ..DeploymentRow::default() };
        let world = World::new().with(|w| &mut w.deployments, row);
        revisions.iter().fold(world, |w, r| w.with(|w| &mut w.replica_sets, set(&format!("api-{r}"), *r)))
    }

    #[test]
    fn the_revision_before_is_taken_and_the_way_back_is_the_present_one() {
        let inputs = Inputs::of([("namespace", "shop"), ("deployment", "api")]);
        let made = plan("workload.undo", &world(&[1, 2, 3]).0, &inputs).unwrap();
        assert_eq!(made.summary, "revision 3 → 2 (api:2)");
        let Undo::By { inputs: back, .. } = &made.undo else { panic!() };
        assert_eq!(back.0["revision"], 3);
        let mut first = inputs.clone();
        first.0.insert("revision".into(), 1.into());
        assert!(plan("workload.undo", &world(&[1, 2, 3]).0, &first).unwrap().summary.contains("→ 1"));
    }

    #[test]
    fn without_an_earlier_revision_it_refuses() {
        let inputs = Inputs::of([("namespace", "shop"), ("deployment", "api")]);
        assert!(plan("workload.undo", &world(&[3]).0, &inputs).is_err());
    }
}
