//! `opsbook picture`: a picture of a screen, drawn by the program itself on the practice cluster.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use super::args::Global;
use super::exit::Asked;
use super::out::Printer;
use super::rehearse::temporary;
use super::run::{Outcome, runtime};
use super::tui::{options, read_themes, setup};
use crate::action::Action;
use crate::app::overlay::Chosen;
use crate::app::{App, overlay::Overlay};
use crate::keymap::Keymap;
use crate::lang::{list, t};
use crate::practice::{FaultTime, Pace, Scenario};
use crate::runtime::{Headless, Target, open};
use crate::theme::Depth;
use crate::view;

/// What can be drawn.
const SCREENS: [&str; 3] = ["triage", "library", "runbook"];

/// Prints the picture of `triage`, `runbook` or `library` as SVG.
pub fn picture(global: &Global, screen: &str, size: (u16, u16)) -> Outcome {
    if !SCREENS.contains(&screen) {
        let known = list(SCREENS);
        return Err(Asked(t!("cli-picture-absent", screen = screen, known = known)).into());
    }
    let places = temporary()?;
    let (themes, _) = read_themes(&places.config);
    let theme = themes.theme(global.theme.as_deref().unwrap_or("dark"), Depth::True)?;
    let drawn = runtime()?.block_on(async {
        let target = Target::Practice {
            scenario: Arc::new(Scenario::load("node-not-ready").map_err(|e| e.to_string())?),
            fault: FaultTime::Past,
            pace: Pace::Real,
        };
        let opened = open(&target).await.map_err(|e| e.to_string())?;
        let lang = global.language();
        let app = App::new(
            size,
            Arc::new(Keymap::built_in()),
            options(global, &opened, &lang, (&[], &[])),
            opened.clock.now(),
        );
        let mut ui = Headless::start(app, setup(global, &places, opened, None, lang));
        let patience = Duration::from_secs(20);
        ui.until(patience, |a| {
            !a.books.is_empty()
                && a.world.sync.iter().all(|s| *s == crate::domain::SyncState::Live)
                && a.world.findings.first().is_some_and(|f| !f.runbooks.is_empty())
                && !a.world.info.version.is_empty()
        })
        .await;
        match screen {
            "library" => {
                ui.act(Action::Search);
                for c in "kubelet stopped posting".chars() {
                    ui.press(crate::domain::Key::char(c));
                }
                ui.until(patience, |a| a.search.answered == a.search.generation && !a.search.hits.is_empty())
                    .await;
            }
            "runbook" => to_drain(&mut ui).await,
            _ => {}
        }
        let mut cells = view::render(&ui.app, &theme);
        view::mask(&mut cells, &ui.runner().recorder().vault().secrets());
        let drawn = view::svg(&cells, &format!("opsbook: {screen}"));
        ui.stop().await;
        Ok::<_, String>(drawn)
    });
    let _ = std::fs::remove_dir_all(places.root());
    write!(Printer::answers(), "{}", drawn?)?;
    Ok(0)
}

/// Walks the runbook to the drain with its plan and preview.
async fn to_drain(ui: &mut Headless) {
    ui.act(Action::Open);
    for _ in 0..40 {
        let at_drain = |a: &App| {
            a.run
                .as_ref()
                .and_then(|r| r.step())
                .is_some_and(|(s, state)| s.name == "drain" && state.preview.is_some())
        };
        if at_drain(&ui.app) {
            return;
        }
        if !matches!(ui.app.run.as_ref().and_then(|r| r.step()), Some((s, _)) if s.name == "drain") {
            ui.act(Action::RunStep);
        }
        if matches!(ui.app.overlays.last(), Some(Overlay::Choose(c)) if c.rows.iter().any(|(_, r)| matches!(r, Chosen::Case { .. })))
        {
            ui.act(Action::Open);
        }
        ui.until(Duration::from_millis(300), at_drain).await;
    }
}
