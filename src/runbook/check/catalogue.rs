//! The names that a runbook may use, handed in by the caller.

use std::collections::{BTreeMap, BTreeSet};

use super::super::markdown::anchor;
use super::super::model::{Risk, Runbook};

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
}

impl From<&Runbook> for RunbookInfo {
    fn from(runbook: &Runbook) -> Self {
        let needed = |p: &super::super::model::Param| !p.optional && p.default.is_none();
        Self {
            steps: runbook.steps.iter().map(|s| s.name.clone()).collect(),
            anchors: runbook.sections.iter().map(|s| anchor(&s.title)).collect(),
            params: runbook.params.iter().map(|p| (p.name.clone(), needed(p))).collect(),
        }
    }
}

/// Everything that a runbook may name.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// Operations by id.
    pub operations: BTreeMap<String, OperationInfo>,
    /// Live views by id.
    pub views: BTreeSet<String>,
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
}
