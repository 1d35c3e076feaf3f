//! Scripts that have a terminal: a pseudo terminal of their own, in a session and process group of their own, ended as a
//! whole. What goes through it is bytes; whoever opens it shows them.
//!
//! Must not keep a byte of what is typed or shown, and must not leave anything behind.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::ExitStatus;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use nix::sys::signal::Signal;
use nix::unistd::Pid;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use super::local::{GRACE, command_line, ended, ready};
use super::wires::{CHUNK, Wires};
use super::{Ended, Surroundings};
use crate::detached::Session;
use crate::lang::t;
use crate::op::Script;

type Master = Arc<Mutex<Box<dyn MasterPty + Send>>>;

/// A script in a terminal. What is left of it is ended when this is dropped.
pub struct Process {
    /// It leads a session and a process group; a shell that is typed into makes more groups, one for each job.
    session: Session,
    master: Master,
    exit: oneshot::Receiver<std::io::Result<ExitStatus>>,
    limit: Option<Duration>,
}

/// Starts a script on this machine in a terminal of so many columns and rows. An error says why nothing runs.
pub fn open(script: &Script, around: &Surroundings, size: (u16, u16)) -> Result<(Wires, Process), String> {
    ready(script, around)?;
    let (program, args) = command_line(script, around)?;
    let failed = |e: &dyn std::fmt::Display| t!("shell-not-started", program = program.display(), error = e);
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
        return Err(failed(&t!("shell-no-process")));
    };
    let session = Session::of(child.id()).ok_or_else(|| failed(&t!("shell-no-process")))?;
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
    Ok((wires, Process { session, master, exit, limit }))
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

    /// All of the session, and what is in the foreground of its terminal.
    fn tell(&self, signals: &[Signal]) {
        let front = self.master.lock().unwrap_or_else(PoisonError::into_inner).process_group_leader();
        self.session.tell_also(front.map(Pid::from_raw), signals);
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Where the system does not list its processes, this is what finds the foreground.
        self.tell(&[Signal::SIGKILL]);
    }
}

fn said(status: Result<std::io::Result<ExitStatus>, oneshot::error::RecvError>) -> Ended {
    match status {
        Ok(status) => ended(status),
        Err(_) => Ended::Unknown(t!("shell-pty-end-unknown").to_owned()),
    }
}

#[cfg(test)]
mod tests;
