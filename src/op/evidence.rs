//! Save what is known of an object before it is changed: nothing in the cluster is another one afterwards. What is read is decided when it
//! is carried out, from the object as it is then; the plan says of what.
//!
//! Must not ask for a right in advance: what may not be read is named when it is not read, and the step is not done then.

use super::target::{self, object};
use super::{
    CommandLine, Consequence, Inputs, KIND, NAME, OpMeta, Operation, Plan, Progress, Refusal, SPACE,
    SaveWork, Takes, Undo, Work, may,
};
use crate::domain::{ClusterSnapshot, Interest, Kind, ObjectKey, Risk};

/// The id of the operation: what it does is no change.
pub const EVIDENCE: &str = "evidence.save";

const META: OpMeta = OpMeta {
    id: EVIDENCE,
    title: "Save an object, its events and logs, before anything is changed",
    kinds: &[],
    params: &[
        KIND,
        SPACE,
        NAME,
        may(
            "resources",
            Takes::Text,
            "every object of these resources as well, as kubectl names them, with commas between: ippools.crd.projectcalico.org",
        ),
    ],
    risk: Risk::None,
    reach: "api",
    guards: &[
        "only reads the cluster; the files are yours alone, beside the session's journal",
        "values of Secrets are not saved; what is secret, or looks like it, is masked as in an export",
        "is done only when all of it was saved; what could not be read is named",
    ],
    undo: "nothing in the cluster changes",
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
            title: format!("save {target}"),
            summary: format!("save {} into the session's folder", what(&work)),
            consequences: vec![
                Consequence::info("reads only", "nothing in the cluster changes"),
                Consequence::info(
                    "masked",
                    "values of Secrets, what is known to be secret, and what looks like it",
                ),
                Consequence::info("at most", SaveWork::LIMITS),
            ],
            kubectl: CommandLine::kubectl(
                &target,
                &["get", target.kind.meta().plural, target.name(), "-o", "yaml"],
            ),
            undo: Undo::None(META.undo.to_owned()),
            proof: format!("what is known of {target} is saved in the session's folder"),
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
    let mut parts = vec![format!("the YAML of {object}"), "the events about it".to_owned()];
    match object.kind {
        Kind::Pod => {
            parts.push("the logs of all its containers, those before the last restart too".to_owned());
        }
        Kind::Namespace => parts.push("every object that is left in it (of Secrets their names)".to_owned()),
        _ => {}
    }
    parts.extend(work.resources.iter().map(|resource| format!("every object of {resource}")));
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
            expected: "names such as configmaps or ippools.crd.projectcalico.org",
        }),
        None => Ok(words.into_iter().map(str::to_owned).collect()),
    }
}

impl SaveWork {
    /// Bytes of one file that are kept; of a log the last ones.
    pub const FILE: usize = 4 << 20;
    /// Bytes of all files together.
    pub const ALL: usize = 64 << 20;
    const LIMITS: &str = "4 MiB of a file, of a log its end; 64 MiB in all: what is cut says so";
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
