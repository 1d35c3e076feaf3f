//! Conditions: what compiles gives an answer within its budget.

use opsbook::runbook::cond::{Scope, compile};
use opsbook::runbook::params::{Recorded, Values};
use proptest::prelude::*;

use super::{fuzz, mutate};
use crate::support::{World, now};

const SEEDS: &[&str] = &[
    "node(p.node).ready && age(node(p.node).lease.renewed) < duration('40s')",
    "pods('shop').filter(x, x.ready).size() > 0",
    "[1, 2, 3].map(x, x * 2).exists(x, x == 4) ? 'a' + 'b' : 'c'",
    "nodes().all(n, n.ready) || 'x'.matches('^a+$')",
    "object('Deployment', 'shop', 'web').spec.replicas == 3",
    "{'a': [1, 2], 'b': {'c': 'd'}}.a[0] in [1, 2, 3]",
    "[0,1,2,3,4,5,6,7].map(a, [0,1,2,3,4,5,6,7].map(b, [0,1,2,3].map(c, 'abcdefgh' + string(a * b * c))))",
];

const WORDS: &[&str] = &[
    ".map(x, x + x)",
    ".filter(y, true)",
    ".exists(z, z == z)",
    "'aaaaaaaa'",
    " + ",
    " && ",
    " || ",
    "!",
    "((((",
    "))))",
    "[",
    "]",
    "{",
    "}",
    "? :",
    "9223372036854775807",
    "-1",
    "duration('1s')",
    "timestamp('2026-01-01T00:00:00Z')",
    "node('a')",
    "pods('shop')",
    "p.x",
    "steps.a.b",
    "size(",
    ".matches('(a+)+$')",
    "\u{0}",
    "1.0e308",
    "b'\\xff'",
];

#[test]
fn conditions_answer_within_their_budget_whatever_they_say() {
    let snapshot = World::healthy().0;
    let (params, steps) = (Values::default(), Recorded::default());
    fuzz("conditions", &mutate::text(SEEDS, WORDS), |source| {
        let Ok(condition) = compile(&source) else { return Ok(()) };
        let scope =
            Scope { snapshot: Some(&snapshot), params: &params, steps: &steps, now: now(), wants: None };
        if let Ok(value) = condition.eval(&scope) {
            let shown = value.to_string();
            prop_assert!(shown.len() <= 8 << 20, "a value of {} bytes", shown.len());
        }
        Ok(())
    });
}
