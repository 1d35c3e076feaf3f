//! What a condition can name: variables, functions, objects with their fields and methods.
//!
//! One row each; the type checker, the evaluator and the reference page agree because all read these tables.

use crate::lang::t;

/// A type without lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// Not known before running.
    Any,
    /// Nothing.
    Null,
    /// True or false.
    Bool,
    /// A whole number.
    Int,
    /// Any other number.
    Double,
    /// Text.
    Text,
    /// Text by text, such as labels.
    Map,
    /// One of the objects below.
    Object(Object),
}

/// A type: a base, or a list of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ty {
    /// The base.
    pub base: Base,
    /// Whether it is a list of the base.
    pub list: bool,
}

impl Ty {
    /// A single value.
    pub const fn one(base: Base) -> Self {
        Self { base, list: false }
    }

    /// A list.
    pub const fn list(base: Base) -> Self {
        Self { base, list: true }
    }

    /// Not known before running.
    pub const ANY: Self = Self::one(Base::Any);

    /// The type in words.
    pub fn words(self) -> String {
        let base = match self.base {
            Base::Any => t!("runbook-what-any").to_owned(),
            Base::Null => t!("runbook-what-null").to_owned(),
            Base::Bool => t!("runbook-what-true-or-false").to_owned(),
            Base::Int | Base::Double => t!("runbook-what-number").to_owned(),
            Base::Text => t!("runbook-what-text").to_owned(),
            Base::Map => t!("runbook-what-map").to_owned(),
            Base::Object(o) => t!("runbook-what-thing", thing = o.name()),
        };
        if self.list { t!("runbook-what-list-with", base = base) } else { base }
    }
}

const BOOL: Ty = Ty::one(Base::Bool);
const INT: Ty = Ty::one(Base::Int);
const DOUBLE: Ty = Ty::one(Base::Double);
const TEXT: Ty = Ty::one(Base::Text);
const TEXTS: Ty = Ty::list(Base::Text);
const MAP: Ty = Ty::one(Base::Map);

const fn object(o: Object) -> Ty {
    Ty::one(Base::Object(o))
}

const fn objects(o: Object) -> Ty {
    Ty::list(Base::Object(o))
}

/// The kinds of objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Object {
    /// A node.
    Node,
    /// All nodes.
    Nodes,
    /// A status condition.
    Condition,
    /// A taint.
    Taint,
    /// A pod.
    Pod,
    /// A container of a pod.
    Container,
    /// A disruption budget.
    Pdb,
    /// A Deployment.
    Deployment,
    /// A `StatefulSet`.
    StatefulSet,
    /// A `DaemonSet`.
    DaemonSet,
    /// Any object of the API.
    Any,
    /// An event.
    Event,
    /// A finding.
    Finding,
    /// A container that the kernel killed for memory.
    OomKill,
    /// The API server.
    Api,
    /// etcd.
    Etcd,
    /// A member of etcd.
    EtcdMember,
    /// An object that a parameter names.
    Reference,
    /// The parameters.
    Params,
    /// The steps that recorded something.
    Steps,
    /// What one step recorded.
    Step,
}

type Fields = &'static [(&'static str, Ty)];

impl Object {
    /// The name in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Node => t!("runbook-thing-node"),
            Self::Nodes => t!("runbook-thing-nodes"),
            Self::Condition => t!("runbook-thing-condition"),
            Self::Taint => t!("runbook-thing-taint"),
            Self::Pod => t!("runbook-thing-pod"),
            Self::Container => t!("runbook-thing-container"),
            Self::Pdb => t!("runbook-thing-pdb"),
            Self::Deployment => t!("runbook-thing-deployment"),
            Self::StatefulSet => t!("runbook-thing-stateful-set"),
            Self::DaemonSet => t!("runbook-thing-daemon-set"),
            Self::Any => t!("runbook-thing-object"),
            Self::Event => t!("runbook-thing-event"),
            Self::Finding => t!("runbook-thing-finding"),
            Self::OomKill => t!("runbook-thing-memory-kill"),
            Self::Api => t!("runbook-thing-api"),
            Self::Etcd => t!("runbook-thing-etcd"),
            Self::EtcdMember => t!("runbook-thing-etcd-member"),
            Self::Reference => t!("runbook-thing-chosen-object"),
            Self::Params => t!("runbook-thing-parameter"),
            Self::Steps => t!("runbook-thing-step"),
            Self::Step => t!("runbook-thing-recorded-value"),
        }
    }

    /// The fields. Those of `Params`, `Steps` and `Step` come from the runbook.
    pub fn fields(self) -> Fields {
        match self {
            Self::Node => NODE,
            Self::Nodes => &[("all", TEXTS), ("ready", TEXTS), ("notReady", TEXTS), ("cordoned", TEXTS)],
            Self::Condition => CONDITION,
            Self::Taint => &[("key", TEXT), ("value", TEXT), ("effect", TEXT)],
            Self::Pod => POD,
            Self::Container => CONTAINER,
            Self::Pdb => PDB,
            Self::Deployment => DEPLOYMENT,
            Self::StatefulSet => STATEFUL_SET,
            Self::DaemonSet => DAEMON_SET,
            Self::Any => ANY,
            Self::Event => EVENT,
            Self::Finding => FINDING,
            Self::OomKill => &[("pod", TEXT), ("container", TEXT), ("exitCode", INT), ("ageSeconds", INT)],
            Self::Api => &[("version", TEXT), ("minor", INT), ("reachable", BOOL), ("readyz", BOOL)],
            Self::Etcd => ETCD,
            Self::EtcdMember => &[("name", TEXT), ("healthy", BOOL), ("leader", BOOL), ("learner", BOOL)],
            Self::Reference => &[("kind", TEXT), ("namespace", TEXT), ("name", TEXT)],
            Self::Params | Self::Steps | Self::Step => &[],
        }
    }

    /// Whether `x.condition("Ready")` exists.
    pub fn has_conditions(self) -> bool {
        matches!(self, Self::Node | Self::Pod | Self::Deployment | Self::Any)
    }
}

const NODE: Fields = &[
    ("exists", BOOL),
    ("name", TEXT),
    ("ready", BOOL),
    ("unschedulable", BOOL),
    ("leaseAgeSeconds", INT),
    ("ageSeconds", INT),
    ("taints", objects(Object::Taint)),
    ("labels", MAP),
    ("roles", TEXT),
    ("zone", TEXT),
    ("kubelet", TEXT),
    ("runtime", TEXT),
];
const CONDITION: Fields =
    &[("exists", BOOL), ("status", TEXT), ("reason", TEXT), ("message", TEXT), ("ageSeconds", INT)];
const POD: Fields = &[
    ("exists", BOOL),
    ("namespace", TEXT),
    ("name", TEXT),
    ("node", TEXT),
    ("phase", TEXT),
    ("status", TEXT),
    ("reason", TEXT),
    ("ready", BOOL),
    ("deleting", BOOL),
    ("owner", TEXT),
    ("restarts", INT),
    ("ageSeconds", INT),
    ("labels", MAP),
    ("containers", objects(Object::Container)),
];
const CONTAINER: Fields = &[
    ("name", TEXT),
    ("image", TEXT),
    ("ready", BOOL),
    ("running", BOOL),
    ("restarts", INT),
    ("waiting", TEXT),
    ("terminated", TEXT),
    ("lastTerminated", TEXT),
    ("exitCode", INT),
    ("memoryLimit", INT),
];
const PDB: Fields = &[
    ("namespace", TEXT),
    ("name", TEXT),
    ("allowed", INT),
    ("healthy", INT),
    ("desired", INT),
    ("expected", INT),
];
const DEPLOYMENT: Fields = &[
    ("exists", BOOL),
    ("namespace", TEXT),
    ("name", TEXT),
    ("desired", INT),
    ("ready", INT),
    ("updated", INT),
    ("available", INT),
    ("revision", INT),
    ("paused", BOOL),
    ("rolledOut", BOOL),
];
const STATEFUL_SET: Fields = &[
    ("exists", BOOL),
    ("namespace", TEXT),
    ("name", TEXT),
    ("desired", INT),
    ("ready", INT),
    ("updated", INT),
    ("available", INT),
    ("partition", INT),
    ("rolledOut", BOOL),
];
const DAEMON_SET: Fields = &[
    ("exists", BOOL),
    ("namespace", TEXT),
    ("name", TEXT),
    ("desired", INT),
    ("current", INT),
    ("ready", INT),
    ("updated", INT),
    ("available", INT),
    ("rolledOut", BOOL),
];
/// The parts of an object; what is in them is known only when it was read.
const ANY: Fields = &[
    ("exists", BOOL),
    ("deleting", BOOL),
    ("ageSeconds", INT),
    ("finalizers", TEXTS),
    ("labels", MAP),
    ("metadata", Ty::ANY),
    ("spec", Ty::ANY),
    ("status", Ty::ANY),
    ("data", Ty::ANY),
];
const EVENT: Fields =
    &[("reason", TEXT), ("message", TEXT), ("warning", BOOL), ("count", INT), ("ageSeconds", INT)];
const FINDING: Fields = &[
    ("detector", TEXT),
    ("title", TEXT),
    ("severity", TEXT),
    ("kind", TEXT),
    ("namespace", TEXT),
    ("name", TEXT),
    ("pods", INT),
    ("ageSeconds", INT),
];
const ETCD: Fields = &[
    ("members", objects(Object::EtcdMember)),
    ("healthy", TEXTS),
    ("running", TEXTS),
    ("leader", TEXT),
    ("quorum", BOOL),
    ("alarms", TEXTS),
    ("revision", INT),
];

/// Variables.
pub const VARIABLES: &[(&str, Ty)] = &[
    ("p", object(Object::Params)),
    ("steps", object(Object::Steps)),
    ("nodes", object(Object::Nodes)),
    ("api", object(Object::Api)),
    ("etcd", object(Object::Etcd)),
];

/// One way to call a function.
#[derive(Clone, Copy, Debug)]
pub struct Function {
    /// Its name.
    pub name: &'static str,
    /// The arguments' types.
    pub args: &'static [Ty],
    /// The result's type.
    pub gives: Ty,
}

const fn function(name: &'static str, args: &'static [Ty], gives: Ty) -> Function {
    Function { name, args, gives }
}

const REFERENCE: Ty = object(Object::Reference);

/// Functions; a name may stand several times with different arguments.
pub const FUNCTIONS: &[Function] = &[
    function("node", &[TEXT], object(Object::Node)),
    function("pod", &[TEXT, TEXT], object(Object::Pod)),
    function("pod", &[REFERENCE], object(Object::Pod)),
    function("pods", &[TEXT], objects(Object::Pod)),
    function("pods", &[TEXT, TEXT], objects(Object::Pod)),
    function("podsOn", &[TEXT], objects(Object::Pod)),
    function("evictablePods", &[TEXT], objects(Object::Pod)),
    function("pdbsBlocking", &[TEXT], objects(Object::Pdb)),
    function("deployment", &[TEXT, TEXT], object(Object::Deployment)),
    function("deployment", &[REFERENCE], object(Object::Deployment)),
    function("statefulset", &[TEXT, TEXT], object(Object::StatefulSet)),
    function("statefulset", &[REFERENCE], object(Object::StatefulSet)),
    function("daemonset", &[TEXT, TEXT], object(Object::DaemonSet)),
    function("daemonset", &[REFERENCE], object(Object::DaemonSet)),
    function("oomKilled", &[TEXT, TEXT], objects(Object::OomKill)),
    function("oomKilled", &[REFERENCE], objects(Object::OomKill)),
    function("events", &[TEXT, TEXT], objects(Object::Event)),
    function("events", &[TEXT, TEXT, TEXT], objects(Object::Event)),
    function("findings", &[TEXT], objects(Object::Finding)),
    function("object", &[TEXT, TEXT], object(Object::Any)),
    function("object", &[TEXT, TEXT, TEXT], object(Object::Any)),
    function("objects", &[TEXT], objects(Object::Any)),
    function("objects", &[TEXT, TEXT], objects(Object::Any)),
    function("seconds", &[TEXT], INT),
    function("quantity", &[TEXT], DOUBLE),
    function("int", &[Ty::ANY], INT),
    function("double", &[Ty::ANY], DOUBLE),
    function("string", &[Ty::ANY], TEXT),
    function("size", &[Ty::ANY], INT),
];

/// Methods of values that are no objects: the value's type, the name, the arguments, the result.
pub const METHODS: &[(Ty, Function)] = &[
    (TEXT, function("startsWith", &[TEXT], BOOL)),
    (TEXT, function("endsWith", &[TEXT], BOOL)),
    (TEXT, function("contains", &[TEXT], BOOL)),
    (TEXT, function("matches", &[TEXT], BOOL)),
    (TEXT, function("size", &[], INT)),
    (MAP, function("size", &[], INT)),
    (Ty::list(Base::Any), function("size", &[], INT)),
];
