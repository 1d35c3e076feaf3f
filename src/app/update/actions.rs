//! Routes an action to what it is for: the overlay, then the screen, then what works everywhere.

use super::{confirm, find, keys, library, overlays, session};
use crate::action::Action;
use crate::app::overlay::{Choose, Chosen, Input, Overlay, Purpose};
use crate::app::screens::{Help, Library, Screen, TaskList, Timeline};
use crate::app::{App, Effect};
use crate::lang::{self, Language, t};
use crate::live::Tone;

pub(super) fn act(app: &mut App, action: Action, effects: &mut Vec<Effect>) {
    let alone = app.screen().state().alone();
    if !app.overlays.is_empty() && overlays::act(app, action, effects) {
        return;
    }
    if !alone && (find::act(app, action) || everywhere(app, action, effects)) {
        return;
    }
    let act = app.screen().state().handlers().act;
    act(app, action, effects);
}

/// Puts a screen on top; the same screen twice in a row is once.
fn show(app: &mut App, screen: Screen) {
    if std::mem::discriminant(app.screen()) != std::mem::discriminant(&screen) {
        app.screens.push(screen);
    }
}

/// Opens the library, with what the field says.
pub(super) fn library(app: &mut App, effects: &mut Vec<Effect>) {
    show(app, Screen::Library(Library::default()));
    library::ask(app, effects);
}

/// Closes the screens above so many of them, and what goes on for them alone.
pub(super) fn close(app: &mut App, keep: usize, effects: &mut Vec<Effect>) {
    for screen in app.screens.drain(keep..) {
        screen.state().left(effects);
    }
}

fn everywhere(app: &mut App, action: Action, effects: &mut Vec<Effect>) -> bool {
    match action {
        Action::Quit => quit(app, effects),
        Action::Back => keys::back(app, effects),
        Action::Help => {
            let contexts = app.contexts();
            show(app, Screen::Help(Help { contexts, ..Help::default() }));
        }
        Action::Triage => close(app, 1, effects),
        Action::Library | Action::Search => {
            library(app, effects);
        }
        Action::Walks => super::walks::key(app, effects),
        Action::Tasks => show(app, Screen::Tasks(TaskList::default())),
        Action::Session => show(app, Screen::Session(Timeline::default())),
        Action::Refresh => {
            effects.push(Effect::Refresh);
            effects.push(Effect::Redraw);
        }
        Action::NextTheme => next_theme(app, effects),
        Action::NextLanguage => speak(app, lang::current().next(), effects),
        Action::Arm => super::lock::key(app, effects),
        Action::Command => ask_for(app, Purpose::Command, ":"),
        Action::Note => ask_for(app, Purpose::Note, t!("app-update-actions-note")),
        Action::Palette => palette(app),
        Action::Copy => super::copy::ask(app, effects),
        Action::Said => said(app),
        Action::Export => session::export(app),
        Action::Undo => confirm::undo(app, effects),
        _ => return false,
    }
    true
}

pub(super) fn next_theme(app: &mut App, effects: &mut Vec<Effect>) {
    let at = app.options.themes.iter().position(|t| *t == app.options.theme);
    let next = at.map_or(0, |i| (i + 1) % app.options.themes.len().max(1));
    if let Some(name) = app.options.themes.get(next).cloned() {
        app.say(Tone::Plain, t!("app-update-actions-theme", name = name));
        app.options.theme.clone_from(&name);
        effects.push(Effect::Theme(name));
    }
}

/// From now on the program speaks this language: what is said anew follows, and what stands in runbooks where they have it.
pub(super) fn speak(app: &mut App, language: Language, effects: &mut Vec<Effect>) {
    language.id().clone_into(&mut app.options.lang);
    for walk in app.walks_mut() {
        language.id().clone_into(&mut walk.lang);
    }
    app.say(
        Tone::Plain,
        lang::within(language, || t!("app-update-actions-language", name = language.name())),
    );
    effects.push(Effect::Language(language));
}

/// The latest messages in full: the line above the keys is as long as the screen is wide.
fn said(app: &mut App) {
    keys::remember(app);
    let line = |(at, status): &(crate::domain::Timestamp, crate::app::Status)| {
        format!("{}  {}", crate::domain::clock(*at), status.text)
    };
    let lines: Vec<String> = app.said.iter().map(line).collect();
    if lines.is_empty() {
        return app.say(Tone::Plain, t!("app-update-actions-nothing-said"));
    }
    let title = t!("app-update-actions-said");
    app.overlays.push(Overlay::Message(crate::app::overlay::Message::new(title, lines)));
}

/// Opens a field to type into.
fn ask_for(app: &mut App, purpose: Purpose, prompt: &str) {
    let prompt = prompt.to_owned();
    app.overlays.push(Overlay::Input(Input {
        purpose,
        prompt,
        text: String::new(),
        error: None,
        hidden: false,
    }));
}

/// Everything that has a key here, and every runbook, by name.
fn palette(app: &mut App) {
    let contexts = app.contexts();
    let row = |(action, _): (Action, Vec<crate::domain::Key>)| {
        let key = app.keymap.key(&contexts, action).map(|k| k.to_string()).unwrap_or_default();
        (format!("{:<16} {key:<8} {}", action.name(), action.doc()), Chosen::Do(action))
    };
    let mut rows: Vec<_> = app.keymap.help(&contexts).into_iter().map(row).collect();
    let runbooks = app.books.values();
    rows.extend(
        runbooks
            .map(|b| (format!("{}  {}", b.id, b.title_in(&app.options.lang)), Chosen::Runbook(b.id.clone()))),
    );
    app.overlays.push(Overlay::Choose(Choose::new(t!("app-update-actions-what-to-do"), rows)));
}

/// Leaving asks what becomes of debug pods, and while something in the cluster depends on this program.
fn quit(app: &mut App, effects: &mut Vec<Effect>) {
    if !super::debug::ask_before_leaving(app) {
        leave(app, effects);
    }
}

/// Leaves, or asks while something runs.
pub(super) fn leave(app: &mut App, effects: &mut Vec<Effect>) {
    if !app.busy() {
        let open: Vec<_> =
            app.walks().filter(|walk| walk.goes_on()).map(|w| super::walks::walk_words(app, w)).collect();
        if open.is_empty() {
            effects.push(Effect::Quit);
            return;
        }
        let rows = vec![
            (t!("app-update-stay").to_owned(), Chosen::Nothing),
            (t!("app-update-actions-leave").to_owned(), Chosen::Quit),
        ];
        let title = t!("app-update-actions-not-done", walks = open.join(" · "));
        app.overlays.push(Overlay::Choose(Choose::new(title, rows)));
        return;
    }
    let running = app.tasks.running();
    let title = t!("app-update-actions-tasks-stop", tasks = running);
    let rows = vec![
        (t!("app-update-stay").to_owned(), Chosen::Nothing),
        (t!("app-update-actions-stop").to_owned(), Chosen::Quit),
    ];
    app.overlays.push(Overlay::Choose(Choose::new(title, rows)));
}
