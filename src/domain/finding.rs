//! What a detector found: the subject, the proof, and the runbook that mends it.

use std::collections::BTreeMap;

use super::{ObjectKey, RowKey, Timestamp};

/// How bad a finding is; the order ranks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing, nothing is broken yet.
    Notice,
    /// Something is broken and something else still carries the load.
    Warning,
    /// Users notice, or soon will.
    Critical,
}

/// One line of proof: which field says what, since when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The field or rule, for instance `Ready` or `lease`.
    pub field: String,
    /// What it says, in full.
    pub value: String,
    /// Since when it says so, where that is known.
    pub since: Option<Timestamp>,
}

impl Evidence {
    pub fn new(field: impl Into<String>, value: impl Into<String>, since: Option<Timestamp>) -> Evidence {
        Evidence { field: field.into(), value: value.into(), since }
    }
}

/// How far a finding reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Blast {
    /// Pods that the subject carries or is.
    pub pods: usize,
    /// Workloads of which no other pod is ready.
    pub alone: usize,
}

/// The runbook that a finding points to, with its parameters already bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunbookLink {
    pub id: String,
    pub params: BTreeMap<String, String>,
}

impl RunbookLink {
    pub fn new<const N: usize>(id: &str, params: [(&str, &str); N]) -> RunbookLink {
        let params = params.into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
        RunbookLink { id: id.to_owned(), params }
    }
}

/// Something that is wrong, with its proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The id of the detector.
    pub detector: &'static str,
    pub severity: Severity,
    pub subject: ObjectKey,
    /// One line, without the age: `worker-3 stopped reporting`.
    pub title: String,
    /// Since when; from the cluster's own times, never from ours.
    pub since: Option<Timestamp>,
    pub evidence: Vec<Evidence>,
    pub blast: Blast,
    /// Runbooks in the order in which they should be tried.
    pub runbooks: Vec<RunbookLink>,
    /// Findings of one detector and one group are one: the workload whose pods are all killed, for instance.
    pub group: Option<RowKey>,
    /// Objects whose findings are symptoms of this one.
    pub explains: Vec<ObjectKey>,
    /// How many symptoms are folded under this finding; set when findings are ranked.
    pub symptoms: Vec<String>,
}

impl Finding {
    /// A finding with nothing but its subject and title: the detector adds its proof, its reach and its runbooks.
    pub fn new(
        detector: &'static str,
        severity: Severity,
        subject: &ObjectKey,
        title: impl Into<String>,
    ) -> Finding {
        Finding {
            detector,
            severity,
            subject: subject.clone(),
            title: title.into(),
            since: None,
            evidence: Vec::new(),
            blast: Blast::default(),
            runbooks: Vec::new(),
            group: None,
            explains: Vec::new(),
            symptoms: Vec::new(),
        }
    }

    /// What stays the same while the finding lasts: the selection is pinned to it.
    pub fn id(&self) -> (&'static str, &ObjectKey) {
        (self.detector, &self.subject)
    }

    /// Severity, then how far it reaches, then how fresh: larger ranks first.
    pub fn rank(&self) -> (Severity, usize, Blast, Option<Timestamp>) {
        (self.severity, self.symptoms.len(), self.blast, self.since)
    }
}
