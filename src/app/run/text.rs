//! Whether a runbook still says what it said when its steps were done. Pure: it compares digests; `update` records and
//! tells.
//!
//! Must not decide what an outdated step means for the walk: that is `Run::restore`.

use std::collections::BTreeMap;

use crate::record::{SessionState, StepState, What, digest};
use crate::runbook::model::{Runbook, Step, StepKind};

/// Digest of the whole text.
pub fn hash(book: &Runbook) -> String {
    digest(&book.source)
}

/// Digest of each step's text by its name.
pub fn texts(book: &Runbook) -> BTreeMap<String, String> {
    book.steps.iter().map(|s| (s.name.clone(), digest(&text(book, s)))).collect()
}

/// Title of each step by its name.
pub fn titles(book: &Runbook) -> BTreeMap<String, String> {
    book.steps.iter().map(|s| (s.name.clone(), s.title.clone())).collect()
}

/// The condition of each check and wait by its step's name.
pub fn conditions(book: &Runbook) -> BTreeMap<String, String> {
    let condition = |step: &Step| match &step.kind {
        StepKind::Check(c) => Some(c.expect.text.clone()),
        StepKind::Wait(w) => Some(w.until.text.clone()),
        _ => None,
    };
    book.steps.iter().filter_map(|s| Some((s.name.clone(), condition(s)?))).collect()
}

/// The text that says what a step does: its fence. What a person does by hand is told in the words above it.
fn text(book: &Runbook, step: &Step) -> String {
    let fence = step.span.of(&book.source);
    match step.kind {
        StepKind::Manual(_) | StepKind::Shell(_) => format!("{}{fence}", step.prose.of(&book.source)),
        _ => fence.to_owned(),
    }
}

/// What changed since the session's records, to be recorded; none when the text is the same.
pub fn rewritten(book: &Runbook, state: &SessionState) -> Option<What> {
    let (hash, texts) = (hash(book), texts(book));
    if state.hash == hash {
        return None;
    }
    let reached = state.steps.iter().filter(|(_, s)| !matches!(s, StepState::Outdated { .. }));
    let (mut changed, mut gone) = (Vec::new(), Vec::new());
    for (name, _) in reached {
        match texts.get(name) {
            None => gone.push(name.clone()),
            // A step whose text was not recorded is not known to be the same.
            now if now != state.texts.get(name) => changed.push(name.clone()),
            _ => {}
        }
    }
    Some(What::Rewritten { runbook: book.id.clone(), hash, texts, changed, gone })
}
