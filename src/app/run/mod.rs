//! A runbook that is being walked: its parameters, the state of each step, and what each step says on the
//! present picture of the cluster. Pure: it judges; `update` acts.

mod bind;
mod capture;
mod each;
mod fits;
mod include;
mod judge;
mod output;
mod peer;
mod preflight;
mod resume;
mod script;
mod step;
mod term;
mod text;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use bind::{Candidate, candidates};
pub use capture::Given;
pub use fits::made_for_another;
pub use judge::{Judgement, Way};
pub use output::Output;
pub use peer::NO_PEER;
pub use preflight::{Hindrance, Preflight};
pub use script::has_way;
pub use step::{Check, Proof, Status, StepRun, TAKEN_BACK};
pub use term::{awaited, countdown};
pub use text::{conditions, hash, rewritten, texts, titles};

use crate::domain::{ClusterSnapshot, Interest, Timestamp};
use crate::live::{Pane, kind_of_value};
use crate::op::Inputs;
use crate::runbook::cond::{Condition, Outcome, Scope, compile};
use crate::runbook::model::{
    CondSource, OpCall, Param, PathPart, Runbook, Step, StepKind, Template, VerifyBy,
};
use crate::runbook::params::{Bindings, ParamValue, Recorded, Values, missing, resolve, resolve_path};

/// A runbook in use.
#[derive(Clone, Debug)]
pub struct Run {
    pub book: Arc<Runbook>,
    pub params: Values,
    /// The language in which it speaks to the operator, where its files have it.
    pub lang: String,
    pub recorded: Recorded,
    pub steps: Vec<StepRun>,
    /// The step that is looked at.
    pub current: usize,
    /// What conditions asked for that is not watched; it is followed as long as the runbook is open.
    pub wants: RefCell<BTreeSet<Interest>>,
    /// Its parameters were asked for, and it was recorded.
    pub begun: bool,
    /// What it does not need is offered before it begins.
    pub offers: bool,
    /// The parameter that is being asked for.
    pub asked: Option<String>,
    /// A second person can be asked: it is known who the operator is.
    pub asks_peers: bool,
    /// Secrets that a session that goes on had, and that stand in no record: they are asked for again.
    pub owed: Vec<String>,
    /// How many elements of the present step are read, of how many; none where all are.
    pub reading: Option<(usize, usize)>,
    /// What is known before the first step.
    pub preflight: Preflight,
    /// What the steps of included runbooks recorded, by what stands before their names.
    inner: BTreeMap<String, Recorded>,
    /// Where each step comes from, and what it sees.
    places: Vec<include::Place>,
    /// Steps that recorded values which no list was made of yet.
    anew: BTreeSet<String>,
    /// Compiled conditions by their text.
    conditions: BTreeMap<String, Result<Condition, String>>,
}

impl Run {
    /// Opens a runbook with the values that are known already.
    pub fn new(book: Arc<Runbook>, params: Values) -> Run {
        let steps: Vec<_> = book.steps.iter().map(|_| StepRun::default()).collect();
        let mut conditions = BTreeMap::new();
        for step in &book.steps {
            for source in sources(step) {
                let compiled = compile(&source.text).map_err(|e| e.to_string());
                conditions.insert(source.text.clone(), compiled);
            }
        }
        let mut run = Run {
            begun: false,
            offers: false,
            asked: None,
            asks_peers: false,
            owed: Vec::new(),
            reading: None,
            preflight: Preflight::default(),
            inner: BTreeMap::new(),
            anew: BTreeSet::new(),
            places: vec![include::Place::default(); steps.len()],
            book,
            params,
            lang: "en".to_owned(),
            recorded: Recorded::default(),
            steps,
            current: 0,
            wants: RefCell::default(),
            conditions,
        };
        run.expand();
        run
    }

    pub fn step(&self) -> Option<(&Step, &StepRun)> {
        Some((self.book.steps.get(self.current)?, self.steps.get(self.current)?))
    }

    pub fn index(&self, name: &str) -> Option<usize> {
        let steps = &self.book.steps;
        // A step that was taken apart begins with its first element.
        let exact = steps.iter().position(|s| s.name == name);
        exact.or_else(|| steps.iter().position(|s| s.written() == name))
    }

    /// Steps that have ended, of all.
    pub fn progress(&self) -> (usize, usize) {
        (self.steps.iter().filter(|s| s.status.ended()).count(), self.steps.len())
    }

    /// The parameters that still need a value.
    pub fn missing(&self) -> Vec<&Param> {
        missing(&self.book, &self.params)
    }

    /// The values as text, for the record; secrets are masked.
    pub fn shown_params(&self) -> BTreeMap<String, String> {
        self.params.iter().map(|(k, v)| (k.clone(), v.shown())).collect()
    }

    /// The values with which a step leads to another runbook: those that an `include` binds, else the present ones.
    pub fn bound(&self, index: usize) -> BTreeMap<String, String> {
        let Some(StepKind::Include(include)) = self.book.steps.get(index).map(|s| &s.kind) else {
            return self.shown_params();
        };
        let text = |json: &serde_json::Value| match json {
            serde_json::Value::String(text) => text.clone(),
            serde_json::Value::Array(items) => {
                let items = items.iter().map(|i| i.as_str().map_or_else(|| i.to_string(), str::to_owned));
                items.collect::<Vec<_>>().join(", ")
            }
            other => other.to_string(),
        };
        let pairs = include.with.iter().filter_map(|(name, value)| {
            Some((name.clone(), text(&resolve(value, &self.bindings(index)).ok()?)))
        });
        pairs.collect()
    }

    /// Tests a condition on this picture.
    pub fn test(
        &self,
        index: usize,
        source: &CondSource,
        world: &ClusterSnapshot,
        now: Timestamp,
    ) -> Outcome {
        match self.conditions.get(&source.text) {
            Some(Ok(condition)) => condition.test(&self.scope(index, world, now)),
            Some(Err(e)) => Outcome::Unknown(e.clone()),
            None => Outcome::Unknown("this condition was not read".to_owned()),
        }
    }

    /// The value of an expression as text.
    pub fn value(
        &self,
        index: usize,
        source: &CondSource,
        world: &ClusterSnapshot,
        now: Timestamp,
    ) -> Result<String, String> {
        match self.conditions.get(&source.text) {
            Some(Ok(condition)) => condition
                .eval(&self.scope(index, world, now))
                .map(|v| v.to_string())
                .map_err(|e| e.to_string()),
            Some(Err(e)) => Err(e.clone()),
            None => Err("this expression was not read".to_owned()),
        }
    }

    fn scope<'a>(&'a self, index: usize, world: &'a ClusterSnapshot, now: Timestamp) -> Scope<'a> {
        Scope {
            snapshot: Some(world),
            params: self.values_of(index),
            steps: self.recorded_of(index),
            now,
            wants: Some(&self.wants),
        }
    }

    /// The values that a step sees.
    pub fn values_of(&self, index: usize) -> &Values {
        self.places.get(index).and_then(|p| p.values.as_ref()).unwrap_or(&self.params)
    }

    fn bindings(&self, index: usize) -> Bindings<'_> {
        Bindings { values: self.values_of(index), steps: self.recorded_of(index) }
    }

    /// The operation that a step may run.
    pub fn call(&self, index: usize) -> Option<&OpCall> {
        match &self.book.steps.get(index)?.kind {
            StepKind::Action(action) => Some(&action.call),
            StepKind::Wait(wait) => wait.then.as_ref().map(|(call, _)| call),
            _ => None,
        }
    }

    /// The inputs of an operation call of a step.
    pub fn inputs(&self, index: usize, call: &OpCall) -> Result<Inputs, String> {
        let bindings = self.bindings(index);
        let mut out = Inputs::default();
        for (name, value) in &call.with {
            let secret = match value {
                Template::Ref(r) if takes_secret(&call.op, name) => bindings.values.get(&r.name),
                _ => None,
            };
            if let Some(ParamValue::Secret(text)) = secret {
                out.1.insert(name.clone(), text.clone());
            } else {
                out.0.insert(name.clone(), resolve(value, &bindings).map_err(|e| e.to_string())?);
            }
        }
        Ok(out)
    }

    /// The live panes beside a step: its own, or those of the nearest view before it.
    pub fn panes(&self, step: usize) -> Vec<Result<Pane, String>> {
        let views = self.book.steps.iter().take(step + 1).rev();
        let view = { views }.find_map(|s| if let StepKind::View(v) = &s.kind { Some(v) } else { None });
        let shown = view.iter().flat_map(|v| &v.show).map(|pane| self.pane(step, pane));
        let written = self.steps.get(step).and_then(|s| s.output.as_ref());
        written.map(|_| Ok(Pane::Output)).into_iter().chain(shown).collect()
    }

    fn pane(&self, step: usize, pane: &crate::runbook::model::Pane) -> Result<Pane, String> {
        let bindings = self.bindings(step);
        let of = resolve_path(&pane.of, &bindings).map_err(|e| e.to_string())?;
        let mut parts = vec![pane.view.as_str()];
        if let Some(PathPart::Ref(first)) = pane.of.first() {
            let value = bindings.values.get(&first.name).filter(|_| first.fields.is_empty());
            let object = match value {
                Some(ParamValue::Object(object)) if object.namespace.is_some() => Some(object.kind.as_str()),
                _ => None,
            };
            parts.extend(kind_of_value(&pane.view, object));
        }
        parts.extend(of.split('/').filter(|p| !p.is_empty()));
        let option = |(name, value): &(String, Template)| match resolve(value, &bindings) {
            Ok(serde_json::Value::String(text)) => Ok((name.clone(), text)),
            Ok(other) => Ok((name.clone(), other.to_string())),
            Err(e) => Err(e.to_string()),
        };
        let options = pane.options.iter().map(option).collect::<Result<Vec<_>, _>>()?;
        let options: Vec<_> = options.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        Pane::parse(&parts, &options)
    }
}

/// Whether a parameter of an operation is for a secret.
fn takes_secret(op: &str, param: &str) -> bool {
    let params = crate::op::find(op).map_or(&[][..], |op| op.meta().params);
    params.iter().any(|p| p.name == param && p.takes == crate::op::Takes::Secret)
}

/// Every condition of a step.
fn sources(step: &Step) -> Vec<&CondSource> {
    let mut out = Vec::new();
    match &step.kind {
        StepKind::Check(c) => out.push(&c.expect),
        StepKind::Decision(d) => out.extend(d.value.as_ref()),
        StepKind::Wait(w) => out.push(&w.until),
        _ => {}
    }
    if let Some(policy) = step.kind.policy() {
        out.extend(&policy.before);
        if let Some(VerifyBy::Condition(source)) = policy.verify.as_ref().map(|v| &v.by) {
            out.push(source);
        }
    }
    out
}
