//! Checks an expression against the schema before it runs: names, fields, arguments, types.

use std::collections::BTreeMap;

use cel::IdedExpr;
use cel::common::ast::{
    CallExpr, ComprehensionExpr, EntryExpr, Expr, LiteralValue, SelectExpr, operators as ops,
};

use super::super::model::Span;
use super::super::near::suggest;
use super::schema::{Base, FUNCTIONS, Function, METHODS, Object, Ty, VARIABLES};
use super::{CondError, Places, invalid};
use crate::lang::{list, t};

/// What a runbook declares: its parameters and what its steps record.
#[derive(Clone, Debug, Default)]
pub struct Declared {
    /// Parameters with their types.
    pub params: BTreeMap<String, Ty>,
    /// Steps with what they record.
    pub steps: BTreeMap<String, BTreeMap<String, Ty>>,
}

/// The type of an expression, or the first fault in it.
pub fn check(source: &str, program: &cel::Program, declared: Option<&Declared>) -> Result<Ty, CondError> {
    let places = Places::new(source, program);
    let mut checker = Checker { source, places, declared, locals: Vec::new() };
    checker.expr(program.expression()).map(|t| t.ty)
}

/// A type with the step whose record it is, for the second field of `steps.NAME.FIELD`.
struct Typed<'a> {
    ty: Ty,
    step: Option<&'a BTreeMap<String, Ty>>,
}

impl From<Ty> for Typed<'_> {
    fn from(ty: Ty) -> Self {
        Self { ty, step: None }
    }
}

struct Checker<'a> {
    source: &'a str,
    places: Places<'a>,
    declared: Option<&'a Declared>,
    locals: Vec<(String, Ty)>,
}

type Checked<'a> = Result<Typed<'a>, CondError>;

impl<'a> Checker<'a> {
    fn at(&self, id: u64) -> Span {
        self.places.of(id)
    }

    /// The place of a word at or after the node `id`: the parser places calls and selections at their sign.
    fn at_word(&self, id: u64, word: &str) -> Span {
        let start = self.at(id).start;
        let found = self.source.get(start..).and_then(|rest| rest.find(word)).map(|i| i + start);
        let found = found.or_else(|| self.source.find(word)).unwrap_or(start);
        Span::new(found, found + word.len())
    }

    fn expr(&mut self, e: &IdedExpr) -> Checked<'a> {
        match &e.expr {
            Expr::Literal(literal) => Ok(literal_type(literal).into()),
            Expr::Ident(name) => self.variable(e.id, name),
            Expr::Select(select) => self.select(e.id, select),
            Expr::Call(call) => self.call(e.id, call),
            Expr::Comprehension(c) => self.comprehension(c),
            Expr::List(list) => {
                let mut base = None;
                for item in &list.elements {
                    let ty = self.expr(item)?.ty;
                    let item = if ty.list { Base::Any } else { ty.base };
                    base = Some(if base.is_none_or(|b| b == item) { item } else { Base::Any });
                }
                Ok(Ty::list(base.unwrap_or(Base::Any)).into())
            }
            Expr::Map(map) => {
                for entry in &map.entries {
                    if let EntryExpr::MapEntry(entry) = &entry.expr {
                        self.expr(&entry.key)?;
                        self.expr(&entry.value)?;
                    }
                }
                Ok(Ty::one(Base::Map).into())
            }
            Expr::Struct(_) | Expr::Unspecified => {
                Err(invalid(t!("runbook-cond-no-objects"), None, self.at(e.id)))
            }
        }
    }

    fn variable(&self, id: u64, name: &str) -> Checked<'a> {
        if let Some((_, ty)) = self.locals.iter().rev().find(|(n, _)| n == name) {
            return Ok((*ty).into());
        }
        if let Some((_, ty)) = VARIABLES.iter().find(|(n, _)| *n == name) {
            return Ok((*ty).into());
        }
        let known = VARIABLES.iter().map(|(n, _)| *n);
        Err(invalid(
            t!("runbook-cond-unknown-name", name = name),
            suggest(name, known),
            self.at_word(id, name),
        ))
    }

    fn select(&mut self, id: u64, select: &SelectExpr) -> Checked<'a> {
        let operand = self.expr(&select.operand)?;
        let field = select.field.as_str();
        let at = self.at_word(select.operand.id, field);
        let at = if self.source.get(at.start..at.end) == Some(field) { at } else { self.at_word(id, field) };
        let ty = self.field(&operand, field, at)?;
        Ok(if select.test { Ty::one(Base::Bool).into() } else { ty })
    }

    fn field(&self, operand: &Typed<'a>, field: &str, at: Span) -> Checked<'a> {
        match operand.ty {
            Ty { base: Base::Any, .. } | Ty { base: Base::Map, list: false } => Ok(Ty::ANY.into()),
            Ty { base: Base::Object(Object::Params), .. } => {
                let Some(declared) = self.declared else { return Ok(Ty::ANY.into()) };
                let found = declared.params.get(field).copied();
                let names = declared.params.keys().map(String::as_str);
                found.map(Typed::from).ok_or_else(|| {
                    invalid(t!("runbook-cond-no-parameter", field = field), suggest(field, names), at)
                })
            }
            Ty { base: Base::Object(Object::Steps), .. } => {
                let step = Ty::one(Base::Object(Object::Step));
                let Some(declared) = self.declared else { return Ok(step.into()) };
                let names = declared.steps.keys().map(String::as_str);
                let found =
                    declared.steps.get(field).or_else(|| declared.steps.get(&field.replace('_', "-")));
                let record = found.ok_or_else(|| {
                    invalid(t!("runbook-cond-no-record", field = field), suggest(field, names), at)
                })?;
                Ok(Typed { ty: step, step: Some(record) })
            }
            Ty { base: Base::Object(Object::Step), .. } => {
                let Some(record) = operand.step else { return Ok(Ty::ANY.into()) };
                let names = record.keys().map(String::as_str);
                record.get(field).copied().map(Typed::from).ok_or_else(|| {
                    invalid(t!("runbook-cond-no-recorded-field", field = field), suggest(field, names), at)
                })
            }
            Ty { base: Base::Object(object), list: false } => {
                let found = object.fields().iter().find(|(n, _)| *n == field).map(|(_, t)| *t);
                let names = object.fields().iter().map(|(n, _)| *n);
                found.map(Typed::from).ok_or_else(|| {
                    invalid(
                        t!("runbook-cond-has-no-field", of = operand.ty.words(), field = field),
                        suggest(field, names),
                        at,
                    )
                })
            }
            other => {
                Err(invalid(t!("runbook-cond-has-no-field", of = other.words(), field = field), None, at))
            }
        }
    }

    fn call(&mut self, id: u64, call: &CallExpr) -> Checked<'a> {
        let mut args = Vec::new();
        let target = call.target.as_ref().map(|t| self.expr(t)).transpose()?;
        for arg in &call.args {
            args.push(self.expr(arg)?.ty);
        }
        let name = call.func_name.as_str();
        let at = if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            self.at_word(id, name)
        } else {
            self.at(id)
        };
        let at = match (&call.target, call.args.first()) {
            // Methods are searched behind their target, operators at their first operand.
            (Some(t), _) => self.at_word(t.id, name),
            (None, Some(first)) if !name.starts_with(|c: char| c.is_ascii_alphabetic()) => self.at(first.id),
            _ => at,
        };
        match target {
            Some(target) => method(target.ty, name, &args, at),
            None => operator(name, &args, at).unwrap_or_else(|| function(name, &args, at)),
        }
        .map(Typed::from)
    }

    fn comprehension(&mut self, c: &ComprehensionExpr) -> Checked<'a> {
        let range = self.expr(&c.iter_range)?.ty;
        let item = match range {
            Ty { base, list: true } => Ty::one(base),
            Ty { base: Base::Any | Base::Map, .. } => Ty::ANY,
            other => {
                let message = t!("runbook-cond-not-listed", words = other.words());
                return Err(invalid(message, None, self.at(c.iter_range.id)));
            }
        };
        let init = self.expr(&c.accu_init)?.ty;
        let depth = self.locals.len();
        self.locals.push((c.iter_var.clone(), item));
        self.locals.push((c.accu_var.clone(), init));
        let step = self.expr(&c.loop_step)?.ty;
        self.locals.truncate(depth);
        self.locals.push((c.accu_var.clone(), step));
        let result = self.expr(&c.result);
        self.locals.truncate(depth);
        result
    }
}

fn literal_type(literal: &LiteralValue) -> Ty {
    Ty::one(match literal {
        LiteralValue::Boolean(_) => Base::Bool,
        LiteralValue::Int(_) | LiteralValue::UInt(_) => Base::Int,
        LiteralValue::Double(_) => Base::Double,
        LiteralValue::String(_) => Base::Text,
        LiteralValue::Bytes(_) => Base::Any,
        LiteralValue::Null => Base::Null,
    })
}

/// Whether a value of type `given` may stand where `wanted` is expected.
fn fits(given: Ty, wanted: Ty) -> bool {
    let numbers = |b| matches!(b, Base::Int | Base::Double);
    given.base == Base::Any
        || wanted == Ty::ANY
        || (given.list == wanted.list
            && (given.base == wanted.base
                || wanted.base == Base::Any
                || (numbers(given.base) && numbers(wanted.base))))
}

fn function(name: &str, args: &[Ty], at: Span) -> Result<Ty, CondError> {
    choose(FUNCTIONS.iter().filter(|f| f.name == name), name, args, at).unwrap_or_else(|| {
        let names = FUNCTIONS.iter().map(|f| f.name).chain(VARIABLES.iter().map(|(n, _)| *n));
        Err(invalid(t!("runbook-cond-no-function", name = name), suggest(name, names), at))
    })
}

fn method(target: Ty, name: &str, args: &[Ty], at: Span) -> Result<Ty, CondError> {
    let text = Ty::one(Base::Text);
    if target.base == Base::Any {
        return Ok(METHODS.iter().find(|(_, f)| f.name == name).map_or(Ty::ANY, |(_, f)| f.gives));
    }
    if let Ty { base: Base::Object(object), list: false } = target
        && object.has_conditions()
        && name == "condition"
    {
        const ARGS: &[Ty] = &[Ty::one(Base::Text)];
        let condition = Function { name: "condition", args: ARGS, gives: text };
        let checked = choose(std::iter::once(&condition), name, args, at);
        return checked.unwrap_or(Ok(text)).map(|_| Ty::one(Base::Object(Object::Condition)));
    }
    let fitting = METHODS.iter().filter(|(t, f)| fits(target, *t) && f.name == name).map(|(_, f)| f);
    choose(fitting, name, args, at).unwrap_or_else(|| {
        let names = METHODS.iter().filter(|(t, _)| fits(target, *t)).map(|(_, f)| f.name);
        let names = names.chain(["all", "exists", "filter", "map", "condition"]);
        Err(invalid(
            t!("runbook-cond-has-no-method", of = target.words(), name = name),
            suggest(name, names),
            at,
        ))
    })
}

/// The result of the first way to call that fits; `None` when there is no function of that name.
fn choose<'f>(
    ways: impl Iterator<Item = &'f Function>,
    name: &str,
    args: &[Ty],
    at: Span,
) -> Option<Result<Ty, CondError>> {
    let ways: Vec<_> = ways.collect();
    let first = ways.first()?;
    let fitting = |f: &&&Function| {
        f.args.len() == args.len() && f.args.iter().zip(args).all(|(wanted, given)| fits(*given, *wanted))
    };
    if let Some(found) = ways.iter().find(fitting) {
        return Some(Ok(found.gives));
    }
    let wanted: Vec<String> = first.args.iter().map(|t| t.words()).collect();
    let help = t!("runbook-cond-it-takes", wanted = list(wanted));
    Some(Err(invalid(t!("runbook-cond-no-such-call", name = name), Some(help), at)))
}

/// The result of an operator; `None` when it is no operator.
fn operator(name: &str, args: &[Ty], at: Span) -> Option<Result<Ty, CondError>> {
    let bool_ty = Ty::one(Base::Bool);
    let (a, b) = (args.first().copied().unwrap_or(Ty::ANY), args.get(1).copied().unwrap_or(Ty::ANY));
    let same = |ok: bool, gives: Ty| {
        if ok {
            return Ok(gives);
        }
        let message = t!("runbook-cond-types-not-together", first = a.words(), second = b.words());
        Err(invalid(message, None, at))
    };
    let ordered = [Base::Any, Base::Int, Base::Double, Base::Text].contains(&a.base) && !a.list;
    let number = |t: Ty| matches!(t.base, Base::Any | Base::Int | Base::Double) && !t.list;
    Some(match name {
        ops::LOGICAL_AND | ops::LOGICAL_OR => same(fits(a, bool_ty) && fits(b, bool_ty), bool_ty),
        ops::LOGICAL_NOT | ops::NOT_STRICTLY_FALSE => same(fits(a, bool_ty), bool_ty),
        ops::CONDITIONAL => {
            let c = args.get(2).copied().unwrap_or(Ty::ANY);
            same(fits(a, bool_ty), if b == c { b } else { merge(b, c) })
        }
        ops::EQUALS | ops::NOT_EQUALS => {
            same(fits(a, b) || fits(b, a) || a.base == Base::Null || b.base == Base::Null, bool_ty)
        }
        ops::LESS | ops::LESS_EQUALS | ops::GREATER | ops::GREATER_EQUALS => {
            same(ordered && fits(a, b), bool_ty)
        }
        ops::IN => {
            same(b.list && fits(a, Ty::one(b.base)) || [Base::Map, Base::Any].contains(&b.base), bool_ty)
        }
        ops::ADD if a.list || b.list => same(fits(a, b) || fits(b, a), merge(a, b)),
        ops::ADD => same((number(a) && number(b)) || (fits(a, b) && ordered), merge(a, b)),
        ops::SUBSTRACT | ops::MULTIPLY | ops::DIVIDE | ops::MODULO => {
            same(number(a) && number(b), merge(a, b))
        }
        ops::NEGATE => same(number(a), a),
        ops::INDEX => same(a.list || [Base::Map, Base::Any].contains(&a.base), index_type(a)),
        _ => return None,
    })
}

fn index_type(a: Ty) -> Ty {
    if a.list { Ty::one(a.base) } else { Ty::ANY }
}

fn merge(a: Ty, b: Ty) -> Ty {
    match (a.base, b.base) {
        _ if a == b => a,
        (Base::Any, _) if a.list == b.list => b,
        (_, Base::Any) if a.list == b.list => a,
        (Base::Int, Base::Double) | (Base::Double, Base::Int) => Ty::one(Base::Double),
        _ => Ty::ANY,
    }
}
