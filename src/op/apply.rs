//! Apply a manifest, server-side: the server merges it field by field and knows who owns what. Fields of
//! others are not taken by force.

use serde_json::{Map, Value};

use super::patch::{merged, proof, rolled_too};
use super::rollout::Rollout;
use super::target::guard;
use super::workload::ROLLING;
use super::{
    Call, CommandLine, Inputs, Method, OpMeta, Operation, Plan, Progress, Refusal, Takes, Undo, WayBack, need,
};
use crate::domain::{ClusterSnapshot, Interest, Kind, Looked, Meta, ObjectKey, ObjectRow, Risk};
use crate::lang::{msg, t};

const META: OpMeta = OpMeta {
    id: "object.apply",
    title: msg!("op-apply-title"),
    kinds: &[],
    params: &[need("manifest", Takes::Json, msg!("op-apply-manifest-doc"))],
    risk: Risk::Medium,
    reach: "api",
    guards: &[
        msg!("op-apply-guard-dry-run"),
        msg!("op-apply-guard-template"),
        msg!("op-apply-guard-secrets"),
        msg!("op-apply-guard-risk"),
    ],
    undo: WayBack::Told(msg!("op-apply-way-back")),
};

pub struct Apply;

impl Operation for Apply {
    fn meta(&self) -> &'static OpMeta {
        &META
    }

    fn reads(&self, inputs: &Inputs) -> Vec<Interest> {
        key(inputs).map(|(key, _)| vec![Interest::one(&key)]).unwrap_or_default()
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let (key, manifest) = key(inputs)?;
        let none = Meta::default();
        let (row, of) = match world.object(&key) {
            Looked::Present(row) => (Some(row), &row.meta),
            Looked::Absent => (None, &none),
            Looked::Reading => return Err(Refusal::Reading(Interest::one(&key))),
            Looked::Failed(why) => {
                return Err(guard(
                    t!("op-apply-unreadable", key = key, why = why),
                    t!("op-apply-ask-for-right"),
                ));
            }
        };
        let mut body = manifest.clone();
        if !of.version.is_empty() {
            body["metadata"]["uid"] = Value::from(&*of.uid);
            body["metadata"]["resourceVersion"] = Value::from(&*of.version);
        }
        // What is not there is created and nothing else: somebody may make it before the yes.
        let method = if row.is_some() { Method::Apply } else { Method::Create };
        let call = Call { method, target: key.clone(), subresource: None, body, typed: None };
        let rules = row.and_then(|row| rules(key.kind, row, manifest));
        let mut consequences = rules.as_ref().map(Rollout::consequences).unwrap_or_default();
        if let Some(row) = row {
            if rules.is_some() {
                consequences.extend(super::workload::not_settled(key.kind, row));
            }
            consequences.extend(super::workload::owner_elsewhere(row));
        }
        let text = serde_json::to_string(manifest).unwrap_or_default();
        let plan = Plan {
            title: t!("op-apply-plan", key = key),
            summary: match row {
                Some(_) => t!("op-apply-changes", key = key),
                None => t!("op-apply-makes", key = key),
            },
            consequences,
            kubectl: CommandLine::kubectl(&key, &["apply", "--server-side", "-f", "-"]).given(&text),
            undo: undo(&key, row.map(|r| &**r)),
            proof: proof(&key, t!("op-apply-the-manifest"), rules.as_ref()),
            within_seconds: rules.as_ref().map_or(60, Rollout::within),
            ..Plan::draft(&META, inputs, key.clone(), of, vec![call])
        };
        Ok(Plan { risk: weight(key.kind), ..plan })
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        let none = Value::Null;
        let wanted = plan.inputs.0.get("manifest").unwrap_or(&none);
        let fields = match world.object(&plan.target) {
            Looked::Present(row) if covers(&row.value, wanted) => Progress::Fulfilled(plan.proof.clone()),
            Looked::Present(_) => {
                return Progress::Pending(t!("op-apply-not-so-yet", target = plan.target));
            }
            _ => return Progress::Pending(t!("op-apply-not-there-yet", target = plan.target)),
        };
        // Of what it made nothing was there to be replaced; its pods are new whatever its rules are.
        let changed =
            ROLLING.contains(&plan.target.kind) && !plan.uid.is_empty() && changes_template(plan, wanted);
        if changed { rolled_too(fields, plan, world, t!("op-apply-the-manifest")) } else { fields }
    }
}

/// Whether the manifest has another pod template than the one that takes it back.
fn changes_template(plan: &Plan, wanted: &Value) -> bool {
    let Some(template) = wanted.pointer("/spec/template") else { return false };
    match &plan.undo {
        Undo::By { inputs, .. } => {
            let before = inputs.0.get("manifest").and_then(|m| m.pointer("/spec/template"));
            before.is_none_or(|before| !covers(before, template))
        }
        Undo::None(_) => true,
    }
}

/// What the rollout does that the manifest starts, where it changes a pod template.
fn rules(kind: Kind, row: &ObjectRow, manifest: &Value) -> Option<Rollout> {
    let template = manifest.pointer("/spec/template").filter(|_| ROLLING.contains(&kind))?;
    let changes = !covers(&row.value["spec"]["template"], template);
    changes.then(|| Rollout::by(kind, row, &merged(&row.value["spec"], &manifest["spec"])))
}

/// How much a change of an object of this kind can do: what decides about others weighs more.
pub(super) fn weight(kind: Kind) -> Risk {
    match kind {
        Kind::Role
        | Kind::RoleBinding
        | Kind::ClusterRole
        | Kind::ClusterRoleBinding
        | Kind::ValidatingWebhookConfiguration
        | Kind::MutatingWebhookConfiguration
        | Kind::CustomResourceDefinition
        | Kind::APIService
        | Kind::PersistentVolume
        | Kind::StorageClass
        | Kind::PriorityClass
        | Kind::Node
        | Kind::Namespace => Risk::High,
        _ => Risk::Medium,
    }
}

/// What the manifest is about, and the manifest.
fn key(inputs: &Inputs) -> Result<(ObjectKey, &Value), Refusal> {
    let Some(manifest @ Value::Object(_)) = inputs.0.get("manifest") else {
        return Err(Refusal::Missing { op: META.id, param: "manifest", doc: META.params[0].doc.text() });
    };
    let text = |pointer: &str| manifest.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    let Some(kind) = Kind::parse(text("/kind")).filter(|k| k.name() == text("/kind")) else {
        return Err(guard(
            t!("op-apply-unknown-kind", kind = format!("{:?}", text("/kind"))),
            t!("op-apply-with-kubectl"),
        ));
    };
    if kind.api_version() != text("/apiVersion") {
        let what = t!(
            "op-apply-other-version",
            kind = kind,
            version = kind.api_version(),
            given = format!("{:?}", text("/apiVersion"))
        );
        return Err(guard(what, t!("op-apply-write-present-version")));
    }
    let (name, namespace) = (text("/metadata/name"), text("/metadata/namespace"));
    if name.is_empty() || namespace.is_empty() == kind.meta().namespaced {
        let what = if name.is_empty() {
            t!("op-apply-has-no-name", kind = kind)
        } else {
            t!("op-apply-wrong-namespace", kind = kind)
        };
        return Err(guard(what, t!("op-apply-give-name")));
    }
    if kind == Kind::Secret {
        return Err(guard(t!("op-apply-no-secrets"), t!("op-apply-with-kubectl")));
    }
    if manifest.get("status").is_some() {
        return Err(guard(t!("op-apply-has-status"), t!("op-apply-leave-it-out")));
    }
    Ok((ObjectKey::new(kind, namespace, name), manifest))
}

/// What of an object a person would write: without status and the fields that the server fills.
pub(super) fn manifest_of(row: &ObjectRow) -> Value {
    const SERVERS: &[&str] = &[
        "uid",
        "resourceVersion",
        "generation",
        "creationTimestamp",
        "deletionTimestamp",
        "deletionGracePeriodSeconds",
        "selfLink",
    ];
    let mut out = Map::new();
    for (name, value) in row.value.as_object().into_iter().flatten().filter(|(n, _)| *n != "status") {
        out.insert(name.clone(), value.clone());
    }
    let mut out = Value::Object(out);
    if let Some(metadata) = out.get_mut("metadata").and_then(Value::as_object_mut) {
        metadata.retain(|name, _| !SERVERS.contains(&name.as_str()));
    }
    out
}

fn undo(key: &ObjectKey, before: Option<&ObjectRow>) -> Undo {
    let Some(row) = before else {
        let mut inputs = Inputs::of([("kind", key.kind.name()), ("name", key.name())]);
        if !key.namespace().is_empty() {
            inputs.0.insert("namespace".to_owned(), Value::from(key.namespace()));
        }
        return Undo::by("object.delete", inputs);
    };
    if key.kind == Kind::Secret {
        return Undo::None(t!("op-apply-secret-not-kept").to_owned());
    }
    let mut inputs = Inputs::default();
    inputs.0.insert("manifest".to_owned(), manifest_of(row));
    Undo::By { op: META.id.to_owned(), inputs, note: t!("op-apply-added-stay").to_owned() }
}

/// Whether all that `wanted` says is so in `found`. Lists count as a whole, their items may have more fields.
fn covers(found: &Value, wanted: &Value) -> bool {
    match (found, wanted) {
        (Value::Object(found), Value::Object(wanted)) => {
            wanted.iter().all(|(k, w)| found.get(k).map_or(w.is_null(), |f| covers(f, w)))
        }
        (Value::Array(found), Value::Array(wanted)) => {
            found.len() == wanted.len() && found.iter().zip(wanted).all(|(f, w)| covers(f, w))
        }
        _ => found == wanted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::{Work, plan};
    use crate::testing::World;
    use serde_json::json;

    fn map(data: &str) -> Value {
        json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"namespace": "shop", "name": "c"}, "data": {"k": data}})
    }

    fn inputs(manifest: Value) -> Inputs {
        let mut inputs = Inputs::default();
        inputs.0.insert("manifest".to_owned(), manifest);
        inputs
    }

    #[test]
    fn a_new_object_is_taken_back_by_its_deletion_and_a_changed_one_by_what_it_was() {
        let empty =
            World::new().object(json!({"kind": "Secret", "metadata": {"namespace": "shop", "name": "x"}}));
        let made = plan("object.apply", &empty.0, &inputs(map("a"))).unwrap();
        assert!(matches!(&made.undo, Undo::By { op, .. } if op == "object.delete"));
        let needs: Vec<_> = made.needs.iter().map(ToString::to_string).collect();
        assert_eq!(needs, ["create configmaps in shop"]);
        let Work::Calls(calls) = &made.work else { panic!() };
        assert_eq!(calls[0].method, Method::Create, "somebody else's object must not be merged into");
        let mut there = map("old");
        there["metadata"]["uid"] = "u".into();
        there["metadata"]["resourceVersion"] = "7".into();
        let world = World::new().object(there);
        let made = plan("object.apply", &world.0, &inputs(map("new"))).unwrap();
        let Work::Calls(calls) = &made.work else { panic!() };
        assert_eq!(calls[0].body["metadata"]["resourceVersion"], "7");
        let Undo::By { inputs: back, .. } = &made.undo else { panic!() };
        assert_eq!(back.0["manifest"], map("old"));
        assert!(matches!(Apply.progress(&made, &world.0), Progress::Pending(_)));
        let done = World::new().object(map("new"));
        assert!(matches!(Apply.progress(&made, &done.0), Progress::Fulfilled(_)));
    }

    #[test]
    fn a_manifest_that_cannot_be_meant_is_refused() {
        let wrong = |change: &dyn Fn(&mut Value)| {
            let mut manifest = map("a");
            change(&mut manifest);
            plan("object.apply", &World::new().object(map("a")).0, &inputs(manifest)).unwrap_err().to_string()
        };
        assert!(wrong(&|m| m["kind"] = "Gizmo".into()).contains("not known"));
        assert!(wrong(&|m| m["apiVersion"] = "v2".into()).contains("apiVersion v1"));
        assert!(wrong(&|m| m["metadata"]["name"] = "".into()).contains("no name"));
        assert!(wrong(&|m| m["status"] = json!({})).contains("status"));
        assert!(wrong(&|m| m["kind"] = "Secret".into()).contains("must not stand"));
        assert_eq!(weight(Kind::ClusterRoleBinding), Risk::High);
    }
}
