//! Every `$param`, `$param.field` and `$steps.NAME.FIELD` names something.

use super::super::cond::Base;
use super::super::model::{
    At, EACH, Pane, Param, ParamRef, ParamSource, PathPart, Rollback, Runbook, StepKind, Template, ValueType,
};
use super::super::near::suggest;
use super::super::params::is_namespaced;
use super::Ctx;
use super::conditions::recorded;
use crate::lang::t;

pub fn check(ctx: &mut Ctx<'_>) {
    let runbook = ctx.runbook;
    for (index, param) in runbook.params.iter().enumerate() {
        for reference in param_refs(param) {
            reference_to_earlier(reference, index, ctx);
        }
    }
    for (index, step) in runbook.steps.iter().enumerate() {
        let each = runbook.each_of(index);
        if let Some(each) = step.kind.each() {
            one(each, index, None, ctx);
            if each.is_recorded() {
                recorded_list(each, index, ctx);
            }
            if runbook.param(&each.name).is_some_and(|p| !p.many && each.fields.is_empty()) {
                let message = t!("runbook-check-each-many", name = each.name);
                ctx.problems.error("param.each", each.span, message);
            }
        }
        for reference in step_refs(&step.kind) {
            one(reference, index, each.map(ParamRef::element), ctx);
        }
        if let StepKind::View(view) = &step.kind {
            view.show.iter().for_each(|pane| self::pane(pane, ctx));
        }
    }
}

/// The view exists, and can show what the path names.
fn pane(pane: &Pane, ctx: &mut Ctx<'_>) {
    if ctx.problems.full() {
        return;
    }
    if !ctx.catalogue.views.contains(&pane.view) {
        let help = suggest(&pane.view, ctx.catalogue.views.iter().map(String::as_str));
        ctx.problems.error_help(
            "view.unknown",
            pane.span,
            t!("runbook-check-no-view", view = pane.view),
            help,
        );
        return;
    }
    let Some(judge) = ctx.catalogue.pane else { return };
    let options: Vec<(&str, String)> = pane.options.iter().map(|(k, v)| (k.as_str(), stand_in(v))).collect();
    let options: Vec<(&str, &str)> = options.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let judged: Vec<_> = paths(pane, ctx).iter().map(|path| judge(&split(path), &options)).collect();
    // Where a value may have one part or two, one of them must do.
    if judged.iter().all(Result::is_err)
        && let Some(Err(why)) = judged.into_iter().next()
        // A kind that is a value is known when the runbook runs.
        && !why.contains(&format!("`{VALUE}`"))
    {
        ctx.problems.error("view.path", pane.span, t!("runbook-check-pane", pane = written(pane), why = why));
    }
}

fn split(path: &str) -> Vec<&str> {
    path.split('/').filter(|p| !p.is_empty()).collect()
}

/// The path as it stands in the file.
fn written(pane: &Pane) -> String {
    let part = |p: &PathPart| match p {
        PathPart::Text(text) => text.clone(),
        PathPart::Ref(r) => std::iter::once(format!("${}", r.name))
            .chain(r.fields.iter().cloned())
            .collect::<Vec<_>>()
            .join("."),
    };
    let of: String = pane.of.iter().map(part).collect();
    [&pane.view, of.trim_start_matches('/')]
        .iter()
        .filter(|p| !p.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join("/")
}

/// Stands for one part of a value.
const VALUE: &str = "VALUE";

/// A further key's value as text, as far as it is known.
fn stand_in(value: &Template) -> String {
    match value {
        Template::Literal(serde_json::Value::String(text), _) => text.clone(),
        Template::Literal(other, _) => other.to_string(),
        _ => VALUE.to_owned(),
    }
}

/// The path with stand-ins for the values: once as if those of which it is not known had one part, once two.
fn paths(pane: &Pane, ctx: &Ctx<'_>) -> [String; 2] {
    let runbook: &Runbook = ctx.runbook;
    let kind = pane.of.first().and_then(|first| {
        let PathPart::Ref(r) = first else { return None };
        let object = match runbook.param(&r.name).map(|p| &p.source) {
            Some(ParamSource::K8s(k)) if r.fields.is_empty() && is_namespaced(&k.kind) => {
                Some(k.kind.as_str())
            }
            _ => None,
        };
        ctx.catalogue.kind_of_value.and_then(|kind| kind(&pane.view, object))
    });
    let kind = kind.map(|k| format!("{k}/")).unwrap_or_default();
    let parts = |r: &ParamRef| match runbook.param(&r.name).map(|p| &p.source) {
        Some(ParamSource::K8s(k)) if r.fields.is_empty() => Some(1 + usize::from(is_namespaced(&k.kind))),
        Some(ParamSource::K8s(_) | ParamSource::Container(_)) => Some(1),
        _ => None,
    };
    [1, 2].map(|unknown| {
        let fill = |p: &PathPart| match p {
            PathPart::Text(text) => text.clone(),
            PathPart::Ref(r) if parts(r).unwrap_or(unknown) == 1 => VALUE.to_owned(),
            PathPart::Ref(_) => format!("{VALUE}/{VALUE}"),
        };
        format!("{}/{kind}{}", pane.view, pane.of.iter().map(fill).collect::<String>())
    })
}

/// The references in a parameter's declaration.
fn param_refs(param: &Param) -> Vec<&ParamRef> {
    match &param.source {
        ParamSource::K8s(k) => {
            [&k.namespace, &k.label].into_iter().flatten().flat_map(Template::refs).collect()
        }
        ParamSource::File(file) => file.at.iter().flat_map(Template::refs).collect(),
        ParamSource::Container(pod) => vec![pod],
        _ => Vec::new(),
    }
}

/// A parameter may depend on those above it only, so that lists reload in one direction.
fn reference_to_earlier(reference: &ParamRef, index: usize, ctx: &mut Ctx<'_>) {
    let earlier = &ctx.runbook.params[..index];
    if ctx.runbook.param(&reference.name).is_some() && !earlier.iter().any(|p| p.name == reference.name) {
        let message = t!("runbook-check-parameter-order", name = reference.name);
        ctx.problems.error("param.order", reference.span, message);
    } else {
        one(reference, usize::MAX, None, ctx);
    }
}

/// The references of a step, besides `each`.
pub fn step_refs(kind: &StepKind) -> Vec<&ParamRef> {
    let mut found = Vec::new();
    match kind {
        StepKind::View(view) => {
            for pane in &view.show {
                found.extend(PathPart::refs(&pane.of));
                found.extend(pane.options.iter().flat_map(|(_, t)| t.refs()));
            }
        }
        StepKind::Action(action) => found.extend(action.call.with.iter().flat_map(|(_, t)| t.refs())),
        StepKind::Wait(wait) => {
            found.extend(wait.then.iter().flat_map(|(call, _)| call.with.iter()).flat_map(|(_, t)| t.refs()));
        }
        StepKind::Include(include) => found.extend(include.with.iter().flat_map(|(_, t)| t.refs())),
        _ => {}
    }
    if let Some(Rollback::Op(call)) = kind.policy().and_then(|p| p.rollback.as_ref()) {
        found.extend(call.with.iter().flat_map(|(_, t)| t.refs()));
    }
    match kind {
        StepKind::Shell(shell) => found.extend(shell.at.refs()),
        StepKind::View(view) => found.extend(view.at.iter().flat_map(At::refs)),
        _ => {}
    }
    found
}

fn one(reference: &ParamRef, step: usize, each: Option<&str>, ctx: &mut Ctx<'_>) {
    if ctx.problems.full() {
        return;
    }
    if reference.is_recorded() {
        recorded_earlier(reference, step, ctx);
        return;
    }
    let runbook = ctx.runbook;
    if reference.name == EACH && each == Some(EACH) {
        if let Some(field) = reference.fields.first() {
            let message = t!("runbook-check-each-field", name = EACH, field = field);
            ctx.problems.error("param.field", reference.span, message);
        }
        return;
    }
    let Some(param) = runbook.param(&reference.name) else {
        let help = suggest(&reference.name, runbook.params.iter().map(|p| p.name.as_str()));
        let message = t!("runbook-cond-no-parameter", field = reference.name);
        ctx.problems.error_help("param.unknown", reference.span, message, help);
        return;
    };
    let many = param.many && each != Some(reference.name.as_str());
    let known = fields(param, many);
    if let Some(field) = reference.fields.first()
        && let Some(known) = known
        && !known.contains(&field.as_str())
    {
        let help = suggest(field, known.iter().copied());
        let message = t!("runbook-check-parameter-field", name = reference.name, field = field);
        ctx.problems.error_help("param.field", reference.span, message, help);
    }
    if param.is_secret() {
        let message = t!("runbook-check-parameter-secret", name = reference.name);
        ctx.problems.error("param.secret", reference.span, message);
    }
}

/// What an earlier step records can be taken apart: a list, or text with line ends or commas between its elements.
fn recorded_list(list: &ParamRef, step: usize, ctx: &mut Ctx<'_>) {
    let [name, field, rest @ ..] = &list.fields[..] else { return };
    let runbook: &Runbook = ctx.runbook;
    let Some(by) = runbook.steps[..step].iter().find(|s| s.name == *name) else { return };
    let ty = recorded(&by.kind).get(field).copied();
    let secret = matches!(&by.kind, StepKind::Manual(m)
        if m.field(field).is_some_and(|f| matches!(f.ty, ValueType::Secret)));
    let message = if by.kind.each().is_some() {
        t!("runbook-check-each-of-lanes", step = name)
    } else if secret {
        t!("runbook-check-each-of-secret", step = name)
    } else if ty.is_some_and(|ty| ty.base != Base::Any && (ty.base != Base::Text || !rest.is_empty())) {
        t!("runbook-check-each-of-else", step = name)
    } else {
        return;
    };
    let help = t!("runbook-check-each-of-help").to_owned();
    ctx.problems.error_help("param.each", list.span, message, Some(help));
}

/// The fields of a parameter's value; `None` when they are not known.
fn fields(param: &Param, many: bool) -> Option<&'static [&'static str]> {
    Some(match &param.source {
        _ if many => &["first", "rest", "count"],
        ParamSource::K8s(k) if is_namespaced(&k.kind) => &["name", "namespace", "kind"],
        ParamSource::K8s(_) => &["name", "kind"],
        ParamSource::EtcdMember => &["name", "id", "peerUrl", "clientUrl", "all"],
        ParamSource::Step { .. } => return None,
        _ => &[],
    })
}

fn recorded_earlier(reference: &ParamRef, step: usize, ctx: &mut Ctx<'_>) {
    let runbook: &Runbook = ctx.runbook;
    let seen = |i: &usize| runbook.group_of(*i).is_none_or(|group| Some(group) == runbook.group_of(step));
    let earlier: Vec<_> =
        (0..step.min(runbook.steps.len())).filter(seen).map(|i| &runbook.steps[i]).collect();
    let [name, field, ..] = &reference.fields[..] else {
        ctx.problems.error("param.unknown", reference.span, t!("runbook-check-steps-shape"));
        return;
    };
    let found = earlier.iter().find(|s| s.name == *name).map(|s| recorded(&s.kind));
    let message = match found {
        Some(fields) if fields.contains_key(field) => return,
        Some(_) => t!("runbook-check-no-record", step = name, field = field),
        None => t!("runbook-cond-no-record", field = name),
    };
    let help = suggest(name, earlier.iter().map(|s| s.name.as_str()));
    ctx.problems.error_help("param.unknown", reference.span, message, help);
}
