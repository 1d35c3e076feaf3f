//! `opsbook triage`: one look, for people, cron and CI.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::time::{Instant, timeout_at};

use super::args::Global;
use super::config::Config;
use super::contexts;
use super::exit::Asked;
use super::out::{Printer, json as as_json, told};
use super::run::{Outcome, runtime};
use crate::cluster::{ConnectError, Login, NoContext, Observer};
use crate::corpus::{is_file, scenario};
use crate::detect;
use crate::domain::{
    ClusterInfo, ClusterSnapshot, Finding, Namespaces, RunbookLink, SyncState, age, one_row,
};
use crate::lang::t;
use crate::op::CommandLine;
use crate::practice::{FaultTime, Pace};
use crate::runtime::{Opened, Places, Target, Trouble, open};

/// Exit code when the cluster does not answer or something is not known.
const UNKNOWN: u8 = 3;

/// Looks once. 0 healthy, 1 findings, 3 unreachable or unknown. What is young is not well yet, so it counts: 0 says that
/// nothing is.
pub fn triage(
    global: &Global,
    places: &Places,
    practice: Option<String>,
    json: bool,
    seconds: u64,
) -> Outcome {
    let named = practice.clone();
    let target = match practice {
        Some(name) => {
            let scenario = Arc::new(scenario(&name, &global.folders(places))?);
            Target::Practice { scenario, fault: FaultTime::Past, pace: Pace::Real }
        }
        None => Target::Real(global.choice()),
    };
    let looked = runtime()?
        .block_on(async { look(&target, global.namespace.as_deref(), Duration::from_secs(seconds)).await });
    let mut out = Printer::answers();
    let world = match looked {
        Ok(world) => world,
        Err(NoLook::Chosen(none)) if !json => {
            let config = Config::read(&places.config.join("config.toml"))?;
            contexts::print(&none, &config.contexts, &mut out)?;
            return Ok(UNKNOWN);
        }
        // Nothing is unknown about a cluster of a file that is wrong.
        Err(NoLook::Broken(why)) => return Err(why.into()),
        Err(NoLook::Asked(why)) => return Err(Asked(why).into()),
        Err(why) => {
            let why = why.to_string();
            if json {
                writeln!(
                    out,
                    "{}",
                    as_json(&json!({"findings": [], "unknown": [why], "not_watched": [detect::NOT_WATCHED]}))
                )?;
            } else {
                writeln!(out, "{}", t!("cli-triage-unknown", why = one_row(&why)))?;
            }
            return Ok(UNKNOWN);
        }
    };
    let unknown = detect::unknown(&world, world.taken);
    if json {
        let findings: Vec<_> = world.findings.iter().map(finding_json).collect();
        let answer = json!({"findings": findings, "unknown": unknown, "not_watched": [detect::NOT_WATCHED]});
        writeln!(out, "{}", as_json(&answer))?;
    } else {
        print(&world, &unknown, &repeated(global, named.as_deref()), &mut out)?;
    }
    Ok(match (world.findings.is_empty(), unknown.is_empty()) {
        (false, _) => 1,
        (true, false) => UNKNOWN,
        (true, true) => 0,
    })
}

/// Why there is no look.
#[derive(Debug, thiserror::Error)]
enum NoLook {
    /// Nobody said at which cluster.
    #[error(transparent)]
    Chosen(NoContext),
    #[error("{0}")]
    Words(String),
    /// There is a mistake in the scenario.
    #[error("{0}")]
    Broken(String),
    /// The context that was named is not there.
    #[error("{0}")]
    Asked(String),
}

/// Waits until every kind that can be read has been, or the time is over.
async fn look(
    target: &Target,
    namespace: Option<&str>,
    patience: Duration,
) -> Result<std::sync::Arc<ClusterSnapshot>, NoLook> {
    let Opened { mut connection, clock, practice } = open(target).await.map_err(|e| match e {
        Trouble::Connect(ConnectError::NoContext(none)) => NoLook::Chosen(none),
        Trouble::Practice(e) => NoLook::Broken(e.to_string()),
        Trouble::Connect(e @ ConnectError::NoSuchContext { .. }) => NoLook::Asked(e.to_string()),
        e @ Trouble::Connect(_) => NoLook::Words(e.to_string()),
    })?;
    for note in connection.login.as_ref().map_or(&[][..], Login::notes) {
        // Nobody may be left to read it.
        let _ = told(note);
    }
    if let Some(namespace) = namespace {
        connection.namespaces = Namespaces::read(namespace);
    }
    let observer = Observer::start(&connection, clock);
    let mut snapshots = observer.snapshots();
    let deadline = Instant::now() + patience;
    let settled = |state: &SyncState| {
        state.current() || matches!(state, SyncState::Forbidden(_) | SyncState::NotServed)
    };
    loop {
        let world = snapshots.borrow_and_update().clone();
        if world.sync.iter().all(settled) {
            drop(practice);
            return Ok(world);
        }
        // A server that refused everything once will not answer better in the same look.
        let refused = world.sync.iter().all(|s| settled(s) || matches!(s, SyncState::Failed { .. }));
        let late = !matches!(timeout_at(deadline, snapshots.changed()).await, Ok(Ok(())));
        if late || refused {
            return match world.unreachable() {
                Some((_, why)) => {
                    Err(NoLook::Words(t!("cli-triage-no-answer", server = world.info.server, why = why)))
                }
                None => Ok(world),
            };
        }
    }
}

fn finding_json(f: &Finding) -> serde_json::Value {
    let evidence: Vec<_> = f
        .evidence
        .iter()
        .map(|e| json!({"field": e.field, "value": e.value, "since": e.since.map(|t| t.to_string())}))
        .collect();
    let link = f.runbooks.first();
    let none = BTreeMap::new();
    json!({
        "detector": f.detector,
        "severity": f.severity,
        "young": f.young.map(|t| t.to_string()),
        "subject": {"kind": f.subject.kind.name(), "namespace": f.subject.namespace(), "name": f.subject.name()},
        "title": f.title,
        "since": f.since.map(|t| t.to_string()),
        "evidence": evidence,
        "symptoms": f.symptoms,
        "runbook": link.map(|l| l.id.as_str()),
        "params": link.map_or(&none, |l| &l.params),
    })
}

/// The flags of this look that hold for what is opened after it too, besides those of the cluster itself.
fn repeated(global: &Global, practice: Option<&str>) -> Vec<String> {
    let namespace = global.namespace.iter().map(|n| format!("--namespace={n}"));
    let absolute = |f: &PathBuf| std::path::absolute(f).unwrap_or_else(|_| f.clone());
    let folders = global.runbooks.iter().map(|f| format!("--runbooks={}", absolute(f).display()));
    let read_only = global.read_only.then(|| "--read-only".to_owned());
    // A scenario's file is found again from another folder too; one with an id is named with the cluster.
    let file = practice
        .filter(|name| is_file(name))
        .map(|f| format!("--practice={}", absolute(&f.into()).display()));
    namespace.chain(read_only).chain(folders).chain(file).collect()
}

/// The line that opens a runbook about what was found, on the cluster that was looked at. What its objects are called is
/// never more than a word of it.
pub fn runbook_line(info: &ClusterInfo, flags: &[String], link: &RunbookLink) -> CommandLine {
    let set: Vec<String> = link.params.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let mut words: Vec<&str> = flags.iter().map(String::as_str).collect();
    let said = flags.iter().any(|f| f.starts_with("--practice="));
    if info.practice && !said {
        words.extend(["--practice", &info.context]);
    }
    words.extend(["open", &link.id]);
    words.extend(set.iter().flat_map(|s| ["--set", s]));
    CommandLine::opsbook(&words).at(info)
}

fn print(
    world: &ClusterSnapshot,
    unknown: &[String],
    flags: &[String],
    out: &mut Printer<'_>,
) -> std::io::Result<()> {
    for f in world.findings.iter() {
        let since = f.since.map(|t| age(t, world.taken)).unwrap_or_default();
        let word = match f.severity {
            crate::domain::Severity::Critical => t!("cli-triage-critical"),
            crate::domain::Severity::Warning => t!("cli-triage-warning"),
            crate::domain::Severity::Notice => t!("cli-triage-notice"),
        };
        let young = f.young.map(|t| t!("cli-triage-young", span = age(world.taken, t)));
        writeln!(out, "{word}  {}  {since}{}", one_row(&f.title), young.unwrap_or_default())?;
        for e in &f.evidence {
            let since = e.since.map(|t| format!("  {}", age(t, world.taken))).unwrap_or_default();
            writeln!(out, "    {}: {}{since}", one_row(&e.field), one_row(&e.value))?;
        }
        for symptom in &f.symptoms {
            writeln!(out, "    └ {}", one_row(symptom))?;
        }
        if f.runbooks.is_empty() {
            writeln!(out, "{}", t!("cli-triage-no-runbook"))?;
        }
        for link in &f.runbooks {
            writeln!(out, "    {}", one_row(&runbook_line(&world.info, flags, link).to_string()))?;
        }
    }
    if let Some(span) = crate::domain::skew(world.ahead) {
        writeln!(out, "{}", t!("cli-triage-skew", span = span))?;
    }
    if let Some((read, every)) = world.polled() {
        let age = age(read, world.taken);
        writeln!(out, "{}", t!("cli-triage-polled", age = age, every = every))?;
    }
    for line in unknown {
        writeln!(out, "{}", t!("cli-triage-unknown-row", what = one_row(line)))?;
    }
    if world.findings.is_empty() && unknown.is_empty() {
        writeln!(out, "{}", t!("cli-triage-healthy"))?;
        writeln!(out, "  {}", detect::NOT_WATCHED)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Kind, ObjectKey};

    #[test]
    fn what_is_printed_to_paste_is_quoted_and_names_the_cluster_and_the_flags() {
        let mut world = ClusterSnapshot::default();
        let info = ClusterInfo {
            context: "eu prod".to_owned(),
            acts_as: Some("bob".to_owned()),
            acts_in: vec!["on call".to_owned()],
            kubeconfig: Some("/home/me/team config".to_owned()),
            ..ClusterInfo::default()
        };
        world.info = std::sync::Arc::new(info);
        let subject = ObjectKey::new(Kind::Pod, "default", "a;touch pwned;#");
        let mut found = Finding::new("d", crate::domain::Severity::Warning, &subject, "it restarts");
        let link = RunbookLink::new("pods/pod-crashloop", [("pod", "default/a;touch pwned;#")]);
        found.runbooks = vec![link];
        world.findings = vec![found].into();
        let global = Global {
            namespace: Some("shop".to_owned()),
            read_only: true,
            runbooks: vec!["/team/run books".into()],
            ..Global::default()
        };
        let mut out = Vec::new();
        print(&world, &[], &repeated(&global, None), &mut Printer::over(&mut out)).unwrap();
        let text = String::from_utf8(out).unwrap();
        let line = text.lines().find(|l| l.contains("opsbook")).unwrap().trim_start();
        assert_eq!(
            line,
            "opsbook '--context=eu prod' --as=bob '--as-group=on call' '--kubeconfig=/home/me/team config' \
             --namespace=shop --read-only '--runbooks=/team/run books' open pods/pod-crashloop \
             --set 'pod=default/a;touch pwned;#'"
        );
    }
}
