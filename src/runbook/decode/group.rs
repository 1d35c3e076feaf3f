//! Groups, and whose turn it is among the elements of a list: the keys that groups, action and shell steps share.

use super::super::model::{Group, Order, ParamRef, Span, Turns};
use super::super::yaml::{Node, Value};
use super::fields::Fields;
use super::{Ctx, scalars, template};
use crate::lang::t;

const ORDER: [(&str, Order); 3] =
    [("one-by-one", Order::OneByOne), ("parallel", Order::Parallel), ("waves", Order::Waves)];

/// Reads `step=group`.
pub fn group(fields: &mut Fields<'_>, place: Span, ctx: &mut Ctx<'_>) -> Option<Group> {
    let each = fields.need("each", place, ctx.problems);
    let steps = fields.need("steps", place, ctx.problems);
    let turns = turns(fields, ctx);
    let steps = steps?;
    let Value::Seq(items) = &steps.value else {
        let message = t!("runbook-decode-group-steps");
        ctx.problems.error("group.steps", steps.span, message);
        return None;
    };
    let name = |n: &Node, ctx: &mut Ctx<'_>| {
        Some((scalars::text(t!("runbook-decode-a-step"), n, ctx.problems)?, n.span))
    };
    let names: Vec<_> = items.iter().filter_map(|n| name(n, ctx)).collect();
    if names.is_empty() {
        ctx.problems.error("group.steps", steps.span, t!("runbook-decode-group-empty"));
    }
    Some(Group { each: each_ref(each?, ctx)?, steps: names, turns })
}

/// Reads `order`, `max_parallel` and `may_fail`.
pub fn turns(fields: &mut Fields<'_>, ctx: &mut Ctx<'_>) -> Turns {
    let (order, most) = (fields.get("order"), fields.get("max_parallel"));
    let fail = fields.get("may_fail");
    let turns = Turns {
        order: order.and_then(|n| scalars::choice("`order`", n, &ORDER, ctx.problems)).unwrap_or_default(),
        max_parallel: most.and_then(|n| scalars::count("`max_parallel`", n, ctx.problems)),
        may_fail: fail.and_then(|n| scalars::count("`may_fail`", n, ctx.problems)).unwrap_or_default(),
    };
    if let Some(order) = order.filter(|_| turns.order == Order::Waves && most.is_none()) {
        let help = Some(t!("runbook-decode-waves-help").to_owned());
        ctx.problems.error_help("group.waves", order.span, t!("runbook-decode-waves"), help);
    }
    if let Some(most) = most.filter(|_| turns.order == Order::OneByOne) {
        let help = Some(t!("runbook-decode-one-by-one-help").to_owned());
        let message = t!("runbook-decode-one-by-one");
        ctx.problems.warn("group.order", most.span, message, help);
    }
    turns
}

/// Reads `each`.
pub fn each_ref(node: &Node, ctx: &mut Ctx<'_>) -> Option<ParamRef> {
    let text = scalars::text("`each`", node, ctx.problems)?;
    let found = template::reference(&text, template::text_start(node));
    if found.is_none() {
        ctx.problems.error("param.each", node.span, t!("runbook-decode-each", text = text));
    }
    found
}
