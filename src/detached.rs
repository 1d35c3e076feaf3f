//! Programs in a session of their own: they have no controlling terminal, so that `/dev/tty` leads nowhere. What they
//! write comes through pipes only, and no question of theirs takes the keys of the operator.
//!
//! Whatever opsbook starts by itself goes through [`detach`]: scripts, proofs, versions of tools, credential plugins, git
//! and the checks of signatures. Must not be used for a program that a person started in order to be asked (the signature
//! of `opsbook approve`), nor for one that has a pseudo terminal of its own, which has a session of its own already.

use std::collections::BTreeSet;
use std::io;
use std::process::Command;

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use process_wrap::std::{CommandWrap, CommandWrapper, ProcessSession};

/// Makes a command lead a session and a process group of its own when it is started. For a command of tokio, hand over its
/// `as_std_mut()`. It must not be given a `process_group` as well: who leads a group cannot begin a session.
pub fn detach(command: &mut Command) -> io::Result<()> {
    // The hook of the library is enough: it keeps the child as the standard library knows it.
    ProcessSession.pre_spawn(command, &CommandWrap::from(Command::new("")))
}

/// A session of processes; what is left of it is ended when this is dropped.
#[derive(Debug)]
pub struct Session(Pid);

impl Session {
    /// The session that a started program leads, by the program's process id.
    pub fn of(leader: u32) -> Option<Session> {
        i32::try_from(leader).ok().filter(|id| *id > 1).map(|id| Session(Pid::from_raw(id)))
    }

    /// Tells every process of it: the group of the leader, and, where the system lists its processes, the groups that
    /// were made since. One that is gone cannot be told anything, which is as well.
    pub fn tell(&self, signals: &[Signal]) {
        self.tell_also(None, signals);
    }

    /// The same, and one group more.
    pub fn tell_also(&self, group: Option<Pid>, signals: &[Signal]) {
        let mut groups = groups_of(self.0);
        groups.extend(group.into_iter().chain([self.0]));
        for group in groups {
            for signal in signals {
                let _ = killpg(group, *signal);
            }
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.tell(&[Signal::SIGKILL]);
    }
}

/// The process groups of a session, where the system lists its processes: what runs in the background is found by nothing
/// else.
fn groups_of(session: Pid) -> BTreeSet<Pid> {
    let group = |stat: &str| {
        // After the name, which may hold anything: state, parent, group, session.
        let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(2);
        let (group, of) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
        (Pid::from_raw(of) == session).then_some(Pid::from_raw(group))
    };
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let numbered =
        processes.filter(|e| e.file_name().to_string_lossy().starts_with(|c: char| c.is_ascii_digit()));
    let stats = numbered.filter_map(|entry| std::fs::read_to_string(entry.path().join("stat")).ok());
    stats.filter_map(|stat| group(&stat)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;
    use std::process::Stdio;

    /// The session of a process, as the system lists it.
    fn session(pid: &str) -> Option<String> {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        stat.rsplit_once(')')?.1.split_whitespace().nth(3).map(str::to_owned)
    }

    #[test]
    fn a_detached_program_leads_a_session_without_a_terminal() {
        let mut command = Command::new("sh");
        command.args(["-c", "cut -d ' ' -f 6,7 /proc/self/stat; (: </dev/tty) 2>/dev/null && echo opened"]);
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        detach(&mut command).unwrap();
        let child = command.spawn().unwrap();
        let id = child.id();
        let said = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
        // Its session is its own, it has no terminal (0), and none can be opened.
        assert_eq!(said, format!("{id} 0\n"));
        assert_ne!(session("self"), Some(id.to_string()));
    }

    #[tokio::test]
    async fn what_is_left_of_a_session_ends_with_it_whatever_group_it_is_in() {
        let mut command = Command::new("bash");
        // With job control each job has a group of its own.
        command.args(["-c", "set -m; sleep 1000 & echo $!; exec sleep 1000"]).stdout(Stdio::piped());
        detach(&mut command).unwrap();
        let mut child = command.spawn().unwrap();
        let held = Session::of(child.id()).unwrap();
        let mut pid = String::new();
        let mut out = child.stdout.take().unwrap();
        let mut byte = [0];
        while out.read(&mut byte).unwrap() == 1 && byte[0] != b'\n' {
            pid.push(char::from(byte[0]));
        }
        drop(held);
        child.wait().unwrap();
        // Both held the output open: it ends when both are gone.
        let mut rest = String::new();
        out.read_to_string(&mut rest).unwrap();
        // It is told to end; on a busy machine the system takes its time to do it.
        let gone = || session(&pid).is_none_or(|s| s != child.id().to_string()) || is_dead(&pid);
        let late = std::time::Instant::now() + std::time::Duration::from_secs(20);
        while !gone() && std::time::Instant::now() < late {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        assert!(gone(), "{pid} still runs");
    }

    fn is_dead(pid: &str) -> bool {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        stat.rsplit_once(')').is_none_or(|(_, rest)| rest.trim_start().starts_with('Z'))
    }
}
