//! A shell in a container, on the terminal that was given back: rights, intent into the journal, the shell, its end into
//! the journal.
//!
//! Must not be called while opsbook still draws, and must not keep a byte of what is typed or shown.

use std::io::{PipeReader, Write};
use std::os::fd::AsFd;

use kube::api::{AttachedProcess, TerminalSize};
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::Operation;
use super::journal::Recorder;
use super::operate::{begin, name, record_end};
use crate::app::{Msg, TaskEvent};
use crate::cluster::write::{WriteError, Writer, open};
use crate::op::Work;
use crate::record::{RunEnd, What};

/// In the journal.
const VERB: &str = "exec";
/// ctrl-] leaves a shell that does not end, as it does in telnet.
const LEAVE: u8 = 0x1d;
/// Pieces of input or output that may wait.
const WAITING: usize = 16;
/// Bytes that are taken at once.
const CHUNK: usize = 8 << 10;

/// What a shell is connected to.
pub struct Terminal<O> {
    /// What is typed.
    pub keys: mpsc::Receiver<Vec<u8>>,
    /// A slow one slows the shell.
    pub out: O,
    /// The size at the start and whenever it changes, as columns and rows.
    pub sizes: mpsc::Receiver<(u16, u16)>,
}

/// Opens the shell of an approved plan and waits for its end. What the core is to be told comes back.
pub async fn open_shell<O: Write>(
    writer: &Writer,
    recorder: &Recorder,
    operation: &Operation,
    terminal: Terminal<O>,
) -> Vec<Msg> {
    let (task, plan) = (operation.task, operation.approved.plan());
    let Work::Exec(work) = &plan.work else { return Vec::new() };
    let id = name(recorder, operation);
    let event = |event| Msg::Task { id: task, event };
    let said = |words: &str| recorder.vault().text(words);
    let sending = What::Sending { plan: id.clone(), object: work.pod.clone(), verb: VERB.to_owned() };
    let begun = begin(&writer.client, recorder, operation, &id, &CancellationToken::new()).await;
    if let Err(why) = begun.and_then(|_| recorder.append(sending).map_err(|e| e.to_string())) {
        return vec![event(TaskEvent::Ended { end: RunEnd::Failed, words: said(&why) })];
    }
    let (end, words) = match open(writer, work).await {
        Ok(process) => talk(process, terminal).await,
        Err(error @ WriteError::Unknown { .. }) => (RunEnd::Unknown, error.to_string()),
        Err(error) => (RunEnd::Failed, error.to_string()),
    };
    let words = said(&words);
    let (object, verb, why) = (work.pod.clone(), VERB.to_owned(), words.clone());
    let answer = match end {
        RunEnd::Unknown => What::Unanswered { plan: id.clone(), object, verb, why },
        RunEnd::Failed => What::Refused { plan: id.clone(), object, verb, why },
        RunEnd::Applied | RunEnd::Cancelled => What::Accepted { plan: id.clone(), object, verb },
    };
    if let Err(e) = recorder.append(answer) {
        tracing::error!(%e, "the end of a shell could not be recorded");
    }
    record_end(recorder, &id, end, &words);
    vec![
        Msg::Recorded(recorder.events()),
        event(TaskEvent::Started { plan: id }),
        event(TaskEvent::Ended { end, words }),
    ]
}

/// Carries keys in and output out until the shell has ended, or is left.
async fn talk<O: Write>(mut process: AttachedProcess, mut terminal: Terminal<O>) -> (RunEnd, String) {
    let status = process.take_status();
    let (mut stdin, stdout, size) = (process.stdin(), process.stdout(), process.terminal_size());
    let Some(mut stdout) = stdout else {
        return (RunEnd::Unknown, "the server opened no output".to_owned());
    };
    let mut buffer = vec![0; CHUNK];
    let (mut typing, mut sizing, mut left) = (true, true, false);
    loop {
        tokio::select! {
            read = stdout.read(&mut buffer) => match read {
                Ok(0) | Err(_) => break,
                Ok(read) => {
                    if terminal.out.write_all(&buffer[..read]).is_err() || terminal.out.flush().is_err() {
                        break;
                    }
                }
            },
            keys = terminal.keys.recv(), if typing => match keys {
                Some(keys) if keys == [LEAVE] => {
                    left = true;
                    break;
                }
                Some(keys) => {
                    if let Some(to) = &mut stdin {
                        typing = to.write_all(&keys).await.is_ok();
                    }
                }
                None => typing = false,
            },
            changed = terminal.sizes.recv(), if sizing => match (changed, &size) {
                (Some((width, height)), Some(size)) => {
                    let _ = size.clone().try_send(TerminalSize { width, height });
                }
                _ => sizing = false,
            },
        }
    }
    if left {
        process.abort();
        return (RunEnd::Unknown, "it was left with ctrl-]; the shell may go on in the container".to_owned());
    }
    let status = match status {
        Some(status) => status.await,
        None => None,
    };
    process.abort();
    let Some(status) = status else {
        return (RunEnd::Unknown, "the connection ended before the shell told how it ended".to_owned());
    };
    let causes = status.details.iter().flat_map(|d| d.causes.iter().flatten());
    let code = { causes }.find(|c| c.reason.as_deref() == Some("ExitCode")).and_then(|c| c.message.clone());
    match (status.status.as_deref(), code) {
        (Some("Success"), _) => (RunEnd::Applied, "the shell has ended with exit code 0".to_owned()),
        // The code is that of the last command in it.
        (_, Some(code)) => (
            RunEnd::Applied,
            format!("the shell has ended with exit code {}", crate::domain::sanitize(&code)),
        ),
        _ => (
            RunEnd::Failed,
            crate::domain::sanitize(status.message.as_deref().unwrap_or("the server does not say why")),
        ),
    }
}

/// Lends the terminal, which was given back before, to the shell of an approved plan. It blocks this thread alone.
pub(super) fn hand_over(writer: &Writer, recorder: &Recorder, operation: &Operation) -> Vec<Msg> {
    let failed = |why: &std::io::Error| {
        let words = format!("the terminal cannot be lent: {why}");
        vec![Msg::Task { id: operation.task, event: TaskEvent::Ended { end: RunEnd::Failed, words } }]
    };
    println!("opsbook: ctrl-] leaves the shell if it does not end by itself\r");
    let (stop, stopped) = match std::io::pipe() {
        Ok((stopped, stop)) => (stop, stopped),
        Err(e) => return failed(&e),
    };
    if let Err(e) = crossterm::terminal::enable_raw_mode() {
        return failed(&e);
    }
    let (typed, keys) = mpsc::channel(WAITING);
    let reader = std::thread::spawn(move || read_keys(&stopped, &typed));
    let told = tokio::task::block_in_place(|| {
        tokio::runtime::Handle::current().block_on(async {
            let (changed, sizes) = mpsc::channel(WAITING);
            let terminal = Terminal { keys, out: std::io::stdout(), sizes };
            tokio::select! {
                told = open_shell(writer, recorder, operation, terminal) => told,
                never = follow_size(changed) => match never {},
            }
        })
    });
    // The reader wakes when the other end of its pipe is gone, and takes no key more.
    drop(stop);
    let _ = reader.join();
    let _ = crossterm::terminal::disable_raw_mode();
    told
}

/// Hands on what is typed until the pipe is closed, and not a key longer.
fn read_keys(stopped: &PipeReader, out: &mpsc::Sender<Vec<u8>>) {
    let input = std::io::stdin();
    let mut buffer = vec![0; CHUNK];
    loop {
        let mut wait =
            [PollFd::new(input.as_fd(), PollFlags::POLLIN), PollFd::new(stopped.as_fd(), PollFlags::POLLIN)];
        match poll(&mut wait, PollTimeout::NONE) {
            Ok(_) => {}
            Err(nix::errno::Errno::EINTR) => continue,
            Err(_) => return,
        }
        if wait[1].any().unwrap_or(true) {
            return;
        }
        match nix::unistd::read(input.as_fd(), &mut buffer) {
            Ok(0) | Err(_) => return,
            Ok(read) => {
                if out.blocking_send(buffer[..read].to_vec()).is_err() {
                    return;
                }
            }
        }
    }
}

/// Tells the size of the terminal at the start and whenever it changes.
async fn follow_size(out: mpsc::Sender<(u16, u16)>) -> std::convert::Infallible {
    let mut changes = signal(SignalKind::window_change()).ok();
    loop {
        if let Ok(size) = crossterm::terminal::size() {
            let _ = out.send(size).await;
        }
        match &mut changes {
            Some(changes) => drop(changes.recv().await),
            None => std::future::pending::<()>().await,
        }
    }
}
