//! Scripts in a container, through the API server's `exec`. The body and secrets go over the standard input: arguments
//! stand in the address of the request, which audit logs keep.
//!
//! Must not say that a script has ended because the connection has: then it is not known.

use futures::future::BoxFuture;
use k8s_openapi::api::core::v1::Pod;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::Status;
use kube::api::{Api, AttachParams, AttachedProcess};
use std::sync::OnceLock;
use std::time::Duration;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::time::{sleep, timeout};

use super::output::Stream;
use super::quote::quoted;
use super::{Ended, Job, Ran, Runner};
use crate::cluster::explain;
use crate::op::{EnvValue, Place, Script};

/// How long a script that is stopped may take to be gone.
const REST: Duration = Duration::from_secs(15);
/// Bytes of the line with the number of its process.
const LONGEST_PID: u64 = 16;

/// Containers of a cluster.
pub struct Container {
    pub client: kube::Client,
}

/// The command: plain values as arguments of `env`, then an interpreter that says its number, so that it can be ended, and
/// reads a whole script of known length before it begins, so that the script's own commands cannot read from it.
fn command(script: &Script, length: usize) -> Vec<String> {
    let plain = script.env.iter().filter_map(|(name, value)| match value {
        EnvValue::Plain(text) => Some(format!("{name}={text}")),
        EnvValue::Secret(_) => None,
    });
    let mut out = vec!["env".to_owned()];
    out.extend(plain);
    out.extend([
        script.interpreter.clone(),
        "-c".to_owned(),
        format!("echo \"$$\" >&2; eval \"$(head -c {length})\" </dev/null"),
    ]);
    out
}

/// What goes over the standard input: secrets as variables, then the body as it is.
fn input(script: &Script) -> String {
    let secret = script.env.iter().filter_map(|(name, value)| match value {
        EnvValue::Secret(text) => Some(format!("export {name}={}\n", quoted(text.reveal()))),
        EnvValue::Plain(_) => None,
    });
    secret.chain([script.body.clone()]).collect()
}

impl Runner for Container {
    fn ready(&self, script: &Script) -> Result<(), String> {
        if script.interactive {
            return Err("a script that needs a terminal runs on this machine only".to_owned());
        }
        Ok(())
    }

    fn run<'a>(&'a self, job: Job<'a>) -> BoxFuture<'a, Ran> {
        Box::pin(async move {
            match self.attach(&job).await {
                Ok(process) => {
                    Running { container: self, job: &job, pid: OnceLock::new() }.follow(process).await
                }
                Err(why) => Ran::not_started(why),
            }
        })
    }
}

impl Container {
    async fn attach(&self, job: &Job<'_>) -> Result<AttachedProcess, String> {
        self.ready(job.script)?;
        let command = command(job.script, input(job.script).len());
        self.exec(job.script, &command, true).await
    }

    /// Begins a command in the script's container, if its pod is still the one that was read.
    async fn exec(
        &self,
        script: &Script,
        command: &[String],
        talks: bool,
    ) -> Result<AttachedProcess, String> {
        let Place::Container { namespace, pod, uid, container } = &script.place else {
            return Err("this is no container".to_owned());
        };
        let pods: Api<Pod> = Api::namespaced(self.client.clone(), namespace);
        let now = pods.get_metadata(pod).await.map_err(|e| explain(&e))?;
        if now.metadata.uid.as_deref() != Some(uid.as_str()) {
            return Err(format!("pod {namespace}/{pod} is another one now; nothing ran"));
        }
        let params = AttachParams::default().container(container).stdin(talks).stderr(talks);
        pods.exec(pod, command, &params).await.map_err(|e| explain(&e))
    }
}

/// A script in a container, as it runs.
struct Running<'a> {
    container: &'a Container,
    job: &'a Job<'a>,
    /// Its process there, which leads a group of its own; the first thing that it says.
    pid: OnceLock<u32>,
}

impl Running<'_> {
    /// Reads what it writes until it ends, is stopped, or has no time left.
    async fn follow(&self, mut process: AttachedProcess) -> Ran {
        let status = process.take_status();
        let (mut stdin, stdout, stderr) = (process.stdin(), process.stdout(), process.stderr());
        let (mut out, mut err) = (Stream::new(&self.job.vault), Stream::new(&self.job.vault));
        let ended = {
            let feed = async {
                if let Some(to) = &mut stdin {
                    let _ = to.write_all(input(self.job.script).as_bytes()).await;
                    let _ = to.shutdown().await;
                }
            };
            let errors = async {
                let mut from = stderr.map(BufReader::new);
                if let Some(from) = &mut from {
                    self.meet(from).await;
                }
                err.read(from, &self.job.lines).await;
            };
            let whole = async {
                tokio::join!(feed, out.read(stdout, &self.job.lines), errors);
                match status {
                    Some(status) => status.await,
                    None => None,
                }
            };
            let over = async {
                match self.job.script.timeout_seconds {
                    Some(seconds) => sleep(Duration::from_secs(seconds)).await,
                    None => std::future::pending().await,
                }
            };
            tokio::pin!(whole);
            let stopped = tokio::select! {
                status = &mut whole => Err(status),
                () = self.job.cancel.cancelled() => Ok(Ended::Cancelled),
                () = over => Ok(Ended::TimedOut),
            };
            match stopped {
                Err(Some(status)) => judged(&status),
                Err(None) => {
                    Ended::Unknown("the connection ended before the script told how it ended".to_owned())
                }
                Ok(why) => match timeout(REST, async { tokio::join!(self.stop(), whole) }).await {
                    Ok((Ok(()), Some(_))) => why,
                    _ => left(),
                },
            }
        };
        process.abort();
        let cut = out.cut || err.cut;
        Ran { ended, stdout: out.kept, stderr: err.kept, cut }
    }

    /// Learns the number of its process.
    async fn meet(&self, from: &mut (impl AsyncBufRead + Unpin)) {
        let mut first = String::new();
        let read = from.take(LONGEST_PID).read_line(&mut first).await;
        if let (Ok(_), Ok(pid)) = (read, first.trim().parse()) {
            let _ = self.pid.set(pid);
        }
    }

    /// Asks its whole group to end, and ends it when it does not: by a command in the same container, as the API server
    /// has no other way.
    async fn stop(&self) -> Result<(), String> {
        let pid = self.pid.get().ok_or("it has not said its number")?;
        let command = [self.job.script.interpreter.clone(), "-c".to_owned(), end_group(*pid)];
        let mut process = self.container.exec(self.job.script, &command, false).await?;
        // It says nothing, so there is nothing to read.
        match process.take_status() {
            Some(status) => status.await.map(drop).ok_or_else(|| "the connection ended".to_owned()),
            None => Ok(()),
        }
    }
}

/// Ends a process group: asked first, and after five seconds not asked.
fn end_group(pid: u32) -> String {
    format!(
        "kill -s TERM -- -{pid}; i=0; while kill -0 {pid} && [ $i -lt 5 ]; do i=$((i+1)); sleep 1; done; kill -s KILL -- -{pid}; exit 0"
    )
}

/// It could not be ended, or not be seen to end.
fn left() -> Ended {
    Ended::Unknown(
        "it was left and may go on in the container: look there before you run it again".to_owned(),
    )
}

/// What the server says of the end.
fn judged(status: &Status) -> Ended {
    if status.status.as_deref() == Some("Success") {
        return Ended::Code(0);
    }
    let causes = status.details.iter().flat_map(|d| d.causes.iter().flatten());
    let code = causes
        .filter(|c| c.reason.as_deref() == Some("ExitCode"))
        .find_map(|c| c.message.as_ref()?.parse().ok());
    match code {
        Some(code) => Ended::Code(code),
        None => {
            let words = status.message.as_deref().unwrap_or("the server does not say how it ended");
            let words = crate::domain::sanitize(words);
            // What the image does not have never began, nor what found no container.
            let absent = ["executable file not found", "no such file", "unable to upgrade connection"];
            if absent.iter().any(|a| words.contains(a)) {
                Ended::NotStarted(words)
            } else {
                Ended::Unknown(words)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::SecretText;

    fn script() -> Script {
        let place = Place::Container {
            namespace: "shop".into(),
            pod: "web".into(),
            uid: "u".into(),
            container: "web".into(),
        };
        let env = vec![
            ("NODE".to_owned(), EnvValue::Plain("a; id #".into())),
            ("TOKEN".to_owned(), EnvValue::Secret(SecretText::new("it's $secret"))),
        ];
        let body = "read -r x; echo \"$NODE|$TOKEN|$x\"\nexit 3\n".to_owned();
        Script {
            place,
            interpreter: "sh".into(),
            body,
            env,
            interactive: false,
            any_exit: false,
            timeout_seconds: None,
        }
    }

    #[test]
    fn secrets_and_the_body_are_not_in_the_arguments() {
        let all = command(&script(), 9).join(" ");
        assert!(all.contains("NODE=a; id #") && !all.contains("secret") && !all.contains("TOKEN"), "{all}");
        assert!(!all.contains("read -r"), "{all}");
    }

    #[test]
    fn a_real_shell_runs_the_body_as_it_is_and_leaves_it_nothing_to_read() {
        use std::io::Write;
        use std::process::{Command, Stdio};
        let (script, text) = (script(), input(&script()));
        let [program, args @ ..] = &command(&script, text.len())[..] else { panic!("a command") };
        let mut child = Command::new(program)
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // More than the script: it must not be read.
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(format!("{text}echo never\n").as_bytes()).unwrap();
        drop(stdin);
        let out = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(out.stdout).unwrap(), "a; id #|it's $secret|\n");
        assert_eq!(out.status.code(), Some(3));
        let number = String::from_utf8(out.stderr).unwrap();
        assert!(number.trim().parse::<u32>().is_ok(), "{number:?}");
    }

    #[test]
    fn a_group_is_ended_by_a_real_shell() {
        use std::os::unix::process::{CommandExt, ExitStatusExt};
        use std::process::Command;
        let mut child = Command::new("sh").args(["-c", "sleep 1000"]).process_group(0).spawn().unwrap();
        // Nobody waits for it meanwhile, so that its number stays: the loop ends by its count, without its pauses.
        let end = end_group(child.id()).replace("sleep 1", ":");
        let out = Command::new("sh").args(["-c", &end]).output().unwrap();
        assert!(out.status.success());
        assert!(child.wait().unwrap().signal().is_some());
    }

    #[test]
    fn the_servers_words_say_how_it_ended() {
        let status = |json: serde_json::Value| judged(&serde_json::from_value(json).unwrap());
        assert_eq!(status(serde_json::json!({"status": "Success"})), Ended::Code(0));
        let failed = serde_json::json!({
            "status": "Failure", "reason": "NonZeroExitCode",
            "details": {"causes": [{"reason": "ExitCode", "message": "7"}]},
        });
        assert_eq!(status(failed), Ended::Code(7));
        let absent =
            serde_json::json!({"status": "Failure", "message": "exec: \"bash\": executable file not found"});
        assert!(matches!(status(absent), Ended::NotStarted(_)));
        let lost = serde_json::json!({"status": "Failure", "message": "connection reset"});
        assert!(matches!(status(lost), Ended::Unknown(_)));
    }
}
