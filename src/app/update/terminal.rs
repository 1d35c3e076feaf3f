//! A program that has a terminal within opsbook: when its pane opens, what its keys do, how it is left. Every key is the
//! program's but one, and those of the history.
//!
//! Must not end a program that nobody was asked about, and must not keep what is typed.

use crate::app::screens::{Screen, Terminal, TerminalScreen, ToProgram, encode, leaves, paste};
use crate::app::sight::Answers;
use crate::app::{App, Effect, layout};
use crate::domain::{Key, KeyCode, ObjectKey};
use crate::lang::t;
use crate::live::Tone;
use crate::op::Work;

/// How long a program must have ended before a key closes its pane: one that comes sooner was meant for the program.
const CLOSES_AFTER_MS: i128 = 300;

fn size(app: &App, task: u64, effects: &mut Vec<Effect>) {
    let (columns, rows) = layout::terminal(app.size);
    effects.push(Effect::Terminal { task, to: ToProgram::Size(columns, rows) });
}

/// A plan begins. One that takes a terminal is told its size first.
pub(super) fn begin(app: &mut App, task: u64, effects: &mut Vec<Effect>) {
    let Some(title) = app.tasks.get(task).filter(|t| t.terminal.is_some()).map(|t| t.title.clone()) else {
        return;
    };
    size(app, task, effects);
    app.say(Tone::Warn, t!("app-update-terminal-begun", title = title));
}

/// Opens the pane of the plan that the operator has just begun. What begins by itself moves nobody.
pub(super) fn open_new(app: &mut App) {
    let new =
        app.tasks.all.last().filter(|t| t.terminal.is_some() && t.ended.is_none() && t.started == app.now);
    if let Some(task) = new.filter(|_| app.overlays.is_empty()).map(|t| t.id) {
        app.status = None;
        app.screens.push(Screen::Terminal(TerminalScreen { task }));
    }
}

/// Opens the pane of a task, if it has one.
pub(super) fn open(app: &mut App, task: u64, effects: &mut Vec<Effect>) {
    if app.tasks.get(task).is_some_and(|t| t.terminal.is_some()) {
        app.screens.push(Screen::Terminal(TerminalScreen { task }));
        size(app, task, effects);
    }
}

/// The task whose program is a shell in this pod and still runs.
pub(super) fn shell_in(app: &App, pod: &ObjectKey) -> Option<u64> {
    let in_pod = |work: &Work| matches!(work, Work::Exec(work) if work.pod == *pod);
    app.tasks.all.iter().find(|t| t.ended.is_none() && in_pod(&t.plan_made.work)).map(|t| t.id)
}

/// The window has another size: every program is told its own.
pub(super) fn resized(app: &App, effects: &mut Vec<Effect>) {
    for task in app.tasks.all.iter().filter(|t| t.terminal.is_some() && t.ended.is_none()) {
        size(app, task.id, effects);
    }
}

/// The task whose program has the keyboard.
fn focus(app: &App) -> Option<u64> {
    match app.screen() {
        Screen::Terminal(screen) if app.in_terminal() => Some(screen.task),
        _ => None,
    }
}

/// Takes a key. False when no program has the keyboard.
pub(super) fn key(app: &mut App, key: Key, effects: &mut Vec<Effect>) -> bool {
    let Some(id) = focus(app) else { return false };
    let (now, page) = (app.now, isize::from(layout::terminal(app.size).1 as i16 - 1).max(1));
    let Some(task) = app.tasks.get_mut(id) else {
        app.screens.pop();
        return true;
    };
    if let Some((_, _, at)) = &task.ended {
        if now.duration_since(*at).as_millis() >= CLOSES_AFTER_MS {
            task.terminal = None;
            app.screens.pop();
        }
        return true;
    }
    let Some(terminal) = &mut task.terminal else { return true };
    if terminal.asking {
        answer(app, id, key, effects);
        return true;
    }
    if leaves(key) {
        terminal.asking = true;
        return true;
    }
    // What was typed ahead was typed for something else: not for a program that asks a question of its own. To stop it is
    // no answer.
    let stops = key == Key { ctrl: true, ..Key::char('c') };
    let early = !stops && !super::sight::passed(app);
    let Some(terminal) = app.tasks.get_mut(id).and_then(|t| t.terminal.as_mut()) else { return true };
    terminal.early = early;
    if early {
        return true;
    }
    let to = match key {
        Key { code: KeyCode::PageUp, shift: true, .. } => ToProgram::Scroll(page),
        Key { code: KeyCode::PageDown, shift: true, .. } => ToProgram::Scroll(-page),
        key => ToProgram::Typed(encode(key, terminal.picture.application_cursor)),
    };
    effects.push(Effect::Terminal { task: id, to });
    true
}

/// The answer to what becomes of the program.
fn answer(app: &mut App, id: u64, key: Key, effects: &mut Vec<Effect>) {
    let yes = key == Key::char('y');
    let early = yes && super::sight::answers(app, Answers::Walk).is_err();
    let Some(task) = app.tasks.get_mut(id) else { return };
    let Some(terminal) = &mut task.terminal else { return };
    terminal.early = early;
    if early {
        return;
    }
    match key.code {
        _ if yes => {
            (terminal.asking, task.cancelling) = (false, true);
            effects.push(Effect::Cancel(id));
        }
        KeyCode::Char('b') if !key.ctrl && !key.alt => {
            terminal.asking = false;
            let title = task.title.clone();
            app.screens.pop();
            app.say(Tone::Plain, t!("app-update-terminal-goes-on", title = title));
        }
        KeyCode::Esc => terminal.asking = false,
        _ => {}
    }
}

/// Takes what was pasted. False when no program has the keyboard.
pub(super) fn pasted(app: &mut App, text: &str, effects: &mut Vec<Effect>) -> bool {
    let Some(id) = focus(app) else { return false };
    if !super::sight::pasted(app) {
        return true;
    }
    let terminal = app.tasks.get(id).filter(|t| t.ended.is_none()).and_then(|t| t.terminal.as_deref());
    if let Some(Terminal { picture, asking: false, .. }) = terminal {
        let to = ToProgram::Typed(paste(text, picture.bracketed_paste));
        effects.push(Effect::Terminal { task: id, to });
    }
    true
}
