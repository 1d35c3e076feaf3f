//! `opsbook rehearse`: plays a runbook against its practice scenario, from the injected fault to the proof. It
//! presses the keys an operator would press; nothing is skipped that can be done, and what is skipped is said.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use serde_json::json;

use super::args::Global;
use super::out::{Printer, json as as_json, padded};
use super::run::{Outcome, runtime};
use super::tui::{options, setup};
use crate::action::Action;
use crate::app::App;
use crate::corpus::scenario;
use crate::domain::one_row;
use crate::keymap::Keymap;
use crate::lang::{self, list, t};
use crate::practice::{FaultTime, Pace, Scenario};
use crate::record::Ending;
use crate::runtime::{Headless, Opened, Places, Player, Setup, StepEnd, Target, Told, open, step_ends};
use crate::trust;
use crate::walk::Status;

/// How one runbook ended.
#[derive(Clone, Debug)]
struct Played {
    runbook: String,
    scenario: String,
    proved: bool,
    why: String,
    steps: Vec<StepEnd>,
}

/// What to rehearse.
#[derive(Clone, Copy, Debug)]
pub struct Rehearse<'a> {
    /// One runbook; every one that has a scenario, when absent.
    pub id: Option<&'a str>,
    /// Another scenario than the runbook's own, by its id or file.
    pub scenario: Option<&'a str>,
    pub json: bool,
    /// How long one runbook may take.
    pub patience: Duration,
    /// So many are played at the same time.
    pub jobs: usize,
}

/// Plays one runbook or all that have a scenario; 0 only when all reached their proof.
pub fn rehearse(folders: &[PathBuf], trust: &trust::Places, what: &Rehearse<'_>) -> Outcome {
    let corpus = trust::load(folders, trust).corpus;
    let chosen: Vec<_> = match what.id {
        Some(id) => vec![Arc::clone(&corpus.named(id)?.runbook)],
        None => corpus.entries().map(|e| Arc::clone(&e.runbook)).filter(|b| b.scenario.is_some()).collect(),
    };
    let mut pairs = Vec::new();
    for book in chosen {
        let Some(name) = what.scenario.or(book.scenario.as_ref().map(|s| s.id.as_str())) else {
            return Err(t!("cli-rehearse-no-scenario", id = book.id).into());
        };
        pairs.push((book.id.clone(), scenario(name, folders)?));
    }
    let runtime = runtime()?;
    let mut all = Vec::new();
    let mut out = Printer::answers();
    runtime.block_on(async {
        // Each has a cluster and a folder of its own, and mostly waits. They are told in the order of their ids.
        let plays = pairs.into_iter().map(|(id, scenario)| async move {
            Box::pin(play(&id, scenario, (folders, trust), what.patience)).await
        });
        let mut plays = futures::stream::iter(plays).buffered(what.jobs.max(1));
        while let Some(played) = plays.next().await {
            if !what.json {
                print(&played, &mut out)?;
            }
            all.push(played);
        }
        Ok::<_, std::io::Error>(())
    })?;
    if what.json {
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
        writeln!(out, "{}", as_json(&json!({ "rehearsals": rows })))?;
    }
    runtime.shutdown_background();
    Ok(u8::from(!all.iter().all(|p| p.proved)))
}

fn print(played: &Played, out: &mut Printer<'_>) -> std::io::Result<()> {
    let mark = if played.proved { '✔' } else { '✖' };
    let row = t!(
        "cli-rehearse-row",
        mark = mark,
        runbook = one_row(&played.runbook),
        scenario = one_row(&played.scenario),
        why = one_row(&played.why)
    );
    writeln!(out, "{row}")?;
    for s in &played.steps {
        let (step, kind) = (padded(&one_row(&s.step), 16), padded(&s.kind_text, 9));
        writeln!(out, "    {step} {kind} {} {}", padded(ending(&s.ending), 9), one_row(&s.words))?;
    }
    out.flush()
}

/// How a step stands, for people.
fn ending(id: &str) -> &str {
    match id {
        "proved" => t!("cli-rehearse-ending-proved"),
        "recorded" => t!("cli-rehearse-ending-recorded"),
        "ran" => t!("cli-rehearse-ending-ran"),
        "stopped" => t!("cli-rehearse-ending-stopped"),
        "skipped" => t!("cli-rehearse-ending-skipped"),
        "failed" => t!("cli-rehearse-ending-failed"),
        "taken-back" => t!("cli-rehearse-ending-taken-back"),
        "unknown" => t!("cli-rehearse-ending-unknown"),
        "running" => t!("cli-rehearse-ending-running"),
        "proving" => t!("cli-rehearse-ending-proving"),
        "open" => t!("cli-rehearse-ending-open"),
        other => other,
    }
}

async fn play(
    id: &str,
    scenario: Scenario,
    (folders, trust): (&[PathBuf], &trust::Places),
    patience: Duration,
) -> Played {
    let mut played = Played {
        runbook: id.to_owned(),
        scenario: scenario.id.clone(),
        proved: false,
        why: String::new(),
        steps: Vec::new(),
    };
    let scenario = Arc::new(scenario);
    let target = Target::Practice { scenario, fault: FaultTime::Held, pace: Pace::Fast };
    let opened = match open(&target).await {
        Ok(opened) => opened,
        Err(e) => {
            played.why = e.to_string();
            return played;
        }
    };
    let places = match temporary() {
        Ok(places) => places,
        Err(e) => {
            played.why = t!("cli-rehearse-no-folder", why = e);
            return played;
        }
    };
    let global = Global { runbooks: folders.to_vec(), ..Global::default() };
    let ended =
        tokio::time::timeout(patience, Box::pin(act(&mut played, &global, (&places, trust), opened))).await;
    match ended {
        Ok(Ok(())) => {}
        Ok(Err(why)) => played.why = why,
        Err(_) => played.why = t!("cli-rehearse-late", seconds = patience.as_secs(), why = played.why),
    }
    let _ = std::fs::remove_dir_all(places.root());
    played
}

/// A rehearsal leaves nothing in the user's folders, and takes nothing from a folder that others could have made.
pub fn temporary() -> std::io::Result<Places> {
    Places::fresh("rehearsal")
}

async fn act(
    played: &mut Played,
    global: &Global,
    (places, trust): (&Places, &trust::Places),
    opened: Opened,
) -> Result<(), String> {
    let practice = opened.practice.clone().ok_or(t!("cli-rehearse-no-practice"))?;
    let script = practice.scenario().rehearsal.clone();
    let app = App::new(
        (160, 50),
        Arc::new(Keymap::built_in()),
        options(global, &opened, lang::current().id(), (&[], &[])),
        opened.clock.now(),
    );
    // What the user approved counts here too: a rehearsal runs scripts for real.
    let setup = Setup {
        trust: trust.clone(),
        ..setup(global, places, opened, None, lang::current().id().to_owned())
    };
    let mut ui = Headless::start(app, setup);
    let long = Duration::from_mins(10);
    ui.until(long, |app| {
        !app.books.is_empty() && app.world.sync.iter().all(|s| *s == crate::domain::SyncState::Live)
    })
    .await;
    if let Some(found) = ui.app.world.findings.first() {
        return Err(t!("cli-rehearse-early-finding", title = found.title));
    }
    practice.inject().await.map_err(|e| e.to_string())?;
    let id = played.runbook.clone();
    played.why = t!("cli-rehearse-injected").to_owned();
    let points =
        |app: &App| app.world.findings.first().is_some_and(|f| app.links(f).iter().any(|l| l.id == id));
    ui.until(long, points).await;
    played.why = t!("cli-rehearse-found").to_owned();
    // From the home screen, as an operator would: enter on the finding on top, or on one of its further runbooks.
    let finding = ui.app.world.findings.first().cloned();
    let at = finding.and_then(|f| ui.app.links(&f).iter().position(|l| l.id == id)).unwrap_or(0);
    // The cursor stays on what was found first, which was young, and perhaps is a symptom by now.
    ui.act(Action::Top);
    if at > 0 {
        ui.act(Action::NextPane);
    }
    for _ in 0..at {
        ui.act(Action::Down);
    }
    ui.act(Action::Open);
    if ui.app.run.as_ref().is_none_or(|r| r.book.id != id) {
        return Err(t!("cli-rehearse-other-runbook").to_owned());
    }
    let tell = |told: Told<'_>| match told {
        Told::At { app, why } => {
            played.why = why;
            played.steps = step_ends(app);
        }
        // The practice cluster does what a manual step asks for by itself.
        Told::ByHand(_) => {}
    };
    Player::new(&mut ui, script).walk(tell).await?;
    let proved = ui.app.run.as_ref().is_some_and(|r| {
        matches!(
            r.tree.ids().next_back().map(|id| r.steps[id].status()),
            Some(Status::Ended(Ending::Proved, _))
        )
    });
    let left: Vec<_> = ui
        .app
        .world
        .findings
        .iter()
        .filter(|f| ui.app.links(f).iter().any(|l| l.id == id))
        .map(|f| f.title.clone())
        .collect();
    played.proved = proved && left.is_empty();
    played.why = if played.proved {
        t!("cli-rehearse-proved").to_owned()
    } else if proved {
        t!("cli-rehearse-still-found", findings = list(left))
    } else {
        t!("cli-rehearse-unproved").to_owned()
    };
    ui.stop().await;
    Ok(())
}
