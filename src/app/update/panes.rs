//! The screen of a runbook: which of its panes a key is for. What a step does stands in `runbook` and `walk`.

use super::{details, explore, logs, mend, params, runbook, walk};
use crate::action::Action;
use crate::app::screens::Screen;
use crate::app::{App, Effect, cursor, layout, texts};
use crate::lang::t;
use crate::live::Tone;

/// A pane that was enlarged has its place again.
pub(in crate::app) fn back(app: &mut App, _: &mut Vec<Effect>) -> bool {
    let Screen::Runbook(screen) = app.screen_mut() else { return false };
    std::mem::take(&mut screen.zoom)
}

pub(in crate::app) fn act(app: &mut App, action: Action, effects: &mut Vec<Effect>) {
    let panes = app.run.as_ref().map_or(2, layout::panes);
    let Screen::Runbook(screen) = app.screen_mut() else { return };
    match action {
        Action::NextPane => runbook::focus(screen, (screen.pane + 1) % panes),
        Action::PreviousPane => runbook::focus(screen, (screen.pane + panes - 1) % panes),
        Action::Zoom => screen.zoom = !screen.zoom,
        Action::RunStep | Action::Open => runbook::run_step(app, effects),
        Action::NextStep => runbook::browse(app, 1),
        Action::PreviousStep => runbook::browse(app, -1),
        Action::SkipStep => walk::skip(app),
        Action::TakeBack => mend::take_back(app, effects),
        Action::Parameters => params::key(app),
        Action::Preview => details::preview(app),
        Action::Blocks => details::blocks(app),
        Action::Cancel => super::running::cancel(app, effects),
        Action::Board => super::board::open(app),
        Action::Describe | Action::Yaml | Action::Logs | Action::Events => look(app, action, effects),
        Action::Up if screen.pane == 0 => runbook::browse(app, -1),
        Action::Down if screen.pane == 0 => runbook::browse(app, 1),
        other => scroll(app, other),
    }
}

/// Looks at the object under the cursor of a live pane.
fn look(app: &mut App, action: Action, effects: &mut Vec<Effect>) {
    let Some(key) = cursor::object(app) else {
        return app.say(Tone::Plain, t!("app-update-actions-no-object"));
    };
    match action {
        Action::Yaml => details::yaml(app, key, effects),
        Action::Logs => logs::open(app, key, false, effects),
        Action::Events => explore::events(app, key),
        _ => explore::describe(app, key),
    }
}

/// Moves the text that has the keyboard, whichever it is.
fn scroll(app: &mut App, action: Action) {
    let height = texts::area(app).map_or(0, |area| usize::from(area.height));
    if cursor::act(app, action, height) {
        return;
    }
    let Some(reading) = texts::reading(app) else { return };
    // A log that followed its end is read from where it is.
    if let Some(scroll) = texts::scroll(app) {
        scroll.top = reading.top;
        scroll.act(action, reading.rows.len(), reading.height);
    }
    if action == Action::Bottom {
        follow_again(app);
    }
}

/// At its end the log of a pane follows again.
fn follow_again(app: &mut App) {
    let Screen::Runbook(screen) = app.screen() else { return };
    let pane = screen.pane;
    let Some(run) = app.run.as_ref().filter(|_| pane > 1) else { return };
    if let Some(Ok(crate::live::Pane::Logs(what))) = run.panes(run.current).into_iter().nth(pane - 2)
        && let Some(logs) = app.pane_logs.iter_mut().find(|logs| logs.what == what)
    {
        logs.follow = true;
    }
}
