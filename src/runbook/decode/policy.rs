//! Risk, proof, way back: the keys that action and shell steps share.

use std::time::Duration;

use super::super::model::{OpCall, Peer, Policy, Retry, Risk, Rollback, Span, Verify, VerifyBy};
use super::super::yaml::{Node, Value};
use super::fields::Fields;
use super::{Ctx, group, scalars, template};
use crate::lang::t;

/// Pause between attempts when `retry:` is only a number.
const RETRY_PAUSE: Duration = Duration::from_secs(5);

/// Reads a risk word.
pub fn risk(what: &str, node: &Node, ctx: &mut Ctx<'_>) -> Option<Risk> {
    scalars::choice(what, node, &Risk::ALL.map(|r| (r.word(), r)), ctx.problems)
}

/// Reads the shared keys out of a step's fields.
pub fn policy(fields: &mut Fields<'_>, script_allowed: bool, ctx: &mut Ctx<'_>) -> Policy {
    let risk_node = fields.get("risk");
    let before = fields.get("before");
    let verify_node = fields.get("verify");
    let rollback_node = fields.get("rollback");
    let (timeout, retry_node, peer_node) = (fields.get("timeout"), fields.get("retry"), fields.get("peer"));
    let each = fields.get("each");
    Policy {
        risk: risk_node.and_then(|n| risk("`risk`", n, ctx)).unwrap_or_default(),
        risk_span: risk_node.map(|n| n.span),
        before: before.map(|n| conditions("`before`", n, ctx)).unwrap_or_default(),
        verify: verify_node.and_then(|n| verify(n, script_allowed, ctx)),
        rollback: rollback_node.and_then(|n| rollback(n, ctx)),
        timeout: timeout.and_then(|n| scalars::duration("`timeout`", n, ctx.problems)),
        retry: retry_node.and_then(|n| retry(n, ctx)),
        peer: peer_node.map(|n| peer(n, ctx)).unwrap_or_default(),
        each: each.and_then(|n| group::each_ref(n, ctx)),
        turns: group::turns(fields, ctx),
    }
}

/// A list of conditions, or one.
fn conditions(what: &str, node: &Node, ctx: &mut Ctx<'_>) -> Vec<super::super::model::CondSource> {
    match &node.value {
        Value::Seq(items) => items.iter().filter_map(|n| scalars::condition(what, n, ctx.problems)).collect(),
        _ => scalars::condition(what, node, ctx.problems).into_iter().collect(),
    }
}

/// Reads `peer: required`.
pub fn peer(node: &Node, ctx: &mut Ctx<'_>) -> Peer {
    scalars::choice("`peer`", node, &[("required", Peer::Required)], ctx.problems).unwrap_or_default()
}

fn verify(node: &Node, script_allowed: bool, ctx: &mut Ctx<'_>) -> Option<Verify> {
    if node.text().is_some() {
        let condition = scalars::condition("`verify`", node, ctx.problems)?;
        let by = VerifyBy::Condition(condition);
        return Some(Verify { by, within: None, stable: Duration::ZERO, span: node.span });
    }
    let mut fields = Fields::new("`verify`", node, ctx.problems)?;
    let (expect, script) = (fields.get("expect"), fields.get("sh"));
    let within = fields.get("within").and_then(|n| scalars::duration("`within`", n, ctx.problems));
    let stable = fields.get("stable").and_then(|n| scalars::duration("`stable`", n, ctx.problems));
    fields.finish(ctx.problems);
    let by = match (expect, script) {
        (Some(e), None) => VerifyBy::Condition(scalars::condition("`expect`", e, ctx.problems)?),
        (None, Some(s)) => {
            if !script_allowed {
                let help = t!("runbook-decode-verify-script-help").to_owned();
                ctx.problems.error_help(
                    "verify.script",
                    s.span,
                    t!("runbook-decode-verify-script"),
                    Some(help),
                );
            }
            VerifyBy::Script(scalars::text("`sh`", s, ctx.problems)?)
        }
        _ => {
            ctx.problems.error("verify.shape", node.span, t!("runbook-decode-verify"));
            return None;
        }
    };
    Some(Verify { by, within, stable: stable.unwrap_or_default(), span: node.span })
}

fn rollback(node: &Node, ctx: &mut Ctx<'_>) -> Option<Rollback> {
    if let Some(name) = node.text() {
        return Some(Rollback::Step { name: name.to_owned(), span: node.span });
    }
    let mut fields = Fields::new("`rollback`", node, ctx.problems)?;
    let (no_way, step, op) = (fields.get("none"), fields.get("step"), fields.get("op"));
    let with = fields.get("with");
    fields.finish(ctx.problems);
    match (no_way, step, op) {
        (Some(n), None, None) => {
            let reason = scalars::text("`none`", n, ctx.problems)?;
            if reason.trim().is_empty() {
                ctx.problems.error("rollback.reason", n.span, t!("runbook-decode-rollback-reason"));
            }
            Some(Rollback::None { reason })
        }
        (None, Some(n), None) => {
            Some(Rollback::Step { name: scalars::text("`step`", n, ctx.problems)?, span: n.span })
        }
        (None, None, Some(n)) => Some(Rollback::Op(op_call(n, with, ctx)?)),
        _ => {
            let message = t!("runbook-decode-rollback");
            ctx.problems.error("rollback.shape", node.span, message);
            None
        }
    }
}

/// Reads `op:` and `with:`.
pub fn op_call(op: &Node, with: Option<&Node>, ctx: &mut Ctx<'_>) -> Option<OpCall> {
    let id = scalars::text("`op`", op, ctx.problems)?;
    let args = with.map(|n| arguments(n, ctx)).unwrap_or_default();
    let (with_spans, with) = args.into_iter().map(|(span, name, value)| (span, (name, value))).unzip();
    Some(OpCall { op: id, with, span: op.span, with_spans })
}

/// Reads the map of `with:`.
pub fn arguments(node: &Node, ctx: &mut Ctx<'_>) -> Vec<(Span, String, super::super::model::Template)> {
    let Some(fields) = Fields::new("`with`", node, ctx.problems) else { return Vec::new() };
    let one = |(k, v): &(super::super::yaml::KeyNode, Node)| {
        (k.span, k.text.clone(), template::template(v, ctx.problems))
    };
    fields.entries().iter().map(one).collect()
}

fn retry(node: &Node, ctx: &mut Ctx<'_>) -> Option<Retry> {
    if let Value::Int(_) = node.value {
        return Some(Retry { times: scalars::count("`retry`", node, ctx.problems)?, every: RETRY_PAUSE });
    }
    let mut fields = Fields::new("`retry`", node, ctx.problems)?;
    let times = fields.need("times", node.span, ctx.problems);
    let every = fields.get("every").and_then(|n| scalars::duration("`every`", n, ctx.problems));
    fields.finish(ctx.problems);
    let times = scalars::count("`times`", times?, ctx.problems)?;
    Some(Retry { times, every: every.unwrap_or(RETRY_PAUSE) })
}
