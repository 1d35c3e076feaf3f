//! An idle program sleeps: on a cluster where nothing happens it draws nothing and hardly wakes.

use std::fs;
use std::time::Duration;

use nix::unistd::Pid;

use crate::terminal::Start;

/// How often the threads of a process were given or gave up a processor, so far.
fn switches(pid: Pid) -> u64 {
    let tasks = fs::read_dir(format!("/proc/{pid}/task")).unwrap();
    let count = |line: &str| line.split_whitespace().nth(1).and_then(|n| n.parse::<u64>().ok()).unwrap_or(0);
    tasks
        .filter_map(|t| fs::read_to_string(t.ok()?.path().join("status")).ok())
        .map(|s| s.lines().filter(|l| l.contains("ctxt_switches")).map(count).sum::<u64>())
        .sum()
}

#[test]
fn an_idle_program_draws_nothing_and_hardly_wakes() {
    let home = tempfile::tempdir().unwrap();
    let terminal = Start::new((120, 40), home.path()).opsbook(&["--practice", "healthy"]);
    terminal.wait_text(&["Nothing is wrong that a detector knows", "live"]);
    assert!(terminal.quiet(Duration::from_secs(5), Duration::from_secs(60)), "it never settled");
    let before = switches(terminal.pid());
    let drawn = terminal.raw().len();
    terminal.let_pass(Duration::from_secs(10));
    let woke = switches(terminal.pid()) - before;
    println!("context switches in 10 s of idling: {woke}");
    println!("bytes drawn in 10 s of idling: {}", terminal.raw().len() - drawn);
}
