//! Remove one finalizer of an object that waits for its end. What its controller wanted to clean up is left
//! behind.

use serde_json::{Value, json};

use super::target::{self, guard, object};
use super::{
    Call, CommandLine, Consequence, Inputs, KIND, NAME, OpMeta, Operation, Plan, Progress, Question, Refusal,
    SPACE, Takes, need,
};
use crate::domain::{ClusterSnapshot, Interest, Kind, Looked, Risk};

const META: OpMeta = OpMeta {
    id: "object.remove-finalizer",
    title: "Remove one finalizer of an object that is being deleted",
    kinds: &[],
    params: &[KIND, SPACE, NAME, need("finalizer", Takes::Text, "the finalizer, as it stands in the object")],
    risk: Risk::Critical,
    reach: "api",
    guards: &[
        "refuses objects that are not being deleted",
        "says which controller the finalizer belongs to and what it would have cleaned up",
        "refuses the finalizers of a namespace's spec: they are not in its metadata",
    ],
    undo: "none: with its last finalizer the object goes (its manifest stays in the record)",
};

pub struct RemoveFinalizer;

/// Finalizers with a known meaning: who keeps it, and what is left when it is taken away.
const KNOWN: &[(&str, &str, &str)] = &[
    (
        "kubernetes.io/pvc-protection",
        "pvc-protection controller",
        "a pod still uses the claim and loses its volume",
    ),
    ("kubernetes.io/pv-protection", "pv-protection controller", "a claim is still bound to the volume"),
    (
        "external-provisioner.volume.kubernetes.io/finalizer",
        "CSI external-provisioner",
        "the disk at the provider stays and costs",
    ),
    ("external-attacher/", "CSI external-attacher", "the volume stays attached to its node"),
    ("foregroundDeletion", "garbage collector", "objects that it owns stay behind for a while"),
    ("orphan", "garbage collector", "its dependents keep an owner that is gone"),
    (
        "service.kubernetes.io/load-balancer-cleanup",
        "service controller",
        "the load balancer at the provider stays and costs",
    ),
    ("batch.kubernetes.io/job-tracking", "job controller", "the Job may count the pod twice or not at all"),
    (
        "customresourcecleanup.apiextensions.k8s.io",
        "CRD controller",
        "custom resources stay in etcd without a definition",
    ),
];

impl Operation for RemoveFinalizer {
    fn meta(&self) -> &'static OpMeta {
        &META
    }

    fn reads(&self, inputs: &Inputs) -> Vec<Interest> {
        target::any_reads(&META, inputs)
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let key = target::any(&META, inputs)?;
        let finalizer = inputs.text(&META, "finalizer")?;
        let row = object(world, &key)?;
        let Some(at) = row.finalizers().position(|f| f == finalizer) else {
            if key.kind == Kind::Namespace && row.list("/spec/finalizers").iter().any(|f| f == finalizer) {
                let what = format!("{finalizer} is the namespace's own: it goes when all in it is gone");
                return Err(guard(what, "look at the namespace's conditions: they name what is left"));
            }
            return Err(Refusal::AlreadySo(format!("{key} has no finalizer {finalizer}")));
        };
        if row.meta.deleting.is_none() {
            let what = format!("{key} is not being deleted, so {finalizer} holds nothing up");
            return Err(guard(what, "leave it to its controller"));
        }
        let test = json!({ "op": "test", "path": format!("/metadata/finalizers/{at}"), "value": finalizer });
        let remove = json!({ "op": "remove", "path": format!("/metadata/finalizers/{at}") });
        let call = Call::json(&key, &row.meta, vec![test, remove]);
        let (who, left) = meaning(finalizer);
        let others = row.finalizers().count() - 1;
        let end = match others {
            0 => Consequence::danger("last one", format!("{key} is gone at once")),
            n => Consequence::info("others", format!("{n} other finalizers still hold it")),
        };
        Ok(Plan {
            title: format!("remove a finalizer of {key}"),
            summary: format!("remove {finalizer}, kept by {who}"),
            consequences: vec![Consequence::danger("left behind", left), end],
            questions: vec![Question::new(
                "cleaned-up",
                format!("{who} is gone or cannot do it, and I have cleaned up, or will, what it would have"),
            )],
            kubectl: CommandLine::kubectl(
                &key,
                &[
                    "patch",
                    key.kind.meta().plural,
                    key.name(),
                    "--type=json",
                    "-p",
                    &format!(r#"[{{"op":"remove","path":"/metadata/finalizers/{at}"}}]"#),
                ],
            ),
            proof: format!("{key} has no finalizer {finalizer}"),
            ..Plan::draft(&META, inputs, key.clone(), &row.meta, vec![call])
        })
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        let finalizer = plan.inputs.0.get("finalizer").and_then(Value::as_str).unwrap_or_default();
        match world.object(&plan.target) {
            Looked::Present(row)
                if *row.meta.uid == *plan.uid && row.finalizers().any(|f| f == finalizer) =>
            {
                Progress::Pending(format!("{finalizer} is still there"))
            }
            Looked::Present(_) => Progress::Fulfilled(plan.proof.clone()),
            Looked::Absent => super::target::absent(plan, world),
            Looked::Reading => Progress::Pending(format!("{} is being read", plan.target)),
            Looked::Failed(why) => Progress::Pending(why),
        }
    }
}

/// Who keeps a finalizer, and what is left behind without it.
fn meaning(finalizer: &str) -> (String, String) {
    let known = KNOWN
        .iter()
        .find(|(name, _, _)| finalizer == *name || (name.ends_with('/') && finalizer.starts_with(name)));
    if let Some((_, who, left)) = known {
        return ((*who).to_owned(), (*left).to_owned());
    }
    let who = finalizer.split('/').next().unwrap_or(finalizer);
    (
        format!("the controller of {who}"),
        format!("whatever {who} would have cleaned up: read its documentation first"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::{Approval, Work, plan};
    use crate::testing::World;

    fn claim(deleting: bool) -> World {
        let mut claim = json!({
            "kind": "PersistentVolumeClaim",
            "metadata": {"namespace": "shop", "name": "data", "uid": "u", "resourceVersion": "4", "finalizers": ["a/b", "kubernetes.io/pvc-protection"]},
        });
        if deleting {
            claim["metadata"]["deletionTimestamp"] = "2026-03-01T03:00:00Z".into();
        }
        World::new().object(claim)
    }

    fn inputs(finalizer: &str) -> Inputs {
        Inputs::of([("kind", "pvc"), ("namespace", "shop"), ("name", "data"), ("finalizer", finalizer)])
    }

    #[test]
    fn only_that_one_is_removed_and_its_keeper_is_named() {
        let made =
            plan("object.remove-finalizer", &claim(true).0, &inputs("kubernetes.io/pvc-protection")).unwrap();
        let Work::Calls(calls) = &made.work else { panic!() };
        let path = "/metadata/finalizers/1";
        assert_eq!(
            calls[0].body[2],
            json!({"op": "test", "path": path, "value": "kubernetes.io/pvc-protection"})
        );
        assert_eq!(calls[0].body[3], json!({"op": "remove", "path": path}));
        assert!(made.summary.contains("pvc-protection controller"));
        assert_eq!((made.approval(), made.questions.len()), (Approval::TypeObject, 1));
        assert!(matches!(made.undo, crate::op::Undo::None(_)));
    }

    #[test]
    fn a_living_object_and_an_unknown_finalizer_are_refused() {
        let refused = plan("object.remove-finalizer", &claim(false).0, &inputs("a/b")).unwrap_err();
        assert!(refused.to_string().contains("not being deleted"));
        let none = plan("object.remove-finalizer", &claim(true).0, &inputs("x/y"));
        assert!(matches!(none, Err(Refusal::AlreadySo(_))));
        assert_eq!(meaning("acme.io/clean").0, "the controller of acme.io");
    }
}
