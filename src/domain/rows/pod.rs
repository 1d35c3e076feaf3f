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
    pub ip: Box<str>,
    pub containers: Containers,
    /// Only the conditions that are not True, and Ready.
    pub conditions: Box<[Condition]>,
    pub volumes: Volumes,
    /// A static pod, mirrored from a kubelet's folder.
    pub mirror: bool,
    /// What must be taken off before the object goes.
    pub finalizers: Box<[Str]>,
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

    /// Containers that are ready, and all that should be: init containers do not count.
    pub fn ready_count(&self) -> (usize, usize) {
        let main = || self.containers.iter().filter(|c| !matches!(c.role, ContainerRole::Init));
        (main().filter(|c| c.ready).count(), main().count())
    }

    /// The word that kubectl prints under STATUS.
    pub fn status(&self) -> String {
        let mut word =
            if self.reason.is_empty() { self.phase.word().to_owned() } else { self.reason.to_string() };
        for c in &self.containers {
            match (&c.state, c.role) {
                (ContainerState::Terminated(t), ContainerRole::Init) if t.exit_code == 0 => {}
                (ContainerState::Running(_), ContainerRole::Init | ContainerRole::Sidecar) if c.ready => {}
                (ContainerState::Waiting(reason), ContainerRole::Init) if &**reason == "PodInitializing" => {}
                (ContainerState::Waiting(reason), ContainerRole::Init) if !reason.is_empty() => {
                    return format!("Init:{reason}");
                }
                (ContainerState::Waiting(reason), _) if !reason.is_empty() => word = reason.to_string(),
                (ContainerState::Terminated(t), _) if self.active() => {
                    word = if t.reason.is_empty() {
                        format!("ExitCode:{}", t.exit_code)
                    } else {
                        t.reason.to_string()
                    };
                }
                _ => {}
            }
        }
        match self.meta.deleting {
            Some(_) if &*self.reason == "NodeLost" => "Unknown".to_owned(),
            Some(_) => "Terminating".to_owned(),
            None => word,
        }
    }
}
