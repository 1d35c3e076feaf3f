//! Operations exist, take these arguments, and the arguments have the right type.

use super::super::model::{
    OpCall, Param, ParamRef, ParamSource, Risk, Rollback, Span, StepKind, Template, ValueType,
};
use super::super::near::suggest;
use super::super::params::is_namespaced;
use super::super::{decode::scalars::parse_duration, model::Include};
use super::{ArgType, Ctx, OperationInfo};
use crate::domain::{Kind, parse_quantity};
use crate::lang::{list, t};

pub fn check(ctx: &mut Ctx<'_>) {
    for (index, step) in ctx.runbook.steps.iter().enumerate() {
        let each = ctx.runbook.each_of(index).map(ParamRef::element);
        match &step.kind {
            StepKind::Action(action) => {
                let policy = &action.policy;
                call(&action.call, policy.risk_span.map(|span| (policy.risk, span)), each, ctx);
            }
            StepKind::Wait(wait) => {
                if let Some((op, risk)) = &wait.then {
                    call(op, Some((*risk, op.span)), each, ctx);
                }
            }
            StepKind::Include(target) => include(target, ctx),
            _ => {}
        }
        if let Some(Rollback::Op(op)) = step.kind.policy().and_then(|p| p.rollback.as_ref()) {
            call(op, None, each, ctx);
        }
    }
}

fn call(call: &OpCall, risk: Option<(Risk, Span)>, each: Option<&str>, ctx: &mut Ctx<'_>) {
    let catalogue = ctx.catalogue;
    let Some(info) = catalogue.operations.get(&call.op) else {
        let help = suggest(&call.op, catalogue.operations.keys().map(String::as_str));
        ctx.problems.error_help(
            "op.unknown",
            call.span,
            t!("runbook-check-no-operation", op = call.op),
            help,
        );
        return;
    };
    if let Some((declared, span)) = risk
        && info.risk > declared
    {
        let message =
            t!("runbook-check-op-risk", op = call.op, risk = info.risk.word(), declared = declared.word());
        let help = t!("runbook-check-op-risk-help", risk = info.risk.word());
        ctx.problems.error_help("op.risk", span, message, Some(help));
    }
    arguments(call, info, each, ctx);
}

fn arguments(call: &OpCall, info: &OperationInfo, each: Option<&str>, ctx: &mut Ctx<'_>) {
    for ((name, value), span) in call.with.iter().zip(&call.with_spans) {
        if ctx.problems.full() {
            return;
        }
        if let Some(param) = info.params.iter().find(|p| p.name == *name) {
            argument(&call.op, name, &param.ty, value, each, ctx);
        } else {
            let help = suggest(name, info.params.iter().map(|p| p.name.as_str()));
            let message = t!("runbook-check-argument-unknown", op = call.op, name = name);
            ctx.problems.error_help("op.argument", *span, message, help);
        }
    }
    for param in info.params.iter().filter(|p| p.required) {
        if !call.with.iter().any(|(n, _)| *n == param.name) {
            let message = t!("runbook-check-argument-missing", of = call.op, name = param.name);
            ctx.problems.error("op.argument-missing", call.span, message);
        }
    }
}

fn argument(op: &str, name: &str, ty: &ArgType, value: &Template, each: Option<&str>, ctx: &mut Ctx<'_>) {
    let wrong = match (ty, value) {
        (ArgType::Any, _) | (ArgType::Text | ArgType::Object(_), Template::Path(..)) => None,
        (ArgType::List(inner), Template::List(items, _)) => {
            for item in items {
                argument(op, name, inner, item, each, ctx);
            }
            None
        }
        (_, Template::Literal(json, _)) => {
            (!literal_fits(json, ty)).then(|| t!("runbook-check-argument-not", value = json))
        }
        (_, Template::Ref(r)) => reference_type(r, each, ctx).and_then(|given| given.refused_by(ty)),
        (_, Template::Path(..)) => Some(t!("runbook-check-not-path").to_owned()),
        (_, Template::List(..)) => Some(t!("runbook-check-not-list").to_owned()),
        (_, Template::Map(..)) => Some(t!("runbook-check-not-map").to_owned()),
    };
    if let Some(wrong) = wrong {
        let message =
            t!("runbook-check-argument-type", name = name, op = op, wanted = words(ty), wrong = wrong);
        ctx.problems.error("op.argument-type", value.span(), message);
    }
}

fn words(ty: &ArgType) -> String {
    match ty {
        ArgType::Text => t!("runbook-what-text").to_owned(),
        ArgType::Bool => t!("runbook-what-true-or-false").to_owned(),
        ArgType::Int => t!("runbook-what-whole-number").to_owned(),
        ArgType::Duration => t!("runbook-check-wants-duration").to_owned(),
        ArgType::Quantity => t!("runbook-check-wants-quantity").to_owned(),
        ArgType::Enum(words) => t!("runbook-check-wants-one-of", words = list(words)),
        ArgType::Object(kind) => t!("runbook-what-thing", thing = kind),
        ArgType::List(inner) => t!("runbook-check-wants-list", inner = words(inner)),
        ArgType::Any => t!("runbook-what-anything").to_owned(),
        ArgType::Secret => t!("runbook-check-wants-secret").to_owned(),
    }
}

fn literal_fits(json: &serde_json::Value, ty: &ArgType) -> bool {
    let text = json.as_str();
    match ty {
        ArgType::Any => true,
        // It would stand in the file.
        ArgType::Secret => false,
        ArgType::Text | ArgType::Object(_) => text.is_some(),
        ArgType::Bool => json.is_boolean(),
        ArgType::Int => json.is_i64(),
        ArgType::Duration => text.is_some_and(|t| parse_duration(t).is_some()),
        ArgType::Quantity => json.is_number() || text.is_some_and(|t| parse_quantity(t).is_some()),
        ArgType::Enum(words) => text.is_some_and(|t| words.iter().any(|w| w == t)),
        ArgType::List(inner) => literal_fits(json, inner),
    }
}

/// What a reference gives, as far as it is known.
enum Given<'a> {
    Type(&'a ValueType),
    Object(&'a str),
    Text,
    Many,
}

impl Given<'_> {
    /// Why an argument of this type cannot take it.
    fn refused_by(&self, ty: &ArgType) -> Option<String> {
        let fits = match (self, ty) {
            (_, ArgType::Any)
            | (Self::Many, ArgType::List(_))
            | (Self::Text, ArgType::Text | ArgType::Object(_)) => true,
            (Self::Many, _) => return Some(t!("runbook-check-not-several").to_owned()),
            (_, ArgType::List(inner)) => return self.refused_by(inner),
            (Self::Object(kind), ArgType::Object(wanted)) => {
                let same = Kind::parse(kind).zip(Kind::parse(wanted)).map(|(a, b)| a == b);
                same.unwrap_or_else(|| kind.eq_ignore_ascii_case(wanted))
            }
            // `namespace/name` is not the name alone.
            (Self::Object(kind), ArgType::Text) => {
                let whole = is_namespaced(kind);
                return whole.then(|| t!("runbook-check-parameter-namespaced").to_owned());
            }
            (Self::Type(given), ty) => type_fits(given, ty),
            _ => false,
        };
        (!fits).then(|| match self {
            Self::Object(kind) => t!("runbook-check-parameter-kind", kind = kind),
            Self::Type(given) => t!("runbook-check-parameter-type", word = given.word()),
            Self::Text | Self::Many => t!("runbook-check-parameter-text").to_owned(),
        })
    }
}

fn type_fits(given: &ValueType, wanted: &ArgType) -> bool {
    match (given, wanted) {
        (ValueType::Int { .. }, ArgType::Int | ArgType::Quantity)
        | (ValueType::Bool, ArgType::Bool)
        | (ValueType::Secret, ArgType::Secret)
        | (ValueType::Duration { .. }, ArgType::Duration)
        | (ValueType::Quantity, ArgType::Quantity)
        | (ValueType::Text(_) | ValueType::Enum(_), ArgType::Text | ArgType::Object(_))
        | (ValueType::Quantity | ValueType::Regex | ValueType::Duration { .. }, ArgType::Text) => true,
        (ValueType::Enum(given), ArgType::Enum(wanted)) => given.iter().all(|g| wanted.contains(g)),
        _ => false,
    }
}

fn reference_type<'a>(reference: &ParamRef, each: Option<&str>, ctx: &Ctx<'a>) -> Option<Given<'a>> {
    let param: &Param = ctx.runbook.param(&reference.name)?;
    let inside = each == Some(reference.name.as_str());
    match reference.fields.first().map(String::as_str) {
        Some("rest") => return Some(Given::Many),
        Some("first") => {}
        Some(_) => return Some(Given::Text),
        None if param.many && !inside => return Some(Given::Many),
        None => {}
    }
    Some(match &param.source {
        ParamSource::Typed(ty) => Given::Type(ty),
        ParamSource::K8s(picker) => Given::Object(&picker.kind),
        ParamSource::Step { .. } => return None,
        _ => Given::Text,
    })
}

fn include(include: &Include, ctx: &mut Ctx<'_>) {
    let catalogue = ctx.catalogue;
    if include.runbook == ctx.runbook.id {
        ctx.problems.error("include.self", include.span, t!("runbook-check-include-self"));
        return;
    }
    let Some(target) = catalogue.runbooks.get(&include.runbook) else {
        let help = suggest(&include.runbook, catalogue.runbooks.keys().map(String::as_str));
        let message = t!("runbook-no-runbook", id = include.runbook);
        ctx.problems.error_help("include.unknown", include.span, message, help);
        return;
    };
    if let Some(way) = catalogue.include_path(&include.runbook, &ctx.runbook.id) {
        let way = way.join(" → ");
        let message = t!("runbook-check-include-cycle", id = ctx.runbook.id, way = way);
        let help = t!("runbook-check-include-cycle-help").to_owned();
        ctx.problems.error_help("include.cycle", include.span, message, Some(help));
    }
    for (name, value) in &include.with {
        if !ctx.problems.full() && !target.params.contains_key(name) {
            let help = suggest(name, target.params.keys().map(String::as_str));
            let message = t!("runbook-check-include-argument", runbook = include.runbook, name = name);
            ctx.problems.error_help("include.argument", value.span(), message, help);
        }
    }
    for (name, needed) in &target.params {
        if *needed && !include.with.iter().any(|(n, _)| n == name) {
            let message = t!("runbook-check-argument-missing", of = include.runbook, name = name);
            ctx.problems.error("include.argument", include.span, message);
        }
    }
}
