//! The loop before there is a cluster: the operator chooses a context on the screen, and nothing else happens. Keys, frames
//! and what a key answers are those of the session's own loop.
//!
//! Must not connect: what was chosen is handed back.

use std::io;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::input::Input;
use super::terminal::{Screen, restore_on_panic};
use super::ui::{WAITING, forget_wakes, put, suspend, translate};
use crate::app::sight::Frame;
use crate::app::{App, Effect, Msg, update};
use crate::clock::Clock;
use crate::domain::{Key, KeyCode, Press, Pressed};
use crate::lang;
use crate::theme::{Depth, Theme, Themes};
use crate::vault::Vault;

/// What is needed to choose.
pub struct Choosing {
    /// Its one screen is the list of contexts.
    pub app: App,
    pub themes: Themes,
    pub theme: Theme,
    pub depth: Depth,
}

/// What comes of a message.
enum Then {
    Stay,
    Leave,
    Open(String),
}

/// Lets the operator choose; none when they leave.
pub async fn choose(mut ui: Choosing) -> io::Result<Option<String>> {
    // Nothing is asked of a server yet, so there is nobody to tell of a task that breaks off.
    let (out, _nobody) = mpsc::channel(1);
    restore_on_panic(Vault::default(), out);
    let mut screen = Screen::enter()?;
    let size = screen.terminal.size()?;
    ui.app.size = (size.width, size.height);
    let chosen = turn(&mut ui, &mut screen).await;
    // The screen that comes next has a reader of its own.
    forget_wakes();
    chosen
}

async fn turn(ui: &mut Choosing, screen: &mut Screen) -> io::Result<Option<String>> {
    let mut input = Input::new();
    let began = Instant::now();
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hangup = signal(SignalKind::hangup())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    loop {
        draw(ui, screen, began)?;
        // What was typed before the list was seen still types and moves, and chooses nothing.
        let fresh = ui.app.takes_fresh();
        let mut waited = if fresh { WAITING } else { 0 };
        while waited > 0 {
            waited -= 1;
            let Some(event) = input.waiting().await else { break };
            let Some(msg) = translate(event?, Pressed::Waited, began.elapsed()) else { continue };
            match take(ui, screen, &mut input, msg)? {
                Then::Stay => {}
                Then::Leave => return Ok(None),
                Then::Open(name) => return Ok(Some(name)),
            }
        }
        if fresh {
            draw(ui, screen, began)?;
        }
        let event = tokio::select! {
            biased;
            _ = terminate.recv() => return Ok(None),
            _ = hangup.recv() => return Ok(None),
            _ = interrupt.recv() => return Ok(None),
            event = input.next() => event,
        };
        let Some(event) = event else { return Ok(None) };
        let Some(msg) = translate(event?, Pressed::Fresh, began.elapsed()) else { continue };
        match take(ui, screen, &mut input, msg)? {
            Then::Stay => {}
            Then::Leave => return Ok(None),
            Then::Open(name) => return Ok(Some(name)),
        }
    }
}

fn take(ui: &mut Choosing, screen: &mut Screen, input: &mut Input, msg: Msg) -> io::Result<Then> {
    if let Msg::Key(Press { key: Key { code: KeyCode::Char('z'), ctrl: true, .. }, .. }) = msg {
        suspend(screen, input)?;
        return Ok(Then::Stay);
    }
    for effect in update(&mut ui.app, msg, Clock::real().now()) {
        match effect {
            Effect::Quit => return Ok(Then::Leave),
            Effect::Connect(name) => return Ok(Then::Open(name)),
            Effect::Redraw => screen.clear()?,
            Effect::Language(language) => lang::switch(language),
            Effect::Theme(name) => {
                if let Ok(theme) = ui.themes.theme(&name, ui.depth) {
                    ui.theme = theme;
                }
            }
            // There is no cluster that anything could be done on.
            _ => {}
        }
    }
    Ok(Then::Stay)
}

/// Draws a frame and tells the core, so that keys answer only what it shows.
fn draw(ui: &mut Choosing, screen: &mut Screen, began: Instant) -> io::Result<()> {
    let size = screen.terminal.size()?;
    ui.app.size = (size.width, size.height);
    let mut next = Buffer::empty(Rect::new(0, 0, size.width, size.height));
    crate::view::draw(&ui.app, &ui.theme, &mut next);
    let next = (next, crate::view::cursor(&ui.app));
    let anew = screen.shown.is_none();
    if screen.shown.as_ref() != Some(&next) {
        put(screen, next)?;
    }
    let frame = Frame { at: began.elapsed(), anew };
    // It changes nothing that would have to be carried out.
    let _ = update(&mut ui.app, Msg::Drawn(frame), Clock::real().now());
    Ok(())
}
