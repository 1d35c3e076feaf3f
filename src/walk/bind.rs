//! What a parameter can be bound to: the objects of the cluster for a picker, the words of an enumeration.

use super::{Status, StepId, Walk};
use crate::domain::{ClusterSnapshot, Kind, ObjectKey, PodPhase};
use crate::lang::t;
use crate::record::Ending;
use crate::runbook::model::{K8sPicker, Param, ParamSource, PathPart, Template, ValueType};
use crate::runbook::params::{ObjectRef, ParamValue, Values};

/// One row of a picker.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    pub shown: String,
    pub value: ParamValue,
}

/// The candidates of a parameter; none when it is typed in.
pub fn candidates(param: &Param, params: &Values, world: &ClusterSnapshot) -> Option<Vec<Candidate>> {
    match &param.source {
        ParamSource::K8s(picker) => Some(objects(picker, params, world)),
        ParamSource::Typed(ValueType::Enum(words)) => Some(words.iter().map(|w| text(w)).collect()),
        ParamSource::Typed(ValueType::Bool) => {
            let value = |b: bool| Candidate { shown: b.to_string(), value: ParamValue::Bool(b) };
            Some(vec![value(true), value(false)])
        }
        ParamSource::Context => Some(vec![text(&world.info.context)]),
        _ => None,
    }
}

fn text(word: &str) -> Candidate {
    Candidate { shown: word.to_owned(), value: ParamValue::Text(word.to_owned()) }
}

fn plain(template: Option<&Template>, params: &Values) -> Option<String> {
    let of = |name: &str| params.get(name).map(ParamValue::plain);
    match template? {
        Template::Literal(value, _) => value.as_str().map(str::to_owned),
        Template::Ref(r) => of(&r.name),
        Template::Path(parts, _) => parts
            .iter()
            .map(|p| match p {
                PathPart::Text(t) => Some(t.clone()),
                PathPart::Ref(r) => of(&r.name),
            })
            .collect(),
        Template::List(..) | Template::Map(..) => None,
    }
}

fn objects(picker: &K8sPicker, params: &Values, world: &ClusterSnapshot) -> Vec<Candidate> {
    let Some(kind) = Kind::parse(&picker.kind) else { return Vec::new() };
    let namespace = plain(picker.namespace.as_ref(), params);
    let label = plain(picker.label.as_ref(), params);
    let mut out = Vec::new();
    world.each_key(kind, |row| {
        let key = ObjectKey { kind, row };
        if namespace.as_ref().is_some_and(|ns| key.namespace() != ns) {
            return;
        }
        let labelled = |l: &String| {
            let meta = world.meta(&key);
            l.split(',').all(|part| match part.split_once('=') {
                Some((k, v)) => meta.and_then(|m| m.label(k.trim())) == Some(v.trim()),
                None => meta.and_then(|m| m.label(part.trim())).is_some(),
            })
        };
        if label.as_ref().is_some_and(|l| !labelled(l))
            || !picker.filter.iter().all(|w| holds(w, &key, world))
        {
            return;
        }
        let namespace = (!key.namespace().is_empty()).then(|| key.namespace().to_owned());
        let value = ObjectRef { kind: picker.kind.clone(), namespace, name: key.name().to_owned() };
        out.push(Candidate { shown: key.row.to_string(), value: ParamValue::Object(value) });
    });
    out
}

/// Whether a word of `where:` holds for an object.
fn holds(word: &str, key: &ObjectKey, world: &ClusterSnapshot) -> bool {
    if let Some(positive) = word.strip_prefix("not ") {
        return !holds(positive, key, world);
    }
    let node = || world.nodes.get(&key.row);
    let pod = || world.pods.get(&key.row);
    match (word, key.kind) {
        ("ready", Kind::Node) => node().is_some_and(|n| n.ready()),
        ("control-plane", Kind::Node) => node().is_some_and(|n| n.roles().contains("control-plane")),
        ("worker", Kind::Node) => node().is_some_and(|n| !n.roles().contains("control-plane")),
        ("cordoned", Kind::Node) => node().is_some_and(|n| n.unschedulable),
        ("ready", Kind::Pod) => pod().is_some_and(|p| p.ready()),
        ("running", Kind::Pod) => pod().is_some_and(|p| p.phase == PodPhase::Running),
        ("pending", Kind::Pod) => pod().is_some_and(|p| p.phase == PodPhase::Pending),
        ("failing", Kind::Pod) => pod().is_some_and(|p| p.active() && !p.ready()),
        ("terminating", _) => world.meta(key).is_some_and(|m| m.deleting.is_some()),
        ("ready", Kind::Deployment) => {
            world.deployments.get(&key.row).is_some_and(|d| d.available >= d.desired)
        }
        ("ready", Kind::StatefulSet) => {
            world.stateful_sets.get(&key.row).is_some_and(|s| s.available >= s.desired)
        }
        ("ready", Kind::DaemonSet) => world.daemon_sets.get(&key.row).is_some_and(|d| d.ready >= d.desired),
        // A word that says nothing about this kind filters nothing out; the checker names it.
        _ => true,
    }
}

impl Walk {
    /// Which object that a parameter names is not in the cluster, in words: then the walk is about nothing, and what it asks of the
    /// cluster is true of nothing. Once all were seen, or something was done, they may be gone because of that.
    pub(super) fn about_nothing(&self, world: &ClusterSnapshot) -> Option<String> {
        if self.met || !self.begun {
            return None;
        }
        self.objects().find_map(|(kind, key)| {
            let seen = world.sync(kind).complete() && world.covers(kind, key.namespace());
            (seen && world.meta(&key).is_none())
                .then(|| t!("walk-about-nothing", kind = kind, object = key.row))
        })
    }

    /// The objects that the walk is about: those of needed parameters of one object each. Of a list each element has a step that
    /// says so itself.
    fn objects(&self) -> impl Iterator<Item = (Kind, ObjectKey)> {
        self.book.params.iter().filter(|param| !param.optional).filter_map(|param| {
            let ParamSource::K8s(picker) = &param.source else { return None };
            let kind = Kind::parse(&picker.kind).filter(|kind| kind.watched())?;
            let ParamValue::Object(object) = self.params.get(&param.name)? else { return None };
            let namespace = object.namespace.as_deref().unwrap_or_default();
            Some((kind, ObjectKey::new(kind, namespace, object.name.as_str())))
        })
    }

    /// Whether what the walk is about was seen, or something of it was done.
    pub(super) fn meet(&mut self, world: &ClusterSnapshot) {
        let done = |id: StepId| {
            let step = &self.steps[id];
            let skipped = matches!(step.status(), Status::Ended(Ending::Skipped, _));
            step.ran().is_some() || (step.status().ended() && !skipped)
        };
        self.met = self.met
            || self.objects().all(|(_, key)| world.meta(&key).is_some())
            || self.tree.ids().any(done);
    }
}

/// Whether a parameter of an operation is for a secret.
pub(super) fn takes_secret(op: &str, param: &str) -> bool {
    let params = crate::op::find(op).map_or(&[][..], |op| op.meta().params);
    params.iter().any(|p| p.name == param && p.takes == crate::op::Takes::Secret)
}
