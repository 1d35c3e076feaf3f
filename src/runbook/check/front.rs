//! Ids in the front matter, alerts, defaults, what must be there for the step risks.

use super::super::model::{ParamSource, Prefer};
use super::super::near::suggest;
use super::super::params::{Values, default_value, is_reserved, variable_name};
use super::Ctx;
use crate::lang::t;

pub fn check(ctx: &mut Ctx<'_>) {
    ids(ctx);
    alerts(ctx);
    params(ctx);
}

fn ids(ctx: &mut Ctx<'_>) {
    for detector in &ctx.runbook.detectors {
        if !ctx.problems.full() && !ctx.catalogue.detectors.contains(&detector.id) {
            let help = suggest(&detector.id, ctx.catalogue.detectors.iter().map(String::as_str));
            let message = t!("runbook-check-no-detector", id = detector.id);
            ctx.problems.error_help("detector.unknown", detector.span, message, help);
        }
    }
    if let Some(scenario) = &ctx.runbook.scenario
        && !ctx.catalogue.scenarios.contains(&scenario.id)
    {
        let help = suggest(&scenario.id, ctx.catalogue.scenarios.iter().map(String::as_str));
        let message = t!("runbook-check-no-scenario", id = scenario.id);
        ctx.problems.error_help("scenario.unknown", scenario.span, message, help);
    }
}

fn alerts(ctx: &mut Ctx<'_>) {
    for alert in &ctx.runbook.alerts {
        for (param, _) in &alert.bind {
            if !ctx.problems.full() && ctx.runbook.param(param).is_none() {
                let help = suggest(param, ctx.runbook.params.iter().map(|p| p.name.as_str()));
                let message = t!("runbook-check-alert-bind", name = alert.name, param = param);
                ctx.problems.error_help("alert.bind", alert.span, message, help);
            }
        }
    }
}

fn params(ctx: &mut Ctx<'_>) {
    let mut names: Vec<(String, &str)> = Vec::new();
    for param in &ctx.runbook.params {
        if let Some(Err(error)) = default_value(param, &Values::new()) {
            ctx.problems.error("param.default", param.span, t!("runbook-check-default", error = error));
        }
        let variable = variable_name(&param.name);
        if let Some((_, other)) = names.iter().find(|(v, _)| *v == variable) {
            let message =
                t!("runbook-check-same-variable", name = param.name, other = other, variable = variable);
            ctx.problems.error("param.environment", param.span, message);
        }
        if is_reserved(&variable) {
            let message = t!("runbook-check-variable-steers", name = param.name, variable = variable);
            let help = t!("runbook-check-variable-steers-help").to_owned();
            ctx.problems.error_help("param.environment", param.span, message, Some(help));
        }
        names.push((variable, &param.name));
        let is_picker = !matches!(param.source, ParamSource::Typed(_));
        if !is_picker && param.prefer.iter().any(|p| matches!(p, Prefer::Cursor | Prefer::Newest)) {
            let message = t!("runbook-check-prefer-typed", name = param.name);
            ctx.problems.warn("param.prefer", param.span, message, None);
        }
        if let ParamSource::Step { name, field, span } = &param.source {
            let recorded = ctx.runbook.step(name).map(|s| super::conditions::recorded(&s.kind));
            match recorded {
                Some(fields) if fields.contains_key(field) => {}
                Some(fields) => {
                    let help = suggest(field, fields.keys().map(String::as_str));
                    let message = t!("runbook-check-no-record", step = name, field = field);
                    ctx.problems.error_help("param.step", *span, message, help);
                }
                None => {
                    let help = suggest(name, ctx.runbook.steps.iter().map(|s| s.name.as_str()));
                    ctx.problems.error_help("param.step", *span, t!("runbook-no-step", step = name), help);
                }
            }
        }
    }
}
