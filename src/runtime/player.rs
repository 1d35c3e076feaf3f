//! Presses the keys of an operator who walks a runbook, until its last step has ended: for rehearsals on the
//! practice cluster and on a real one. It decides nothing that an operator would not: what cannot be done is
//! skipped, and the steps say so.

use std::time::Duration;

use super::Headless;
use crate::action::Action;
use crate::app::overlay::{Chosen, Overlay};
use crate::app::run::{Judgement, Status};
use crate::app::{App, Msg};
use crate::cluster::write::STALE;
use crate::domain::{Key, KeyCode};
use crate::record::Ending;
use crate::runbook::model::{Step, StepKind};

/// So many presses without a move are a step that does not move on.
const MOST_PRESSES: u32 = 20;
/// So many answers to what lies over the screen, pages of a long confirmation among them.
const MOST_ANSWERS: usize = 64;

/// How one step ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepEnd {
    pub step: String,
    pub kind: String,
    pub ending: String,
    pub words: String,
}

/// What the player tells on its way.
pub enum Told<'a> {
    /// Before each turn: the state, and in words where it is. A rehearsal that runs out of time says it.
    At { app: &'a App, why: String },
    /// A manual step is about to be called done: now is the time to do in the world what it asks for.
    ByHand(&'a str),
}

/// Walks the runbook that is open.
pub struct Player<'a> {
    ui: &'a mut Headless,
    pressed: Option<(usize, u32)>,
}

impl<'a> Player<'a> {
    pub fn new(ui: &'a mut Headless) -> Player<'a> {
        Player { ui, pressed: None }
    }

    /// Presses enter through the steps until the last one has ended.
    pub async fn walk(&mut self, mut tell: impl FnMut(Told<'_>)) -> Result<(), String> {
        loop {
            tell(Told::At { app: &self.ui.app, why: self.place() });
            let Some(run) = &self.ui.app.run else { return Err("the runbook was left".to_owned()) };
            if run.finished() {
                return Ok(());
            }
            let at = run.current;
            let judged = run.judge(at, &self.ui.app.world, self.ui.app.now);
            let (name, status) = (run.book.steps[at].name.clone(), run.steps[at].status.clone());
            let turns = turns_by_itself(&run.book.steps[at], &judged);
            let again = run.steps[at].retry_at.is_some();
            match &status {
                Status::Failed(_) if again => {
                    self.change(at, &status).await;
                    continue;
                }
                Status::Running(_) | Status::Proving { .. } => {
                    self.change(at, &status).await;
                    continue;
                }
                // The object moved between the yes and the request, so nothing was sent: a careful operator
                // looks at the new plan and runs it.
                Status::Failed(why) if why.contains(STALE) => {}
                Status::Failed(why) => return Err(format!("step {name} failed: {why}")),
                _ => {}
            }
            if turns {
                // Or the rehearsal's time runs out.
                self.turn(at).await;
                continue;
            }
            match judged {
                Judgement::Operate => self.preview(at).await,
                Judgement::ByHand if self.pressed.is_none_or(|(step, _)| step != at) => {
                    tell(Told::ByHand(&name));
                }
                _ => {}
            }
            self.press(at, &name)?;
            self.ui.until(Duration::from_millis(50), |_| false).await;
        }
    }

    fn place(&self) -> String {
        let Some(run) = &self.ui.app.run else { return "the runbook was left".to_owned() };
        let judged = run.judge(run.current, &self.ui.app.world, self.ui.app.now);
        let name = run.book.steps.get(run.current).map(|s| s.name.as_str()).unwrap_or_default();
        format!("at step {name}: {judged:?}")
    }

    /// Presses enter on the step and answers what comes.
    fn press(&mut self, at: usize, name: &str) -> Result<(), String> {
        let again = match self.pressed {
            Some((step, n)) if step == at => n + 1,
            _ => 1,
        };
        if again > MOST_PRESSES {
            let said = self.ui.app.status.as_ref().map(|s| s.text.clone()).unwrap_or_default();
            return Err(format!("step {name} does not move on: {said}"));
        }
        self.pressed = Some((at, again));
        self.ui.tell(Msg::Do(Action::RunStep));
        answer(self.ui);
        Ok(())
    }

    /// Waits for the plan and the server's dry run of an action.
    async fn preview(&mut self, at: usize) {
        let ready = |app: &App| {
            let step = app.run.as_ref().and_then(|r| r.steps.get(at));
            step.is_some_and(|s| s.preview.is_some() || matches!(s.plan, Some(Err(_))))
        };
        self.ui.until(Duration::from_secs(20), ready).await;
    }

    async fn turn(&mut self, at: usize) {
        let turned = |app: &App| {
            app.run.as_ref().is_none_or(|r| {
                !matches!(
                    r.judge(at, &app.world, app.now),
                    Judgement::No { way: None, .. } | Judgement::Unknown(_)
                )
            })
        };
        self.ui.until(Duration::from_secs(2), turned).await;
    }

    async fn change(&mut self, at: usize, before: &Status) {
        let moved =
            |app: &App| app.run.as_ref().is_none_or(|r| r.current != at || r.steps[at].status != *before);
        self.ui.until(Duration::from_secs(5), moved).await;
    }
}

/// Whether only the cluster can make this step go on.
fn turns_by_itself(step: &Step, judged: &Judgement) -> bool {
    matches!(judged, Judgement::No { way: None, .. } | Judgement::Unknown(_))
        && matches!(
            step.kind,
            StepKind::Wait(_) | StepKind::Check(_) | StepKind::Action(_) | StepKind::Shell(_)
        )
}

/// Answers what lies over the screen as a careful operator would.
fn answer(ui: &mut Headless) {
    for _ in 0..MOST_ANSWERS {
        match ui.app.overlays.last() {
            None => return,
            Some(Overlay::Confirm(c)) => {
                if let Some(open) = c.plan.questions.iter().position(|q| !c.accepted.contains(&q.key)) {
                    let turn = if open == c.question { Action::Accept } else { Action::NextQuestion };
                    ui.tell(Msg::Do(turn));
                } else {
                    ui.tell(Msg::Do(Action::Yes));
                }
            }
            Some(Overlay::Choose(c)) => {
                // What a rehearsal cannot do (a host) is skipped and said; else the first row.
                let skip = c
                    .rows
                    .iter()
                    .position(|(_, chosen)| matches!(chosen, Chosen::Outside { done: false, .. }));
                for _ in 0..skip.unwrap_or(0) {
                    ui.tell(Msg::Do(Action::Down));
                }
                ui.tell(Msg::Do(Action::Open));
            }
            Some(Overlay::Input(_)) => {
                for c in "rehearsal".chars() {
                    ui.tell(Msg::Key(Key::char(c)));
                }
                ui.tell(Msg::Key(Key::plain(KeyCode::Enter)));
            }
            Some(Overlay::Message(_)) => ui.tell(Msg::Do(Action::Back)),
        }
    }
}

/// How each step of the open runbook stands now.
pub fn step_ends(app: &App) -> Vec<StepEnd> {
    let Some(run) = &app.run else { return Vec::new() };
    let row = |(step, state): (&Step, &crate::app::run::StepRun)| {
        let (ending, words) = match &state.status {
            Status::Ended(Ending::Proved, words) => ("proved", words.clone()),
            Status::Ended(Ending::Recorded, words) => ("recorded", words.clone()),
            Status::Ended(Ending::Stopped, words) => ("stopped", words.clone()),
            Status::Ended(Ending::Skipped, words) => ("skipped", words.clone()),
            Status::Failed(words) => ("failed", words.clone()),
            Status::Unknown(words) => ("unknown", words.clone()),
            Status::Running(_) => ("running", String::new()),
            Status::Proving { .. } => ("proving", String::new()),
            Status::Todo => ("open", String::new()),
        };
        StepEnd {
            step: step.name.clone(),
            kind: step.kind.word().to_owned(),
            ending: ending.to_owned(),
            words,
        }
    };
    run.book.steps.iter().zip(&run.steps).map(row).collect()
}
