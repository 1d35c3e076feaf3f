//! Rows of pods and their containers.

use super::{Condition, Meta};
use crate::domain::{Str, Timestamp};

/// Phase of a pod.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PodPhase {
    Pending,
    Running,
    Succeeded,
    Failed,
    #[default]
    Unknown,
}

impl PodPhase {
    pub fn word(self) -> &'static str {
        match self {
            PodPhase::Pending => "Pending",
            PodPhase::Running => "Running",
            PodPhase::Succeeded => "Succeeded",
            PodPhase::Failed => "Failed",
            PodPhase::Unknown => "Unknown",
        }
    }
}

impl From<&str> for PodPhase {
    fn from(text: &str) -> PodPhase {
        match text {
            "Pending" => PodPhase::Pending,
            "Running" => PodPhase::Running,
            "Succeeded" => PodPhase::Succeeded,
            "Failed" => PodPhase::Failed,
            _ => PodPhase::Unknown,
        }
    }
}

/// Which part a container plays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ContainerRole {
    Init,
    /// An init container that keeps running beside the others.
    Sidecar,
    #[default]
    App,
    Ephemeral,
}

/// How a container ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terminated {
    pub reason: Str,
    pub exit_code: i32,
    pub finished: Option<Timestamp>,
    /// Its last words, where it left any and did not end well.
    pub message: Str,
}

impl Terminated {
    /// What kubectl calls it: the reason, else the exit code.
    fn word(&self) -> String {
        if self.reason.is_empty() { format!("ExitCode:{}", self.exit_code) } else { self.reason.to_string() }
    }
}

/// The present state of a container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ContainerState {
    /// Not started yet, with the reason that the kubelet gives.
    Waiting(Str),
    Running(Option<Timestamp>),
    Terminated(Box<Terminated>),
    /// No status was reported.
    #[default]
    Unreported,
}

/// A container: what was asked for and how it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerRow {
    pub name: Str,
    pub role: ContainerRole,
    pub image: Str,
    pub ready: bool,
    pub restarts: i32,
    pub state: ContainerState,
    /// What the kubelet says of its state; empty while it only starts or runs.
    pub message: Str,
    /// How its last instance ended.
    pub last: Option<Box<Terminated>>,
    /// Memory limit in bytes; 0 is no limit.
    pub memory_limit: i64,
    /// Memory request in bytes.
    pub memory_request: i64,
    /// Processor request in thousandths of a core.
    pub milli_cpu_request: i64,
}

/// The containers of a pod in the order of its specification, init containers first.
pub type Containers = Box<[ContainerRow]>;

/// Which volumes make a pod hard to move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Volumes {
    /// Its data is lost when the pod moves.
    pub empty_dir: bool,
    pub host_path: bool,
    /// Persistent volume claims.
    pub claims: u8,
}

/// A pod.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PodRow {
    pub meta: Meta,
    /// Empty until it is scheduled.
    pub node: Str,
    pub phase: PodPhase,
    /// `status.reason`, for instance `Evicted`.
    pub reason: Str,
    /// `status.message`, which explains the reason.
    pub message: Str,
    pub ip: Box<str>,
    pub containers: Containers,
    /// Only the conditions that are not True, and Ready.
    pub conditions: Box<[Condition]>,
    pub volumes: Volumes,
    /// The names of its persistent volume claims.
    pub claims: Box<[Str]>,
    /// A static pod, mirrored from a kubelet's folder.
    pub mirror: bool,
    /// What must be taken off before the object goes.
    pub finalizers: Box<[Str]>,
    /// Seconds that it may take to end, by its own word; 0 where it says nothing.
    pub grace: u32,
    /// It may be put on a node that is cordoned.
    pub tolerates_cordon: bool,
}

impl PodRow {
    pub fn condition(&self, kind: &str) -> Option<&Condition> {
        self.conditions.iter().find(|c| &*c.kind == kind)
    }

    pub fn ready(&self) -> bool {
        self.condition("Ready").is_some_and(|c| &*c.status == "True")
    }

    /// Neither succeeded nor failed.
    pub fn active(&self) -> bool {
        !matches!(self.phase, PodPhase::Succeeded | PodPhase::Failed)
    }

    /// A pod that a drain has to move: not finished, no mirror of a static pod, not kept by a `DaemonSet`, and not on
    /// its way out already.
    pub fn evictable(&self) -> bool {
        self.active()
            && !self.mirror
            && self.meta.deleting.is_none()
            && self.meta.owner.as_ref().is_none_or(|o| &*o.kind != "DaemonSet")
    }

    pub fn restarts(&self) -> i32 {
        self.containers.iter().map(|c| c.restarts).sum()
    }

    /// Containers that are ready, and all that should be: init containers and those for debugging do not count.
    pub fn ready_count(&self) -> (usize, usize) {
        let main = || {
            let counts = |c: &&ContainerRow| matches!(c.role, ContainerRole::App | ContainerRole::Sidecar);
            self.containers.iter().filter(counts)
        };
        (main().filter(|c| c.ready).count(), main().count())
    }

    /// What the scheduler counts for it: thousandths of a core and bytes. Init containers run one after the other beside
    /// the sidecars before them, so the largest moment counts, not their sum.
    pub fn requests(&self) -> (i64, i64) {
        let of = |part: fn(&ContainerRow) -> i64| {
            let (mut steady, mut peak) = (0, 0);
            for c in &self.containers {
                match c.role {
                    ContainerRole::Init => peak = peak.max(steady + part(c)),
                    ContainerRole::Sidecar | ContainerRole::App => steady += part(c),
                    ContainerRole::Ephemeral => {}
                }
            }
            steady.max(peak)
        };
        (of(|c| c.milli_cpu_request), of(|c| c.memory_request))
    }

    /// The word that kubectl prints under STATUS, by the rules of its printer: init containers first, then the first
    /// container that says something.
    pub fn status(&self) -> String {
        let lost = &*self.reason == "NodeLost";
        match self.meta.deleting {
            Some(_) if lost => return "Unknown".to_owned(),
            Some(_) if self.active() => return "Terminating".to_owned(),
            _ => {}
        }
        let phase =
            if self.reason.is_empty() { self.phase.word().to_owned() } else { self.reason.to_string() };
        match self.init_status() {
            Some(word) if !self.initialized() => word,
            word => self.main_status().unwrap_or_else(|| word.unwrap_or(phase)),
        }
    }

    /// Rows keep no condition that is True: a pod that has any and none for this is initialized.
    fn initialized(&self) -> bool {
        !self.conditions.is_empty() && self.condition("Initialized").is_none()
    }

    /// What the first init container that is not done says.
    fn init_status(&self) -> Option<String> {
        let inits = || {
            self.containers.iter().filter(|c| matches!(c.role, ContainerRole::Init | ContainerRole::Sidecar))
        };
        let all = inits().count();
        inits().enumerate().find_map(|(i, c)| match (&c.state, c.role) {
            (ContainerState::Terminated(t), _) if t.exit_code == 0 => None,
            (ContainerState::Running(_), ContainerRole::Sidecar) => None,
            (ContainerState::Terminated(t), _) => Some(format!("Init:{}", t.word())),
            (ContainerState::Waiting(reason), _) if !reason.is_empty() && &**reason != "PodInitializing" => {
                Some(format!("Init:{reason}"))
            }
            _ => Some(format!("Init:{i}/{all}")),
        })
    }

    /// What the first of the other containers says that says anything.
    fn main_status(&self) -> Option<String> {
        let mut main = self.containers.iter().filter(|c| c.role == ContainerRole::App);
        let word = main.find_map(|c| match &c.state {
            ContainerState::Waiting(reason) if !reason.is_empty() => Some(reason.to_string()),
            ContainerState::Terminated(end) => Some(end.word()),
            _ => None,
        })?;
        let mut main = self.containers.iter().filter(|c| c.role == ContainerRole::App);
        let runs = main.any(|c| c.ready && matches!(c.state, ContainerState::Running(_)));
        Some(match (word.as_str(), runs) {
            ("Completed", true) if self.ready() => "Running".to_owned(),
            ("Completed", true) => "NotReady".to_owned(),
            _ => word,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ended(code: i32, reason: &str) -> ContainerState {
        ContainerState::Terminated(Box::new(Terminated {
            reason: reason.into(),
            exit_code: code,
            finished: None,
            ..Terminated::default()
        }))
    }

    fn container(role: ContainerRole, state: ContainerState) -> ContainerRow {
        let ready = matches!(state, ContainerState::Running(_));
        ContainerRow { role, ready, state, ..ContainerRow::default() }
    }

    fn pod(conditions: &[(&str, &str)], containers: Vec<ContainerRow>) -> PodRow {
        let condition = |(kind, status): &(&str, &str)| Condition {
            kind: (*kind).into(),
            status: (*status).into(),
            reason: Str::default(),
            message: Str::default(),
            since: None,
        };
        PodRow {
            phase: PodPhase::Running,
            conditions: conditions.iter().map(condition).collect(),
            containers: containers.into(),
            ..PodRow::default()
        }
    }

    #[test]
    fn the_status_is_the_word_of_kubectl() {
        use ContainerRole::{App, Init, Sidecar};
        let waits = |reason: &str| ContainerState::Waiting(reason.into());
        let runs = || ContainerState::Running(None);
        let starting = [("Ready", "False"), ("Initialized", "False")];
        let cases = [
            (&[("Ready", "True")][..], vec![(App, runs())], "Running"),
            // The first container that says something wins, and what runs well does not hide it.
            (
                &[("Ready", "False")],
                vec![(App, waits("CrashLoopBackOff")), (App, ended(0, "Completed"))],
                "CrashLoopBackOff",
            ),
            (&[("Ready", "False")], vec![(App, ended(0, "Completed")), (App, runs())], "NotReady"),
            (&[("Ready", "True")], vec![(App, ended(0, "Completed")), (App, runs())], "Running"),
            (&[("Ready", "False")], vec![(App, ended(0, "Completed"))], "Completed"),
            (&[("Ready", "False")], vec![(App, ended(3, ""))], "ExitCode:3"),
            (&starting, vec![(Init, ended(1, "Error")), (App, waits("PodInitializing"))], "Init:Error"),
            (&starting, vec![(Init, ended(2, "")), (App, waits("PodInitializing"))], "Init:ExitCode:2"),
            (
                &starting,
                vec![(Init, runs()), (Init, waits("PodInitializing")), (App, waits("PodInitializing"))],
                "Init:0/2",
            ),
            (
                &starting,
                vec![(Init, waits("CrashLoopBackOff")), (App, waits("PodInitializing"))],
                "Init:CrashLoopBackOff",
            ),
            (&starting, vec![(Sidecar, runs()), (Init, runs()), (App, waits("PodInitializing"))], "Init:1/2"),
            // So does kubectl, although the pod was initialized.
            (&[("Ready", "True")], vec![(Init, waits("")), (App, runs())], "Init:0/1"),
        ];
        for (conditions, containers, word) in cases {
            let rows = containers.into_iter().map(|(role, state)| container(role, state)).collect();
            assert_eq!(pod(conditions, rows).status(), word);
        }
        let mut leaving = pod(&[("Ready", "True")], vec![container(App, runs())]);
        leaving.meta.deleting = Some(Timestamp::UNIX_EPOCH);
        assert_eq!(leaving.status(), "Terminating");
        leaving.phase = PodPhase::Succeeded;
        assert_eq!(leaving.status(), "Succeeded", "an ended pod that waits for a finalizer");
        leaving.reason = "NodeLost".into();
        assert_eq!(leaving.status(), "Unknown");
    }

    #[test]
    fn a_sidecar_counts_as_a_container_and_says_why_a_pod_does_not_start() {
        use ContainerRole::{App, Init, Sidecar};
        let waits = |reason: &str| ContainerState::Waiting(reason.into());
        let runs = || ContainerState::Running(None);
        let (ready, starting) = ([("Ready", "True")], [("Ready", "False"), ("Initialized", "False")]);
        let done = || (Init, ended(0, "Completed"));
        let cases = [
            (&ready[..], vec![done(), (Sidecar, runs()), (App, runs())], (2, 2), "Running"),
            // A sidecar runs for ever: it is no step of the start that is not done.
            (&starting, vec![(Sidecar, runs()), (App, waits("PodInitializing"))], (1, 2), "PodInitializing"),
            (
                &starting,
                vec![(Sidecar, waits("CrashLoopBackOff")), (App, waits("PodInitializing"))],
                (0, 2),
                "Init:CrashLoopBackOff",
            ),
            (&[("Ready", "False")], vec![(Sidecar, ended(1, "Error")), (App, runs())], (1, 2), "Init:Error"),
        ];
        for (conditions, containers, count, word) in cases {
            let rows = containers.into_iter().map(|(role, state)| container(role, state)).collect();
            let pod = pod(conditions, rows);
            assert_eq!((pod.ready_count(), &*pod.status()), (count, word), "{pod:?}");
        }
    }

    #[test]
    fn init_containers_count_by_their_largest_moment() {
        use ContainerRole::{App, Init, Sidecar};
        let asks = |role, cpu, memory| ContainerRow {
            role,
            milli_cpu_request: cpu,
            memory_request: memory,
            ..ContainerRow::default()
        };
        let row = pod(&[], vec![asks(Init, 1000, 10), asks(Init, 1000, 10), asks(App, 1000, 10)]);
        assert_eq!(row.requests(), (1000, 10));
        let row = pod(&[], vec![asks(Sidecar, 200, 5), asks(Init, 1000, 1), asks(App, 300, 7)]);
        assert_eq!(row.requests(), (1200, 12));
    }
}
