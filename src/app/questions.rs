//! What the decisions of a runbook ask, for the record: whoever reads it was not there and has not the runbook.
//!
//! Must not decide anything: what was answered is recorded when it is.

use std::collections::BTreeMap;

use crate::record::Question;
use crate::runbook::model::{Runbook, StepKind};

/// The question of each decision by its step's name, with what its cases say.
pub fn questions(book: &Runbook) -> BTreeMap<String, Question> {
    let mut out = BTreeMap::new();
    for step in &book.steps {
        let StepKind::Decision(decision) = &step.kind else { continue };
        let answers = decision.cases.iter().filter_map(|c| Some((c.value.clone(), c.hint.clone()?)));
        let ask = decision.ask.clone().unwrap_or_default();
        out.insert(step.name.clone(), Question { ask, answers: answers.collect() });
    }
    out
}
