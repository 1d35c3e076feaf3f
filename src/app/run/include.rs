//! Included runbooks: their steps take the place of the `include`, under its name, with the values that it binds. Pure.
//!
//! Must not lose where a step comes from: its text, its jumps and what it recorded are those of its own file.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Run, StepRun, sources};
use crate::runbook::cond::compile;
use crate::runbook::model::{Include, Runbook, Runnable, Step, StepKind, Trust};
use crate::runbook::params::{Bindings, Recorded, Values, accept_json, default_value, missing, resolve};

/// So many files within each other; the checker refuses those that lead back.
const DEEPEST: usize = 8;

/// Where an included step comes from.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    book: Arc<Runbook>,
    /// The place of the step in that file.
    step: usize,
    /// What stands before its name here: `other/`.
    prefix: String,
    /// The includes that it came through, the innermost first: the step, and the file that it is written in.
    through: Vec<(Arc<Runbook>, String)>,
}

/// What belongs to the place of a step and not to its state.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    /// What it sees in the place of the parameters.
    pub values: Option<Values>,
    pub origin: Option<Origin>,
}

impl Run {
    /// Puts the steps of included runbooks in the place of the steps that include them. One whose values are not all
    /// bound stays as it is: it opens the other runbook.
    pub fn include(&mut self, books: &BTreeMap<String, Arc<Runbook>>) {
        let names = self.names();
        for _ in 0..DEEPEST {
            let before = self.steps.len();
            let found: Vec<_> = (0..before).map(|i| self.included(i, books)).collect();
            if found.iter().all(Option::is_none) {
                break;
            }
            self.replace(found);
        }
        if self.steps.len() != names.len() {
            self.find_again(&names);
        }
        self.expand();
    }

    fn replace(&mut self, found: Vec<Option<Vec<(Step, Place)>>>) {
        let mut book = (*self.book).clone();
        let old = std::mem::take(&mut book.steps).into_iter().zip(self.steps.drain(..));
        let old: Vec<_> = old.zip(self.places.drain(..)).collect();
        for (((step, state), place), found) in old.into_iter().zip(found) {
            let Some(inner) = found else {
                book.steps.push(step);
                self.steps.push(state);
                self.places.push(place);
                continue;
            };
            for (step, place) in inner {
                for source in sources(&step) {
                    let compiled = compile(&source.text).map_err(|e| e.to_string());
                    self.conditions.entry(source.text.clone()).or_insert(compiled);
                }
                book.steps.push(step);
                self.steps.push(StepRun::default());
                self.places.push(place);
            }
        }
        self.book = Arc::new(book);
    }

    /// The steps that an include stands for.
    fn included(&self, index: usize, books: &BTreeMap<String, Arc<Runbook>>) -> Option<Vec<(Step, Place)>> {
        let outer = &self.book.steps[index];
        let StepKind::Include(include) = &outer.kind else { return None };
        let book = books.get(&include.runbook).filter(|b| b.runnable() == Runnable::Yes)?;
        if !outer.runnable.is_yes() || !is_pinned(include, book) {
            return None;
        }
        let values = bind(include, book, &self.bindings(index))?;
        let prefix = format!("{}/", outer.name);
        let (file, beyond) = match self.origin(index) {
            Some(origin) => (Arc::clone(&origin.book), origin.through.clone()),
            None => (Arc::clone(&self.book), Vec::new()),
        };
        let through: Vec<_> = std::iter::once((file, outer.exact())).chain(beyond).collect();
        let place = |step: usize| Place {
            values: Some(values.clone()),
            origin: Some(Origin {
                book: Arc::clone(book),
                step,
                prefix: prefix.clone(),
                through: through.clone(),
            }),
        };
        let inner = book.steps.iter().enumerate().map(|(i, step)| {
            let mut step = step.clone();
            step.name = format!("{prefix}{}", step.name);
            (step, place(i))
        });
        Some(inner.collect())
    }

    fn origin(&self, index: usize) -> Option<&Origin> {
        self.places.get(index)?.origin.as_ref()
    }

    /// Every file that decided that this step is here and what it sees: its own, those that it came through, and the one
    /// that is open.
    fn files(&self, index: usize) -> impl Iterator<Item = &Runbook> {
        let origin = self.origin(index);
        let inner = origin
            .into_iter()
            .flat_map(|o| std::iter::once(&*o.book).chain(o.through.iter().map(|(book, _)| &**book)));
        inner.chain(std::iter::once(&*self.book))
    }

    /// Why nothing of this step runs: nobody vouches for its file, for one that it came through, or for the one that is
    /// open.
    pub fn untrusted(&self, index: usize) -> Option<String> {
        self.files(index).find_map(|book| book.trust.refusal(&book.id))
    }

    /// The tier of what is shown of a step: that of the first of its files for which nobody vouches, else of the one that
    /// is open.
    pub fn trust(&self, index: usize) -> &Trust {
        self.files(index).map(|book| &book.trust).find(|t| !t.runs()).unwrap_or(&self.book.trust)
    }

    /// What the includes say that a step came through, the innermost first.
    pub(super) fn through(&self, index: usize) -> impl Iterator<Item = String> {
        self.origin(index).into_iter().flat_map(|o| o.through.iter().map(|(_, exact)| exact.clone()))
    }

    /// A name that a step uses for another step of its own file, as it is here.
    pub fn local(&self, index: usize, name: &str) -> String {
        self.origin(index).map_or_else(|| name.to_owned(), |o| format!("{}{name}", o.prefix))
    }

    /// The file that a step is written in, and the step as it stands there.
    pub fn file(&self, index: usize) -> Option<(&Runbook, &Step)> {
        match self.origin(index) {
            Some(o) => Some((&o.book, o.book.steps.get(o.step)?)),
            None => Some((&self.book, self.book.steps.get(index)?)),
        }
    }

    /// The Markdown before a step.
    pub fn prose(&self, index: usize, lang: &str) -> &str {
        self.file(index).map_or("", |(book, step)| book.step_prose_in(step, lang))
    }

    /// The question of a decision.
    pub fn question(&self, index: usize) -> &str {
        self.file(index).map_or("", |(book, step)| book.step_question_in(step, &self.lang))
    }

    /// What is said of a case of a decision.
    pub fn hint(&self, index: usize, case: &str) -> &str {
        self.file(index).map_or("", |(book, step)| book.step_hint_in(step, case, &self.lang))
    }

    /// What a step by hand says is to be done.
    pub fn instruction(&self, index: usize) -> &str {
        self.file(index).map_or("", |(book, step)| book.step_instruction_in(step, &self.lang))
    }

    /// The heading of a step.
    pub fn title(&self, index: usize, lang: &str) -> &str {
        self.file(index).map_or("", |(book, step)| book.step_title_in(step, lang))
    }

    /// The text of every file that takes part, once each.
    pub(super) fn texts(&self) -> String {
        let mut files: Vec<&Arc<Runbook>> = Vec::new();
        for origin in (0..self.steps.len()).filter_map(|i| self.origin(i)) {
            if !files.iter().any(|b| b.id == origin.book.id) {
                files.push(&origin.book);
            }
        }
        files.iter().fold(self.book.source.to_string(), |text, b| text + &b.source)
    }

    /// Keeps a value that a step recorded.
    pub fn record(&mut self, step: &str, name: &str, value: crate::runbook::params::ParamValue) {
        let found = self.book.steps.iter().position(|s| s.name == step);
        if let Some(origin) = found.and_then(|i| self.origin(i)) {
            let (prefix, own) = (origin.prefix.clone(), step[origin.prefix.len()..].to_owned());
            let inner = self.inner.entry(prefix).or_default();
            inner.entry(own).or_default().insert(name.to_owned(), value.clone());
        }
        self.recorded.entry(step.to_owned()).or_default().insert(name.to_owned(), value);
        self.anew.insert(step.to_owned());
    }

    /// What the steps of a step's own file recorded.
    pub(super) fn recorded_of(&self, index: usize) -> &Recorded {
        static NOTHING: Recorded = Recorded::new();
        match self.origin(index) {
            Some(origin) => self.inner.get(&origin.prefix).unwrap_or(&NOTHING),
            None => &self.recorded,
        }
    }
}

/// Whether the file is the one that the author read, where that was pinned.
fn is_pinned(include: &Include, book: &Runbook) -> bool {
    use sha2::Digest;
    let of = || crate::record::hex(&sha2::Sha256::digest(book.source.as_bytes()));
    include.hash.as_ref().is_none_or(|pin| pin.strip_prefix("sha256:") == Some(of().as_str()))
}

/// The values of an included runbook; none while one is missing.
fn bind(include: &Include, book: &Runbook, outer: &Bindings<'_>) -> Option<Values> {
    let mut values = Values::new();
    for param in &book.params {
        let given = include.with.iter().find(|(name, _)| *name == param.name);
        let value = match given {
            Some((_, template)) => Some(accept_json(param, &resolve(template, outer).ok()?, &values).ok()?),
            None => default_value(param, &values).and_then(Result::ok),
        };
        values.extend(value.map(|v| (param.name.clone(), v)));
    }
    missing(book, &values).is_empty().then_some(values)
}
