//! A translation names steps and parameters that exist, and leaves none out.

use super::super::model::{Runbook, Span, StepKind, Translation};
use super::super::near::suggest;
use super::super::problem::{Problem, Problems};
use super::{Catalogue, links};

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
            let message = format!("the base file has no step `{name}`");
            problems.error_help("translation.step", *span, message, suggest(name, names.iter().copied()));
        }
    }
    let first = Span::new(0, 3);
    for step in &runbook.steps {
        let text = translation.steps.get(&step.name);
        if text.is_none_or(|t| t.prose.end == 0) {
            let message = format!("step `{}` has no place in this translation", step.name);
            let help = format!("put `<!-- step: {} -->` where the step belongs", step.name);
            problems.warn("translation.missing", first, message, Some(help));
        }
        let manual = matches!(step.kind, StepKind::Manual(_));
        if manual && text.is_none_or(|t| t.instruction.is_none()) {
            let message = format!("the instruction of `{}` is not translated", step.name);
            let help = format!("write `steps: {{ {}: {{ do: ... }} }}`", step.name);
            problems.warn("translation.missing", first, message, Some(help));
        }
    }
    for name in translation.params.keys() {
        if !problems.full() && runbook.param(name).is_none() {
            let help = suggest(name, runbook.params.iter().map(|p| p.name.as_str()));
            problems.error_help(
                "translation.param",
                first,
                format!("the base file has no parameter `{name}`"),
                help,
            );
        }
    }
    let page = links::Page { id: &runbook.id, anchors: links::anchors(&translation.sections), steps: &names };
    translation.links.iter().for_each(|link| links::one(link, &page, catalogue, &mut problems));
    problems.finish(file, &translation.source)
}
