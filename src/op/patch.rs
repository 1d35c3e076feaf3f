//! Patch an object of any kind with a merge patch. The way back is the patch that undoes it, field by field.

use serde_json::{Map, Value};

use super::rollout::{Replaced, Rollout, rolled_out};
use super::target::{self, guard, object, shown};
use super::workload::ROLLING;
use super::{
    Call, CommandLine, Inputs, KIND, NAME, OpMeta, Operation, Plan, Progress, Refusal, SPACE, Takes, Undo,
    WayBack, need,
};
use crate::domain::{ClusterSnapshot, Interest, Kind, Looked, ObjectKey, Risk};
use crate::lang::{self, msg, t};

const META: OpMeta = OpMeta {
    id: "object.patch",
    title: msg!("op-patch-title"),
    kinds: &[],
    params: &[KIND, SPACE, NAME, need("patch", Takes::Json, msg!("op-patch-json"))],
    risk: Risk::Medium,
    reach: "api",
    guards: &[
        msg!("op-patch-guard-fixed"),
        msg!("op-patch-guard-secrets"),
        msg!("op-patch-guard-template"),
        msg!("op-patch-guard-own"),
        msg!("op-patch-guard-weight"),
    ],
    undo: WayBack::Told(msg!("op-patch-way-back")),
};

pub struct Patch;

impl Operation for Patch {
    fn meta(&self) -> &'static OpMeta {
        &META
    }

    fn reads(&self, inputs: &Inputs) -> Vec<Interest> {
        target::any_reads(&META, inputs)
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let key = target::any(&META, inputs)?;
        let Some(patch @ Value::Object(fields)) = inputs.0.get("patch") else {
            return Err(Refusal::Missing { op: META.id, param: "patch", doc: META.params[3].doc.text() });
        };
        if key.kind == Kind::Secret {
            return Err(guard(t!("op-patch-no-secret"), t!("op-patch-use-rotate")));
        }
        refuse(key.kind, patch, fields)?;
        let row = object(world, &key)?;
        let back = inverse(&row.value, patch);
        if back.as_object().is_some_and(Map::is_empty) {
            return Err(Refusal::AlreadySo(t!("op-patch-already-so", key = key)));
        }
        let template = ROLLING.contains(&key.kind) && back.pointer("/spec/template").is_some();
        let rules = template.then(|| Rollout::by(key.kind, row, &merged(&row.value, patch)["spec"]));
        let mut consequences = rules.as_ref().map(Rollout::consequences).unwrap_or_default();
        if rules.is_some() {
            consequences.extend(super::workload::not_settled(key.kind, row));
        }
        consequences.extend(super::workload::owner_elsewhere(row));
        let call = Call::merge(&key, &row.meta, patch.clone());
        let mut undo = inputs.clone();
        undo.0.insert("patch".to_owned(), back);
        Ok(Plan {
            title: t!("op-patch-plan", key = key),
            summary: t!("op-patch-summary", fields = lang::list(paths(patch))),
            consequences,
            kubectl: CommandLine::kubectl(
                &key,
                &["patch", key.kind.meta().plural, key.name(), "--type=merge", "-p", &patch.to_string()],
            ),
            undo: Undo::by(META.id, undo),
            proof: proof(&key, t!("op-patch-the-patch"), rules.as_ref()),
            within_seconds: rules.as_ref().map_or(60, Rollout::within),
            risk: super::apply::weight(key.kind),
            ..Plan::draft(&META, inputs, key.clone(), &row.meta, vec![call])
        })
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        let none = Value::Null;
        let patch = plan.inputs.0.get("patch").unwrap_or(&none);
        let fields =
            shown(plan, world, |row| inverse(&row.value, patch).as_object().is_some_and(Map::is_empty));
        // What takes it back names what it changed.
        let changed = match &plan.undo {
            Undo::By { inputs, .. } => inputs.0.get("patch"),
            Undo::None(_) => Some(patch),
        };
        let template = ROLLING.contains(&plan.target.kind)
            && changed.is_some_and(|back| back.pointer("/spec/template").is_some());
        if template { rolled_too(fields, plan, world, t!("op-patch-the-patch")) } else { fields }
    }
}

/// What proves a change of fields, and the rollout that it starts.
pub(super) fn proof(key: &ObjectKey, says: &str, rules: Option<&Rollout>) -> String {
    let fields = t!("op-patch-is-as-says", key = key, says = says);
    rules.map_or(fields.clone(), |rules| {
        t!("op-patch-and", fields = fields, rollout = rules.proof(key, Replaced::New))
    })
}

/// A change of a template is shown when its fields are, and the pods that its controller replaces by itself are new.
pub(super) fn rolled_too(fields: Progress, plan: &Plan, world: &ClusterSnapshot, says: &str) -> Progress {
    let Progress::Fulfilled(_) = fields else { return fields };
    match (rolled_out(plan, world, Replaced::New), world.object(&plan.target)) {
        (Progress::Fulfilled(words), _) => Progress::Fulfilled(t!(
            "op-patch-is-as-says-and",
            target = plan.target,
            says = says,
            words = words
        )),
        // Its rules leave its pods to somebody else: the fields are all that was asked for.
        (Progress::Stuck(words), Looked::Present(row)) if !Rollout::of(plan.target.kind, row).moves() => {
            Progress::Fulfilled(t!(
                "op-patch-is-as-says-but",
                target = plan.target,
                says = says,
                words = words
            ))
        }
        (other, _) => other,
    }
}

/// What a merge patch makes of an object, as RFC 7386 says.
pub(super) fn merged(before: &Value, patch: &Value) -> Value {
    let Value::Object(fields) = patch else { return patch.clone() };
    let mut out = before.as_object().cloned().unwrap_or_default();
    for (name, value) in fields {
        if value.is_null() {
            out.shift_remove(name);
        } else {
            let inner = merged(out.get(name).unwrap_or(&Value::Null), value);
            out.insert(name.clone(), inner);
        }
    }
    Value::Object(out)
}

/// Fields that are more than fields: what they do is known to an operation of their own.
const OWN: &[(Kind, &str, &[&str])] = &[
    (Kind::Node, "/spec/taints", &["node.taint", "node.untaint", "node.out-of-service"]),
    (Kind::Node, "/spec/unschedulable", &["node.cordon", "node.uncordon"]),
    (Kind::PersistentVolume, "/spec/persistentVolumeReclaimPolicy", &["pv.reclaim"]),
    (Kind::PersistentVolumeClaim, "/spec/resources", &["pvc.expand"]),
    (Kind::ValidatingWebhookConfiguration, "/webhooks", &["webhook.fail-open", "webhook.fail-closed"]),
    (Kind::MutatingWebhookConfiguration, "/webhooks", &["webhook.fail-open", "webhook.fail-closed"]),
];

/// What a patch must not touch.
fn refuse(kind: Kind, patch: &Value, fields: &Map<String, Value>) -> Result<(), Refusal> {
    if let Some((_, field, ops)) =
        OWN.iter().find(|(k, field, _)| *k == kind && patch.pointer(field).is_some())
    {
        let field = field.trim_start_matches('/').replace('/', ".");
        return Err(guard(
            t!("op-patch-more-than-field", field = field, kind = kind),
            t!("op-patch-use", ops = lang::one_of(*ops)),
        ));
    }
    let metadata = fields.get("metadata").and_then(Value::as_object);
    let fixed = ["uid", "resourceVersion", "name", "namespace"];
    let named = |name: &str| metadata.is_some_and(|m| m.contains_key(name));
    if let Some(name) = fixed.iter().find(|n| named(n)) {
        return Err(guard(t!("op-patch-says-which", name = name), t!("op-patch-leave-it-out")));
    }
    if named("finalizers") {
        return Err(guard(t!("op-patch-finalizers"), t!("op-patch-use-remove-finalizer")));
    }
    if fields.contains_key("status") {
        return Err(guard(t!("op-patch-status"), t!("op-patch-not-status")));
    }
    Ok(())
}

/// The merge patch that takes another one back, empty where that one changes nothing.
pub(super) fn inverse(before: &Value, patch: &Value) -> Value {
    let mut out = Map::new();
    for (name, wanted) in patch.as_object().into_iter().flatten() {
        let old = before.get(name).filter(|v| !v.is_null());
        match (old, wanted) {
            (Some(Value::Object(_)), Value::Object(_)) => {
                let inner = inverse(&before[name], wanted);
                if inner.as_object().is_some_and(|m| !m.is_empty()) {
                    out.insert(name.clone(), inner);
                }
            }
            (Some(old), wanted) if old != wanted => {
                out.insert(name.clone(), old.clone());
            }
            (None, wanted) if !wanted.is_null() => {
                out.insert(name.clone(), Value::Null);
            }
            _ => {}
        }
    }
    Value::Object(out)
}

/// The fields that a patch names, as paths.
fn paths(patch: &Value) -> Vec<String> {
    let mut out = Vec::new();
    for (name, value) in patch.as_object().into_iter().flatten() {
        match value {
            Value::Object(inner) if !inner.is_empty() => {
                out.extend(paths(value).into_iter().map(|p| format!("{name}.{p}")));
            }
            _ => out.push(name.clone()),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::{Work, plan};
    use crate::testing::{World, deployment};
    use proptest::prelude::*;
    use serde_json::json;

    fn inputs(patch: Value) -> Inputs {
        let mut inputs = Inputs::of([("kind", "deployment"), ("namespace", "shop"), ("name", "api")]);
        inputs.0.insert("patch".to_owned(), patch);
        inputs
    }

    #[test]
    fn a_patch_is_bound_and_its_way_back_restores_the_fields() {
        let world = World::new().object(deployment("shop", "api", 3));
        let made =
            plan("object.patch", &world.0, &inputs(json!({"spec": {"replicas": 5, "minReadySeconds": 9}})))
                .unwrap();
        assert_eq!(made.summary, "change spec.replicas, spec.minReadySeconds");
        let Undo::By { inputs: back, .. } = &made.undo else { panic!() };
        assert_eq!(back.0["patch"], json!({"spec": {"replicas": 3, "minReadySeconds": null}}));
        let Work::Calls(calls) = &made.work else { panic!() };
        assert_eq!(calls[0].body["metadata"]["uid"], "uid-api");
        let same = plan("object.patch", &world.0, &inputs(json!({"spec": {"replicas": 3}})));
        assert!(matches!(same, Err(Refusal::AlreadySo(_))));
    }

    #[test]
    fn what_is_not_a_field_to_change_is_refused() {
        let world = World::new().object(deployment("shop", "api", 3));
        for wrong in [
            json!({"metadata": {"uid": "x"}}),
            json!({"metadata": {"finalizers": []}}),
            json!({"status": {}}),
        ] {
            assert!(matches!(plan("object.patch", &world.0, &inputs(wrong)), Err(Refusal::Guard { .. })));
        }
    }

    #[test]
    fn what_has_an_operation_of_its_own_is_left_to_it() {
        let node = World::new().object(json!({"kind": "Node", "metadata": {"name": "w"}, "spec": {}}));
        let mut inputs = Inputs::of([("kind", "node"), ("name", "w")]);
        inputs.0.insert("patch".to_owned(), json!({"spec": {"taints": []}}));
        assert!(plan("object.patch", &node.0, &inputs).unwrap_err().to_string().contains("use node.taint"));
        inputs.0.insert("patch".to_owned(), json!({"spec": {"podCIDR": "10.0.0.0/24"}}));
        assert_eq!(plan("object.patch", &node.0, &inputs).unwrap().risk, Risk::High);
    }

    fn object(depth: u32) -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![any::<u8>().prop_map(Value::from), Just(json!(["a"])), Just(json!("t"))];
        leaf.prop_recursive(depth, 16, 3, |inner| {
            proptest::collection::btree_map("[a-c]", inner, 0..3).prop_map(|m| json!(m))
        })
    }

    proptest! {
        #[test]
        fn the_way_back_restores_any_object(a in object(3), b in object(3)) {
            // Of objects: a patch replaces what is none.
            let (before, patch) = (json!({"x": a, "y": {"z": 1}}), json!({"x": b, "y": {"w": 2}}));
            let back = inverse(&before, &patch);
            let now = merged(&merged(&before, &patch), &back);
            prop_assert_eq!(strip(&now), strip(&before));
        }
    }

    /// Empty maps that a patch leaves behind count as nothing.
    fn strip(value: &Value) -> Value {
        match value {
            Value::Object(map) => {
                let inner = map.iter().map(|(k, v)| (k.clone(), strip(v)));
                let kept: Map<_, _> = inner.filter(|(_, v)| *v != json!({})).collect();
                Value::Object(
                    kept.into_iter().collect::<std::collections::BTreeMap<_, _>>().into_iter().collect(),
                )
            }
            other => other.clone(),
        }
    }
}
