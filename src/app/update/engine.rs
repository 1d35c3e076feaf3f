//! The step engine: on every new picture it makes the plan of the present step anew, watches waits and proofs (`Walk::look`), and records what became true.
//!
//! Must not run a plan that was not approved, and must not move the operator to another screen.

use crate::app::overlay::Overlay;
use crate::app::{App, Effect};
use crate::domain::{Kind, Risk};
use crate::lang::t;
use crate::live::Tone;
use crate::op::{Change, Lock, Plan, Preview, Progress, Refusal, Turn, Work};
use crate::record::What;
use crate::walk::{Cx, Judgement, Out, StepId, Walk};

/// So many times what the steps say is looked at for one message: each time more of what was approved is begun.
const LOOKS: usize = 100;

/// Looks at every walk on the present picture, until nothing follows from it any more.
pub(super) fn look_if_due(app: &mut App, effects: &mut Vec<Effect>) {
    for _ in 0..LOOKS {
        if !std::mem::take(&mut app.look_due) {
            return;
        }
        prove_tasks(app, effects);
        app.each_walk(effects, look);
        super::each::ask_anew_when_read(app);
    }
}

/// Looks at one walk.
fn look(app: &mut App, effects: &mut Vec<Effect>) {
    let Some(mut run) = app.run.take() else { return };
    if run.begun {
        run.arrange();
    }
    let mut out = Out::default();
    let cx = cx(app);
    // What was not begun is in no record yet.
    if run.begun {
        run.look(&cx, &mut out);
    }
    super::script::check(&mut run, app, effects);
    plan(&mut run, app, effects);
    run.reading = super::each::reading(&run, app);
    let ask = run.missing().is_empty() && super::lock::closed(app).is_none();
    let rights = if ask { run.to_review(&app.world) } else { Vec::new() };
    if !rights.is_empty() {
        effects.push(Effect::Review(rights));
    }
    let tools = if run.missing().is_empty() { run.to_find() } else { Vec::new() };
    if !tools.is_empty() {
        effects.push(Effect::FindTools(tools));
    }
    if !app.background {
        super::details::pane_tables(&run, app);
    }
    app.run = Some(run);
    take(app, out, effects);
    super::each::go_on(app, effects);
    super::retry::go_on(app, effects);
}

/// The moment, for a walk.
fn cx(app: &App) -> Cx<'_> {
    Cx { world: &app.world, now: app.now, session: &app.session.state, busy: app.busy() }
}

/// Does something to the open walk, and what it wants said and recorded.
pub(super) fn in_walk<T>(
    app: &mut App,
    effects: &mut Vec<Effect>,
    act: impl FnOnce(&mut Walk, &Cx<'_>, &mut Out) -> T,
) -> Option<T> {
    let mut walk = app.run.take()?;
    let mut out = Out::default();
    let came = act(&mut walk, &cx(app), &mut out);
    app.run = Some(walk);
    take(app, out, effects);
    Some(came)
}

/// Says and records what happened in a walk. Of what is said at one moment the worst stands in the line, and of several as
/// bad the first: what follows from it is told by the steps.
fn take(app: &mut App, out: Out, effects: &mut Vec<Effect>) {
    let weight = |tone: &Tone| match tone {
        Tone::Bad => 0,
        Tone::Warn => 1,
        Tone::Good => 2,
        _ => 3,
    };
    if let Some((tone, words)) = out.said.into_iter().min_by_key(|(tone, _)| weight(tone)) {
        app.say(tone, words);
    }
    for id in out.cancel {
        let Some(task) = app.tasks.get_mut(id).filter(|t| t.ended.is_none()) else { continue };
        task.cancelling = true;
        effects.push(Effect::Cancel(id));
    }
    if !out.records.is_empty() {
        effects.push(Effect::Record(out.records));
    }
}

/// Plans that ran outside of a runbook are proved too: by what their operation asks of the cluster. What keeps one from
/// that stands in its task, and is said once where it will not pass by itself.
fn prove_tasks(app: &mut App, effects: &mut Vec<Effect>) {
    let world = app.world.clone();
    let (mut proved, mut shown, mut said) = (Vec::new(), Vec::new(), None);
    for task in app.tasks.all.iter_mut().filter(|t| t.step.is_none() && t.change == Change::Proving) {
        // What was heard before it ended shows nothing of it.
        let heard = world.heard_since(task.look, &[task.plan_made.target.kind, Kind::Pod]);
        let (Some(plan), true) = (task.plan.clone(), heard) else { continue };
        let Some(op) = crate::op::find(&task.plan_made.op) else { continue };
        match op.progress(&task.plan_made, &world) {
            Progress::Fulfilled(words) => {
                let shows = task.plan_made.shows();
                task.change = task.change.on(if shows { Turn::Shown } else { Turn::Done });
                // What is over with its task was said with its end.
                if !matches!(task.plan_made.work, Work::Exec(_) | Work::Forward(_)) {
                    task.line.clone_from(&words);
                    said = Some((Tone::Good, format!("✔ {words}")));
                }
                shown.push((plan.clone(), task.title.clone()));
                proved.push(if shows { What::Proved { plan, words } } else { What::Done { plan, words } });
            }
            Progress::Stuck(words) => {
                // The words alternate while the kubelet tries again.
                if !std::mem::replace(&mut task.stuck, true) {
                    said = Some((Tone::Bad, format!("{}: {words}", task.title)));
                }
                task.line = words;
            }
            Progress::Pending(words) => task.line = words,
        }
    }
    if let Some((tone, words)) = said {
        app.say(tone, words);
    }
    if !proved.is_empty() {
        effects.push(Effect::Record(proved));
    }
    for (plan, title) in shown {
        // What it takes back may be a step's: then that is as if the step had been taken back by its own key.
        let undone = app.session.state.plans.get(&plan).and_then(|p| p.undoes.clone());
        if let Some(undone) = undone {
            app.each_walk(effects, |app, effects| {
                in_walk(app, effects, |walk, _, out| walk.change_taken_back(&undone, &title, out));
            });
        }
    }
}

/// Makes the plans anew that may run next, and asks for each one's preview once: that of the present step, and of those
/// that were approved together or whose next attempt is due.
fn plan(run: &mut Walk, app: &App, effects: &mut Vec<Effect>) {
    for index in run.tree.ids() {
        if index == run.current || run.steps[index].approved.is_some() || run.attempt_due(index, app.now) {
            plan_step(run, index, app, effects);
        }
    }
}

/// The plan of a step as the cluster is now; none where it does not lead to an operation.
pub(super) fn plan_of(run: &Walk, index: StepId, app: &App) -> Option<Result<Plan, Refusal>> {
    let peer = run.wants_peer(index);
    if let Some(made) = run.script_plan(index, &app.world, &app.session.state.id) {
        return Some(made.map(|plan| Plan { peer, ..plan }));
    }
    if let Some(plan) = run.hand_plan(index) {
        return Some(Ok(plan));
    }
    let call = run.call(index)?;
    let declared = run.tree[index].kind.risk();
    Some(match run.inputs(index, call) {
        Ok(inputs) => {
            let made = crate::op::plan(&call.op, &app.world, &inputs);
            made.map(|p| Plan { peer, ..raise(p, declared, &app.options.lock) })
        }
        Err(what) => Err(Refusal::Guard { what, instead: t!("app-update-engine-no-value").to_owned() }),
    })
}

fn plan_step(run: &mut Walk, index: StepId, app: &App, effects: &mut Vec<Effect>) {
    let Judgement::Operate = run.judge(index, &app.world, app.now) else {
        run.steps[index].plan = None;
        return;
    };
    let state = &run.steps[index];
    if state.under_way() || state.status().ended() {
        return;
    }
    let Some(made) = plan_of(run, index, app) else { return };
    let shut = super::lock::closed(app).is_some();
    let step = &mut run.steps[index];
    // Rights and dry runs are requests to change something: a program that only reads sends none.
    if let Ok(plan) = &made
        && !shut
    {
        let digest = plan.digest();
        // Of a drain only the cordon is dry-run, and that stays: an answer is not thrown away with each pod that comes or goes.
        let covered = matches!((&step.plan, &step.asked), (Some(Ok(before)), Some(_))
            if matches!(plan.work, Work::Drain { .. }) && before.beyond(plan).is_none());
        if step.asked.as_ref() != Some(&digest) && !covered {
            step.asked = Some(digest);
            step.preview = None;
            effects.push(Effect::Preview(Box::new(plan.clone())));
        }
    }
    step.plan = Some(made);
}

/// A runbook may ask for more care than the operation does, never for less; so may the context.
fn raise(mut plan: Plan, declared: Risk, lock: &Lock) -> Plan {
    plan.risk = lock.risk(plan.risk.max(declared));
    plan
}

/// A preview came: it belongs to the plan with its digest, in the step or in the confirmation.
pub(super) fn previewed(app: &mut App, preview: &Preview) {
    if let Some(Overlay::Confirm(confirm)) = app.overlays.last_mut()
        && confirm.plan.digest() == preview.digest
    {
        confirm.preview = Some(preview.clone());
    }
    for step in app.walks_mut().flat_map(|walk| walk.steps.iter_mut()) {
        let fits = matches!(step.plan, Some(Ok(_))) && step.asked.as_ref() == Some(&preview.digest);
        if fits {
            step.preview = Some(preview.clone());
        }
    }
}
