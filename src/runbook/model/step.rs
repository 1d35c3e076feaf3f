//! Steps: one fence of the file each.
//!
//! Purpose: the nine kinds with their keys. The order of the steps is the order of the program.
//! Must not: know whether a step is ready, running or done; that is the engine's.

use std::time::Duration;

use super::{Common, Group, OpCall, ParamRef, PathPart, Peer, Policy, Risk, Span, Template, ValueType};
use crate::lang::t;

/// The text of a condition; `runbook::cond` compiles it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CondSource {
    /// The expression.
    pub text: String,
    /// Where its first byte stands. In quoted or folded scalars an offset inside is approximate.
    pub span: Span,
}

/// Whether something may run, and if not, why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Runnable {
    /// It may.
    Yes,
    /// It may not; the reason is for the operator.
    No(String),
}

impl Runnable {
    /// True for [`Runnable::Yes`].
    pub fn is_yes(&self) -> bool {
        matches!(self, Self::Yes)
    }
}

/// One live pane of a view step.
#[derive(Clone, Debug, PartialEq)]
pub struct Pane {
    /// The live view's id: the first part of `node/$node`.
    pub view: String,
    /// The rest of the path, what the view shows; empty for a whole table. Separators are part of the text.
    pub of: Vec<PathPart>,
    /// Further keys of the long form `{view: logs, of: $pod, previous: true}`.
    pub options: Vec<(String, Template)>,
    /// Where the view's id stands.
    pub span: Span,
}

/// `view`: open live panes.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The panes, most important first.
    pub show: Vec<Pane>,
    /// Where host panes look.
    pub at: Option<At>,
}

/// A jump target: a step of this runbook, another runbook, or a step of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goto {
    /// Another runbook's id.
    pub runbook: Option<String>,
    /// A step's name (or, in another runbook, a heading's anchor).
    pub step: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// What happens when a check fails or no case matches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Else {
    /// Go on there.
    pub goto: Option<Goto>,
    /// End the run with this text.
    pub stop: Option<String>,
    /// Say this.
    pub say: Option<String>,
}

/// `check`: a condition that must hold to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The condition.
    pub expect: CondSource,
    /// How long it may take to become true; default: it must hold now.
    pub within: Option<Duration>,
    /// Otherwise.
    pub otherwise: Option<Else>,
}

/// One case of a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The value, compared as text with the result of the decision's expression.
    pub value: String,
    /// Where to go on; `None` goes on with the next step.
    pub goto: Option<Goto>,
    /// One line for the operator.
    pub hint: Option<String>,
    /// Where the value stands.
    pub span: Span,
}

/// `decision`: the program marks the case that matches, the operator confirms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The expression; `None` when only the operator can tell (`ask`).
    pub value: Option<CondSource>,
    /// The cases in file order.
    pub cases: Vec<Case>,
    /// The question.
    pub ask: Option<String>,
    /// When no case matches.
    pub otherwise: Option<Else>,
}

/// `action`: one operation through the Kubernetes API or another typed adapter.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// What is called.
    pub call: OpCall,
    /// Risk, proof, way back.
    pub policy: Policy,
}

/// Where a script or a host pane runs.
#[derive(Clone, Debug, PartialEq)]
pub enum At {
    /// The operator's machine.
    Local,
    /// A host over ssh: `ssh:$node`.
    Ssh(Vec<PathPart>, Span),
    /// A debug pod on a node: `node:$node`.
    Node(Vec<PathPart>, Span),
    /// The first container of a pod: `pod:$pod` or `pod:NS/NAME`.
    Pod(Vec<PathPart>, Span),
    /// A container: `container:$pod/$container`.
    Container(Vec<PathPart>, Span),
}

impl At {
    /// The references in it.
    pub fn refs(&self) -> Vec<&ParamRef> {
        let parts = match self {
            Self::Local => return Vec::new(),
            Self::Ssh(p, _) | Self::Node(p, _) | Self::Pod(p, _) | Self::Container(p, _) => p,
        };
        PathPart::refs(parts)
    }
}

/// What a captured value is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaptureFrom {
    /// Standard output, trailing newlines removed.
    Stdout,
    /// Standard error, trailing newlines removed.
    Stderr,
    /// The exit code, a number.
    Exit,
    /// Standard output read as JSON.
    Json,
    /// The parts of standard output between line ends and commas.
    List,
}

/// One entry of `capture:`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    /// Later `steps.STEP.NAME`.
    pub name: String,
    /// Where from.
    pub from: CaptureFrom,
}

/// `shell`: a script. Parameters arrive as environment variables; the body is never changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Shell {
    /// Where it runs.
    pub at: At,
    /// `sh` or `bash`, from the fence's language.
    pub interpreter: String,
    /// The script without its option lines.
    pub script: String,
    /// The script in the file.
    pub script_span: Span,
    /// What to keep of its output.
    pub capture: Vec<Capture>,
    /// Whether it needs a terminal.
    pub interactive: bool,
    /// Risk, proof, way back.
    pub policy: Policy,
}

/// A value that a manual step asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordField {
    /// Later `steps.STEP.NAME`.
    pub name: String,
    /// What it takes.
    pub ty: ValueType,
    /// What it is called where it is asked for and told.
    pub title: Option<String>,
    /// The expression that gives the values that there are, where the cluster knows them.
    pub from: Option<CondSource>,
    /// Whether something else than what `from` gives can be typed.
    pub or_typed: bool,
}

/// `manual`: something that the operator does elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Manual {
    /// What to do.
    pub instruction: String,
    /// Values to write down, in the order in which they are asked for.
    pub record: Vec<RecordField>,
    /// Second person.
    pub peer: Peer,
    /// How dangerous it is; default none.
    pub risk: Risk,
}

impl Manual {
    /// The value of this name.
    pub fn field(&self, name: &str) -> Option<&RecordField> {
        self.record.iter().find(|field| field.name == name)
    }
}

/// `wait`: until a condition holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Wait {
    /// The condition.
    pub until: CondSource,
    /// How long it must stay true; default zero.
    pub stable: Duration,
    /// When to give up.
    pub timeout: Option<Duration>,
    /// How often to look where nothing can be watched; default is the program's.
    pub every: Option<Duration>,
    /// An operation afterwards.
    pub then: Option<(OpCall, Risk)>,
}

/// `include`: the steps of another runbook.
#[derive(Clone, Debug, PartialEq)]
pub struct Include {
    /// Its id.
    pub runbook: String,
    /// Its parameters.
    pub with: Vec<(String, Template)>,
    /// `sha256:HEX` of the file that the author read, when pinned.
    pub hash: Option<String>,
    /// Where the id stands.
    pub span: Span,
}

/// What a step does.
#[derive(Clone, Debug, PartialEq)]
pub enum StepKind {
    /// Open live panes.
    View(View),
    /// Assert.
    Check(Check),
    /// Choose the branch.
    Decision(Decision),
    /// Call an operation.
    Action(Box<Action>),
    /// Run a script.
    Shell(Box<Shell>),
    /// Do it by hand.
    Manual(Manual),
    /// Wait.
    Wait(Box<Wait>),
    /// Take in another runbook.
    Include(Include),
    /// Take the steps that follow for each element of a list.
    Group(Box<Group>),
    /// A kind this program does not know, or one whose keys it could not read: shown, never run.
    Unreadable {
        /// The kind as written.
        kind: String,
    },
}

impl StepKind {
    /// The words of `step=`.
    pub const WORDS: [&'static str; 9] =
        ["view", "check", "decision", "action", "shell", "manual", "wait", "include", "group"];

    /// The word of `step=` for this kind.
    pub fn word(&self) -> &str {
        match self {
            Self::View(_) => "view",
            Self::Check(_) => "check",
            Self::Decision(_) => "decision",
            Self::Action(_) => "action",
            Self::Shell(_) => "shell",
            Self::Manual(_) => "manual",
            Self::Wait(_) => "wait",
            Self::Include(_) => "include",
            Self::Group(_) => "group",
            Self::Unreadable { kind } => kind,
        }
    }

    /// The same for people.
    pub fn text(&self) -> &str {
        match self {
            Self::View(_) => t!("runbook-step-view"),
            Self::Check(_) => t!("runbook-step-check"),
            Self::Decision(_) => t!("runbook-step-decision"),
            Self::Action(_) => t!("runbook-step-action"),
            Self::Shell(_) => t!("runbook-step-shell"),
            Self::Manual(_) => t!("runbook-step-manual"),
            Self::Wait(_) => t!("runbook-step-wait"),
            Self::Include(_) => t!("runbook-step-include"),
            Self::Group(_) => t!("runbook-step-group"),
            Self::Unreadable { kind } => kind,
        }
    }

    /// The declared risk; kinds without the key have none.
    pub fn risk(&self) -> Risk {
        match self {
            Self::Action(a) => a.policy.risk,
            Self::Shell(s) => s.policy.risk,
            Self::Manual(m) => m.risk,
            Self::Wait(w) => w.then.as_ref().map_or(Risk::None, |(_, risk)| *risk),
            _ => Risk::None,
        }
    }

    /// Risk, proof and way back of action and shell steps.
    pub fn policy(&self) -> Option<&Policy> {
        match self {
            Self::Action(a) => Some(&a.policy),
            Self::Shell(s) => Some(&s.policy),
            _ => None,
        }
    }
}

/// Which element of its list a step stands for, once a step with `each` was taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The step's name in the file.
    pub of: String,
    /// The element, as people read it.
    pub element: String,
    /// Its place in the list, from 1.
    pub number: usize,
    /// How many there are.
    pub count: usize,
}

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Its name, unique in the file.
    pub name: String,
    /// The nearest heading above it, or the runbook's title.
    pub title: String,
    /// What it does.
    pub kind: StepKind,
    /// Whether it is needed, and where it leads.
    pub common: Common,
    /// The Markdown between the step before (or the start) and this one, headings included.
    pub prose: Span,
    /// The whole fence.
    pub span: Span,
    /// The language of the fence.
    pub lang: String,
    /// What the fence holds, byte for byte as the reader of YAML and the interpreter are given it: without what Markdown
    /// takes off (the indent of the fence), and with everything else.
    pub body: String,
    /// Where the name stands in the fence's first line.
    pub name_span: Span,
    /// Whether it may run, apart from trust.
    pub runnable: Runnable,
    /// The element that it stands for; none in a file.
    pub part: Option<Part>,
}

impl Step {
    /// What the step is, byte for byte: all that it does is read out of this. Its first line is no line of the file.
    pub fn exact(&self) -> String {
        format!("{} in a {} fence\n{}", self.kind.word(), self.lang, self.body)
    }

    /// Whether the words around the step are what is carried out: a person does or decides what they say.
    pub fn is_words(&self) -> bool {
        matches!(self.kind, StepKind::Manual(_) | StepKind::Decision(_))
    }

    /// Its name in the file.
    pub fn written(&self) -> &str {
        self.part.as_ref().map_or(&self.name, |p| &p.of)
    }
}
