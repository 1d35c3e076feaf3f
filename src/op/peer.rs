//! The second person: what is asked of one, and what an answer says. Both are one line of text that any channel carries.
//! Pure: `trust` makes and checks the signature, `runtime` reads and writes files.
//!
//! Must not take an answer for good that was not checked: an [`Agreement`] comes from `trust` alone. To ask for more, add a
//! field to [`PeerRequest`] and its words in [`PeerRequest::words`], so that whoever signs it has read it.

mod blanks;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::{Consequence, Inputs, Level, Plan, Undo, Work};
use crate::domain::{Kind, ObjectKey, Risk, Timestamp, hidden, legible, one_row, visible, visible_rows};
use crate::lang::{msg, t};

/// How a request begins.
pub const REQUEST: &str = "opsbook-request:";
/// How an answer begins.
pub const APPROVAL: &str = "opsbook-approval:";
/// What the signature is for: one that was made for something else does not count.
pub const NAMESPACE: &str = "opsbook-approve";
/// How long a request can be answered, in seconds.
pub const VALID_SECONDS: i64 = 15 * 60;
/// The id of a plan that a person carries out. It is no operation of the catalogue.
pub const BY_HAND: &str = "manual";

/// The form of both lines.
const FORM: u32 = 1;
/// Longest line that is read, in bytes.
const LONGEST: usize = 256 * 1024;
/// Longest name (of somebody, of a cluster, of an object), in bytes: a row or two of a screen.
const LONGEST_NAME: usize = 600;
/// Longest text about the plan, in bytes.
const LONGEST_TEXT: usize = 16 * 1024;
/// Longest script, in bytes.
const LONGEST_SCRIPT: usize = 128 * 1024;
/// Most consequences, and most questions.
const MOST_ROWS: usize = 500;

/// What a second person is asked to agree to: the plan, where it would run, and who asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeerRequest {
    pub form: u32,
    /// No other request has it.
    pub id: String,
    /// SHA-256 over the plan, as [`Plan::digest`] makes it.
    pub digest: String,
    pub title: String,
    pub risk: Risk,
    pub context: String,
    pub server: String,
    /// uid of the namespace kube-system; empty where it is not known.
    pub cluster: String,
    pub target: String,
    /// uid of the object; empty where it has none.
    pub uid: String,
    /// The line that a person would type.
    pub kubectl: String,
    pub summary: String,
    pub consequences: Vec<Consequence>,
    /// What the operator must accept.
    pub questions: Vec<String>,
    /// The script that would run.
    pub script: Option<String>,
    pub way_back: String,
    /// Who asks, as `config.toml` says.
    pub by: String,
    /// Who the cluster or the machine takes the operator for.
    pub user: String,
    pub at: Timestamp,
    /// From then on no answer counts.
    pub until: Timestamp,
}

/// A text of a request.
struct Part<'a> {
    /// What it is, for an error.
    what: &'static str,
    form: Form,
    text: &'a mut String,
}

/// What a text of a request may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// One short row.
    Name,
    Text,
    Script,
}

/// The answer of a second person, with the signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeerAnswer {
    pub form: u32,
    /// SHA-256 over the request as it was read.
    pub request: String,
    /// The plan's, as the request has it.
    pub digest: String,
    pub at: Timestamp,
    /// As `ssh-keygen -Y sign` writes it.
    pub signature: String,
}

/// A second person agreed to one plan. Only `trust` makes one, after it checked the signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Id of the request.
    pub request: String,
    /// The plan's, in full.
    pub digest: String,
    pub by: String,
    /// Fingerprint of the key.
    pub key: String,
    pub at: Timestamp,
    pub until: Timestamp,
}

/// Why a line is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PeerError {
    #[error("{}", t!("op-peer-not-one", head = _0))]
    NotOne(&'static str),
    #[error("{}", t!("op-peer-altered", why = _0))]
    Altered(String),
    #[error(
        "{}", t!("op-peer-steers", part = _0))]
    Steers(&'static str),
    #[error(
        "{}", t!("op-peer-blanks", part = _0))]
    Blanks(&'static str),
    #[error("{}", t!("op-peer-too-long", part = _0))]
    TooLong(&'static str),
    #[error("{}", t!("op-peer-other-form", form = _0, ours = FORM))]
    Form(u32),
    #[error(
        "{}", t!("op-peer-other-plan"))]
    OtherPlan,
    #[error("{}", t!("op-peer-other-request"))]
    OtherRequest,
    #[error("{}", t!("op-peer-expired"))]
    Expired,
}

fn line(head: &str, what: &impl Serialize) -> String {
    let json = serde_json::to_vec(what).expect("a request is made of plain values");
    format!("{head}{}", STANDARD_NO_PAD.encode(json))
}

/// The bytes and the value of a line. White space in it is what a mail or a chat put there.
fn read<T: DeserializeOwned>(head: &'static str, text: &str) -> Result<(Vec<u8>, T), PeerError> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).take(LONGEST).collect();
    let coded = text.strip_prefix(head).ok_or(PeerError::NotOne(head))?;
    let bytes = STANDARD_NO_PAD.decode(coded).map_err(|e| PeerError::Altered(e.to_string()))?;
    let value = serde_json::from_slice(&bytes).map_err(|e| PeerError::Altered(e.to_string()))?;
    Ok((bytes, value))
}

impl PeerRequest {
    /// What is asked for a plan at a moment. Who asks and on which cluster is filled in by those who know it.
    pub fn of(plan: &Plan, id: String, at: Timestamp) -> PeerRequest {
        let until = Timestamp::from_second(at.as_second() + VALID_SECONDS).unwrap_or(Timestamp::MAX);
        PeerRequest {
            form: FORM,
            id,
            digest: plan.digest(),
            title: plan.title.clone(),
            risk: plan.risk,
            context: String::new(),
            server: String::new(),
            cluster: String::new(),
            target: plan.target.to_string(),
            uid: plan.uid.clone(),
            kubectl: plan.kubectl.to_string(),
            summary: plan.summary.clone(),
            consequences: plan.consequences.clone(),
            questions: plan.questions.iter().map(|q| q.text.clone()).collect(),
            script: plan.script().map(|s| s.body.clone()),
            way_back: match &plan.undo {
                Undo::By { op, note, .. } => format!("{op} {note}").trim().to_owned(),
                Undo::None(why) => t!("op-no-way-back", why = why),
            },
            by: String::new(),
            user: String::new(),
            at,
            until,
        }
    }

    /// As one line. Texts of runbooks and clusters lose what steers a screen, since nobody could agree to it; the script
    /// stands as it runs.
    pub fn line(&self) -> String {
        let mut clean = self.clone();
        clean.parts().into_iter().filter(|p| p.form != Form::Script).for_each(|p| match p.form {
            Form::Name => *p.text = blanks::fewer(&one_row(&legible(p.text))),
            Form::Text | Form::Script => *p.text = blanks::fewer(&legible(p.text)),
        });
        line(REQUEST, &clean)
    }

    /// Every text of it, so that each is cleaned, judged and bounded.
    fn parts(&mut self) -> Vec<Part<'_>> {
        let name = |what, text| Part { what, form: Form::Name, text };
        let text = |what, text| Part { what, form: Form::Text, text };
        let mut out = vec![
            name(t!("op-peer-part-id"), &mut self.id),
            name(t!("op-peer-part-digest"), &mut self.digest),
            name(t!("op-peer-part-title"), &mut self.title),
            name(t!("op-peer-part-context"), &mut self.context),
            name(t!("op-peer-part-server"), &mut self.server),
            name(t!("op-peer-part-cluster"), &mut self.cluster),
            name(t!("op-peer-part-target"), &mut self.target),
            name("uid", &mut self.uid),
            name(t!("op-peer-part-by"), &mut self.by),
            name(t!("op-peer-part-user"), &mut self.user),
            text(t!("op-peer-part-command"), &mut self.kubectl),
            text(t!("op-peer-part-summary"), &mut self.summary),
            text(t!("op-peer-part-way-back"), &mut self.way_back),
        ];
        for row in &mut self.consequences {
            out.push(text(t!("op-peer-part-consequence"), &mut row.what));
            out.push(text(t!("op-peer-part-consequence"), &mut row.detail));
        }
        out.extend(self.questions.iter_mut().map(|q| text(t!("op-peer-part-question"), q)));
        out.extend(self.script.iter_mut().map(|s| Part {
            what: t!("op-peer-part-script"),
            form: Form::Script,
            text: s,
        }));
        out
    }

    /// Refuses what could repaint or fill the screen of who reads it. Of a script it is said in [`PeerRequest::words`],
    /// since it may hold such characters and be meant.
    fn readable(mut self) -> Result<PeerRequest, PeerError> {
        if self.consequences.len() > MOST_ROWS || self.questions.len() > MOST_ROWS {
            return Err(PeerError::TooLong(t!("op-peer-part-consequences")));
        }
        for Part { what, form, text } in self.parts() {
            let (steers, longest) = match form {
                Form::Name => (hidden(text) || text.contains(['\n', '\t']), LONGEST_NAME),
                Form::Text => (hidden(text), LONGEST_TEXT),
                Form::Script => (false, LONGEST_SCRIPT),
            };
            if steers {
                return Err(PeerError::Steers(what));
            }
            if form != Form::Script && blanks::too_many(text) {
                return Err(PeerError::Blanks(what));
            }
            if text.len() > longest {
                return Err(PeerError::TooLong(what));
            }
        }
        Ok(self)
    }

    /// Reads a line, with the SHA-256 over what it holds.
    pub fn read(text: &str) -> Result<(PeerRequest, String), PeerError> {
        let (bytes, request) = read::<PeerRequest>(REQUEST, text)?;
        if request.form != FORM {
            return Err(PeerError::Form(request.form));
        }
        Ok((request.readable()?, hex(&Sha256::digest(&bytes))))
    }

    /// Gives every text to `edit` that may hold a secret.
    pub fn each_text(&mut self, edit: &mut dyn FnMut(&mut String)) {
        for text in [&mut self.title, &mut self.kubectl, &mut self.summary, &mut self.way_back] {
            edit(text);
        }
        self.consequences.iter_mut().for_each(|c| edit(&mut c.detail));
        self.questions.iter_mut().for_each(&mut *edit);
        self.script.iter_mut().for_each(&mut *edit);
    }

    /// All of it in words, what weighs most first. Nothing in it steers a terminal.
    pub fn words(&self) -> Vec<String> {
        let uid = |uid: &str| if uid.is_empty() { String::new() } else { t!("op-peer-row-uid", uid = uid) };
        let mut out = vec![
            t!("op-peer-row-asks", by = self.by, title = self.title, risk = self.risk),
            t!("op-peer-row-cluster", context = self.context, server = self.server, uid = uid(&self.cluster)),
            t!("op-peer-row-object", target = self.target, uid = uid(&self.uid)),
            t!("op-peer-row-by", by = self.by, user = self.user, at = crate::domain::date(self.at)),
            t!("op-peer-row-until", until = crate::domain::date(self.until)),
            t!("op-peer-row-does", summary = self.summary),
            t!("op-peer-row-same-as", kubectl = self.kubectl),
            t!("op-peer-row-way-back", way_back = self.way_back),
            t!("op-peer-row-plan", digest = self.digest),
            String::new(),
        ];
        let mut all: Vec<_> = self.consequences.iter().collect();
        all.sort_by_key(|c| std::cmp::Reverse(c.level));
        let mark = |level| match level {
            Level::Info => "·",
            Level::Warn => "▲",
            Level::Danger => "✖",
        };
        out.extend(all.iter().map(|c| format!("  {} {}: {}", mark(c.level), c.what, c.detail)));
        out.extend(self.questions.iter().map(|q| t!("op-peer-row-question", question = q)));
        if let Some(script) = &self.script {
            let hidden = hidden(script);
            out.extend(hidden.then(|| t!("op-peer-row-hidden").to_owned()));
            out.extend(visible_rows(script).map(|l| format!("  │ {l}")));
        }
        // One line each: a line break in a text must not look like a row of its own.
        out.iter().map(|text| one_row(text)).collect()
    }
}

impl PeerAnswer {
    /// An answer to a request, before it is signed.
    pub fn to(request: &PeerRequest, hash: &str, at: Timestamp) -> PeerAnswer {
        let (request, digest) = (hash.to_owned(), request.digest.clone());
        PeerAnswer { form: FORM, request, digest, at, signature: String::new() }
    }

    /// What is signed.
    pub fn message(&self) -> String {
        let PeerAnswer { form, request, digest, at, .. } = self;
        format!("opsbook approval {form}\nrequest {request}\nplan {digest}\nat {at}\n")
    }

    /// As one line.
    pub fn line(&self) -> String {
        line(APPROVAL, self)
    }

    pub fn read(text: &str) -> Result<PeerAnswer, PeerError> {
        let (_, answer) = read::<PeerAnswer>(APPROVAL, text)?;
        if answer.form == FORM { Ok(answer) } else { Err(PeerError::Form(answer.form)) }
    }

    /// Whether it answers this request, and in time. It says nothing about the signature.
    pub fn fits(&self, request: &PeerRequest, hash: &str, now: Timestamp) -> Result<(), PeerError> {
        if self.digest != request.digest {
            return Err(PeerError::OtherPlan);
        }
        if self.request != hash {
            return Err(PeerError::OtherRequest);
        }
        if now >= request.until || self.at >= request.until {
            return Err(PeerError::Expired);
        }
        Ok(())
    }
}

/// The plan of a step that a person carries out elsewhere, so that a second person can agree to it like to any other.
pub fn plan_by_hand(step: &str, instruction: &str, values: &str, risk: Risk) -> Plan {
    let values = (!values.is_empty()).then(|| Consequence::info(msg!("op-class-with"), values));
    let does = Consequence::info(msg!("op-peer-by-hand"), visible(instruction));
    Plan {
        op: BY_HAND.to_owned(),
        inputs: Inputs::default(),
        title: t!("op-peer-step-by-hand", step = step),
        target: ObjectKey::cluster(Kind::Machine, step),
        uid: String::new(),
        version: String::new(),
        risk,
        work: Work::Calls(Vec::new()),
        summary: t!("op-peer-operator-does-step", step = step),
        consequences: values.into_iter().chain([does]).collect(),
        questions: Vec::new(),
        needs: Vec::new(),
        kubectl: super::CommandLine::words(t!("op-peer-no-command")),
        undo: Undo::None(t!("op-peer-done-by-hand").to_owned()),
        proof: t!("op-peer-operator-says-so").to_owned(),
        within_seconds: 0,
        peer: true,
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, b| text + &format!("{b:02x}"))
}

#[cfg(test)]
mod tests;
