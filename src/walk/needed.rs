//! Whether a step is needed (`when`), where the file goes on after one (`goto`), and what its condition means (`means`). Pure.
//!
//! Must not take unknown for not needed: a step is passed over only where the cluster says that it is not needed.

use super::{Cx, Out, Status, StepId, Walk, Way};
use crate::domain::{ClusterSnapshot, Timestamp, one_row};
use crate::lang::{self, t};
use crate::record::Ending;
use crate::runbook::cond::{Outcome, Value};
use crate::runbook::model::{CondSource, MeansPart, StepKind};

impl Walk {
    /// Why a step that nobody has begun is not needed, in words; none where it is, or where that is not known.
    pub fn not_needed(&self, id: StepId, world: &ClusterSnapshot, now: Timestamp) -> Option<String> {
        let state = &self.steps[id];
        let begun = state.approved.is_some() || state.began.is_some() || self.told(id);
        if *state.status() != Status::Todo || state.wanted || begun {
            return None;
        }
        self.asked(id).find_map(|(of, when)| {
            let not = self.test(of, when, world, now) == Outcome::False;
            not.then(|| t!("walk-not-needed", words = self.because(of, when, world, now)))
        })
    }

    /// What decides whether a step is needed: its own `when`, and those of the lists and includes that it is the first one of.
    fn asked(&self, id: StepId) -> impl Iterator<Item = (StepId, &CondSource)> {
        let above = std::iter::successors(self.tree.group(id), |group| self.tree.group(*group));
        let above = above.filter(|group| self.stands_for_several(*group));
        std::iter::once(id).chain(above).filter_map(move |of| {
            let when = self.tree[of].common.when.as_ref()?;
            // What is for all steps of a list or of an include is asked before the first of them.
            (of == id || self.nothing_begun(of)).then_some((of, when))
        })
    }

    /// The walk has come to a step: where it is needed now, it is not asked again whether it is. Who does it by hand would
    /// find it gone otherwise.
    pub(super) fn settle_whether_needed(&mut self, id: StepId, cx: &Cx<'_>) {
        if self.steps[id].wanted || *self.steps[id].status() != Status::Todo {
            return;
        }
        let asked: Vec<Outcome> =
            self.asked(id).map(|(of, when)| self.test(of, when, cx.world, cx.now)).collect();
        if !asked.is_empty() && asked.iter().all(|outcome| *outcome == Outcome::True) {
            self.steps[id].wanted = true;
        }
    }

    /// Whether somebody gave a value of this step already.
    fn told(&self, id: StepId) -> bool {
        self.recorded.get(&self.tree[id].name).is_some_and(|values| !values.is_empty())
    }

    /// Whether the key is one for all steps below: of an `each` on a single step it is for each element.
    fn stands_for_several(&self, group: StepId) -> bool {
        matches!(self.tree[group].kind, StepKind::Group(_) | StepKind::Include(_))
    }

    /// Whether nobody has done anything of what stands below a step.
    fn nothing_begun(&self, group: StepId) -> bool {
        self.tree.below(group).into_iter().all(|id| {
            let state = &self.steps[id];
            let passed = matches!(state.status(), Status::Ended(Ending::Skipped, _));
            (state.untouched() || passed) && state.began.is_none() && !state.wanted
        })
    }

    /// What decides a `when`, in words with its values.
    fn because(&self, of: StepId, when: &CondSource, world: &ClusterSnapshot, now: Timestamp) -> String {
        let words = self.condition_words(of, when, world, now);
        if words.is_empty() { when.text.clone() } else { words.join(" · ") }
    }

    /// The step that is looked at is passed over where it is not needed, and so are those behind it.
    pub(super) fn pass_over(&mut self, cx: &Cx<'_>, out: &mut Out) {
        while self.begun && self.tree.position(self.current).is_some() && self.reached(self.current) {
            let id = self.current;
            if self.about_nothing(cx.world).is_some() {
                return;
            }
            let Some(words) = self.not_needed(id, cx.world, cx.now) else {
                return self.settle_whether_needed(id, cx);
            };
            self.end_step(id, Ending::Skipped, &words, out);
            self.go_on_after(id, out);
            if self.current == id {
                return;
            }
        }
    }

    /// The step at which the file goes on, where that is not the next one: by the `goto` of a step that ended, or by that of
    /// the list or the include of which it was the last one.
    fn onward(&self, id: StepId) -> Option<(StepId, StepId)> {
        let mut here = id;
        let above = std::iter::successors(Some(id), |step| self.tree.group(*step));
        if { above }.all(|step| self.tree[step].common.goto.is_none()) {
            return None;
        }
        loop {
            if let Some(goto) = &self.tree[here].common.goto
                && let Way::Step(next) = self.way(here, goto)
            {
                return Some((here, next));
            }
            here = self.tree.group(here)?;
            if !self.tree.below(here).into_iter().all(|below| self.steps[below].status().ended()) {
                return None;
            }
        }
    }

    /// A step has ended: what its file leads past is not on the way. Somebody who is elsewhere by now is not led past what he
    /// does there.
    pub fn lead_on(&mut self, id: StepId, out: &mut Out) {
        let Some((of, next)) = self.onward(id) else { return };
        let lane = self.tree.element(id);
        let own_lane = lane.is_some() && self.tree.element(next) == lane;
        let here = self.current == id || (of != id && self.tree.below(of).contains(&self.current));
        // Only a question may lead back: without one nothing would end.
        if (own_lane || here) && self.tree.position(id) < self.tree.position(next) {
            self.lead(id, next, out);
        }
    }

    /// The last lane of a list ended before its last step: the `goto` of the list counts all the same.
    pub(super) fn lead_on_behind(&mut self, id: StepId, out: &mut Out) {
        let Some(group) = self.tree.group(id) else { return };
        let done = self.tree.below(group).into_iter().all(|below| self.steps[below].status().ended());
        if let Some((_, next)) = self.onward(group).filter(|_| done)
            && self.tree.position(id) < self.tree.position(next)
        {
            self.lead(id, next, out);
        }
    }

    /// What decides the condition of a step, in its author's words with the values of now; none where he gave none, or where
    /// a value is not known.
    pub(super) fn meant(
        &self,
        id: StepId,
        source: &CondSource,
        world: &ClusterSnapshot,
        now: Timestamp,
    ) -> Option<String> {
        let decides = self.tree[id].kind.decides().is_some_and(|own| own.text == source.text);
        let (book, step) = self.file(id).filter(|_| decides)?;
        let means = book.step_means_in(step, &self.lang)?;
        let mut out = String::new();
        for part in means {
            match part {
                MeansPart::Text(text) => out.push_str(text),
                MeansPart::Value(value) => out.push_str(&self.shown_value(id, value, world, now)?),
            }
        }
        Some(out)
    }

    /// A value as it stands in a sentence: of a list what is in it, as far as somebody reads it.
    fn shown_value(
        &self,
        id: StepId,
        source: &CondSource,
        world: &ClusterSnapshot,
        now: Timestamp,
    ) -> Option<String> {
        /// Of a longer list the rest is counted.
        const NAMED: usize = 6;
        let Some(Ok(condition)) = self.conditions.get(&source.text) else { return None };
        match condition.eval(&self.scope(id, world, now)).ok()? {
            Value::List(values) if values.is_empty() => Some("-".to_owned()),
            Value::List(values) => {
                let more = values.len().saturating_sub(NAMED);
                let named = values.iter().take(NAMED).map(|value| in_a_sentence(&value.to_string()));
                let more = (more > 0).then(|| t!("walk-and-more", more = more));
                Some(lang::list(named.chain(more).collect::<Vec<_>>()))
            }
            value => Some(in_a_sentence(&value.to_string())),
        }
    }

    /// What decides a condition, in its author's words or in words made of it, with its values. Of a step that nobody looks at,
    /// and that waits for nothing, its heading does: words are made by looking through what the condition asks for.
    pub fn decided(
        &self,
        index: StepId,
        source: &CondSource,
        world: &ClusterSnapshot,
        now: Timestamp,
    ) -> String {
        let read =
            index == self.current || self.steps[index].began.is_some() || self.steps[index].under_way();
        let title = || self.title(index, &self.lang).to_owned();
        if !read {
            return title();
        }
        if let Some(words) = self.meant(index, source, world, now) {
            return words;
        }
        let words = self.condition_words(index, source, world, now);
        if words.is_empty() { title() } else { words.join(" · ") }
    }

    /// What decides a condition, in words made of it.
    fn condition_words(
        &self,
        index: StepId,
        source: &CondSource,
        world: &ClusterSnapshot,
        now: Timestamp,
    ) -> Vec<String> {
        match self.conditions.get(&source.text) {
            Some(Ok(condition)) => condition.words(&self.scope(index, world, now)),
            _ => Vec::new(),
        }
    }
}

/// A value of the cluster as a part of a sentence, which is shown and recorded: in one row, and no whole document.
fn in_a_sentence(value: &str) -> String {
    const LONGEST: usize = 120;
    let row = one_row(value);
    match row.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &row[..end]),
        None => row,
    }
}
