//! The evictions of a drain: no two pods of one workload at the same time, a limited number at once, budgets
//! waited for, every pod's state known. It never deletes.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use super::apply::{Outcome, Tell, WriteEvent, Writer};
use super::request::{WriteError, send};
use crate::domain::{ClusterSnapshot, Kind, Timestamp};
use crate::lang::{clauses, list, t};
use crate::op::{
    Call, DrainPod, DrainWork, Plan, budget_numbers, namespace_ends, not_known, still_there, unknown,
};

/// Evictions that are under way at the same time.
const AT_ONCE: usize = 10;
/// Wait between two tries at a pod that a budget protects, where the server names none.
const RETRY: Duration = Duration::from_secs(5);
/// How long the picture may take to show a cordon that the server accepted.
const CLOSED: Duration = Duration::from_secs(5);

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
    /// When its time is over, by the clock that the picture has.
    limit: Timestamp,
}

/// The drain once the picture shows the cordon; none where it does not in time, or asks something that nobody approved.
pub(super) async fn after_cordon(
    writer: &Writer,
    plan: &Plan,
    cancel: &CancellationToken,
) -> Option<DrainWork> {
    let mut snapshots = writer.snapshots.clone();
    let name = plan.target.name();
    let closed = |world: &std::sync::Arc<ClusterSnapshot>| world.node(name).is_some_and(|n| n.unschedulable);
    tokio::select! {
        seen = tokio::time::timeout(CLOSED, snapshots.wait_for(closed)) => {
            let world = seen.ok()?.ok()?.clone();
            plan.drained_now(&world)
        }
        () = cancel.cancelled() => None,
    }
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
    let now = writer.clock.now();
    let limit = now.as_second().saturating_add_unsigned(work.timeout_seconds);
    let limit = Timestamp::from_second(limit).unwrap_or(Timestamp::MAX);
    let mut drain = Drain { writer, work, pods, states, limit };
    let mut snapshots = writer.snapshots.clone();
    let span = writer.clock.real_span(Duration::from_secs(work.timeout_seconds));
    let deadline = Instant::now() + span;
    loop {
        let world = snapshots.borrow_and_update().clone();
        if let Err(outcome) = drain.look(&world, tell) {
            return outcome;
        }
        let (looked, hidden) = (Instant::now(), hidden(&world).is_some());
        // While nobody knows which pods are there, no other one of the same workload may go.
        if !hidden && let Err(outcome) = drain.evict(cancel, tell).await {
            return outcome;
        }
        if tell(drain.progress(&world)).is_err() {
            return Outcome::Failed(t!("cluster-drain-no-journal").to_owned());
        }
        if drain.states.iter().all(|s| matches!(s, State::Gone | State::Failed(_))) {
            return drain.outcome();
        }
        if cancel.is_cancelled() {
            return Outcome::Cancelled(t!("cluster-drain-cancelled", count = drain.count()));
        }
        if Instant::now() >= deadline {
            return drain.over(&world);
        }
        // What was due and could not be tried waits for the picture, not for a time.
        let next = drain.next_try(looked).filter(|_| !hidden).map_or(deadline, |t| t.min(deadline));
        tokio::select! {
            changed = snapshots.changed() => if changed.is_err() {
                return Outcome::Failed(t!("cluster-drain-unfollowed").to_owned());
            },
            () = sleep_until(next) => {}
            () = cancel.cancelled() => {}
        }
    }
}

impl Drain<'_> {
    /// Which pods have left by now.
    fn look(&mut self, world: &ClusterSnapshot, tell: Tell<'_>) -> Result<(), Outcome> {
        for event in judge(&self.pods, &mut self.states, self.work.node.name(), world) {
            tell(event).map_err(Outcome::Failed)?;
        }
        Ok(())
    }

    /// Asks for as many evictions as may be under way.
    async fn evict(&mut self, cancel: &CancellationToken, tell: Tell<'_>) -> Result<(), Outcome> {
        for i in 0..self.states.len() {
            // The picture may have gone while an answer was waited for.
            let unseen = hidden(&self.writer.snapshots.borrow()).is_some();
            if cancel.is_cancelled() || unseen || !self.may_try(i) {
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

    async fn send(&self, pod: &DrainPod) -> Result<(), WriteError> {
        let call = Call::eviction(&pod.key, &pod.uid, self.work.grace_seconds);
        send(&self.writer.client, &call, false).await.map(drop)
    }

    async fn ask(&self, pod: &DrainPod, tell: Tell<'_>) -> Result<State, Outcome> {
        let object = pod.key.clone();
        let what = "evict".to_owned();
        tell(WriteEvent::Sending { object: object.clone(), what: what.clone() }).map_err(Outcome::Failed)?;
        let Err(error) = self.send(pod).await else {
            tell(WriteEvent::Accepted { object, what }).map_err(Outcome::Failed)?;
            return Ok(State::Leaving);
        };
        let state = match &error {
            // Whether it has left, the picture says, by its uid.
            WriteError::Gone { .. } => State::Leaving,
            WriteError::Budget { said, retry_after_seconds } => {
                let wait = retry_after_seconds.map_or(RETRY, Duration::from_secs);
                let wait = self.writer.clock.real_span(wait);
                State::Blocked { until: Instant::now() + wait, said: said.clone(), budget: true }
            }
            // An eviction may be sent twice without harm: it is bound to the uid. Whether a pod of another uid
            // has the name now, the next look at the cluster tells.
            WriteError::Unknown { said }
            | WriteError::Stale { said, .. }
            | WriteError::LoggedOut { said } => State::Blocked {
                until: Instant::now() + self.writer.clock.real_span(RETRY),
                said: said.clone(),
                budget: false,
            },
            // Its pods go with it; until then it is asked again, as kubectl does.
            WriteError::Ending { .. } => State::Blocked {
                until: Instant::now() + self.writer.clock.real_span(RETRY),
                said: namespace_ends(pod.key.namespace()),
                budget: false,
            },
            WriteError::Forbidden { said } | WriteError::Refused { said } => State::Failed(said.clone()),
        };
        tell(WriteEvent::Refused { object, what, error }).map_err(Outcome::Failed)?;
        Ok(state)
    }

    /// When the first of those is due that were not due at this moment.
    fn next_try(&self, looked: Instant) -> Option<Instant> {
        let tries = self
            .states
            .iter()
            .filter_map(|s| if let State::Blocked { until, .. } = s { Some(*until) } else { None });
        tries.filter(|until| *until > looked).min()
    }

    fn gone(&self) -> usize {
        self.states.iter().filter(|s| **s == State::Gone).count()
    }

    fn count(&self) -> String {
        t!("cluster-drain-count", gone = self.gone(), all = self.states.len())
    }

    /// What is waited for: the pods, or to know them at all.
    fn waiting(&self, world: &ClusterSnapshot) -> Vec<String> {
        hidden(world).map_or_else(|| waits(&self.pods, &self.states, world, self.limit), |why| vec![why])
    }

    /// How far it is, and the reason it waits.
    fn progress(&self, world: &ClusterSnapshot) -> WriteEvent {
        let waits = self.waiting(world);
        // What was refused for good is not waited for: it is said first.
        let mut parts = self.refused();
        if !waits.is_empty() {
            parts.push(t!("cluster-drain-waiting", waits = clauses(&waits)));
        }
        let line = if parts.is_empty() { self.count() } else { clauses(&parts) };
        WriteEvent::Progress { done: self.gone(), total: self.states.len(), line }
    }

    /// Its time is over: which pods are still there, and what holds each.
    fn over(&self, world: &ClusterSnapshot) -> Outcome {
        let waits = self.waiting(world);
        let mut words = vec![t!("cluster-drain-over", seconds = self.work.timeout_seconds), self.count()];
        words.extend(self.refused());
        words.extend(waits);
        Outcome::Failed(clauses(&words))
    }

    /// Pods that the server will not let go, with its words.
    fn refused(&self) -> Vec<String> {
        let words = |(pod, state): (&&DrainPod, &State)| match state {
            State::Failed(why) => Some(t!("cluster-drain-refused", pod = pod.key.row, why = why)),
            _ => None,
        };
        self.pods.iter().zip(&self.states).filter_map(words).collect()
    }

    fn outcome(&self) -> Outcome {
        let failed = self.refused();
        if !failed.is_empty() {
            return Outcome::Failed(clauses(&[self.count(), clauses(&failed)]));
        }
        let (gone, all, stay) = (self.gone(), self.states.len(), stay(self.work));
        Outcome::Applied(if self.work.silent {
            t!("cluster-drain-done-silent", gone = gone, all = all, stay = stay)
        } else {
            t!("cluster-drain-done", gone = gone, all = all, stay = stay)
        })
    }
}

/// Why it cannot be told which pods are there; none where the picture has all of them as they are now.
fn hidden(world: &ClusterSnapshot) -> Option<String> {
    unknown(world, Kind::Pod, None).map(|why| not_known(Kind::Pod, &why))
}

/// Which pods have left by now. A row that is absent from a picture that is not whole and current says nothing.
fn judge(pods: &[&DrainPod], states: &mut [State], node: &str, world: &ClusterSnapshot) -> Vec<WriteEvent> {
    if hidden(world).is_some() {
        return Vec::new();
    }
    // As it is now: a kubelet that is back confirms the end of its pods itself.
    let known = unknown(world, Kind::Node, None).is_none();
    let silent = known && world.node(node).is_some_and(|n| n.silent());
    let mut events = Vec::new();
    for (pod, state) in pods.iter().zip(states) {
        if matches!(state, State::Gone | State::Failed(_)) {
            continue;
        }
        let row = world.pods.get(&pod.key.row).filter(|row| *row.meta.uid == *pod.uid);
        let object = pod.key.clone();
        events.push(match row {
            None => WriteEvent::Left { object },
            // On a silent node nothing can confirm the end: marked for deletion is all there will be.
            Some(row) if silent && row.meta.deleting.is_some() => WriteEvent::Marked { object },
            Some(_) => continue,
        });
        *state = State::Gone;
    }
    events
}

/// Which pods a drain leaves on its node: `2 stay (1 DaemonSet, 1 static pod)`.
fn stay(work: &DrainWork) -> String {
    let mut sorts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for (_, why) in &work.stay {
        *sorts.entry(why).or_default() += 1;
    }
    let sort = |(why, pods): (&str, usize)| t!("cluster-drain-stay-sort", pods = pods, why = why);
    let sorts: Vec<_> = sorts.into_iter().map(sort).collect();
    let pods = work.stay.len();
    if sorts.is_empty() {
        return t!("cluster-drain-stay", pods = pods);
    }
    t!("cluster-drain-stay-which", pods = pods, which = list(sorts))
}

/// What each pod that is not gone yet waits for.
fn waits(pods: &[&DrainPod], states: &[State], world: &ClusterSnapshot, limit: Timestamp) -> Vec<String> {
    let wait = |(pod, state): (&&DrainPod, &State)| {
        let of = |why: &str| t!("cluster-drain-waits", pod = pod.key.name(), why = why);
        let row = world.pods.get(&pod.key.row).filter(|row| *row.meta.uid == *pod.uid);
        Some(match state {
            // The numbers of a budget are newer in the picture than in the server's words.
            State::Blocked { budget: true, said, .. } => {
                let known = row.and_then(|row| budget_numbers(world, row));
                of(&known.unwrap_or_else(|| said.clone()))
            }
            State::Blocked { budget: false, said, .. } => of(said),
            // The picture may be behind the answer that accepted it.
            State::Leaving => {
                let ending = row.filter(|row| row.meta.deleting.is_some());
                let why = ending.map(|row| still_there(world, row, Some(limit)));
                of(&why.unwrap_or_else(|| t!("cluster-drain-ending").to_owned()))
            }
            State::Waiting | State::Gone | State::Failed(_) => return None,
        })
    };
    pods.iter().zip(states).filter_map(wait).collect()
}

#[cfg(test)]
mod running_tests;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ObjectKey, SyncState};
    use crate::testing::{World, pdb, pod};

    #[test]
    fn pods_that_may_not_be_read_for_a_moment_have_not_left() {
        let key = ObjectKey::new(Kind::Pod, "shop", "web-1");
        let pod = DrainPod { key, uid: "uid-web-1".into(), workload: "web".into() };
        let judged = |change: &dyn Fn(&mut ClusterSnapshot)| {
            let mut world = World::new().0;
            change(&mut world);
            let mut states = vec![State::Leaving];
            let events = judge(&[&pod], &mut states, "w", &world);
            (events.len(), states == [State::Gone], hidden(&world))
        };
        assert_eq!(judged(&|_| {}), (1, true, None), "its row is absent, and all are known");
        let pods = Kind::Pod as usize;
        let words = "the pods are not known now: you may not list them".to_owned();
        let forbidden = judged(&|w| w.sync[pods] = SyncState::Forbidden("list".into()));
        assert_eq!(forbidden, (0, false, Some(words)));
        let (since, why) = (crate::testing::now(), "cut".into());
        let stale = judged(&|w| w.sync[pods] = SyncState::Stale { since, why: std::sync::Arc::clone(&why) });
        assert!(stale.0 == 0 && stale.2.is_some(), "{stale:?}");
        let part = judged(&|w| w.scopes[pods] = Some("team".into()));
        assert!(part.0 == 0 && part.2.is_some(), "{part:?}");
    }

    #[test]
    fn a_server_that_does_not_answer_is_not_taken_for_a_budget() {
        let mut row = pod("shop", "web-1", "w");
        row.meta.labels = std::sync::Arc::from([("app".into(), "web".into())]);
        let world = World::new().pod(row).pdb(pdb("shop", "web", 0));
        let key = ObjectKey::new(Kind::Pod, "shop", "web-1");
        let pod = DrainPod { key, uid: "uid-web-1".into(), workload: "web".into() };
        let said = |budget| {
            let said = "nobody is there".to_owned();
            let blocked = State::Blocked { until: Instant::now(), said, budget };
            waits(&[&pod], &[blocked], &world.0, crate::testing::now())
        };
        assert_eq!(said(true), ["web-1: budget shop/web allows 0 now, 0 of 0 healthy"]);
        assert_eq!(said(false), ["web-1: nobody is there"]);
    }

    #[test]
    fn what_holds_a_pod_that_is_ending_is_named() {
        let mut held = pod("shop", "held-1", "w");
        held.finalizers = ["example.com/flush".into()].into();
        held.meta.deleting = Some(crate::testing::ago(-30));
        let mut long = pod("shop", "long-1", "w");
        long.meta.deleting = Some(crate::testing::ago(-7200));
        let mut short = pod("shop", "short-1", "w");
        short.meta.deleting = Some(crate::testing::ago(-30));
        let world = [held, long, short].into_iter().fold(World::new(), World::pod);
        let of = |name: &str| DrainPod {
            key: ObjectKey::new(Kind::Pod, "shop", name),
            uid: format!("uid-{name}"),
            workload: name.into(),
        };
        let pods = [of("held-1"), of("long-1"), of("short-1")];
        let pods: Vec<_> = pods.iter().collect();
        let states = vec![State::Leaving; 3];
        assert_eq!(
            waits(&pods, &states, &world.0, crate::testing::ago(-600)),
            [
                "held-1: held by finalizer example.com/flush",
                "long-1: its grace ends 05:14:00 UTC, after this drain's limit",
                "short-1: is ending",
            ]
        );
    }
}
