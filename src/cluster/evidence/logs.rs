//! The logs of a pod: of each container that ran, what it writes now and what it wrote before its last restart.

use crate::lang::t;
use futures::StreamExt as _;
use http_body_util::BodyExt as _;
use serde_json::Value;

use super::{Found, NotRead, Reader};
use crate::cluster::source::{read_status, send};
use crate::domain::{ObjectKey, encoded, sanitize};
use crate::op::SaveWork;

/// How long a log may take to come.
const LOG: std::time::Duration = std::time::Duration::from_mins(1);

/// A log that there is by the pod's own status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Log {
    pub container: String,
    pub previous: bool,
}

/// Every log that a pod has, and the containers that have none.
pub(super) fn of(pod: &Value) -> (Vec<Log>, Vec<String>) {
    let (mut logs, mut none) = (Vec::new(), Vec::new());
    let fields = ["initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses"];
    for status in fields.iter().flat_map(|field| pod["status"][*field].as_array().into_iter().flatten()) {
        let Some(container) = status["name"].as_str() else { continue };
        let log = |previous: bool| Log { container: container.to_owned(), previous };
        let ran = |state: &Value| state["running"].is_object() || state["terminated"].is_object();
        let before = ran(&status["lastState"]);
        if ran(&status["state"]) || before {
            logs.push(log(false));
        } else {
            none.push(container.to_owned());
        }
        if before {
            logs.push(log(true));
        }
    }
    (logs, none)
}

impl Reader<'_> {
    /// All logs of a pod.
    pub(super) async fn logs(&self, object: &ObjectKey, pod: &Value) {
        let (logs, none) = of(pod);
        for container in none {
            self.line(t!(
                "cluster-evidence-logs-container-has-not-run-it-has",
                container = sanitize(&container)
            ))
            .await;
        }
        for log in logs {
            let container = sanitize(&log.container);
            let what = if log.previous {
                t!("cluster-evidence-logs-previous", container = container)
            } else {
                t!("cluster-evidence-logs-own", container = container)
            };
            match self.log(object, &log).await {
                Ok(text) => {
                    let before = if log.previous { "-previous" } else { "" };
                    let name = format!("{}{before}.log", sanitize(&log.container));
                    self.put(Found::File { name, text }).await;
                }
                Err(why) => self.missing(&what, why).await,
            }
        }
    }

    /// The end of a log: what comes after it has begun to be longer than is kept pushes its beginning out.
    async fn log(&self, object: &ObjectKey, log: &Log) -> Result<String, NotRead> {
        let uri = format!(
            "{}/log?container={}&previous={}&timestamps=true",
            object.path(),
            encoded(&log.container),
            log.previous
        );
        let answer = send(self.client, &uri, "*/*").await.map_err(|e| NotRead::Failed(e.to_string()))?;
        if !answer.status().is_success() {
            let code = answer.status();
            let status = read_status(answer).await.status;
            return Err(NotRead::Failed(format!("{} {}", code.as_u16(), sanitize(&status.message))));
        }
        let mut body = answer.into_body().into_data_stream();
        let mut end = End::default();
        let read = async {
            while let Some(chunk) = body.next().await {
                end.push(&chunk.map_err(|e| NotRead::Failed(crate::cluster::connect::explain(&e)))?);
            }
            Ok(())
        };
        match tokio::time::timeout(LOG, read).await {
            Ok(read) => read.map(|()| end.text()),
            Err(_) => Err(NotRead::Failed(t!(
                "cluster-evidence-logs-it-did-not-end-within-s",
                as_secs = LOG.as_secs()
            ))),
        }
    }
}

/// The last bytes of what came.
#[derive(Default)]
pub(super) struct End {
    kept: Vec<u8>,
    left_out: usize,
}

impl End {
    pub(super) fn push(&mut self, chunk: &[u8]) {
        self.kept.extend_from_slice(chunk);
        // Cut seldom: each time twice the room is full.
        if self.kept.len() > 2 * SaveWork::FILE {
            self.cut();
        }
    }

    fn cut(&mut self) {
        let over = self.kept.len().saturating_sub(SaveWork::FILE);
        // From the beginning of a line.
        let line = self.kept[over..].iter().position(|b| *b == b'\n').map_or(over, |at| over + at + 1);
        let over = if over == 0 { 0 } else { line };
        self.kept.drain(..over);
        self.left_out += over;
    }

    pub(super) fn text(mut self) -> String {
        self.cut();
        let text = sanitize(&String::from_utf8_lossy(&self.kept));
        match self.left_out {
            0 => text,
            bytes => format!("# {}\n{}", t!("cluster-evidence-logs-bytes-left-out", bytes = bytes), text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_container_that_ran_has_its_logs_and_one_that_did_not_is_named() {
        let terminated = json!({"terminated": {"exitCode": 1}});
        let pod = json!({"status": {
            "initContainerStatuses": [{"name": "init", "state": terminated}],
            "containerStatuses": [
                {"name": "app", "state": {"waiting": {"reason": "CrashLoopBackOff"}}, "lastState": terminated},
                {"name": "late", "state": {"waiting": {"reason": "PodInitializing"}}, "lastState": {}},
            ],
            "ephemeralContainerStatuses": [{"name": "debug", "state": {"running": {}}}],
        }});
        let log = |container: &str, previous| Log { container: container.into(), previous };
        let (logs, none) = of(&pod);
        assert_eq!(logs, [log("init", false), log("app", false), log("app", true), log("debug", false)]);
        assert_eq!(none, ["late"]);
    }

    #[test]
    fn of_a_long_log_the_end_is_kept_and_what_was_left_out_is_said() {
        let mut end = End::default();
        let line = format!("{}\n", "x".repeat(1023));
        for _ in 0..(SaveWork::FILE / 1024) * 3 {
            end.push(line.as_bytes());
        }
        end.push(b"the last words\n");
        let text = end.text();
        assert!(
            text.starts_with("# ")
                && text.lines().next().unwrap().ends_with("bytes before this were left out")
        );
        assert!(text.ends_with("x\nthe last words\n") && text.len() <= SaveWork::FILE + 100);
        assert!(text.lines().skip(1).all(|l| l.len() == 1023 || l == "the last words"), "cut at a line");
        let mut short = End::default();
        short.push(b"all\n");
        assert_eq!(short.text(), "all\n");
    }
}
