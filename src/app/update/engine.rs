//! The step engine: on every new picture it makes the plan of the present step anew, watches proofs, waits
//! and regressions, and records what became true.

use crate::app::overlay::Overlay;
use crate::app::run::{Judgement, Proof, Run, Status};
use crate::app::{App, Effect};
use crate::domain::Risk;
use crate::op::{Plan, Preview};
use crate::record::{Ending, What};
use crate::runbook::cond::Outcome;
use crate::runbook::model::StepKind;

/// Looks at the open runbook on the present picture.
pub(super) fn look(app: &mut App, effects: &mut Vec<Effect>) {
    prove_tasks(app, effects);
    let Some(mut run) = app.run.take() else { return };
    let mut records = Vec::new();
    watch_waits(&mut run, app);
    end_wait(&mut run, app, &mut records);
    prove(&mut run, app, &mut records);
    regress(&mut run, app, &mut records);
    plan(&mut run, app, effects);
    super::details::pane_logs(&run, app, effects);
    super::details::pane_tables(&run, app);
    if !records.is_empty() {
        effects.push(Effect::Record(records));
    }
    app.run = Some(run);
}

/// Plans that ran outside of a runbook are proved too: by what their operation asks of the cluster.
fn prove_tasks(app: &mut App, effects: &mut Vec<Effect>) {
    let world = app.world.clone();
    let mut proved = Vec::new();
    for task in app.tasks.all.iter_mut().filter(|t| t.step.is_none() && !t.proved) {
        let applied = matches!(task.ended, Some((crate::record::RunEnd::Applied, _, _)));
        let (Some(plan), true) = (task.plan.clone(), applied) else { continue };
        let progress = crate::op::find(&task.plan_made.op).map(|op| op.progress(&task.plan_made, &world));
        if let Some(crate::op::Progress::Fulfilled(words)) = progress {
            task.proved = true;
            proved.push(What::Proved { plan, words });
        }
    }
    if let Some(What::Proved { words, .. }) = proved.last() {
        app.say(crate::live::Tone::Good, format!("✔ {words}"));
    }
    if !proved.is_empty() {
        effects.push(Effect::Record(proved));
    }
}

/// Since when the condition of the present wait holds.
fn watch_waits(run: &mut Run, app: &App) {
    let index = run.current;
    let Some(StepKind::Wait(wait)) = run.book.steps.get(index).map(|s| &s.kind) else { return };
    let outcome = run.test(&wait.until, &app.world, app.now);
    let state = &mut run.steps[index];
    state.began.get_or_insert(app.now);
    match outcome {
        Outcome::True => {
            state.holds_since.get_or_insert(app.now);
        }
        Outcome::False | Outcome::Unknown(_) => state.holds_since = None,
    }
}

/// A wait that leads to no operation ends by itself.
fn end_wait(run: &mut Run, app: &mut App, records: &mut Vec<What>) {
    let index = run.current;
    let Some(StepKind::Wait(wait)) = run.book.steps.get(index).map(|s| &s.kind) else { return };
    if wait.then.is_some() || run.steps[index].status.ended() {
        return;
    }
    let Judgement::Go { words, .. } = run.judge(index, &app.world, app.now) else { return };
    let step = run.book.steps[index].name.clone();
    run.steps[index].status = Status::Ended(Ending::Proved, words.clone());
    records.push(What::StepEnded { step, ending: Ending::Proved, words: words.clone() });
    app.say(crate::live::Tone::Good, format!("✔ {words}"));
    if let Some(next) = run.next_open(index) {
        super::runbook::enter(run, next, records);
    }
}

/// Steps whose plan was applied: the cluster must show it, for as long as the step asks.
fn prove(run: &mut Run, app: &mut App, records: &mut Vec<What>) {
    for index in 0..run.steps.len() {
        let Status::Proving { plan, .. } = run.steps[index].status.clone() else { continue };
        let outcome = run.proof(index, &app.world, app.now);
        let stable = run.proof_stable(index).as_secs() as i64;
        let state = &mut run.steps[index];
        if outcome != Outcome::True {
            state.holds_since = None;
            continue;
        }
        let since = *state.holds_since.get_or_insert(app.now);
        if app.now.as_second() - since.as_second() < stable {
            continue;
        }
        let words = state.ran.as_ref().map_or_else(|| "proved".to_owned(), |p| p.proof.clone());
        state.status = Status::Ended(Ending::Proved, words.clone());
        state.proof = Some(Proof { plan: plan.clone(), holds: true });
        state.holds_since = None;
        let step = run.book.steps[index].name.clone();
        records.push(What::Proved { plan, words: words.clone() });
        records.push(What::StepEnded { step, ending: Ending::Proved, words: words.clone() });
        app.say(crate::live::Tone::Good, format!("✔ {words}"));
        if run.current == index
            && let Some(next) = run.next_open(index)
        {
            super::runbook::enter(run, next, records);
        }
    }
}

/// A proof that no longer holds is told once; later steps may take an earlier one back on purpose, so only
/// the proof of the latest applied step is watched.
fn regress(run: &mut Run, app: &mut App, records: &mut Vec<What>) {
    // What runs now may take an earlier step back on purpose.
    let busy = |s: &crate::app::run::StepRun| matches!(s.status, Status::Running(_) | Status::Proving { .. });
    if run.steps.iter().any(busy) || app.busy() {
        return;
    }
    let latest = (0..run.steps.len()).rev().find(|i| run.steps[*i].proof.is_some());
    let Some(index) = latest else { return };
    let outcome = run.proof(index, &app.world, app.now);
    let title = run.book.steps[index].title.clone();
    let Some(proof) = &mut run.steps[index].proof else { return };
    match outcome {
        Outcome::False if proof.holds => {
            proof.holds = false;
            let words = format!("{title}: the proof no longer holds");
            records.push(What::Regressed { plan: proof.plan.clone(), words: words.clone() });
            app.say(crate::live::Tone::Bad, words);
        }
        Outcome::True if !proof.holds => {
            proof.holds = true;
            records.push(What::Proved { plan: proof.plan.clone(), words: format!("{title}: holds again") });
        }
        _ => {}
    }
}

/// Makes the plan of the present step anew, and asks for its preview once per plan.
fn plan(run: &mut Run, app: &App, effects: &mut Vec<Effect>) {
    let index = run.current;
    let Judgement::Operate(call) = run.judge(index, &app.world, app.now) else {
        if let Some(step) = run.steps.get_mut(index) {
            step.plan = None;
        }
        return;
    };
    if matches!(run.steps[index].status, Status::Running(_) | Status::Proving { .. } | Status::Ended(..)) {
        return;
    }
    let declared = run.book.steps[index].kind.risk();
    let made = match run.inputs(&call) {
        Ok(inputs) => crate::op::plan(&call.op, &app.world, &inputs).map(|p| raise(p, declared)),
        Err(what) => Err(crate::op::Refusal::Guard { what, instead: "give it a value first".to_owned() }),
    };
    let step = &mut run.steps[index];
    if let Ok(plan) = &made {
        let digest = plan.digest();
        if step.asked.as_ref() != Some(&digest) {
            step.asked = Some(digest);
            step.preview = None;
            effects.push(Effect::Preview(Box::new(plan.clone())));
        }
    }
    step.plan = Some(made);
}

/// A runbook may ask for more care than the operation does, never for less.
fn raise(mut plan: Plan, declared: Risk) -> Plan {
    plan.risk = plan.risk.max(declared);
    plan
}

/// A preview came: it belongs to the plan with its digest, in the step or in the confirmation.
pub(super) fn previewed(app: &mut App, preview: &Preview) {
    if let Some(Overlay::Confirm(confirm)) = app.overlays.last_mut()
        && confirm.plan.digest() == preview.digest
    {
        confirm.preview = Some(preview.clone());
    }
    let Some(run) = &mut app.run else { return };
    for step in &mut run.steps {
        let fits = matches!(&step.plan, Some(Ok(plan)) if plan.digest() == preview.digest);
        if fits {
            step.preview = Some(preview.clone());
        }
    }
}
