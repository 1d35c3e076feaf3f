//! What is known before the first step about those that follow: the rights that their operations need, and what this
//! program cannot do. Pure: it says what to ask the server and what the answers come to; `update` asks.
//!
//! Must not hold anything up: what was not answered yet is not known, and nothing waits for it.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::script::has_way;
use super::{StepId, Walk};
use crate::domain::{ClusterSnapshot, Kind};
use crate::lang::{self, Msg, msg, t};
use crate::op::{Access, Refusal, Reviewed};
use crate::runbook::model::{RbacRule, Reach, Step, StepKind, Tool, Trust};
use crate::runbook::params::ParamValue;
use crate::runbook::{unmet, version_holds};

/// Steps whose plan is tried on one picture, so that a long runbook costs no more than a short one.
const TRIES: usize = 8;

/// The word of steps that nobody vouches for.
const UNTRUSTED: Msg = msg!("walk-word-trust");

/// Tools of the operator's machine.
const LOCAL: &str = "local";

/// What was asked before the first step, and what came of it.
#[derive(Clone, Debug, Default)]
pub struct Preflight {
    /// Every right that something needs, each once, with the server's answer.
    pub rights: BTreeMap<Access, Option<Reviewed>>,
    /// The rights of a step, once its plan could be made.
    pub(super) steps: BTreeMap<StepId, Vec<Access>>,
    /// What `requires` names.
    required: Vec<Access>,
    /// Programs that `requires` names for this machine, once they were looked for.
    tools: Option<BTreeMap<String, bool>>,
    /// Their versions, once they were asked for; none of one that could not be read.
    versions: Option<BTreeMap<String, Option<String>>>,
    asked: bool,
    looked: bool,
    /// Where the next tries begin.
    next: usize,
    begun: bool,
}

impl Preflight {
    /// Takes an answer; one that nobody asked for changes nothing.
    pub fn answered(&mut self, reviewed: Reviewed) {
        if let Some(answer) = self.rights.get_mut(&reviewed.access) {
            *answer = Some(reviewed);
        }
    }

    /// Takes what was found of the programs that were looked for.
    fn found(&mut self, tools: BTreeMap<String, bool>) {
        self.tools = Some(tools);
    }

    /// Takes the versions that were read.
    fn read(&mut self, versions: BTreeMap<String, Option<String>>) {
        self.versions = Some(versions);
    }

    fn denied<'a>(&'a self, rights: &'a [Access]) -> impl Iterator<Item = &'a Reviewed> {
        rights.iter().filter_map(|r| self.rights.get(r)?.as_ref()).filter(|r| !r.allowed)
    }
}

/// Why a step will be refused: a word for the list, and all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hindrance {
    pub word: Msg,
    pub why: String,
}

fn hindered(word: Msg, why: impl Into<String>) -> Hindrance {
    Hindrance { word, why: why.into() }
}

/// What this program cannot do, whatever the cluster says.
fn cannot(step: &Step) -> Option<Hindrance> {
    if let crate::runbook::model::Runnable::No(why) = &step.runnable {
        return Some(hindered(msg!("walk-word-broken"), why.clone()));
    }
    match &step.kind {
        StepKind::Shell(shell) if !has_way(shell) => {
            Some(hindered(msg!("walk-word-host"), t!("walk-preflight-host-access")))
        }
        StepKind::Unreadable { kind } => {
            Some(hindered(msg!("walk-word-newer"), t!("walk-judge-newer", kind = kind)))
        }
        _ => None,
    }
}

impl Walk {
    /// The rights to ask the server for now, each once in the life of the run.
    pub fn to_review(&mut self, world: &ClusterSnapshot) -> Vec<Access> {
        let mut wanted = Vec::new();
        if !self.preflight.begun {
            self.preflight.begun = true;
            let space = self.namespace();
            let rules = self.book.requires.rbac.iter();
            self.preflight.required = rules.map(|r| access(r, space.as_deref())).collect();
            wanted.extend(self.preflight.required.clone());
        }
        let count = self.tree.len();
        for _ in 0..TRIES.min(count) {
            let at = self.preflight.next % count;
            self.preflight.next = at + 1;
            let Some(index) = self.tree.at(at) else { break };
            if !self.preflight.steps.contains_key(&index)
                && let Some(needs) = self.needs(index, world)
            {
                wanted.extend(needs.clone());
                self.preflight.steps.insert(index, needs);
            }
        }
        let rights = &mut self.preflight.rights;
        let fresh = |right: &Access| match rights.entry(right.clone()) {
            Entry::Occupied(_) => false,
            Entry::Vacant(place) => {
                place.insert(None);
                true
            }
        };
        wanted.retain(fresh);
        wanted
    }

    /// The programs to look for on this machine, once in the life of the run.
    pub fn to_find(&mut self) -> Vec<String> {
        if std::mem::replace(&mut self.preflight.looked, true) {
            return Vec::new();
        }
        let mut names: Vec<String> = Vec::new();
        for tool in self.book.requires.tools.iter().filter(|t| t.at == LOCAL) {
            if !names.contains(&tool.name) {
                names.push(tool.name.clone());
            }
        }
        names
    }

    /// The programs of this machine whose versions to read, once in the life of the run: when the operator begins a step,
    /// as nothing runs because a file was opened.
    pub fn to_ask_version(&mut self) -> Vec<String> {
        if self.untrusted(self.current).is_some() || std::mem::replace(&mut self.preflight.asked, true) {
            return Vec::new();
        }
        let mut names: Vec<_> = self.versions_wanted().map(|(name, _)| name.to_owned()).collect();
        names.dedup();
        names
    }

    /// Takes what was found of the programs that this walk needs.
    pub fn tools_found(&mut self, found: &BTreeMap<String, bool>) {
        let own: BTreeMap<_, _> = self.own(found).collect();
        if !own.is_empty() {
            self.preflight.found(own);
        }
    }

    /// Takes the versions that were read of the programs that this walk needs.
    pub fn versions_read(&mut self, read: &BTreeMap<String, Option<String>>) {
        let own: BTreeMap<_, _> = self.own(read).collect();
        if !own.is_empty() {
            self.preflight.read(own);
        }
    }

    fn own<T: Clone>(&self, of: &BTreeMap<String, T>) -> impl Iterator<Item = (String, T)> {
        let needed = |name: &String| self.book.requires.tools.iter().any(|tool| tool.name == *name);
        of.iter().filter(move |(name, _)| needed(name)).map(|(name, value)| (name.clone(), value.clone()))
    }

    /// The versions that are wanted of programs of this machine.
    fn versions_wanted(&self) -> impl Iterator<Item = (&str, &str)> {
        let local = self.book.requires.tools.iter().filter(|t| t.at == LOCAL);
        local.filter_map(|t| Some((t.name.as_str(), t.version.as_deref()?)))
    }

    /// What is to be said about versions of programs.
    pub fn version_words(&self) -> Vec<String> {
        let there = |name: &str| self.preflight.tools.as_ref().is_none_or(|t| t.get(name) != Some(&false));
        let of = |(name, wanted): (&str, &str)| match &self.preflight.versions {
            None => Some(t!("walk-preflight-version-later", name = name, wanted = wanted)),
            Some(read) => match read.get(name).and_then(Option::as_deref) {
                None => Some(t!("walk-preflight-version-unknown", name = name, wanted = wanted)),
                Some(version) if version_holds(wanted, version) == Some(true) => None,
                Some(version) => Some(format!("✖ {name} {}", unmet(wanted, version))),
            },
        };
        self.versions_wanted().filter(|(name, _)| there(name)).filter_map(of).collect()
    }

    /// The rights of a step; none while its plan cannot be made.
    fn needs(&self, index: StepId, world: &ClusterSnapshot) -> Option<Vec<Access>> {
        if let Some(made) = self.script_plan(index, world, "-") {
            return made.ok().map(|plan| plan.needs);
        }
        let Some(call) = self.call(index) else { return Some(Vec::new()) };
        let inputs = self.inputs(index, call).ok()?;
        match crate::op::plan(&call.op, world, &inputs) {
            Ok(plan) => Some(plan.needs),
            Err(Refusal::NoSuchOperation(_)) => Some(Vec::new()),
            Err(_) => None,
        }
    }

    /// The namespace that the parameters are about.
    fn namespace(&self) -> Option<String> {
        let of = |value: &ParamValue| match value {
            ParamValue::Object(o) => o.namespace.clone(),
            _ => None,
        };
        let named = self.params.get("namespace").map(ParamValue::plain);
        named.or_else(|| self.params.values().find_map(of))
    }

    /// Why a step will be refused, as far as it is known by now.
    pub fn hindrance(&self, index: StepId) -> Option<Hindrance> {
        let step = &self.tree[index];
        if let Some(found) = cannot(step) {
            return Some(found);
        }
        if self.no_peer(index).is_some() {
            return Some(hindered(msg!("walk-word-peer"), t!("walk-preflight-peer")));
        }
        let runs = self.call(index).is_some() || matches!(step.kind, StepKind::Shell(_));
        if runs && let Some(why) = self.untrusted(index) {
            return Some(hindered(UNTRUSTED, why));
        }
        let needs = self.preflight.steps.get(&index)?;
        let denied: Vec<_> = self.preflight.denied(needs).map(may_not).collect();
        (!denied.is_empty()).then(|| hindered(msg!("walk-word-rights"), lang::clauses(denied)))
    }

    /// What stands in the way of the runbook, a line each, for the operator to read before the first step.
    pub fn preflight_words(&self, world: &ClusterSnapshot) -> Vec<String> {
        let mut out = Vec::new();
        let mut found: Vec<_> =
            self.tree.ids().enumerate().filter_map(|(at, id)| Some((at, self.hindrance(id)?))).collect();
        // The reason is one for all of them.
        let untrusted = found.iter().find(|(_, h)| h.word == UNTRUSTED).map(|(_, h)| h.why.clone());
        out.extend(untrusted.map(|why| format!("✖ {why}")));
        found.retain(|(_, h)| h.word != UNTRUSTED);
        if self.book.trust == (Trust::Approved { reworded: true }) {
            out.push(t!("walk-preflight-reworded").to_owned());
        }
        if !found.is_empty() {
            let each: Vec<_> = found.iter().map(|(i, h)| format!("{} {}", i + 1, h.why)).collect();
            let all = self.tree.len();
            out.push(t!("walk-preflight-refused", count = found.len(), all = all, each = each.join(" · ")));
        }
        let peers: Vec<_> =
            self.tree.ids().enumerate().filter(|(_, id)| self.wants_peer(*id)).map(|(at, _)| at).collect();
        if self.asks_peers && !peers.is_empty() {
            let numbers: Vec<_> = peers.iter().map(|i| (i + 1).to_string()).collect();
            out.push(t!("walk-preflight-peers", numbers = lang::list(numbers)));
        }
        for (at, (id, step)) in self.tree.steps().enumerate() {
            let why = self.no_elements(id).filter(|_| !self.steps[id].status().ended());
            out.extend(
                why.map(|why| t!("walk-preflight-step", number = at + 1, step = step.name, why = why)),
            );
        }
        out.extend(self.fits(world));
        let requires = &self.book.requires;
        if requires.api && world.unreachable().is_some() {
            out.push(t!("walk-preflight-no-api").to_owned());
        }
        // What a step needs was said with the step.
        let said: Vec<_> = self.preflight.steps.values().flatten().collect();
        let only = self.preflight.required.iter().filter(|r| !said.contains(r)).cloned().collect::<Vec<_>>();
        let denied: Vec<_> = self.preflight.denied(&only).map(may_not).collect();
        if !denied.is_empty() {
            out.push(t!("walk-preflight-needs-more", denied = lang::clauses(denied)));
        }
        let word = |r: &Reach| Reach::ALL.iter().find(|(_, k)| k == r).map_or("", |(w, _)| *w);
        let reach: Vec<_> = requires.reach.iter().map(word).collect();
        if !reach.is_empty() {
            out.push(t!("walk-preflight-reach", reach = lang::list(reach)));
        }
        out.extend(self.tool_words());
        out
    }

    /// What is to be said about programs.
    fn tool_words(&self) -> Vec<String> {
        let mut out = Vec::new();
        let absent: Vec<_> = self
            .preflight
            .tools
            .iter()
            .flatten()
            .filter(|(_, there)| !**there)
            .map(|(name, _)| name.as_str())
            .collect();
        if !absent.is_empty() {
            out.push(t!("walk-preflight-programs", programs = lang::list(absent)));
        }
        out.extend(self.version_words());
        let found = |t: &&Tool| t.at == LOCAL && (t.version.is_some() || self.preflight.tools.is_some());
        let tools: Vec<_> = self
            .book
            .requires
            .tools
            .iter()
            .filter(|t| !found(t))
            .map(|t| format!("{}{} ({})", t.name, t.version.as_deref().unwrap_or_default(), t.at))
            .collect();
        if !tools.is_empty() {
            out.push(t!("walk-preflight-tools", tools = lang::list(tools)));
        }
        out
    }
}

fn may_not(reviewed: &Reviewed) -> String {
    let (access, reason) = (&reviewed.access, reviewed.reason.as_str());
    match reason {
        "" => t!("walk-preflight-may-not", access = access),
        _ => t!("walk-preflight-may-not-because", access = access, reason = reason),
    }
}

/// The right that a rule names, in the namespace that the runbook is about where its kind has one.
fn access(rule: &RbacRule, namespace: Option<&str>) -> Access {
    let namespaced = Kind::parse(&rule.resource).is_some_and(|k| k.meta().namespaced);
    Access {
        verb: rule.verb.clone(),
        group: rule.group.clone(),
        resource: rule.resource.clone(),
        subresource: rule.subresource.clone().unwrap_or_default(),
        namespace: namespace.filter(|_| namespaced).unwrap_or_default().to_owned(),
    }
}
