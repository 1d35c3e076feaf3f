//! Groups: their steps follow them, and nothing jumps in or out.

use super::super::model::{At, Goto, ParamRef, Span, Step, StepKind};
use super::super::near::suggest;
use super::Ctx;
use crate::lang::t;

pub fn check(ctx: &mut Ctx<'_>) {
    let runbook = ctx.runbook;
    for index in 0..runbook.steps.len() {
        if let StepKind::Group(group) = &runbook.steps[index].kind {
            follow(index, &group.steps, ctx);
            runbook.members(index).for_each(|member| inside(member, ctx));
        }
        jumps(index, ctx);
    }
}

/// The steps that a group names are those that follow it, in their order.
fn follow(index: usize, names: &[(String, Span)], ctx: &mut Ctx<'_>) {
    let steps = &ctx.runbook.steps;
    for (offset, (name, span)) in names.iter().enumerate() {
        let there = steps.get(index + 1 + offset).map(|s| s.name.as_str());
        if there == Some(name) {
            continue;
        }
        let known = steps.iter().any(|s| s.name == *name);
        let (message, help) = match there {
            _ if !known => {
                let help = suggest(name, steps.iter().map(|s| s.name.as_str()));
                (t!("runbook-no-step", step = name), help)
            }
            Some(there) => (
                t!("runbook-check-group-elsewhere", name = name, there = there),
                Some(t!("runbook-check-group-order").to_owned()),
            ),
            None => (
                t!("runbook-check-group-absent", name = name),
                Some(t!("runbook-check-group-order").to_owned()),
            ),
        };
        return ctx.problems.error_help("group.steps", *span, message, help);
    }
}

/// A step of a group is for one element, at one place.
fn inside(member: usize, ctx: &mut Ctx<'_>) {
    let step = &ctx.runbook.steps[member];
    let several = |at: &At| {
        at.refs().iter().any(|r| r.fields.is_empty() && ctx.runbook.param(&r.name).is_some_and(|p| p.many))
    };
    let element = ctx.runbook.each_of(member).map(ParamRef::element);
    let message = match &step.kind {
        StepKind::Group(_) => t!("runbook-check-group-nested", name = step.name),
        kind if kind.each().is_some() => {
            t!("runbook-check-group-each", name = step.name)
        }
        StepKind::Shell(shell)
            if several(&shell.at) && !shell.at.refs().iter().any(|r| Some(r.name.as_str()) == element) =>
        {
            t!("runbook-check-group-places", name = step.name)
        }
        _ => return,
    };
    let help = t!("runbook-check-group-inside-help").to_owned();
    ctx.problems.error_help("group.nested", step.name_span, message, Some(help));
}

/// Every jump of a step.
pub(super) fn gotos(step: &Step) -> Vec<&Goto> {
    let mut out: Vec<&Goto> = step.common.goto.iter().collect();
    match &step.kind {
        StepKind::Check(check) => out.extend(check.otherwise.iter().filter_map(|e| e.goto.as_ref())),
        StepKind::Decision(decision) => {
            out.extend(decision.cases.iter().filter_map(|c| c.goto.as_ref()));
            out.extend(decision.otherwise.iter().filter_map(|e| e.goto.as_ref()));
        }
        _ => {}
    }
    out
}

/// The other lanes are not done because one of them is, and nobody is in a lane who did not go through its first step.
fn jumps(index: usize, ctx: &mut Ctx<'_>) {
    let runbook = ctx.runbook;
    let home = runbook.group_of(index);
    for goto in gotos(&runbook.steps[index]) {
        if goto.runbook.as_ref().is_some_and(|id| *id != runbook.id) {
            continue;
        }
        let Some(name) = &goto.step else { continue };
        let Some(target) = runbook.steps.iter().position(|s| s.name == *name) else { continue };
        let there = runbook.group_of(target);
        if there == home {
            continue;
        }
        let (message, help) = match there {
            Some(group) => {
                let group = &runbook.steps[group].name;
                (
                    t!("runbook-check-group-member", name = name, group = group),
                    t!("runbook-check-group-member-help", group = group),
                )
            }
            None => (
                t!("runbook-check-group-outside", name = name),
                t!("runbook-check-group-outside-help").to_owned(),
            ),
        };
        ctx.problems.error_help("group.goto", goto.span, message, Some(help));
    }
}
