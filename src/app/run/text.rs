//! Whether a runbook still says what it said when its steps were done. Pure: it compares digests; `update` records and
//! tells.
//!
//! Must not decide what an outdated step means for the walk: that is `Run::restore`.

use std::collections::BTreeMap;

use super::Run;
use crate::record::{SessionState, StepState, What, digest};
use crate::runbook::model::{Runbook, Step, StepKind};

/// Digest of the whole text, with that of included runbooks.
pub fn hash(run: &Run) -> String {
    digest(&run.texts())
}

/// Digest of each step's text by its name.
pub fn texts(run: &Run) -> BTreeMap<String, String> {
    let of = |index: usize| {
        let (book, step) = run.file(index)?;
        Some((run.book.steps[index].name.clone(), digest(&text(book, step))))
    };
    (0..run.steps.len()).filter_map(of).collect()
}

/// Title of each step by its name.
pub fn titles(run: &Run) -> BTreeMap<String, String> {
    run.book.steps.iter().map(|s| (s.name.clone(), s.title.clone())).collect()
}

/// The condition of each check and wait by its step's name.
pub fn conditions(run: &Run) -> BTreeMap<String, String> {
    let condition = |step: &Step| match &step.kind {
        StepKind::Check(c) => Some(c.expect.text.clone()),
        StepKind::Wait(w) => Some(w.until.text.clone()),
        _ => None,
    };
    run.book.steps.iter().filter_map(|s| Some((s.name.clone(), condition(s)?))).collect()
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
pub fn rewritten(run: &Run, state: &SessionState) -> Option<What> {
    let (hash, texts) = (hash(run), texts(run));
    if state.hash == hash {
        return None;
    }
    let reached = state.steps.iter().filter(|(_, s)| !matches!(s, StepState::Outdated { .. }));
    // The elements of a list that a step recorded have the text of their step.
    let whole = |name: &str| run.index(name).map(|i| run.book.steps[i].written().to_owned());
    let before =
        |name: &String| state.texts.get(name).or_else(|| state.texts.get(&whole(name).unwrap_or_default()));
    let (mut changed, mut gone) = (Vec::new(), Vec::new());
    for (name, _) in reached {
        match texts.get(name) {
            None => gone.push(name.clone()),
            // A step whose text was not recorded is not known to be the same.
            now if now != before(name) => changed.push(name.clone()),
            _ => {}
        }
    }
    Some(What::Rewritten { runbook: run.book.id.clone(), hash, texts, changed, gone })
}
