//! What moves within a confirmation or a message: scrolling, the way from question to question, acceptance. What
//! a drawn frame showed counts as seen, and only what was seen can be accepted.

use crate::action::Action;
use crate::app::App;
use crate::app::dialog::{self, Dialog, Part};
use crate::app::layout::Position;
use crate::app::overlay::{Confirm, Overlay};
use crate::lang::t;

/// The confirmation on top, with how it is laid out.
fn topmost(app: &mut App) -> Option<(Dialog, &mut Confirm)> {
    let laid_out = match app.overlays.last()? {
        Overlay::Confirm(c) => dialog::confirm(app, c),
        _ => return None,
    };
    match app.overlays.last_mut()? {
        Overlay::Confirm(c) => Some((laid_out, c)),
        _ => None,
    }
}

/// An action on a confirmation that neither answers nor leaves it.
pub(super) fn confirm(app: &mut App, action: Action) {
    let Some((dialog, c)) = topmost(app) else { return };
    match action {
        Action::NextQuestion => turn(c, &dialog, 1),
        Action::PreviousQuestion => turn(c, &dialog, -1),
        Action::Accept => accept(c, &dialog),
        // Enter opens a question; another key answers it.
        Action::Open if !c.types() => c.refused = Some(t!("app-update-dialog-press-y").to_owned()),
        other => {
            c.scroll.act(other, dialog.rows.len(), dialog.height());
        }
    }
}

/// Goes to another question or the field, round and round. A question is brought in sight: of a long one the
/// beginning.
fn turn(c: &mut Confirm, dialog: &Dialog, by: isize) {
    let count = c.places() as isize;
    if count == 0 {
        return;
    }
    c.question = (c.question as isize + by).rem_euclid(count) as usize;
    let rows: Vec<usize> = dialog.of_question(c.question).collect();
    for row in [rows.last(), rows.first()].into_iter().flatten() {
        c.scroll.top = dialog.reach(c.scroll.top, *row);
    }
}

/// Accepts the present question, or takes that back. One that was not in sight is shown first.
fn accept(c: &mut Confirm, dialog: &Dialog) {
    let Some(question) = c.plan.questions.get(c.question) else { return };
    if let Some(row) = c.seen.unseen_question(dialog, c.question) {
        c.refused = Some(t!("app-update-dialog-read-first").to_owned());
        c.scroll.top = row;
        return;
    }
    let key = question.key.clone();
    if !c.accepted.remove(&key) {
        c.accepted.insert(key);
    }
    c.refused = None;
}

/// Refuses a yes while a danger was not in sight, and goes on to where it stands. False when all were.
pub(super) fn not_seen(app: &mut App) -> bool {
    let Some((dialog, c)) = topmost(app) else { return false };
    let unseen = c.seen.unseen_dangers(&dialog);
    let Some(first) = unseen.first() else { return false };
    c.refused = Some(t!("app-update-dialog-not-seen", lines = unseen.len()));
    c.scroll.top = *first;
    true
}

/// An action on a message.
pub(super) fn message(app: &mut App, action: Action) {
    let Some(Overlay::Message(m)) = app.overlays.last() else { return };
    let dialog = dialog::message(app, m);
    if let Some(Overlay::Message(m)) = app.overlays.last_mut() {
        m.scroll.act(action, dialog.rows.len(), dialog.height());
    }
}

/// A click: on a question it goes there, beside a message it closes it.
pub(super) fn click(app: &mut App, at: Position) {
    if let Some(Overlay::Message(m)) = app.overlays.last() {
        if !dialog::message(app, m).layout.area.contains(at) {
            app.overlays.pop();
        }
        return;
    }
    let Some((dialog, c)) = topmost(app) else { return };
    if !dialog.layout.body.contains(at) {
        return;
    }
    let row = dialog.top(c.scroll.top) + usize::from(at.y - dialog.layout.body.y);
    if let Some(Part::Question(number)) = dialog.rows.get(row).map(|line| line.part) {
        c.question = number;
    }
}

/// A frame showed the confirmation on top: what was in sight then was seen.
pub(super) fn look(app: &mut App) {
    if let Some((dialog, c)) = topmost(app) {
        let top = c.scroll.top;
        c.seen.look(&dialog, top);
    }
}

/// Keeps the position within the rows.
pub(super) fn settle(app: &mut App) {
    if let Some((dialog, c)) = topmost(app) {
        c.scroll.top = dialog.top(c.scroll.top);
        return;
    }
    let Some(Overlay::Message(m)) = app.overlays.last() else { return };
    let dialog = dialog::message(app, m);
    if let Some(Overlay::Message(m)) = app.overlays.last_mut() {
        m.scroll.top = dialog.top(m.scroll.top);
    }
}
