//! `opsbook practice`: the scenarios, and a practice cluster for any client.

use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use serde_json::json;

use super::args::PracticeWhat;
use super::out::{Printer, json as as_json, told};
use super::run::{Outcome, runtime};
use crate::corpus::{own_scenarios, scenario, scenario_id};
use crate::domain::one_row;
use crate::lang::{self, t};
use crate::practice::{FaultTime, Pace, Practice, PracticeOptions, Scenario, scenarios};

pub fn practice(what: PracticeWhat, folders: &[PathBuf]) -> Outcome {
    match what {
        PracticeWhat::List { format } => list(folders, format.json()),
        PracticeWhat::Serve { scenario: name, port, write_kubeconfig, now } => {
            let fault = if now { FaultTime::Now } else { FaultTime::Past };
            runtime()?.block_on(serve(scenario(&name, folders)?, port, write_kubeconfig, fault))
        }
    }
}

fn list(folders: &[PathBuf], json: bool) -> Outcome {
    let mut rows = scenarios().into_iter().map(Scenario::load).collect::<Result<Vec<_>, _>>()?;
    let (own, unread) = own_scenarios(folders);
    let mut wrong: Vec<String> = unread.iter().map(ToString::to_string).collect();
    for file in own {
        match scenario(&scenario_id(&file.path), folders) {
            Ok(read) => rows.push(read),
            Err(why) => wrong.push(why.to_string()),
        }
    }
    for why in wrong {
        told(one_row(&why))?;
    }
    print(&rows, json, &mut Printer::answers())
}

/// One paragraph for each, so that no text has to fit into a column.
fn print(rows: &[Scenario], json: bool, out: &mut Printer<'_>) -> Outcome {
    if json {
        let rows: Vec<_> = rows
            .iter()
            .map(|s| json!({"id": s.id, "title": s.title, "summary": s.summary, "goal": s.goal, "runbook": s.runbook}))
            .collect();
        writeln!(out, "{}", as_json(&json!({ "scenarios": rows })))?;
        return Ok(0);
    }
    for (at, s) in rows.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}  {}", one_row(&s.id), one_row(s.title_in(lang::current())))?;
        writeln!(out, "    {}", one_row(s.summary_in(lang::current()).trim()))?;
        writeln!(out, "{}", t!("cli-practice-goal", goal = one_row(s.goal_in(lang::current()).trim())))?;
        if let Some(runbook) = &s.runbook {
            writeln!(out, "{}", t!("cli-practice-runbook", runbook = one_row(runbook)))?;
        }
    }
    Ok(0)
}

async fn serve(scenario: Scenario, port: u16, file: Option<PathBuf>, fault: FaultTime) -> Outcome {
    let practice = Practice::start(&scenario, PracticeOptions { fault, pace: Pace::Real })?;
    let listener = tokio::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?;
    let address = listener.local_addr()?;
    let kubeconfig = Practice::kubeconfig(address);
    let mut out = Printer::answers();
    if let Some(file) = &file {
        std::fs::write(file, &kubeconfig)
            .map_err(|e| t!("cli-practice-unwritten", file = file.display(), why = e))?;
        let serves = t!("cli-practice-serves", id = scenario.id, address = address, file = file.display());
        writeln!(out, "{serves}")?;
    } else {
        writeln!(out, "{kubeconfig}")?;
        // A comment: whoever sends both outputs into one file has a kubeconfig all the same.
        writeln!(
            Printer::words(),
            "{}",
            t!("cli-practice-serves-here", id = scenario.id, address = address)
        )?;
    }
    out.flush()?;
    tokio::select! {
        ended = practice.serve(listener) => ended?,
        _ = tokio::signal::ctrl_c() => {}
    }
    Ok(0)
}

/// The file of a scenario that is not built in, as a whole path.
pub(super) fn scenario_file(scenario: &Scenario) -> Option<String> {
    let built_in = scenarios().contains(&scenario.id.as_str());
    let whole = || std::path::absolute(&scenario.file).ok();
    (!built_in).then(whole).flatten().map(|p| p.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_on_a_scenario_of_ones_own_finds_its_file_again() {
        assert_eq!(scenario_file(&Scenario::load("healthy").unwrap()), None);
        let text = "scenario: 1\ntitle: t\nsummary: s\ngoal: g\ncluster_of: healthy\n";
        let own = Scenario::parse("x", "books/x.scenario.yaml", text).unwrap();
        let file = scenario_file(&own).unwrap();
        assert!(file.starts_with('/') && file.ends_with("/books/x.scenario.yaml"), "{file}");
    }
}
