//! The evictions of a drain: no two pods of one workload at the same time, a limited number at once, budgets
//! waited for, every pod's state known. It never deletes.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use super::apply::{Outcome, Tell, WriteEvent, Writer};
use super::request::{WriteError, send};
use crate::domain::ClusterSnapshot;
use crate::op::{Call, DrainPod, DrainWork};

/// Evictions that are under way at the same time.
const AT_ONCE: usize = 10;
/// Wait between two tries at a pod that a budget protects, where the server names none.
const RETRY: Duration = Duration::from_secs(5);

#[derive(Clone, Debug, PartialEq)]
enum State {
    Waiting,
    /// Refused by a budget, or not answered; tried again at this moment.
    Blocked {
        until: Instant,
        said: String,
        budget: bool,
    },
    /// Accepted; the pod is ending.
    Leaving,
    Gone,
    Failed(String),
}

struct Drain<'a> {
    writer: &'a Writer,
    work: &'a DrainWork,
    /// Those that are evicted, then those that were ending before.
    pods: Vec<&'a DrainPod>,
    states: Vec<State>,
}

/// Runs until every pod has left, nothing more can be done, the time is over or the operator stops it.
pub(super) async fn run(
    writer: &Writer,
    work: &DrainWork,
    cancel: &CancellationToken,
    tell: Tell<'_>,
) -> Outcome {
    let pods: Vec<_> = work.evict.iter().chain(&work.going).collect();
    let mut states = vec![State::Waiting; work.evict.len()];
    states.resize(pods.len(), State::Leaving);
    let mut drain = Drain { writer, work, pods, states };
    let mut snapshots = writer.snapshots.clone();
    let span = writer.clock.real_span(Duration::from_secs(work.timeout_seconds));
    let deadline = Instant::now() + span;
    loop {
        let world = snapshots.borrow_and_update().clone();
        if let Err(outcome) = drain.look(&world, tell) {
            return outcome;
        }
        if let Err(outcome) = drain.evict(cancel, tell).await {
            return outcome;
        }
        if tell(drain.progress(&world)).is_err() {
            return Outcome::Failed("the journal could not be written".to_owned());
        }
        if drain.states.iter().all(|s| matches!(s, State::Gone | State::Failed(_))) {
            return drain.outcome();
        }
        if cancel.is_cancelled() {
            return Outcome::Cancelled(format!("no new evictions; {}", drain.count()));
        }
        if Instant::now() >= deadline {
            return Outcome::Failed(format!(
                "time is over after {} s; {}",
                work.timeout_seconds,
                drain.count()
            ));
        }
        let next = drain.next_try().map_or(deadline, |t| t.min(deadline));
        tokio::select! {
            changed = snapshots.changed() => if changed.is_err() {
                return Outcome::Failed("the cluster is no longer followed".to_owned());
            },
            () = sleep_until(next) => {}
            () = cancel.cancelled() => {}
        }
    }
}

impl Drain<'_> {
    /// Which pods have left by now.
    fn look(&mut self, world: &ClusterSnapshot, tell: Tell<'_>) -> Result<(), Outcome> {
        // As it is now: a kubelet that is back confirms the end of its pods itself.
        let silent = world.node(self.work.node.name()).is_some_and(|n| n.silent());
        for (pod, state) in self.pods.iter().zip(&mut self.states) {
            if matches!(state, State::Gone | State::Failed(_)) {
                continue;
            }
            let row = world.pods.get(&pod.key.row).filter(|row| *row.meta.uid == *pod.uid);
            let object = pod.key.clone();
            let event = match row {
                None => WriteEvent::Left { object },
                // On a silent node nothing can confirm the end: marked for deletion is all there will be.
                Some(row) if silent && row.meta.deleting.is_some() => WriteEvent::Marked { object },
                Some(_) => continue,
            };
            *state = State::Gone;
            tell(event).map_err(Outcome::Failed)?;
        }
        Ok(())
    }

    /// Asks for as many evictions as may be under way.
    async fn evict(&mut self, cancel: &CancellationToken, tell: Tell<'_>) -> Result<(), Outcome> {
        for i in 0..self.states.len() {
            if cancel.is_cancelled() || !self.may_try(i) {
                continue;
            }
            let pod = self.pods[i];
            self.states[i] = self.ask(pod, tell).await?;
        }
        Ok(())
    }

    fn may_try(&self, i: usize) -> bool {
        let due = match &self.states[i] {
            State::Waiting => true,
            State::Blocked { until, .. } => *until <= Instant::now(),
            State::Leaving | State::Gone | State::Failed(_) => false,
        };
        let workload = &self.pods[i].workload;
        let leaving = || self.states.iter().zip(&self.pods).filter(|(s, _)| matches!(s, State::Leaving));
        due && leaving().count() < AT_ONCE && !leaving().any(|(_, pod)| pod.workload == *workload)
    }

    async fn ask(&self, pod: &DrainPod, tell: Tell<'_>) -> Result<State, Outcome> {
        let object = pod.key.clone();
        let what = "evict".to_owned();
        tell(WriteEvent::Sending { object: object.clone(), what: what.clone() }).map_err(Outcome::Failed)?;
        let Err(error) = send(&self.writer.client, &Call::eviction(&pod.key, &pod.uid), false).await else {
            tell(WriteEvent::Accepted { object, what }).map_err(Outcome::Failed)?;
            return Ok(State::Leaving);
        };
        let state = match &error {
            WriteError::Gone { .. } => State::Gone,
            WriteError::Budget { said, retry_after_seconds } => {
                let wait = retry_after_seconds.map_or(RETRY, Duration::from_secs);
                let wait = self.writer.clock.real_span(wait);
                State::Blocked { until: Instant::now() + wait, said: said.clone(), budget: true }
            }
            // An eviction may be sent twice without harm: it is bound to the uid. Whether a pod of another uid
            // has the name now, the next look at the cluster tells.
            WriteError::Unknown { said } | WriteError::Stale { said, .. } => State::Blocked {
                until: Instant::now() + self.writer.clock.real_span(RETRY),
                said: said.clone(),
                budget: false,
            },
            WriteError::Forbidden { said } | WriteError::Refused { said } => State::Failed(said.clone()),
        };
        tell(WriteEvent::Refused { object, what, error }).map_err(Outcome::Failed)?;
        Ok(state)
    }

    fn next_try(&self) -> Option<Instant> {
        let tries = self
            .states
            .iter()
            .filter_map(|s| if let State::Blocked { until, .. } = s { Some(*until) } else { None });
        tries.min()
    }

    fn gone(&self) -> usize {
        self.states.iter().filter(|s| **s == State::Gone).count()
    }

    fn count(&self) -> String {
        format!("{} of {} pods have left", self.gone(), self.states.len())
    }

    /// How far it is, and the reason it waits.
    fn progress(&self, world: &ClusterSnapshot) -> WriteEvent {
        let waits = waits(&self.pods, &self.states, world);
        let line = if waits.is_empty() { self.count() } else { format!("waiting: {}", waits.join("; ")) };
        WriteEvent::Progress { done: self.gone(), total: self.states.len(), line }
    }

    fn outcome(&self) -> Outcome {
        let failed: Vec<_> = self
            .pods
            .iter()
            .zip(&self.states)
            .filter_map(|(pod, s)| {
                if let State::Failed(why) = s { Some(format!("{}: {why}", pod.key.row)) } else { None }
            })
            .collect();
        if !failed.is_empty() {
            return Outcome::Failed(format!("{}; {}", self.count(), failed.join("; ")));
        }
        let silent = if self.work.silent { " (marked; the silent kubelet cannot confirm)" } else { "" };
        Outcome::Applied(format!("{}{silent}, {} stay", self.count(), self.work.stay.len()))
    }
}

/// What each pod that is not gone yet waits for.
fn waits(pods: &[&DrainPod], states: &[State], world: &ClusterSnapshot) -> Vec<String> {
    let wait = |(pod, state): (&&DrainPod, &State)| {
        let name = pod.key.name();
        Some(match state {
            // The numbers of a budget are newer in the picture than in the server's words.
            State::Blocked { budget: true, said, .. } => {
                format!("{name}: {}", budget_of(world, pod).unwrap_or_else(|| said.clone()))
            }
            State::Blocked { budget: false, said, .. } => format!("{name}: {said}"),
            State::Leaving => format!("{name} is ending"),
            State::Waiting | State::Gone | State::Failed(_) => return None,
        })
    };
    pods.iter().zip(states).filter_map(wait).collect()
}

/// The first budget of a pod in numbers.
fn budget_of(world: &ClusterSnapshot, pod: &DrainPod) -> Option<String> {
    let row = world.pods.get(&pod.key.row)?;
    let budget = world.budgets_of(row).next()?;
    let (key, allowed, healthy, desired) =
        (budget.meta.key(), budget.allowed, budget.healthy, budget.desired);
    Some(format!("budget {key} allows {allowed} now, {healthy} of {desired} healthy"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Kind, ObjectKey};
    use crate::testing::{World, pdb, pod};

    #[test]
    fn a_server_that_does_not_answer_is_not_taken_for_a_budget() {
        let mut row = pod("shop", "web-1", "w");
        row.meta.labels = std::sync::Arc::from([("app".into(), "web".into())]);
        let world = World::new().pod(row).pdb(pdb("shop", "web", 0));
        let key = ObjectKey::new(Kind::Pod, "shop", "web-1");
        let pod = DrainPod { key, uid: "uid-web-1".into(), workload: "web".into() };
        let said = |budget| {
            let said = "nobody is there".to_owned();
            waits(&[&pod], &[State::Blocked { until: Instant::now(), said, budget }], &world.0)
        };
        assert_eq!(said(true), ["web-1: budget shop/web allows 0 now, 0 of 0 healthy"]);
        assert_eq!(said(false), ["web-1: nobody is there"]);
    }
}
