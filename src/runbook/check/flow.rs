//! Jumps: they exist, go forward or to a way back, and every step is found by one name.

use super::super::model::{Else, Goto, Rollback, Runbook, StepKind};
use super::super::near::suggest;
use super::Ctx;

pub fn check(ctx: &mut Ctx<'_>) {
    let runbook = ctx.runbook;
    for (index, step) in runbook.steps.iter().enumerate() {
        match &step.kind {
            StepKind::Check(check) => otherwise(check.otherwise.as_ref(), index, ctx),
            StepKind::Decision(decision) => {
                decision.cases.iter().filter_map(|c| c.goto.as_ref()).for_each(|g| goto(g, index, ctx));
                otherwise(decision.otherwise.as_ref(), index, ctx);
            }
            StepKind::Wait(wait) if wait.timeout.is_none() => {
                let help = Some(
                    "write `timeout: 15m`, so that the operator learns that it does not come".to_owned(),
                );
                ctx.problems.warn(
                    "wait.timeout",
                    step.name_span,
                    "a wait step without `timeout:` may wait for ever",
                    help,
                );
            }
            _ => {}
        }
        if let Some(Rollback::Step { name, span }) = step.kind.policy().and_then(|p| p.rollback.as_ref())
            && !runbook.steps.iter().any(|s| s.name == *name)
        {
            let help = suggest(name, runbook.steps.iter().map(|s| s.name.as_str()));
            ctx.problems.error_help("rollback.step", *span, format!("there is no step `{name}`"), help);
        }
    }
}

fn otherwise(branch: Option<&Else>, index: usize, ctx: &mut Ctx<'_>) {
    if let Some(target) = branch.and_then(|e| e.goto.as_ref()) {
        goto(target, index, ctx);
    }
}

fn goto(target: &Goto, index: usize, ctx: &mut Ctx<'_>) {
    if ctx.problems.full() {
        return;
    }
    match &target.runbook {
        Some(id) if *id != ctx.runbook.id => other_runbook(id, target, ctx),
        _ => {
            if let Some(step) = &target.step {
                own_step(step, target, index, ctx);
            }
        }
    }
}

fn own_step(name: &str, target: &Goto, index: usize, ctx: &mut Ctx<'_>) {
    let steps = &ctx.runbook.steps;
    let Some(position) = steps.iter().position(|s| s.name == name) else {
        let help = suggest(name, steps.iter().map(|s| s.name.as_str()));
        ctx.problems.error_help("goto.step", target.span, format!("there is no step `{name}`"), help);
        return;
    };
    if position <= index && !is_way_back(ctx.runbook, name) {
        let help =
            "a runbook goes forward; use `wait` or `retry` for loops, or name the step as a `rollback`";
        let message = format!("`goto` jumps back to `{name}`");
        ctx.problems.error_help("goto.backward", target.span, message, Some(help.to_owned()));
    }
}

/// Whether a step is somebody's way back.
fn is_way_back(runbook: &Runbook, name: &str) -> bool {
    let rollbacks = runbook.steps.iter().filter_map(|s| s.kind.policy()?.rollback.as_ref());
    rollbacks.into_iter().any(|r| matches!(r, Rollback::Step { name: n, .. } if n == name))
}

fn other_runbook(id: &str, target: &Goto, ctx: &mut Ctx<'_>) {
    let catalogue = ctx.catalogue;
    let Some(info) = catalogue.runbooks.get(id) else {
        let help = suggest(id, catalogue.runbooks.keys().map(String::as_str))
            .filter(|h| h.starts_with("did"))
            .or_else(|| Some("a runbook that is not written yet is named in `say:` or `stop:`".to_owned()));
        ctx.problems.error_help("goto.runbook", target.span, format!("there is no runbook `{id}`"), help);
        return;
    };
    if let Some(step) = &target.step
        && !info.steps.contains(step)
        && !info.anchors.contains(step)
    {
        let help = suggest(step, info.steps.iter().map(String::as_str));
        let message = format!("`{id}` has neither a step nor a heading `{step}`");
        ctx.problems.error_help("goto.step", target.span, message, help);
    }
}
