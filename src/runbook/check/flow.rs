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
        if let Some(goto) = &step.common.goto {
            plain(goto, index, ctx);
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
fn goes_on(runbook: &Runbook, index: usize) -> bool {
    // The last step of a group goes on where the group does.
    let group = runbook.group_of(index).filter(|group| runbook.members(*group).end == index + 1);
    let step = &runbook.steps[index];
    match &step.kind {
        StepKind::Decision(decision) => decision.cases.iter().any(|case| case.goto.is_none()),
        _ => {
            step.common.goto.is_none() && group.is_none_or(|group| runbook.steps[group].common.goto.is_none())
        }
    }
}

/// Whether something in the file names a step as the one to go on at, or to take back with.
fn is_named(runbook: &Runbook, name: &str) -> bool {
    let own = |goto: &Goto| goto.runbook.as_ref().is_none_or(|id| *id == runbook.id);
    let mut gotos = runbook.steps.iter().flat_map(super::group::gotos);
    gotos.any(|goto| own(goto) && goto.step.as_deref() == Some(name)) || is_way_back(runbook, name)
}

/// A step leads to a later one of its runbook, and what stands between them is reached in another way.
fn plain(target: &Goto, index: usize, ctx: &mut Ctx<'_>) {
    let steps = &ctx.runbook.steps;
    if target.runbook.as_ref().is_some_and(|id| *id != ctx.runbook.id) || target.step.is_none() {
        let help = t!("runbook-check-goto-plain-away-help").to_owned();
        let message = t!("runbook-check-goto-plain-away");
        return ctx.problems.error_help("goto.plain", target.span, message, Some(help));
    }
    let name = target.step.as_deref().unwrap_or_default();
    let position = steps.iter().position(|s| s.name == name);
    if position.is_some_and(|position| position <= index) {
        let help = t!("runbook-check-goto-plain-back-help").to_owned();
        let message = t!("runbook-check-goto-plain-back", name = name);
        return ctx.problems.error_help("goto.plain", target.span, message, Some(help));
    }
    own_step(name, target, index, ctx);
    let home = |at: usize| ctx.runbook.group_of(at);
    if position.is_none_or(|position| home(position) != home(index)) {
        return;
    }
    let behind = ctx.runbook.members(index).end;
    if let Some(next) = steps.get(behind).filter(|next| !is_named(ctx.runbook, &next.name)) {
        let help = t!("runbook-check-unreachable-help").to_owned();
        let message = t!("runbook-check-unreachable", name = next.name);
        ctx.problems.warn("goto.unreachable", next.name_span, message, Some(help));
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
        if changes(&step.kind) && branch.iter().any(|s| changes(&s.kind)) && goes_on(ctx.runbook, entered - 1)
        {
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
