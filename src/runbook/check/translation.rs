//! A translation names steps and parameters that exist, and leaves none out.

use super::super::model::{Runbook, Span, StepKind, Translation};
use super::super::near::suggest;
use super::super::problem::{Problem, Problems};
use super::{Catalogue, links};
use crate::lang::t;

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
