//! A runbook that is being walked: its parameters, the tree of its steps, the state of each, and what each says on the present
//! picture of the cluster. Pure, and it knows no screen: events come in, what is to be said and recorded goes out.
//!
//! `tree` lays out, `lanes` and `include` say what; `judge` says what a step says, `step` what may become of it, `course` where it
//! leads, `carried` how it follows its task, `watch` what the cluster shows of it.

mod bind;
mod capture;
mod carried;
mod course;
mod fits;
mod include;
mod judge;
mod lanes;
mod needed;
mod out;
mod output;
mod panes;
mod peer;
mod picked;
mod place;
mod preflight;
mod resume;
mod script;
mod step;
mod term;
mod text;
mod tree;
mod turns;
mod watch;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Index, IndexMut};
use std::sync::Arc;

use place::Scopes;

use bind::takes_secret;
pub use bind::{Candidate, candidates};
pub use capture::Given;
pub use carried::TaskEnd;
pub use course::Onward;
pub use fits::made_for_another;
pub use judge::{Judgement, Way};
pub use out::{Cx, Out};
pub use output::Output;
pub use peer::NO_PEER;
pub use picked::{Choices, refused};
pub use preflight::{Hindrance, Preflight};
pub use script::has_way;
pub use step::{Check, Proof, Started, Status, StepRun};
pub use term::{awaited, countdown};
pub use text::{conditions, hash, questions, rewritten, texts, titles};
pub use tree::{Lane, StepId, Tree};
pub use turns::{Came, Lanes};

use crate::domain::{ClusterSnapshot, Interest, Timestamp};
use crate::lang::t;
use crate::op::Inputs;
use crate::runbook::cond::{Condition, Outcome, Scope, compile};
use crate::runbook::model::{CondSource, Means, OpCall, Param, Runbook, Step, StepKind, Template, VerifyBy};
use crate::runbook::params::{Bindings, ParamValue, Recorded, Values, missing, resolve};

/// A runbook in use.
#[derive(Clone, Debug)]
pub struct Walk {
    /// Tells it from the other walks of its session.
    pub number: u32,
    /// The runbook as its file has it.
    pub book: Arc<Runbook>,
    pub params: Values,
    /// The language in which it speaks to the operator, where its files have it.
    pub lang: String,
    /// What its steps recorded, by the names that they have here.
    pub recorded: Recorded,
    /// Its steps, and how they stand below one another.
    pub tree: Tree,
    pub steps: Steps,
    /// The step that is looked at.
    pub current: StepId,
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
    /// What was recorded, as the steps of each file and lane see it.
    scopes: Scopes,
    /// Steps that recorded values by which nothing was laid out yet.
    anew: BTreeSet<String>,
    /// Compiled conditions by their text.
    conditions: BTreeMap<String, Result<Condition, String>>,
    /// The runbooks that there are: its steps include some, also in lanes that are laid out later.
    included: BTreeMap<String, Arc<Runbook>>,
    /// What it is about was seen in the cluster, or something of it was done.
    met: bool,
    /// Until then what an operation moved may be short elsewhere.
    settles: Option<Timestamp>,
    /// How far the lanes have come, as long as no step changed.
    lanes: RefCell<turns::Known>,
}

/// The number of a walk that was not begun yet.
pub const NOT_BEGUN: u32 = u32::MAX;

/// The states of the steps.
#[derive(Clone, Debug, Default)]
pub struct Steps {
    all: Vec<StepRun>,
    /// Goes up with whatever may have changed one of them.
    turn: u64,
}

impl Index<StepId> for Steps {
    type Output = StepRun;

    fn index(&self, id: StepId) -> &StepRun {
        self.all.get(id.number()).unwrap_or(&self.all[0])
    }
}

impl IndexMut<StepId> for Steps {
    fn index_mut(&mut self, id: StepId) -> &mut StepRun {
        let at = id.number().min(self.all.len() - 1);
        self.turn += 1;
        &mut self.all[at]
    }
}

impl Steps {
    /// All of them, with those that others stand in the place of now.
    pub fn iter(&self) -> impl Iterator<Item = &StepRun> {
        self.all.iter()
    }

    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut StepRun> {
        self.turn += 1;
        self.all.iter_mut()
    }
}

impl Walk {
    /// Opens a runbook with the values that are known already.
    pub fn new(book: Arc<Runbook>, params: Values) -> Walk {
        let tree = Tree::new(&book);
        let mut walk = Walk {
            number: NOT_BEGUN,
            current: tree.first(),
            begun: false,
            offers: false,
            asked: None,
            asks_peers: false,
            owed: Vec::new(),
            reading: None,
            preflight: Preflight::default(),
            scopes: Scopes::default(),
            anew: BTreeSet::new(),
            book,
            params,
            lang: "en".to_owned(),
            recorded: Recorded::default(),
            tree,
            steps: Steps::default(),
            wants: RefCell::default(),
            conditions: BTreeMap::new(),
            included: BTreeMap::new(),
            met: false,
            settles: None,
            lanes: RefCell::default(),
        };
        walk.laid_out();
        walk.expand();
        walk
    }

    /// Steps were laid out: each has a state, its conditions are read, and what was looked at is looked at where it is now.
    fn laid_out(&mut self) {
        let before = self.steps.all.len();
        self.steps.all.resize_with(self.tree.count(), StepRun::default);
        self.steps.turn += 1;
        // Those in whose place others stand by now have conditions as well.
        for step in self.tree.all().skip(before) {
            for source in sources(step) {
                let compiled = || compile(&source.text).map_err(|e| e.to_string());
                self.conditions.entry(source.text.clone()).or_insert_with(compiled);
            }
        }
        self.current = self.tree.resolve(self.current);
        self.preflight.steps.clear();
    }

    /// The step that is looked at.
    pub fn step(&self) -> Option<(&Step, &StepRun)> {
        self.tree.position(self.current)?;
        Some((&self.tree[self.current], &self.steps[self.current]))
    }

    /// The step of this name.
    fn exact(&self, name: &str) -> Option<StepId> {
        self.tree.named(name)
    }

    /// The step of this name; of several elements the first.
    pub fn find(&self, name: &str) -> Option<StepId> {
        let written = || self.tree.first_element(name);
        // A group has no name of its own in the list once its steps stand in its place.
        let group = || self.tree.laid_out_group(name).map(|id| self.tree.resolve(id));
        self.exact(name).or_else(written).or_else(group)
    }

    /// Whether anything of it is still to come that somebody would miss: it was begun and is not done.
    pub fn goes_on(&self) -> bool {
        let touched = |id: StepId| {
            let step = &self.steps[id];
            let waits = step.began.is_some() || step.approved.is_some();
            waits || *step.status() != Status::Todo || step.ran().is_some()
        };
        self.begun
            && (!self.recorded.is_empty() || self.tree.ids().any(touched))
            && self.unfinished().is_some()
    }

    /// The clock was set by so many milliseconds: every span goes on from where it was.
    pub fn clock_was_set(&mut self, by: i64) {
        self.steps.iter_mut().for_each(|step| step.clock_was_set(by));
        if let Some(until) = &mut self.settles {
            *until = Timestamp::from_millisecond(until.as_millisecond() + by).unwrap_or(*until);
        }
    }

    /// Steps that have ended, of all.
    pub fn progress(&self) -> (usize, usize) {
        (self.tree.ids().filter(|id| self.steps[*id].status().ended()).count(), self.tree.len())
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
    pub fn bound(&self, index: StepId) -> BTreeMap<String, String> {
        let Some(StepKind::Include(include)) = Some(&self.tree[index].kind) else {
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
        index: StepId,
        source: &CondSource,
        world: &ClusterSnapshot,
        now: Timestamp,
    ) -> Outcome {
        match self.conditions.get(&source.text) {
            Some(Ok(condition)) => condition.test(&self.scope(index, world, now)),
            Some(Err(e)) => Outcome::Unknown(e.clone()),
            None => Outcome::Unknown(t!("walk-condition-not-read").to_owned()),
        }
    }

    /// The conditions of a step, as its author wrote them.
    pub fn expressions(&self, index: StepId) -> Vec<&str> {
        sources(&self.tree[index]).into_iter().map(|source| source.text.as_str()).collect()
    }

    /// The value of an expression as text.
    pub fn value(
        &self,
        index: StepId,
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
            None => Err(t!("walk-expression-not-read").to_owned()),
        }
    }

    fn scope<'a>(&'a self, index: StepId, world: &'a ClusterSnapshot, now: Timestamp) -> Scope<'a> {
        Scope {
            snapshot: Some(world),
            params: self.values_of(index),
            steps: self.recorded_of(index),
            now,
            wants: Some(&self.wants),
        }
    }

    /// The values that a step sees.
    pub fn values_of(&self, index: StepId) -> &Values {
        self.tree.place(index).values.as_ref().unwrap_or(&self.params)
    }

    fn bindings(&self, index: StepId) -> Bindings<'_> {
        Bindings { values: self.values_of(index), steps: self.recorded_of(index) }
    }

    /// The operation that a step may run.
    pub fn call(&self, index: StepId) -> Option<&OpCall> {
        match &self.tree[index].kind {
            StepKind::Action(action) => Some(&action.call),
            StepKind::Wait(wait) => wait.then.as_ref().map(|(call, _)| call),
            _ => None,
        }
    }

    /// The inputs of an operation call of a step.
    pub fn inputs(&self, index: StepId, call: &OpCall) -> Result<Inputs, String> {
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
}

/// Every condition of a step.
fn sources(step: &Step) -> Vec<&CondSource> {
    let mut out: Vec<&CondSource> = step.common.when.iter().collect();
    out.extend(step.common.means.iter().flat_map(Means::values));
    match &step.kind {
        StepKind::Check(c) => out.push(&c.expect),
        StepKind::Decision(d) => out.extend(d.value.as_ref()),
        StepKind::Wait(w) => out.push(&w.until),
        StepKind::Manual(m) => out.extend(m.record.iter().filter_map(|f| f.from.as_ref())),
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
