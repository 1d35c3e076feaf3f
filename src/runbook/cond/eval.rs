//! Evaluates an expression. An answer that does not depend on an unknown part is given in spite of it:
//! `false && unknown` is false, `true || unknown` is true.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use cel::IdedExpr;
use cel::common::ast::{
    CallExpr, ComprehensionExpr, EntryExpr, Expr, LiteralValue, SelectExpr, operators as ops,
};

use super::super::model::Span;
use super::means::Means;
use super::value::Value;
use super::{CondError, Places, Scope, functions, invalid, read};
use crate::lang::t;

/// A value, or why there is none.
pub type Evaluated = Result<Value, CondError>;

/// Evaluates a program.
pub fn evaluate(source: &str, program: &cel::Program, scope: &Scope<'_>) -> Evaluated {
    Run::new(source, program, scope).expr(program.expression())
}

/// One evaluation.
pub(super) struct Run<'a> {
    places: Places<'a>,
    scope: &'a Scope<'a>,
    /// Variables of loops; an accumulator may be unknown.
    locals: Vec<(String, Evaluated)>,
    means: Means,
}

impl<'a> Run<'a> {
    pub(super) fn new(source: &'a str, program: &'a cel::Program, scope: &'a Scope<'a>) -> Run<'a> {
        Run { places: Places::new(source, program), scope, locals: Vec::new(), means: Means::default() }
    }

    pub(super) fn scope(&self) -> &Scope<'a> {
        self.scope
    }

    /// Does something while a name stands for this value.
    pub(super) fn with<T>(&mut self, name: &str, value: Value, act: impl FnOnce(&mut Self) -> T) -> T {
        self.locals.push((name.to_owned(), Ok(value)));
        let came = act(self);
        self.locals.pop();
        came
    }

    /// Does something while a name stands for an element that is not looked at.
    pub(super) fn with_name<T>(&mut self, name: &str, act: impl FnOnce(&mut Self) -> T) -> T {
        self.with(name, Value::Null, act)
    }

    /// Whether a name stands for an element.
    pub(super) fn is_named(&self, name: &str) -> bool {
        self.locals.iter().any(|(known, _)| known == name)
    }
}

impl Run<'_> {
    fn fault(&self, id: u64, message: impl Into<String>) -> CondError {
        invalid(message, None, self.places.of(id))
    }

    pub(super) fn expr(&mut self, e: &IdedExpr) -> Evaluated {
        self.means.steps(1)?;
        match &e.expr {
            Expr::Literal(l) => {
                let value = literal(l);
                self.means.made(&value)?;
                Ok(value)
            }
            Expr::Ident(name) => match self.locals.iter().rev().find(|(n, _)| n == name) {
                Some((_, value)) => value.clone(),
                None => read::variable(name)
                    .ok_or_else(|| self.fault(e.id, t!("runbook-cond-no-name", name = name))),
            },
            Expr::Select(select) => self.select(e.id, select),
            Expr::Call(call) => self.call(e.id, call),
            Expr::Comprehension(c) => self.comprehension(c),
            Expr::List(list) => {
                self.means.items(list.elements.len())?;
                let items: Result<Vec<_>, _> = list.elements.iter().map(|i| self.expr(i)).collect();
                Ok(Value::list(items?))
            }
            Expr::Map(map) => {
                self.means.items(map.entries.len())?;
                let mut out = BTreeMap::new();
                for entry in &map.entries {
                    if let EntryExpr::MapEntry(entry) = &entry.expr {
                        let key = self.key(&entry.key)?;
                        out.insert(key, self.expr(&entry.value)?);
                    }
                }
                Ok(Value::Map(Arc::new(out)))
            }
            Expr::Struct(_) | Expr::Unspecified => Err(self.fault(e.id, t!("runbook-cond-no-objects"))),
        }
    }

    /// The key of a map, as text.
    fn key(&mut self, e: &IdedExpr) -> Result<String, CondError> {
        let value = self.expr(e)?;
        if let Value::Text(text) = &value {
            self.means.text(text.len())?;
        }
        Ok(value.to_string())
    }

    fn select(&mut self, id: u64, select: &SelectExpr) -> Evaluated {
        // What a parameter has, where it was not given, is not there either.
        if select.test && self.part_of_not_given(&select.operand) {
            return Ok(Value::Bool(false));
        }
        let operand = self.expr(&select.operand)?;
        // Whether a parameter was given is known, also where it was not.
        if select.test && read::not_given(&operand, &select.field, self.scope) {
            return Ok(Value::Bool(false));
        }
        let found = read::field(&operand, &select.field, self.scope)?;
        // A field of an object is read into a value of its own, that of a map is there already.
        if let (Value::Object(_), Some(value)) = (&operand, &found) {
            self.means.made(value)?;
        }
        if select.test {
            return Ok(Value::Bool(found.is_some_and(|v| !matches!(v, Value::Null))));
        }
        found.ok_or_else(|| {
            self.fault(id, t!("runbook-cond-has-no", what = operand.what(), field = select.field))
        })
    }

    /// Whether this is a parameter without a value, or a field of one.
    fn part_of_not_given(&mut self, e: &IdedExpr) -> bool {
        let Expr::Select(select) = &e.expr else { return false };
        let of = |operand: Value| read::not_given(&operand, &select.field, self.scope);
        self.expr(&select.operand).is_ok_and(of) || self.part_of_not_given(&select.operand)
    }

    fn call(&mut self, id: u64, call: &CallExpr) -> Evaluated {
        match (call.func_name.as_str(), &call.args[..]) {
            (ops::LOGICAL_AND, [a, b]) => return self.logical(a, b, false),
            (ops::LOGICAL_OR, [a, b]) => return self.logical(a, b, true),
            (ops::CONDITIONAL, [c, a, b]) => {
                let chosen = if self.boolean(c)? { a } else { b };
                return self.expr(chosen);
            }
            (ops::NOT_STRICTLY_FALSE, [a]) => {
                let value = self.expr(a);
                return Ok(Value::Bool(!matches!(value, Ok(Value::Bool(false)))));
            }
            (ops::ADD, [to, what]) if self.grows(to) => return self.grow(what),
            _ => {}
        }
        let target = call.target.as_ref().map(|t| self.expr(t)).transpose()?;
        let args: Result<Vec<_>, _> = call.args.iter().map(|a| self.expr(a)).collect();
        let args = args?;
        let name = call.func_name.as_str();
        let result = match target {
            Some(target) => functions::method(&target, name, &args, self.scope, &mut self.means),
            None => match operator(name, &args, &mut self.means) {
                Some(result) => result,
                None => functions::function(name, &args, self.scope, &mut self.means),
            },
        };
        // A fault found inside of a function has no place of its own.
        result.map_err(|e| match e {
            CondError::Invalid { message, help, .. } => invalid(message, help, self.places.of(id)),
            unknown @ CondError::Unknown(_) => unknown,
        })
    }

    fn boolean(&mut self, e: &IdedExpr) -> Result<bool, CondError> {
        match self.expr(e)? {
            Value::Bool(b) => Ok(b),
            other => Err(self.fault(e.id, t!("runbook-cond-no-bool", what = other.what()))),
        }
    }

    /// `&&` with `decides` false, `||` with `decides` true: the deciding value wins over an unknown one.
    fn logical(&mut self, a: &IdedExpr, b: &IdedExpr, decides: bool) -> Evaluated {
        let first = self.boolean(a);
        if first == Ok(decides) {
            return Ok(Value::Bool(decides));
        }
        let second = self.boolean(b);
        if second == Ok(decides) {
            return Ok(Value::Bool(decides));
        }
        first?;
        second.map(Value::Bool)
    }

    /// Whether this is the list that the innermost loop collects into. No name of an expression reaches it, so nothing else
    /// looks at it in the same turn.
    fn grows(&self, e: &IdedExpr) -> bool {
        matches!((&e.expr, self.locals.last()), (Expr::Ident(name), Some((last, Ok(Value::List(_)))))
            if name == last && name.starts_with('@'))
    }

    /// Puts more into the list that the innermost loop collects into: in its place, since a copy for each element would be
    /// a square of them.
    fn grow(&mut self, what: &IdedExpr) -> Evaluated {
        let Value::List(more) = self.expr(what)? else {
            return Err(self.fault(what.id, t!("runbook-cond-not-together")));
        };
        self.means.items(more.len())?;
        let Some((_, collected)) = self.locals.last_mut() else { return Ok(Value::List(more)) };
        let mut collected = std::mem::replace(collected, Ok(Value::Null))?;
        if let Value::List(items) = &mut collected {
            Arc::make_mut(items).extend(more.iter().cloned());
        }
        Ok(collected)
    }

    fn comprehension(&mut self, c: &ComprehensionExpr) -> Evaluated {
        let items: Arc<Vec<Value>> = match self.expr(&c.iter_range)? {
            Value::List(items) => items,
            Value::Map(map) => {
                let keys = Value::list(map.keys().map(|k| Value::text(k)));
                self.means.made(&keys)?;
                let Value::List(keys) = keys else { return Ok(Value::Null) };
                keys
            }
            other => return Err(self.fault(c.iter_range.id, t!("runbook-cond-no-list", what = other.what()))),
        };
        let depth = self.locals.len();
        let mut accumulated = self.expr(&c.accu_init);
        for item in items.iter() {
            self.locals.push((c.iter_var.clone(), Ok(item.clone())));
            self.locals.push((c.accu_var.clone(), accumulated));
            let go_on = self.boolean(&c.loop_cond);
            let stop = matches!(go_on, Ok(false));
            let stepped = (!stop).then(|| self.expr(&c.loop_step));
            let kept = self.locals.pop().map_or(Ok(Value::Null), |(_, kept)| kept);
            accumulated = stepped.unwrap_or(kept);
            self.locals.truncate(depth);
            if stop {
                break;
            }
        }
        self.locals.push((c.accu_var.clone(), accumulated));
        let result = self.expr(&c.result);
        self.locals.truncate(depth);
        result
    }
}

fn literal(literal: &LiteralValue) -> Value {
    match literal {
        LiteralValue::Boolean(b) => Value::Bool(*b.inner()),
        LiteralValue::Int(i) => Value::Int(*i.inner()),
        LiteralValue::UInt(u) => i64::try_from(*u.inner()).map_or(Value::Null, Value::Int),
        LiteralValue::Double(d) => Value::Double(*d.inner()),
        LiteralValue::String(s) => Value::text(s.inner()),
        LiteralValue::Bytes(_) | LiteralValue::Null => Value::Null,
    }
}

fn fault(message: impl Into<String>) -> CondError {
    invalid(message, None, Span::default())
}

/// Operators over evaluated values; `None` when it is no operator.
fn operator(name: &str, args: &[Value], means: &mut Means) -> Option<Evaluated> {
    Some(match (name, args) {
        (ops::LOGICAL_NOT, [Value::Bool(b)]) => Ok(Value::Bool(!b)),
        (ops::EQUALS, [a, b]) => means.same(a, b).map(Value::Bool),
        (ops::NOT_EQUALS, [a, b]) => means.same(a, b).map(|same| Value::Bool(!same)),
        (ops::LESS, [a, b]) => compare(a, b, means).map(|o| Value::Bool(o.is_lt())),
        (ops::LESS_EQUALS, [a, b]) => compare(a, b, means).map(|o| Value::Bool(o.is_le())),
        (ops::GREATER, [a, b]) => compare(a, b, means).map(|o| Value::Bool(o.is_gt())),
        (ops::GREATER_EQUALS, [a, b]) => compare(a, b, means).map(|o| Value::Bool(o.is_ge())),
        (ops::IN, [a, Value::List(items)]) => one_of(a, items, means),
        (ops::IN, [Value::Text(key), Value::Map(map)]) => Ok(Value::Bool(map.contains_key(&**key))),
        (ops::INDEX, [Value::List(items), Value::Int(i)]) => {
            let found = usize::try_from(*i).ok().and_then(|i| items.get(i)).cloned();
            found.ok_or_else(|| {
                CondError::Unknown(t!("runbook-cond-no-index", items = items.len(), index = i))
            })
        }
        (ops::INDEX, [Value::Map(map), Value::Text(key)]) => {
            let found = map.get(&**key).cloned();
            found.ok_or_else(|| CondError::Unknown(t!("runbook-cond-no-key", key = shown(key))))
        }
        (ops::INDEX, [Value::Map(map), key]) => {
            let found = map.get(&key.to_string()).cloned();
            found.ok_or_else(|| CondError::Unknown(t!("runbook-cond-no-key", key = key)))
        }
        (ops::NEGATE, [Value::Int(i)]) => i.checked_neg().map(Value::Int).ok_or_else(overflow),
        (ops::NEGATE, [Value::Double(d)]) => Ok(Value::Double(-d)),
        (ops::ADD, [Value::Text(a), Value::Text(b)]) => {
            means.text(a.len() + b.len()).map(|()| Value::Text(format!("{a}{b}").into()))
        }
        (ops::ADD, [Value::List(a), Value::List(b)]) => {
            means.items(a.len() + b.len()).map(|()| Value::list(a.iter().chain(b.iter()).cloned()))
        }
        (ops::ADD | ops::SUBSTRACT | ops::MULTIPLY | ops::DIVIDE | ops::MODULO, [a, b]) => {
            arithmetic(name, a, b)
        }
        _ if name.starts_with(['_', '!', '-', '@']) => Err(fault(t!("runbook-cond-not-together"))),
        _ => return None,
    })
}

/// The beginning of a text, for a message.
fn shown(text: &str) -> String {
    text.chars().take(100).collect()
}

fn one_of(value: &Value, items: &[Value], means: &mut Means) -> Evaluated {
    for item in items {
        if means.same(item, value)? {
            return Ok(Value::Bool(true));
        }
    }
    Ok(Value::Bool(false))
}

fn overflow() -> CondError {
    CondError::Unknown(t!("runbook-cond-overflow").to_owned())
}

fn compare(a: &Value, b: &Value, means: &mut Means) -> Result<Ordering, CondError> {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => Ok(a.cmp(b)),
        (Value::Text(a), Value::Text(b)) => means.reads(a.len().min(b.len())).map(|()| a.cmp(b)),
        _ => match (a.number(), b.number()) {
            (Some(a), Some(b)) => Ok(a.total_cmp(&b)),
            _ => Err(fault(t!("runbook-cond-no-order", first = a.what(), second = b.what()))),
        },
    }
}

fn arithmetic(name: &str, a: &Value, b: &Value) -> Evaluated {
    if let (Value::Int(a), Value::Int(b)) = (a, b) {
        let result = match name {
            ops::ADD => a.checked_add(*b),
            ops::SUBSTRACT => a.checked_sub(*b),
            ops::MULTIPLY => a.checked_mul(*b),
            _ if *b == 0 => return Err(CondError::Unknown(t!("runbook-cond-by-zero").to_owned())),
            ops::DIVIDE => a.checked_div(*b),
            _ => a.checked_rem(*b),
        };
        return result.map(Value::Int).ok_or_else(overflow);
    }
    let (Some(a), Some(b)) = (a.number(), b.number()) else {
        return Err(fault(t!("runbook-cond-only-numbers")));
    };
    Ok(Value::Double(match name {
        ops::ADD => a + b,
        ops::SUBSTRACT => a - b,
        ops::MULTIPLY => a * b,
        ops::DIVIDE => a / b,
        _ => a % b,
    }))
}
