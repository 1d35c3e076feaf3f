//! A translation names steps and parameters that exist, and leaves none out.

use super::super::model::{Means, Runbook, Span, Step, StepKind, Translation};
use super::super::near::suggest;
use super::super::problem::{Problem, Problems};
use super::{Catalogue, links};
use crate::lang::{list, t};

pub fn check(
    file: &str,
    runbook: &Runbook,
    translation: &Translation,
    catalogue: &Catalogue,
) -> Vec<Problem> {
    let mut problems = Problems::default();
    let names: Vec<&str> = runbook.steps.iter().map(|s| s.name.as_str()).collect();
    for (name, span) in &translation.step_spans {
        if !problems.full() && !names.contains(&name.as_str()) {
            let message = t!("runbook-check-translation-step", name = name);
            problems.error_help("translation.step", *span, message, suggest(name, names.iter().copied()));
        }
    }
    let first = Span::new(0, 3);
    for step in &runbook.steps {
        let text = translation.steps.get(&step.name);
        if text.is_none_or(|t| t.prose.end == 0) {
            let message = t!("runbook-check-translation-place", name = step.name);
            let help = t!("runbook-check-translation-place-help", name = step.name);
            problems.warn("translation.missing", first, message, Some(help));
        }
        let manual = matches!(step.kind, StepKind::Manual(_));
        if manual && text.is_none_or(|t| t.instruction.is_none()) {
            let message = t!("runbook-check-translation-instruction", name = step.name);
            let help = t!("runbook-check-translation-instruction-help", name = step.name);
            problems.warn("translation.missing", first, message, Some(help));
        }
    }
    runbook.steps.iter().for_each(|step| words(step, translation, &mut problems));
    for name in translation.params.keys() {
        if !problems.full() && runbook.param(name).is_none() {
            let help = suggest(name, runbook.params.iter().map(|p| p.name.as_str()));
            problems.error_help(
                "translation.param",
                first,
                t!("runbook-check-translation-parameter", name = name),
                help,
            );
        }
    }
    let page = links::Page { id: &runbook.id, anchors: links::anchors(&translation.sections), steps: &names };
    translation.links.iter().for_each(|link| links::one(link, &page, catalogue, &mut problems));
    problems.finish(file, &translation.source)
}

/// The expressions of a text, in one order.
fn values(means: &Means) -> Vec<&str> {
    let mut out: Vec<&str> = means.values().map(|value| value.text.as_str()).collect();
    out.sort_unstable();
    out
}

/// What a step says of its condition and of its values is translated, with the same values.
fn words(step: &Step, translation: &Translation, problems: &mut Problems) {
    let text = translation.steps.get(&step.name);
    let first = Span::new(0, 3);
    let code = |all: Vec<&str>| list(all.into_iter().map(|v| format!("`{v}`")).collect::<Vec<_>>());
    match (&step.common.means, text.and_then(|t| t.means.as_ref())) {
        (Some(own), Some(theirs)) if values(own) != values(theirs) => {
            let message =
                t!("runbook-check-translation-means", name = step.name, found = code(values(theirs)));
            let help = t!("runbook-check-translation-means-help", wanted = code(values(own)));
            problems.error_help("translation.means", theirs.span, message, Some(help));
        }
        (None, Some(theirs)) => {
            let message = t!("runbook-check-translation-means-none", name = step.name);
            problems.error("translation.means", theirs.span, message);
        }
        (Some(_), None) => {
            let message = t!("runbook-check-translation-means-missing", name = step.name);
            problems.warn("translation.missing", first, message, None);
        }
        (None, None) | (Some(_), Some(_)) => {}
    }
    let StepKind::Manual(manual) = &step.kind else { return };
    for field in manual.record.iter().filter(|field| field.title.is_some()) {
        if text.is_none_or(|t| !t.record.contains_key(&field.name)) {
            let message = t!("runbook-check-translation-value", name = step.name, value = field.name);
            let help = t!("runbook-check-translation-value-help", name = step.name, value = field.name);
            problems.warn("translation.missing", first, message, Some(help));
        }
    }
}
