//! Probes: what a container answers to its kubelet, how often it is asked, and what a failure is called.
//!
//! `startupProbe` is not acted out: nothing here starts so slowly. Probes that run a program pass.

use std::time::Duration;

use serde_json::Value;

use crate::practice::behaviour::{Behaviour, Ready};
use crate::practice::obj::{int, list, text};

/// When the readiness probe passes; `None` when it never does.
pub fn ready_after(does: &Behaviour, pod: &Value, spec: &Value) -> Option<Duration> {
    let probe = &spec["readinessProbe"];
    match does.ready {
        _ if unanswered(does, pod, spec, probe).is_some() => None,
        Ready::Never if !probe.is_null() => None,
        Ready::Never => Some(Duration::ZERO),
        Ready::After(span) => Some(span.max(seconds(probe, "/initialDelaySeconds", 0))),
    }
}

/// What the kubelet says of a readiness probe that does not pass.
pub fn unready(does: &Behaviour, pod: &Value, spec: &Value) -> String {
    let why = unanswered(does, pod, spec, &spec["readinessProbe"]);
    format!("Readiness probe failed: {}", why.unwrap_or_else(|| code(503)))
}

/// What the kubelet says of a liveness probe that does not pass; none when it does, or there is none.
pub fn dead(does: &Behaviour, pod: &Value, spec: &Value) -> Option<String> {
    let why = unanswered(does, pod, spec, &spec["livenessProbe"])?;
    Some(format!("Liveness probe failed: {why}"))
}

/// How long after the start a liveness probe is asked for the first time, and then again and again.
pub fn liveness(spec: &Value) -> (Duration, Duration) {
    let probe = &spec["livenessProbe"];
    let period = period(probe);
    (seconds(probe, "/initialDelaySeconds", 0).max(period), period)
}

/// So many failures in a row restart the container.
pub fn patience(spec: &Value) -> i64 {
    int(spec, "/livenessProbe/failureThreshold").unwrap_or(3).max(1)
}

/// The pause between two questions.
pub fn period(probe: &Value) -> Duration {
    seconds(probe, "/periodSeconds", 10).max(Duration::from_secs(1))
}

/// Why what is asked for is not served there.
fn unanswered(does: &Behaviour, pod: &Value, spec: &Value, probe: &Value) -> Option<String> {
    let serves = does.serves.as_ref()?;
    let (how, http) = match (&probe["httpGet"], &probe["tcpSocket"]) {
        (http, _) if http.is_object() => (http, true),
        (_, tcp) if tcp.is_object() => (tcp, false),
        _ => return None,
    };
    let port = port(how, spec);
    let ip = text(pod, "/status/podIP");
    if port != Some(i64::from(serves.port)) {
        let at = port.map_or_else(|| text(how, "/port").to_owned(), |p| p.to_string());
        let refused = format!("dial tcp {ip}:{at}: connect: connection refused");
        let path = text(how, "/path");
        return Some(if http { format!("Get \"http://{ip}:{at}{path}\": {refused}") } else { refused });
    }
    let path = Some(text(how, "/path")).filter(|p| !p.is_empty()).unwrap_or("/");
    let known = !http || serves.paths.is_empty() || serves.paths.iter().any(|p| p == path);
    (!known).then(|| code(404))
}

fn code(code: u16) -> String {
    format!("HTTP probe failed with statuscode: {code}")
}

/// The number of a port that may be named.
fn port(how: &Value, spec: &Value) -> Option<i64> {
    int(how, "/port").or_else(|| {
        let named = text(how, "/port");
        let found = list(spec, "/ports").iter().find(|p| text(p, "/name") == named);
        found.and_then(|p| int(p, "/containerPort")).or_else(|| named.parse().ok())
    })
}

fn seconds(probe: &Value, at: &str, usual: u64) -> Duration {
    Duration::from_secs(int(probe, at).and_then(|n| u64::try_from(n).ok()).unwrap_or(usual))
}
