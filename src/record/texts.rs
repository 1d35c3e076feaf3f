//! The free texts of a record: what a filter may change. What names something is not among them (ids, digests, names of
//! objects, steps, operations and servers): a name in the cluster is no secret, and a record that names something else
//! would lie about what was done. To record something new, say here which of its fields are texts.

use serde_json::Value;

use super::What;
use crate::lang::t;
use crate::op::{Inputs, Undo};

/// Something that may change a text.
pub type Edit<'a> = &'a mut dyn FnMut(&mut String);

/// Gives every free text of a record to `edit`.
pub fn each(what: &mut What, edit: Edit<'_>) {
    match what {
        What::Opened { title, params, titles, conditions, questions, .. } => {
            edit(title);
            for question in questions.values_mut() {
                edit(&mut question.ask);
                question.answers.values_mut().for_each(&mut *edit);
            }
            [params, titles, conditions].into_iter().flat_map(|m| m.values_mut()).for_each(edit);
        }
        What::Finding { title, evidence, .. } => {
            edit(title);
            evidence.iter_mut().for_each(edit);
        }
        What::Decided { value, chosen, .. } => {
            edit(chosen);
            value.iter_mut().for_each(edit);
        }
        What::Intent { title, inputs, kubectl, undo, .. } => {
            edit(title);
            edit(kubectl);
            each_input(inputs, edit);
            way_back(undo, edit);
        }
        What::Previewed { changes, .. } => {
            for change in changes {
                edit(&mut change.path);
                [&mut change.before, &mut change.after].into_iter().flatten().for_each(&mut *edit);
            }
        }
        What::StepEnded { words, .. }
        | What::Overdue { words, .. }
        | What::Reopened { words, .. }
        | What::Outcome { words, .. }
        | What::Checked { words, .. }
        | What::Proved { words, .. }
        | What::Done { words, .. }
        | What::Regressed { words, .. }
        | What::Ended { words } => edit(words),
        What::Refused { why, .. } | What::Unanswered { why, .. } => edit(why),
        What::Value { value, .. } | What::Bound { value, .. } => edit(value),
        What::Note { text, .. } => edit(text),
        What::Started { .. }
        | What::Found { .. }
        | What::Rewritten { .. }
        | What::Step { .. }
        | What::Agreed { .. }
        | What::Sending { .. }
        | What::Accepted { .. }
        | What::Marked { .. }
        | What::Left { .. }
        | What::TakenBack { .. }
        | What::Saved { .. }
        | What::Over { .. }
        | What::Walk { .. }
        | What::Sample { .. }
        | What::Pinned { .. }
        | What::Armed { .. }
        | What::Disarmed
        | What::Identity { .. }
        | What::Cluster { .. }
        | What::TakenOver { .. }
        | What::Resumed { .. } => {}
    }
}

fn each_input(inputs: &mut Inputs, edit: Edit<'_>) {
    inputs.0.values_mut().for_each(|v| each_string(v, edit));
}

fn each_string(value: &mut Value, edit: Edit<'_>) {
    match value {
        Value::String(text) => edit(text),
        Value::Array(items) => items.iter_mut().for_each(|v| each_string(v, edit)),
        Value::Object(fields) => fields.values_mut().for_each(|v| each_string(v, edit)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A way back whose values were cut would write the mask into the cluster, so it is none.
fn way_back(undo: &mut Undo, edit: Edit<'_>) {
    match undo {
        Undo::None(why) => edit(why),
        Undo::By { inputs, note, .. } => {
            edit(note);
            let before = inputs.clone();
            each_input(inputs, edit);
            if *inputs != before {
                *undo = Undo::None(t!("record-values-secret").to_owned());
            }
        }
    }
}
