//! Presses the keys of an operator who walks a runbook, until its last step has ended: for rehearsals on the
//! practice cluster and on a real one. It decides nothing that an operator would not: what cannot be done is
//! skipped, and the steps say so.

mod answer;

use std::collections::BTreeSet;
use std::time::Duration;

use super::Headless;
use crate::action::Action;
use crate::app::App;
use crate::app::overlay::Overlay;
use crate::lang::{Language, t, within};
use crate::practice::{ExpectedRefusal, Rehearsal};
use crate::record::Ending;
use crate::runbook::model::{Step, StepKind};
use crate::walk::{Judgement, Status, StepId, Walk};

/// So many presses without a move are a step that does not move on.
const MOST_PRESSES: u32 = 20;

/// How one step ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepEnd {
    pub step: String,
    pub kind: String,
    /// The kind for people.
    pub kind_text: String,
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
    script: Rehearsal,
    pressed: Option<(StepId, u32)>,
    /// Steps whose refusal was seen, and steps that were taken back.
    tried: BTreeSet<String>,
}

impl<'a> Player<'a> {
    /// A player who answers as the script says, and else takes what comes first.
    pub fn new(ui: &'a mut Headless, script: Rehearsal) -> Player<'a> {
        Player { ui, script, pressed: None, tried: BTreeSet::new() }
    }

    /// Presses enter through the steps until the last one has ended.
    pub async fn walk(&mut self, mut tell: impl FnMut(Told<'_>)) -> Result<(), String> {
        self.give().await?;
        loop {
            tell(Told::At { app: &self.ui.app, why: self.place() });
            let Some(run) = &self.ui.app.run else { return Err(t!("runtime-player-left").to_owned()) };
            let name = run.tree[run.current].name.clone();
            if self.refused(&name).await? || self.take_back().await? {
                continue;
            }
            let Some(run) = &self.ui.app.run else { return Err(t!("runtime-player-left").to_owned()) };
            if run.finished() {
                return self.all_tried();
            }
            let at = run.current;
            let judged = run.judge(at, &self.ui.app.world, self.ui.app.now);
            let status = run.steps[at].status().clone();
            let turns = turns_by_itself(&run.tree[at], &judged);
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
                Status::Failed(_) if self.stale() => {}
                Status::Failed(why) => return Err(t!("runtime-player-failed", step = name, why = why)),
                _ => {}
            }
            if turns {
                // Or the rehearsal's time runs out.
                self.turn(at).await;
                continue;
            }
            match judged {
                Judgement::Operate => self.preview(at).await,
                // What a decision looks at may be on its way.
                Judgement::Unknown(_) => self.turn(at).await,
                Judgement::ByHand if self.pressed.is_none_or(|(step, _)| step != at) => {
                    tell(Told::ByHand(&name));
                }
                _ => {}
            }
            self.press(at, &name)?;
            self.ui.until(Duration::from_millis(50), |_| false).await;
        }
    }

    /// Whether the server refused the latest plan of the current step since its object was another one by then.
    fn stale(&self) -> bool {
        let Some(run) = &self.ui.app.run else { return false };
        self.ui.app.tasks.of_step(run.number, &run.tree[run.current].name).is_some_and(|task| task.stale)
    }

    fn place(&self) -> String {
        let Some(run) = &self.ui.app.run else { return t!("runtime-player-left").to_owned() };
        let judged = run.judge(run.current, &self.ui.app.world, self.ui.app.now);
        let name = run.tree[run.current].name.as_str();
        t!("runtime-player-at", step = name, judged = format!("{judged:?}"))
    }

    /// Presses enter on the step and answers what comes.
    fn press(&mut self, at: StepId, name: &str) -> Result<(), String> {
        let again = match self.pressed {
            Some((step, n)) if step == at => n + 1,
            _ => 1,
        };
        if again > MOST_PRESSES {
            let said = self.ui.app.status.as_ref().map(|s| s.text.clone()).unwrap_or_default();
            return Err(t!("runtime-player-stuck", step = name, said = said));
        }
        self.pressed = Some((at, again));
        self.ui.act(Action::RunStep);
        answer::answer(self.ui, &self.script);
        Ok(())
    }

    /// Waits for the plan and the server's dry run of an action.
    async fn preview(&mut self, at: StepId) {
        let ready = |app: &App| {
            let step = app.run.as_ref().map(|r| &r.steps[at]);
            step.is_some_and(|s| s.preview.is_some() || matches!(s.plan, Some(Err(_))))
        };
        self.ui.until(Duration::from_secs(20), ready).await;
    }

    /// Gives the parameters that the script has and the finding has not.
    async fn give(&mut self) -> Result<(), String> {
        for name in self.script.params.keys().cloned().collect::<Vec<_>>() {
            let given = |app: &App| app.run.as_ref().is_some_and(|r| r.begun && r.params.contains_key(&name));
            if given(&self.ui.app) {
                continue;
            }
            self.ui.act(Action::Parameters);
            answer::ask_for(self.ui, &name);
            // What it picks from may have to be read.
            let asked = |app: &App| !app.overlays.is_empty();
            self.ui.until(Duration::from_secs(20), asked).await;
            answer::answer(self.ui, &self.script);
            if !given(&self.ui.app) {
                return Err(t!("runtime-player-param", name = name));
            }
        }
        Ok(())
    }

    /// Tries the steps whose refusal is expected here, and comes back. True when something was tried.
    async fn refused(&mut self, here: &str) -> Result<bool, String> {
        let due = |r: &&ExpectedRefusal| r.at == here && !self.tried.contains(&r.step);
        let Some(wanted) = self.script.refused.iter().find(due).cloned() else { return Ok(false) };
        let current = |ui: &Headless| ui.app.run.as_ref().map(|r| r.current);
        let Some(back) = current(self.ui) else { return Ok(false) };
        let said = in_english(self.try_refused(&wanted.step)).await?;
        if !said.contains(&wanted.says) || !self.ui.app.overlays.is_empty() {
            return Err(t!(
                "runtime-player-not-refused",
                step = wanted.step,
                says = format!("{:?}", wanted.says),
                said = said
            ));
        }
        if let Some(run) = &self.ui.app.run {
            let here = run.tree[back].name.clone();
            self.look_at(&here)?;
        }
        self.tried.insert(wanted.step);
        Ok(true)
    }

    /// Tries a step, and gives back what is said of it.
    async fn try_refused(&mut self, step: &str) -> Result<String, String> {
        self.look_at(step)?;
        let at = self.ui.app.run.as_ref().map(|r| r.current);
        if let Some(at) = at {
            self.preview(at).await;
            self.ui.act(Action::RunStep);
        }
        Ok(self.ui.app.status.as_ref().map(|s| s.text.clone()).unwrap_or_default())
    }

    /// Takes the step back that was just proved, where the script wants it. True when it did.
    async fn take_back(&mut self) -> Result<bool, String> {
        let Some(run) = &self.ui.app.run else { return Ok(false) };
        let proved = |name: &&String| {
            let state = run.find(name).map(|i| run.steps[i].status());
            matches!(state, Some(Status::Ended(Ending::Proved | Ending::Ran, _)))
                && !self.tried.contains(*name)
        };
        let Some(name) = self.script.take_back.iter().find(proved).cloned() else { return Ok(false) };
        self.look_at(&name)?;
        self.ui.act(Action::TakeBack);
        let Some(at) = self.ui.app.run.as_ref().map(|r| r.current) else { return Ok(false) };
        let preview =
            |app: &App| !matches!(app.overlays.last(), Some(Overlay::Confirm(c)) if c.preview.is_none());
        self.ui.until(Duration::from_secs(20), preview).await;
        answer::answer(self.ui, &self.script);
        let open = |app: &App| {
            let was = |r: &Walk| matches!(r.steps[at].status(), Status::TakenBack(_));
            app.run.as_ref().is_none_or(was)
        };
        if !self.ui.until(Duration::from_secs(30), open).await {
            let said = self.ui.app.status.as_ref().map(|s| s.text.clone()).unwrap_or_default();
            return Err(t!("runtime-player-not-taken-back", step = name, said = said));
        }
        self.tried.insert(name);
        Ok(true)
    }

    /// What the script wanted tried must have been.
    fn all_tried(&self) -> Result<(), String> {
        let refused = self.script.refused.iter().map(|r| &r.step);
        match refused.chain(&self.script.take_back).find(|s| !self.tried.contains(*s)) {
            Some(step) => Err(t!("runtime-player-not-tried", step = step)),
            None => Ok(()),
        }
    }

    /// Goes to a step with the keys that look around.
    fn look_at(&mut self, name: &str) -> Result<(), String> {
        let place = |ui: &Headless, id: StepId| ui.app.run.as_ref().and_then(|r| r.tree.position(id));
        let wanted = self.ui.app.run.as_ref().and_then(|r| r.find(name));
        let wanted = wanted
            .and_then(|id| place(self.ui, id))
            .ok_or_else(|| t!("runtime-player-no-step", step = name))?;
        let count = self.ui.app.run.as_ref().map_or(0, |r| r.tree.len());
        for _ in 0..count {
            let at = self
                .ui
                .app
                .run
                .as_ref()
                .map(|r| r.current)
                .and_then(|id| place(self.ui, id))
                .unwrap_or(wanted);
            if at == wanted {
                break;
            }
            let key = if at < wanted { Action::NextStep } else { Action::PreviousStep };
            self.ui.act(key);
        }
        Ok(())
    }

    async fn turn(&mut self, at: StepId) {
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

    async fn change(&mut self, at: StepId, before: &Status) {
        let moved =
            |app: &App| app.run.as_ref().is_none_or(|r| r.current != at || *r.steps[at].status() != *before);
        self.ui.until(Duration::from_secs(5), moved).await;
    }
}

/// What a scenario expects to be said is written in English, whatever the program speaks.
async fn in_english<T>(work: impl Future<Output = T>) -> T {
    let mut work = std::pin::pin!(work);
    std::future::poll_fn(|cx| within(Language::English, || work.as_mut().poll(cx))).await
}

/// Whether only the cluster can make this step go on.
fn turns_by_itself(step: &Step, judged: &Judgement) -> bool {
    matches!(judged, Judgement::No { way: None, .. } | Judgement::Unknown(_))
        && matches!(
            step.kind,
            StepKind::Wait(_) | StepKind::Check(_) | StepKind::Action(_) | StepKind::Shell(_)
        )
}

/// How each step of the open runbook stands now.
pub fn step_ends(app: &App) -> Vec<StepEnd> {
    let Some(run) = &app.run else { return Vec::new() };
    let row = |(id, step): (StepId, &Step)| {
        let (ending, words) = match run.steps[id].status() {
            Status::Ended(Ending::Proved, words) => ("proved", words.clone()),
            Status::Ended(Ending::Recorded, words) => ("recorded", words.clone()),
            Status::Ended(Ending::Ran, words) => ("ran", words.clone()),
            Status::Ended(Ending::Stopped, words) => ("stopped", words.clone()),
            Status::Ended(Ending::Skipped, words) => ("skipped", words.clone()),
            Status::Failed(words) => ("failed", words.clone()),
            Status::TakenBack(words) => ("taken-back", words.clone()),
            Status::Unknown(words) => ("unknown", words.clone()),
            Status::Running(_) => ("running", String::new()),
            Status::Proving { .. } => ("proving", String::new()),
            Status::Todo => ("open", String::new()),
        };
        StepEnd {
            step: step.name.clone(),
            kind: step.kind.word().to_owned(),
            kind_text: step.kind.text().to_owned(),
            ending: ending.to_owned(),
            words,
        }
    };
    run.tree.steps().map(row).collect()
}
