//! Routes an action to what it is for: the overlay, then the screen, then what works everywhere.

use super::{
    confirm, details, explore, find, keys, library, logs, mend, overlays, params, runbook, session, walk,
};
use crate::action::Action;
use crate::app::overlay::{Choose, Chosen, Input, Overlay, Purpose};
use crate::app::screens::{List, Screen, Scroll, Timeline};
use crate::app::{App, Effect, cursor, layout, texts};
use crate::lang::{self, Language, t};
use crate::live::Tone;

pub(super) fn act(app: &mut App, action: Action, effects: &mut Vec<Effect>) {
    if matches!(app.screen(), Screen::Contexts(_)) {
        return super::contexts::act(app, action, effects);
    }
    if !app.overlays.is_empty() && overlays::act(app, action, effects) {
        return;
    }
    if find::act(app, action) || everywhere(app, action, effects) {
        return;
    }
    let body = layout::frame(app).body;
    let height = usize::from(layout::inside(body).height);
    match app.screen() {
        Screen::Triage(_) => triage(app, action, effects),
        Screen::Library(_) => library::act(app, action, effects),
        Screen::Runbook(_) => in_runbook(app, action, effects),
        Screen::Explorer(_) => explore::act(app, action, effects),
        Screen::Detail(_) => details::act(app, action, effects),
        Screen::Logs(_) => logs::act(app, action, effects),
        Screen::Tasks(_) => super::tasks::act(app, action, effects),
        Screen::Board(_) => super::board::act(app, action, effects),
        Screen::Session(_) => session::act(app, action, effects),
        Screen::Contexts(_) | Screen::Terminal(_) => {}
        Screen::Help(_, contexts) => {
            let len = crate::app::help::prose(app, contexts, layout::inside(body).width).len();
            if let Screen::Help(scroll, _) = app.screen_mut() {
                scroll.act(action, len, height);
            }
        }
    }
}

/// Puts a screen on top; the same screen twice in a row is once.
fn show(app: &mut App, screen: Screen) {
    if std::mem::discriminant(app.screen()) != std::mem::discriminant(&screen) {
        app.screens.push(screen);
    }
}

fn everywhere(app: &mut App, action: Action, effects: &mut Vec<Effect>) -> bool {
    match action {
        Action::Quit => quit(app, effects),
        Action::Back => keys::back(app, effects),
        Action::Help => {
            let contexts = app.contexts();
            show(app, Screen::Help(Scroll::default(), contexts));
        }
        Action::Triage => {
            for screen in app.screens.drain(1..) {
                if let Screen::Logs(open) = screen {
                    logs::stop(&open, effects);
                }
            }
        }
        Action::Library | Action::Search => {
            show(app, Screen::Library(crate::app::screens::Library::default()));
            library::ask(app, effects);
        }
        Action::Walks => super::walks::key(app, effects),
        Action::Tasks => show(app, Screen::Tasks(List::default())),
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

fn triage(app: &mut App, action: Action, effects: &mut Vec<Effect>) {
    let world = app.world.clone();
    let body = layout::frame(app).body;
    let height = usize::from(layout::inside(layout::triage(body).findings).height) / 2;
    let Screen::Triage(triage) = app.screen() else { return };
    let finding = world.findings.get(triage.list.selected);
    let links = finding.map(|f| app.links(f)).unwrap_or_default();
    let Screen::Triage(triage) = app.screen_mut() else { return };
    if let Some(chosen) = triage.runbook {
        let count = links.len();
        match action {
            Action::NextPane => triage.runbook = None,
            Action::Up => triage.runbook = Some(chosen.saturating_sub(1)),
            Action::Down => triage.runbook = Some((chosen + 1).min(count.saturating_sub(1))),
            _ => {}
        }
        if !matches!(action, Action::Open | Action::View | Action::Events) {
            return;
        }
    } else if triage.list.act(action, world.findings.len(), height) {
        triage.pin(&world.findings);
        return;
    }
    let chosen = triage.runbook.unwrap_or(0);
    match (action, finding) {
        (Action::NextPane, Some(_)) if !links.is_empty() => triage.runbook = Some(0),
        (Action::Open, Some(finding)) => match links.get(chosen) {
            Some(link) => runbook::open(app, link, Some(finding), effects),
            // Without a runbook the object itself says most.
            None => explore::describe(app, finding.subject.clone()),
        },
        (Action::Open, None) => {
            show(app, Screen::Library(crate::app::screens::Library::default()));
            library::ask(app, effects);
        }
        (Action::View, Some(finding)) => explore::describe(app, finding.subject.clone()),
        (Action::Events, Some(finding)) => explore::events(app, finding.subject.clone()),
        _ => {}
    }
}

fn in_runbook(app: &mut App, action: Action, effects: &mut Vec<Effect>) {
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
