//! What a container does when it runs: the part of an image that the practice cluster acts out.
//!
//! A scenario ties behaviours to images, so rolling back to the earlier image, or raising a limit, mends what it would
//! mend in a real cluster. A pod may change them by annotations: `practice.opsbook.dev/memory: "300Mi after 8s"`,
//! `practice.opsbook.dev/crash: "exit 1 after 3s"`, `practice.opsbook.dev/ready: "after 5s"` or `"never"`.

use std::time::Duration;

use serde::Deserialize;
use serde::de::{Deserializer, Error};
use serde_json::Value;

use super::clock::parse_span;
use super::obj::annotation;
use super::quantity;

/// The prefix of the annotations that change a behaviour.
pub const ANNOTATION: &str = "practice.opsbook.dev";

/// Memory that is in use after a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Growth {
    pub bytes: u64,
    pub after: Duration,
}

/// An end by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crash {
    pub code: i64,
    pub after: Duration,
}

/// When the readiness probe begins to pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ready {
    After(Duration),
    Never,
}

impl Default for Ready {
    fn default() -> Self {
        Self::After(Duration::ZERO)
    }
}

/// One line of a log, or one that comes again and again. `{n}` counts, `{pod}` and `{node}` name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogLine {
    #[serde(default, deserialize_with = "span")]
    pub after: Duration,
    #[serde(default, deserialize_with = "some_span")]
    pub every: Option<Duration>,
    pub line: String,
}

/// What an image listens on: probes that ask for anything else fail.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Serves {
    pub port: u16,
    /// Paths that are answered; all of them when none is named.
    #[serde(default)]
    pub paths: Vec<String>,
}

/// What an image does.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Behaviour {
    #[serde(deserialize_with = "growth")]
    pub memory: Option<Growth>,
    #[serde(deserialize_with = "crash")]
    pub crash: Option<Crash>,
    #[serde(deserialize_with = "ready")]
    pub ready: Ready,
    /// The registry does not have it.
    pub missing: bool,
    /// The programs that a `command` may begin with; any when absent.
    pub programs: Option<Vec<String>>,
    /// What probes find; whatever they ask for when absent.
    pub serves: Option<Serves>,
    /// How long it takes to end when it is asked to; one second when absent.
    #[serde(deserialize_with = "some_span")]
    pub stops_after: Option<Duration>,
    pub log: Vec<LogLine>,
}

impl Behaviour {
    /// The behaviour of an image in a certain pod.
    pub fn in_pod(mut self, pod: &Value) -> Self {
        let of = |key: &str| annotation(pod, &format!("{ANNOTATION}/{key}"));
        if let Some(found) = of("memory").and_then(parse_growth) {
            self.memory = Some(found);
        }
        if let Some(found) = of("crash").and_then(parse_crash) {
            self.crash = Some(found);
        }
        if let Some(found) = of("ready").and_then(parse_ready) {
            self.ready = found;
        }
        self
    }

    /// Why the command of a container cannot be started, in the runtime's words; none when it can.
    pub fn unstartable(&self, spec: &Value) -> Option<String> {
        let command = spec["command"][0].as_str()?;
        if self.programs.as_ref()?.iter().any(|p| p == command) {
            return None;
        }
        let why = if command.starts_with('/') {
            format!("stat {command}: no such file or directory")
        } else {
            "executable file not found in $PATH".to_owned()
        };
        Some(format!(
            "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: \"{command}\": {why}: unknown"
        ))
    }
}

fn parse_growth(text: &str) -> Option<Growth> {
    let (bytes, after) = text.split_once(" after ")?;
    Some(Growth { bytes: quantity::bytes(bytes.trim())?, after: parse_span(after)? })
}

fn parse_crash(text: &str) -> Option<Crash> {
    let (code, after) = text.strip_prefix("exit ")?.split_once(" after ")?;
    Some(Crash { code: code.trim().parse().ok()?, after: parse_span(after)? })
}

fn parse_ready(text: &str) -> Option<Ready> {
    if text == "never" {
        return Some(Ready::Never);
    }
    Some(Ready::After(parse_span(text.strip_prefix("after ")?)?))
}

fn growth<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Growth>, D::Error> {
    let text = String::deserialize(from)?;
    parse_growth(&text)
        .map(Some)
        .ok_or_else(|| D::Error::custom(format!("`{text}` is not like `300Mi after 8s`")))
}

fn crash<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Crash>, D::Error> {
    let text = String::deserialize(from)?;
    parse_crash(&text)
        .map(Some)
        .ok_or_else(|| D::Error::custom(format!("`{text}` is not like `exit 1 after 3s`")))
}

fn ready<'de, D: Deserializer<'de>>(from: D) -> Result<Ready, D::Error> {
    let text = String::deserialize(from)?;
    parse_ready(&text).ok_or_else(|| D::Error::custom(format!("`{text}` is neither `after 5s` nor `never`")))
}

/// Reads a span such as `4m`.
pub fn span<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
    let text = String::deserialize(from)?;
    parse_span(&text)
        .ok_or_else(|| D::Error::custom(format!("`{text}` is not a span such as 90s, 4m or 1h30m")))
}

fn some_span<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Duration>, D::Error> {
    span(from).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn annotations_change_the_image() {
        let pod = json!({"metadata": {"annotations": {
            "practice.opsbook.dev/memory": "300Mi after 8s",
            "practice.opsbook.dev/crash": "exit 2 after 1m",
            "practice.opsbook.dev/ready": "never",
        }}});
        let found = Behaviour::default().in_pod(&pod);
        assert_eq!(found.memory, Some(Growth { bytes: 300 << 20, after: Duration::from_secs(8) }));
        assert_eq!(found.crash, Some(Crash { code: 2, after: Duration::from_mins(1) }));
        assert_eq!(found.ready, Ready::Never);
    }
}
