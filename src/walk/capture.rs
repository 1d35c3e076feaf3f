//! What a script gave, as typed values: text, a number, a list, JSON. Pure.
//!
//! Must not read output that was cut: a value that is not whole is none.

use super::{StepId, Walk};
use crate::lang::t;
use crate::runbook::model::{CaptureFrom, Shell, StepKind};
use crate::runbook::params::ParamValue;

/// How a script ended and what it wrote, as far as something is to be taken from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    pub exit: i32,
    pub stdout: String,
    pub stderr: String,
    /// It wrote more than is kept for a value.
    pub cut: bool,
}

impl Walk {
    /// Keeps the values that a step's script gave, by name, or says why one cannot be taken.
    pub fn capture(&mut self, index: StepId, given: &Given) -> Result<Vec<(String, ParamValue)>, String> {
        let Some(StepKind::Shell(shell)) = Some(&self.tree[index].kind) else {
            return Ok(Vec::new());
        };
        let values = values(shell, given)?;
        let step = self.tree[index].name.clone();
        for (name, value) in &values {
            self.record(&step, name, value.clone());
        }
        Ok(values)
    }
}

fn values(shell: &Shell, given: &Given) -> Result<Vec<(String, ParamValue)>, String> {
    let text = |text: &str| text.trim_end_matches('\n').to_owned();
    let one = |capture: &crate::runbook::model::Capture| {
        let name = &capture.name;
        if given.cut && capture.from != CaptureFrom::Exit {
            return Err(t!("walk-capture-too-long", name = name));
        }
        let value = match capture.from {
            CaptureFrom::Stdout => ParamValue::Text(text(&given.stdout)),
            CaptureFrom::Stderr => ParamValue::Text(text(&given.stderr)),
            CaptureFrom::List => list(&given.stdout),
            CaptureFrom::Exit => ParamValue::Int(given.exit.into()),
            CaptureFrom::Json => {
                let mut json = serde_json::from_str(&given.stdout)
                    .map_err(|e| t!("walk-capture-no-json", name = name, error = e))?;
                clean(&mut json);
                ParamValue::Json(json)
            }
        };
        Ok((name.clone(), value))
    };
    shell.capture.iter().map(one).collect()
}

/// The parts of a text between line ends and commas. No part has either, so that a record of it reads the same.
pub(super) fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', ',']).map(str::trim).filter(|part| !part.is_empty())
}

fn list(text: &str) -> ParamValue {
    ParamValue::List(parts(text).map(|part| ParamValue::Text(part.to_owned())).collect())
}

/// Escapes of JSON can bring back what was taken out of the text.
fn clean(json: &mut serde_json::Value) {
    match json {
        serde_json::Value::String(text) => *text = crate::domain::sanitize(text),
        serde_json::Value::Array(items) => items.iter_mut().for_each(clean),
        serde_json::Value::Object(fields) => fields.values_mut().for_each(clean),
        _ => {}
    }
}

/// A recorded value with the type that it was captured with; none where no script gave it.
pub fn again(kind: &StepKind, name: &str, recorded: &str) -> Option<ParamValue> {
    let StepKind::Shell(shell) = kind else { return None };
    match shell.capture.iter().find(|c| c.name == name)?.from {
        CaptureFrom::Stdout | CaptureFrom::Stderr => None,
        CaptureFrom::List => Some(list(recorded)),
        CaptureFrom::Exit => recorded.parse().ok().map(ParamValue::Int),
        CaptureFrom::Json => serde_json::from_str(recorded).ok().map(ParamValue::Json),
    }
}
