//! Proofs: a step whose plan was applied is done when the cluster shows it, and red again when it no longer does.
//!
//! Must not take a change that a later step made on purpose for a regression.

use crate::app::App;
use crate::app::run::{Proof, Run, Status, StepRun, TAKEN_BACK};
use crate::domain::Kind;
use crate::live::Tone;
use crate::op::Plan;
use crate::record::{Ending, What};
use crate::runbook::cond::Outcome;

/// Steps whose plan was applied: the cluster must show it, for as long as the step asks.
pub(super) fn prove(run: &mut Run, app: &mut App, records: &mut Vec<What>) {
    for index in 0..run.steps.len() {
        let Status::Proving { plan, look, .. } = run.steps[index].status.clone() else { continue };
        // What was heard before it ended shows nothing of it.
        let about = run.steps[index].ran.as_ref().map_or(Kind::Pod, |made| made.target.kind);
        if !app.world.heard_since(look, &[about, Kind::Pod]) {
            continue;
        }
        // What is polled is known as of its reading only: what holds for a while is seen by a second one.
        let as_of = app.world.polled().map_or(app.now, |(read, _)| read.min(app.now));
        let outcome = run.proof(index, &app.world, app.now);
        let stable = if run.steps[index].back { 0 } else { run.proof_stable(index).as_secs().cast_signed() };
        let state = &mut run.steps[index];
        if outcome != Outcome::True {
            state.holds_since = None;
            continue;
        }
        let since = *state.holds_since.get_or_insert(as_of);
        if as_of.as_second() - since.as_second() < stable {
            continue;
        }
        let came = |plan: &Plan| crate::op::shown(plan, &app.world).unwrap_or_else(|| plan.proof.clone());
        let words = state.ran.as_ref().map_or_else(|| "proved".to_owned(), came);
        let late = if state.late.take().is_some() { " (after its time)" } else { "" };
        let words = format!("{words}{late}");
        state.holds_since = None;
        records.push(What::Proved { plan: plan.clone(), words: words.clone() });
        if state.back {
            taken_back(run, app, index, &words, records);
        } else {
            done(run, app, index, Proof { plan, holds: true }, &words, records);
        }
    }
}

/// The step is done, and its proof is watched from now on.
fn done(run: &mut Run, app: &mut App, index: usize, proof: Proof, words: &str, records: &mut Vec<What>) {
    let state = &mut run.steps[index];
    state.status = Status::Ended(Ending::Proved, words.to_owned());
    state.proof = Some(proof);
    let takes_back = state.back_of.take();
    let step = run.book.steps[index].name.clone();
    records.push(What::StepEnded { step: step.clone(), ending: Ending::Proved, words: words.to_owned() });
    retire(run, app, index);
    app.say(Tone::Good, format!("✔ {words}"));
    if let Some(first) = takes_back.filter(|i| *i < run.steps.len()) {
        taken_back(run, app, first, &format!("by step {step}"), records);
    } else if run.current == index
        && let Some(next) = run.next_open(index)
    {
        super::runbook::enter(run, next, records);
    }
}

/// The way back of a step was gone: the step is open again, and says so.
fn taken_back(run: &mut Run, app: &mut App, index: usize, words: &str, records: &mut Vec<What>) {
    let words = format!("{TAKEN_BACK}: {words}");
    run.steps[index].reopen();
    run.steps[index].status = Status::Failed(words.clone());
    let step = run.book.steps[index].name.clone();
    app.say(Tone::Warn, format!("✔ {words}; enter runs the step again, s skips it"));
    records.push(What::Reopened { step: step.clone(), words });
    run.current = index;
    records.push(What::Step { step });
}

/// What an earlier step proved and this one took back on purpose is no longer watched: it changed the same object, and
/// the earlier proof does not hold any more.
fn retire(run: &mut Run, app: &App, by: usize) {
    let Some(target) = run.steps[by].ran.as_ref().map(|p| p.target.clone()) else { return };
    // Scripts on one machine have nothing in common but the machine.
    if target.kind == Kind::Machine {
        return;
    }
    for index in (0..run.steps.len()).filter(|i| *i != by) {
        let same = run.steps[index].ran.as_ref().is_some_and(|p| p.target == target);
        let watched = run.steps[index].proof.as_ref().is_some_and(|p| p.holds);
        if same && watched && run.proof(index, &app.world, app.now) != Outcome::True {
            run.steps[index].proof = None;
        }
    }
}

/// A proof that no longer holds is told once. What another plan took back is no longer watched.
pub(super) fn regress(run: &mut Run, app: &mut App, records: &mut Vec<What>) {
    // What runs now may take an earlier step back on purpose.
    let busy = |s: &StepRun| matches!(s.status, Status::Running(_) | Status::Proving { .. });
    if run.steps.iter().any(busy) || app.busy() {
        return;
    }
    for index in 0..run.steps.len() {
        let Some(Proof { plan, holds }) = run.steps[index].proof.clone() else { continue };
        let title = run.book.steps[index].title.clone();
        let now = match run.proof(index, &app.world, app.now) {
            Outcome::False if !run.read_for(index, &app.world) => continue,
            Outcome::False => false,
            Outcome::True => true,
            Outcome::Unknown(_) => continue,
        };
        if now == holds {
            continue;
        }
        if !now && app.session.state.was_taken_back(&plan) {
            run.steps[index].proof = None;
            continue;
        }
        run.steps[index].proof = Some(Proof { plan: plan.clone(), holds: now });
        if now {
            records.push(What::Proved { plan, words: format!("{title}: holds again") });
            app.say(Tone::Good, format!("✔ {title}: holds again"));
        } else {
            let words = format!("{title}: the proof no longer holds");
            records.push(What::Regressed { plan, words: words.clone() });
            app.say(Tone::Bad, words);
        }
    }
}
