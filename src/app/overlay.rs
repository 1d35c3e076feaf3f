//! What lies over a screen and has the keyboard: confirmation, choice, input, message. The topmost gets the
//! keys first.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Wanted;
use super::dialog::Seen;
use super::screens::{List, Scroll};
use crate::action::{Action, Context};
use crate::domain::Timestamp;
use crate::op::{Approval, Plan, Preview};
use crate::record::Format;
use crate::runbook::params::{ParamValue, SecretText};
use crate::walk::StepId;

/// Something over the screen.
#[derive(Clone, Debug)]
pub enum Overlay {
    Confirm(Box<Confirm>),
    Choose(Choose),
    Input(Input),
    Message(Message),
}

/// Text to read; it scrolls where it is longer than the screen.
#[derive(Clone, Debug)]
pub struct Message {
    pub title: String,
    pub lines: Vec<String>,
    /// Stands below the lines as long as the message is open, and nowhere else.
    pub secret: Option<SecretText>,
    pub scroll: Scroll,
}

impl Message {
    pub fn new(title: impl Into<String>, lines: Vec<String>) -> Message {
        Message { title: title.into(), lines, secret: None, scroll: Scroll::default() }
    }
}

/// The question before a plan runs. The plan is frozen: the object under the cursor may change, this does
/// not.
#[derive(Clone, Debug)]
pub struct Confirm {
    pub plan: Plan,
    pub accepted: BTreeSet<String>,
    /// Which question the accept key means; behind the last one, the field that is typed into.
    pub question: usize,
    pub typed: String,
    pub errand: Errand,
    /// Plans of other steps that the same yes is for.
    pub others: Vec<(String, Plan)>,
    /// Elements of the same list that it is not for, with the reason.
    pub left: Vec<(String, String)>,
    /// The rights and the server's dry run; without them there is no yes.
    pub preview: Option<Preview>,
    /// Why the last answer was not enough.
    pub refused: Option<String>,
    /// When it opened by itself, because what it waited for was read.
    pub opened: Option<Timestamp>,
    pub scroll: Scroll,
    /// What of it was in sight: nobody can approve a danger that was not.
    pub seen: Seen,
}

/// What a plan is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errand {
    /// The step that it is of.
    pub step: Option<String>,
    /// The plan that it takes back.
    pub undoes: Option<String>,
    /// It takes its step back.
    pub back: bool,
}

/// What a chosen row leads to.
#[derive(Clone, Debug, PartialEq)]
pub enum Chosen {
    /// A value for a parameter of the open runbook.
    Param {
        name: String,
        value: ParamValue,
    },
    /// A value that a manual step records.
    Recorded {
        step: StepId,
        name: String,
        value: String,
    },
    /// Another value for a manual step than those that there are: it is typed.
    Typed {
        step: StepId,
        name: String,
    },
    /// Asks again for what a manual step recorded.
    NoteAgain {
        step: StepId,
    },
    /// Goes on with the next open step.
    GoOn {
        step: StepId,
    },
    /// Asks for this parameter of the open runbook.
    Ask(String),
    /// Begins the open runbook with the values that it has.
    Begin,
    /// A case of a decision.
    Case {
        step: StepId,
        value: String,
    },
    /// How a step ended that is done outside.
    Outside {
        step: StepId,
        done: bool,
    },
    Do(Action),
    /// An operation on an object, as far as its inputs are known.
    Operation(Wanted),
    /// A choice of an operation, to give it another value.
    Field {
        wanted: Wanted,
        name: &'static str,
    },
    /// The plan of an operation, with the choices as they are.
    Planned(Wanted),
    Runbook(String),
    /// The walk of this number.
    Walk(u32),
    /// This text is copied: what it is, and itself.
    Copy {
        what: String,
        text: String,
    },
    /// A container of the logs on the screen, or all of them.
    Container(Option<String>),
    /// Go on where a failed check leads.
    Way {
        step: StepId,
    },
    /// Write the session into a file of this form.
    Export(Format),
    /// Run a step again, or wait for it again.
    Again {
        step: StepId,
    },
    /// Take a step back as its author says.
    TakeBack {
        step: StepId,
    },
    /// Run only this element of a step with `each`.
    OneOfEach {
        step: StepId,
    },
    /// Ask for all elements of a step with `each` together.
    AllOfEach {
        step: StepId,
    },
    /// Stop at this element: those that were not begun are skipped.
    StopEach {
        step: StepId,
    },
    /// Do nothing more for the element of this step: what is left of its lane is skipped, with a reason.
    GiveUp {
        step: StepId,
    },
    /// Take a value into the choice for a parameter of several, or out of it.
    Pick {
        name: String,
        value: ParamValue,
        /// Whether it is in it.
        on: bool,
        /// What is chosen so far, the same for all rows.
        picked: Arc<[ParamValue]>,
    },
    /// Skip a step, with a reason.
    Skip {
        step: StepId,
    },
    /// What becomes of the debug pods of this session; then opsbook is left.
    DebugPods {
        delete: bool,
    },
    Quit,
    Nothing,
}

/// A list to choose from, filtered while typing.
#[derive(Clone, Debug)]
pub struct Choose {
    pub title: String,
    pub rows: Vec<(String, Chosen)>,
    pub text: String,
    pub selected: usize,
    /// No row is under the cursor before a key moves it there: Enter alone answers nothing.
    pub waits: bool,
}

/// What a typed text is for.
#[derive(Clone, Debug, PartialEq)]
pub enum Purpose {
    Command,
    Filter,
    /// What is searched for in the text that is read.
    Find,
    Note,
    /// A note on the record of this number.
    NoteOn(u64),
    Param(String),
    /// A value that a manual step records: step and name.
    Record {
        step: StepId,
        name: String,
    },
    Skip(StepId),
    /// Why nothing more is done for the element of a step.
    GiveUp(StepId),
    /// The name that arms production.
    Arm,
    /// A parameter of an operation that was chosen for an object.
    Argument {
        wanted: Wanted,
        name: &'static str,
    },
}

/// A field that is typed into.
#[derive(Clone, Debug)]
pub struct Input {
    pub purpose: Purpose,
    pub prompt: String,
    pub text: String,
    pub error: Option<String>,
    /// What is typed is secret: dots stand in its place.
    pub hidden: bool,
}

impl Input {
    /// The text as it may be shown.
    pub fn shown(&self) -> String {
        if self.hidden { "•".repeat(self.text.chars().count()) } else { self.text.clone() }
    }
}

impl Overlay {
    /// What keys mean on it. Fields take characters before any key is looked up.
    pub fn contexts(&self) -> Vec<Context> {
        match self {
            Overlay::Confirm(c) if c.types() => vec![Context::ConfirmTyped],
            Overlay::Confirm(_) => vec![Context::Confirm],
            Overlay::Choose(_) | Overlay::Input(_) => vec![Context::Choose],
            Overlay::Message(_) => vec![Context::Message, Context::Text, Context::Global],
        }
    }
}

impl Confirm {
    /// Whether its plan wants a name typed.
    pub fn types(&self) -> bool {
        matches!(self.plan.approval(), Approval::TypeCluster | Approval::TypeObject)
    }

    /// Whether the field that is typed into has the keyboard.
    pub fn in_field(&self) -> bool {
        self.types() && self.question >= self.plan.questions.len()
    }

    /// Whether it was asked for with choices that can be other ones. A step's plan is as its runbook says.
    pub fn has_choices(&self) -> bool {
        let own = self.errand == Errand::default() && self.others.is_empty();
        own && crate::op::find(&self.plan.op).is_some_and(|op| crate::op::choices(op.meta()).next().is_some())
    }

    /// How many places the keyboard can be in: the questions, and the field where there is one.
    pub fn places(&self) -> usize {
        self.plan.questions.len() + usize::from(self.types())
    }
}

impl Choose {
    pub fn new(title: impl Into<String>, rows: Vec<(String, Chosen)>) -> Choose {
        Choose { title: title.into(), rows, text: String::new(), selected: 0, waits: false }
    }

    /// The same with the cursor on the first row that leads to this.
    #[must_use]
    pub fn on(mut self, at: impl Fn(&Chosen) -> bool) -> Choose {
        self.selected = self.rows.iter().position(|(_, chosen)| at(chosen)).unwrap_or(0);
        self
    }

    /// The same with the cursor on the first row that leads to this; where none does, on none: only the operator knows.
    #[must_use]
    pub fn on_or_none(mut self, at: impl Fn(&Chosen) -> bool) -> Choose {
        self.waits = !self.rows.iter().any(|(_, chosen)| at(chosen));
        self.on(at)
    }

    /// Which of the rows that are seen is under the cursor.
    pub fn cursor(&self) -> Option<usize> {
        (!self.waits).then_some(self.selected)
    }

    /// Moves the cursor among so many rows, `height` of which are seen at a time. False where the action is for something else.
    pub fn go(&mut self, action: Action, count: usize, height: usize) -> bool {
        let mut list = List { selected: self.selected, top: 0 };
        if !list.act(action, count, height) {
            return false;
        }
        self.selected = match (self.waits, action) {
            (true, Action::Down) => 0,
            (true, Action::Up) => count.saturating_sub(1),
            _ => list.selected,
        };
        self.waits = false;
        true
    }

    /// Whether several rows can be marked.
    pub fn marks(&self) -> bool {
        self.rows.iter().any(|(_, chosen)| matches!(chosen, Chosen::Pick { .. }))
    }

    /// What the row under the cursor leads to.
    pub fn chosen(&self) -> Option<&Chosen> {
        self.visible().get(self.cursor()?).map(|(i, _)| &self.rows[*i].1)
    }

    /// The rows that fit what was typed, the best first, with the positions that matched.
    pub fn visible(&self) -> Vec<(usize, Vec<usize>)> {
        use fuzzy_matcher::FuzzyMatcher;
        if self.text.is_empty() {
            return (0..self.rows.len()).map(|i| (i, Vec::new())).collect();
        }
        let matcher = fuzzy_matcher::skim::SkimMatcherV2::default().ignore_case();
        // What several marks come to is no row to look for.
        let marks = self.marks();
        let score = |(i, (text, chosen)): (usize, &(String, Chosen))| {
            if marks && !matches!(chosen, Chosen::Pick { .. }) {
                return None;
            }
            matcher.fuzzy_indices(text, &self.text).map(|(score, at)| (score, i, at))
        };
        let mut found: Vec<_> = self.rows.iter().enumerate().filter_map(score).collect();
        found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        found.into_iter().map(|(_, i, at)| (i, at)).collect()
    }
}
