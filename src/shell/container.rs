//! Scripts in a container, through the API server's `exec`. The body and secrets go over the standard input: arguments
//! stand in the address of the request, which audit logs keep.
//!
//! Must not say that a script has ended because the connection has: then it is not known.

use futures::future::BoxFuture;
use k8s_openapi::api::core::v1::Pod;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::Status;
use kube::api::{Api, AttachParams, AttachedProcess};
use sha2::{Digest, Sha256};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::time::{sleep, timeout};

use super::output::Stream;
use super::quote::quoted;
use super::{Ended, Job, Ran, Runner};
use crate::cluster::explain;
use crate::lang::t;
use crate::op::{EnvValue, Place, Script};

/// How long a script that is stopped may take to be gone.
const REST: Duration = Duration::from_secs(15);
/// Bytes of the line with the number of its process.
const LONGEST_PID: u64 = 16;

/// Containers of a cluster.
pub struct Container {
    pub client: kube::Client,
}

/// What the interpreter says when the whole script has come and it begins.
const BEGINS: &str = "+";
/// Its code where less came. It is believed only while [`BEGINS`] was not said, since a script can end with it too.
const CAME_CUT: i32 = 97;

/// The command: plain values as arguments of `env`, then an interpreter that says its number, so that it can be ended, and
/// reads a whole script of known length before it begins, so that the script's own commands cannot read from it. What ends
/// with another end than the one that was sent came cut, and nothing of it runs: half a line is another command.
fn command(script: &Script, length: usize, end: &str) -> Vec<String> {
    let plain = script.env.iter().filter_map(|(name, value)| match value {
        EnvValue::Plain(text) => Some(format!("{name}={text}")),
        EnvValue::Secret(_) => None,
    });
    let mut out = vec!["env".to_owned()];
    out.extend(plain);
    out.extend([
        script.interpreter.clone(),
        "-c".to_owned(),
        format!(
            "echo \"$$\" >&2; opsbook_script=$(head -c {length}); case $opsbook_script in *'{end}') ;; *) exit {CAME_CUT} ;; esac; echo {BEGINS} >&2; eval \"unset opsbook_script; ${{opsbook_script%{end}}}\" </dev/null"
        ),
    ]);
    out
}

/// What goes over the standard input, and how it ends: secrets as variables, the body as it is, and a comment that no other
/// text ends with, which the interpreter takes off.
fn input(script: &Script) -> (String, String) {
    let secret = script.env.iter().filter_map(|(name, value)| match value {
        EnvValue::Secret(text) => Some(format!("export {name}={}\n", quoted(text.reveal()))),
        EnvValue::Plain(_) => None,
    });
    let text: String = secret.chain([script.body.clone()]).collect();
    let digest: Vec<_> = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let end = format!("#opsbook:{}", digest.concat());
    (text + &end, end)
}

impl Runner for Container {
    fn ready(&self, script: &Script) -> Result<(), String> {
        if script.interactive {
            return Err(t!("shell-container-no-terminal").to_owned());
        }
        Ok(())
    }

    fn run<'a>(&'a self, job: Job<'a>) -> BoxFuture<'a, Ran> {
        Box::pin(async move {
            match self.attach(&job).await {
                Ok(process) => {
                    Running { container: self, job: &job, begin: Begin::default() }.follow(process).await
                }
                Err(why) => Ran::not_started(why),
            }
        })
    }
}

impl Container {
    async fn attach(&self, job: &Job<'_>) -> Result<AttachedProcess, String> {
        self.ready(job.script)?;
        let (input, end) = input(job.script);
        let command = command(job.script, input.len(), &end);
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
            return Err(t!("shell-container-none").to_owned());
        };
        let pods: Api<Pod> = Api::namespaced(self.client.clone(), namespace);
        let now = pods.get_metadata(pod).await.map_err(|e| explain(&e))?;
        if now.metadata.uid.as_deref() != Some(uid.as_str()) {
            return Err(t!("shell-container-another-pod", namespace = namespace, pod = pod));
        }
        let params = AttachParams::default().container(container).stdin(talks).stderr(talks);
        pods.exec(pod, command, &params).await.map_err(|e| explain(&e))
    }
}

/// A script in a container, as it runs.
struct Running<'a> {
    container: &'a Container,
    job: &'a Job<'a>,
    begin: Begin,
}

/// What an interpreter said before its script.
#[derive(Default)]
struct Begin {
    /// Its process there, which leads a group of its own; the first thing that it says.
    pid: OnceLock<u32>,
    /// The whole script has come there, and began.
    began: AtomicBool,
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
                    let _ = to.write_all(input(self.job.script).0.as_bytes()).await;
                    let _ = to.shutdown().await;
                }
            };
            let errors = async {
                let mut from = stderr.map(BufReader::new);
                if let Some(from) = &mut from {
                    self.begin.meet(from).await;
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
                Err(Some(status)) => self.begin.as_far_as_it_came(judged(&status)),
                Err(None) => Ended::Unknown(t!("shell-container-cut-off").to_owned()),
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

    /// Asks its whole group to end, and ends it when it does not: by a command in the same container, as the API server
    /// has no other way.
    async fn stop(&self) -> Result<(), String> {
        let pid = self.begin.pid.get().ok_or(t!("shell-container-no-number"))?;
        let command = [self.job.script.interpreter.clone(), "-c".to_owned(), end_group(*pid)];
        let mut process = self.container.exec(self.job.script, &command, false).await?;
        // It says nothing, so there is nothing to read.
        match process.take_status() {
            Some(status) => status.await.map(drop).ok_or_else(|| t!("shell-container-closed").to_owned()),
            None => Ok(()),
        }
    }
}

impl Begin {
    /// Learns the number of its process, and that it begins.
    async fn meet(&self, from: &mut (impl AsyncBufRead + Unpin)) {
        let mut first = String::new();
        let read = (&mut *from).take(LONGEST_PID).read_line(&mut first).await;
        let (Ok(_), Ok(pid)) = (read, first.trim().parse()) else { return };
        let _ = self.pid.set(pid);
        let mut begins = String::new();
        let most = BEGINS.len() as u64 + 1;
        if from.take(most).read_line(&mut begins).await.is_ok() && begins.trim_end() == BEGINS {
            self.began.store(true, Ordering::Relaxed);
        }
    }

    /// The code of the interpreter is the script's only when the script began.
    fn as_far_as_it_came(&self, ended: Ended) -> Ended {
        match ended {
            Ended::Code(_) if self.began.load(Ordering::Relaxed) => ended,
            Ended::Code(CAME_CUT) if self.pid.get().is_some() => {
                Ended::NotStarted(t!("shell-container-cut").to_owned())
            }
            Ended::Code(code) => Ended::NotStarted(t!("shell-container-not-begun", code = code)),
            other => other,
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
    Ended::Unknown(t!("shell-container-left").to_owned())
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
            let words = status.message.as_deref().unwrap_or(t!("shell-container-end-unknown"));
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
            proof: None,
            timeout_seconds: None,
        }
    }

    #[test]
    fn secrets_and_the_body_are_not_in_the_arguments() {
        let all = command(&script(), 9, "#end").join(" ");
        assert!(all.contains("NODE=a; id #") && !all.contains("secret") && !all.contains("TOKEN"), "{all}");
        assert!(!all.contains("read -r"), "{all}");
    }

    #[test]
    fn a_real_shell_runs_the_body_as_it_is_and_leaves_it_nothing_to_read() {
        // More than the script: it must not be read.
        let out = fed(&script(), |text| text + "echo never\n");
        assert_eq!(String::from_utf8(out.stdout).unwrap(), "a; id #|it's $secret|\n");
        assert_eq!(out.status.code(), Some(3));
        let said = String::from_utf8(out.stderr).unwrap();
        let (number, rest) = said.split_once('\n').unwrap();
        assert!(number.parse::<u32>().is_ok() && rest == "+\n", "{said:?}");
    }

    /// What a real shell comes to when this arrives of a script.
    fn fed(script: &Script, arrives: impl Fn(String) -> String) -> std::process::Output {
        use std::io::Write;
        use std::process::{Command, Stdio};
        let (text, end) = input(script);
        let [program, args @ ..] = &command(script, text.len(), &end)[..] else { panic!("a command") };
        let mut child = Command::new(program)
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(arrives(text).as_bytes()).unwrap();
        drop(stdin);
        child.wait_with_output().unwrap()
    }

    #[test]
    fn of_a_script_that_arrived_cut_nothing_runs_wherever_it_was_cut() {
        let body = "echo ran\necho ran /data/tmp/old-cache\n# the end\n".to_owned();
        for interpreter in ["sh", "bash"] {
            let script =
                Script { body: body.clone(), env: Vec::new(), interpreter: interpreter.into(), ..script() };
            let whole = input(&script).0.len();
            let out = fed(&script, |text| text);
            assert_eq!(String::from_utf8_lossy(&out.stdout), "ran\nran /data/tmp/old-cache\n");
            for length in (0..whole).step_by(3).chain([body.len(), whole - 1]) {
                let out = fed(&script, |text| text[..length].to_owned());
                assert_eq!(out.status.code(), Some(CAME_CUT), "{interpreter} {length}");
                let said = String::from_utf8(out.stderr).unwrap();
                assert!(out.stdout.is_empty() && said.trim().parse::<u32>().is_ok(), "{length}: {said:?}");
            }
        }
    }

    #[test]
    fn the_code_of_an_interpreter_is_the_scripts_only_when_the_script_began() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let come = |stderr: &str, code: i32| {
            let begin = Begin::default();
            let mut from = BufReader::new(stderr.as_bytes());
            runtime.block_on(begin.meet(&mut from));
            begin.as_far_as_it_came(Ended::Code(code))
        };
        assert_eq!(come("12\n+\nwords", CAME_CUT), Ended::Code(CAME_CUT));
        assert_eq!(come("12\n+\n", 0), Ended::Code(0));
        assert!(matches!(come("12\n", CAME_CUT), Ended::NotStarted(why) if why.contains("arrived cut")));
        assert!(matches!(come("env: no bash", 127), Ended::NotStarted(why) if why.contains("127")));
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
