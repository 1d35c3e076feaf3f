//! Scripts that have a terminal: a pseudo terminal of their own, in a session and process group of their own, ended as a
//! whole. What goes through it is bytes; whoever opens it shows them.
//!
//! Must not keep a byte of what is typed or shown, and must not leave anything behind.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::ExitStatus;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use super::local::{GRACE, command_line, ended, ready};
use super::wires::{CHUNK, Wires};
use super::{Ended, Surroundings};
use crate::op::Script;

type Master = Arc<Mutex<Box<dyn MasterPty + Send>>>;

/// A script in a terminal. What is left of it is ended when this is dropped.
pub struct Process {
    /// It leads a session and a process group; a shell that is typed into makes more groups, one for each job.
    leader: Pid,
    master: Master,
    exit: oneshot::Receiver<std::io::Result<ExitStatus>>,
    limit: Option<Duration>,
}

/// Starts a script on this machine in a terminal of so many columns and rows. An error says why nothing runs.
pub fn open(script: &Script, around: &Surroundings, size: (u16, u16)) -> Result<(Wires, Process), String> {
    ready(script, around)?;
    let (program, args) = command_line(script, around)?;
    let failed = |e: &dyn std::fmt::Display| format!("{} could not be started: {e}", program.display());
    let mut command = CommandBuilder::new(&program);
    command.args(args);
    command.env_clear();
    for (name, value) in around.of(script)? {
        command.env(name, value);
    }
    let home = around.get("HOME").map(PathBuf::from).filter(|h| h.is_dir());
    command.cwd(home.unwrap_or_else(|| PathBuf::from("/")));
    let pair = native_pty_system().openpty(cells(size)).map_err(|e| failed(&e))?;
    let child: Box<dyn Child> = pair.slave.spawn_command(command).map_err(|e| failed(&e))?;
    drop(pair.slave);
    // The number of the signal that ended it is only in the standard library's status.
    let Ok(mut child) = child.downcast::<std::process::Child>() else {
        return Err(failed(&"it has no process"));
    };
    let leader = Pid::from_raw(i32::try_from(child.id()).map_err(|e| failed(&e))?);
    let (told, exit) = oneshot::channel();
    std::thread::spawn(move || {
        let _ = told.send(child.wait());
    });
    let reader = pair.master.try_clone_reader().map_err(|e| failed(&e))?;
    let writer = pair.master.take_writer().map_err(|e| failed(&e))?;
    let master: Master = Arc::new(Mutex::new(pair.master));
    let resized = Arc::clone(&master);
    let (wires, written, typed) = Wires::new(move |columns, rows| {
        let master = resized.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(e) = master.resize(cells((columns, rows))) {
            tracing::warn!(%e, "a terminal could not be resized");
        }
    });
    std::thread::spawn(move || read(reader, &written));
    std::thread::spawn(move || write(writer, typed));
    let limit = script.timeout_seconds.map(Duration::from_secs);
    Ok((wires, Process { leader, master, exit, limit }))
}

fn cells((cols, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

/// Hands on what the program writes, as long as somebody takes it.
fn read(mut from: Box<dyn Read + Send>, to: &mpsc::Sender<Vec<u8>>) {
    let mut buffer = vec![0; CHUNK];
    while let Ok(read @ 1..) = from.read(&mut buffer) {
        if to.blocking_send(buffer[..read].to_vec()).is_err() {
            return;
        }
    }
}

/// Hands the program what is typed, as long as it can.
fn write(mut to: Box<dyn Write + Send>, mut from: mpsc::Receiver<Vec<u8>>) {
    while let Some(keys) = from.blocking_recv() {
        if to.write_all(&keys).is_err() {
            return;
        }
    }
}

impl Process {
    /// Waits until it ends, is stopped, or has no time left.
    pub async fn ended(mut self, cancel: CancellationToken) -> Ended {
        let over = async {
            match self.limit {
                Some(limit) => sleep(limit).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            status = &mut self.exit => said(status),
            () = cancel.cancelled() => self.stop(Ended::Cancelled).await,
            () = over => self.stop(Ended::TimedOut).await,
        }
    }

    /// Asks all of it to end, and ends it when it does not. A shell that is typed into does not mind SIGTERM; that its
    /// terminal is gone it does, and tells its jobs.
    async fn stop(&mut self, why: Ended) -> Ended {
        self.tell(&[Signal::SIGTERM, Signal::SIGHUP, Signal::SIGCONT]);
        if timeout(GRACE, &mut self.exit).await.is_ok() {
            return why;
        }
        self.tell(&[Signal::SIGKILL]);
        match (&mut self.exit).await {
            Ok(Ok(_)) => why,
            other => said(other),
        }
    }

    /// A group that is gone cannot be told anything, which is as well.
    fn tell(&self, signals: &[Signal]) {
        let front = self.master.lock().unwrap_or_else(PoisonError::into_inner).process_group_leader();
        let mut groups = groups_of(self.leader);
        groups.extend(front.map(Pid::from_raw).into_iter().chain([self.leader]));
        for group in groups {
            for signal in signals {
                let _ = killpg(group, *signal);
            }
        }
    }
}

impl Drop for Process {
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
    let stats = processes.filter_map(|entry| std::fs::read_to_string(entry.path().join("stat")).ok());
    stats.filter_map(|stat| group(&stat)).collect()
}

fn said(status: Result<std::io::Result<ExitStatus>, oneshot::error::RecvError>) -> Ended {
    match status {
        Ok(status) => ended(status),
        Err(_) => Ended::Unknown("its end was not told".to_owned()),
    }
}

#[cfg(test)]
mod tests;
