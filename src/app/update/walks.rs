//! Several walks at once: the key that goes from one to the other.
//!
//! Must not end or begin any of them: what goes on behind is `App::each_walk`.

use super::runbook::show;
use crate::app::overlay::{Choose, Chosen, Overlay};
use crate::app::screens::{RunbookScreen, Screen};
use crate::app::{App, Effect};
use crate::lang::t;
use crate::live::Tone;
use crate::walk::Walk;

/// Looks at a walk, from wherever the operator is.
pub(super) fn go_to(app: &mut App, number: u32, effects: &mut Vec<Effect>) {
    if app.bring_to_front(number, effects) {
        show(app);
        // It is another runbook, whatever its step is numbered.
        if let Screen::Runbook(screen) = app.screen_mut() {
            *screen =
                RunbookScreen { pane: screen.pane.min(1), zoom: screen.zoom, ..RunbookScreen::default() };
        }
        app.look_due = true;
    }
}

/// The key: the other walk where there are two, else a choice of all of them.
pub(super) fn key(app: &mut App, effects: &mut Vec<Effect>) {
    let here = matches!(app.screen(), Screen::Runbook(_));
    let front = app.run.as_ref().map(|walk| walk.number).filter(|_| here);
    let others: Vec<_> = app.walks().filter(|walk| Some(walk.number) != front).collect();
    match others[..] {
        [] => app.say(Tone::Plain, t!("app-update-walks-none")),
        [other] => {
            let number = other.number;
            go_to(app, number, effects);
        }
        _ => {
            let rows = others.iter().map(|walk| (walk_words(app, walk), Chosen::Walk(walk.number))).collect();
            app.overlays.push(Overlay::Choose(Choose::new(t!("app-update-walks-title"), rows)));
        }
    }
}

/// A walk in one line: where it stands, and on what.
pub(super) fn walk_words(app: &App, walk: &Walk) -> String {
    let lang = &app.options.lang;
    let (done, all) = walk.progress();
    let values = walk.shown_params().into_values().collect::<Vec<_>>().join(" ");
    let step = walk.title(walk.current, lang);
    t!(
        "app-update-walks-line",
        runbook = walk.book.title_in(lang),
        values = values,
        done = done,
        all = all,
        step = step
    )
}
