//! Scripts that are tests by themselves.

use std::process::Command;

use crate::support::repository;

/// Runs a script of `scripts/` with the program under test; its standard error says what differs.
fn run(script: &str) {
    let mut command = Command::new(repository().join("scripts").join(script));
    command.env("OPSBOOK", env!("CARGO_BIN_EXE_opsbook"));
    let out = command.output().unwrap();
    let said = String::from_utf8_lossy(&out.stderr);
    assert!(
        out.status.success(),
        "{script}: {}\n{said}\n{}",
        out.status,
        String::from_utf8_lossy(&out.stdout)
    );
}

#[test]
fn kubectl_understands_the_practice_cluster() {
    if crate::support::real_wanted("scripts::kubectl_understands_the_practice_cluster") {
        run("kubectl-practice");
    }
}
