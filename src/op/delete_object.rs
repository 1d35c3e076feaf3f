//! Delete an object of any kind but pods, which have operations of their own. Its manifest is kept in the
//! record, so that it can be made again.

use serde_json::json;

use super::target::{self, gitops, gone, guard, object};
use super::{
    Call, CommandLine, Consequence, Inputs, KIND, NAME, OpMeta, Operation, Plan, Progress, Refusal, SPACE,
    Undo, WayBack, known,
};
use crate::domain::{ClusterSnapshot, Interest, Kind, ObjectKey, ObjectRow, Risk};
use crate::lang::{self, msg, t};

const META: OpMeta = OpMeta {
    id: "object.delete",
    title: msg!("op-delete-object-title"),
    kinds: &[],
    params: &[KIND, SPACE, NAME],
    risk: Risk::High,
    reach: "api",
    guards: &[
        msg!("op-delete-object-guard-critical"),
        msg!("op-delete-object-guard-refuses"),
        msg!("op-delete-object-guard-tells"),
    ],
    undo: WayBack::Told(msg!("op-delete-object-way-back")),
};

pub struct DeleteObject;

impl Operation for DeleteObject {
    fn meta(&self) -> &'static OpMeta {
        &META
    }

    fn reads(&self, inputs: &Inputs) -> Vec<Interest> {
        target::any_reads(&META, inputs)
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let key = target::any(&META, inputs)?;
        let row = object(world, &key)?;
        if row.meta.deleting.is_some() {
            let left: Vec<_> = row.finalizers().collect();
            let what = match left.as_slice() {
                [] => t!("op-delete-object-already", key = key),
                held => t!("op-delete-object-already-held", key = key, held = lang::list(held)),
            };
            return Err(guard(what, t!("op-delete-object-wait")));
        }
        match key.kind {
            Kind::Pod => {
                return Err(guard(t!("op-delete-object-pod"), t!("op-delete-object-use-pod-ops")));
            }
            Kind::Node if world.node(key.name()).is_some_and(|n| n.ready()) => {
                let what = t!("op-delete-object-node-is-ready", node = key.name());
                return Err(guard(what, t!("op-delete-object-drain-first")));
            }
            _ => {}
        }
        let call = Call::delete(&key, &row.meta, json!({ "propagationPolicy": "Background" }));
        let plan = Plan {
            title: t!("op-delete-object-plan", key = key),
            summary: t!("op-delete-object-summary", key = key),
            consequences: consequences(world, &key, row),
            kubectl: CommandLine::kubectl(&key, &["delete", key.kind.meta().plural, key.name()]),
            undo: undo(&key, row),
            proof: t!("op-delete-object-is-gone", key = key),
            within_seconds: 120,
            ..Plan::draft(&META, inputs, key.clone(), &row.meta, vec![call])
        };
        let critical =
            matches!(key.kind, Kind::CustomResourceDefinition | Kind::Namespace | Kind::PersistentVolume);
        Ok(if critical { Plan { risk: Risk::Critical, ..plan } } else { plan })
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        gone(plan, world)
    }
}

fn consequences(world: &ClusterSnapshot, key: &ObjectKey, row: &ObjectRow) -> Vec<Consequence> {
    let mut out = Vec::new();
    match key.kind {
        Kind::CustomResourceDefinition => {
            let kind = row.text("/spec/names/kind");
            out.push(Consequence::danger(
                msg!("op-class-all-of-its-objects"),
                t!("op-delete-object-every-kind", kind = kind),
            ));
        }
        Kind::Namespace => {
            let all = match known::unknown(world, Kind::Pod, Some(key.name())) {
                None => {
                    t!("op-delete-object-all-and-pods", pods = world.pods.in_namespace(key.name()).count())
                }
                Some(why) => {
                    t!("op-delete-object-all-and-unknown-pods", why = known::not_known(Kind::Pod, &why))
                }
            };
            out.push(Consequence::danger(msg!("op-class-all-in-it"), all));
        }
        Kind::PersistentVolumeClaim => {
            let volume = row.text("/spec/volumeName");
            out.push(Consequence::danger(
                msg!("op-class-data"),
                t!("op-delete-object-volume", volume = volume),
            ));
        }
        Kind::Deployment | Kind::StatefulSet | Kind::DaemonSet | Kind::ReplicaSet => {
            let wanted = super::workload::counts(key.kind, row).wanted;
            out.push(Consequence::danger(
                msg!("op-class-its-pods"),
                t!("op-delete-object-pods-end", pods = wanted),
            ));
        }
        _ => {}
    }
    if let Some(owner) = &row.meta.owner {
        out.push(Consequence::warn(
            msg!("op-class-owned"),
            t!("op-delete-object-made-again", kind = owner.kind, name = owner.name),
        ));
    }
    out.extend(gitops(&row.meta, |name| row.annotation(name).map(str::to_owned)));
    let finalizers: Vec<_> = row.finalizers().collect();
    if !finalizers.is_empty() {
        out.push(Consequence::warn(
            msg!("op-class-waits"),
            t!("op-delete-object-held", finalizers = lang::list(finalizers)),
        ));
    }
    out
}

fn undo(key: &ObjectKey, row: &ObjectRow) -> Undo {
    if key.kind == Kind::Secret {
        return Undo::None(t!("op-delete-object-secret").to_owned());
    }
    let note = match key.kind {
        Kind::CustomResourceDefinition | Kind::Namespace => t!("op-delete-object-empty"),
        Kind::PersistentVolumeClaim | Kind::PersistentVolume => {
            t!("op-delete-object-data")
        }
        _ => t!("op-delete-object-new-uid"),
    };
    let mut inputs = Inputs::default();
    inputs.0.insert("manifest".to_owned(), super::apply::manifest_of(row));
    Undo::By { op: "object.apply".to_owned(), inputs, note: note.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::{Work, plan};
    use crate::testing::{World, deployment, node};

    fn inputs(kind: &str, name: &str) -> Inputs {
        Inputs::of([("kind", kind), ("namespace", "shop"), ("name", name)])
    }

    #[test]
    fn it_is_bound_to_the_object_and_keeps_its_manifest() {
        let world = World::new().object(deployment("shop", "api", 3));
        let made = plan("object.delete", &world.0, &inputs("deploy", "api")).unwrap();
        let Work::Calls(calls) = &made.work else { panic!() };
        assert_eq!(calls[0].body["preconditions"], json!({"uid": "uid-api", "resourceVersion": "1"}));
        let Undo::By { op, inputs: back, .. } = &made.undo else { panic!() };
        assert_eq!(op, "object.apply");
        let manifest = &back.0["manifest"];
        assert_eq!(manifest["spec"]["replicas"], 3);
        assert!(manifest.get("status").is_none() && manifest["metadata"].get("uid").is_none(), "{manifest}");
        assert_eq!(made.consequences[0].detail, "3 pods end with it");
        assert_eq!(made.risk, Risk::High);
    }

    #[test]
    fn what_takes_others_with_it_is_critical_and_a_secret_has_no_way_back() {
        let of =
            |kind: &str| json!({"kind": kind, "metadata": {"name": "x", "namespace": "shop", "uid": "u"}});
        let space = World::new().object(json!({"kind": "Namespace", "metadata": {"name": "x", "uid": "u"}}));
        assert_eq!(plan("object.delete", &space.0, &inputs("ns", "x")).unwrap().risk, Risk::Critical);
        let secret =
            plan("object.delete", &World::new().object(of("Secret")).0, &inputs("secret", "x")).unwrap();
        assert!(matches!(secret.undo, Undo::None(_)));
    }

    #[test]
    fn pods_and_ready_nodes_are_refused_and_a_leaving_object_needs_nothing() {
        let pod = json!({"kind": "Pod", "metadata": {"name": "p", "namespace": "shop"}});
        assert!(plan("object.delete", &World::new().object(pod).0, &inputs("pod", "p")).is_err());
        let ready = World::new()
            .node(node("w", "True", "", 9))
            .object(json!({"kind": "Node", "metadata": {"name": "w"}}));
        assert!(plan("object.delete", &ready.0, &inputs("node", "w")).is_err());
        let mut leaving = deployment("shop", "api", 1);
        leaving["metadata"]["deletionTimestamp"] = "2026-03-01T03:00:00Z".into();
        leaving["metadata"]["finalizers"] = json!(["a/b"]);
        let refusal =
            plan("object.delete", &World::new().object(leaving).0, &inputs("deploy", "api")).unwrap_err();
        assert!(refusal.to_string().contains("held by a/b"), "{refusal}");
    }
}
