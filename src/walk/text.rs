//! Whether a runbook still says what it said when its steps were done. Pure: it compares digests; `update` records and
//! tells.
//!
//! Must not decide what an outdated step means for the walk: that is `Walk::restore`.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::{StepId, Walk};
use crate::record::{Question, SessionState, StepState, What, digest, hex};
use crate::runbook::model::{Runbook, Step, StepKind};

/// Digest of the whole text, with that of included runbooks.
pub fn hash(run: &Walk) -> String {
    whole(&run.texts())
}

/// All digits: who writes two texts can make the first few of them the same.
fn whole(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// What digests of this form begin with. Those without it are of an earlier opsbook: see [`is_as_before`].
const FORM: &str = "2:";

/// Digest of each step by its name: of what it is, byte for byte, and of the includes that it came through.
pub fn texts(run: &Walk) -> BTreeMap<String, String> {
    let of = |index: StepId| {
        let (book, step) = run.file(index)?;
        let parts: Vec<String> = run.through(index).chain(exact(book, step)).collect();
        let all = serde_json::Value::from(parts).to_string();
        Some((run.tree[index].name.clone(), format!("{FORM}{}", whole(&all))))
    };
    run.tree.ids().filter_map(of).collect()
}

/// Title of each step by its name.
pub fn titles(run: &Walk) -> BTreeMap<String, String> {
    run.tree.steps().map(|(id, s)| (s.name.clone(), run.title(id, &run.lang).to_owned())).collect()
}

/// The condition of each check and wait by its step's name.
pub fn conditions(run: &Walk) -> BTreeMap<String, String> {
    let condition = |step: &Step| match &step.kind {
        StepKind::Check(c) => Some(c.expect.text.clone()),
        StepKind::Wait(w) => Some(w.until.text.clone()),
        _ => None,
    };
    run.tree.steps().filter_map(|(_, s)| Some((s.name.clone(), condition(s)?))).collect()
}

/// The question of each decision by its step's name, with what its cases say, as the operator reads them: whoever reads the
/// record was not there and has not the runbook.
pub fn questions(run: &Walk) -> BTreeMap<String, Question> {
    let of = |(id, step): (StepId, &Step)| {
        let StepKind::Decision(decision) = &step.kind else { return None };
        let hint = |value: &String| Some(run.hint(id, value).to_owned()).filter(|hint| !hint.is_empty());
        let answers = decision.cases.iter().filter_map(|c| Some((c.value.clone(), hint(&c.value)?)));
        let ask = if decision.ask.is_some() { run.question(id).to_owned() } else { String::new() };
        Some((step.name.clone(), Question { ask, answers: answers.collect() }))
    };
    run.tree.steps().filter_map(of).collect()
}

/// What says what a step does: what its fence holds. What a person does by hand is told in the words above it, in each
/// language.
fn exact(book: &Runbook, step: &Step) -> Vec<String> {
    let mut out = vec![step.exact()];
    if matches!(step.kind, StepKind::Manual(_) | StepKind::Shell(_)) {
        out.push(step.prose.of(&book.source).to_owned());
    }
    if matches!(step.kind, StepKind::Manual(_)) {
        for (lang, translation) in &book.translations {
            let Some(text) = translation.steps.get(step.written()) else { continue };
            let instruction = text.instruction.clone().unwrap_or_default();
            out.extend([lang.clone(), text.prose.of(&translation.source).to_owned(), instruction]);
        }
    }
    out
}

/// Whether a step is as an earlier opsbook recorded it. Its digests left out the indent of the fence, which decides how
/// many blanks are taken off the lines within: where there are any, it cannot be told.
fn is_as_before(run: &Walk, index: StepId, before: &str) -> bool {
    let Some((book, step)) = run.file(index) else { return false };
    // Of these the words above were in it, the indent of the fence with them.
    let whole = matches!(step.kind, StepKind::Manual(_) | StepKind::Shell(_));
    let blanks = || step.span.of(&book.source).lines().skip(1).any(|l| l.starts_with([' ', '\t']));
    let included = run.through(index).next().is_some();
    !included && (whole || !blanks()) && digest(&older(book, step)) == before
}

/// The text of a step of which earlier digests were made.
fn older(book: &Runbook, step: &Step) -> String {
    let fence = step.span.of(&book.source);
    match step.kind {
        StepKind::Manual(_) | StepKind::Shell(_) => format!("{}{fence}", step.prose.of(&book.source)),
        _ => fence.to_owned(),
    }
}

/// What changed since the session's records, to be recorded; none when the text is the same.
pub fn rewritten(run: &Walk, state: &SessionState) -> Option<What> {
    let (hash, texts) = (hash(run), texts(run));
    let reached = state.steps.iter().filter(|(_, s)| !matches!(s, StepState::Outdated { .. }));
    // The elements of a list that a step recorded have the text of their step.
    let element_of = |name: &str| run.find(name).map(|i| run.tree[i].written().to_owned());
    let before = |name: &String| {
        state.texts.get(name).or_else(|| state.texts.get(&element_of(name).unwrap_or_default()))
    };
    // Earlier versions recorded less of the digest, and nothing of a file that only includes others.
    let older = || run.tree.ids().all(|i| run.through(i).count() < 2) && state.hash == digest(&run.texts());
    // A step that stands there only since its list is known was not there to be recorded.
    let same = || texts.iter().all(|(name, now)| before(name).is_none_or(|before| before == now));
    if (state.hash == hash && same()) || older() {
        return None;
    }
    let (mut changed, mut gone) = (Vec::new(), Vec::new());
    for (name, _) in reached {
        let Some(now) = texts.get(name) else {
            gone.push(name.clone());
            continue;
        };
        // A step whose text was not recorded is not known to be the same.
        let same = before(name).is_some_and(|before| {
            let older = || run.find(name).is_some_and(|index| is_as_before(run, index, before));
            now == before || (!before.starts_with(FORM) && older())
        });
        if !same {
            changed.push(name.clone());
        }
    }
    Some(What::Rewritten { runbook: run.book.id.clone(), hash, texts, changed, gone })
}
