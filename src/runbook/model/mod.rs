//! The typed runbook: what a file means once it is read.
//!
//! Purpose: one place that says what a runbook consists of; the screens, the engine, the search and the checker
//! all build on it. Everything that came from the file keeps its [`Span`], so that any later finding can point
//! at the text.
//!
//! Must not: parse, judge or evaluate anything. To add a key: a field here with its unit and default, its
//! reader in `runbook::decode`, its line in the reference page.

mod common;
mod group;
mod param;
mod part;
mod policy;
mod prose;
mod step;
mod template;
mod trust;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use crate::lang::t;

pub use crate::domain::Risk;
pub use common::{Common, Means, MeansPart};
pub use group::{Group, Order, Turns};
pub use param::{FileAt, K8sPicker, Param, ParamSource, Prefer, TextRule, ValueType, WHERE_WORDS};
pub use part::{ORDER, part_text};
pub use policy::{OpCall, Peer, Policy, Retry, Rollback, Verify, VerifyBy};
pub use prose::{Link, Section, StepText, Translation};
pub use step::{
    Action, At, Capture, CaptureFrom, Case, Check, CondSource, Decision, Else, Goto, Include, Manual, Pane,
    Part, RecordField, Runnable, Shell, Step, StepKind, View, Wait,
};
pub use template::{EACH, ParamRef, PathPart, Template};
pub use trust::Trust;

/// The format's major version that this program runs.
pub const FORMAT_VERSION: u64 = 1;

/// A byte range in the runbook's own file, `start..end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range `start..end`; a backwards range is made empty.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The text that this span covers, empty when it lies outside or inside a character.
    pub fn of(self, source: &str) -> &str {
        source.get(self.start..self.end).unwrap_or("")
    }
}

/// What the `runbook:` key says about the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Version 1: strict and runnable.
    V1,
    /// A version that this program does not know: shown, never run.
    Newer(u64),
    /// Markdown without runbook front matter: shown and searchable, never run.
    Plain,
}

/// What sort of document a runbook is (`kind:`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// From a symptom to a repair.
    #[default]
    Troubleshooting,
    /// A planned piece of work.
    Procedure,
    /// A long procedure over many nodes with gates.
    Upgrade,
    /// An exercise.
    Drill,
    /// A list to tick off.
    Checklist,
    /// A page to read; usually without steps.
    Reference,
}

impl Kind {
    /// Every kind with the word used in files.
    pub const ALL: [(&'static str, Self); 6] = [
        ("troubleshooting", Self::Troubleshooting),
        ("procedure", Self::Procedure),
        ("upgrade", Self::Upgrade),
        ("drill", Self::Drill),
        ("checklist", Self::Checklist),
        ("reference", Self::Reference),
    ];

    /// The word used in files.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, k)| *k == self).map_or("", |(w, _)| w)
    }

    /// The same for people.
    pub fn text(self) -> &'static str {
        match self {
            Self::Troubleshooting => t!("runbook-kind-troubleshooting"),
            Self::Procedure => t!("runbook-kind-procedure"),
            Self::Upgrade => t!("runbook-kind-upgrade"),
            Self::Drill => t!("runbook-kind-drill"),
            Self::Checklist => t!("runbook-kind-checklist"),
            Self::Reference => t!("runbook-kind-reference"),
        }
    }
}

/// One alert that leads to a runbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertBinding {
    /// The alert's name.
    pub name: String,
    /// Label matchers, all of which must be equal.
    pub matchers: Vec<(String, String)>,
    /// Parameter name to alert label name (`bind: {node: labels.node}` gives `("node", "node")`).
    pub bind: Vec<(String, String)>,
    /// The alert's name in the file.
    pub span: Span,
}

/// A name from the file with its place, for ids that are checked against a catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The id.
    pub id: String,
    /// Where it stands.
    pub span: Span,
}

/// Clusters for which the runbook is written (`applies:`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applies {
    /// Kubernetes versions as comparisons, all of which must hold: `[">=1.28", "<1.36"]`. Empty means any.
    pub k8s: Vec<String>,
    /// Distributions, of which one must match: `kubeadm`, `managed`, `k3s`, ... Empty means any.
    pub distro: Vec<String>,
}

/// A permission that the runbook needs, from `patch nodes` or `create pods/eviction`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RbacRule {
    /// Verb: get, list, watch, create, update, patch, delete.
    pub verb: String,
    /// API group; empty for the core group (`patch deployments.apps`).
    pub group: String,
    /// Plural resource name.
    pub resource: String,
    /// Subresource, when there is one.
    pub subresource: Option<String>,
}

/// A way in that the runbook needs besides the Kubernetes API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// ssh to the hosts.
    Ssh,
    /// A privileged pod on a node.
    NodeShell,
    /// etcd's client port with a client certificate.
    Etcd,
    /// The API server load balancer's hosts.
    LoadBalancer,
    /// Prometheus.
    Prometheus,
    /// Alertmanager.
    Alertmanager,
}

impl Reach {
    /// Every way in with the word used in files.
    pub const ALL: [(&'static str, Self); 6] = [
        ("ssh", Self::Ssh),
        ("node", Self::NodeShell),
        ("etcd", Self::Etcd),
        ("lb", Self::LoadBalancer),
        ("prometheus", Self::Prometheus),
        ("alertmanager", Self::Alertmanager),
    ];
}

/// A program that must exist somewhere (`tools: {ssh: ["etcdutl>=3.6"]}`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tool {
    /// `local` or `ssh`.
    pub at: String,
    /// The program's name.
    pub name: String,
    /// A comparison such as `>=3.6`, when given.
    pub version: Option<String>,
}

/// What must be there before the runbook starts (`requires:`); checked before the first step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requires {
    /// Whether a working Kubernetes API is needed; default true.
    pub api: bool,
    /// Permissions.
    pub rbac: Vec<RbacRule>,
    /// Ways in.
    pub reach: Vec<Reach>,
    /// Programs.
    pub tools: Vec<Tool>,
    /// A comparison with this program's version such as `>=0.4`.
    pub app: Option<String>,
}

impl Default for Requires {
    fn default() -> Self {
        Self { api: true, rbac: Vec::new(), reach: Vec::new(), tools: Vec::new(), app: None }
    }
}

/// Who looks after the runbook and how dangerous it may get (`meta:`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// Team or person.
    pub owner: Option<String>,
    /// Day of the last review, ISO 8601 (`2026-09-01`), checked to be a real day.
    pub reviewed: Option<String>,
    /// How often a review is due.
    pub review_every: Option<Duration>,
    /// The highest risk that any step may have; default none.
    pub risk: Risk,
    /// Where `risk` stands, if it does.
    pub risk_span: Option<Span>,
    /// How long the runbook usually takes.
    pub eta: Option<Duration>,
}

/// One runbook.
#[derive(Clone, Debug)]
pub struct Runbook {
    /// The path without the extension: `nodes/node-not-ready`.
    pub id: String,
    /// Which format the file has.
    pub format: Format,
    /// The title in the base language (English).
    pub title: String,
    /// What sort of document it is.
    pub kind: Kind,
    /// Where it applies: `any`, `host`, `kubeadm`, `ext-etcd`, `addon:NAME`, ...
    pub scope: Vec<String>,
    /// Phrases that a person would type or paste.
    pub symptoms: Vec<String>,
    /// Alerts that lead here.
    pub alerts: Vec<AlertBinding>,
    /// Detectors whose findings lead here.
    pub detectors: Vec<Named>,
    /// Clusters it is written for.
    pub applies: Applies,
    /// What must be there.
    pub requires: Requires,
    /// Owner, review, risk, time.
    pub meta: Meta,
    /// Parameters in file order.
    pub params: Vec<Param>,
    /// The practice scenario that breaks what this runbook repairs.
    pub scenario: Option<Named>,
    /// Free words for the library's filter.
    pub tags: Vec<String>,
    /// `x-*` keys, kept and ignored.
    pub extra: BTreeMap<String, serde_json::Value>,
    /// The whole file.
    pub source: Arc<str>,
    /// The Markdown after the front matter.
    pub body: Span,
    /// Headings in file order with what they cover.
    pub sections: Vec<Section>,
    /// Links of the prose.
    pub links: Vec<Link>,
    /// Inline code and plain shell fences of the prose: what a person can type without the program.
    pub commands: Vec<Span>,
    /// Steps in file order, which is the order of the program.
    pub steps: Vec<Step>,
    /// Text in other languages by language code (`zh`).
    pub translations: BTreeMap<String, Translation>,
    /// Why no step may run, when the front matter has an error.
    pub blocked: Option<String>,
    /// Who vouches for it; nobody until somebody found out.
    pub trust: Trust,
}

impl Runbook {
    /// The Markdown after the last step.
    pub fn epilogue(&self) -> &str {
        let start = self.steps.last().map_or(self.body.start, |s| s.span.end);
        Span::new(start, self.body.end).of(&self.source)
    }

    /// The step of that name.
    pub fn step(&self, name: &str) -> Option<&Step> {
        self.steps.iter().find(|s| s.name == name)
    }

    /// The parameter of that name.
    pub fn param(&self, name: &str) -> Option<&Param> {
        self.params.iter().find(|p| p.name == name)
    }

    /// The highest risk of any step.
    pub fn highest_step_risk(&self) -> Risk {
        self.steps.iter().map(|s| s.kind.risk()).max().unwrap_or_default()
    }

    /// Whether this program may run it at all, apart from trust.
    pub fn runnable(&self) -> Runnable {
        match self.format {
            Format::V1 => self.blocked.clone().map_or(Runnable::Yes, Runnable::No),
            Format::Newer(v) => Runnable::No(t!("runbook-newer-format", version = v, known = FORMAT_VERSION)),
            Format::Plain => Runnable::No(t!("runbook-plain-markdown").to_owned()),
        }
    }
}
