//! The credential plugin of a kubeconfig, run as kubectl runs it: the same environment, one answer on its output. It has
//! no terminal to write to or to read from, what it says meanwhile is handed on line by line, and it ends with the
//! program.
//!
//! Must not decide when it runs: that is `login`'s.

use std::path::PathBuf;
use std::process::Stdio;

use kube::config::{ExecAuthCluster, ExecConfig, ExecInteractiveMode};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, BufReader};
use tokio::process::Command;

use super::failure::{Failure, Next};
use crate::domain::{Timestamp, sanitize};
use crate::lang::t;
use crate::machine::find_program;

/// Bytes of an answer that are read; certificates and tokens are far shorter.
const LARGEST: u64 = 1 << 20;
/// How long its last words are waited for after it ended.
const REST: std::time::Duration = std::time::Duration::from_secs(1);
/// Bytes of one line that it says that are looked at.
const LONGEST_LINE: usize = 8192;
/// Characters of what it says that are kept.
const SAID: usize = 400;

/// What a plugin answered.
#[derive(Default)]
pub(super) struct Credentials {
    pub token: Option<String>,
    /// PEM, certificate and key.
    pub certificate: Option<(String, String)>,
    pub until: Option<Timestamp>,
}

/// The name of the program, for people.
pub(super) fn name(exec: &ExecConfig) -> String {
    let command = exec.command.as_deref().unwrap_or_default();
    sanitize(command.rsplit('/').next().unwrap_or(command))
}

/// Runs the plugin to its end. `say` gets each line that it writes beside its answer.
pub(super) async fn ask(exec: &ExecConfig, mut say: impl FnMut(String)) -> Result<Credentials, Failure> {
    let mut command = command(exec)?;
    let mut child = command.spawn().map_err(|e| missing(exec, &e.to_string()))?;
    // Dropped, it ends all that the plugin started; but what it leaves behind when it is done is meant to stay: the
    // browser in which the operator logged in.
    let all = child.id().and_then(crate::detached::Session::of);
    let (out, err) = (child.stdout.take(), child.stderr.take());
    let mut last = String::new();
    let plugin = name(exec);
    let (answer, status) = {
        let mut talks = std::pin::pin!(listen(err, |line| {
            last.clone_from(&line);
            say(line);
        }));
        let mut ends = std::pin::pin!(async { tokio::join!(whole(out, &plugin), child.wait()) });
        let mut silent = false;
        let ended = loop {
            tokio::select! {
                () = &mut talks, if !silent => silent = true,
                ended = &mut ends => break ended,
            }
        };
        if !silent {
            // Its last words may still be on the way. What it started may hold the stream open: its own end counts.
            let _ = tokio::time::timeout(REST, talks).await;
        }
        ended
    };
    let said = last;
    let failed = |why: String| {
        // It may ask what nobody can answer here.
        let asks = matches!(exec.interactive_mode, Some(ExecInteractiveMode::Always));
        let words = if asks {
            t!("cluster-plugin-failed-without-terminal", plugin = plugin, why = why)
        } else {
            t!("cluster-plugin-failed", plugin = plugin, why = why)
        };
        Failure::new(words, Next::LogIn)
    };
    let status = status.map_err(|e| failed(e.to_string()))?;
    if !status.success() {
        return Err(failed(if said.is_empty() { status.to_string() } else { said }));
    }
    std::mem::forget(all);
    answer.and_then(|answer| read(&answer, exec)).map_err(|why| Failure::new(why, Next::Mend))
}

/// Hands each line on that the plugin writes beside its answer.
async fn listen(from: Option<impl AsyncRead + Unpin>, mut say: impl FnMut(String)) {
    let Some(from) = from else { return };
    let mut lines = BufReader::new(from).split(b'\n');
    while let Ok(Some(line)) = lines.next_segment().await {
        let line = String::from_utf8_lossy(&line[..line.len().min(LONGEST_LINE)]).into_owned();
        let line: String = sanitize(line.trim()).chars().take(SAID).collect();
        if !line.is_empty() {
            say(line);
        }
    }
}

async fn whole(from: Option<impl AsyncRead + Unpin>, plugin: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let from = from.expect("it was piped");
    from.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .await
        .map_err(|e| t!("cluster-plugin-unread", plugin = plugin, why = e))?;
    if bytes.len() as u64 > LARGEST {
        return Err(t!("cluster-plugin-too-long", plugin = plugin, bytes = LARGEST));
    }
    Ok(bytes)
}

fn command(exec: &ExecConfig) -> Result<Command, Failure> {
    let mut command = Command::new(program(exec)?);
    command.args(exec.args.iter().flatten());
    for variable in exec.env.iter().flatten() {
        if let (Some(name), Some(value)) = (variable.get("name"), variable.get("value")) {
            command.env(name, value);
        }
    }
    command.env("KUBERNETES_EXEC_INFO", info(exec).to_string());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    crate::detached::detach(command.as_std_mut()).map_err(|e| missing(exec, &e.to_string()))?;
    Ok(command)
}

/// The program: a path as it stands, a name where `PATH` has it.
fn program(exec: &ExecConfig) -> Result<PathBuf, Failure> {
    let none = || Failure::new(t!("cluster-plugin-no-command").to_owned(), Next::Mend);
    let command = exec.command.as_deref().filter(|c| !c.is_empty()).ok_or_else(none)?;
    let path = std::env::var_os("PATH");
    find_program(command, path.as_deref()).ok_or_else(|| missing(exec, t!("cluster-plugin-not-here")))
}

fn missing(exec: &ExecConfig, why: &str) -> Failure {
    let hint = exec.install_hint.as_deref().map(|h| sanitize(h.trim()));
    let plugin = name(exec);
    Failure::new(
        match hint {
            Some(hint) => t!("cluster-plugin-unstarted-hint", plugin = plugin, why = why, hint = hint),
            None => t!("cluster-plugin-unstarted", plugin = plugin, why = why),
        },
        Next::Mend,
    )
}

/// What the plugin is told, in the form of its version.
fn info(exec: &ExecConfig) -> Value {
    let cluster: Option<&ExecAuthCluster> = exec.cluster.as_ref().filter(|_| exec.provide_cluster_info);
    let mut spec = json!({"interactive": false});
    if let Some(cluster) = cluster {
        spec["cluster"] = serde_json::to_value(cluster).unwrap_or_default();
    }
    json!({"kind": "ExecCredential", "apiVersion": version(exec), "spec": spec})
}

fn version(exec: &ExecConfig) -> &str {
    exec.api_version.as_deref().unwrap_or("client.authentication.k8s.io/v1")
}

fn read(answer: &[u8], exec: &ExecConfig) -> Result<Credentials, String> {
    let plugin = name(exec);
    let answer: Value =
        serde_json::from_slice(answer).map_err(|e| t!("cluster-plugin-no-json", plugin = plugin, why = e))?;
    let given = answer["apiVersion"].as_str().unwrap_or_default();
    if given != version(exec) {
        let (given, wanted) = (format!("{:?}", sanitize(given)), format!("{:?}", version(exec)));
        return Err(t!("cluster-plugin-other-version", plugin = plugin, given = given, wanted = wanted));
    }
    let status = &answer["status"];
    let text = |field: &str| status[field].as_str().filter(|t| !t.is_empty()).map(str::to_owned);
    let until = match text("expirationTimestamp") {
        None => None,
        Some(text) => Some(
            text.parse::<Timestamp>().map_err(|e| t!("cluster-plugin-no-time", plugin = plugin, why = e))?,
        ),
    };
    let certificate = text("clientCertificateData").zip(text("clientKeyData"));
    let token = text("token");
    if token.is_none() && certificate.is_none() {
        return Err(t!("cluster-plugin-nothing", plugin = plugin));
    }
    Ok(Credentials { token, certificate, until })
}
