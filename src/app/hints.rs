//! The keys that are named below the screen: those that do something now, and what they do. Pure.
//!
//! Must not name a key that does nothing. A screen says itself which they are, by `hints` and `does`.

use super::overlay::{Confirm, Overlay};
use super::screens::Board;
use super::{App, Task, cursor, layout};
use crate::action::Action;
use crate::action::Action as A;
use crate::lang::t;
use crate::live::LogsOf;
use crate::op::{Approval, Refusal};
use crate::record::Ending;
use crate::runbook::model::{Step, StepKind};
use crate::walk::{Judgement, Status, StepRun, Walk};

/// An action with the words for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    pub action: Action,
    pub words: String,
}

/// The hints, the most used first, and those that stay when there is no room for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    pub first: Vec<Hint>,
    pub kept: Vec<Hint>,
}

/// The hints of what has the keyboard.
pub fn hints(app: &App) -> Hints {
    let plain = |actions: &[Action]| -> Vec<Hint> {
        actions.iter().map(|a| Hint { action: *a, words: a.short().to_owned() }).collect()
    };
    let searching = app.find.is_some() && !matches!(app.overlays.last(), Some(Overlay::Input(_)));
    if searching {
        let mut kept = plain(&[A::Back]);
        kept[0].words = t!("app-hints-ends-search").to_owned();
        return Hints { first: plain(&[A::FindNext, A::FindPrevious, A::PageDown, A::Copy]), kept };
    }
    match app.overlays.last() {
        Some(Overlay::Confirm(c)) => {
            let closed = app.options.lock.closed(app.now).is_some();
            Hints { first: plain(&confirm(c, closed)), kept: Vec::new() }
        }
        Some(Overlay::Choose(c)) => {
            let mut first = plain(if c.marks() { &[A::Mark, A::Open, A::Back] } else { &[A::Open, A::Back] });
            if let Some(open) = first.iter_mut().find(|h| h.action == A::Open) {
                open.words = t!("app-hints-choose").to_owned();
            }
            Hints { first, kept: Vec::new() }
        }
        Some(Overlay::Input(_)) => Hints { first: plain(&[A::Open, A::Back]), kept: Vec::new() },
        Some(Overlay::Message(_)) => {
            Hints { first: plain(&[A::PageDown, A::Find, A::Copy]), kept: plain(&[A::Back]) }
        }
        None => {
            let screen = app.screen().state();
            let kept = screen.kept();
            let does = |action: &&Action| screen.does(app, **action) && !kept.contains(*action);
            let mut first = plain(&screen.hints().iter().filter(does).copied().collect::<Vec<_>>());
            if let Some(at) = first.iter().position(|hint| hint.action == A::Operations) {
                let behind = first.split_off(at + 1);
                first.extend(plain(&app.keymap.operations(&app.contexts())));
                first.extend(behind);
            }
            if let Some(run) = &app.run {
                say_what(app, run, &mut first);
            }
            Hints { first, kept: plain(kept) }
        }
    }
}

/// Of keys that do something else on each step, what they do on this one.
fn say_what(app: &App, run: &Walk, hints: &mut [Hint]) {
    let decides = run.step().is_some_and(|(step, _)| matches!(step.kind, StepKind::Decision(_)));
    for hint in hints {
        match hint.action {
            A::RunStep => hint.words = enter(app, run).unwrap_or_default(),
            A::Preview if decides => hint.words = t!("app-hints-another-case").to_owned(),
            _ => {}
        }
    }
}

/// The actions to name in a confirmation.
fn confirm(c: &Confirm, closed: bool) -> Vec<Action> {
    if closed {
        return vec![A::Arm, A::Back, A::Preview, A::Down, A::PageDown];
    }
    let accept = (c.question < c.plan.questions.len()).then_some(A::Accept);
    let next = (c.places() > 1).then_some(A::NextQuestion);
    let rest = [A::Yes, A::Back, A::Preview, A::Down, A::PageDown, A::Copy];
    let choices = c.has_choices().then_some(A::Choices);
    accept.into_iter().chain(next).chain(rest).chain(choices).collect()
}

/// Whether an action does something on the present step of a runbook.
pub(super) fn in_runbook(app: &App, run: &Walk, action: Action) -> bool {
    let Some((step, state)) = run.step() else { return matches!(action, A::Parameters) };
    match action {
        A::RunStep => enter(app, run).is_some(),
        A::Preview => {
            !state.status().ended()
                && (matches!(state.plan, Some(Ok(_)))
                    || matches!(step.kind, StepKind::Decision(_)) && answered(app, run))
        }
        A::Blocks => blocked(app, run, state),
        A::SkipStep => !state.status().ended() && !matches!(state.status(), Status::Running(_)),
        A::Undo => !app.session.state.undo_list().is_empty(),
        A::TakeBack => can_be_taken_back(step, state),
        A::Cancel => can_be_stopped(app, run, step, state),
        A::NextStep => run.tree.after(run.current).next().is_some(),
        A::Parameters => !run.book.params.is_empty(),
        A::Board => Board::of(run).is_some(),
        A::Export => run.finished(),
        A::Describe | A::Yaml | A::Events => cursor::object(app).is_some(),
        A::Logs => cursor::object(app).is_some_and(|key| LogsOf::has(key.kind)),
        // Where only one pane is seen, there is nothing beside it.
        A::Zoom => app.size.0 >= layout::WIDE,
        _ => true,
    }
}

/// Whether the cluster answers the present step.
fn answered(app: &App, run: &Walk) -> bool {
    matches!(run.judge(run.current, &app.world, app.now), Judgement::Go { .. })
}

fn blocked(app: &App, run: &Walk, state: &StepRun) -> bool {
    if state.status().ended() {
        return false;
    }
    let objects = state.preview.as_ref().is_some_and(|p| !p.objections().is_empty());
    let refused = matches!(state.plan, Some(Err(_)));
    let judged = run.judge(run.current, &app.world, app.now);
    objects
        || refused
        || matches!(judged, Judgement::No { .. } | Judgement::Unknown(_) | Judgement::Refused(_))
        || matches!(state.status(), Status::Running(_))
}

fn can_be_taken_back(step: &Step, state: &StepRun) -> bool {
    use crate::runbook::model::Rollback;
    let way = step.kind.policy().and_then(|p| p.rollback.as_ref());
    let named = matches!(way, Some(Rollback::Op(_) | Rollback::Step { .. }));
    let done = match state.status() {
        Status::Running(_) | Status::Ended(Ending::Skipped | Ending::Stopped, _) => false,
        Status::Todo => state.ran().is_some(),
        _ => true,
    };
    named && done
}

fn can_be_stopped(app: &App, run: &Walk, step: &Step, state: &StepRun) -> bool {
    let own = |t: &Task| t.step.as_ref() == Some(&step.name) && t.walk == run.number;
    let runs = app.tasks.all.iter().any(|t| own(t) && t.ended.is_none());
    let checks = state.check.as_ref().is_some_and(|check| !check.held && check.said.is_none());
    let waits = matches!(step.kind, StepKind::Wait(_)) && state.began.is_some() && !state.status().ended();
    runs || state.retry_at.is_some() || checks || waits
}

/// What Enter does on the present step, in a word or two; none where it does nothing.
fn enter(app: &App, run: &Walk) -> Option<String> {
    let (step, state) = run.step()?;
    if !run.begun {
        return Some("begin".to_owned());
    }
    let late = || state.late().is_some().then(|| t!("app-hints-what-can-be-done").to_owned());
    match state.status() {
        Status::Running(task) => {
            let terminal = app.tasks.get(*task).is_some_and(|t| t.terminal.is_some());
            return terminal.then(|| t!("app-hints-its-terminal").to_owned());
        }
        Status::Proving { .. } => return late(),
        Status::Ended(..) if state.regressed() => return Some(t!("app-hints-what-can-be-done").to_owned()),
        Status::Ended(Ending::Stopped, _) => return None,
        Status::Ended(Ending::Skipped, _) => return Some(t!("app-hints-after-all-or-on").to_owned()),
        Status::Ended(..) if matches!(step.kind, StepKind::Decision(_)) => {
            return Some(t!("app-hints-answer-again-or-on").to_owned());
        }
        Status::Ended(..) if state.to_read() => return Some(t!("app-hints-seen-next").to_owned()),
        Status::Ended(..) => return Some("on".to_owned()),
        Status::Todo | Status::Failed(_) | Status::TakenBack(_) | Status::Unknown(_) => {}
    }
    let words = match run.judge(run.current, &app.world, app.now) {
        Judgement::Go { words, .. } => match &step.kind {
            StepKind::View(_) => t!("app-hints-seen-next").to_owned(),
            StepKind::Decision(_) => t!("app-hints-accept", words = words),
            _ => t!("app-hints-next").to_owned(),
        },
        Judgement::No { way: Some(_), .. } => t!("app-hints-where-it-leads").to_owned(),
        Judgement::Unknown(_) if matches!(step.kind, StepKind::Decision(_)) => {
            t!("app-hints-choose").to_owned()
        }
        Judgement::No { way: None, .. } | Judgement::Unknown(_) => return late(),
        Judgement::Ask { .. } => t!("app-hints-choose").to_owned(),
        Judgement::Operate => match &state.plan {
            Some(Ok(plan)) if plan.approval() == Approval::Enter => t!("app-hints-run").to_owned(),
            Some(Ok(_)) => t!("app-hints-show-plan").to_owned(),
            Some(Err(Refusal::AlreadySo(_))) => "accept".to_owned(),
            Some(Err(_)) | None => return None,
        },
        Judgement::ByHand => t!("app-hints-done").to_owned(),
        Judgement::NeedsHost => t!("app-hints-by-hand-or-skip").to_owned(),
        Judgement::NotNeeded(_) => t!("app-hints-next").to_owned(),
        Judgement::Refused(_) => return None,
    };
    Some(words)
}
