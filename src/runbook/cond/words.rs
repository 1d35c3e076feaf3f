//! What decides an expression, as words and values for a person: `node worker-3 ready: no · lease age seconds 153, wanted < 20`.
//! Pure.
//!
//! Must not say what the expression does not ask for, and must not judge: whether it holds is [`super::Condition::test`].

use cel::IdedExpr;
use cel::common::ast::{CallExpr, ComprehensionExpr, Expr, LiteralValue, operators as ops};

use super::eval::Run;
use super::value::Value;
use super::{CondError, Scope};
use crate::lang::{self, t};

/// So many parts, and so many names of one list, are said; the rest is counted.
const MOST: usize = 4;

/// The parts of an expression that keep it from holding, or make it hold, with their values.
pub(super) fn words(source: &str, program: &cel::Program, scope: &Scope<'_>) -> Vec<String> {
    // What is only said must not be watched for.
    let scope = Scope { wants: None, ..*scope };
    let mut run = Run::new(source, program, &scope);
    let e = program.expression();
    let mut parts = Vec::new();
    match run.expr(e) {
        Ok(Value::Bool(held)) => explain(&mut run, e, held, &mut parts),
        Ok(other) => parts.push(other.to_string()),
        Err(why) => parts.push(unknown(&why)),
    }
    let more = parts.len().saturating_sub(MOST);
    parts.truncate(MOST);
    if more > 0 {
        parts.push(t!("runbook-cond-words-more", more = more));
    }
    parts
}

fn unknown_of(what: &str, why: &CondError) -> String {
    t!("runbook-cond-words-not-known-of", what = what, why = why)
}

fn unknown(why: &CondError) -> String {
    t!("runbook-cond-words-not-known", why = why)
}

/// Says why the expression is so.
fn explain(run: &mut Run<'_>, e: &IdedExpr, held: bool, out: &mut Vec<String>) {
    match &e.expr {
        Expr::Call(call) => match (call.func_name.as_str(), &call.args[..]) {
            (ops::LOGICAL_NOT, [inner]) => explain(run, inner, !held, out),
            (name @ (ops::LOGICAL_AND | ops::LOGICAL_OR), [a, b]) => {
                // What decides it alone is enough; where it takes both, both are said.
                let deciding = name == ops::LOGICAL_OR;
                for part in [a, b] {
                    match run.expr(part) {
                        Ok(Value::Bool(value)) if held != deciding || value == held => {
                            explain(run, part, value, out);
                        }
                        // Where the other part decides it, what is not known of this one says nothing.
                        Err(why) if held != deciding => out.push(unknown(&why)),
                        Ok(_) | Err(_) => {}
                    }
                }
            }
            (ops::CONDITIONAL, [c, a, b]) => {
                let chosen = if matches!(run.expr(c), Ok(Value::Bool(true))) { a } else { b };
                explain(run, chosen, held, out);
            }
            (name, [a, b]) if sign(name).is_some() => compared(run, call, a, b, held, out),
            _ => out.push(yes_or_no(run, e, held)),
        },
        Expr::Comprehension(c) => match quantifier(c) {
            Some((all, inner)) => counted(run, c, all, inner, out),
            None => out.push(yes_or_no(run, e, held)),
        },
        _ => out.push(yes_or_no(run, e, held)),
    }
}

fn yes_or_no(run: &mut Run<'_>, e: &IdedExpr, held: bool) -> String {
    let what = path(run, e);
    if held { t!("runbook-cond-words-so", what = what) } else { t!("runbook-cond-words-not-so", what = what) }
}

fn sign(name: &str) -> Option<&'static str> {
    Some(match name {
        ops::EQUALS => "=",
        ops::NOT_EQUALS => "≠",
        ops::LESS => "<",
        ops::LESS_EQUALS => "≤",
        ops::GREATER => ">",
        ops::GREATER_EQUALS => "≥",
        ops::IN => "∈",
        _ => return None,
    })
}

/// A comparison: the value that the cluster has, and what was wanted where it is not so.
fn compared(
    run: &mut Run<'_>,
    call: &CallExpr,
    a: &IdedExpr,
    b: &IdedExpr,
    held: bool,
    out: &mut Vec<String>,
) {
    // What is written out is no news.
    let (seen, wanted) = if matches!(a.expr, Expr::Literal(_)) { (b, a) } else { (a, b) };
    let what = path(run, seen);
    let value = match value_of(run, seen) {
        Ok(value) => value,
        Err(why) => return out.push(unknown_of(&what, &why)),
    };
    let mut said = if what == value { what } else { format!("{what} {value}") };
    let literal = matches!(wanted.expr, Expr::Literal(_) | Expr::List(_));
    if !literal || !held {
        let other =
            listed(run, wanted).unwrap_or_else(|| value_of(run, wanted).unwrap_or_else(|why| unknown(&why)));
        let sign = sign(&call.func_name).unwrap_or_default();
        let other = if literal { other } else { with_path(&path(run, wanted), &other) };
        said = match call.func_name.as_str() {
            _ if held => t!("runbook-cond-words-beside", said = said, other = other),
            ops::IN => t!("runbook-cond-words-wanted-one-of", said = said, items = other),
            _ => t!("runbook-cond-words-wanted", said = said, sign = sign, other = other),
        };
    }
    out.push(said);
}

/// The words of a list that is written out.
fn listed(run: &mut Run<'_>, e: &IdedExpr) -> Option<String> {
    let Expr::List(list) = &e.expr else { return None };
    let items: Option<Vec<_>> = list.elements.iter().map(|item| value_of(run, item).ok()).collect();
    Some(lang::list(items?))
}

fn with_path(path: &str, value: &str) -> String {
    if path == value { value.to_owned() } else { format!("{path} {value}") }
}

/// A value for a person: of a list how many there are and which.
fn value_of(run: &mut Run<'_>, e: &IdedExpr) -> Result<String, CondError> {
    if let Expr::Call(call) = &e.expr
        && let (Some(list), "size", []) = (&call.target, call.func_name.as_str(), &call.args[..])
        && let Value::List(items) = run.expr(list)?
    {
        return Ok(several(run, &items));
    }
    Ok(match run.expr(e)? {
        Value::Bool(true) => t!("runbook-cond-words-yes").to_owned(),
        Value::Bool(false) => t!("runbook-cond-words-no").to_owned(),
        Value::Text(text) if text.is_empty() => t!("runbook-cond-words-empty").to_owned(),
        Value::Null => t!("runbook-cond-words-none").to_owned(),
        Value::List(items) => several(run, &items),
        other => short(&name_of(run, &other)),
    })
}

/// The first line of a value, as far as it has room among others.
fn short(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= LONGEST && line.len() == text.len() {
        return line.to_owned();
    }
    line.chars().take(LONGEST).chain(['…']).collect()
}

/// An element as people call it: an object by its name, with its namespace where it has one.
fn name_of(run: &Run<'_>, value: &Value) -> String {
    let Value::Object(_) = value else { return value.words() };
    let field = |name: &str| match super::read::field(value, name, run.scope()) {
        Ok(Some(Value::Text(text))) if !text.is_empty() => Some(text.to_string()),
        _ => None,
    };
    match (field("namespace"), field("name")) {
        (Some(namespace), Some(name)) => format!("{namespace}/{name}"),
        (None, Some(name)) => name,
        _ => value.words(),
    }
}

fn several(run: &Run<'_>, items: &[Value]) -> String {
    let names = lang::list(items.iter().take(MOST).map(|item| short(&name_of(run, item))));
    match items.len() {
        0 => "0".to_owned(),
        count if count > MOST => {
            t!("runbook-cond-words-several-more", count = count, names = names, more = count - MOST)
        }
        count => t!("runbook-cond-words-several", count = count, names = names),
    }
}

/// Whether this is `all` (true) or `exists` (false), and what it asks of each element.
fn quantifier(c: &ComprehensionExpr) -> Option<(bool, &IdedExpr)> {
    let Expr::Literal(LiteralValue::Boolean(from)) = &c.accu_init.expr else { return None };
    let Expr::Call(step) = &c.loop_step.expr else { return None };
    let all = *from.inner();
    let wanted = if all { ops::LOGICAL_AND } else { ops::LOGICAL_OR };
    (step.func_name == wanted).then(|| step.args.get(1)).flatten().map(|inner| (all, inner))
}

/// For a list of which something is asked: how many of how many, and which.
fn counted(run: &mut Run<'_>, c: &ComprehensionExpr, all: bool, inner: &IdedExpr, out: &mut Vec<String>) {
    let what = path(run, &c.iter_range);
    let items = match run.expr(&c.iter_range) {
        Ok(Value::List(items)) => items,
        Ok(_) => return,
        Err(why) => return out.push(unknown_of(&what, &why)),
    };
    let mut named = Vec::new();
    for item in items.iter() {
        let value = run.with(&c.iter_var, item.clone(), |run| run.expr(inner));
        // For `all` those that are not so are named, for `exists` those that are.
        if matches!(value, Ok(Value::Bool(true))) != all {
            named.push(item.clone());
        }
    }
    let so = run.with_name(&c.iter_var, |run| path(run, inner));
    let so = so.trim().to_owned();
    out.push(match (all, named.is_empty()) {
        (true, true) => t!("runbook-cond-words-all", what = what, count = items.len(), so = so),
        (true, false) => t!(
            "runbook-cond-words-not-of",
            what = what,
            so = so,
            named = several(run, &named),
            count = items.len()
        ),
        (false, true) => t!("runbook-cond-words-none-of", what = what, count = items.len(), so = so),
        (false, false) => t!(
            "runbook-cond-words-of",
            what = what,
            so = so,
            named = several(run, &named),
            count = items.len()
        ),
    });
}

/// What an expression is about, in words: `node(p.node).leaseAgeSeconds` is `node worker-3 lease age seconds`.
fn path(run: &mut Run<'_>, e: &IdedExpr) -> String {
    match &e.expr {
        Expr::Literal(_) => run.expr(e).map(|v| v.words()).unwrap_or_default(),
        // The element of a list is named where it is counted.
        Expr::Ident(name) if run.is_named(name) => String::new(),
        Expr::Ident(name) if name == "steps" => String::new(),
        Expr::Ident(name) => name.clone(),
        Expr::Select(select) => {
            // What was given and what was chosen is called by its value, and what a step recorded by its name.
            if let Expr::Ident(of) = &select.operand.expr
                && of == "p"
            {
                return value_of(run, e).unwrap_or_else(|_| select.field.clone());
            }
            let field = apart(&select.field);
            let field = if select.test { t!("runbook-cond-words-has", field = field) } else { field };
            join(&path(run, &select.operand), &field)
        }
        Expr::Call(call) => called(run, e, call),
        Expr::Comprehension(c) => match quantifier(c) {
            // A list that is sifted is called by what it is sifted out of.
            None => path(run, &c.iter_range),
            Some((_, inner)) => {
                let so = run.with_name(&c.iter_var, |run| path(run, inner));
                join(&path(run, &c.iter_range), so.trim())
            }
        },
        Expr::List(_) => listed(run, e).unwrap_or_default(),
        _ => String::new(),
    }
}

fn called(run: &mut Run<'_>, e: &IdedExpr, call: &CallExpr) -> String {
    let name = call.func_name.as_str();
    match (name, &call.args[..], &call.target) {
        (ops::LOGICAL_NOT, [inner], _) => {
            t!("runbook-cond-words-not", what = path(run, inner).trim()).trim().to_owned()
        }
        (ops::LOGICAL_AND, [a, b], _) => t!("runbook-cond-words-and", a = path(run, a), b = path(run, b)),
        (ops::LOGICAL_OR, [a, b], _) => t!("runbook-cond-words-or", a = path(run, a), b = path(run, b)),
        (ops::CONDITIONAL, ..) => value_of(run, e).unwrap_or_default(),
        (ops::IN, [a, b], _) => t!("runbook-cond-words-one-of", value = path(run, a), items = path(run, b)),
        (_, [a, b], _) if sign(name).is_some() => {
            format!("{} {} {}", path(run, a), sign(name).unwrap_or_default(), path(run, b))
        }
        (ops::INDEX, [of, _], _) => path(run, of),
        ("size", [], Some(list)) => path(run, list),
        (_, args, Some(target)) => {
            let args: Vec<_> = args.iter().map(|a| path(run, a)).collect();
            join(&path(run, target), &format!("{} {}", apart(name), args.join(" ")))
        }
        (_, args, None) if name.starts_with(|c: char| c.is_alphabetic()) => {
            let args: Vec<_> = args.iter().map(|a| path(run, a)).collect();
            join(&apart(name), &args.join(" "))
        }
        _ => value_of(run, e).unwrap_or_default(),
    }
}

fn join(a: &str, b: &str) -> String {
    format!("{} {}", a.trim(), b.trim()).trim().to_owned()
}

/// A name of several words, apart: `leaseAgeSeconds` is `lease age seconds`.
fn apart(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            out.push(' ');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}
