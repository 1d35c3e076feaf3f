//! An idle program sleeps: on a cluster where nothing happens it draws nothing and hardly wakes.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::time::Duration;

use nix::unistd::Pid;

use crate::terminal::Start;

/// How often each thread of a process was given or gave up a processor, so far.
fn switches(pid: Pid) -> BTreeMap<OsString, u64> {
    let count = |line: &str| line.split_whitespace().nth(1).and_then(|n| n.parse::<u64>().ok()).unwrap_or(0);
    let read = |task: fs::DirEntry| {
        let status = fs::read_to_string(task.path().join("status")).ok()?;
        Some((task.file_name(), status.lines().filter(|l| l.contains("ctxt_switches")).map(count).sum()))
    };
    fs::read_dir(format!("/proc/{pid}/task")).unwrap().filter_map(|t| read(t.ok()?)).collect()
}

#[test]
fn an_idle_program_draws_nothing_and_hardly_wakes() {
    let home = tempfile::tempdir().unwrap();
    let terminal = Start::new((120, 40), home.path()).opsbook(&["--practice", "healthy"]);
    terminal.wait_text(&["Nothing is wrong that a detector knows", "live"]);
    assert!(terminal.quiet(Duration::from_secs(5), Duration::from_mins(1)), "it never settled");
    let before = switches(terminal.pid());
    let drawn = terminal.raw().len();
    terminal.let_pass(Duration::from_secs(10));
    let after = switches(terminal.pid());
    // A thread that ended meanwhile (a pool shrinks) no longer counts.
    let woke: u64 = after.iter().map(|(task, n)| n - before.get(task).unwrap_or(&0)).sum();
    println!("context switches in 10 s of idling: {woke}");
    assert_eq!(terminal.raw().len(), drawn, "drawn while nothing happened");
    assert!(woke < 20, "{woke} context switches in 10 s");
}
