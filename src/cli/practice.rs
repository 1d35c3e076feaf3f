//! `opsbook practice`: the scenarios, and a practice cluster for any client.

use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};

use serde_json::json;

use super::args::PracticeWhat;
use super::out::{Printer, json as as_json};
use super::run::{Outcome, runtime};
use crate::practice::{FaultTime, Pace, Practice, PracticeOptions, Scenario, scenarios};

pub fn practice(what: PracticeWhat) -> Outcome {
    match what {
        PracticeWhat::List { format } => list(format.json()),
        PracticeWhat::Serve { scenario, port, write_kubeconfig, now } => {
            let fault = if now { FaultTime::Now } else { FaultTime::Past };
            runtime()?.block_on(serve(&scenario, port, write_kubeconfig, fault))
        }
    }
}

fn list(json: bool) -> Outcome {
    let mut out = Printer::answers();
    let mut rows = Vec::new();
    for id in scenarios() {
        let s = Scenario::load(id)?;
        rows.push((id, s));
    }
    if json {
        let rows: Vec<_> = rows
            .iter()
            .map(|(id, s)| json!({"id": id, "title": s.title, "summary": s.summary, "goal": s.goal, "runbook": s.runbook}))
            .collect();
        writeln!(out, "{}", as_json(&json!({ "scenarios": rows })))?;
        return Ok(0);
    }
    for (id, s) in rows {
        writeln!(out, "{id:<20} {}", s.title)?;
        writeln!(out, "{:<20} {}", "", s.summary.trim())?;
    }
    Ok(0)
}

async fn serve(scenario: &str, port: u16, file: Option<std::path::PathBuf>, fault: FaultTime) -> Outcome {
    let scenario = Scenario::load(scenario)?;
    let practice = Practice::start(&scenario, PracticeOptions { fault, pace: Pace::Real })?;
    let listener = tokio::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?;
    let address = listener.local_addr()?;
    let kubeconfig = Practice::kubeconfig(address);
    let mut out = Printer::answers();
    if let Some(file) = &file {
        std::fs::write(file, &kubeconfig)
            .map_err(|e| format!("{} could not be written: {e}", file.display()))?;
        writeln!(
            out,
            "serving {} on http://{address}; kubectl --kubeconfig {} get nodes",
            scenario.id,
            file.display()
        )?;
    } else {
        writeln!(out, "{kubeconfig}")?;
        // A comment: whoever sends both outputs into one file has a kubeconfig all the same.
        writeln!(Printer::words(), "# serving {} on http://{address}", scenario.id)?;
    }
    out.flush()?;
    tokio::select! {
        ended = practice.serve(listener) => ended?,
        _ = tokio::signal::ctrl_c() => {}
    }
    Ok(0)
}
