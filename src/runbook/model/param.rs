//! Parameters: what the operator chooses before or during a run.
//!
//! Purpose: the declaration of each parameter, a picker (`from:`) or a typed field (`type:`).
//! Must not: hold or judge values; that is `runbook::params`.

use std::time::Duration;

use super::{ParamRef, Span, Template};

/// Words that `where:` of a Kubernetes picker may use.
pub const WHERE_WORDS: [&str; 14] = [
    "ready",
    "not ready",
    "control-plane",
    "worker",
    "cordoned",
    "not cordoned",
    "running",
    "not running",
    "pending",
    "failing",
    "terminating",
    "bound",
    "not bound",
    "suspended",
];

/// A picker over objects of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct K8sPicker {
    /// Lower-case singular kind, `node`, `pod`, `deployment`, or `certificate.cert-manager.io` for others.
    pub kind: String,
    /// One of [`WHERE_WORDS`], or several joined with `and`.
    pub filter: Vec<String>,
    /// Namespace: text or a reference to another parameter.
    pub namespace: Option<Template>,
    /// Label selector, `app=web`: text or a reference.
    pub label: Option<Template>,
}

/// Where a file picker looks.
#[derive(Clone, Debug, PartialEq)]
pub struct FileAt {
    /// The glob, `/var/backups/etcd/*.db`.
    pub glob: String,
    /// `local` or `ssh:$host`; default local.
    pub at: Option<Template>,
}

/// Bounds of a text value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextRule {
    /// A regular expression that the whole value must match.
    pub pattern: Option<String>,
    /// Whether a leading `-` is fine.
    pub allow_dash: bool,
    /// Longest value in characters.
    pub max_len: Option<usize>,
}

/// The type of a typed field or of a recorded value.
#[derive(Clone, Debug, PartialEq)]
pub enum ValueType {
    /// One line of text; `type: regex` is `Regex`, `pattern:` bounds this one.
    Text(TextRule),
    /// A whole number.
    Int {
        /// Lowest value.
        min: Option<i64>,
        /// Highest value.
        max: Option<i64>,
    },
    /// True or false.
    Bool,
    /// One of these words.
    Enum(Vec<String>),
    /// A length of time, `90s`, `10m`, `1h30m`.
    Duration {
        /// Shortest.
        min: Option<Duration>,
        /// Longest.
        max: Option<Duration>,
    },
    /// A Kubernetes quantity, `512Mi`, `250m`.
    Quantity,
    /// A regular expression that compiles.
    Regex,
    /// Text that is never shown, written or exported.
    Secret,
}

impl ValueType {
    /// The words of `type:`.
    pub const WORDS: [&'static str; 8] =
        ["text", "int", "bool", "enum", "duration", "quantity", "regex", "secret"];

    /// The word of `type:` for this type.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Int { .. } => "int",
            Self::Bool => "bool",
            Self::Enum(_) => "enum",
            Self::Duration { .. } => "duration",
            Self::Quantity => "quantity",
            Self::Regex => "regex",
            Self::Secret => "secret",
        }
    }
}

/// Where a parameter's value comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum ParamSource {
    /// A typed field.
    Typed(ValueType),
    /// `k8s:<kind>` (and `pvc` as a short form of `k8s:persistentvolumeclaim`).
    K8s(K8sPicker),
    /// `etcd:member`.
    EtcdMember,
    /// `container:$pod`: a container of the pod that another parameter names.
    Container(ParamRef),
    /// `context`: one of the kubeconfig's contexts.
    Context,
    /// `file:<glob>`.
    File(FileAt),
    /// `step:<name>.<field>`: a value that an earlier step recorded or captured.
    Step {
        /// The step.
        name: String,
        /// Its field.
        field: String,
        /// Where `from:` stands.
        span: Span,
    },
    /// `cmd:`: lines of a command's output; trusted files only.
    Command(Vec<String>),
}

/// What a picker proposes first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Prefer {
    /// The alert's label of that name.
    Alert(String),
    /// The object of the finding that led here.
    Finding,
    /// The row under the cursor.
    Cursor,
    /// The newest candidate.
    Newest,
}

/// One parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    /// Its name: letters, digits and underscores. As an environment variable it is upper case.
    pub name: String,
    /// `title:`, a line for the form; translations are in the translation's `params`.
    pub label: Option<String>,
    /// Where values come from.
    pub source: ParamSource,
    /// Whether it takes several values.
    pub many: bool,
    /// What to propose, best first.
    pub prefer: Vec<Prefer>,
    /// `fallback: last-seen`: offer what was last seen while the source is away.
    pub last_seen: bool,
    /// The default as written.
    pub default: Option<serde_json::Value>,
    /// Whether a run may start without it.
    pub optional: bool,
    /// Where the name stands.
    pub span: Span,
}

impl Param {
    /// Whether the value must never be shown.
    pub fn is_secret(&self) -> bool {
        matches!(self.source, ParamSource::Typed(ValueType::Secret))
    }
}
