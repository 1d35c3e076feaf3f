//! Included runbooks: their steps are walked in the place of the `include`, under its name, with the values that it
//! binds. Pure.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::place::Place;
use super::tree::NewLane;
use super::{StepId, Walk};
use crate::runbook::model::{Include, Runbook, Runnable, StepKind};
use crate::runbook::params::{Bindings, Values, accept_json, default_value, missing, resolve};

/// So many files within each other; the checker refuses those that lead back.
const DEEPEST: usize = 8;

impl Walk {
    /// Puts the steps of included runbooks in the place of the steps that include them. One whose values are not all
    /// bound stays as it is: it opens the other runbook.
    pub fn include(&mut self, books: &BTreeMap<String, Arc<Runbook>>) {
        self.included.clone_from(books);
        self.expand();
    }

    /// Whether there is a runbook of this id.
    pub fn is_written(&self, id: &str) -> bool {
        self.book.id == id || self.included.contains_key(id)
    }

    /// Puts steps in the place of the includes that can be laid out now. False where there was none.
    pub(super) fn lay_out_includes(&mut self) -> bool {
        let mut any = false;
        for _ in 0..DEEPEST {
            let mut lanes = Vec::new();
            for id in self.tree.ids() {
                lanes.extend(self.steps_of_include(id).map(|lane| (id, vec![lane])));
            }
            if lanes.is_empty() {
                break;
            }
            any = true;
            self.tree.open(lanes);
        }
        any
    }

    /// The steps that an include stands for.
    fn steps_of_include(&mut self, id: StepId) -> Option<NewLane> {
        let outer = &self.tree[id];
        let StepKind::Include(include) = &outer.kind else { return None };
        let found = self.included.get(&include.runbook);
        let book = Arc::clone(found.filter(|b| b.runnable() == Runnable::Yes)?);
        if !outer.runnable.is_yes() || !is_pinned(include, &book) {
            return None;
        }
        let values = bind(include, &book, &self.bindings(id))?;
        let prefix = format!("{}/", outer.name);
        let place = self.tree.place(id);
        let own = (Arc::clone(&place.book), outer.exact());
        let through: Vec<_> = std::iter::once(own).chain(place.through.iter().cloned()).collect();
        let scope = self.scopes.add(None);
        let inner = book.outer_steps().map(|number| {
            let mut step = book.steps[number].clone();
            step.name = format!("{prefix}{}", step.name);
            let place = Place {
                values: Some(values.clone()),
                prefix: prefix.clone(),
                through: through.clone(),
                scope,
                ..Place::of(&book, number)
            };
            (step, place)
        });
        Some(NewLane { element: None, steps: inner.collect() })
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
