//! Applies an approved plan and tells each step on the way, so that the journal holds what happened even
//! when this program is killed in the middle.

use std::sync::Arc;

use kube::Client;
use serde_json::Value;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::request::{WriteError, send};
use super::{drain, forward, rewrite};
use crate::clock::Clock;
use crate::domain::{ClusterSnapshot, ObjectKey, SecretText, Timestamp};
use crate::lang::{clauses, t};
use crate::op::{ApprovedPlan, Call, Work};
use crate::vault::Vault;

/// Something that happened while a plan was applied. The order is intent, then answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteEvent {
    /// A request is about to be sent.
    Sending { object: ObjectKey, what: String },
    /// The server accepted it.
    Accepted { object: ObjectKey, what: String },
    /// The server refused it, or no answer came.
    Refused { object: ObjectKey, what: String, error: WriteError },
    /// A drain's state of all pods, for the screen; not journaled.
    Progress { done: usize, total: usize, line: String },
    /// What it does now, for the screen; not journaled.
    Line(String),
    /// The same, where it goes on but not as it should: that is said wherever the operator looks.
    Trouble(String),
    /// What was applied lasts until this moment; it is not over yet.
    Holding { until: Timestamp },
    /// It was taken back.
    TakenBack,
    /// A pod of a silent node is marked for deletion; nothing confirms more until the kubelet is back.
    Marked { object: ObjectKey },
    /// A pod has left its node.
    Left { object: ObjectKey },
    /// The server made a token; it is shown once. Not journaled.
    Token { object: ObjectKey, token: SecretText, until: String },
}

/// How an application ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Applied(String),
    /// Stopped by the operator; what was done stays done.
    Cancelled(String),
    Failed(String),
    /// It is not known whether the last request arrived.
    Unknown(String),
}

/// The far end of the write path.
#[derive(Clone)]
pub struct Writer {
    pub client: Client,
    pub snapshots: watch::Receiver<Arc<ClusterSnapshot>>,
    pub clock: Clock,
    /// What an answer holds that is secret goes there first.
    pub vault: Vault,
}

/// How often taking back is tried where no answer comes, and how long between.
const TRIES: usize = 3;
const AGAIN: std::time::Duration = std::time::Duration::from_secs(2);

/// How long a login is waited for that taking back needs.
const LOGIN: std::time::Duration = std::time::Duration::from_mins(10);

/// Told of every event before and after each request; an error (the journal cannot be written) ends the
/// application before anything else is sent.
pub type Tell<'a> = &'a mut (dyn FnMut(WriteEvent) -> Result<(), String> + Send);

impl Writer {
    /// Applies the plan. Dropping the future between two requests leaves nothing half sent; `cancel` ends it
    /// in good order.
    pub async fn apply(
        &self,
        approved: &ApprovedPlan,
        cancel: &CancellationToken,
        tell: Tell<'_>,
    ) -> Outcome {
        match &approved.plan().work {
            Work::Calls(calls) => match self.calls(calls, cancel, tell).await {
                Ok(()) => Outcome::Applied(approved.plan().title.clone()),
                Err(outcome) => outcome,
            },
            Work::Hold { calls, back, seconds } => self.hold(calls, back, *seconds, cancel, tell).await,
            Work::Drain { cordon, drain } => {
                if cancel.is_cancelled() {
                    return Outcome::Cancelled(t!("cluster-write-before-first").to_owned());
                }
                if let Some(call) = cordon
                    && let Err(outcome) = self.call(call, tell).await
                {
                    return outcome;
                }
                let now = match cordon {
                    Some(_) => drain::after_cordon(self, approved.plan(), cancel).await,
                    None => None,
                };
                drain::run(self, now.as_ref().unwrap_or(drain), cancel, tell).await
            }
            Work::Rewrite(work) => rewrite::run(self, work, cancel, tell).await,
            Work::Forward(work) => forward::run(self, work, cancel, tell).await,
            Work::Save(_) => Outcome::Failed(t!("cluster-write-save").to_owned()),
            Work::Exec(_) => Outcome::Failed(t!("cluster-write-shell").to_owned()),
            // Scripts are no requests: `shell` runs them.
            Work::Script(_) => Outcome::Failed(t!("cluster-write-script").to_owned()),
        }
    }

    async fn calls(&self, calls: &[Call], cancel: &CancellationToken, tell: Tell<'_>) -> Result<(), Outcome> {
        for call in calls {
            if cancel.is_cancelled() {
                return Err(Outcome::Cancelled(t!("cluster-write-before-next").to_owned()));
            }
            self.call(call, tell).await?;
        }
        Ok(())
    }

    /// Applies, waits for the end of the time or of the operator's patience, and takes it back.
    async fn hold(
        &self,
        calls: &[Call],
        back: &[Call],
        seconds: u64,
        cancel: &CancellationToken,
        tell: Tell<'_>,
    ) -> Outcome {
        match self.calls(calls, cancel, tell).await {
            Ok(()) => {}
            // It may have arrived: what takes it back tests for that, and does nothing where it has not.
            Err(outcome @ Outcome::Unknown(_)) => return self.take_back(back, outcome, tell).await,
            Err(outcome) => return outcome,
        }
        let now = self.clock.now();
        let until = Timestamp::from_second(now.as_second() + seconds.cast_signed()).unwrap_or(now);
        let told = tell(WriteEvent::Holding { until });
        if told.is_ok() {
            let span = self.clock.real_span(std::time::Duration::from_secs(seconds));
            tokio::select! {
                () = tokio::time::sleep(span) => {}
                () = cancel.cancelled() => {}
            }
        }
        let early = if cancel.is_cancelled() { t!("cluster-hold-early") } else { t!("cluster-hold-over") };
        self.take_back(back, Outcome::Applied(early.to_owned()), tell).await
    }

    /// Sends what takes a held change back, whatever else fails: neither a cancel nor a journal that cannot be
    /// written may break the promise that it does not last. `outcome` is what is told when it worked.
    async fn take_back(&self, back: &[Call], outcome: Outcome, tell: Tell<'_>) -> Outcome {
        for call in back {
            let (object, what) = (call.target.clone(), call.access().verb);
            let told = tell(WriteEvent::Sending { object: object.clone(), what: what.clone() });
            let mut tries = 0;
            let begun = tokio::time::Instant::now();
            let answer = loop {
                tries += 1;
                match send(&self.client, call, false).await {
                    Err(WriteError::Unknown { .. }) if tries < TRIES => {
                        tokio::time::sleep(AGAIN).await;
                    }
                    // It was promised that it does not last: whoever can log in is waited for.
                    Err(WriteError::LoggedOut { said }) if begun.elapsed() < LOGIN => {
                        let _ = tell(WriteEvent::Trouble(t!("cluster-hold-waits", said = said)));
                        tokio::time::sleep(AGAIN).await;
                    }
                    answer => break answer,
                }
            };
            let ended = match answer {
                Ok(_) => tell(WriteEvent::Accepted { object, what }),
                // It was never applied, or somebody else took it back.
                Err(WriteError::Stale { .. }) if matches!(outcome, Outcome::Unknown(_)) => return outcome,
                Err(error) => {
                    let words = t!("cluster-hold-failed", why = error);
                    let unknown = matches!(error, WriteError::Unknown { .. });
                    let _ = tell(WriteEvent::Refused { object, what, error });
                    return if unknown { Outcome::Unknown(words) } else { Outcome::Failed(words) };
                }
            };
            if let Err(why) = told.and(ended) {
                return Outcome::Unknown(t!("cluster-hold-unrecorded", why = why));
            }
        }
        match tell(WriteEvent::TakenBack) {
            Ok(()) => outcome,
            Err(why) => Outcome::Unknown(t!("cluster-hold-unrecorded", why = why)),
        }
    }

    pub(super) async fn call(&self, call: &Call, tell: Tell<'_>) -> Result<(), Outcome> {
        let what = call.access().verb;
        let object = call.target.clone();
        tell(WriteEvent::Sending { object: object.clone(), what: what.clone() }).map_err(Outcome::Failed)?;
        match send(&self.client, call, false).await {
            Ok(answer) => {
                let token = self.token(call, &answer);
                tell(WriteEvent::Accepted { object, what }).map_err(Outcome::Unknown)?;
                token.map_or(Ok(()), |token| tell(token).map_err(Outcome::Unknown))
            }
            Err(error) => {
                let words = error.to_string();
                let unknown = matches!(error, WriteError::Unknown { .. });
                let told = tell(WriteEvent::Refused { object, what, error });
                let words = told.err().map_or(words.clone(), |e| clauses(&[words, e]));
                Err(if unknown { Outcome::Unknown(words) } else { Outcome::Failed(words) })
            }
        }
    }

    /// The token in the answer to a request for one. From now on every filter knows it.
    fn token(&self, call: &Call, answer: &Value) -> Option<WriteEvent> {
        let status = &answer["status"];
        let token = status["token"].as_str().filter(|_| call.subresource.as_deref() == Some("token"))?;
        self.vault.register(token);
        let until = crate::domain::sanitize(
            status["expirationTimestamp"].as_str().unwrap_or(t!("cluster-write-token-time")),
        );
        Some(WriteEvent::Token { object: call.target.clone(), token: SecretText::new(token), until })
    }
}
