//! A shell in a container, in a pane: rights, intent into the journal, the shell, its end into the journal.
//!
//! Must not keep a byte of what is typed or shown, and must not say that a shell has ended because its connection has.

use kube::api::{AttachedProcess, TerminalSize};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::Operation;
use super::journal::Recorder;
use super::operate::{begin, name, record_end};
use super::pane::Pane;
use crate::app::{Msg, TaskEvent};
use crate::cluster::write::{WriteError, Writer, open};
use crate::lang::t;
use crate::op::Work;
use crate::record::{RunEnd, What};
use crate::shell::{CHUNK, Wires};

/// In the journal.
const VERB: &str = "exec";

/// Opens the shell of an approved plan, shows it in its pane and waits for its end.
pub async fn open_shell(
    writer: &Writer,
    recorder: &Recorder,
    operation: Operation,
    cancel: &CancellationToken,
    pane: Pane<'_>,
) {
    let (task, out) = (operation.task, pane.out);
    let tell = |event| out.send(Msg::Task { id: task, event });
    let (end, words) = match shell(writer, recorder, &operation, cancel, pane).await {
        Ok(ended) => ended,
        Err(why) => (RunEnd::Failed, recorder.vault().text(&why)),
    };
    let _ = out.send(Msg::Recorded(recorder.events())).await;
    let _ = tell(TaskEvent::Ended { end, words }).await;
}

/// The shell from its intent to its end. An error is why it was not begun.
async fn shell(
    writer: &Writer,
    recorder: &Recorder,
    operation: &Operation,
    cancel: &CancellationToken,
    mut pane: Pane<'_>,
) -> Result<(RunEnd, String), String> {
    let Work::Exec(work) = &operation.approved.plan().work else {
        return Err(t!("runtime-exec-no-shell").to_owned());
    };
    let plan = name(recorder, operation);
    begin(&writer.client, recorder, operation, &plan, cancel, pane.out).await?;
    let (object, verb) = (work.pod.clone(), VERB.to_owned());
    let sending = What::Sending { plan: plan.clone(), object: object.clone(), verb: verb.clone() };
    recorder.append(sending).map_err(|e| e.to_string())?;
    let _ = pane.out.send(Msg::Recorded(recorder.events())).await;
    let event = TaskEvent::Started { plan: plan.clone() };
    let _ = pane.out.send(Msg::Task { id: operation.task, event }).await;
    let size = pane.size().await;
    let opened = tokio::select! {
        opened = open(writer, work) => opened,
        () = cancel.cancelled() => {
            Err(WriteError::Unknown { said: t!("runtime-exec-left-early").to_owned() })
        }
    };
    let (end, words) = match opened {
        Ok(process) => talk(process, pane, size, cancel).await,
        Err(error @ WriteError::Unknown { .. }) => (RunEnd::Unknown, error.to_string()),
        Err(error) => (RunEnd::Failed, error.to_string()),
    };
    let words = recorder.vault().text(&words);
    let why = words.clone();
    let answer = match end {
        RunEnd::Unknown => What::Unanswered { plan: plan.clone(), object, verb, why },
        RunEnd::Failed => What::Refused { plan: plan.clone(), object, verb, why },
        RunEnd::Applied | RunEnd::Cancelled => What::Accepted { plan: plan.clone(), object, verb },
    };
    if let Err(e) = recorder.append(answer) {
        tracing::error!(%e, "the end of a shell could not be recorded");
    }
    record_end(recorder, &plan, end, &words);
    Ok((end, words))
}

/// Carries keys in and output out until the shell has ended, or is given up.
async fn talk(
    mut process: AttachedProcess,
    pane: Pane<'_>,
    size: (u16, u16),
    cancel: &CancellationToken,
) -> (RunEnd, String) {
    let (status, sizes) = (process.take_status(), process.terminal_size());
    let (Some(stdin), Some(stdout)) = (process.stdin(), process.stdout()) else {
        return (RunEnd::Unknown, t!("runtime-exec-no-streams").to_owned());
    };
    let (wires, written, typed) = Wires::new(move |width, height| {
        if let Some(sizes) = &sizes {
            let _ = sizes.clone().try_send(TerminalSize { width, height });
        }
    });
    // They end with this.
    let mut pumps = JoinSet::new();
    pumps.spawn(read(stdout, written));
    pumps.spawn(write(stdin, typed));
    let ended = async {
        let status = async {
            match status {
                Some(status) => status.await,
                None => None,
            }
        };
        tokio::select! {
            status = status => Some(status),
            () = cancel.cancelled() => None,
        }
    };
    let said = pane.show(wires, size, ended).await;
    process.abort();
    let Some(status) = said else {
        return (RunEnd::Unknown, t!("runtime-exec-left").to_owned());
    };
    let Some(status) = status else {
        return (RunEnd::Unknown, t!("runtime-exec-cut").to_owned());
    };
    let causes = status.details.iter().flat_map(|d| d.causes.iter().flatten());
    let code = { causes }.find(|c| c.reason.as_deref() == Some("ExitCode")).and_then(|c| c.message.clone());
    match (status.status.as_deref(), code) {
        (Some("Success"), _) => (RunEnd::Applied, t!("runtime-exec-ended", code = 0)),
        // The code is that of the last command in it.
        (_, Some(code)) => (RunEnd::Applied, t!("runtime-exec-ended", code = crate::domain::sanitize(&code))),
        _ => (
            RunEnd::Failed,
            crate::domain::sanitize(status.message.as_deref().unwrap_or(t!("runtime-exec-no-reason"))),
        ),
    }
}

async fn read(mut from: impl AsyncRead + Unpin, to: mpsc::Sender<Vec<u8>>) {
    let mut buffer = vec![0; CHUNK];
    while let Ok(read @ 1..) = from.read(&mut buffer).await {
        if to.send(buffer[..read].to_vec()).await.is_err() {
            return;
        }
    }
}

async fn write(mut to: impl AsyncWrite + Unpin, mut from: mpsc::Receiver<Vec<u8>>) {
    while let Some(keys) = from.recv().await {
        if to.write_all(&keys).await.is_err() || to.flush().await.is_err() {
            return;
        }
    }
}
