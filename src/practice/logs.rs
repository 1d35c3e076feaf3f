//! The log lines of a container: a pure function of its image's behaviour, its start and its end.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use super::behaviour::LogLine;
use super::clock::{after, between, parse};
use super::obj::{list, name, namespace, text};
use super::world::World;

/// No log is longer than this many lines.
const LONGEST: u64 = 2000;

/// One printed line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub at: Timestamp,
    pub text: String,
}

/// One run of a container.
#[derive(Debug, Clone)]
pub struct Run {
    pub namespace: String,
    pub pod: String,
    pub node: String,
    pub container: String,
    pub started: Timestamp,
    pub finished: Option<Timestamp>,
    what: Vec<LogLine>,
}

impl Run {
    /// The present or the previous run of a container; `None` when there was none.
    pub fn of(world: &World, pod: &Value, container: &str, previous: bool) -> Option<Self> {
        let all = ["/status/containerStatuses", "/status/initContainerStatuses"];
        let status = all.iter().flat_map(|at| list(pod, at)).find(|s| text(s, "/name") == container)?;
        let (state, last) = (&status["state"], &status["lastState"]["terminated"]);
        let run = if previous {
            last
        } else if state["running"].is_object() {
            &state["running"]
        } else if state["terminated"].is_object() {
            &state["terminated"]
        } else {
            last
        };
        let specs = ["/spec/containers", "/spec/initContainers"];
        let spec = specs.iter().flat_map(|at| list(pod, at)).find(|c| text(c, "/name") == container)?;
        let mut what = world.images.get(text(spec, "/image")).map(|b| b.log.clone()).unwrap_or_default();
        for line in &mut what {
            line.every = line.every.map(|e| e.max(Duration::from_millis(50)));
        }
        Some(Self {
            namespace: namespace(pod).to_owned(),
            pod: name(pod).to_owned(),
            node: text(pod, "/spec/nodeName").to_owned(),
            container: container.to_owned(),
            started: parse(text(run, "/startedAt"))?,
            finished: parse(text(run, "/finishedAt")),
            what,
        })
    }

    fn line(&self, what: &LogLine, count: u64) -> Line {
        let times = u32::try_from(count).unwrap_or(u32::MAX);
        let at = after(self.started, what.after + what.every.unwrap_or_default().saturating_mul(times));
        let text = what.line.replace("{n}", &(count + 1).to_string());
        Line { at, text: text.replace("{pod}", &self.pod).replace("{node}", &self.node) }
    }
}

/// All lines up to `now`, oldest first; of a very long log only the newest.
pub fn lines(run: &Run, now: Timestamp) -> Vec<Line> {
    let end = run.finished.map_or(now, |f| f.min(now));
    let lived = between(run.started, end);
    let mut all = Vec::new();
    for what in run.what.iter().filter(|w| w.after <= lived) {
        let last = match what.every {
            Some(every) => {
                u64::try_from(lived.checked_sub(what.after).unwrap().as_millis() / every.as_millis().max(1))
                    .unwrap_or(0)
            }
            None => 0,
        };
        all.extend((last.saturating_sub(LONGEST)..=last).map(|n| run.line(what, n)));
    }
    all.sort_by_key(|l| l.at);
    all
}

/// The first line after `sent`.
pub fn next_line(run: &Run, sent: Timestamp) -> Option<Line> {
    let lived = between(run.started, sent);
    run.what
        .iter()
        .filter_map(|what| match what.every {
            _ if what.after > lived => Some(run.line(what, 0)),
            Some(every) => {
                let passed = lived.checked_sub(what.after).unwrap().as_millis() / every.as_millis().max(1);
                Some(run.line(what, u64::try_from(passed).unwrap_or(0) + 1))
            }
            None => None,
        })
        .min_by_key(|l| l.at)
}
