//! The driver: starts the program with a home folder of its own, writes keys, waits for what the screen shows.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// How long something may take to come on the screen.
pub const PATIENCE: Duration = Duration::from_secs(30);

pub const DOWN: &str = "\x1b[B";
pub const ENTER: &str = "\r";
pub const ESC: &str = "\x1b";

/// How long an operator looks before a key that answers: longer than any of them asks for.
const LOOK: Duration = Duration::from_millis(1100);

/// What the terminal has received.
struct Seen {
    parser: vt100::Parser,
    raw: Vec<u8>,
    /// Counts what came, so that quiet can be told.
    generation: u64,
    ended: bool,
}

/// A terminal with a program in it. Dropping it kills the program.
pub struct Terminal {
    seen: Arc<(Mutex<Seen>, Condvar)>,
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
}

/// How to start: size, home folder, and what differs from a plain terminal.
pub struct Start<'a> {
    pub size: (u16, u16),
    pub home: &'a Path,
    pub env: &'a [(&'a str, &'a str)],
}

impl<'a> Start<'a> {
    pub fn new(size: (u16, u16), home: &'a Path) -> Start<'a> {
        Start { size, home, env: &[] }
    }

    /// Opens the program.
    pub fn opsbook(&self, args: &[&str]) -> Terminal {
        self.program(env!("CARGO_BIN_EXE_opsbook"), args)
    }

    /// Opens any program, for instance a shell that runs it.
    pub fn program(&self, program: &str, args: &[&str]) -> Terminal {
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env_clear();
        command.cwd(self.home);
        let plain = [("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("PATH", "/usr/bin:/bin")];
        for (name, value) in plain.iter().chain(self.env) {
            command.env(name, value);
        }
        command.env("HOME", self.home);
        Terminal::open(command, self.size)
    }
}

fn pty_size((cols, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

/// A terminal has at least one cell.
fn cells(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).unwrap()
}

impl Terminal {
    fn open(command: CommandBuilder, size: (u16, u16)) -> Terminal {
        let pair = native_pty_system().openpty(pty_size(size)).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let parser = vt100::Parser::new(cells(size.1), cells(size.0), 0);
        let seen = Seen { parser, raw: Vec::new(), generation: 0, ended: false };
        let seen = Arc::new((Mutex::new(seen), Condvar::new()));
        let shared = Arc::clone(&seen);
        std::thread::spawn(move || {
            let mut buffer = [0; 8192];
            loop {
                let read = reader.read(&mut buffer).unwrap_or(0);
                let mut seen = lock(&shared.0);
                seen.parser.process(&buffer[..read]);
                seen.raw.extend_from_slice(&buffer[..read]);
                seen.generation += 1;
                seen.ended = read == 0;
                shared.1.notify_all();
                if read == 0 {
                    return;
                }
            }
        });
        Terminal { seen, master: pair.master, writer, child }
    }

    /// Waits until the screen is as wanted; shows it when that takes too long.
    pub fn wait_until(&self, what: &str, wanted: impl Fn(&str) -> bool) -> String {
        self.wait_for(PATIENCE, what, wanted)
    }

    /// Waits until all of these are on the screen.
    pub fn wait_text(&self, texts: &[&str]) -> String {
        self.wait_until(&format!("{texts:?}"), |screen| texts.iter().all(|t| screen.contains(t)))
    }

    /// As `wait_until`, for what takes the practice cluster its own time.
    pub fn wait_for(&self, patience: Duration, what: &str, wanted: impl Fn(&str) -> bool) -> String {
        let deadline = Instant::now() + patience;
        let mut seen = lock(&self.seen.0);
        loop {
            let screen = seen.parser.screen().contents();
            if wanted(&screen) {
                return screen;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero() && !seen.ended, "{what} did not come; the screen is\n{screen}");
            seen = self.seen.1.wait_timeout(seen, left).unwrap_or_else(|e| panic!("{e}")).0;
        }
    }

    /// Waits until nothing was drawn for so long. Returns false when that did not come within the patience.
    pub fn quiet(&self, span: Duration, patience: Duration) -> bool {
        let deadline = Instant::now() + patience;
        let mut seen = lock(&self.seen.0);
        let (mut generation, mut since) = (seen.generation, Instant::now());
        while since.elapsed() < span {
            if Instant::now() > deadline {
                return false;
            }
            let left = span.saturating_sub(since.elapsed());
            seen = self.seen.1.wait_timeout(seen, left).unwrap_or_else(|e| panic!("{e}")).0;
            if seen.generation != generation {
                (generation, since) = (seen.generation, Instant::now());
            }
        }
        true
    }

    /// Lets a span go by while the terminal is read on.
    pub fn let_pass(&self, span: Duration) {
        let deadline = Instant::now() + span;
        let mut seen = lock(&self.seen.0);
        while Instant::now() < deadline {
            let left = deadline.saturating_duration_since(Instant::now());
            seen = self.seen.1.wait_timeout(seen, left).unwrap_or_else(|e| panic!("{e}")).0;
        }
    }

    /// Presses keys as somebody who reads first: what answers a step or a question counts only after a moment.
    pub fn send(&mut self, keys: &str) {
        if keys.contains(['\r', 'y', ' ']) {
            self.let_pass(LOOK);
        }
        self.send_at_once(keys);
    }

    /// Writes keys as a terminal would, whatever is on the screen.
    pub fn send_at_once(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    /// Writes keys and waits until all of these are on the screen.
    pub fn press(&mut self, keys: &str, texts: &[&str]) -> String {
        self.send(keys);
        self.wait_text(texts)
    }

    pub fn resize(&self, size: (u16, u16)) {
        // The emulator first, so that nothing of the new size meets the old one.
        lock(&self.seen.0).parser.screen_mut().set_size(cells(size.1), cells(size.0));
        self.master.resize(pty_size(size)).unwrap();
    }

    /// Looks at the cells.
    pub fn screen<T>(&self, look: impl FnOnce(&vt100::Screen) -> T) -> T {
        look(lock(&self.seen.0).parser.screen())
    }

    /// Every byte so far.
    pub fn raw(&self) -> Vec<u8> {
        lock(&self.seen.0).raw.clone()
    }

    pub fn pid(&self) -> Pid {
        Pid::from_raw(i32::try_from(self.child.process_id().unwrap()).unwrap())
    }

    pub fn signal(&self, signal: Signal) {
        kill(self.pid(), signal).unwrap();
    }

    /// Leaves the program, also in the middle of a runbook, where it asks.
    pub fn leave(&mut self) -> ExitStatus {
        self.send("\x03");
        let deadline = Instant::now() + PATIENCE;
        let mut seen = lock(&self.seen.0);
        while !seen.ended && !seen.parser.screen().contents().contains("not done:") {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "it neither ends nor asks:\n{}", seen.parser.screen().contents());
            seen = self.seen.1.wait_timeout(seen, left).unwrap_or_else(|e| panic!("{e}")).0;
        }
        let asks = !seen.ended;
        drop(seen);
        if asks {
            self.send("\x1b[B\r");
        }
        self.ended()
    }

    /// Waits until the program has ended and everything that it wrote was read.
    pub fn ended(&mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        let mut seen = lock(&self.seen.0);
        while !seen.ended {
            let left = deadline.saturating_duration_since(Instant::now());
            let screen = seen.parser.screen().contents();
            assert!(!left.is_zero(), "the program did not end; the screen is\n{screen}");
            seen = self.seen.1.wait_timeout(seen, left).unwrap_or_else(|e| panic!("{e}")).0;
        }
        drop(seen);
        self.child.wait().unwrap()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A panic of the reader leaves whole bytes behind.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
