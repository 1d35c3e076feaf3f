//! Remove one finalizer of an object that waits for its end. What its controller wanted to clean up is left
//! behind.

use serde_json::{Value, json};

use super::target::{self, guard, object};
use super::{
    Call, CommandLine, Consequence, Inputs, KIND, NAME, OpMeta, Operation, Plan, Progress, Question, Refusal,
    SPACE, Takes, WayBack, need,
};
use crate::domain::{ClusterSnapshot, Interest, Kind, Looked, Risk};
use crate::lang::{Msg, msg, t};

const META: OpMeta = OpMeta {
    id: "object.remove-finalizer",
    title: msg!("op-finalizer-title"),
    kinds: &[],
    params: &[KIND, SPACE, NAME, need("finalizer", Takes::Text, msg!("op-finalizer-finalizer"))],
    risk: Risk::Critical,
    reach: "api",
    guards: &[
        msg!("op-finalizer-guard-living"),
        msg!("op-finalizer-guard-whose"),
        msg!("op-finalizer-guard-namespace"),
    ],
    undo: WayBack::None(msg!("op-finalizer-no-way-back")),
};

pub struct RemoveFinalizer;

/// Finalizers with a known meaning: who keeps it, and what is left when it is taken away.
const KNOWN: &[(&str, Msg, Msg)] = &[
    ("kubernetes.io/pvc-protection", msg!("op-finalizer-pvc"), msg!("op-finalizer-pvc-left")),
    ("kubernetes.io/pv-protection", msg!("op-finalizer-pv"), msg!("op-finalizer-pv-left")),
    (
        "external-provisioner.volume.kubernetes.io/finalizer",
        msg!("op-finalizer-provisioner"),
        msg!("op-finalizer-provisioner-left"),
    ),
    ("external-attacher/", msg!("op-finalizer-attacher"), msg!("op-finalizer-attacher-left")),
    ("foregroundDeletion", msg!("op-finalizer-collector"), msg!("op-finalizer-foreground-left")),
    ("orphan", msg!("op-finalizer-collector"), msg!("op-finalizer-orphan-left")),
    (
        "service.kubernetes.io/load-balancer-cleanup",
        msg!("op-finalizer-service"),
        msg!("op-finalizer-service-left"),
    ),
    ("batch.kubernetes.io/job-tracking", msg!("op-finalizer-job"), msg!("op-finalizer-job-left")),
    ("customresourcecleanup.apiextensions.k8s.io", msg!("op-finalizer-crd"), msg!("op-finalizer-crd-left")),
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
                let what = t!("op-finalizer-namespaces-own", finalizer = finalizer);
                return Err(guard(what, t!("op-finalizer-look-at-namespace")));
            }
            return Err(Refusal::AlreadySo(t!("op-finalizer-has-none", key = key, finalizer = finalizer)));
        };
        if row.meta.deleting.is_none() {
            let what = t!("op-finalizer-living", key = key, finalizer = finalizer);
            return Err(guard(what, t!("op-finalizer-leave-it")));
        }
        let test = json!({ "op": "test", "path": format!("/metadata/finalizers/{at}"), "value": finalizer });
        let remove = json!({ "op": "remove", "path": format!("/metadata/finalizers/{at}") });
        let call = Call::json(&key, &row.meta, vec![test, remove]);
        let (who, left) = meaning(finalizer);
        let others = row.finalizers().count() - 1;
        let end = match others {
            0 => Consequence::danger(
                msg!("op-class-last-finalizer"),
                t!("op-finalizer-gone-at-once", key = key),
            ),
            n => Consequence::info(msg!("op-class-others"), t!("op-finalizer-others-hold", finalizers = n)),
        };
        Ok(Plan {
            title: t!("op-finalizer-plan", key = key),
            summary: t!("op-finalizer-summary", finalizer = finalizer, who = who),
            consequences: vec![Consequence::danger(msg!("op-class-left-behind"), left), end],
            questions: vec![Question::new("cleaned-up", t!("op-finalizer-cleaned-up", who = who))],
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
            proof: t!("op-finalizer-has-none", key = key, finalizer = finalizer),
            ..Plan::draft(&META, inputs, key.clone(), &row.meta, vec![call])
        })
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        let finalizer = plan.inputs.0.get("finalizer").and_then(Value::as_str).unwrap_or_default();
        match world.object(&plan.target) {
            Looked::Present(row)
                if *row.meta.uid == *plan.uid && row.finalizers().any(|f| f == finalizer) =>
            {
                Progress::Pending(t!("op-finalizer-still-there", finalizer = finalizer))
            }
            Looked::Present(_) => Progress::Fulfilled(plan.proof.clone()),
            Looked::Absent => super::target::absent(plan, world),
            Looked::Reading => Progress::Pending(t!("op-finalizer-being-read", target = plan.target)),
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
        return (who.to_string(), left.to_string());
    }
    let who = finalizer.split('/').next().unwrap_or(finalizer);
    (t!("op-finalizer-controller-of", who = who), t!("op-finalizer-left-unknown", who = who))
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
