//! Carries an approved script out: rights, intent into the journal, the script, outcome into the journal: the order in
//! which operations are carried out too.
//!
//! Must not run a script whose intent is not on the disk, and must not keep what it wrote.

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::Operation;
use super::journal::Recorder;
use super::operate::{begin, name, record_end};
use super::pane::Pane;
use super::same::same_cluster;
use crate::app::{Msg, TaskEvent};
use crate::domain::ObjectKey;
use crate::lang::t;
use crate::op::{Plan, Script};
use crate::record::{RunEnd, What};
use crate::shell::{Ended, Job, Ran, Shell};
use crate::walk::Given;

/// Batches of lines that may wait for the screen.
const BATCHES: usize = 16;
/// What a script does to the place that it runs on, in the journal.
const VERB: &str = "run";
/// How long a script that proves may take, in seconds.
const PROOF_SECONDS: u64 = 60;

/// Runs it and tells `out` on the way. One that has a terminal is shown in its pane.
pub async fn run_script(
    shell: &Shell,
    client: &kube::Client,
    recorder: &Recorder,
    operation: Operation,
    cancel: &CancellationToken,
    out: &mpsc::Sender<Msg>,
    pane: Option<Pane<'_>>,
) {
    let task = operation.task;
    let id = name(recorder, &operation);
    let event = |event| Msg::Task { id: task, event };
    let (end, words) = match begin(client, recorder, &operation, &id, cancel, out).await {
        Err(why) => (RunEnd::Failed, recorder.vault().text(&why)),
        Ok(events) => {
            let _ = out.send(Msg::Recorded(events)).await;
            let _ = out.send(event(TaskEvent::Started { plan: id.clone() })).await;
            let plan = operation.approved.plan();
            match plan.script() {
                Some(script) => {
                    let run = Run { shell, recorder, out, task, id: &id, plan, script };
                    run.carry_out(cancel, pane).await
                }
                None => (RunEnd::Failed, t!("runtime-script-none").to_owned()),
            }
        }
    };
    let _ = out.send(event(TaskEvent::Ended { end, words })).await;
}

/// A script whose intent is written.
struct Run<'a> {
    shell: &'a Shell,
    recorder: &'a Recorder,
    out: &'a mpsc::Sender<Msg>,
    task: u64,
    id: &'a str,
    plan: &'a Plan,
    script: &'a Script,
}

impl Run<'_> {
    async fn carry_out(&self, cancel: &CancellationToken, pane: Option<Pane<'_>>) -> (RunEnd, String) {
        let (end, words) = if let Err(why) = began(self.recorder, self.id, &self.plan.target) {
            (RunEnd::Failed, why)
        } else {
            let ran = match pane {
                Some(pane) => self.show(cancel, pane).await,
                None => self.run(cancel).await,
            };
            let (end, words) = judged(self.script, &ran.ended);
            let answer = answered(self.id, &self.plan.target, &ran.ended, end, &words);
            if let Some(what) = answer
                && let Err(e) = self.recorder.append(what)
            {
                tracing::error!(%e, "the end of a script could not be recorded");
            }
            if let (RunEnd::Applied, Ended::Code(exit)) = (end, &ran.ended) {
                let given = given(*exit, &ran);
                let event = TaskEvent::Given(Box::new(given));
                let _ = self.out.send(Msg::Task { id: self.task, event }).await;
            }
            (end, words)
        };
        let words = self.recorder.vault().text(&words);
        record_end(self.recorder, self.id, end, &words);
        let _ = self.out.send(Msg::Recorded(self.recorder.events())).await;
        (end, words)
    }

    /// Runs it, and hands its lines on while it does.
    async fn run(&self, cancel: &CancellationToken) -> Ran {
        let runner = self.shell.runner(&self.script.place);
        let (lines, mut told) = mpsc::channel(BATCHES);
        let job =
            Job { script: self.script, lines, vault: self.recorder.vault().clone(), cancel: cancel.clone() };
        let hand_on = async {
            while let Some(lines) = told.recv().await {
                let event = TaskEvent::Output(lines);
                if self.out.send(Msg::Task { id: self.task, event }).await.is_err() {
                    return;
                }
            }
        };
        let (ran, ()) = tokio::join!(runner.run(job), hand_on);
        ran
    }

    /// Runs it in its pane. Nothing of what is typed or shown is kept, so nothing but its code can be taken.
    async fn show(&self, cancel: &CancellationToken, mut pane: Pane<'_>) -> Ran {
        let size = pane.size().await;
        let ended = match crate::shell::open(self.script, self.shell.around(), size) {
            Ok((wires, process)) => pane.show(wires, size, process.ended(cancel.clone())).await,
            Err(why) => Ended::NotStarted(why),
        };
        Ran { ended, stdout: Vec::new(), stderr: Vec::new(), cut: true }
    }
}

/// It is about to begin: from here on it may have done something.
fn began(recorder: &Recorder, plan: &str, target: &ObjectKey) -> Result<(), String> {
    let what = What::Sending { plan: plan.to_owned(), object: target.clone(), verb: VERB.to_owned() };
    recorder.append(what).map(drop).map_err(|e| e.to_string())
}

/// What the end of a script says about it, for the journal; nothing where it was stopped in the middle.
fn answered(plan: &str, target: &ObjectKey, ended: &Ended, end: RunEnd, words: &str) -> Option<What> {
    let (plan, object, verb) = (plan.to_owned(), target.clone(), VERB.to_owned());
    match (end, ended) {
        (RunEnd::Applied, _) => Some(What::Accepted { plan, object, verb }),
        // It ended by itself: whether it may be tried again is its author's to say.
        (RunEnd::Failed, Ended::Code(_) | Ended::NotStarted(_)) => {
            Some(What::Refused { plan, object, verb, why: words.to_owned() })
        }
        (RunEnd::Unknown, _) => Some(What::Unanswered { plan, object, verb, why: words.to_owned() }),
        _ => None,
    }
}

/// What the end of a script means.
fn judged(script: &Script, ended: &Ended) -> (RunEnd, String) {
    match ended {
        Ended::Code(code) if *code == 0 || script.any_exit => {
            (RunEnd::Applied, t!("runtime-script-ended", code = code))
        }
        Ended::Code(code) => (RunEnd::Failed, t!("runtime-script-ended", code = code)),
        Ended::Signal(signal) => (RunEnd::Failed, t!("runtime-script-signal", signal = signal)),
        Ended::Cancelled => (RunEnd::Cancelled, t!("runtime-script-stopped").to_owned()),
        Ended::TimedOut => {
            let seconds = script.timeout_seconds.unwrap_or_default();
            (RunEnd::Failed, t!("runtime-script-timed-out", seconds = seconds))
        }
        Ended::NotStarted(why) => (RunEnd::Failed, why.clone()),
        Ended::Unknown(why) => (RunEnd::Unknown, why.clone()),
    }
}

fn given(exit: i32, ran: &Ran) -> Given {
    let text = |bytes: &[u8]| crate::domain::sanitize(&String::from_utf8_lossy(bytes));
    Given { exit, stdout: text(&ran.stdout), stderr: text(&ran.stderr), cut: ran.cut }
}

/// Runs the script that proves a step on the session's cluster, unless it is stopped; an error says why it does not hold.
pub async fn check(
    shell: &Shell,
    (client, recorder, out): (&kube::Client, &Recorder, &mpsc::Sender<Msg>),
    script: &Script,
    cancel: &CancellationToken,
) -> Result<(), String> {
    tokio::select! {
        same = same_cluster(client, recorder, out) => same?,
        () = cancel.cancelled() => return Err(t!("runtime-script-stopped-early").to_owned()),
    }
    let vault = recorder.vault().clone();
    let script = Script { timeout_seconds: Some(PROOF_SECONDS), ..script.clone() };
    let (lines, mut told) = mpsc::channel(BATCHES);
    let runner = shell.runner(&script.place);
    let job = Job { script: &script, lines, vault, cancel: cancel.clone() };
    let last = async {
        let mut last = None;
        while let Some(lines) = told.recv().await {
            last = lines.into_iter().next_back().or(last);
        }
        last
    };
    let (ran, last) = tokio::join!(runner.run(job), last);
    match ran.ended {
        Ended::Code(0) => Ok(()),
        Ended::Code(code) => Err(match last {
            Some(said) => t!("runtime-script-proof-code-said", code = code, said = said),
            None => t!("runtime-script-proof-code", code = code),
        }),
        ended => Err(t!("runtime-script-proof", ended = judged(&script, &ended).1)),
    }
}
