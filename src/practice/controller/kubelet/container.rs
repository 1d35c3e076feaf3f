//! One container: from the image to running, ready, its end, and the growing pauses between restarts.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::images;
use super::pod::{note, terminated};
use crate::practice::behaviour::{Behaviour, Ready};
use crate::practice::clock::{after, between};
use crate::practice::obj::{int, name, namespace, text, uid};
use crate::practice::quantity::bytes;
use crate::practice::world::{Note, World};

const PULL: Duration = Duration::from_millis(2100);
/// The kubelet notices an end after about a second.
const NOTICE: Duration = Duration::from_secs(1);
const BACKOFF_FIRST: Duration = Duration::from_secs(10);
const BACKOFF_MOST: Duration = Duration::from_mins(5);
/// A container that ran this long begins again with the shortest pause.
const FORGIVEN: Duration = Duration::from_mins(10);

/// Where a container stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Phase {
    Preparing {
        until: Timestamp,
    },
    Pulling {
        until: Timestamp,
    },
    /// The image cannot be had; `shown` is the reason that the status gives.
    NoImage {
        until: Timestamp,
        shown: &'static str,
    },
    Running {
        since: Timestamp,
        ready: bool,
    },
    /// It has ended and the kubelet is about to notice.
    Exited {
        until: Timestamp,
        state: Value,
        ran: Duration,
    },
    Backoff {
        until: Timestamp,
        pause: Duration,
    },
    /// It will not start again.
    Over {
        state: Value,
    },
}

/// A container.
#[derive(Debug)]
pub struct Container {
    pub name: String,
    pub image: String,
    pub phase: Phase,
    pub restarts: i64,
    pub last: Option<Value>,
    pub id: String,
    /// The pause before the next restart; the first restart has none.
    pause: Duration,
    complained: bool,
}

impl Container {
    /// A container whose sandbox is ready at `until`.
    pub fn new(world: &mut World, spec: &Value, until: Timestamp) -> Self {
        Self {
            name: text(spec, "/name").to_owned(),
            image: text(spec, "/image").to_owned(),
            phase: Phase::Preparing { until },
            restarts: 0,
            last: None,
            id: world.names.container_id(),
            pause: Duration::ZERO,
            complained: false,
        }
    }

    /// Makes every step that is due; returns when the next one is.
    pub fn step(&mut self, world: &mut World, pod: &Value, spec: &Value) -> Option<Timestamp> {
        self.follow_image(world, pod, spec);
        loop {
            let now = world.now();
            let due = self.due(world, pod, spec)?;
            if due > now {
                return Some(due);
            }
            self.turn(world, pod, spec);
        }
    }

    /// Another image in a running pod restarts the container.
    fn follow_image(&mut self, world: &mut World, pod: &Value, spec: &Value) {
        let wanted = text(spec, "/image");
        if wanted == self.image {
            return;
        }
        wanted.clone_into(&mut self.image);
        if let Phase::Running { since, .. } = self.phase {
            let message = format!("Container {} definition changed, will be restarted", self.name);
            self.note(world, pod, false, "Killing", &message);
            self.last = Some(terminated(0, "Completed", Some(since), world.now(), &self.id));
            self.restarts += 1;
        }
        self.phase = Phase::Preparing { until: world.now() };
    }

    /// When the present phase ends by itself.
    fn due(&self, world: &World, pod: &Value, spec: &Value) -> Option<Timestamp> {
        match &self.phase {
            Phase::Preparing { until }
            | Phase::Pulling { until }
            | Phase::NoImage { until, .. }
            | Phase::Exited { until, .. }
            | Phase::Backoff { until, .. } => Some(*until),
            Phase::Over { .. } => None,
            Phase::Running { since, ready } => {
                let does = images::behaviour(world, pod, &self.image);
                let at = |span: Duration| after(*since, span);
                let end = ends(&does, spec).map(|(span, _, _)| at(span));
                let turn = match ready_after(&does, spec) {
                    Some(span) if !ready => Some(at(span)),
                    None if !self.complained => Some(at(period(spec))),
                    _ => None,
                };
                end.into_iter().chain(turn).min()
            }
        }
    }

    /// The step itself.
    fn turn(&mut self, world: &mut World, pod: &Value, spec: &Value) {
        let now = world.now();
        match self.phase.clone() {
            Phase::Preparing { .. } if images::present(world, pod, &self.image) => {
                let message = format!("Container image \"{}\" already present on machine", self.image);
                self.note(world, pod, false, "Pulled", &message);
                self.start(world, pod, spec);
            }
            Phase::Preparing { .. } | Phase::NoImage { shown: "ImagePullBackOff", .. } => {
                self.note(world, pod, false, "Pulling", &format!("Pulling image \"{}\"", self.image));
                self.phase = Phase::Pulling { until: after(now, PULL) };
            }
            Phase::Pulling { .. } => self.pulled(world, pod, spec),
            Phase::NoImage { .. } => {
                self.pause = longer(self.pause);
                let message = format!("Back-off pulling image \"{}\"", self.image);
                self.note(world, pod, false, "BackOff", &message);
                self.note(world, pod, true, "Failed", "Error: ImagePullBackOff");
                let until = after(now, self.pause);
                self.phase = Phase::NoImage { until, shown: "ImagePullBackOff" };
            }
            Phase::Running { since, ready } => self.run(world, pod, spec, since, ready),
            Phase::Exited { state, ran, .. } => self.after_exit(world, pod, spec, state, ran),
            Phase::Backoff { .. } => self.restart(world, pod, spec),
            Phase::Over { .. } => {}
        }
    }

    fn pulled(&mut self, world: &mut World, pod: &Value, spec: &Value) {
        let image = self.image.clone();
        if images::behaviour(world, pod, &image).missing {
            let why = format!(
                "failed to pull and unpack image \"{image}\": failed to resolve reference \"{image}\": {image}: not found"
            );
            self.note(world, pod, true, "Failed", &format!("Failed to pull image \"{image}\": {why}"));
            self.note(world, pod, true, "Failed", "Error: ErrImagePull");
            self.phase = Phase::NoImage { until: after(world.now(), NOTICE), shown: "ErrImagePull" };
            return;
        }
        images::pulled(world, pod, &image);
        let message = format!(
            "Successfully pulled image \"{image}\" in 2.1s (2.1s including waiting). Image size: 48211003 bytes."
        );
        self.note(world, pod, false, "Pulled", &message);
        self.pause = Duration::ZERO;
        self.start(world, pod, spec);
    }

    fn start(&mut self, world: &mut World, pod: &Value, spec: &Value) {
        self.id = world.names.container_id();
        self.note(world, pod, false, "Created", &format!("Created container: {}", self.name));
        self.note(world, pod, false, "Started", &format!("Started container {}", self.name));
        self.complained = spec["readinessProbe"].is_null();
        self.phase = Phase::Running { since: world.now(), ready: spec["readinessProbe"].is_null() };
    }

    fn restart(&mut self, world: &mut World, pod: &Value, spec: &Value) {
        self.restarts += 1;
        let message = format!("Container image \"{}\" already present on machine", self.image);
        self.note(world, pod, false, "Pulled", &message);
        self.start(world, pod, spec);
    }

    fn run(&mut self, world: &mut World, pod: &Value, spec: &Value, since: Timestamp, ready: bool) {
        let does = images::behaviour(world, pod, &self.image);
        let at = |span: Duration| after(since, span);
        if let Some((span, code, reason)) = ends(&does, spec)
            && at(span) <= world.now()
        {
            let state = terminated(code, reason, Some(since), world.now(), &self.id);
            let until = after(world.now(), NOTICE);
            let ran = between(since, world.now());
            self.phase = Phase::Exited { until, state, ran };
        } else if ready_after(&does, spec).is_some() && !ready {
            self.phase = Phase::Running { since, ready: true };
        } else {
            self.complained = true;
            let message = "Readiness probe failed: HTTP probe failed with statuscode: 503";
            self.note(world, pod, true, "Unhealthy", message);
        }
    }

    /// The kubelet has noticed the end: again at once, after a pause, or never.
    fn after_exit(&mut self, world: &mut World, pod: &Value, spec: &Value, state: Value, ran: Duration) {
        let code = int(&state, "/exitCode").unwrap_or(0);
        let policy = text(pod, "/spec/restartPolicy");
        if policy == "Never" || (policy == "OnFailure" && code == 0) {
            self.phase = Phase::Over { state };
            return;
        }
        self.last = Some(state);
        if ran > FORGIVEN {
            self.pause = Duration::ZERO;
        }
        let pause = self.pause;
        self.pause = longer(pause);
        if pause.is_zero() {
            return self.restart(world, pod, spec);
        }
        let (ns, own, id) = (namespace(pod), name(pod), uid(pod));
        let message = format!("Back-off restarting failed container {} in pod {own}_{ns}({id})", self.name);
        self.note(world, pod, true, "BackOff", &message);
        self.phase = Phase::Backoff { until: after(world.now(), pause), pause };
    }

    /// The machine lost it.
    pub fn lose(&mut self, world: &mut World, until: Timestamp) {
        if let Phase::Running { since, .. } = self.phase {
            self.last = Some(terminated(255, "Unknown", Some(since), world.now(), &self.id));
            self.restarts += 1;
        }
        if !matches!(self.phase, Phase::Over { .. }) {
            self.phase = Phase::Preparing { until };
        }
    }

    /// It was stopped with its pod.
    pub fn end(&mut self, world: &mut World) {
        if let Phase::Running { since, .. } = self.phase {
            self.phase =
                Phase::Over { state: terminated(0, "Completed", Some(since), world.now(), &self.id) };
        }
    }

    fn note(&self, world: &mut World, pod: &Value, warning: bool, reason: &str, message: &str) {
        let part = format!("spec.containers{{{}}}", self.name);
        note(world, pod, Note { warning, part: &part, ..Note::normal("kubelet", reason, message) });
    }

    /// Whether it runs and its readiness probe passes.
    pub fn is_ready(&self) -> bool {
        matches!(self.phase, Phase::Running { ready: true, .. })
    }

    /// The state as the status shows it.
    pub fn state(&self, pod: &Value) -> Value {
        let waiting =
            |reason: &str, message: String| json!({"waiting": {"reason": reason, "message": message}});
        match &self.phase {
            Phase::Preparing { .. } | Phase::Pulling { .. } => {
                json!({"waiting": {"reason": "ContainerCreating"}})
            }
            Phase::NoImage { shown, .. } => waiting(
                shown,
                format!("Back-off pulling image \"{}\": ErrImagePull: {}: not found", self.image, self.image),
            ),
            Phase::Running { since, .. } => {
                json!({"running": {"startedAt": crate::practice::clock::seconds(*since)}})
            }
            Phase::Exited { state, .. } | Phase::Over { state } => json!({"terminated": state}),
            Phase::Backoff { pause, .. } => waiting(
                "CrashLoopBackOff",
                format!(
                    "back-off {} restarting failed container={} pod={}_{}({})",
                    go(*pause),
                    self.name,
                    name(pod),
                    namespace(pod),
                    uid(pod)
                ),
            ),
        }
    }
}

/// When and how a container ends by itself: after so long, with this code and reason.
fn ends(does: &Behaviour, spec: &Value) -> Option<(Duration, i64, &'static str)> {
    let limit = bytes(text(spec, "/resources/limits/memory"));
    let killed =
        does.memory.filter(|m| limit.is_some_and(|l| m.bytes > l)).map(|m| (m.after, 137, "OOMKilled"));
    let crashed = does.crash.map(|c| (c.after, c.code, if c.code == 0 { "Completed" } else { "Error" }));
    killed.into_iter().chain(crashed).min_by_key(|e| e.0)
}

/// When the readiness probe passes; `None` when it never does.
fn ready_after(does: &Behaviour, spec: &Value) -> Option<Duration> {
    match does.ready {
        Ready::Never if !spec["readinessProbe"].is_null() => None,
        Ready::Never => Some(Duration::ZERO),
        Ready::After(span) => {
            let delay =
                u64::try_from(int(spec, "/readinessProbe/initialDelaySeconds").unwrap_or(0)).unwrap_or(0);
            Some(span.max(Duration::from_secs(delay)))
        }
    }
}

fn period(spec: &Value) -> Duration {
    Duration::from_secs(u64::try_from(int(spec, "/readinessProbe/periodSeconds").unwrap_or(10)).unwrap_or(10))
}

fn longer(pause: Duration) -> Duration {
    if pause.is_zero() { BACKOFF_FIRST } else { (pause * 2).min(BACKOFF_MOST) }
}

/// A span as Go prints it: `40s`, `1m20s`, `5m0s`.
fn go(span: Duration) -> String {
    let seconds = span.as_secs();
    if seconds < 60 { format!("{seconds}s") } else { format!("{}m{}s", seconds / 60, seconds % 60) }
}
