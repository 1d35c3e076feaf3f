//! Scripts on the operator's machine: a session of their own without input and terminal, ended as a whole.
//!
//! Must not leave anything behind: what a script put into the background ends with it.

use std::ffi::OsString;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use nix::sys::signal::Signal;
use tokio::io::AsyncRead;
use tokio::process::{Child, Command};
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};

use super::environment::Kept;
use super::output::Stream;
use super::{Ended, Job, Ran, Runner, Surroundings};
use crate::detached::{Session, detach};
use crate::lang::t;
use crate::machine::find_program;
use crate::op::Script;
use crate::vault::Vault;

/// How long a script has between being asked to end and being ended.
pub(super) const GRACE: Duration = Duration::from_secs(5);
/// How long what it wrote is waited for after it ended.
const REST: Duration = Duration::from_secs(1);

/// This machine.
pub struct Local {
    pub around: Arc<Kept>,
}

/// The interpreter with its arguments: nothing of the operator's own start-up files is read.
pub(super) fn command_line(
    script: &Script,
    around: &Surroundings,
) -> Result<(PathBuf, Vec<OsString>), String> {
    let path = around.get("PATH");
    let program = find_program(&script.interpreter, path)
        .ok_or_else(|| t!("shell-local-missing", interpreter = script.interpreter))?;
    let mut args: Vec<OsString> = Vec::new();
    if script.interpreter == "bash" {
        args.extend(["--noprofile", "--norc"].map(OsString::from));
    }
    args.extend(["-c".into(), OsString::from(&script.body)]);
    Ok((program, args))
}

/// Why a script cannot run on this machine.
pub(super) fn ready(script: &Script, around: &Surroundings) -> Result<(), String> {
    if let Some(user) = &around.acts_as {
        return Err(t!("shell-local-acts-as", user = user));
    }
    command_line(script, around).map(drop)
}

impl Runner for Local {
    fn ready(&self, script: &Script) -> Result<(), String> {
        ready(script, &self.around)
    }

    fn run<'a>(&'a self, job: Job<'a>) -> BoxFuture<'a, Ran> {
        Box::pin(async move {
            match self.start(job.script) {
                Ok(child) => follow(child, &job).await,
                Err(why) => Ran::not_started(why),
            }
        })
    }
}

impl Local {
    fn start(&self, script: &Script) -> Result<Child, String> {
        ready(script, &self.around)?;
        if script.interactive {
            return Err(t!("shell-local-no-terminal").to_owned());
        }
        let (program, args) = command_line(script, &self.around)?;
        let home = self.around.get("HOME").map(PathBuf::from).filter(|h| h.is_dir());
        let mut command = Command::new(&program);
        command
            .args(args)
            .env_clear()
            .envs(self.around.of(script)?)
            .current_dir(home.unwrap_or_else(|| PathBuf::from("/")))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        let started = detach(command.as_std_mut()).and_then(|()| command.spawn());
        started.map_err(|e| t!("shell-not-started", program = program.display(), error = e))
    }
}

/// Reads what the script writes until it ends, is stopped, or has no time left.
async fn follow(mut child: Child, job: &Job<'_>) -> Ran {
    let Some(session) = child.id().and_then(Session::of) else {
        return Ran::not_started(t!("shell-no-process"));
    };
    let out = tokio::spawn(read(child.stdout.take(), job.vault.clone(), job.lines.clone()));
    let err = tokio::spawn(read(child.stderr.take(), job.vault.clone(), job.lines.clone()));
    let limit = job.script.timeout_seconds.map(Duration::from_secs);
    let over = async {
        match limit {
            Some(limit) => sleep(limit).await,
            None => std::future::pending().await,
        }
    };
    let ended = tokio::select! {
        status = child.wait() => ended(status),
        () = job.cancel.cancelled() => stop(&mut child, &session, Ended::Cancelled).await,
        () = over => stop(&mut child, &session, Ended::TimedOut).await,
    };
    let (out, err) = (rest(out, &session).await, rest(err, &session).await);
    let cut = out.cut || err.cut;
    Ran { ended, stdout: out.kept, stderr: err.kept, cut }
}

pub(super) fn ended(status: std::io::Result<ExitStatus>) -> Ended {
    match status {
        Ok(status) => match (status.code(), status.signal()) {
            (Some(code), _) => Ended::Code(code),
            (None, Some(signal)) => Ended::Signal(signal),
            (None, None) => Ended::Unknown(t!("shell-local-end-unknown").to_owned()),
        },
        Err(e) => Ended::Unknown(t!("shell-local-not-waited", error = e)),
    }
}

/// Asks the whole session to end, and ends it when it does not.
async fn stop(child: &mut Child, session: &Session, why: Ended) -> Ended {
    session.tell(&[Signal::SIGTERM]);
    if timeout(GRACE, child.wait()).await.is_err() {
        session.tell(&[Signal::SIGKILL]);
        if let Err(e) = child.wait().await {
            return Ended::Unknown(t!("shell-local-not-waited", error = e));
        }
    }
    why
}

/// What a reader read. A program in the background that holds the stream open is ended.
async fn rest(mut reader: tokio::task::JoinHandle<Stream>, session: &Session) -> Stream {
    if let Ok(done) = timeout(REST, &mut reader).await {
        return done.unwrap_or_else(|_| Stream::lost());
    }
    session.tell(&[Signal::SIGKILL]);
    match timeout(REST, &mut reader).await {
        Ok(Ok(stream)) => stream,
        // It left the session and holds the stream: nobody waits for it.
        _ => {
            reader.abort();
            Stream::lost()
        }
    }
}

/// Reads one stream to its end.
async fn read(
    from: Option<impl AsyncRead + Unpin>,
    vault: Vault,
    lines: mpsc::Sender<Vec<String>>,
) -> Stream {
    let mut stream = Stream::new(&vault);
    stream.read(from, &lines).await;
    stream
}

#[cfg(test)]
mod tests;
