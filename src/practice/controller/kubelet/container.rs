//! One container: from the image to running, ready, its end, and the growing pauses between restarts.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::pod::{note, terminated};
use super::{config, images, probe};
use crate::practice::behaviour::Behaviour;
use crate::practice::clock::{after, between};
use crate::practice::obj::{int, name, namespace, text, uid};
use crate::practice::quantity::bytes;
use crate::practice::world::{Note, World};

const PULL: Duration = Duration::from_millis(2100);
/// The kubelet notices an end after about a second.
const NOTICE: Duration = Duration::from_secs(1);
/// How long until the kubelet looks again at a container that it could not make.
const AGAIN: Duration = Duration::from_secs(12);
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
    /// Meanwhile the status says what it said before.
    Pulling {
        until: Timestamp,
        failed: Option<String>,
    },
    /// The image cannot be had; `shown` is the reason that the status gives.
    NoImage {
        until: Timestamp,
        shown: &'static str,
        why: String,
    },
    /// It cannot be made: something that it is given is not there.
    Unmade {
        until: Timestamp,
        why: String,
    },
    /// It was made and its program could not be started; the kubelet is about to notice.
    Unstarted {
        until: Timestamp,
        why: String,
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
    /// When the readiness probe failed last in this run.
    unready: Option<Timestamp>,
    /// When the liveness probe failed last in this run, and how often in a row.
    dying: Option<(Timestamp, i64)>,
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
            unready: None,
            dying: None,
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
            | Phase::Pulling { until, .. }
            | Phase::NoImage { until, .. }
            | Phase::Unmade { until, .. }
            | Phase::Unstarted { until, .. }
            | Phase::Exited { until, .. }
            | Phase::Backoff { until, .. } => Some(*until),
            Phase::Over { .. } => None,
            Phase::Running { since, ready } => {
                let does = images::behaviour(world, pod, &self.image);
                let at = |span: Duration| after(*since, span);
                let end = ends(&does, spec).map(|(span, _, _)| at(span));
                let turn = match probe::ready_after(&does, pod, spec) {
                    Some(span) => (!ready).then(|| at(span)),
                    None => {
                        Some(after(self.unready.unwrap_or(*since), probe::period(&spec["readinessProbe"])))
                    }
                };
                let dead = probe::dead(&does, pod, spec).map(|_| self.asked(*since, spec));
                end.into_iter().chain(turn).chain(dead).min()
            }
        }
    }

    /// The step itself.
    fn turn(&mut self, world: &mut World, pod: &Value, spec: &Value) {
        let now = world.now();
        match self.phase.clone() {
            Phase::NoImage { shown: "ImagePullBackOff", why, .. } => self.pull(world, pod, Some(why)),
            Phase::NoImage { shown: "ErrImagePull", why, .. } => {
                self.pause = longer(self.pause);
                let message = format!("Back-off pulling image \"{}\"", self.image);
                self.note(world, pod, false, "BackOff", &message);
                self.note(world, pod, true, "Failed", "Error: ImagePullBackOff");
                let until = after(now, self.pause);
                self.phase = Phase::NoImage { until, shown: "ImagePullBackOff", why };
            }
            Phase::Preparing { .. } | Phase::NoImage { .. } | Phase::Unmade { .. } => {
                self.prepare(world, pod, spec);
            }
            Phase::Pulling { .. } => self.pulled(world, pod, spec),
            Phase::Unstarted { why, .. } => {
                let state = self.unstarted(world, &why);
                self.after_exit(world, pod, spec, state, Duration::ZERO);
            }
            Phase::Running { since, .. } => self.run(world, pod, spec, since),
            Phase::Exited { state, ran, .. } => self.after_exit(world, pod, spec, state, ran),
            Phase::Backoff { .. } => self.restart(world, pod, spec),
            Phase::Over { .. } => {}
        }
    }

    /// The image first: it is there, must be pulled, or cannot be had at all.
    fn prepare(&mut self, world: &mut World, pod: &Value, spec: &Value) {
        if let Some((shown, why)) = images::refused(world, pod, spec) {
            let reason = if shown == "InvalidImageName" { "InspectFailed" } else { shown };
            self.note(world, pod, true, reason, &why);
            self.note(world, pod, true, "Failed", &format!("Error: {shown}"));
            self.phase = Phase::NoImage { until: after(world.now(), AGAIN), shown, why };
        } else if images::present(world, pod, &self.image) {
            let message = format!("Container image \"{}\" already present on machine", self.image);
            self.note(world, pod, false, "Pulled", &message);
            self.start(world, pod, spec);
        } else {
            self.pull(world, pod, None);
        }
    }

    fn pull(&mut self, world: &mut World, pod: &Value, failed: Option<String>) {
        self.note(world, pod, false, "Pulling", &format!("Pulling image \"{}\"", self.image));
        self.phase = Phase::Pulling { until: after(world.now(), PULL), failed };
    }

    fn pulled(&mut self, world: &mut World, pod: &Value, spec: &Value) {
        let image = self.image.clone();
        if let Some(why) = images::unpullable(world, &image) {
            self.note(world, pod, true, "Failed", &format!("Failed to pull image \"{image}\": {why}"));
            self.note(world, pod, true, "Failed", "Error: ErrImagePull");
            self.phase = Phase::NoImage { until: after(world.now(), NOTICE), shown: "ErrImagePull", why };
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

    /// Makes it with what it is given, and starts its program.
    fn start(&mut self, world: &mut World, pod: &Value, spec: &Value) {
        if let Some(why) = config::variables(world, pod, spec) {
            self.note(world, pod, true, "Failed", &format!("Error: {why}"));
            self.phase = Phase::Unmade { until: after(world.now(), AGAIN), why };
            return;
        }
        self.id = world.names.container_id();
        self.note(world, pod, false, "Created", &format!("Created container: {}", self.name));
        if let Some(why) = images::behaviour(world, pod, &self.image).unstartable(spec) {
            self.note(world, pod, true, "Failed", &format!("Error: {why}"));
            self.last = Some(self.unstarted(world, &why));
            self.phase = Phase::Unstarted { until: after(world.now(), NOTICE), why };
            return;
        }
        self.note(world, pod, false, "Started", &format!("Started container {}", self.name));
        (self.unready, self.dying) = (None, None);
        self.phase = Phase::Running { since: world.now(), ready: spec["readinessProbe"].is_null() };
    }

    /// The end of a container whose program never ran.
    fn unstarted(&self, world: &World, why: &str) -> Value {
        let mut state = terminated(128, "StartError", Some(Timestamp::UNIX_EPOCH), world.now(), &self.id);
        state["message"] = json!(why);
        state
    }

    /// When the liveness probe is asked next.
    fn asked(&self, since: Timestamp, spec: &Value) -> Timestamp {
        let (first, again) = probe::liveness(spec);
        self.dying.map_or_else(|| after(since, first), |(at, _)| after(at, again))
    }

    fn restart(&mut self, world: &mut World, pod: &Value, spec: &Value) {
        self.restarts += 1;
        let message = format!("Container image \"{}\" already present on machine", self.image);
        self.note(world, pod, false, "Pulled", &message);
        self.start(world, pod, spec);
    }

    fn run(&mut self, world: &mut World, pod: &Value, spec: &Value, since: Timestamp) {
        let does = images::behaviour(world, pod, &self.image);
        let now = world.now();
        let at = |span: Duration| after(since, span);
        if let Some((span, code, reason)) = ends(&does, spec)
            && at(span) <= now
        {
            return self.exit(world, since, code, reason);
        }
        if let Some(why) = probe::dead(&does, pod, spec)
            && self.asked(since, spec) <= now
        {
            let times = self.dying.map_or(0, |(_, times)| times) + 1;
            self.dying = Some((now, times));
            self.note(world, pod, true, "Unhealthy", &why);
            if times >= probe::patience(spec) {
                let message = format!("Container {} failed liveness probe, will be restarted", self.name);
                self.note(world, pod, false, "Killing", &message);
                self.exit(world, since, 143, "Error");
            }
            return;
        }
        if probe::ready_after(&does, pod, spec).is_some() {
            self.phase = Phase::Running { since, ready: true };
        } else {
            self.unready = Some(now);
            self.phase = Phase::Running { since, ready: false };
            self.note(world, pod, true, "Unhealthy", &probe::unready(&does, pod, spec));
        }
    }

    fn exit(&mut self, world: &World, since: Timestamp, code: i64, reason: &str) {
        let state = terminated(code, reason, Some(since), world.now(), &self.id);
        let (until, ran) = (after(world.now(), NOTICE), between(since, world.now()));
        self.phase = Phase::Exited { until, state, ran };
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

    /// The volumes of its pod are not there yet.
    pub fn wait_for_volumes(&mut self, until: Timestamp) {
        self.phase = Phase::Preparing { until };
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
}

/// When and how a container ends by itself: after so long, with this code and reason.
fn ends(does: &Behaviour, spec: &Value) -> Option<(Duration, i64, &'static str)> {
    let limit = bytes(text(spec, "/resources/limits/memory"));
    let killed =
        does.memory.filter(|m| limit.is_some_and(|l| m.bytes > l)).map(|m| (m.after, 137, "OOMKilled"));
    let crashed = does.crash.map(|c| (c.after, c.code, if c.code == 0 { "Completed" } else { "Error" }));
    killed.into_iter().chain(crashed).min_by_key(|e| e.0)
}

fn longer(pause: Duration) -> Duration {
    if pause.is_zero() { BACKOFF_FIRST } else { (pause * 2).min(BACKOFF_MOST) }
}
