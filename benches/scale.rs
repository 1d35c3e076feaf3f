//! Measures opsbook from outside: the program in a pseudo terminal of 120 columns and 40 rows, what its screen
//! shows and when, and what the kernel says of the process. `scripts/scale` runs it and makes a table of it.
//!
//! It prints `name=value` lines: times in milliseconds, memory in MiB. What is measured is told by its
//! arguments; without any it does nothing, so that `cargo bench` may run it. It uses nothing of the library, so
//! that what it measures is the program. To measure something else, write a function and a line in `main`.
//!
//! - `scale pods COUNT [CHURN...]`: `explore pods -A` until COUNT rows; CHURN is a command that changes pods
//!   for 60 s
//! - `scale first NAME TEXT ARGS...`: from exec until TEXT is on the screen

use std::io::{Read, Write};
use std::process::{Child as Process, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};

const ROWS: u16 = 40;
const COLUMNS: u16 = 120;
const PATIENCE: Duration = Duration::from_mins(2);
const KEYS: usize = 100;
const IDLE: Duration = Duration::from_secs(10);
/// Clock ticks a second in `/proc/PID/stat`: the same on every Linux.
const TICKS: f64 = 100.0;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["pods", count, churn @ ..] => pods(count, churn),
        ["first", name, text, rest @ ..] => {
            let screen = Terminal::open(rest);
            let took = screen.wait(text, |s| s.contains(text));
            say(&format!("{name}_ms"), took.as_millis());
        }
        _ => {
            println!("usage: scale pods COUNT [CHURN...] | scale first NAME TEXT ARGS...; see scripts/scale");
        }
    }
}

fn say(name: &str, value: impl std::fmt::Display) {
    println!("{name}={value}");
}

fn pods(count: &str, churn: &[&str]) {
    let mut screen = Terminal::open(&["explore", "pods", "-A"]);
    let first = screen.wait("a row of a pod", |s| s.contains("svc-"));
    say("first_ms", first.as_millis());
    let all = format!("of {count}");
    say("all_ms", screen.wait(&all, |s| s.contains(&all)).as_millis());
    say("live_ms", screen.wait("live", |s| s.lines().next().is_some_and(|l| l.contains("live"))).as_millis());
    // The last snapshots and frames are still under way.
    screen.rest(Duration::from_secs(2));
    say("rss_mib", screen.status("VmRSS"));
    say("peak_mib", screen.status("VmHWM"));
    let (switches, bytes, cpu) = (screen.switches(), screen.bytes(), screen.cpu());
    screen.rest(IDLE);
    say("idle_switches", screen.switches() - switches);
    say("idle_bytes", screen.bytes() - bytes);
    say("idle_cpu_percent", percent(screen.cpu() - cpu, IDLE));
    let mut at = 1;
    keys("quiet", &mut screen, &mut at);
    filter(&mut screen);
    at = 1;
    if let [program, rest @ ..] = churn {
        let begin = Instant::now();
        let load = Command::new(program).args(rest).stdout(Stdio::null()).spawn();
        let load = Ended(load.expect("the churn command can be run"));
        screen.rest(Duration::from_secs(3));
        let (cpu, begin_cpu) = (screen.cpu(), begin.elapsed());
        keys("churn", &mut screen, &mut at);
        screen.rest(Duration::from_secs(20));
        say("churn_cpu_percent", percent(screen.cpu() - cpu, begin.elapsed().saturating_sub(begin_cpu)));
        say("churn_rss_mib", screen.status("VmRSS"));
        drop(load);
    }
}

fn percent(seconds: f64, of: Duration) -> String {
    format!("{:.1}", 100.0 * seconds / of.as_secs_f64())
}

/// Presses `j` again and again and waits each time until the cursor is on the next row.
fn keys(name: &str, screen: &mut Terminal, at: &mut usize) {
    let mut times = Vec::with_capacity(KEYS);
    for _ in 0..KEYS {
        *at += 1;
        let place = format!(" {at} of ");
        let begin = Instant::now();
        screen.press(b"j");
        screen.wait(&place, |s| s.contains(&place));
        times.push(begin.elapsed());
        // Another moment of the program's own rhythm each time, neither the best nor the worst.
        screen.rest(Duration::from_millis(20 + *at as u64 * 7 % 50));
    }
    times.sort_unstable();
    let of = |share: usize| format!("{:.1}", times[(KEYS * share / 100).min(KEYS - 1)].as_secs_f64() * 1e3);
    say(&format!("{name}_p50_ms"), of(50));
    say(&format!("{name}_p99_ms"), of(99));
}

/// Types a filter that most rows do not pass, and takes it away again.
fn filter(screen: &mut Terminal) {
    screen.press(b"/");
    let (mut typed, mut worst) = ("/".to_owned(), Duration::ZERO);
    for key in "svc-017".chars() {
        typed.push(key);
        let begin = Instant::now();
        screen.press(key.to_string().as_bytes());
        screen.wait(&typed, |s| s.lines().any(|l| l.contains("Pods") && l.contains(&typed)));
        worst = worst.max(begin.elapsed());
        screen.rest(Duration::from_millis(50));
    }
    say("filter_worst_ms", format!("{:.1}", worst.as_secs_f64() * 1e3));
    screen.press(b"\x1b");
    screen.wait("all rows again", |s| !s.contains(&typed));
    screen.press(b"g");
    screen.wait("the top", |s| s.contains(" 1 of "));
}

/// A command that is ended with its measure.
struct Ended(Process);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What has come from the program.
struct Seen {
    parser: vt100::Parser,
    bytes: u64,
}

/// The program in a terminal.
struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    seen: Arc<(Mutex<Seen>, Condvar)>,
    started: Instant,
    pid: u32,
}

impl Terminal {
    fn open(args: &[&str]) -> Terminal {
        let size = PtySize { rows: ROWS, cols: COLUMNS, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo terminal");
        let program = std::env::var("OPSBOOK").expect("OPSBOOK names the program to measure");
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env("TERM", "xterm-256color");
        let mut reader = pair.master.try_clone_reader().expect("the terminal can be read");
        let writer = pair.master.take_writer().expect("the terminal can be written");
        let (rows, columns) = (ROWS.try_into().expect("not zero"), COLUMNS.try_into().expect("not zero"));
        let parser = vt100::Parser::new(rows, columns, 0);
        let seen = Arc::new((Mutex::new(Seen { parser, bytes: 0 }), Condvar::new()));
        let started = Instant::now();
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let pid = child.process_id().expect("a running program has a number");
        let inside = Arc::clone(&seen);
        std::thread::spawn(move || {
            // Held, so that the terminal lives as long as its reader.
            let _master = pair.master;
            let mut buffer = vec![0; 64 << 10];
            while let Ok(n @ 1..) = reader.read(&mut buffer) {
                let mut seen = inside.0.lock().expect("no reader panics");
                seen.parser.process(&buffer[..n]);
                seen.bytes += n as u64;
                inside.1.notify_all();
            }
        });
        Terminal { child, writer, seen, started, pid }
    }

    fn press(&mut self, keys: &[u8]) {
        self.writer.write_all(keys).and_then(|()| self.writer.flush()).expect("the program takes keys");
    }

    /// Waits until the screen is as wanted; the time is counted from the start of the program.
    fn wait(&self, what: &str, wanted: impl Fn(&str) -> bool) -> Duration {
        let mut seen = self.seen.0.lock().expect("no reader panics");
        let deadline = Instant::now() + PATIENCE;
        loop {
            let screen = seen.parser.screen().contents();
            if wanted(&screen) {
                return self.started.elapsed();
            }
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "never on the screen: {what}\n{screen}");
            seen = self.seen.1.wait_timeout(seen, left).expect("no reader panics").0;
        }
    }

    /// Lets time pass.
    fn rest(&self, span: Duration) {
        let end = Instant::now() + span;
        let mut seen = self.seen.0.lock().expect("no reader panics");
        while let Some(left) = end.checked_duration_since(Instant::now()).filter(|l| !l.is_zero()) {
            seen = self.seen.1.wait_timeout(seen, left).expect("no reader panics").0;
        }
        drop(seen);
    }

    fn bytes(&self) -> u64 {
        self.seen.0.lock().expect("no reader panics").bytes
    }

    fn proc(&self, file: &str) -> String {
        std::fs::read_to_string(format!("/proc/{}/{file}", self.pid)).unwrap_or_default()
    }

    /// A line of the process's status in MiB.
    fn status(&self, field: &str) -> u64 {
        let status = self.proc("status");
        let line = status.lines().find_map(|l| l.strip_prefix(field)?.strip_prefix(':'));
        line.and_then(|l| l.trim().trim_end_matches(" kB").trim().parse::<u64>().ok()).unwrap_or(0) / 1024
    }

    /// Context switches of all threads so far.
    fn switches(&self) -> u64 {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.pid)).into_iter().flatten().flatten();
        let of = |text: String| -> u64 {
            let counts = text.lines().filter(|l| l.contains("ctxt_switches"));
            counts.filter_map(|l| l.split_whitespace().last()?.parse::<u64>().ok()).sum()
        };
        tasks.filter_map(|t| std::fs::read_to_string(t.path().join("status")).ok()).map(of).sum()
    }

    /// Seconds of processor time so far.
    fn cpu(&self) -> f64 {
        let stat = self.proc("stat");
        let after = stat.rsplit(')').next().unwrap_or_default();
        let fields: Vec<_> = after.split_whitespace().collect();
        let tick = |i: usize| fields.get(i).and_then(|f| f.parse::<f64>().ok()).unwrap_or(0.0);
        (tick(11) + tick(12)) / TICKS
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
