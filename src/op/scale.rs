//! Scale: the number of pods that a workload wants.

use serde_json::{Value, json};

use super::target::{guard, shown};
use super::workload::{self, DEPLOYMENT, STATEFUL_SET, autoscaler, counts, kubectl_name};
use super::{
    Call, CommandLine, Consequence, Inputs, NAMESPACE, OpMeta, Operation, Plan, Progress, Refusal, Takes,
    Undo, WayBack, may, need,
};
use crate::domain::{ClusterSnapshot, Interest, Kind, ObjectKey, ObjectRow, Risk};
use crate::lang::{msg, t};

const META: OpMeta = OpMeta {
    id: "workload.scale",
    title: msg!("op-scale-title"),
    kinds: &[Kind::Deployment, Kind::StatefulSet, Kind::ReplicaSet],
    params: &[
        NAMESPACE,
        DEPLOYMENT,
        STATEFUL_SET,
        may("replicaset", Takes::Name(Kind::ReplicaSet), msg!("op-scale-replicaset-param")),
        need("replicas", Takes::Int, msg!("op-scale-replicas-param")),
    ],
    risk: Risk::Medium,
    reach: "api",
    guards: &[
        msg!("op-scale-refuses-owned"),
        msg!("op-scale-warns-of-others"),
        msg!("op-scale-warns-of-fewer"),
    ],
    undo: WayBack::Told(msg!("op-scale-undo")),
};

/// More than this by one key is hardly meant.
const MOST: i64 = 10_000;

pub struct Scale;

impl Operation for Scale {
    fn meta(&self) -> &'static OpMeta {
        &META
    }

    fn reads(&self, inputs: &Inputs) -> Vec<Interest> {
        workload::reads(&META, inputs)
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let (key, row) = workload::workload(world, &META, inputs)?;
        let wanted = match inputs.number(&META, "replicas")? {
            None => {
                return Err(Refusal::Missing {
                    op: META.id,
                    param: "replicas",
                    doc: t!("op-scale-how-many-pods"),
                });
            }
            Some(n) if !(0..=MOST).contains(&n) => {
                return Err(guard(t!("op-scale-so-many", n = n), t!("op-scale-give-a-number", most = MOST)));
            }
            Some(n) => n,
        };
        if key.kind == Kind::ReplicaSet
            && let Some(owner) = &row.meta.owner
        {
            let what = t!("op-scale-owner-sets-its-own", kind = owner.kind, name = owner.name, row = key.row);
            return Err(guard(what, t!("op-scale-the-owner", kind = owner.kind)));
        }
        let now = row.number("/spec/replicas").unwrap_or(1);
        if now == wanted {
            return Err(Refusal::AlreadySo(t!("op-scale-wants-pods", row = key.row, pods = now)));
        }
        let call = Call::merge(&key, &row.meta, json!({ "spec": { "replicas": wanted } })).at("scale");
        let mut back = inputs.clone();
        back.0.insert("replicas".to_owned(), Value::from(now));
        Ok(Plan {
            title: t!("op-scale-does", row = key.row, wanted = wanted),
            summary: t!("op-scale-summary", now = now, wanted = wanted),
            consequences: consequences(world, &key, row, now, wanted)?,
            kubectl: CommandLine::kubectl(
                &key,
                &[
                    "scale",
                    &kubectl_name(&key),
                    &format!("--current-replicas={now}"),
                    &format!("--replicas={wanted}"),
                ],
            ),
            undo: Undo::by(META.id, back),
            proof: t!("op-scale-proof", row = key.row, wanted = wanted),
            within_seconds: 600,
            ..Plan::draft(&META, inputs, key.clone(), &row.meta, vec![call])
        })
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        let wanted = plan.inputs.number(&META, "replicas").ok().flatten();
        shown(plan, world, |row| {
            let seen = row.number("/status/observedGeneration") >= row.number("/metadata/generation");
            let all = row.number("/status/replicas").unwrap_or(0);
            let ready = row.number("/status/readyReplicas").unwrap_or(0);
            seen && row.number("/spec/replicas") == wanted && Some(ready) == wanted && Some(all) == wanted
        })
    }
}

fn consequences(
    world: &ClusterSnapshot,
    key: &ObjectKey,
    row: &ObjectRow,
    now: i64,
    wanted: i64,
) -> Result<Vec<Consequence>, Refusal> {
    let mut out = Vec::new();
    if wanted == 0 {
        out.push(Consequence::danger(
            msg!("op-scale-nothing-left"),
            t!("op-scale-serves-nobody", row = key.row),
        ));
    } else if wanted < now {
        let available = counts(key.kind, row).available;
        out.push(Consequence::info(
            msg!("op-class-fewer"),
            t!("op-scale-pods-end", ending = now - wanted, available = available),
        ));
    }
    if key.kind == Kind::StatefulSet && wanted < now {
        let first = format!("{}-{wanted}", key.name());
        let detail = t!("op-scale-members-go", first = first);
        out.push(Consequence::warn(msg!("op-class-members"), detail));
    }
    if let Some(hpa) = autoscaler(world, key)? {
        let (min, max) =
            (hpa.number("/spec/minReplicas").unwrap_or(1), hpa.number("/spec/maxReplicas").unwrap_or(0));
        let detail = match wanted {
            0 => t!("op-scale-autoscaler-stops", name = hpa.meta.name),
            _ => t!("op-scale-autoscaler-keeps", name = hpa.meta.name, min = min, max = max),
        };
        out.push(Consequence::warn(msg!("op-class-autoscaler"), detail));
    }
    let selects = |b: &&std::sync::Arc<crate::domain::PdbRow>| {
        let mut template = row.meta.clone();
        let labels = row.value.pointer("/spec/template/metadata/labels").and_then(Value::as_object);
        template.labels = labels
            .into_iter()
            .flatten()
            .map(|(k, v)| (k.as_str().into(), v.as_str().unwrap_or_default().into()))
            .collect();
        b.selector.matches(&template)
    };
    for budget in world.pdbs.in_namespace(key.namespace()).filter(selects) {
        if wanted < i64::from(budget.desired) && wanted < now {
            let detail =
                t!("op-scale-budget-is-not-asked", name = budget.meta.name, desired = budget.desired);
            out.push(Consequence::warn(msg!("op-class-budget"), detail));
        }
    }
    out.extend(workload::owner_elsewhere(row));
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::{Work, plan};
    use crate::testing::{World, deployment, pdb};

    fn inputs(replicas: i64) -> Inputs {
        let mut inputs = Inputs::of([("namespace", "shop"), ("deployment", "api")]);
        inputs.0.insert("replicas".to_owned(), replicas.into());
        inputs
    }

    #[test]
    fn the_number_is_set_at_the_subresource_and_taken_back() {
        let world = World::new().object(deployment("shop", "api", 3));
        let made = plan("workload.scale", &world.0, &inputs(5)).unwrap();
        let Work::Calls(calls) = &made.work else { panic!() };
        assert_eq!(
            (calls[0].subresource.as_deref(), &calls[0].body["spec"]["replicas"]),
            (Some("scale"), &5.into())
        );
        assert_eq!(calls[0].body["metadata"], json!({"uid": "uid-api", "resourceVersion": "1"}));
        assert_eq!(made.needs[0].to_string(), "patch deployments/scale in shop");
        let Undo::By { inputs: back, .. } = &made.undo else { panic!() };
        assert_eq!(back.0["replicas"], 3);
        assert!(matches!(plan("workload.scale", &world.0, &inputs(3)), Err(Refusal::AlreadySo(_))));
        assert!(matches!(plan("workload.scale", &world.0, &inputs(-1)), Err(Refusal::Guard { .. })));
    }

    #[test]
    fn zero_budgets_and_autoscalers_are_told() {
        let hpa = json!({
            "kind": "HorizontalPodAutoscaler", "metadata": {"namespace": "shop", "name": "auto"},
            "spec": {"minReplicas": 2, "maxReplicas": 9, "scaleTargetRef": {"kind": "Deployment", "name": "api"}},
        });
        let mut budget = pdb("shop", "api", 1);
        budget.desired = 2;
        let world = World::new().object(deployment("shop", "api", 3)).object(hpa).pdb(budget);
        let told = |n: i64| -> Vec<String> {
            let made = plan("workload.scale", &world.0, &inputs(n)).unwrap();
            made.consequences.into_iter().map(|c| c.what).collect()
        };
        assert_eq!(told(0), ["nothing left", "autoscaler", "budget"]);
        assert_eq!(told(1), ["fewer", "autoscaler", "budget"]);
        assert_eq!(told(4), ["autoscaler"]);
    }

    #[test]
    fn a_replica_set_of_a_deployment_is_refused() {
        let mut set = deployment("shop", "api-1", 3);
        set["kind"] = "ReplicaSet".into();
        set["metadata"]["ownerReferences"] =
            json!([{"kind": "Deployment", "name": "api", "controller": true}]);
        let mut inputs = Inputs::of([("namespace", "shop"), ("replicaset", "api-1")]);
        inputs.0.insert("replicas".to_owned(), 1.into());
        let refused = plan("workload.scale", &World::new().object(set).0, &inputs).unwrap_err().to_string();
        assert!(refused.contains("scale the Deployment instead"), "{refused}");
    }
}
