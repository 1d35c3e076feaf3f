//! `opsbook triage`: one look, for people, cron and CI.

use std::collections::BTreeMap;
use std::io::Write;
use std::time::Duration;

use serde_json::json;
use tokio::time::{Instant, timeout_at};

use super::args::Global;
use super::out::{Printer, json as as_json};
use super::run::{Outcome, runtime};
use crate::cluster::Observer;
use crate::detect;
use crate::domain::{ClusterSnapshot, Finding, SyncState, age, one_row};
use crate::practice::{FaultTime, Pace};
use crate::runtime::{Opened, Target, open};

/// Exit code when the cluster does not answer or something is not known.
const UNKNOWN: u8 = 3;

/// Looks once. 0 healthy, 1 findings, 3 unreachable or unknown. What is young is not well yet, so it counts: 0 says that
/// nothing is.
pub fn triage(global: &Global, practice: Option<String>, json: bool, seconds: u64) -> Outcome {
    let target = match practice {
        Some(scenario) => Target::Practice { scenario, fault: FaultTime::Past, pace: Pace::Real },
        None => Target::Real(global.choice()),
    };
    let looked = runtime()?
        .block_on(async { look(&target, global.namespace.as_deref(), Duration::from_secs(seconds)).await });
    let mut out = Printer::answers();
    let world = match looked {
        Ok(world) => world,
        Err(why) => {
            if json {
                writeln!(
                    out,
                    "{}",
                    as_json(&json!({"findings": [], "unknown": [why], "not_watched": [detect::NOT_WATCHED]}))
                )?;
            } else {
                writeln!(out, "unknown: {}", one_row(&why))?;
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
        print(&world, &unknown, &mut out)?;
    }
    Ok(match (world.findings.is_empty(), unknown.is_empty()) {
        (false, _) => 1,
        (true, false) => UNKNOWN,
        (true, true) => 0,
    })
}

/// Waits until every kind that can be read has been, or the time is over.
async fn look(
    target: &Target,
    namespace: Option<&str>,
    patience: Duration,
) -> Result<std::sync::Arc<ClusterSnapshot>, String> {
    let Opened { mut connection, clock, practice } = open(target).await.map_err(|e| e.to_string())?;
    if let Some(namespace) = namespace {
        namespace.clone_into(&mut connection.namespace);
    }
    let observer = Observer::start(&connection, clock);
    let mut snapshots = observer.snapshots();
    let deadline = Instant::now() + patience;
    let settled =
        |state: &SyncState| matches!(state, SyncState::Live | SyncState::Forbidden(_) | SyncState::NotServed);
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
                Some((_, why)) => Err(format!("{} does not answer: {why}", world.info.server)),
                None => Ok(world),
            };
        }
    }
}

fn finding_json(f: &Finding) -> serde_json::Value {
    let evidence: Vec<_> = f.evidence.iter().map(|e| format!("{}: {}", e.field, e.value)).collect();
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

fn print(world: &ClusterSnapshot, unknown: &[String], out: &mut Printer<'_>) -> std::io::Result<()> {
    for f in world.findings.iter() {
        let since = f.since.map(|t| age(t, world.taken)).unwrap_or_default();
        let word = match f.severity {
            crate::domain::Severity::Critical => "✖ critical",
            crate::domain::Severity::Warning => "▲ warning",
            crate::domain::Severity::Notice => "· notice",
        };
        let young = f.young.map(|t| format!("  young for {} more: may heal by itself", age(world.taken, t)));
        writeln!(out, "{word}  {}  {since}{}", one_row(&f.title), young.unwrap_or_default())?;
        for e in &f.evidence {
            let since = e.since.map(|t| format!("  {}", age(t, world.taken))).unwrap_or_default();
            writeln!(out, "    {}: {}{since}", one_row(&e.field), one_row(&e.value))?;
        }
        for symptom in &f.symptoms {
            writeln!(out, "    └ {}", one_row(symptom))?;
        }
        if f.runbooks.is_empty() {
            writeln!(out, "    no runbook yet")?;
        }
        for link in &f.runbooks {
            let set: Vec<_> = link.params.iter().map(|(k, v)| format!("--set {k}={v}")).collect();
            let practice = if world.info.practice {
                format!("--practice {} ", world.info.context)
            } else {
                String::new()
            };
            writeln!(out, "    opsbook {practice}open {} {}", one_row(&link.id), one_row(&set.join(" ")))?;
        }
    }
    for line in unknown {
        writeln!(out, "? unknown  {}", one_row(line))?;
    }
    if world.findings.is_empty() && unknown.is_empty() {
        writeln!(out, "✔ nothing is wrong that a detector knows")?;
        writeln!(out, "  {}", detect::NOT_WATCHED)?;
    }
    Ok(())
}
