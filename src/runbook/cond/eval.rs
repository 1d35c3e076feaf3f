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
use super::value::Value;
use super::{CondError, Scope, functions, invalid, node_span, read};

/// How many steps an expression may take: enough for every pod of a large namespace, and a bound for hostile
/// files (loops inside of loops).
const BUDGET: u32 = 2_000_000;

/// A value, or why there is none.
pub type Evaluated = Result<Value, CondError>;

/// Evaluates a program.
pub fn evaluate(source: &str, program: &cel::Program, scope: &Scope<'_>) -> Evaluated {
    let mut run = Run { source, program, scope, locals: Vec::new(), budget: BUDGET };
    run.expr(program.expression())
}

struct Run<'a> {
    source: &'a str,
    program: &'a cel::Program,
    scope: &'a Scope<'a>,
    /// Variables of loops; an accumulator may be unknown.
    locals: Vec<(String, Evaluated)>,
    budget: u32,
}

impl Run<'_> {
    fn at(&self, id: u64) -> Span {
        node_span(self.source, self.program, id)
    }

    fn fault(&self, id: u64, message: impl Into<String>) -> CondError {
        invalid(message, None, self.at(id))
    }

    fn expr(&mut self, e: &IdedExpr) -> Evaluated {
        self.budget = self.budget.checked_sub(1).ok_or_else(|| {
            CondError::Unknown("the condition takes too long: it goes through too many objects".to_owned())
        })?;
        match &e.expr {
            Expr::Literal(l) => Ok(literal(l)),
            Expr::Ident(name) => match self.locals.iter().rev().find(|(n, _)| n == name) {
                Some((_, value)) => value.clone(),
                None => {
                    read::variable(name).ok_or_else(|| self.fault(e.id, format!("`{name}` is not known")))
                }
            },
            Expr::Select(select) => self.select(e.id, select),
            Expr::Call(call) => self.call(e.id, call),
            Expr::Comprehension(c) => self.comprehension(c),
            Expr::List(list) => {
                let items: Result<Vec<_>, _> = list.elements.iter().map(|i| self.expr(i)).collect();
                Ok(Value::List(items?.into()))
            }
            Expr::Map(map) => {
                let mut out = BTreeMap::new();
                for entry in &map.entries {
                    if let EntryExpr::MapEntry(entry) = &entry.expr {
                        let key = self.expr(&entry.key)?.to_string();
                        out.insert(key, self.expr(&entry.value)?);
                    }
                }
                Ok(Value::Map(Arc::new(out)))
            }
            Expr::Struct(_) | Expr::Unspecified => Err(self.fault(e.id, "conditions make no objects")),
        }
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
        if select.test {
            return Ok(Value::Bool(found.is_some_and(|v| !matches!(v, Value::Null))));
        }
        found.ok_or_else(|| self.fault(id, format!("{} has no `{}`", operand.what(), select.field)))
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
            _ => {}
        }
        let target = call.target.as_ref().map(|t| self.expr(t)).transpose()?;
        let args: Result<Vec<_>, _> = call.args.iter().map(|a| self.expr(a)).collect();
        let args = args?;
        let name = call.func_name.as_str();
        let result = match target {
            Some(target) => functions::method(&target, name, &args, self.scope),
            None => match operator(name, &args) {
                Some(result) => result,
                None => functions::function(name, &args, self.scope),
            },
        };
        // A fault found inside of a function has no place of its own.
        result.map_err(|e| match e {
            CondError::Invalid { message, help, .. } => invalid(message, help, self.at(id)),
            unknown @ CondError::Unknown(_) => unknown,
        })
    }

    fn boolean(&mut self, e: &IdedExpr) -> Result<bool, CondError> {
        match self.expr(e)? {
            Value::Bool(b) => Ok(b),
            other => Err(self.fault(e.id, format!("{} is neither true nor false", other.what()))),
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

    fn comprehension(&mut self, c: &ComprehensionExpr) -> Evaluated {
        let items: Arc<[Value]> = match self.expr(&c.iter_range)? {
            Value::List(items) => items,
            Value::Map(map) => map.keys().map(|k| Value::text(k)).collect(),
            other => return Err(self.fault(c.iter_range.id, format!("{} is no list", other.what()))),
        };
        let depth = self.locals.len();
        let mut accumulated = self.expr(&c.accu_init);
        for item in items.iter() {
            self.locals.push((c.iter_var.clone(), Ok(item.clone())));
            self.locals.push((c.accu_var.clone(), accumulated.clone()));
            let go_on = self.boolean(&c.loop_cond);
            let stop = matches!(go_on, Ok(false));
            if !stop {
                accumulated = self.expr(&c.loop_step);
            }
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
fn operator(name: &str, args: &[Value]) -> Option<Evaluated> {
    Some(match (name, args) {
        (ops::LOGICAL_NOT, [Value::Bool(b)]) => Ok(Value::Bool(!b)),
        (ops::EQUALS, [a, b]) => Ok(Value::Bool(a.same(b))),
        (ops::NOT_EQUALS, [a, b]) => Ok(Value::Bool(!a.same(b))),
        (ops::LESS, [a, b]) => compare(a, b).map(|o| Value::Bool(o.is_lt())),
        (ops::LESS_EQUALS, [a, b]) => compare(a, b).map(|o| Value::Bool(o.is_le())),
        (ops::GREATER, [a, b]) => compare(a, b).map(|o| Value::Bool(o.is_gt())),
        (ops::GREATER_EQUALS, [a, b]) => compare(a, b).map(|o| Value::Bool(o.is_ge())),
        (ops::IN, [a, Value::List(items)]) => Ok(Value::Bool(items.iter().any(|i| i.same(a)))),
        (ops::IN, [Value::Text(key), Value::Map(map)]) => Ok(Value::Bool(map.contains_key(&**key))),
        (ops::INDEX, [Value::List(items), Value::Int(i)]) => {
            let found = usize::try_from(*i).ok().and_then(|i| items.get(i)).cloned();
            found.ok_or_else(|| {
                CondError::Unknown(format!("the list has {} elements, there is no [{i}]", items.len()))
            })
        }
        (ops::INDEX, [Value::Map(map), key]) => {
            let found = map.get(&key.to_string()).cloned();
            found.ok_or_else(|| CondError::Unknown(format!("there is no key `{key}`")))
        }
        (ops::NEGATE, [Value::Int(i)]) => i.checked_neg().map(Value::Int).ok_or_else(overflow),
        (ops::NEGATE, [Value::Double(d)]) => Ok(Value::Double(-d)),
        (ops::ADD, [Value::Text(a), Value::Text(b)]) => Ok(Value::Text(format!("{a}{b}").into())),
        (ops::ADD, [Value::List(a), Value::List(b)]) => Ok(Value::list(a.iter().chain(b.iter()).cloned())),
        (ops::ADD | ops::SUBSTRACT | ops::MULTIPLY | ops::DIVIDE | ops::MODULO, [a, b]) => {
            arithmetic(name, a, b)
        }
        _ if name.starts_with(['_', '!', '-', '@']) => {
            Err(fault("these values cannot be put together like this"))
        }
        _ => return None,
    })
}

fn overflow() -> CondError {
    CondError::Unknown("the number is too large".to_owned())
}

fn compare(a: &Value, b: &Value) -> Result<Ordering, CondError> {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => Ok(a.cmp(b)),
        (Value::Text(a), Value::Text(b)) => Ok(a.cmp(b)),
        _ => match (a.number(), b.number()) {
            (Some(a), Some(b)) => Ok(a.total_cmp(&b)),
            _ => Err(fault(format!("{} and {} have no order", a.what(), b.what()))),
        },
    }
}

fn arithmetic(name: &str, a: &Value, b: &Value) -> Evaluated {
    if let (Value::Int(a), Value::Int(b)) = (a, b) {
        let result = match name {
            ops::ADD => a.checked_add(*b),
            ops::SUBSTRACT => a.checked_sub(*b),
            ops::MULTIPLY => a.checked_mul(*b),
            _ if *b == 0 => return Err(CondError::Unknown("a division by zero".to_owned())),
            ops::DIVIDE => a.checked_div(*b),
            _ => a.checked_rem(*b),
        };
        return result.map(Value::Int).ok_or_else(overflow);
    }
    let (Some(a), Some(b)) = (a.number(), b.number()) else {
        return Err(fault("only numbers can be calculated with"));
    };
    Ok(Value::Double(match name {
        ops::ADD => a + b,
        ops::SUBSTRACT => a - b,
        ops::MULTIPLY => a * b,
        ops::DIVIDE => a / b,
        _ => a % b,
    }))
}
