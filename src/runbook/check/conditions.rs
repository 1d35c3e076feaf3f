//! Every condition compiles, names what exists, and gives true or false where that is needed.

use std::collections::BTreeMap;

use super::super::cond::{Base, CondError, Declared, Object, Ty, compile_with};
use super::super::model::{
    CaptureFrom, CondSource, Means, Param, ParamSource, Runbook, Span, Step, StepKind, ValueType, VerifyBy,
};
use super::super::params::is_namespaced;
use super::Ctx;
use crate::lang::t;

pub fn check(ctx: &mut Ctx<'_>) {
    let runbook = ctx.runbook;
    for (index, step) in runbook.steps.iter().enumerate() {
        if !has_conditions(step) {
            continue;
        }
        // A proof and an `each` of the step itself may use what the step records.
        let before = declared(runbook, index, false);
        let after = declared(runbook, index, true);
        let each = runbook.each_of(index);
        // A group is needed or not for all of its elements.
        if let Some(when) = step.common.when.as_ref().filter(|_| matches!(step.kind, StepKind::Group(_))) {
            truth(when, &before, ctx);
        }
        let (before, after) = (one_element(runbook, before, each), one_element(runbook, after, each));
        if let Some(when) = step.common.when.as_ref().filter(|_| !matches!(step.kind, StepKind::Group(_))) {
            truth(when, &before, ctx);
        }
        step.common.means.iter().flat_map(Means::values).for_each(|value| {
            condition(value, &after, ctx);
        });
        match &step.kind {
            StepKind::Check(check) => truth(&check.expect, &before, ctx),
            StepKind::Decision(decision) => {
                if let Some(value) = &decision.value {
                    let ty = condition(value, &before, ctx);
                    decision_cases(ty, decision, ctx);
                }
            }
            StepKind::Wait(wait) => truth(&wait.until, &before, ctx),
            StepKind::Manual(manual) => {
                manual
                    .record
                    .iter()
                    .filter_map(|f| f.from.as_ref())
                    .for_each(|from| list(from, &before, ctx));
            }
            _ => {}
        }
        if let Some(policy) = step.kind.policy() {
            policy.before.iter().for_each(|c| truth(c, &before, ctx));
            if let Some(VerifyBy::Condition(c)) = policy.verify.as_ref().map(|v| &v.by) {
                truth(c, &after, ctx);
            }
        }
    }
}

/// Whether a step has anything that is checked here.
fn has_conditions(step: &Step) -> bool {
    let kind = &step.kind;
    step.common.when.is_some()
        || matches!(
            kind,
            StepKind::Check(_) | StepKind::Decision(_) | StepKind::Wait(_) | StepKind::Manual(_)
        )
        || kind.policy().is_some_and(|p| !p.before.is_empty() || p.verify.is_some())
}

/// Inside of a step with `each`, the parameter is one element.
fn one_element(
    runbook: &Runbook,
    mut declared: Declared,
    each: Option<&super::super::model::ParamRef>,
) -> Declared {
    if let Some(param) = each.and_then(|e| runbook.param(&e.name)) {
        declared.params.insert(param.name.clone(), Ty { list: false, ..param_type(param) });
    } else if let Some(list) = each.filter(|e| e.is_recorded()) {
        let ty = element_type(&declared, list);
        declared.params.insert(list.element().to_owned(), ty);
    }
    declared
}

/// The type of one element of a recorded list, as far as it is known.
fn element_type(declared: &Declared, list: &super::super::model::ParamRef) -> Ty {
    let [step, field, ..] = &list.fields[..] else { return Ty::ANY };
    let ty = declared.steps.get(step).and_then(|fields| fields.get(field));
    ty.filter(|_| list.fields.len() == 2).map_or(Ty::ANY, |ty| Ty { list: false, ..*ty })
}

fn truth(source: &CondSource, declared: &Declared, ctx: &mut Ctx<'_>) {
    if let Some(ty) = condition(source, declared, ctx)
        && ty != Ty::ANY
        && ty != Ty::one(Base::Bool)
    {
        let message = t!("runbook-check-condition-type", words = ty.words());
        ctx.problems.error("condition.type", source.span, message);
    }
}

/// What a value is picked from is a list of texts or numbers.
fn list(source: &CondSource, declared: &Declared, ctx: &mut Ctx<'_>) {
    let Some(ty) = condition(source, declared, ctx) else { return };
    if ty != Ty::ANY && (!ty.list || matches!(ty.base, Base::Object(_) | Base::Map)) {
        let message = t!("runbook-check-from-type", words = ty.words());
        let help = Some("`object(...).finalizers`, `pods(p.ns).map(x, x.name)`".to_owned());
        ctx.problems.error_help("record.from", source.span, message, help);
    }
}

fn condition(source: &CondSource, declared: &Declared, ctx: &mut Ctx<'_>) -> Option<Ty> {
    match compile_with(&source.text, Some(declared)) {
        Ok(condition) => Some(condition.ty()),
        Err(CondError::Invalid { message, help, at }) => {
            // Offsets fit when the text stands in the file as it is; folded scalars get their start.
            let exact = source.span.of(&ctx.runbook.source) == source.text;
            let start = source.span.start + at.start;
            let span = if exact { Span::new(start, source.span.start + at.end) } else { source.span };
            ctx.problems.error_help("condition.invalid", span, message, help);
            None
        }
        Err(CondError::Unknown(_)) => None,
    }
}

fn decision_cases(ty: Option<Ty>, decision: &super::super::model::Decision, ctx: &mut Ctx<'_>) {
    if ty != Some(Ty::one(Base::Bool)) {
        return;
    }
    for case in decision.cases.iter().filter(|c| c.value != "true" && c.value != "false") {
        let message = t!("runbook-check-case-never", value = case.value);
        ctx.problems.error("decision.case", case.span, message);
    }
}

/// What conditions of the step with this index may use: all parameters, and what the steps before it record, and it `itself`
/// where that counts. What a step of a group records has a value for each element, and is known in that group only.
pub fn declared(runbook: &Runbook, index: usize, itself: bool) -> Declared {
    let home = runbook.group_of(index);
    let seen = |i: &usize| runbook.group_of(*i).is_none_or(|group| Some(group) == home);
    let params = runbook.params.iter().map(|p| (p.name.clone(), param_type(p))).collect();
    let earlier =
        (0..(index + usize::from(itself)).min(runbook.steps.len())).filter(seen).map(|i| &runbook.steps[i]);
    let steps = earlier.map(|s| (s.name.clone(), recorded(&s.kind))).filter(|(_, r)| !r.is_empty()).collect();
    Declared { params, steps }
}

fn value_type(ty: &ValueType) -> Ty {
    Ty::one(match ty {
        ValueType::Int { .. } | ValueType::Duration { .. } => Base::Int,
        ValueType::Bool => Base::Bool,
        ValueType::Secret => Base::Any,
        _ => Base::Text,
    })
}

fn param_type(param: &Param) -> Ty {
    let one = match &param.source {
        ParamSource::Typed(ty) => value_type(ty),
        ParamSource::K8s(k) if is_namespaced(&k.kind) => Ty::one(Base::Object(Object::Reference)),
        ParamSource::EtcdMember => Ty::one(Base::Map),
        ParamSource::Step { .. } => Ty::ANY,
        _ => Ty::one(Base::Text),
    };
    Ty { list: param.many, ..one }
}

/// What a step records, with types.
pub fn recorded(kind: &StepKind) -> BTreeMap<String, Ty> {
    match kind {
        StepKind::Manual(manual) => {
            manual.record.iter().map(|f| (f.name.clone(), value_type(&f.ty))).collect()
        }
        StepKind::Shell(shell) => {
            let ty = |from| match from {
                CaptureFrom::Stdout | CaptureFrom::Stderr => Ty::one(Base::Text),
                CaptureFrom::List => Ty { list: true, ..Ty::one(Base::Text) },
                CaptureFrom::Exit => Ty::one(Base::Int),
                CaptureFrom::Json => Ty::ANY,
            };
            shell.capture.iter().map(|c| (c.name.clone(), ty(c.from))).collect()
        }
        _ => BTreeMap::new(),
    }
}
