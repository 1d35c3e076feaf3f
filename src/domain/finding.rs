//! What a detector found: the subject, the proof, and the runbook that mends it.

use std::collections::BTreeMap;

use super::{Kind, ObjectKey, RowKey, Str, Timestamp};

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

/// Whose finding may stand for this one, beside those that name it in `explains`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Level {
    /// No other: it says itself what is wrong.
    #[default]
    Specific,
    /// It says only that something is not well: any finding about the same object, of a detector that is asked earlier.
    General,
    /// It only counts what its pods are: beside those, any finding about one of its pods.
    Sum,
}

/// What makes several findings of one detector one row: the same fault in the pods of one workload, for instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The kind of what they belong to, as the API writes it.
    pub kind: Str,
    pub row: RowKey,
    /// What they have in common; empty where the detector knows only one cause.
    pub cause: Str,
    /// The title of the row, which is then about what they belong to. None where the row is the worst of them.
    pub title: Option<String>,
}

impl Group {
    /// All findings of a detector about one workload.
    pub fn of((kind, row): (Str, RowKey)) -> Group {
        Group { kind, row, cause: Str::default(), title: None }
    }

    /// The object that the row is about, where its kind is known.
    pub fn subject(&self) -> Option<ObjectKey> {
        let kind = Kind::ALL.iter().copied().find(|k| k.name() == &*self.kind)?;
        Some(ObjectKey { kind, row: self.row.clone() })
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
    /// Findings of one detector and one group are one row.
    pub group: Option<Group>,
    /// Until when it may still heal by itself; none when nobody should wait for that.
    pub young: Option<Timestamp>,
    pub level: Level,
    /// Objects whose findings are symptoms of this one.
    pub explains: Vec<ObjectKey>,
    /// How many symptoms are folded under this finding; set when findings are ranked.
    pub symptoms: Vec<String>,
    /// What those findings are, in the same order.
    pub folded: Vec<Folded>,
}

/// A finding that is told as a symptom of another one, without its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    pub detector: &'static str,
    pub subject: ObjectKey,
    pub severity: Severity,
    pub since: Option<Timestamp>,
    pub pods: usize,
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
            young: None,
            level: Level::default(),
            explains: Vec::new(),
            symptoms: Vec::new(),
            folded: Vec::new(),
        }
    }

    /// What stays the same while the finding lasts: the selection is pinned to it.
    pub fn id(&self) -> (&'static str, &ObjectKey, &str) {
        (self.detector, &self.subject, self.cause())
    }

    /// What tells two findings of one detector about one object apart; empty where there is only one.
    pub fn cause(&self) -> &str {
        self.group.as_ref().map_or("", |group| &group.cause)
    }

    /// What need not be waited for, severity, then how far it reaches, then how fresh: larger ranks first.
    pub fn rank(&self) -> (bool, Severity, usize, Blast, Option<Timestamp>) {
        (self.young.is_none(), self.severity, self.symptoms.len(), self.blast, self.since)
    }
}
