//! The names that a runbook may use, handed in by the caller.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::super::markdown::anchor;
use super::super::model::{Risk, Runbook, StepKind};

/// The type of an operation's argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArgType {
    /// Text.
    Text,
    /// True or false.
    Bool,
    /// A whole number.
    Int,
    /// A length of time.
    Duration,
    /// A Kubernetes quantity.
    Quantity,
    /// One of these words.
    Enum(Vec<String>),
    /// An object of this kind (lower-case singular), as a name or `namespace/name`.
    Object(String),
    /// A list of one of these.
    List(Box<ArgType>),
    /// A map or anything else; not judged.
    Any,
    /// A value that must not stand in the file: a parameter of type secret.
    Secret,
}

/// One argument of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationParam {
    /// Its name in `with:`.
    pub name: String,
    /// Its type.
    pub ty: ArgType,
    /// Whether it must be given.
    pub required: bool,
}

/// What the checker needs to know of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationInfo {
    /// Its own lowest risk; a step may say more and never less.
    pub risk: Risk,
    /// Its arguments.
    pub params: Vec<OperationParam>,
}

/// What other runbooks may refer to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunbookInfo {
    /// Names of steps.
    pub steps: BTreeSet<String>,
    /// Anchors of headings.
    pub anchors: BTreeSet<String>,
    /// Parameters with whether they must be given.
    pub params: BTreeMap<String, bool>,
    /// Runbooks that its steps include, in file order.
    pub includes: Vec<String>,
}

impl From<&Runbook> for RunbookInfo {
    fn from(runbook: &Runbook) -> Self {
        let needed = |p: &super::super::model::Param| !p.optional && p.default.is_none();
        Self {
            steps: runbook.steps.iter().map(|s| s.name.clone()).collect(),
            anchors: runbook.sections.iter().map(|s| anchor(&s.title)).collect(),
            params: runbook.params.iter().map(|p| (p.name.clone(), needed(p))).collect(),
            includes: runbook.steps.iter().filter_map(included).collect(),
        }
    }
}

fn included(step: &super::super::model::Step) -> Option<String> {
    match &step.kind {
        StepKind::Include(include) => Some(include.runbook.clone()),
        _ => None,
    }
}

/// Judges the parts of a pane's path, its view's id first, and its further keys; the error says what is possible.
pub type JudgePane = fn(&[&str], &[(&str, &str)]) -> Result<(), String>;

/// Says with which kind the path of a live view goes on where it begins with a value.
pub type KindOfValue = for<'a> fn(&str, Option<&'a str>) -> Option<&'a str>;

/// Everything that a runbook may name.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// Operations by id.
    pub operations: BTreeMap<String, OperationInfo>,
    /// Live views by id.
    pub views: BTreeSet<String>,
    /// The kind that a path which begins with a value begins with, of a view and the kind of the value.
    pub kind_of_value: Option<KindOfValue>,
    /// Whether a live view can show what a path names; none leaves paths unjudged.
    pub pane: Option<JudgePane>,
    /// Detectors by id.
    pub detectors: BTreeSet<String>,
    /// Practice scenarios by id.
    pub scenarios: BTreeSet<String>,
    /// Runbooks by id; the caller puts all of a corpus in before checking one.
    pub runbooks: BTreeMap<String, RunbookInfo>,
}

impl Catalogue {
    /// Makes a runbook known to the others.
    pub fn add_runbook(&mut self, runbook: &Runbook) {
        self.runbooks.insert(runbook.id.clone(), RunbookInfo::from(runbook));
    }

    /// The shortest way by which includes lead from one runbook to another, both named; none when there is none.
    pub fn include_path<'a>(&'a self, from: &'a str, to: &str) -> Option<Vec<&'a str>> {
        let mut ways = VecDeque::from([vec![from]]);
        let mut seen = BTreeSet::from([from]);
        while let Some(way) = ways.pop_front() {
            let last = way.last().copied()?;
            if last == to {
                return Some(way);
            }
            for next in self.runbooks.get(last).into_iter().flat_map(|r| &r.includes) {
                if seen.insert(next) {
                    ways.push_back(way.iter().copied().chain([next.as_str()]).collect());
                }
            }
        }
        None
    }
}
