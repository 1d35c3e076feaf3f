//! Waits that go on in the background: how one is given up.
//!
//! Must not end what is late: it stays watched (`walk::watch`), and says so when it comes true.

use crate::app::overlay::{Input, Overlay, Purpose};
use crate::app::screens::{Screen, TaskList};
use crate::app::{App, Effect};
use crate::lang::t;

/// Gives up the wait that is looked at, in the runbook or in the list of tasks: it is skipped, with a reason. Nothing was
/// sent for it, so nothing is left behind. False when no wait is looked at.
pub(super) fn give_up(app: &mut App, effects: &mut Vec<Effect>) -> bool {
    let waits = app.waits();
    let found = match app.screen() {
        Screen::Runbook(_) => app.run.as_ref().map(|r| (r.number, r.current)).filter(|i| waits.contains(i)),
        Screen::Tasks(TaskList { list }) => {
            list.selected.checked_sub(app.tasks.all.len()).and_then(|at| waits.get(at).copied())
        }
        _ => None,
    };
    let Some((walk, index)) = found else { return false };
    app.bring_to_front(walk, effects);
    app.overlays.push(Overlay::Input(Input {
        purpose: Purpose::Skip(index),
        prompt: t!("app-update-waits-why").to_owned(),
        text: String::new(),
        error: None,
        hidden: false,
    }));
    true
}
