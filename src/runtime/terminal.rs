//! The terminal: taken over at the start, given back on every way out: exit, error, panic, signal, suspend.

use std::io::{self, Stdout, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;
use tokio::sync::mpsc;

use super::clipboard::{Between, sequence};
use crate::app::Msg;
use crate::lang::{self, msg};
use crate::live::Tone;
use crate::vault::Vault;

/// What is said of a panic that does not end the program.
const BROKEN: lang::Msg = msg!("runtime-terminal-broken");

/// Whether the terminal is ours now; the panic hook asks it.
static OURS: AtomicBool = AtomicBool::new(false);

/// The terminal while it is ours.
pub struct Screen {
    pub terminal: Terminal<CrosstermBackend<Stdout>>,
    /// The latest frame and its cursor; none when it is not known what the terminal shows.
    pub shown: Option<(Buffer, Option<(u16, u16)>)>,
}

impl Screen {
    /// Takes the terminal over.
    pub fn enter() -> io::Result<Screen> {
        take()?;
        Ok(Screen { terminal: Terminal::new(CrosstermBackend::new(io::stdout()))?, shown: None })
    }

    /// Takes it over again after a suspend.
    pub fn resume(&mut self) -> io::Result<()> {
        take()?;
        self.clear()
    }

    /// Puts a text into its clipboard, without secrets; true where there was one in it.
    pub fn copy(&mut self, text: &str, vault: &Vault) -> io::Result<bool> {
        let between = Between::of(|name| std::env::var(name).ok());
        let (bytes, secret) = sequence(text, vault, between);
        let mut out = io::stdout();
        out.write_all(bytes.as_bytes())?;
        out.flush()?;
        Ok(secret)
    }

    /// Wipes it: the next frame is drawn whole. `Terminal::clear` would ask the terminal where its cursor is, and
    /// end the program when no answer comes: over a bad line, or because the reader of keys takes the answer.
    pub fn clear(&mut self) -> io::Result<()> {
        self.shown = None;
        execute!(io::stdout(), Clear(ClearType::All))?;
        self.terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
        Ok(())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        restore();
    }
}

fn take() -> io::Result<()> {
    enable_raw_mode()?;
    OURS.store(true, Ordering::SeqCst);
    execute!(io::stdout(), EnterAlternateScreen, EnableMouseCapture, EnableBracketedPaste, cursor::Hide)
}

/// Gives the terminal back; twice is as good as once. Errors are ignored: there is nobody left to tell.
pub fn restore() {
    if OURS.swap(false, Ordering::SeqCst) {
        let mut out = io::stdout();
        let _ = execute!(out, DisableBracketedPaste, DisableMouseCapture, LeaveAlternateScreen, cursor::Show);
        let _ = out.flush();
        let _ = disable_raw_mode();
    }
}

/// A panic of the thread that draws, which calls this, gives the terminal back before its words are printed. One of any
/// other thread ends one task and not the program: `out` is told. The words are printed and logged without secrets.
pub fn restore_on_panic(vault: Vault, out: mpsc::Sender<Msg>) {
    let draws = std::thread::current().id();
    std::panic::set_hook(Box::new(move |info| {
        let thread = std::thread::current();
        let words = format!("thread '{}' {info}", thread.name().unwrap_or("without a name"));
        let words = format!("{words}\n{}", std::backtrace::Backtrace::capture());
        let words = crate::domain::sanitize(&vault.text(&words));
        if thread.id() != draws && OURS.load(Ordering::SeqCst) {
            tracing::error!("{words}");
            let _ = out.try_send(Msg::Said(Tone::Bad, BROKEN.to_string()));
            return;
        }
        restore();
        let _ = writeln!(io::stderr(), "{}", words.trim_end_matches("\ndisabled backtrace"));
        tracing::error!("{words}");
    }));
}
