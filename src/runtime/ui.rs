//! The loop: messages in, effects out, a frame when something changed. It wakes for input, messages, pictures,
//! signals and the next moment at which the screen looks different; never otherwise.

use std::io;
use std::time::Duration;

use crossterm::event::{Event, KeyEventKind, MouseButton, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};

use super::Runner;
use super::input::Input;
use super::terminal::Screen;
use crate::app::sight::Frame;
use crate::app::{App, Effect, Msg, update};
use crate::domain::{Key, KeyCode, Mouse, MouseKind, Press, Pressed};
use crate::lang::{self, msg, t};
use crate::live::Tone;
use crate::theme::{Depth, Theme, Themes};

/// Shortest time between two frames: more are not seen.
const FRAME: Duration = Duration::from_millis(16);
/// Messages taken before the screen is drawn.
const DRAIN: usize = 64;
/// Events taken that waited when a frame showed something new: as many bytes as a terminal holds back.
pub(super) const WAITING: usize = 4096;
/// How long leaving waits for tasks that write: longer than one answer may take, so that what was to last for a
/// while only is taken back.
const PATIENCE: Duration = Duration::from_secs(40);

/// What is said when the task that holds the picture has broken off.
const UNFOLLOWED: lang::Msg = msg!("runtime-ui-unfollowed");

/// Everything that the loop needs.
pub struct Ui {
    pub app: App,
    pub runner: Runner,
    pub inbox: mpsc::Receiver<Msg>,
    pub themes: Themes,
    pub theme: Theme,
    pub depth: Depth,
    /// The times of frames and keys count from here.
    pub began: Instant,
    /// By how many milliseconds this machine was ahead of the server when the time was read last.
    pub ahead: i64,
}

/// Runs until the operator leaves or a signal ends it.
/// The words with which it is left are returned; none where nothing is to be said.
pub async fn run(mut ui: Ui) -> io::Result<Option<String>> {
    super::terminal::restore_on_panic(ui.runner.recorder().vault().clone(), ui.runner.out.clone());
    let mut screen = Screen::enter()?;
    let size = screen.terminal.size()?;
    ui.app.size = (size.width, size.height);
    let ended = turn(&mut ui, &mut screen).await;
    drop(screen);
    // Nobody takes messages any more: what still ends must not wait for room to say so.
    ui.inbox.close();
    ui.runner.stop(PATIENCE).await;
    ended.map(|()| ui.app.parting())
}

async fn turn(ui: &mut Ui, screen: &mut Screen) -> io::Result<()> {
    let mut input = Input::new();
    let mut snapshots = ui.runner.snapshots();
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hangup = signal(SignalKind::hangup())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let (mut dirty, mut followed) = (true, true);
    let mut next_frame = Instant::now();
    loop {
        if dirty && Instant::now() >= next_frame {
            // crossterm forgets a change of size that comes with a key, and there is none to hear while suspended.
            let size = screen.terminal.size()?;
            if ui.app.size != (size.width, size.height)
                && take(ui, screen, &mut input, Msg::Resize(size.width, size.height))?
            {
                return Ok(());
            }
            draw(ui, screen)?;
            dirty = false;
            next_frame = Instant::now() + FRAME;
            if ui.app.takes_fresh() {
                match forget_waiting(ui, screen, &mut input).await? {
                    Waited::Nothing => {}
                    Waited::Some => dirty = true,
                    Waited::Leave => return Ok(()),
                }
            }
        }
        let tick = ui.app.next_tick().map(|at| ui.runner.clock().instant(at));
        let wake = if dirty { Some(next_frame) } else { tick };
        let msg = tokio::select! {
            biased;
            _ = terminate.recv() => return Ok(()),
            _ = hangup.recv() => return Ok(()),
            _ = interrupt.recv() => return Ok(()),
            event = input.next() => match event {
                Some(Ok(event)) => translate(event, Pressed::Fresh, ui.began.elapsed()),
                Some(Err(e)) => return Err(e),
                None => return Ok(()),
            },
            msg = ui.inbox.recv() => msg,
            changed = snapshots.changed(), if followed => match changed {
                Ok(()) => Some(Msg::Snapshot(snapshots.borrow_and_update().clone())),
                // Another cluster is followed, or none any more.
                Err(_) => {
                    snapshots = ui.runner.snapshots();
                    followed = snapshots.has_changed().is_ok();
                    (!followed).then(|| Msg::Said(Tone::Bad, UNFOLLOWED.to_string()))
                }
            },
            () = sleep_until(wake.unwrap_or_else(Instant::now)), if wake.is_some() => {
                (!dirty).then_some(Msg::Tick)
            }
        };
        let Some(msg) = msg else { continue };
        dirty = true;
        if take(ui, screen, &mut input, msg)? {
            return Ok(());
        }
        for _ in 0..DRAIN {
            let Ok(msg) = ui.inbox.try_recv() else { break };
            if take(ui, screen, &mut input, msg)? {
                return Ok(());
            }
        }
    }
}

/// What waited at the terminal.
enum Waited {
    Nothing,
    Some,
    Leave,
}

/// A frame shows something new. The keys that wait were pressed before it: they still type and move, but they answer
/// nothing, and nothing that was pasted goes to a program that nobody saw.
async fn forget_waiting(ui: &mut Ui, screen: &mut Screen, input: &mut Input) -> io::Result<Waited> {
    let mut waited = Waited::Nothing;
    for _ in 0..WAITING {
        let Some(event) = input.waiting().await else { break };
        let msg = translate(event?, Pressed::Waited, ui.began.elapsed());
        let Some(msg) = msg.filter(|m| !(ui.app.in_terminal() && matches!(m, Msg::Paste(_)))) else {
            continue;
        };
        waited = Waited::Some;
        if take(ui, screen, input, msg)? {
            return Ok(Waited::Leave);
        }
    }
    Ok(waited)
}

/// Gives one message to the core and carries out what follows. True when it is time to leave.
fn take(ui: &mut Ui, screen: &mut Screen, input: &mut Input, msg: Msg) -> io::Result<bool> {
    // A program in a pane has job control of its own.
    if let Msg::Key(Press { key: Key { code: KeyCode::Char('z'), ctrl: true, .. }, .. }) = msg
        && !ui.app.in_terminal()
    {
        suspend(screen, input)?;
        return Ok(false);
    }
    let (now, ahead) = ui.runner.clock().read();
    let by = std::mem::replace(&mut ui.ahead, ahead) - ahead;
    if by != 0 {
        // Nothing else comes of it.
        let _ = update(&mut ui.app, Msg::ClockSet(by), now);
    }
    let effects = update(&mut ui.app, msg, now);
    ui.runner.clean(&mut ui.app);
    for effect in effects {
        match effect {
            Effect::Quit => return Ok(true),
            Effect::Suspend => suspend(screen, input)?,
            Effect::Redraw => screen.clear()?,
            Effect::Copy(text) => copy(ui, screen, &text)?,
            Effect::Theme(name) => {
                if let Ok(theme) = ui.themes.theme(&name, ui.depth) {
                    ui.theme = theme;
                }
            }
            other => ui.runner.run(other),
        }
    }
    Ok(false)
}

/// Puts a text into the clipboard of the terminal. What is secret stays out of it, and that is said.
fn copy(ui: &mut Ui, screen: &mut Screen, text: &str) -> io::Result<()> {
    if screen.copy(text, ui.runner.recorder().vault())? {
        let words = t!("runtime-ui-copied").to_owned();
        // Nothing else comes of it.
        let _ = update(&mut ui.app, Msg::Said(Tone::Warn, words), ui.runner.clock().now());
    }
    Ok(())
}

/// Draws a frame and tells the core, so that keys answer only what it shows. One that looks like the one before it writes nothing, not even the codes around nothing:
/// a cluster that only sends heartbeats leaves the terminal, and a slow line to it, alone.
fn draw(ui: &mut Ui, screen: &mut Screen) -> io::Result<()> {
    let size = screen.terminal.size()?;
    let mut next = Buffer::empty(Rect::new(0, 0, size.width, size.height));
    let secrets = ui.runner.recorder().vault().secrets();
    crate::view::draw_without(&ui.app, &ui.theme, &secrets, &mut next);
    let next = (next, crate::view::cursor(&ui.app));
    let anew = screen.shown.is_none();
    if screen.shown.as_ref() != Some(&next) {
        put(screen, next)?;
    }
    let frame = Frame { at: ui.began.elapsed(), anew };
    // It changes nothing that would have to be carried out.
    let _ = update(&mut ui.app, Msg::Drawn(frame), ui.runner.clock().now());
    Ok(())
}

/// Puts a frame on the terminal.
pub(super) fn put(screen: &mut Screen, next: (Buffer, Option<(u16, u16)>)) -> io::Result<()> {
    screen.terminal.draw(|frame| {
        let inside = frame.area().intersection(next.0.area);
        for place in inside.positions() {
            frame.buffer_mut()[place].clone_from(&next.0[place]);
        }
        if let Some((x, y)) = next.1 {
            frame.set_cursor_position((x, y));
        }
    })?;
    screen.shown = Some(next);
    Ok(())
}

/// Stops as the shell's job control asks, and comes back with a whole screen.
pub(super) fn suspend(screen: &mut Screen, input: &mut Input) -> io::Result<()> {
    // The reader of the old stream would take keys that are meant for the shell.
    *input = Input::new();
    super::terminal::restore();
    nix::sys::signal::raise(nix::sys::signal::Signal::SIGTSTP).map_err(io::Error::from)?;
    forget_wakes();
    screen.resume()
}

/// A stream of events that is dropped wakes whoever reads the terminal next. When a key comes at the same moment, crossterm
/// answers the wake and forgets that the terminal can be read, so the key would wait for the next one: the wake is taken
/// before anybody is shown a screen to type at.
pub(super) fn forget_wakes() {
    // An event that is there already stays in the queue.
    let _ = crossterm::event::poll(std::time::Duration::ZERO);
}

pub(super) fn translate(event: Event, how: Pressed, at: Duration) -> Option<Msg> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => {
            let how = if key.kind == KeyEventKind::Repeat { Pressed::Repeated } else { how };
            translate_key(key).map(|key| Msg::Key(Press { key, at, how }))
        }
        Event::Mouse(mouse) => {
            let kind = match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => MouseKind::Click,
                MouseEventKind::ScrollUp => MouseKind::ScrollUp,
                MouseEventKind::ScrollDown => MouseKind::ScrollDown,
                _ => return None,
            };
            Some(Msg::Mouse(Mouse { kind, column: mouse.column, row: mouse.row }))
        }
        Event::Paste(text) => Some(Msg::Paste(text)),
        Event::Resize(width, height) => Some(Msg::Resize(width, height)),
        _ => None,
    }
}

fn translate_key(key: crossterm::event::KeyEvent) -> Option<Key> {
    use crossterm::event::{KeyCode as C, KeyModifiers as M};
    let code = match key.code {
        C::Char(c) => KeyCode::Char(c),
        C::F(n) => KeyCode::F(n),
        C::Enter => KeyCode::Enter,
        C::Esc => KeyCode::Esc,
        C::Tab => KeyCode::Tab,
        C::BackTab => KeyCode::BackTab,
        C::Backspace => KeyCode::Backspace,
        C::Delete => KeyCode::Delete,
        C::Insert => KeyCode::Insert,
        C::Up => KeyCode::Up,
        C::Down => KeyCode::Down,
        C::Left => KeyCode::Left,
        C::Right => KeyCode::Right,
        C::Home => KeyCode::Home,
        C::End => KeyCode::End,
        C::PageUp => KeyCode::PageUp,
        C::PageDown => KeyCode::PageDown,
        _ => return None,
    };
    // The character says shift already, as does back-tab.
    let shift = key.modifiers.contains(M::SHIFT) && !matches!(code, KeyCode::Char(_) | KeyCode::BackTab);
    Some(Key { code, ctrl: key.modifiers.contains(M::CONTROL), alt: key.modifiers.contains(M::ALT), shift })
}
