//! Where a step comes from and what it sees: its file, the includes that it came through, its values, and what the steps of
//! its own scope recorded. Pure.
//!
//! Must not lose where a step comes from: its text, its jumps and what it recorded are those of its own file.

use std::sync::Arc;

use super::{StepId, Walk};
use crate::lang::t;
use crate::runbook::model::{Common, Runbook, Runnable, Span, Step, StepKind, Trust};
use crate::runbook::params::{ParamValue, Recorded, Values};

/// What belongs to the place of a step and not to its state.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// What it sees in the place of the parameters.
    pub values: Option<Values>,
    /// The file that it is written in, and which of its steps it is.
    pub book: Arc<Runbook>,
    pub step: usize,
    /// What stands before its name here: `other/`.
    pub prefix: String,
    /// The includes that it came through, the innermost first: the step, and the file that it is written in.
    pub through: Vec<(Arc<Runbook>, String)>,
    /// Whose records its conditions read: a number of [`Scopes`].
    pub scope: usize,
}

impl Place {
    pub fn of(book: &Arc<Runbook>, step: usize) -> Place {
        Place {
            values: None,
            book: Arc::clone(book),
            step,
            prefix: String::new(),
            through: Vec::new(),
            scope: ROOT,
        }
    }

    /// The step's name in its file.
    pub fn own(&self) -> &str {
        self.book.steps.get(self.step).map_or("", |step| step.name.as_str())
    }
}

/// The scope of the steps of the file that is walked.
pub(super) const ROOT: usize = 0;

/// What was recorded under one set of names. The steps of an included runbook have one of their own; those of a lane see
/// what was recorded outside of it as well.
#[derive(Clone, Debug, Default)]
struct Scope {
    /// The scopes in which what is recorded here is seen as well.
    seen_in: Vec<usize>,
    recorded: Recorded,
}

/// Every scope of a walk.
#[derive(Clone, Debug)]
pub(super) struct Scopes(Vec<Scope>);

impl Default for Scopes {
    fn default() -> Scopes {
        Scopes(vec![Scope::default()])
    }
}

impl Scopes {
    /// A new scope; what is recorded in the other one is seen in it.
    pub fn add(&mut self, sees: Option<usize>) -> usize {
        let recorded = sees.and_then(|of| self.0.get(of)).map(|s| s.recorded.clone()).unwrap_or_default();
        self.0.push(Scope { seen_in: Vec::new(), recorded });
        let added = self.0.len() - 1;
        if let Some(outer) = sees.and_then(|of| self.0.get_mut(of)) {
            outer.seen_in.push(added);
        }
        added
    }

    pub fn of(&self, scope: usize) -> &Recorded {
        static NOTHING: Recorded = Recorded::new();
        self.0.get(scope).map_or(&NOTHING, |s| &s.recorded)
    }

    /// Keeps a value in a scope and in all that see it.
    fn keep(&mut self, scope: usize, step: &str, name: &str, value: &ParamValue) {
        let mut open = vec![scope];
        while let Some(at) = open.pop() {
            if let Some(found) = self.0.get_mut(at) {
                open.extend(&found.seen_in);
                let of = found.recorded.entry(step.to_owned()).or_default();
                of.insert(name.to_owned(), value.clone());
            }
        }
    }

    /// Forgets what a step recorded.
    fn forget(&mut self, scope: usize, step: &str) {
        let mut open = vec![scope];
        while let Some(at) = open.pop() {
            if let Some(found) = self.0.get_mut(at) {
                open.extend(&found.seen_in);
                found.recorded.remove(step);
            }
        }
    }
}

impl Walk {
    /// Every file that decided that this step is here and what it sees: its own, those that it came through, and the one
    /// that is open.
    fn files(&self, id: StepId) -> impl Iterator<Item = &Runbook> {
        let place = self.tree.place(id);
        let through = place.through.iter().map(|(book, _)| &**book);
        std::iter::once(&*place.book).chain(through).chain(std::iter::once(&*self.book))
    }

    /// Why nothing of this step runs: nobody vouches for its file, for one that it came through, or for the one that is
    /// open.
    pub fn untrusted(&self, id: StepId) -> Option<String> {
        self.files(id).find_map(|book| book.trust.refusal(&book.id))
    }

    /// The tier of what is shown of a step: that of the first of its files for which nobody vouches, else of the one that
    /// is open.
    pub fn trust(&self, id: StepId) -> &Trust {
        self.files(id).map(|book| &book.trust).find(|t| !t.runs()).unwrap_or(&self.book.trust)
    }

    /// What the includes say that a step came through, the innermost first.
    pub(super) fn through(&self, id: StepId) -> impl Iterator<Item = String> {
        self.tree.place(id).through.iter().map(|(_, exact)| exact.clone())
    }

    /// A name that a step uses for another step of its own file, as it is here.
    pub fn local(&self, id: StepId, name: &str) -> String {
        format!("{}{name}", self.tree.place(id).prefix)
    }

    /// The step that another one names: of its own lane where that has it, else of its own file.
    pub fn named_by(&self, id: StepId, name: &str) -> Option<StepId> {
        let mut here = Some(id);
        while let Some(step) = here {
            let lane = self.tree.lane(step).into_iter().flat_map(|lane| &lane.steps);
            let own = |other: &&StepId| {
                self.tree.place(**other).own() == name
                    && self.tree.place(**other).prefix == self.tree.place(id).prefix
            };
            if let Some(found) = { lane }.find(own) {
                return Some(self.tree.resolve(*found));
            }
            here = self.tree.group(step);
        }
        self.find(&self.local(id, name))
    }

    /// The file that a step is written in, and the step as it stands there.
    pub fn file(&self, id: StepId) -> Option<(&Runbook, &Step)> {
        let place = self.tree.place(id);
        Some((&place.book, place.book.steps.get(place.step)?))
    }

    /// The Markdown before a step.
    pub fn prose(&self, id: StepId, lang: &str) -> &str {
        self.file(id).map_or("", |(book, step)| book.step_prose_in(step, lang))
    }

    /// The question of a decision.
    pub fn question(&self, id: StepId) -> &str {
        self.file(id).map_or("", |(book, step)| book.step_question_in(step, &self.lang))
    }

    /// What is said of a case of a decision.
    pub fn hint(&self, id: StepId, case: &str) -> &str {
        self.file(id).map_or("", |(book, step)| book.step_hint_in(step, case, &self.lang))
    }

    /// What a step by hand says is to be done.
    pub fn instruction(&self, id: StepId) -> &str {
        self.file(id).map_or("", |(book, step)| book.step_instruction_in(step, &self.lang))
    }

    /// The heading of a step.
    pub fn title(&self, id: StepId, lang: &str) -> &str {
        self.file(id).map_or("", |(book, step)| book.step_title_in(step, lang))
    }

    /// The text of every file that takes part, once each.
    pub(super) fn texts(&self) -> String {
        let mut files: Vec<&Arc<Runbook>> = Vec::new();
        for place in self.tree.ids().map(|id| self.tree.place(id)).filter(|p| !p.through.is_empty()) {
            if !files.iter().any(|b| b.id == place.book.id) {
                files.push(&place.book);
            }
        }
        files.iter().fold(self.book.source.to_string(), |text, b| text + &b.source)
    }

    /// Keeps a value that a step recorded, under the name that the step has here. One that is not walked yet gets it when it is.
    pub fn record(&mut self, step: &str, name: &str, value: ParamValue) {
        if let Some(id) = self.exact(step) {
            let place = self.tree.place(id);
            self.scopes.keep(place.scope, place.own(), name, &value);
        }
        self.recorded.entry(step.to_owned()).or_default().insert(name.to_owned(), value);
        self.anew.insert(step.to_owned());
    }

    /// Forgets what a step recorded: it is asked for again.
    pub fn forget(&mut self, id: StepId) {
        let place = self.tree.place(id);
        self.scopes.forget(place.scope, place.own());
        self.recorded.remove(&self.tree[id].name);
    }

    /// What the steps that a step can name recorded.
    pub(super) fn recorded_of(&self, id: StepId) -> &Recorded {
        self.scopes.of(self.tree.place(id).scope)
    }
}

/// What is looked at in a runbook that has no steps.
pub(super) fn no_step() -> Step {
    Step {
        name: String::new(),
        title: String::new(),
        kind: StepKind::Unreadable { kind: String::new() },
        common: Common::default(),
        prose: Span::default(),
        span: Span::default(),
        lang: String::new(),
        body: String::new(),
        name_span: Span::default(),
        runnable: Runnable::No(t!("walk-no-steps").to_owned()),
        part: None,
    }
}
