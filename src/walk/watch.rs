//! What the cluster shows of the steps: since when waits hold and when they end by themselves, which changes are proved, which
//! proofs no longer hold, whose time is over. It goes on while the operator looks at something else. Pure.
//!
//! Must not take a change that a later step made on purpose for a regression, and must not end what is late: it stays
//! watched, and says so when it comes true.

use std::time::Duration;

use super::term::after;
use super::{Cx, Judgement, Out, Status, StepId, Walk, awaited};
use crate::domain::{Kind, Timestamp};
use crate::lang::t;
use crate::live::Tone;
use crate::op::{Change, Plan};
use crate::record::{Ending, What};
use crate::runbook::cond::Outcome;
use crate::runbook::model::StepKind;

/// What came of a plan, in words: what the cluster shows, or how it said that it ended.
fn came(made: &Plan, id: &str, cx: &Cx<'_>) -> String {
    let ended = cx.session.plans.get(id).and_then(|plan| plan.end.as_ref());
    match ended {
        // A script only says with which code.
        Some((_, words)) if !made.shows() && made.script().is_none() => words.clone(),
        _ => crate::op::shown(made, cx.world).unwrap_or_else(|| made.proof.clone()),
    }
}

/// Whether what a step changed may be short while pods begin anew elsewhere. Nodes are not.
fn counts(step: &super::StepRun) -> bool {
    step.ran().is_some_and(|made| made.target.kind != Kind::Node)
}

impl Walk {
    /// Looks at every step on the present picture.
    pub fn look(&mut self, cx: &Cx<'_>, out: &mut Out) {
        self.meet(cx.world);
        self.pass_over(cx, out);
        self.go_on_in_lanes(cx, out);
        self.watch_waits(cx);
        self.end_waits(cx, out);
        self.offer_waits(cx, out);
        self.stop_overdue(cx, out);
        self.prove(cx, out);
        // What was proved just now may be what a lane waited for.
        self.go_on_in_lanes(cx, out);
        self.pass_over(cx, out);
        self.overdue(cx, out);
        self.regress(cx, out);
        self.read_ahead(cx.world, cx.now);
    }

    /// Whether the walk has come to this step: none before it is still to do.
    pub(super) fn reached(&self, id: StepId) -> bool {
        self.tree.before(id).all(|before| *self.steps[before].status() != Status::Todo)
    }

    /// Since when the conditions of the present wait, and of those that began, hold.
    fn watch_waits(&mut self, cx: &Cx<'_>) {
        for id in self.tree.ids() {
            let Some((source, _)) = awaited(&self.tree[id].kind) else { continue };
            let here = id == self.current;
            let open =
                matches!(self.steps[id].status(), Status::Todo | Status::Failed(_) | Status::Unknown(_));
            if !open || !(here || self.steps[id].began.is_some()) {
                continue;
            }
            let outcome = self.test(id, source, cx.world, cx.now);
            let begins = here && self.reached(id);
            let state = &mut self.steps[id];
            if begins {
                state.began.get_or_insert(cx.now);
            }
            match outcome {
                Outcome::True => {
                    state.holds_since.get_or_insert(cx.now);
                }
                Outcome::False | Outcome::Unknown(_) => (state.holds_since, state.told) = (None, false),
            }
        }
    }

    /// A wait that leads to no operation ends by itself.
    fn end_waits(&mut self, cx: &Cx<'_>, out: &mut Out) {
        for id in self.tree.ids() {
            let StepKind::Wait(wait) = &self.tree[id].kind else { continue };
            let here = id == self.current;
            let began = here || self.steps[id].began.is_some();
            if wait.then.is_some() || self.steps[id].status().ended() || !began {
                continue;
            }
            let Judgement::Go { words, .. } = self.judge(id, cx.world, cx.now) else { continue };
            let late = self.steps[id].late().is_some();
            let words = if late { t!("walk-watch-after-its-time", words = words) } else { words };
            self.end_step(id, Ending::Proved, &words, out);
            out.say(Tone::Good, format!("✔ {words}"));
            if here && let Some(next) = self.next_open(id) {
                self.enter(next, out);
            }
        }
    }

    /// A wait that leads to an operation says once that it holds: what follows is the operator's.
    fn offer_waits(&mut self, cx: &Cx<'_>, out: &mut Out) {
        for id in self.tree.ids() {
            let StepKind::Wait(wait) = &self.tree[id].kind else { continue };
            let Some((call, _)) = &wait.then else { continue };
            let state = &self.steps[id];
            if state.told || state.began.is_none() || *state.status() != Status::Todo {
                continue;
            }
            if let Judgement::Operate = self.judge(id, cx.world, cx.now) {
                let seen = self.decided(id, &wait.until, cx.world, cx.now);
                let words = t!("walk-watch-offer", seen = seen, op = call.op);
                self.steps[id].came_after_all();
                self.steps[id].told = true;
                out.say(Tone::Good, words);
            }
        }
    }

    /// Stops what runs longer than its step allows: in good order, as the operator would.
    fn stop_overdue(&mut self, cx: &Cx<'_>, out: &mut Out) {
        for id in self.tree.ids() {
            let name = self.tree[id].name.clone();
            let state = &mut self.steps[id];
            let Status::Running(task) = *state.status() else { continue };
            if state.stop_at.is_none_or(|at| cx.now < at) {
                continue;
            }
            (state.stop_at, state.stopped) = (None, true);
            let title = state.ran().map_or_else(String::new, |plan| plan.title.clone());
            let text = t!("walk-watch-too-long", step = name, title = title);
            out.record(What::Note { text, about: None });
            out.say(Tone::Warn, t!("walk-watch-stopping", title = title));
            out.cancel.push(task);
        }
    }

    /// Steps whose plan was applied: the cluster must show it, for as long as the step asks.
    fn prove(&mut self, cx: &Cx<'_>, out: &mut Out) {
        for id in self.tree.ids() {
            let Status::Proving { plan, look, .. } = self.steps[id].status().clone() else { continue };
            // What was heard before it ended shows nothing of it.
            let about = self.steps[id].ran().map_or(Kind::Pod, |made| made.target.kind);
            if !cx.world.heard_since(look, &[about, Kind::Pod]) {
                continue;
            }
            // What is polled is known as of its reading only: what holds for a while is seen by a second one.
            let as_of = cx.world.polled().map_or(cx.now, |(read, _)| read.min(cx.now));
            let outcome = self.proof(id, cx.world, cx.now);
            let back = self.steps[id].back();
            let stable = if back { 0 } else { self.proof_stable(id).as_secs().cast_signed() };
            let state = &mut self.steps[id];
            if outcome != Outcome::True {
                state.holds_since = None;
                continue;
            }
            let since = *state.holds_since.get_or_insert(as_of);
            if as_of.as_second() - since.as_second() < stable {
                continue;
            }
            let came = |made: &Plan| came(made, &plan, cx);
            let words = state.ran().map_or_else(|| t!("walk-watch-proved").to_owned(), came);
            let late = state.late().is_some();
            let words = if late { t!("walk-watch-after-its-time", words = words) } else { words };
            let shown = self.is_shown(id);
            out.record(if shown {
                What::Proved { plan: plan.clone(), words: words.clone() }
            } else {
                What::Done { plan: plan.clone(), words: words.clone() }
            });
            if back {
                self.take_back_step(id, &words, out);
            } else {
                self.done(id, (&plan, shown), &words, cx, out);
            }
        }
    }

    /// Whether the cluster itself shows what the plan of a step did, by its operation or by what the step wants as its proof.
    fn is_shown(&self, id: StepId) -> bool {
        let wants = self.tree[id].kind.policy().is_some_and(|policy| policy.verify.is_some());
        self.steps[id].ran().is_some_and(Plan::shows) || (wants && !self.steps[id].back())
    }

    /// The cluster shows what a step did: it is done, and what it did is watched from now on. Of what the cluster cannot show
    /// it is known that it ended. What wrote something stays until that was read.
    fn done(&mut self, id: StepId, (plan, shown): (&str, bool), words: &str, cx: &Cx<'_>, out: &mut Out) {
        let takes_back = self.steps[id].back_of.take();
        let ending = if shown {
            self.steps[id].shown(plan, words);
            Ending::Proved
        } else {
            self.steps[id].ran_to_its_end(plan, words);
            Ending::Ran
        };
        let step = self.tree[id].name.clone();
        out.record(What::StepEnded { step: step.clone(), ending, words: words.to_owned(), past: None });
        self.retire(id, plan, cx, out);
        let settles = self.steps[id].ran().map_or(0, |made| crate::op::settles(&made.op));
        if let Some(until) = (settles > 0).then(|| after(cx.now, Duration::from_secs(settles.unsigned_abs())))
        {
            self.settles = self.settles.max(Some(until));
        }
        let read = self.steps[id].to_read() && !self.goes_on_in_lanes(id);
        out.say(
            Tone::Good,
            if read { t!("walk-watch-read-then-enter", words = words) } else { format!("✔ {words}") },
        );
        if takes_back.is_none() {
            self.lead_on(id, out);
        }
        if let Some(first) = takes_back {
            self.take_back_step(first, &t!("walk-watch-by-step", step = step), out);
        } else if self.current == id
            && !read
            && let Some(next) = self.next_open(id)
        {
            self.enter(next, out);
        }
    }

    /// Whether another element of the same step comes next: what each of them wrote stays beside it.
    fn goes_on_in_lanes(&self, id: StepId) -> bool {
        self.next_open(id).is_some_and(|next| self.siblings(id).contains(&next))
    }

    /// What an earlier step made and this one ended on purpose is not watched any more: either its operation says so, or the
    /// earlier proof does not hold any more since this one changed the same object.
    fn retire(&mut self, by: StepId, plan: &str, cx: &Cx<'_>, out: &mut Out) {
        let Some((target, op)) = self.steps[by].ran().map(|p| (p.target.clone(), p.op.clone())) else {
            return;
        };
        // Scripts on one machine have nothing in common but the machine.
        if target.kind == Kind::Machine {
            return;
        }
        let name = self.tree[by].name.clone();
        for id in self.tree.ids().filter(|id| *id != by) {
            let state = &self.steps[id];
            let Some(earlier) = state.ran().filter(|p| p.target == target) else { continue };
            let Some(proof) = state.proof().filter(|p| p.holds) else { continue };
            let meant = crate::op::ends(&op, &earlier.op);
            let earlier = proof.plan.clone();
            if (meant || self.proof(id, cx.world, cx.now) != Outcome::True)
                && self.steps[id].ended_by(&t!("walk-script-step", step = name))
            {
                out.record(What::Over { plan: earlier, by: plan.to_owned() });
            }
        }
    }

    /// What the cluster did not show in time is red, with what was seen last. It is told and recorded once.
    fn overdue(&mut self, cx: &Cx<'_>, out: &mut Out) {
        for id in self.tree.ids() {
            let state = &self.steps[id];
            let over = self.deadline(id).is_some_and(|until| cx.now > until);
            // What holds already came in time; it only has to stay.
            if !over || state.late().is_some() || state.holds_since.is_some() {
                continue;
            }
            let seen = self.seen(id, cx.world, cx.now);
            let step = self.tree[id].name.clone();
            let title = self.title(id, &self.lang);
            out.say(Tone::Bad, t!("walk-watch-late", title = title, seen = seen));
            self.steps[id].out_of_time(&seen);
            out.record(What::Overdue { step, words: seen });
        }
    }

    /// Whether that a proof does not hold may pass: what an operation moved begins anew, and the time for that is not over.
    fn is_settling(&mut self, id: StepId, now: Timestamp) -> bool {
        let moving = self.settles.is_some_and(|until| now < until);
        if !counts(&self.steps[id]) || (!moving && self.steps[id].short_since.is_none()) {
            return false;
        }
        let since = *self.steps[id].short_since.get_or_insert(now);
        let over = now.as_second() - since.as_second() >= crate::op::SETTLES;
        !over
    }

    /// A proof that no longer holds is told once. What another plan took back is told by that one.
    fn regress(&mut self, cx: &Cx<'_>, out: &mut Out) {
        // What runs now may take an earlier step back on purpose.
        if cx.busy || self.tree.ids().any(|id| self.steps[id].under_way()) {
            return;
        }
        for id in self.tree.ids() {
            // Of a way back that failed nothing is told by the proof of what it was to take back.
            let watched = matches!(self.steps[id].change(), Some(Change::Proved | Change::Regressed));
            let Some(proof) = self.steps[id].proof().filter(|_| watched && !self.steps[id].back()).cloned()
            else {
                continue;
            };
            let now = match self.proof(id, cx.world, cx.now) {
                Outcome::False if !self.read_for(id, cx.world) => continue,
                // What a drain moved begins anew elsewhere: that it is short is told where it stays so, however many drains follow.
                Outcome::False if self.is_settling(id, cx.now) => continue,
                Outcome::False => false,
                Outcome::True => true,
                Outcome::Unknown(_) => continue,
            };
            if now == proof.holds {
                if self.steps[id].short_since.is_some() {
                    self.steps[id].short_since = None;
                }
                continue;
            }
            let title = self.title(id, &self.lang).to_owned();
            self.steps[id].short_since = None;
            if now {
                self.steps[id].shown(&proof.plan, t!("walk-watch-holds-again"));
                out.record(What::Proved {
                    plan: proof.plan,
                    words: t!("walk-watch-title-holds-again", title = title),
                });
                out.say(Tone::Good, format!("✔ {}", t!("walk-watch-title-holds-again", title = title)));
            } else if let Some(by) = cx.session.taken_back_by(&proof.plan) {
                let title = cx.session.plans.get(&by).map_or_else(|| by.clone(), |p| p.title.clone());
                self.take_back_step(id, &title, out);
            } else {
                self.steps[id].not_shown();
                let words = t!("walk-watch-regressed", title = title);
                out.record(What::Regressed { plan: proof.plan, words: words.clone() });
                out.say(Tone::Bad, words);
            }
        }
    }
}
