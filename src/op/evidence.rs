//! Save what is known of an object before it is changed: nothing in the cluster is another one afterwards. What is read is decided when it
//! is carried out, from the object as it is then; the plan says of what.
//!
//! Must not ask for a right in advance: what may not be read is named when it is not read, and the step is not done then.

use super::target::{self, object};
use super::{
    CommandLine, Consequence, Inputs, KIND, NAME, OpMeta, Operation, Plan, Progress, Refusal, SPACE,
    SaveWork, Takes, Undo, WayBack, Work, may,
};
use crate::domain::{ClusterSnapshot, Interest, Kind, ObjectKey, Risk};
use crate::lang::{Msg, msg, t};

/// The id of the operation: what it does is no change.
pub const EVIDENCE: &str = "evidence.save";

const META: OpMeta = OpMeta {
    id: EVIDENCE,
    title: msg!("op-evidence-save-object-its-events-and-logs"),
    kinds: &[],
    params: &[
        KIND,
        SPACE,
        NAME,
        may("resources", Takes::Text, msg!("op-evidence-every-object-of-these-resources-as")),
    ],
    risk: Risk::None,
    reach: "api",
    guards: &[
        msg!("op-evidence-only-reads-cluster-files-are-yours"),
        msg!("op-evidence-values-of-secrets-are-not-saved"),
        msg!("op-evidence-is-done-only-when-all-of"),
    ],
    undo: WayBack::Told(msg!("op-evidence-nothing-to-take-back")),
};

pub struct Save;

impl Operation for Save {
    fn meta(&self) -> &'static OpMeta {
        &META
    }

    fn reads(&self, inputs: &Inputs) -> Vec<Interest> {
        target::any_reads(&META, inputs)
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let target = target::any(&META, inputs)?;
        let row = object(world, &target)?;
        let work =
            SaveWork { object: target.clone(), uid: row.meta.uid.to_string(), resources: resources(inputs)? };
        Ok(Plan {
            title: t!("op-evidence-save", target = target),
            summary: t!("op-evidence-save-into-sessions-folder", work = what(&work)),
            consequences: vec![
                Consequence::info(
                    msg!("op-evidence-reads-only"),
                    t!("op-evidence-nothing-in-cluster-changes"),
                ),
                Consequence::info(
                    msg!("op-evidence-masked"),
                    t!("op-evidence-values-of-secrets-what-is-known"),
                ),
                Consequence::info(msg!("op-evidence-at-most"), SaveWork::LIMITS.text()),
            ],
            kubectl: CommandLine::kubectl(
                &target,
                &["get", target.kind.meta().plural, target.name(), "-o", "yaml"],
            ),
            undo: Undo::None(META.undo.to_string()),
            proof: t!("op-evidence-what-is-known-of-is-saved", target = target),
            work: Work::Save(work),
            // Objects change all the time; the uid says that it is the same one.
            version: String::new(),
            ..Plan::draft(&META, inputs, target, &row.meta, Vec::new())
        })
    }

    fn progress(&self, plan: &Plan, _: &ClusterSnapshot) -> Progress {
        Progress::Fulfilled(plan.proof.clone())
    }
}

/// What is saved, in words.
fn what(work: &SaveWork) -> String {
    let object = &work.object;
    let mut parts =
        vec![t!("op-evidence-yaml-of", object = object), t!("op-evidence-events-about-it").to_owned()];
    match object.kind {
        Kind::Pod => parts.push(t!("op-evidence-logs-of-all-its-containers-those").to_owned()),
        Kind::Namespace => parts.push(t!("op-evidence-every-object-that-is-left-in").to_owned()),
        _ => {}
    }
    parts
        .extend(work.resources.iter().map(|resource| t!("op-evidence-every-object-of", resource = resource)));
    parts.join(", ")
}

/// The resources that are named.
fn resources(inputs: &Inputs) -> Result<Vec<String>, Refusal> {
    let named = inputs.optional("resources").unwrap_or_default();
    let words: Vec<_> = named.split(',').map(str::trim).filter(|word| !word.is_empty()).collect();
    let fits =
        |word: &&str| word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-.".contains(c));
    match words.iter().find(|word| !fits(word)) {
        Some(word) => Err(Refusal::Invalid {
            op: META.id,
            param: "resources".to_owned(),
            given: (*word).to_owned(),
            expected: t!("op-evidence-names-such-as-configmaps-or-ippools"),
        }),
        None => Ok(words.into_iter().map(str::to_owned).collect()),
    }
}

impl SaveWork {
    /// Bytes of one file that are kept; of a log the last ones.
    pub const FILE: usize = 4 << 20;
    /// Bytes of all files together.
    pub const ALL: usize = 64 << 20;
    const LIMITS: Msg = msg!("op-evidence-4-mib-of-file-of-log");
}

/// The key of the object, for files: `pod-shop-api-5d8f`.
pub fn file_name(key: &ObjectKey) -> String {
    let words = [key.kind.meta().name, key.namespace(), key.name()];
    let words = words.iter().filter(|word| !word.is_empty()).map(|word| word.to_lowercase());
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-.".contains(c) { c } else { '_' };
    words.collect::<Vec<_>>().join("-").chars().map(plain).take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::{Approval, plan};
    use crate::testing::World;
    use serde_json::json;

    fn claim() -> World {
        World::new().object(json!({
            "apiVersion": "v1", "kind": "PersistentVolumeClaim",
            "metadata": {"namespace": "db", "name": "data", "uid": "u1", "resourceVersion": "7"}
        }))
    }

    fn inputs() -> Inputs {
        Inputs::of([("kind", "pvc"), ("namespace", "db"), ("name", "data")])
    }

    #[test]
    fn what_is_saved_and_where_is_said_and_one_key_runs_it() {
        let made = plan(EVIDENCE, &claim().0, &inputs()).unwrap();
        assert_eq!(made.approval(), Approval::Enter);
        assert!(made.summary.contains("the YAML of") && made.summary.ends_with("into the session's folder"));
        assert!(made.needs.is_empty() && !made.shows());
        assert!(made.consequences.iter().any(|c| c.detail.contains("4 MiB of a file")));
        assert!(made.work.calls().next().is_none(), "nothing is sent that could change something");
    }

    #[test]
    fn an_object_that_is_not_there_has_no_evidence_and_odd_resources_are_refused() {
        let gone = Inputs::of([("kind", "pvc"), ("namespace", "db"), ("name", "other")]);
        assert!(matches!(plan(EVIDENCE, &claim().0, &gone), Err(Refusal::Reading(_) | Refusal::NotFound(_))));
        let mut odd = inputs();
        odd.0.insert("resources".into(), json!("pods, ../../x"));
        assert!(matches!(plan(EVIDENCE, &claim().0, &odd), Err(Refusal::Invalid { .. })));
        odd.0.insert("resources".into(), json!("configmaps, ippools.crd.projectcalico.org"));
        let made = plan(EVIDENCE, &claim().0, &odd).unwrap();
        assert!(made.summary.contains("every object of ippools.crd.projectcalico.org"), "{}", made.summary);
    }

    #[test]
    fn the_name_of_a_file_is_one_whatever_the_object_is_called() {
        let key = ObjectKey::new(Kind::Pod, "shop", "a/../b");
        assert_eq!(file_name(&key), "pod-shop-a_.._b");
    }
}
