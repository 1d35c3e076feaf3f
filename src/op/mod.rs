//! Operations: everything that opsbook can change in a cluster. Planning is pure: an operation reads a
//! snapshot and its inputs, and answers with the exact plan or refuses. Nothing here applies a plan; the
//! only way to a write is [`Plan::approve`], and then the one write path of `cluster`.
//!
//! To add one, write a file with a unit struct that implements [`Operation`], add it to [`REGISTRY`], and
//! test its plan: allowed, refused, undo.

mod apply;
mod approval;
mod call;
mod change;
mod command;
mod containers;
mod cordon;
mod covers;
mod csr;
mod debug_node;
mod debug_pod;
mod delete_object;
mod delete_pod;
mod drain;
mod evict;
mod evidence;
mod exec;
mod finalizer;
mod force_delete;
mod forward;
mod inputs;
mod known;
mod label;
mod leave;
mod lock;
mod patch;
mod peer;
mod plan;
mod preview;
mod profile;
mod readers;
mod restart;
mod rewrite;
mod rollout;
mod scale;
mod script;
mod secret;
mod set_image;
mod set_resources;
mod starting;
mod storage;
mod switch;
mod taint;
mod target;
mod token;
mod undo;
mod webhook;
mod workload;

pub use approval::{Answer, Approval, ApprovedPlan, NotApproved};
pub use call::{Call, Method};
pub use change::{Change, Turn};
pub use command::{CommandLine, quoted};
pub use covers::Beyond;
pub use debug_node::{DEBUG, DEBUG_END, is_debug};
pub use evidence::{EVIDENCE, file_name};
pub use inputs::Inputs;
pub use known::{not_known, unknown};
pub use leave::{namespace_ends, numbers as budget_numbers, still as still_there};
pub use lock::{Class, Closed, ContextRule, Licence, Lock};
pub use peer::{
    APPROVAL, Agreement, BY_HAND, NAMESPACE as PEER_NAMESPACE, PeerAnswer, PeerError, PeerRequest, REQUEST,
    plan_by_hand,
};
pub use plan::{
    Access, Consequence, DrainPod, DrainWork, ExecWork, ForwardWork, Level, Plan, Progress, Question,
    RewriteWork, STALE, SaveWork, Undo, Work,
};

pub use preview::{DiffLine, Preview, Reviewed};
pub use script::{About, EnvValue, Place, RUN_ID, SCRIPT, Script, plan_script};

use thiserror::Error;

use crate::domain::{ClusterSnapshot, Interest, Kind, ObjectKey, Risk};
use crate::lang::{Msg, msg, t};

/// What a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    Text,
    Bool,
    Int,
    /// The number of a TCP port.
    Port,
    /// A span such as `10m`.
    Duration,
    /// A resource quantity such as `512Mi`.
    Quantity,
    /// The name of an object of this kind; of a namespaced kind the namespace stands beside it.
    Name(Kind),
    /// One of these words.
    Word(&'static [&'static str]),
    /// A map, a list or a whole manifest; the operation says what in its `doc`.
    Json,
    /// Text that must not be shown or recorded: typed in a field that hides it, or a parameter of type secret.
    Secret,
}

/// A parameter of an operation.
#[derive(Debug)]
pub struct Param {
    pub name: &'static str,
    pub takes: Takes,
    pub doc: Msg,
    pub required: bool,
}

/// A parameter that must be given.
const fn need(name: &'static str, takes: Takes, doc: Msg) -> Param {
    Param { name, takes, doc, required: true }
}

/// A parameter that may be left out.
const fn may(name: &'static str, takes: Takes, doc: Msg) -> Param {
    Param { name, takes, doc, required: false }
}

/// Of the object that a namespaced operation is about.
const NAMESPACE: Param = need("namespace", Takes::Name(Kind::Namespace), msg!("op-param-namespace"));

/// Of the operations on objects of any kind.
const KIND: Param = need("kind", Takes::Text, msg!("op-param-kind"));
const SPACE: Param = may("namespace", Takes::Name(Kind::Namespace), msg!("op-param-its-namespace"));
const NAME: Param = need("name", Takes::Text, msg!("op-param-name"));

/// How an operation is taken back, before it is known what it changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayBack {
    /// By the operation with this id.
    By(&'static str),
    /// By an operation, with what that does not bring back, or with the values that it takes.
    Told(Msg),
    /// Not at all; why.
    None(Msg),
}

impl WayBack {
    /// The same without the word that there is none.
    fn why(self) -> String {
        match self {
            WayBack::None(why) => why.to_string(),
            other => other.to_string(),
        }
    }
}

impl std::fmt::Display for WayBack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            WayBack::By(op) => f.write_str(op),
            WayBack::Told(how) => f.write_str(how.text()),
            WayBack::None(why) => f.write_str(&t!("op-no-way-back", why = why)),
        }
    }
}

/// What an operation is.
#[derive(Debug)]
pub struct OpMeta {
    /// As in runbooks: `node.drain`.
    pub id: &'static str,
    pub title: Msg,
    /// The kinds of object that it changes; none for any kind.
    pub kinds: &'static [Kind],
    pub params: &'static [Param],
    pub risk: Risk,
    /// What it needs to reach: `api` for all that need only the API server.
    pub reach: &'static str,
    /// Why it may refuse or warn, a line each.
    pub guards: &'static [Msg],
    pub undo: WayBack,
}

impl OpMeta {
    /// Whether it is about objects of this kind.
    pub fn fits(&self, kind: Kind) -> bool {
        self.kinds.contains(&kind) || self.fits_any()
    }

    /// Whether it is about objects of any kind: those name the object by `name`.
    pub fn fits_any(&self) -> bool {
        self.kinds.is_empty() && self.params.iter().any(|p| p.name == "name")
    }

    /// What it does in the word of its id (`drain`), where there is no room for its title.
    pub fn verb(&self) -> &'static str {
        self.id.split_once('.').map_or(self.id, |(_, verb)| verb)
    }
}

/// Why there is no plan.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Refusal {
    #[error("{}", t!("op-needs", op = op, param = param, doc = doc))]
    Missing { op: &'static str, param: &'static str, doc: &'static str },
    #[error("{}", t!("op-is-expected", op = op, param = param, given = given, expected = expected))]
    Invalid { op: &'static str, param: String, given: String, expected: &'static str },
    #[error("{}", t!("op-no-such-parameter", op = op, param = param))]
    NoSuchParameter { op: &'static str, param: String },
    #[error("{}", t!("op-not-found", key = _0))]
    NotFound(ObjectKey),
    #[error("{}", t!("op-guard", what = what, instead = instead))]
    Guard { what: String, instead: String },
    /// The object is already as it would be.
    #[error("{}", t!("op-nothing-to-do", why = _0))]
    AlreadySo(String),
    #[error("{}", t!("op-no-such-operation", op = _0))]
    NoSuchOperation(String),
    /// What it plans with is on its way; the plan is made as soon as it is there.
    #[error("{}", t!("op-reading", what = _0))]
    Reading(Interest),
}

/// One operation.
pub trait Operation: Sync {
    fn meta(&self) -> &'static OpMeta;

    /// The exact plan for these inputs on this picture of the cluster.
    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal>;

    /// What it looks at besides the watched kinds, for its plan and for its proof.
    fn reads(&self, _inputs: &Inputs) -> Vec<Interest> {
        Vec::new()
    }

    /// Operations on the same object whose effect this one ends on purpose: what they promised is not watched any more, and
    /// that it does not hold is no regression.
    fn ends(&self) -> &'static [&'static str] {
        &[]
    }

    /// Seconds after it in which other objects may be short because of what it did, and mostly are whole again: what it moved
    /// begins anew elsewhere.
    fn settles(&self) -> i64 {
        0
    }

    /// How far the cluster itself shows the plan to be fulfilled.
    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress;
}

/// Every operation, a line each.
pub static REGISTRY: &[&dyn Operation] = &[
    &cordon::Cordon,
    &cordon::Uncordon,
    &drain::Drain,
    &taint::Taint,
    &taint::Untaint,
    &taint::OutOfService,
    &evict::Evict,
    &delete_pod::DeletePod,
    &force_delete::ForceDelete,
    &set_resources::Resize,
    &scale::Scale,
    &set_image::SetImage,
    &set_resources::SetResources,
    &restart::Restart,
    &undo::RolloutUndo,
    &switch::PAUSE,
    &switch::RESUME,
    &switch::SUSPEND,
    &switch::WAKE,
    &storage::Expand,
    &storage::Reclaim,
    &storage::Detach,
    &webhook::FailOpen,
    &webhook::FailClosed,
    &csr::Approve,
    &csr::Deny,
    &label::Label,
    &label::Annotate,
    &patch::Patch,
    &apply::Apply,
    &delete_object::DeleteObject,
    &finalizer::RemoveFinalizer,
    &secret::Rotate,
    &secret::RollBack,
    &token::Token,
    &rewrite::ReEncrypt,
    &debug_pod::DebugPod,
    &debug_node::DebugNode,
    &debug_node::DebugEnd,
    &forward::PortForward,
    &exec::Exec,
    &evidence::Save,
];

/// What may be left out and says how, not which object: the choices of an operation. Secrets and manifests are asked for
/// alone.
pub fn choices(meta: &'static OpMeta) -> impl Iterator<Item = &'static Param> {
    let object = |p: &Param| match p.takes {
        Takes::Name(kind) => meta.kinds.contains(&kind) || kind == Kind::Namespace,
        Takes::Secret | Takes::Json => true,
        _ => matches!(p.name, "kind" | "name"),
    };
    meta.params.iter().filter(move |p| !p.required && !object(p))
}

/// Finds an operation by its id.
pub fn find(id: &str) -> Option<&'static dyn Operation> {
    REGISTRY.iter().copied().find(|op| op.meta().id == id)
}

/// Whether a change by the one operation ends on purpose what one by the other made, on the same object.
pub fn ends(later: &str, earlier: &str) -> bool {
    find(later).is_some_and(|op| op.ends().contains(&earlier))
}

/// Seconds in which most programs that were moved are ready again.
pub const SETTLES: i64 = 120;

/// Seconds in which what an operation moved begins anew elsewhere.
pub fn settles(id: &str) -> i64 {
    find(id).map_or(0, Operation::settles)
}

/// Plans an operation by its id.
pub fn plan(id: &str, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
    let op = find(id).ok_or_else(|| Refusal::NoSuchOperation(id.to_owned()))?;
    inputs.known(op.meta())?;
    let plan = op.plan(world, inputs)?;
    Ok(Plan { kubectl: plan.kubectl.at(&world.info), ..plan })
}

/// The sentence that the cluster bears out for a plan that was applied; none while it does not show it. A plan's own
/// `proof` says what should come, this what came.
pub fn shown(plan: &Plan, world: &ClusterSnapshot) -> Option<String> {
    match find(&plan.op)?.progress(plan, world) {
        Progress::Fulfilled(words) => Some(words),
        Progress::Pending(_) | Progress::Stuck(_) => None,
    }
}

/// What an operation looks at besides the watched kinds; nothing where there is no such operation.
pub fn reads(id: &str, inputs: &Inputs) -> Vec<Interest> {
    let known = |op: &&dyn Operation| inputs.known(op.meta()).is_ok();
    find(id).filter(known).map(|op| op.reads(inputs)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_of_one_form() {
        let mut ids: Vec<_> = REGISTRY.iter().map(|op| op.meta().id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), REGISTRY.len());
        assert!(
            ids.iter().all(|id| id.split('.').count() == 2
                && id.chars().all(|c| c.is_ascii_lowercase() || ".-".contains(c)))
        );
    }
}
