//! Jumps: they exist, go forward or to a way back, and every step is found by one name.

use super::super::model::{Case, Decision, Else, Goto, Risk, Rollback, Runbook, StepKind};
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
                exclusive(decision, ctx);
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
    let mut found = Vec::new();
    for (entered, case) in &begins {
        let before = begins.iter().filter(|(at, _)| at < entered).max_by_key(|(at, _)| *at);
        let Some((begin, other)) = before else { continue };
        let (Some(step), Some(last)) = (steps.get(*entered), steps.get(entered - 1)) else { continue };
        let branch = &steps[*begin..*entered];
        if changes(&step.kind) && branch.iter().any(|s| changes(&s.kind)) && goes_on(&last.kind) {
            found.push((step, last, *case, *other));
        }
    }
    for (step, last, case, other) in found {
        let message = format!(
            "case `{case}` leads to `{}`, and so does case `{other}`, whose steps go on from `{}` into it",
            step.name, last.name
        );
        let help = "let the branch before it lead on to the step behind both, or ask again before this step";
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
