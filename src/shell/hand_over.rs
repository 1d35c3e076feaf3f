//! Scripts that take the terminal: it is theirs from their first to their last moment, and opsbook waits.
//!
//! Must not be called while opsbook still draws, and must not keep a byte of what is typed or shown.

use std::path::PathBuf;
use std::process::Command;

use super::local::{command_line, ready};
use super::{Ended, Surroundings};
use crate::op::Script;

/// Runs a script on the terminal that was given back, and waits for its end. It blocks.
pub fn hand_over(script: &Script, around: &Surroundings) -> Ended {
    let started =
        ready(script, around).and_then(|()| Ok((command_line(script, around)?, around.of(script)?)));
    let ((program, args), env) = match started {
        Ok(started) => started,
        Err(why) => return Ended::NotStarted(why),
    };
    let home = around.get("HOME").map(PathBuf::from).filter(|h| h.is_dir());
    let mut command = Command::new(&program);
    command.args(args).env_clear().envs(env).current_dir(home.unwrap_or_else(|| PathBuf::from("/")));
    match command.spawn() {
        Ok(mut child) => super::local::ended(child.wait()),
        Err(e) => Ended::NotStarted(format!("{} could not be started: {e}", program.display())),
    }
}
