//! Proof, way back, risk, and a line for those who work without the program.

use super::super::model::{Risk, Rollback, Span, Step, StepKind};
use super::Ctx;
use crate::lang::t;

pub fn check(ctx: &mut Ctx<'_>) {
    let runbook = ctx.runbook;
    for (index, step) in runbook.steps.iter().enumerate() {
        risk(step, ctx);
        proof_and_way_back(step, ctx);
        by_hand(step, index, ctx);
        words(step, ctx);
    }
}

fn risk(step: &Step, ctx: &mut Ctx<'_>) {
    if step.kind.policy().is_some_and(|p| p.risk_span.is_none()) {
        let message = t!("runbook-check-needs-risk", name = step.name);
        ctx.problems.error("step.risk-missing", step.name_span, message);
    }
    let (risk, ceiling) = (step.kind.risk(), ctx.runbook.meta.risk);
    if risk > ceiling {
        let span = step.kind.policy().and_then(|p| p.risk_span).unwrap_or(step.name_span);
        let message = t!("runbook-check-risk-ceiling", risk = risk.word(), ceiling = ceiling.word());
        let help = t!("runbook-check-risk-ceiling-help", risk = risk.word());
        ctx.problems.error_help("risk.ceiling", span, message, Some(help));
    }
}

fn proof_and_way_back(step: &Step, ctx: &mut Ctx<'_>) {
    let Some(policy) = step.kind.policy() else { return };
    if policy.risk < Risk::Medium {
        return;
    }
    let word = policy.risk.word();
    if policy.verify.is_none() {
        let message = t!("runbook-check-needs-verify", risk = word);
        let help = t!("runbook-check-needs-verify-help");
        ctx.problems.error_help("step.verify-missing", step.name_span, message, Some(help.to_owned()));
    }
    match &policy.rollback {
        None => {
            let message = t!("runbook-check-needs-rollback", risk = word);
            let help = t!("runbook-check-needs-rollback-help");
            ctx.problems.error_help("step.rollback-missing", step.name_span, message, Some(help.to_owned()));
        }
        Some(Rollback::Step { name, span }) if *name == step.name => {
            ctx.problems.error("rollback.step", *span, t!("runbook-check-rollback-self"));
        }
        Some(_) => {}
    }
}

/// An action shows YAML on a web page, so its prose must show a command: inline code or a shell fence between
/// the step before it and the step after it.
fn by_hand(step: &Step, index: usize, ctx: &mut Ctx<'_>) {
    let acts = match &step.kind {
        StepKind::Action(_) => true,
        StepKind::Wait(wait) => wait.then.is_some(),
        _ => false,
    };
    let next = ctx.runbook.steps.get(index + 1).map_or(ctx.runbook.body.end, |s| s.span.start);
    let near = Span::new(step.prose.start, next);
    let inside = |s: &Span| {
        near.start <= s.start && s.end <= near.end && looks_like_command(s.of(&ctx.runbook.source))
    };
    if acts && !ctx.runbook.commands.iter().any(inside) {
        let message = t!("runbook-check-by-hand", name = step.name);
        let help = t!("runbook-check-by-hand-help");
        ctx.problems.warn("step.by-hand", step.name_span, message, Some(help.to_owned()));
    }
}

/// Who is asked, and who does something elsewhere, reads why: a question alone explains nothing.
fn words(step: &Step, ctx: &mut Ctx<'_>) {
    let prose = step.prose.of(&ctx.runbook.source);
    let said = prose.lines().any(|line| !line.trim().is_empty() && !line.starts_with('#'));
    if step.is_words() && !said {
        let message = t!("runbook-check-words", name = step.name);
        let help = t!("runbook-check-words-help").to_owned();
        ctx.problems.warn("step.words", step.name_span, message, Some(help));
    }
}

/// A fence, or inline code with a space in it: `kubectl drain NODE` is a command, `NotReady` is not.
fn looks_like_command(code: &str) -> bool {
    code.starts_with("```") || code.starts_with("~~~") || code.trim_matches('`').trim().contains(' ')
}
