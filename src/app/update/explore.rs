//! The explorer: tables of objects, and what can be done with the one under the cursor.

use super::{details, logs};
use crate::action::Action;
use crate::app::overlay::{Input, Overlay, Purpose};
use crate::app::screens::{Detail, DetailKind, Explorer, Screen};
use crate::app::{App, Effect, layout};
use crate::domain::{Kind, ObjectKey, RowKey};
use crate::lang::t;
use crate::live::{Filter, Tone};

/// Opens a table of a kind.
pub(crate) fn open(app: &mut App, kind: Kind, filter: Filter) {
    let explorer = Screen::Explorer(Box::new(Explorer::new(kind, filter)));
    if let Screen::Explorer(_) = app.screen() {
        *app.screen_mut() = explorer;
    } else {
        app.screens.push(explorer);
    }
}

pub(super) fn describe(app: &mut App, key: ObjectKey) {
    let id = app.fresh_id();
    let uid = app.world.identity(&key).map(|(uid, _)| uid.to_owned());
    let detail = Detail { uid, ..Detail::new(key, DetailKind::Describe, id) };
    app.screens.push(Screen::Detail(Box::new(detail)));
}

/// Describes the object that owns this one.
pub(super) fn owner(app: &mut App, key: &ObjectKey) {
    match crate::live::owner(&app.world, key) {
        Some(owner) => describe(app, owner),
        None => app.say(Tone::Plain, t!("app-update-explore-no-owner", key = key)),
    }
}

/// A table of the events about an object.
pub(super) fn events(app: &mut App, about: ObjectKey) {
    let filter = Filter { about: Some(about), ..Filter::default() };
    let explorer = Explorer::new(Kind::Event, filter);
    app.screens.push(Screen::Explorer(Box::new(explorer)));
}

pub(in crate::app) fn act(app: &mut App, action: Action, effects: &mut Vec<Effect>) {
    let height = usize::from(layout::frame(app).body.height.saturating_sub(3));
    let Screen::Explorer(explorer) = app.screen_mut() else { return };
    if explorer.list.act(action, explorer.table.len(), height) {
        explorer.pin();
        return;
    }
    match action {
        Action::Filter => {
            let text = explorer.table.filter.text.clone();
            let prompt = "/".to_owned();
            app.overlays.push(Overlay::Input(Input {
                purpose: Purpose::Filter,
                prompt,
                text,
                error: None,
                hidden: false,
            }));
            return;
        }
        Action::Wide => return explorer.wide = !explorer.wide,
        Action::AllNamespaces => {
            explorer.table.filter.namespaces = None;
            app.options.namespaces = None;
            return;
        }
        Action::Group if explorer.table.view().folds() => {
            explorer.table.grouped = !explorer.table.grouped;
            // A group that was opened is left again.
            explorer.table.filter.group = None;
            return;
        }
        Action::Warnings if explorer.kind() == Kind::Event => {
            explorer.table.filter.warnings = !explorer.table.filter.warnings;
            return;
        }
        Action::Open if opens(explorer) => return,
        Action::Sort => {
            let columns = explorer.table.view().meta().columns;
            let next = explorer.table.sort.column.map_or(0, |c| c + 1);
            explorer.table.sort.column = (next < columns.len()).then_some(next);
            let by =
                explorer.table.sort.column.map_or(t!("app-update-explore-by-name"), |c| columns[c].title);
            return app.say(Tone::Plain, t!("app-update-explore-sorted", by = by));
        }
        Action::SortBackwards => {
            explorer.table.sort.backwards = !explorer.table.sort.backwards;
            return;
        }
        _ => {}
    }
    let Some(key) = explorer.selected() else {
        let key = action.short();
        let words = if explorer.table.is_empty() {
            t!("app-update-explore-no-row", key = key)
        } else {
            t!("app-update-explore-no-row-selected", key = key)
        };
        return app.say(Tone::Warn, words);
    };
    match action {
        Action::Open | Action::Describe | Action::View => describe(app, key),
        Action::Yaml => details::yaml(app, key, effects),
        Action::Events => events(app, key),
        Action::Owner => owner(app, &key),
        Action::Operations => super::operations::menu(app, &key),
        Action::Logs => logs::open(app, key, false, effects),
        Action::PreviousLogs => logs::open(app, key, true, effects),
        Action::Operate(operation) => super::operations::by_key(app, operation.meta(), &key, effects),
        _ => {}
    }
}

/// Keeps the cursor on its object as rows move.
pub(in crate::app) fn settle(app: &mut App) {
    let height = usize::from(layout::frame(app).body.height.saturating_sub(3));
    let world = app.world.clone();
    if let Screen::Explorer(explorer) = app.screen_mut() {
        explorer.follow(&world, height);
    }
}

/// What filters is taken away, then a group that was opened is left.
pub(in crate::app) fn back(app: &mut App, _: &mut Vec<Effect>) -> bool {
    let Screen::Explorer(explorer) = app.screen_mut() else { return false };
    if !explorer.table.filter.text.is_empty() {
        explorer.table.filter.text.clear();
        return true;
    }
    let group = explorer.table.filter.group.take();
    let left = group.is_some();
    if left {
        explorer.pinned = group;
        explorer.table.grouped = true;
    }
    left
}

/// Opens the group under the cursor, where it has more than one row.
fn opens(explorer: &mut Explorer) -> bool {
    let group = explorer.table.key(explorer.list.selected).cloned();
    let several = |row: &RowKey| explorer.table.group(row).is_some_and(|g| g.len() > 1);
    let Some(group) = group.filter(several) else { return false };
    explorer.table.filter.group = Some(group);
    explorer.table.grouped = false;
    true
}
