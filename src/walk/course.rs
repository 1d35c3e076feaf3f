//! How a step ends and where that leads, and how one that ended is opened again. Pure.
//!
//! Must not judge: what a step says is [`Walk::judge`]; and must not put a step out of reach: whatever ended can be opened again.

use std::collections::BTreeSet;

use super::{Cx, Out, Status, StepId, Walk, Way};
use crate::lang::t;
use crate::live::Tone;
use crate::record::{Ending, What};
use crate::runbook::model::StepKind;
use crate::runbook::params::ParamValue;

/// Where a walk goes on after a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Onward {
    /// At the step that is looked at.
    Here,
    /// In another runbook.
    Runbook(String),
}

impl Walk {
    /// Goes to a step, and records that it was reached.
    pub fn enter(&mut self, id: StepId, out: &mut Out) {
        self.current = self.tree.resolve(id);
        if self.tree.position(self.current).is_some() {
            out.record(What::Step { step: self.tree[self.current].name.clone() });
        }
    }

    /// A step is done: it is recorded, and the way it leads is taken.
    pub fn accept(&mut self, id: StepId, ending: Ending, words: &str, way: Way, out: &mut Out) -> Onward {
        let ending = if matches!(way, Way::Stop(_)) { Ending::Stopped } else { ending };
        self.end_step(id, ending, words, out);
        match way {
            Way::Next => self.go_on_after(id, out),
            Way::Step(next) => self.jump(id, next, out),
            Way::Stop(why) => {
                out.record(What::Note { text: t!("walk-stopped", why = why), about: None });
                out.say(Tone::Warn, t!("walk-stop", why = why));
                self.stop_in_lane(id, &why, out);
            }
            Way::Runbook(id) => return Onward::Runbook(id),
        }
        Onward::Here
    }

    /// A stop in the lane of a group is one for its element: what is left of it is not done, and the others go on as far as they
    /// may.
    fn stop_in_lane(&mut self, id: StepId, why: &str, out: &mut Out) {
        if self.in_group(id).is_some() {
            self.give_up_lane(id, &t!("walk-stopped", why = why), out);
        }
    }

    /// Records how a step ended, and goes nowhere.
    pub(super) fn end_step(&mut self, id: StepId, ending: Ending, words: &str, out: &mut Out) {
        self.end_past(id, ending, words, None, out);
    }

    /// The same; where another step led past this one, that one is named.
    fn end_past(&mut self, id: StepId, ending: Ending, words: &str, past: Option<StepId>, out: &mut Out) {
        let step = self.tree[id].name.clone();
        if let StepKind::Decision(_) = self.tree[id].kind
            && matches!(ending, Ending::Proved | Ending::Recorded)
        {
            self.record(&step, "chosen", ParamValue::Text(words.to_owned()));
            if ending == Ending::Proved {
                let (value, chosen) = (Some(words.to_owned()), words.to_owned());
                out.record(What::Decided { step: step.clone(), value, chosen });
            }
        }
        self.steps[id].end(ending, words);
        self.steps[id].passed_by = past;
        let way = past.is_none() && ending != Ending::Stopped;
        let past = past.map(|by| self.tree[by].name.clone());
        out.record(What::StepEnded { step, ending, words: words.to_owned(), past });
        if way {
            self.lead_on(id, out);
        }
    }

    pub(super) fn go_on_after(&mut self, id: StepId, out: &mut Out) {
        if let Some(next) = self.next_open(id) {
            return self.enter(next, out);
        }
        match self.unfinished() {
            Some(words) => out.say(Tone::Bad, words),
            None => out.say(Tone::Good, t!("walk-done")),
        }
    }

    /// Why a walk in which no step is open behind the present one is not done; none where it is.
    pub fn unfinished(&self) -> Option<String> {
        if let Some(id) = self.tree.ids().find(|id| self.steps[*id].regressed()) {
            let title = self.title(id, &self.lang);
            return Some(t!("walk-ended-but-regressed", title = title));
        }
        if let Some(id) = self.tree.ids().find(|id| self.steps[*id].short_since.is_some()) {
            let title = self.title(id, &self.lang);
            return Some(t!("walk-ended-but-regressed", title = title));
        }
        let id = self.tree.ids().find(|id| !self.steps[*id].status().ended())?;
        let at = self.tree.position(id).map_or(0, |at| at + 1);
        Some(t!("walk-still-open", number = at, title = self.title(id, &self.lang)))
    }

    /// Goes on at another step than the next one.
    fn jump(&mut self, id: StepId, next: StepId, out: &mut Out) {
        self.lead(id, next, out);
        self.enter(next, out);
    }

    /// What a way from one step to another one makes of those between them.
    pub(super) fn lead(&mut self, id: StepId, next: StepId, out: &mut Out) {
        let name = self.tree[id].name.clone();
        self.open_branch(id, next, out);
        if self.tree.position(id) < self.tree.position(next) {
            // What lies between was decided to be not needed.
            for between in self.tree.after(id).take_while(|between| *between != next) {
                // What was begun is brought to its end.
                let begun = self.steps[between].began.is_some() || self.steps[between].approved.is_some();
                if *self.steps[between].status() == Status::Todo && !begun {
                    let words = t!("walk-not-on-the-way", step = name);
                    self.end_past(between, Ending::Skipped, &words, Some(id), out);
                }
            }
        } else {
            // A way that leads back leads to a step that is done: it is to be done again, with all that follows it up to
            // here, this step included.
            let words = t!("walk-leads-back", step = name);
            let until = self.tree.position(id);
            let again = std::iter::once(next).chain(self.tree.after(next));
            let again: Vec<_> = again.take_while(|again| self.tree.position(*again) <= until).collect();
            for again in
                again.into_iter().filter(|again| self.steps[*again].status().ended()).collect::<Vec<_>>()
            {
                self.reopen(again, &words, out);
            }
        }
    }

    /// Another answer leads into a branch that the end of its own branch had led past: it is open again, with all that was
    /// left out with it.
    fn open_branch(&mut self, id: StepId, next: StepId, out: &mut Out) {
        let Some(by) = self.steps[next].passed_by else { return };
        let words = t!("walk-leads-here", step = self.tree[id].name);
        let branch = std::iter::once(next).chain(self.tree.after(next));
        for step in branch.filter(|step| self.steps[*step].passed_by == Some(by)).collect::<Vec<_>>() {
            self.reopen(step, &words, out);
        }
    }

    /// Opens a step again, as if nothing had run.
    pub fn reopen(&mut self, id: StepId, words: &str, out: &mut Out) {
        self.steps[id].reopen();
        let step = self.tree[id].name.clone();
        out.record(What::Reopened { step, words: words.to_owned() });
    }

    /// A step is to be done again, or after all: its plan is made anew, its time begins anew, its question is asked anew. The
    /// steps that its answer led past are open again as well. What runs by now is not given up.
    pub fn again(&mut self, id: StepId, cx: &Cx<'_>, out: &mut Out) {
        if matches!(self.steps[id].status(), Status::Running(_)) {
            return;
        }
        let waits = self.steps[id].began.is_some();
        let skipped = matches!(self.steps[id].status(), Status::Ended(Ending::Skipped, _));
        let decides = matches!(self.tree[id].kind, StepKind::Decision(_));
        let words = match (skipped, waits, decides) {
            (true, ..) => t!("walk-again-after-all"),
            (_, true, _) => t!("walk-again-waits"),
            (_, _, true) => t!("walk-again-answered"),
            _ => t!("walk-again-run"),
        };
        self.reopen(id, words, out);
        // Whatever its `when` says.
        self.steps[id].wanted = true;
        if waits && !skipped {
            self.steps[id].began = Some(cx.now);
        }
        if decides {
            let name = self.tree[id].name.clone();
            for past in self.passed_by(id) {
                self.reopen(past, &t!("walk-again-step-answered", step = name), out);
            }
        }
        if matches!(self.tree[id].kind, StepKind::Manual(_)) {
            self.forget(id);
        }
        self.enter(id, out);
    }

    /// The steps that the answer of this one led past, and those that theirs led past.
    fn passed_by(&self, id: StepId) -> Vec<StepId> {
        let mut by = BTreeSet::from([id]);
        let past = |of: &BTreeSet<StepId>, step: &StepId| {
            self.steps[*step].passed_by.is_some_and(|by| of.contains(&by)) && !of.contains(step)
        };
        while let Some(step) = self.tree.ids().find(|step| past(&by, step)) {
            by.insert(step);
        }
        by.remove(&id);
        by.into_iter().collect()
    }

    /// Goes to the step that takes another one back. Why that cannot be, where it cannot.
    pub fn go_to_way_back(&mut self, of: StepId, way: &str, out: &mut Out) -> Result<(), String> {
        let found = self.named_by(of, way);
        let id = found.ok_or_else(|| t!("walk-way-back-absent", step = way))?;
        let name = self.tree[id].name.clone();
        if self.steps[id].under_way() {
            return Err(t!("walk-way-back-under-way", step = name));
        }
        if *self.steps[id].status() != Status::Todo {
            let words = t!("walk-way-back-of", step = self.tree[of].name);
            self.reopen(id, &words, out);
        }
        self.steps[id].back_of = Some(of);
        self.steps[id].wanted = true;
        self.enter(id, out);
        out.say(Tone::Plain, t!("walk-way-back-here", step = name));
        Ok(())
    }

    /// An earlier change was taken back by another one, from wherever that was asked for: its step can be run again. False
    /// where no step of this walk made it.
    pub fn change_taken_back(&mut self, plan: &str, by: &str, out: &mut Out) -> bool {
        let of = |id: &StepId| self.steps[*id].plan_id.as_deref() == Some(plan);
        let Some(id) = self.tree.ids().find(of) else { return false };
        self.take_back_step(id, by, out)
    }

    /// The way back of a step was gone: the step is open again, and says so.
    pub(super) fn take_back_step(&mut self, id: StepId, by: &str, out: &mut Out) -> bool {
        let words = t!("walk-taken-back", by = by);
        if !self.steps[id].taken_back(&words) {
            return false;
        }
        let step = self.tree[id].name.clone();
        out.say(Tone::Warn, t!("walk-taken-back-said", words = words));
        out.record(What::Reopened { step, words });
        self.enter(id, out);
        true
    }
}
