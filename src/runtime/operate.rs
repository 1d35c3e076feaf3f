//! Carries an approved plan out: rights, intent into the journal, requests, outcome into the journal. There is
//! no other caller of the write path. Plans that run a script are carried out by `script`, in the same order.

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::journal::Recorder;
use super::same::same_cluster;
use super::{Operation, evidence};
use crate::app::{Msg, TaskEvent};
use crate::cluster::write::{Outcome, WriteError, WriteEvent, Writer, review};
use crate::lang::t;
use crate::live::Tone;
use crate::op::Work;
use crate::record::{Event, RunEnd, What, left};

/// Carries it out and tells `out` on the way.
pub async fn operate(
    writer: &Writer,
    recorder: &Recorder,
    operation: Operation,
    cancel: &CancellationToken,
    out: &mpsc::Sender<Msg>,
) {
    let task = operation.task;
    let id = name(recorder, &operation);
    let event = |event| Msg::Task { id: task, event };
    let (end, words) = match begin(&writer.client, recorder, &operation, &id, cancel, out).await {
        Err(why) => (RunEnd::Failed, recorder.vault().text(&why)),
        Ok(events) => {
            let _ = out.send(Msg::Recorded(events)).await;
            let _ = out.send(event(TaskEvent::Started { plan: id.clone() })).await;
            let plan = operation.approved.plan();
            let left = left(&plan.title, !matches!(plan.work, Work::Rewrite(_)));
            let (mut shown, mut stale) = (None, false);
            let mut tell = |happened: WriteEvent| {
                if let WriteEvent::Token { object, token, until } = happened {
                    shown = Some(TaskEvent::Token { object, token, until });
                    return Ok(());
                }
                stale |= matches!(happened, WriteEvent::Refused { error: WriteError::Stale { .. }, .. });
                if let WriteEvent::Progress { done, total, .. } = &happened {
                    let left = recorder.sample(&left, Some(&id), total.saturating_sub(*done) as u64);
                    let events = left.map_err(|e| e.to_string())?;
                    if !events.is_empty() {
                        let _ = out.try_send(Msg::Recorded(events));
                    }
                }
                tell(recorder, out, task, &id, happened)
            };
            let (end, words) = match &plan.work {
                Work::Save(work) => {
                    // It is large, and every operation would have room for it.
                    let saved = evidence::carry_out(&writer.client, recorder, work, (task, &id), cancel, out);
                    Box::pin(saved).await
                }
                _ => match writer.apply(&operation.approved, cancel, &mut tell).await {
                    Outcome::Applied(words) => (RunEnd::Applied, words),
                    Outcome::Cancelled(words) => (RunEnd::Cancelled, words),
                    Outcome::Failed(words) => (RunEnd::Failed, words),
                    Outcome::Unknown(words) => (RunEnd::Unknown, words),
                },
            };
            let words = recorder.vault().text(&words);
            record_end(recorder, &id, end, &words);
            if let Some(shown) = shown {
                let _ = out.send(event(shown)).await;
            }
            if stale {
                let _ = out.send(event(TaskEvent::Stale)).await;
            }
            // All of it once more: the core takes what it does not have yet.
            let _ = out.send(Msg::Recorded(recorder.events())).await;
            (end, words)
        }
    };
    let _ = out.send(event(TaskEvent::Ended { end, words })).await;
}

/// The name of a plan that is about to run. The journal grows with every plan, so no two of them have one name, after a
/// resume neither.
pub(super) fn name(recorder: &Recorder, operation: &Operation) -> String {
    format!("{}-{}-{}", operation.approved.plan().short_digest(), recorder.events().len(), operation.task)
}

/// Writes down how a plan ended.
pub(super) fn record_end(recorder: &Recorder, plan: &str, end: RunEnd, words: &str) {
    let outcome = What::Outcome { plan: plan.to_owned(), end, words: words.to_owned() };
    if let Err(e) = recorder.append(outcome) {
        tracing::error!(%e, "the outcome could not be recorded");
    }
}

/// It is the session's cluster, the rights are there and the intent is on the disk, or nothing is sent.
pub(super) async fn begin(
    client: &kube::Client,
    recorder: &Recorder,
    operation: &Operation,
    id: &str,
    cancel: &CancellationToken,
    out: &mpsc::Sender<Msg>,
) -> Result<Vec<Event>, String> {
    tokio::select! {
        same = same_cluster(client, recorder, out) => same?,
        () = cancel.cancelled() => return Err(t!("runtime-operate-cancelled").to_owned()),
    }
    let plan = operation.approved.plan();
    for need in &plan.needs {
        if cancel.is_cancelled() {
            return Err(t!("runtime-operate-cancelled").to_owned());
        }
        let reviewed = review(client, need).await;
        if !reviewed.allowed {
            return Err(t!("runtime-operate-may-not", access = reviewed.access, reason = reviewed.reason));
        }
    }
    let intent = intent(operation, id);
    // The dry run that was read is of the plan that was read.
    let of = operation.approved.read().unwrap_or_else(|| operation.approved.digest());
    let previewed = recorder.previewed(of, id);
    let records = std::iter::once(intent).chain(previewed).chain(agreed(operation, id));
    recorder.append_all(records).map_err(|e| e.to_string())
}

/// That a second person agreed, for the journal.
pub(super) fn agreed(operation: &Operation, id: &str) -> Option<What> {
    operation.approved.agreed().map(|a| What::Agreed {
        plan: id.to_owned(),
        digest: a.digest.clone(),
        request: a.request.clone(),
        by: a.by.clone(),
        key: a.key.clone(),
        signed: a.at,
    })
}

/// What is about to be done, for the journal.
pub(super) fn intent(operation: &Operation, id: &str) -> What {
    let plan = operation.approved.plan();
    What::Intent {
        plan: id.to_owned(),
        runbook: operation.runbook.clone(),
        walk: operation.walk,
        step: operation.step.clone(),
        op: plan.op.clone(),
        title: plan.title.clone(),
        target: plan.target.clone(),
        uid: plan.uid.clone(),
        inputs: plan.inputs.open(),
        kubectl: plan.kubectl.to_string(),
        risk: plan.risk,
        digest: operation.approved.digest().to_owned(),
        read: operation.approved.read().map(str::to_owned),
        undo: plan.undo.clone(),
        undoes: operation.undoes.clone(),
    }
}

fn tell(
    recorder: &Recorder,
    out: &mpsc::Sender<Msg>,
    task: u64,
    plan: &str,
    happened: WriteEvent,
) -> Result<(), String> {
    let plan = plan.to_owned();
    let what = match happened {
        WriteEvent::Progress { done, total, line } => {
            // Only for the screen: a full queue may drop it, the next one says more.
            let line = recorder.vault().text(&line);
            let _ = out.try_send(Msg::Task { id: task, event: TaskEvent::Progress { done, total, line } });
            return Ok(());
        }
        WriteEvent::Line(ref line) | WriteEvent::Trouble(ref line) => {
            let line = recorder.vault().text(line);
            if matches!(happened, WriteEvent::Trouble(_)) {
                let _ = out.try_send(Msg::Said(Tone::Bad, line.clone()));
            }
            let event = TaskEvent::Progress { done: 0, total: 0, line };
            let _ = out.try_send(Msg::Task { id: task, event });
            return Ok(());
        }
        WriteEvent::Holding { until } => {
            let _ = out.try_send(Msg::Task { id: task, event: TaskEvent::Holding { until } });
            return Ok(());
        }
        // Shown, and not written.
        WriteEvent::Token { .. } => return Ok(()),
        WriteEvent::Sending { object, what } => What::Sending { plan, object, verb: what },
        WriteEvent::Accepted { object, what } => What::Accepted { plan, object, verb: what },
        WriteEvent::Refused { object, what, error: error @ WriteError::Unknown { .. } } => {
            What::Unanswered { plan, object, verb: what, why: error.to_string() }
        }
        WriteEvent::Refused { object, what, error } => {
            What::Refused { plan, object, verb: what, why: error.to_string() }
        }
        WriteEvent::TakenBack => What::TakenBack { plan },
        WriteEvent::Marked { object } => What::Marked { plan, object },
        WriteEvent::Left { object } => What::Left { plan, object },
    };
    let events = recorder.append(what).map_err(|e| e.to_string())?;
    let _ = out.try_send(Msg::Recorded(events));
    Ok(())
}
