//! `opsbook rehearse`: plays a runbook against its practice scenario, from the injected fault to the proof. It
//! presses the keys an operator would press; nothing is skipped that can be done, and what is skipped is said.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use super::args::Global;
use super::run::{Outcome, runtime};
use super::tui::{options, setup};
use crate::action::Action;
use crate::app::overlay::{Chosen, Overlay};
use crate::app::run::{Judgement, Status};
use crate::app::{App, Msg};
use crate::corpus::Corpus;
use crate::domain::{Key, KeyCode};
use crate::keymap::Keymap;
use crate::practice::{FaultTime, Pace};
use crate::record::Ending;
use crate::runbook::model::StepKind;
use crate::runtime::{Headless, Opened, Places, Target, open};

/// How one step ended.
#[derive(Clone, Debug)]
struct StepEnd {
    step: String,
    kind: String,
    ending: String,
    words: String,
}

/// How one runbook ended.
#[derive(Clone, Debug)]
struct Played {
    runbook: String,
    scenario: String,
    proved: bool,
    why: String,
    steps: Vec<StepEnd>,
}

/// Plays one runbook or all that have a scenario; 0 only when all reached their proof.
pub fn rehearse(folders: &[PathBuf], id: Option<&str>, json: bool, seconds: u64) -> Outcome {
    let corpus = Corpus::load(folders);
    let chosen: Vec<_> = match id {
        Some(id) => {
            vec![Arc::clone(&corpus.get(id).ok_or_else(|| format!("there is no runbook {id}"))?.runbook)]
        }
        None => corpus.entries().map(|e| Arc::clone(&e.runbook)).filter(|b| b.scenario.is_some()).collect(),
    };
    let runtime = runtime()?;
    let mut all = Vec::new();
    let mut out = std::io::stdout().lock();
    for book in chosen {
        let Some(scenario) = &book.scenario else {
            return Err(format!("{} names no practice scenario, so it cannot be rehearsed", book.id).into());
        };
        let played = runtime.block_on(play(&book.id, &scenario.id, folders, Duration::from_secs(seconds)));
        if !json {
            print(&played, &mut out)?;
        }
        all.push(played);
    }
    if json {
        let rows: Vec<_> = all
            .iter()
            .map(|p| {
                let steps: Vec<_> = p
                    .steps
                    .iter()
                    .map(|s| json!({"step": s.step, "kind": s.kind, "ending": s.ending, "words": s.words}))
                    .collect();
                json!({"runbook": p.runbook, "scenario": p.scenario, "proved": p.proved, "why": p.why, "steps": steps})
            })
            .collect();
        writeln!(out, "{}", json!({ "rehearsals": rows }))?;
    }
    runtime.shutdown_background();
    Ok(u8::from(!all.iter().all(|p| p.proved)))
}

fn print(played: &Played, out: &mut dyn Write) -> std::io::Result<()> {
    let mark = if played.proved { '✔' } else { '✖' };
    writeln!(out, "{mark} {} on {}: {}", played.runbook, played.scenario, played.why)?;
    for s in &played.steps {
        writeln!(out, "    {:<16} {:<9} {:<9} {}", s.step, s.kind, s.ending, s.words)?;
    }
    out.flush()
}

async fn play(id: &str, scenario: &str, folders: &[PathBuf], patience: Duration) -> Played {
    let mut played = Played {
        runbook: id.to_owned(),
        scenario: scenario.to_owned(),
        proved: false,
        why: String::new(),
        steps: Vec::new(),
    };
    let target = Target::Practice { scenario: scenario.to_owned(), fault: FaultTime::Held, pace: Pace::Fast };
    let opened = match open(&target).await {
        Ok(opened) => opened,
        Err(e) => {
            played.why = e.to_string();
            return played;
        }
    };
    let places = temporary();
    let global = Global { runbooks: folders.to_vec(), ..Global::default() };
    let ended = tokio::time::timeout(patience, act(&mut played, &global, &places, opened)).await;
    match ended {
        Ok(Ok(())) => {}
        Ok(Err(why)) => played.why = why,
        Err(_) => played.why = format!("not proved within {} s; {}", patience.as_secs(), played.why),
    }
    let _ = std::fs::remove_dir_all(&places.state);
    played
}

/// A rehearsal leaves nothing in the user's folders.
pub fn temporary() -> Places {
    let own = std::env::temp_dir().join(format!("opsbook-rehearsal-{}", std::process::id()));
    Places { config: own.join("config"), state: own.clone(), cache: own.join("cache") }
}

async fn act(played: &mut Played, global: &Global, places: &Places, opened: Opened) -> Result<(), String> {
    let practice = opened.practice.clone().ok_or("a rehearsal needs the practice cluster")?;
    let app =
        App::new((160, 50), Arc::new(Keymap::built_in()), options(global, &opened, "en"), opened.clock.now());
    let setup = setup(global, places, opened, None, "en".to_owned());
    let mut ui = Headless::start(app, setup);
    let long = Duration::from_mins(10);
    ui.until(long, |app| {
        !app.books.is_empty() && app.world.sync.iter().all(|s| *s == crate::domain::SyncState::Live)
    })
    .await;
    if let Some(found) = ui.app.world.findings.first() {
        return Err(format!("a finding before the fault: {}", found.title));
    }
    practice.inject().await.map_err(|e| e.to_string())?;
    let id = played.runbook.clone();
    played.why = "the fault was injected and no detector pointed here yet".to_owned();
    let points =
        |app: &App| app.world.findings.first().is_some_and(|f| f.runbooks.iter().any(|l| l.id == id));
    ui.until(long, points).await;
    played.why = "the finding was there".to_owned();
    // From the home screen, as an operator would: enter on the finding on top.
    ui.tell(Msg::Do(Action::Open));
    if ui.app.run.as_ref().is_none_or(|r| r.book.id != id) {
        return Err("enter on the finding opened another runbook".to_owned());
    }
    walk(&mut ui, played).await?;
    let proved =
        ui.app.run.as_ref().is_some_and(|r| {
            matches!(r.steps.last().map(|s| &s.status), Some(Status::Ended(Ending::Proved, _)))
        });
    let left: Vec<_> = ui
        .app
        .world
        .findings
        .iter()
        .filter(|f| f.runbooks.iter().any(|l| l.id == id))
        .map(|f| f.title.clone())
        .collect();
    played.proved = proved && left.is_empty();
    played.why = if played.proved {
        "every step ended and the detector is quiet".to_owned()
    } else if proved {
        format!("the last step was proved, but still found: {}", left.join(", "))
    } else {
        "the last step was not proved".to_owned()
    };
    ui.stop().await;
    Ok(())
}

/// Presses enter through the steps until the last one has ended.
async fn walk(ui: &mut Headless, played: &mut Played) -> Result<(), String> {
    let mut pressed: Option<(usize, u32)> = None;
    loop {
        collect(ui, played);
        let Some(run) = &ui.app.run else { return Err("the runbook was left".to_owned()) };
        if run.finished() {
            return Ok(());
        }
        let at = run.current;
        let judged = run.judge(at, &ui.app.world, ui.app.now);
        let step = &run.book.steps[at];
        let name = step.name.clone();
        let status = run.steps[at].status.clone();
        played.why = format!("at step {name}: {judged:?}");
        match (&status, &judged) {
            (Status::Running(_) | Status::Proving { .. }, _) => {
                change(ui, at, &status).await;
                continue;
            }
            (Status::Failed(why), _) => return Err(format!("step {name} failed: {why}")),
            (_, Judgement::Operate(_)) => {
                let ready = |app: &App| {
                    let step = app.run.as_ref().and_then(|r| r.steps.get(at));
                    step.is_some_and(|s| s.preview.is_some() || matches!(s.plan, Some(Err(_))))
                };
                ui.until(Duration::from_secs(20), ready).await;
            }
            (_, Judgement::No { way: None, .. } | Judgement::Unknown(_))
                if matches!(step.kind, StepKind::Wait(_) | StepKind::Check(_) | StepKind::Action(_)) =>
            {
                // It turns by itself, or the rehearsal's time runs out.
                ui.until(Duration::from_secs(2), |app| {
                    app.run.as_ref().is_none_or(|r| {
                        !matches!(
                            r.judge(at, &app.world, app.now),
                            Judgement::No { way: None, .. } | Judgement::Unknown(_)
                        )
                    })
                })
                .await;
                continue;
            }
            _ => {}
        }
        let again = match pressed {
            Some((step, n)) if step == at => n + 1,
            _ => 1,
        };
        if again > 20 {
            let said = ui.app.status.as_ref().map(|s| s.text.clone()).unwrap_or_default();
            return Err(format!("step {name} does not move on: {said}"));
        }
        pressed = Some((at, again));
        ui.tell(Msg::Do(Action::RunStep));
        answer(ui);
        ui.until(Duration::from_millis(50), |_| false).await;
    }
}

async fn change(ui: &mut Headless, at: usize, status: &Status) {
    let before = status.clone();
    ui.until(Duration::from_secs(5), |app| {
        app.run.as_ref().is_none_or(|r| r.current != at || r.steps[at].status != before)
    })
    .await;
}

/// Answers what lies over the screen as a careful operator would.
fn answer(ui: &mut Headless) {
    for _ in 0..8 {
        match ui.app.overlays.last() {
            None => return,
            Some(Overlay::Confirm(c)) => {
                if let Some(open) = c.plan.questions.iter().position(|q| !c.accepted.contains(&q.key)) {
                    for _ in c.question..open {
                        ui.tell(Msg::Do(Action::Down));
                    }
                    ui.tell(Msg::Do(Action::Accept));
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
            Some(Overlay::Message { .. }) => ui.tell(Msg::Do(Action::Back)),
        }
    }
}

/// How each step stands now.
fn collect(ui: &Headless, played: &mut Played) {
    let Some(run) = &ui.app.run else { return };
    let row = |(step, state): (&crate::runbook::model::Step, &crate::app::run::StepRun)| {
        let (ending, words) = match &state.status {
            Status::Ended(Ending::Proved, words) => ("proved", words.clone()),
            Status::Ended(Ending::Recorded, words) => ("recorded", words.clone()),
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
    played.steps = run.book.steps.iter().zip(&run.steps).map(row).collect();
}
