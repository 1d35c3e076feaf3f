//! A plan: exactly what one key will do, with its consequences, its way back and its proof. What runs is the
//! plan that was shown: it is known by a digest and bound to the object's uid and resourceVersion.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Call, CommandLine, Inputs, OpMeta, Script};
use crate::domain::{Kind, Meta, ObjectKey, Risk};
use crate::lang::{Msg, msg, t};

/// How a refusal of a stale plan reads: nothing was changed, and a new plan may be run.
pub const STALE: Msg = msg!("op-plan-stale");

/// A pod that a drain evicts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrainPod {
    pub key: ObjectKey,
    pub uid: String,
    /// The workload, so that no two pods of one are evicted at the same time.
    pub workload: String,
}

/// The work of a drain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DrainWork {
    pub node: ObjectKey,
    /// The kubelet does not report: pods are gone for the cluster once they are marked for deletion, and
    /// nothing can confirm more until the machine is back or its Node is deleted.
    pub silent: bool,
    pub evict: Vec<DrainPod>,
    /// Pods that were deleted before and have not gone yet: waited for, not asked again.
    #[serde(default)]
    pub going: Vec<DrainPod>,
    /// Pods that stay, with the reason.
    pub stay: Vec<(ObjectKey, String)>,
    pub timeout_seconds: u64,
    /// Seconds that every pod gets to end; each has its own where none are given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grace_seconds: Option<u64>,
}

/// The work of writing the objects of a resource anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RewriteWork {
    pub kind: Kind,
    /// Of the whole cluster where there is none.
    pub namespace: Option<String>,
    /// Requests that are sent in a second, at most.
    pub per_second: u64,
}

/// The work of saving what is known of an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveWork {
    pub object: ObjectKey,
    pub uid: String,
    /// Every object of these as well, as kubectl names them.
    pub resources: Vec<String>,
}

/// The work of forwarding a port.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForwardWork {
    pub pod: ObjectKey,
    pub uid: String,
    /// In the pod.
    pub port: u16,
    /// Of this machine; 0 is a free one.
    pub local: u16,
}

/// A shell in a container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExecWork {
    pub pod: ObjectKey,
    pub uid: String,
    pub container: String,
    pub command: Vec<String>,
}

/// What a plan does.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Work {
    /// Requests, one after the other; the first that fails ends it.
    Calls(Vec<Call>),
    /// Requests whose effect lasts for some seconds; then, or when it is stopped earlier, the second ones take
    /// it back.
    Hold { calls: Vec<Call>, back: Vec<Call>, seconds: u64 },
    /// Cordon first, then evictions in waves.
    Drain { cordon: Option<Call>, drain: DrainWork },
    /// An empty patch for each object of a resource, as it is listed then.
    Rewrite(RewriteWork),
    /// A port of a pod, as long as the task runs.
    Forward(ForwardWork),
    /// A shell that has a terminal.
    Exec(ExecWork),
    /// What is known of an object, as files of the session: nothing in the cluster changes.
    Save(SaveWork),
    /// The script of a step.
    Script(Box<Script>),
}

impl Work {
    /// The requests that are sent first and can be dry-run; evictions depend on each other and cannot.
    pub fn calls(&self) -> impl Iterator<Item = &Call> {
        let (calls, cordon) = match self {
            Work::Calls(calls) | Work::Hold { calls, .. } => (calls.as_slice(), None),
            Work::Drain { cordon, .. } => (&[][..], cordon.as_ref()),
            Work::Rewrite(_) | Work::Forward(_) | Work::Exec(_) | Work::Save(_) | Work::Script(_) => {
                (&[][..], None)
            }
        };
        calls.iter().chain(cordon)
    }
}

/// How much a consequence weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    Info,
    Warn,
    Danger,
}

/// Something that will happen because of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consequence {
    pub level: Level,
    /// The class, by which plans are compared whatever their language; empty where it was read from a request.
    #[serde(skip)]
    pub class: &'static str,
    /// The class in a few words: `no other replica`.
    pub what: String,
    /// The objects and numbers.
    pub detail: String,
    /// The uids of what it happens to, where a yes is for these and no others; else it is for whatever is of its class.
    #[serde(skip)]
    pub of: Vec<String>,
}

/// Something that the operator must accept before the plan may run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    pub key: String,
    pub text: String,
    /// The uids of what it asks about, where a yes is for these and no others.
    #[serde(skip)]
    pub of: Vec<String>,
}

/// A right that the plan needs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Access {
    pub verb: String,
    pub group: String,
    pub resource: String,
    pub subresource: String,
    pub namespace: String,
}

impl std::fmt::Display for Access {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let slash = if self.subresource.is_empty() { "" } else { "/" };
        let right = format!("{} {}{slash}{}", self.verb, self.resource, self.subresource);
        if self.namespace.is_empty() {
            return f.write_str(&right);
        }
        f.write_str(&t!("op-plan-in", right = right, namespace = self.namespace))
    }
}

/// The way back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Undo {
    /// Another operation takes it back; `note` says what that does not bring back.
    By { op: String, inputs: Inputs, note: String },
    /// It cannot be taken back; why.
    None(String),
}

/// How far the cluster shows a plan to be fulfilled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    Pending(String),
    /// As things are it will not come by itself, and why.
    Stuck(String),
    Fulfilled(String),
}

/// Exactly what one key will do.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Plan {
    pub op: String,
    pub inputs: Inputs,
    /// `drain worker-3`
    pub title: String,
    pub target: ObjectKey,
    pub uid: String,
    pub version: String,
    pub risk: Risk,
    pub work: Work,
    /// One line: `evict 14 · leave 3`.
    pub summary: String,
    pub consequences: Vec<Consequence>,
    pub questions: Vec<Question>,
    pub needs: Vec<Access>,
    /// The line that a person would type.
    pub kubectl: CommandLine,
    pub undo: Undo,
    /// What proves it, in words, and within how many seconds.
    pub proof: String,
    pub within_seconds: u64,
    /// A second person must agree.
    pub peer: bool,
}

impl Plan {
    /// Whether it has a terminal of its own.
    pub fn takes_terminal(&self) -> bool {
        matches!(self.work, Work::Exec(_)) || self.script().is_some_and(|script| script.interactive)
    }

    /// Whether the cluster shows that it was done. Of what only ends (a script, a shell, a port, files that were saved, objects
    /// that are the same as before) nothing in the cluster says more than that it ended.
    pub fn shows(&self) -> bool {
        matches!(self.work, Work::Calls(_) | Work::Hold { .. } | Work::Drain { .. })
    }

    /// Whether what it writes is an answer that is to be read. What has a terminal was read there.
    pub fn tells(&self) -> bool {
        matches!(self.work, Work::Script(_) | Work::Save(_)) && !self.takes_terminal()
    }

    /// The script that it runs, where it is one.
    pub fn script(&self) -> Option<&Script> {
        match &self.work {
            Work::Script(script) => Some(script),
            _ => None,
        }
    }

    /// A plan of requests in its first form: what it is about and what it needs. The operation says the rest.
    pub(super) fn draft(
        op: &'static OpMeta,
        inputs: &Inputs,
        target: ObjectKey,
        of: &Meta,
        calls: Vec<Call>,
    ) -> Plan {
        let mut needs: Vec<Access> = calls.iter().map(Call::access).collect();
        needs.sort();
        needs.dedup();
        Plan {
            op: op.id.to_owned(),
            inputs: inputs.clone(),
            title: String::new(),
            target,
            uid: of.uid.to_string(),
            version: of.version.to_string(),
            risk: op.risk,
            work: Work::Calls(calls),
            summary: String::new(),
            consequences: Vec::new(),
            questions: Vec::new(),
            needs,
            kubectl: CommandLine::default(),
            undo: Undo::None(op.undo.to_string()),
            proof: String::new(),
            within_seconds: 60,
            peer: false,
        }
    }

    /// The same with the rights that all of its requests need.
    pub(super) fn with_needs(mut self) -> Plan {
        self.needs.extend(self.work.calls().map(Call::access));
        self.needs.sort();
        self.needs.dedup();
        self
    }

    /// The first eight digits of the digest, for people and names. Must not decide anything: plans can be made that share
    /// them.
    pub fn short_digest(&self) -> String {
        let mut digest = self.digest();
        digest.truncate(8);
        digest
    }

    /// SHA-256 over everything that the plan would do, as hexadecimal digits: what was read, what is signed and what runs is
    /// compared by all of them. Its words are part of it, so the same plan in another language is read again.
    pub fn digest(&self) -> String {
        let doing = (&self.op, &self.target, &self.uid, &self.version, &self.work);
        let lasts = |c: &&Consequence| !super::known::is_of_a_reading(c);
        let consequences: Vec<_> = self.consequences.iter().filter(lasts).collect();
        let following = (consequences, &self.questions);
        // What proves a script can be a script itself, and runs because of the same answer.
        let bytes = match self.script() {
            Some(_) => serde_json::to_vec(&(doing, following, &self.proof)),
            None => serde_json::to_vec(&(doing, following)),
        };
        let bytes = bytes.expect("a plan is made of plain values");
        super::peer::hex(&Sha256::digest(&bytes))
    }
}

impl Question {
    /// One that is about the target of its plan.
    pub fn new(key: &str, text: impl Into<String>) -> Question {
        Question { key: key.to_owned(), text: text.into(), of: Vec::new() }
    }
}

impl Consequence {
    pub(super) fn told(level: Level, what: Msg, detail: impl Into<String>) -> Consequence {
        let (class, words) = (what.0, what.text().to_owned());
        Consequence { level, class, what: words, detail: detail.into(), of: Vec::new() }
    }

    pub fn info(what: Msg, detail: impl Into<String>) -> Consequence {
        Consequence::told(Level::Info, what, detail)
    }

    pub fn warn(what: Msg, detail: impl Into<String>) -> Consequence {
        Consequence::told(Level::Warn, what, detail)
    }

    pub fn danger(what: Msg, detail: impl Into<String>) -> Consequence {
        Consequence::told(Level::Danger, what, detail)
    }
}

impl Undo {
    /// Another operation with these inputs takes it back.
    pub(super) fn by(op: &str, inputs: Inputs) -> Undo {
        Undo::By { op: op.to_owned(), inputs, note: String::new() }
    }
}
