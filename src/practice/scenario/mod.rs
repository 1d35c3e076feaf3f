//! Scenarios: a cluster, a fault in it, and what the world outside can do about it, as data.
//!
//! One more scenario is one file in `assets/scenarios/`; its name is its id. A user's own file is read by the same rules.
//! Nothing here runs anything. A file has
//!
//! - `scenario: 1`, `title`, `summary`, `goal`, each text with its `_zh` twin, `runbook`, `alerts` (what the pager said)
//! - `cluster` (version, age, nodes, namespaces, workloads, budgets, plain manifests), or `cluster_of`: another's
//! - `images`: what an image does when it runs (memory, crash, ready, missing, programs, serves, `stops_after`, log); an
//!   image that neither stands here nor runs before the fault is in no registry
//! - `fault`: `age`, and in `do` the primitives of `fault`; `actions`: the same primitives under a step's name
//! - `deny`: verbs on resources that the operator is refused
//! - `rehearsal`: what a rehearsal answers where the cluster does not, and what it tries: `params`, `records`, `decisions`,
//!   `take_back`, `refused`

mod cluster;
mod spot;

use std::collections::BTreeMap;
use std::time::Duration;

use include_dir::{Dir, include_dir};
use serde::Deserialize;

use super::behaviour::{Behaviour, span};
use super::error::PracticeError;
use super::fault::Fault;
use crate::lang::Language;
pub use cluster::{Cluster, NodeSpec};
pub use spot::{Flaw, Placed, Spot};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/scenarios");

/// A scenario file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// The file's name without its extension.
    #[serde(skip)]
    pub id: String,
    /// The file that it was read from, as whoever named it wrote it.
    #[serde(skip)]
    pub file: String,
    /// The version of the file format: 1.
    pub scenario: u32,
    pub title: String,
    #[serde(default)]
    pub title_zh: String,
    pub summary: String,
    #[serde(default)]
    pub summary_zh: String,
    /// The runbook that this scenario practises.
    #[serde(default)]
    pub runbook: Option<String>,
    pub goal: String,
    #[serde(default)]
    pub goal_zh: String,
    /// What the pager said.
    #[serde(default)]
    pub alerts: Vec<Alert>,
    #[serde(default)]
    cluster: Option<Cluster>,
    /// The scenario whose cluster this one has.
    #[serde(default)]
    cluster_of: Option<String>,
    /// What images do when they run.
    #[serde(default)]
    pub images: BTreeMap<String, Behaviour>,
    /// What the operator may not do.
    #[serde(default)]
    pub deny: Vec<Denial>,
    #[serde(default)]
    pub fault: Happening,
    /// What somebody does outside of the cluster, by the name of a runbook's manual step.
    #[serde(default)]
    pub actions: BTreeMap<String, Action>,
    /// What a rehearsal answers and tries.
    #[serde(default)]
    pub rehearsal: Rehearsal,
}

/// What a rehearsal answers where the cluster does not, and what it tries on its way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rehearsal {
    /// Parameters that the finding does not bind, each as it would be typed.
    #[serde(default)]
    pub params: BTreeMap<String, String>,
    /// Values that manual steps record, by step and name.
    #[serde(default)]
    pub records: BTreeMap<String, BTreeMap<String, String>>,
    /// Cases of decisions, where neither the cluster's answer nor the first case is the way.
    #[serde(default)]
    pub decisions: BTreeMap<String, String>,
    /// Steps that are taken back once they are proved, and done again.
    #[serde(default)]
    pub take_back: Vec<String>,
    /// Refusals that must occur.
    #[serde(default)]
    pub refused: Vec<ExpectedRefusal>,
}

/// A step that must be refused at some place of the walk.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedRefusal {
    /// The step that is tried.
    pub step: String,
    /// The step at which it is tried.
    pub at: String,
    /// What the refusal must say.
    pub says: String,
}

/// An alert as the pager shows it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alert {
    pub name: String,
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    pub text: String,
    #[serde(default)]
    pub text_zh: String,
}

/// Verbs on resources that are refused; no namespaces means everywhere.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Denial {
    pub verbs: Vec<String>,
    pub resources: Vec<String>,
    #[serde(default)]
    pub namespaces: Vec<String>,
}

/// Faults, and how long ago they happened when history is made up.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Happening {
    #[serde(default, deserialize_with = "span")]
    pub age: Duration,
    #[serde(default, rename = "do")]
    pub faults: Vec<Placed<Fault>>,
}

/// Something that is done outside of the cluster.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    pub says: String,
    #[serde(default)]
    pub says_zh: String,
    /// It happens the first time only, however often its step is done.
    #[serde(default)]
    pub once: bool,
    #[serde(rename = "do")]
    pub faults: Vec<Placed<Fault>>,
}

/// The ids of all scenarios, sorted.
pub fn scenarios() -> Vec<&'static str> {
    let mut ids: Vec<_> = FILES
        .files()
        .filter(|f| f.path().extension().is_some_and(|e| e == "yaml"))
        .filter_map(|f| f.path().file_stem()?.to_str())
        .collect();
    ids.sort_unstable();
    ids
}

impl Scenario {
    /// Its title in a language.
    pub fn title_in(&self, language: Language) -> &str {
        if language == Language::Chinese { &self.title_zh } else { &self.title }
    }

    /// What it is about, in a language.
    pub fn summary_in(&self, language: Language) -> &str {
        if language == Language::Chinese { &self.summary_zh } else { &self.summary }
    }

    /// What is to be reached, in a language.
    pub fn goal_in(&self, language: Language) -> &str {
        if language == Language::Chinese { &self.goal_zh } else { &self.goal }
    }

    /// Reads an embedded scenario.
    pub fn load(id: &str) -> Result<Self, PracticeError> {
        let Some(file) = FILES.get_file(format!("{id}.yaml")) else {
            return Err(PracticeError::UnknownScenario { id: id.to_owned(), known: known(id) });
        };
        let name = format!("assets/scenarios/{id}.yaml");
        Self::parse(id, &name, file.contents_utf8().unwrap_or_default())
    }

    /// Reads a scenario from the text of a file, such as a user's own. `cluster_of` names an embedded one.
    pub fn parse(id: &str, file: &str, text: &str) -> Result<Self, PracticeError> {
        Self::read(id, file, text).map_err(|flaw| PracticeError::BadScenario { file: file.to_owned(), flaw })
    }

    fn read(id: &str, file: &str, text: &str) -> Result<Self, Flaw> {
        let options = serde_saphyr::options! { with_snippet: false };
        let mut scenario: Self =
            serde_saphyr::from_str_with_options(text, options).map_err(|e| syntax(&e))?;
        (scenario.id, scenario.file) = (id.to_owned(), file.to_owned());
        let format = |why: String| Err(Flaw::new("scenario.format", None, why));
        if scenario.scenario != 1 {
            return format(format!("format version {} is not known, only 1", scenario.scenario));
        }
        if scenario.cluster.is_some() == scenario.cluster_of.is_some() {
            return format("it needs either `cluster` or `cluster_of`".to_owned());
        }
        if let Some(other) = scenario.cluster_of.take() {
            let base = Self::load(&other)
                .map_err(|e| Flaw::new("scenario.format", None, format!("`cluster_of`: {e}")))?;
            scenario.cluster = base.cluster;
            for (image, behaviour) in base.images {
                scenario.images.entry(image).or_insert(behaviour);
            }
        }
        scenario.fill();
        Ok(scenario)
    }

    /// Where there is no Chinese, the English stands.
    fn fill(&mut self) {
        let same = |zh: &mut String, en: &str| {
            if zh.is_empty() {
                en.clone_into(zh);
            }
        };
        same(&mut self.title_zh, &self.title);
        same(&mut self.summary_zh, &self.summary);
        same(&mut self.goal_zh, &self.goal);
        for alert in &mut self.alerts {
            same(&mut alert.text_zh, &alert.text);
        }
        for action in self.actions.values_mut() {
            same(&mut action.says_zh, &action.says);
        }
    }

    /// The cluster as it is before the fault.
    pub fn cluster(&self) -> Result<&Cluster, Flaw> {
        self.cluster.as_ref().ok_or_else(|| Flaw::new("scenario.format", None, "it has no cluster"))
    }

    /// Everything that goes wrong when it is tried: the cluster is built, the fault made, and each action done.
    pub fn flaws(&self) -> Vec<Flaw> {
        super::bootstrap::trial(self)
    }
}

/// What the reader of YAML says, without the place, which stands beside it.
fn syntax(error: &serde_saphyr::Error) -> Flaw {
    let said = error.without_snippet().to_string();
    let why = said.split(" at line ").next().unwrap_or(&said).trim().trim_end_matches([',', ':']).to_owned();
    Flaw::new("scenario.syntax", error.location().and_then(Spot::of), why)
}

/// All ids as text, those most like `id` first.
fn known(id: &str) -> String {
    let pairs = |s: &str| -> Vec<(char, char)> { s.chars().zip(s.chars().skip(1)).collect() };
    let wanted = pairs(id);
    let mut all = scenarios();
    all.sort_by_key(|known| {
        let shared = pairs(known).iter().filter(|p| wanted.contains(p)).count();
        std::cmp::Reverse(shared)
    });
    all.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_scenario_loads() {
        assert!(!scenarios().is_empty());
        for id in scenarios() {
            let scenario = Scenario::load(id).unwrap();
            let text = FILES.get_file(format!("{id}.yaml")).unwrap().contents_utf8().unwrap();
            for key in ["title_zh", "summary_zh", "goal_zh"] {
                assert!(text.contains(&format!("\n{key}: ")), "{id} has no {key}");
            }
            assert!(!scenario.cluster().unwrap().nodes.is_empty(), "{id}");
        }
    }

    #[test]
    fn mistakes_are_named() {
        let error = Scenario::load("node-notready").unwrap_err().to_string();
        assert!(error.contains("`node-not-ready`"), "{error}");
        let error = Scenario::parse("x", "own/x.yaml", "scenario: 1\ncolour: red\n").unwrap_err().to_string();
        assert!(
            error.contains("own/x.yaml") && error.contains("line 2 column 1: unknown field `colour`"),
            "{error}"
        );
    }
}
