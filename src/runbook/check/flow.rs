//! Jumps: they exist, go forward or to a way back, and every step is found by one name.

use super::super::model::{Case, Decision, Else, Goto, Risk, Rollback, Runbook, StepKind};
use super::super::near::{meant, suggest};
use super::Ctx;
use crate::lang::t;

pub fn check(ctx: &mut Ctx<'_>) {
    let runbook = ctx.runbook;
    for (index, step) in runbook.steps.iter().enumerate() {
        match &step.kind {
            StepKind::Check(check) => otherwise(check.otherwise.as_ref(), index, ctx),
            StepKind::Decision(decision) => {
                decision.cases.iter().filter_map(|c| c.goto.as_ref()).for_each(|g| goto(g, index, ctx));
                otherwise(decision.otherwise.as_ref(), index, ctx);
                exclusive(decision, ctx);
            }
            StepKind::Wait(wait) if wait.timeout.is_none() => {
                let help = Some(t!("runbook-check-wait-timeout-help").to_owned());
                ctx.problems.warn("wait.timeout", step.name_span, t!("runbook-check-wait-timeout"), help);
            }
            _ => {}
        }
        if let Some(Rollback::Step { name, span }) = step.kind.policy().and_then(|p| p.rollback.as_ref())
            && !runbook.steps.iter().any(|s| s.name == *name)
        {
            let help = suggest(name, runbook.steps.iter().map(|s| s.name.as_str()));
            ctx.problems.error_help("rollback.step", *span, t!("runbook-no-step", step = name), help);
        }
    }
}

/// Whether a step changes something, here or elsewhere.
fn changes(kind: &StepKind) -> bool {
    match kind {
        StepKind::Shell(shell) => shell.policy.risk > Risk::None,
        kind => matches!(kind, StepKind::Action(_) | StepKind::Manual(_) | StepKind::Include(_)),
    }
}

/// Whether the walk may go on with the step behind this one.
fn goes_on(kind: &StepKind) -> bool {
    match kind {
        StepKind::Decision(decision) => decision.cases.iter().any(|case| case.goto.is_none()),
        _ => true,
    }
}

/// Two cases exclude each other, so what one of them leads to must not be run on the way of the other: a branch that goes on
/// into the first step of another branch changes more than its case says.
fn exclusive(decision: &Decision, ctx: &mut Ctx<'_>) {
    let steps = &ctx.runbook.steps;
    let place = |case: &Case| match &case.goto {
        None => None,
        Some(goto) if goto.runbook.as_ref().is_some_and(|id| *id != ctx.runbook.id) => None,
        Some(goto) => steps.iter().position(|s| Some(&s.name) == goto.step.as_ref()),
    };
    // A case that leads nowhere else goes on with all that follows, and means that.
    let named = decision.cases.iter().filter(|case| case.goto.is_some());
    let begins: Vec<(usize, &str)> =
        named.filter_map(|case| Some((place(case)?, case.value.as_str()))).collect();
    // Where the last case begins all of them may come together again.
    let last = begins.iter().map(|(at, _)| *at).max();
    let mut found = Vec::new();
    for (entered, case) in begins.iter().filter(|(at, _)| Some(*at) != last) {
        let before = begins.iter().filter(|(at, _)| at < entered).max_by_key(|(at, _)| *at);
        let Some((begin, other)) = before else { continue };
        let (Some(step), Some(last)) = (steps.get(*entered), steps.get(entered - 1)) else { continue };
        let branch = &steps[*begin..*entered];
        if changes(&step.kind) && branch.iter().any(|s| changes(&s.kind)) && goes_on(&last.kind) {
            found.push((step, last, *case, *other));
        }
    }
    for (step, last, case, other) in found {
        let message =
            t!("runbook-check-case-runs-on", case = case, step = step.name, other = other, last = last.name);
        let help = t!("runbook-check-case-runs-on-help");
        ctx.problems.warn("goto.exclusive", step.name_span, message, Some(help.to_owned()));
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
        ctx.problems.error_help("goto.step", target.span, t!("runbook-no-step", step = name), help);
        return;
    };
    if position <= index && !is_way_back(ctx.runbook, name) {
        let help = t!("runbook-check-goto-backward-help");
        let message = t!("runbook-check-goto-backward", name = name);
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
        let help = meant(id, catalogue.runbooks.keys().map(String::as_str))
            .or_else(|| Some(t!("runbook-check-goto-not-written").to_owned()));
        ctx.problems.error_help("goto.runbook", target.span, t!("runbook-no-runbook", id = id), help);
        return;
    };
    if let Some(step) = &target.step
        && !info.steps.contains(step)
        && !info.anchors.contains(step)
    {
        let help = suggest(step, info.steps.iter().map(String::as_str));
        let message = t!("runbook-check-goto-anchor", id = id, step = step);
        ctx.problems.error_help("goto.step", target.span, message, help);
    }
}
