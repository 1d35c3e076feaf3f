//! `opsbook ops`: the catalogue of operations.

use std::io::Write;

use serde_json::json;

use super::out::{Printer, json as as_json};
use super::run::Outcome;
use crate::lang::t;
use crate::op::REGISTRY;

/// Prints every operation.
pub fn ops(json: bool, out: &mut Printer<'_>) -> Outcome {
    if json {
        let rows: Vec<_> = REGISTRY
            .iter()
            .map(|op| {
                let m = op.meta();
                let params: Vec<_> = m
                    .params
                    .iter()
                    .map(|p| json!({"name": p.name, "required": p.required, "doc": p.doc}))
                    .collect();
                json!({"id": m.id, "title": m.title, "risk": m.risk, "undo": m.undo.to_string(), "reach": m.reach,
                    "guards": m.guards, "kinds": m.kinds.iter().map(|k| k.name()).collect::<Vec<_>>(), "params": params})
            })
            .collect();
        writeln!(out, "{}", as_json(&json!({ "operations": rows })))?;
        return Ok(0);
    }
    for op in REGISTRY {
        let m = op.meta();
        writeln!(out, "{:<18} {}  {}", m.id, m.risk, m.title)?;
        for p in m.params {
            let doc = if p.required { p.doc.to_string() } else { t!("cli-ops-optional", doc = p.doc) };
            writeln!(out, "    {:<18} {doc}", p.name)?;
        }
        for guard in m.guards {
            writeln!(out, "{}", t!("cli-ops-guard", guard = guard))?;
        }
        writeln!(out, "{}", t!("cli-ops-undo", undo = m.undo))?;
    }
    Ok(0)
}
