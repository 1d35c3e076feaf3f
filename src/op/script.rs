//! Scripts: what a shell step runs, as a plan like any other. The body is the author's and is never changed; values reach
//! it as environment variables. Pure: the plan says where it would run and with what, and `shell` runs it.
//!
//! Must not put a value into the body. To add a place to run, add it to [`Place`] and a runner in `shell`.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::{Access, CommandLine, Consequence, Inputs, Plan, Undo, Work};
use crate::domain::{Kind, ObjectKey, Risk, SecretText};
use crate::lang::{clauses, msg, t};

/// The id of a plan that runs a script. It is no operation of the catalogue.
pub const SCRIPT: &str = "shell";

/// The variable with the id of the session.
pub const RUN_ID: &str = "RUN_ID";

/// Where a script runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// The operator's machine.
    Local,
    /// A container of a pod, through the API server.
    Container {
        namespace: String,
        pod: String,
        /// uid of the pod that was read: another one of the same name is another one.
        uid: String,
        container: String,
    },
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Place::Local => f.write_str(t!("op-script-this-machine")),
            Place::Container { namespace, pod, container, .. } => {
                write!(
                    f,
                    "{}",
                    t!("op-script-in-container", container = container, namespace = namespace, pod = pod)
                )
            }
        }
    }
}

/// The value of an environment variable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum EnvValue {
    Plain(String),
    /// It is shown, recorded and hashed as its mask.
    Secret(SecretText),
}

impl EnvValue {
    /// The value for people.
    pub fn shown(&self) -> &str {
        match self {
            EnvValue::Plain(text) => text,
            EnvValue::Secret(_) => "***",
        }
    }

    /// The value for the script.
    pub fn reveal(&self) -> &str {
        match self {
            EnvValue::Plain(text) => text,
            EnvValue::Secret(text) => text.reveal(),
        }
    }
}

/// What is run, where, and with what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Script {
    pub place: Place,
    /// `sh` or `bash`.
    pub interpreter: String,
    /// As it stands in the runbook.
    pub body: String,
    /// Parameters as variables, each name once.
    pub env: Vec<(String, EnvValue)>,
    /// It has a terminal of its own.
    pub interactive: bool,
    /// Its exit code is an answer that the runbook goes on with, so that none of them is a failure.
    pub any_exit: bool,
    /// The script that proves it, which runs as soon as this one ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<String>,
    /// When it is stopped, in seconds.
    pub timeout_seconds: Option<u64>,
}

impl Script {
    /// The environment in a line, without secrets.
    pub fn shown_env(&self) -> String {
        self.env.iter().map(shown).collect::<Vec<_>>().join(" ")
    }

    /// The same place and values with another body, as for a proof.
    #[must_use]
    pub fn with_body(&self, body: &str) -> Script {
        Script {
            body: body.to_owned(),
            interactive: false,
            any_exit: false,
            proof: None,
            timeout_seconds: None,
            ..self.clone()
        }
    }
}

/// Whether a script names a variable; only for people, who want to see those first.
fn uses(body: &str, name: &str) -> bool {
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    let named = |(at, _): (usize, &str)| ends(&body[at + name.len()..]) && body[..at].ends_with(['$', '{']);
    body.match_indices(name).any(named)
}

fn shown((name, value): &(String, EnvValue)) -> String {
    format!("{name}={}", quoted(value.shown()))
}

/// A value as a person would have to type it; only for people, nothing runs it.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:,@%+=".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", crate::domain::visible(&text.replace('\n', "⏎")))
}

/// What the plan of a script is made from, besides the script.
#[derive(Clone, Debug, Default)]
pub struct About {
    pub runbook: String,
    pub step: String,
    /// The step's heading.
    pub title: String,
    pub risk: Risk,
    /// What proves it, in words.
    pub proof: Option<String>,
    /// The way back that the step names, in words.
    pub way_back: Option<String>,
}

/// The plan of a script.
pub fn plan_script(script: Script, about: About) -> Plan {
    let (target, uid) = match &script.place {
        Place::Local => (ObjectKey::cluster(Kind::Machine, "local"), String::new()),
        Place::Container { namespace, pod, uid, .. } => {
            (ObjectKey::new(Kind::Pod, namespace.as_str(), pod.as_str()), uid.clone())
        }
    };
    let env: serde_json::Map<String, Value> =
        script.env.iter().map(|(name, value)| (name.clone(), json!(value.shown()))).collect();
    let inputs = [
        ("at", json!(script.place.to_string())),
        ("interpreter", json!(script.interpreter)),
        ("script", json!(script.body)),
        ("env", Value::Object(env)),
    ];
    let lines = script.body.trim_end().lines().count();
    let values: Vec<_> = script.env.iter().filter(|(name, _)| uses(&script.body, name)).map(shown).collect();
    let (of, place) = (&script.interpreter, &script.place);
    let summary = if values.is_empty() {
        t!("op-script-runs", lines = lines, of = of, place = place)
    } else {
        t!("op-script-runs-with", lines = lines, of = of, place = place, values = values.join(" "))
    };
    let ended = if script.any_exit {
        t!("op-script-ended", step = about.step)
    } else {
        t!("op-script-ended-with-0", step = about.step)
    };
    let proof = match &about.proof {
        Some(proof) => clauses([ended.as_str(), proof.as_str()]),
        None => ended,
    };
    let undo = match about.way_back {
        Some(way) => t!("op-script-undo-of-its-step", way = way),
        None => t!("op-script-no-undo").to_owned(),
    };
    Plan {
        op: SCRIPT.to_owned(),
        inputs: Inputs(inputs.into_iter().map(|(k, v)| (k.to_owned(), v)).collect(), BTreeMap::new()),
        title: t!("op-script-does", step = about.step),
        target,
        uid,
        // A pod changes with every probe; the uid says that it is the same one.
        version: String::new(),
        risk: about.risk,
        summary,
        consequences: consequences(&script, about.risk, about.proof.as_deref()),
        questions: Vec::new(),
        needs: needs(&script.place),
        kubectl: by_hand(&script, &about.runbook, &about.step),
        undo: Undo::None(undo),
        proof,
        within_seconds: 60,
        peer: false,
        work: Work::Script(Box::new(script)),
    }
}

fn consequences(script: &Script, risk: Risk, proof: Option<&str>) -> Vec<Consequence> {
    let mut out = Vec::new();
    let hidden = crate::domain::hidden;
    if hidden(&script.body) || proof.is_some_and(hidden) {
        out.push(Consequence::danger(msg!("op-script-hidden"), t!("op-script-holds-hidden")));
    }
    if risk > Risk::None {
        out.push(Consequence::warn(msg!("op-script-not-computed"), t!("op-script-no-dry-run")));
    }
    if script.env.is_empty() {
        out.push(Consequence::info(msg!("op-class-environment"), t!("op-script-no-values")));
    } else {
        out.push(Consequence::info(msg!("op-class-environment"), script.shown_env()));
    }
    out.extend(proof.map(|proof| Consequence::info(msg!("op-class-proof"), crate::domain::visible(proof))));
    if let Some(seconds) = script.timeout_seconds {
        out.push(Consequence::info(
            msg!("op-class-stopped"),
            t!("op-script-stopped-after", seconds = seconds),
        ));
    }
    if script.interactive {
        out.push(Consequence::info(msg!("op-class-terminal"), t!("op-script-own-terminal")));
    }
    out
}

/// The API server is asked with GET for the WebSocket, and newer ones ask for `create` as well.
fn needs(place: &Place) -> Vec<Access> {
    let Place::Container { namespace, .. } = place else { return Vec::new() };
    let right = |verb: &str| Access {
        verb: verb.to_owned(),
        group: String::new(),
        resource: "pods".to_owned(),
        subresource: "exec".to_owned(),
        namespace: namespace.clone(),
    };
    vec![right("create"), right("get")]
}

/// How a person would run it. The script itself is too long for a line: in its place stands a file that is not there.
fn by_hand(script: &Script, runbook: &str, step: &str) -> CommandLine {
    let file = t!("op-script-file", step = step, runbook = runbook);
    match &script.place {
        Place::Local => CommandLine::command(&[&script.interpreter, &file]),
        Place::Container { namespace, pod, container, .. } => {
            let words = ["exec", "-i", pod, "-c", container, "--", &script.interpreter, "-s"];
            CommandLine::within(namespace, &words).reads(CommandLine::command(&["cat", &file]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::{Answer, Approval};

    fn script(place: Place) -> Script {
        Script {
            place,
            interpreter: "sh".into(),
            body: "uptime\n".into(),
            env: vec![
                ("NODE".into(), EnvValue::Plain("w; rm -rf /".into())),
                ("TOKEN".into(), EnvValue::Secret(SecretText::new("hunter2-hunter2"))),
            ],
            interactive: false,
            any_exit: false,
            proof: None,
            timeout_seconds: Some(5),
        }
    }

    fn about(risk: Risk) -> About {
        About { step: "look".into(), runbook: "a/b".into(), risk, ..About::default() }
    }

    #[test]
    fn a_plan_shows_everything_but_secrets() {
        let plan = plan_script(script(Place::Local), about(Risk::High));
        let all = format!("{plan:?} {}", serde_json::to_string(&plan).unwrap());
        assert!(all.contains("w; rm -rf /") && !all.contains("hunter2"), "{all}");
        assert_eq!(plan.approval(), Approval::TypeCluster);
        assert!(plan.needs.is_empty());
    }

    #[test]
    fn the_digest_is_over_the_body_the_place_and_the_values() {
        let digest = |edit: fn(&mut Script)| {
            let mut script = script(Place::Local);
            edit(&mut script);
            plan_script(script, about(Risk::Low)).digest()
        };
        let as_it_is = digest(|_| {});
        assert_eq!(as_it_is, digest(|_| {}));
        assert_ne!(as_it_is, digest(|s| s.body.push(' ')));
        assert_ne!(as_it_is, digest(|s| s.env[0].1 = EnvValue::Plain("w2".into())));
        assert_ne!(as_it_is, digest(|s| s.interpreter = "bash".into()));
        let proved = |proof: &str| {
            let about = About { proof: Some(proof.into()), ..about(Risk::Low) };
            plan_script(script(Place::Local), about).digest()
        };
        assert_ne!(proved("`test -e a` ends with 0"), proved("`rm -rf a` ends with 0"), "a proof runs too");
        assert_eq!(as_it_is.len(), 64, "and all of it decides");
    }

    #[test]
    fn the_values_that_a_script_names_stand_first() {
        for (body, named) in [
            ("echo $NODE", true),
            ("echo \"${NODE}\"", true),
            ("echo ${NODE:-x}", true),
            ("echo $NODE_NAME", false),
            ("echo NODE", false),
        ] {
            assert_eq!(uses(body, "NODE"), named, "{body}");
        }
    }

    #[test]
    fn characters_that_no_screen_shows_are_a_danger() {
        for c in [
            '\u{61c}',
            '\u{200b}',
            '\u{200d}',
            '\u{2028}',
            '\u{2060}',
            '\u{ad}',
            '\u{3164}',
            '\u{fe0f}',
            '\u{feff}',
            '\u{e0041}',
            '\r',
        ] {
            let hidden = Script { body: format!("echo a{c}b"), ..script(Place::Local) };
            let said = consequences(&hidden, Risk::Low, None);
            assert!(said.iter().any(|c| c.what == "hidden characters"), "U+{:04X}", u32::from(c));
        }
        let hidden = Script { body: "echo a\u{202e}b".into(), ..script(Place::Local) };
        let plan = plan_script(hidden, about(Risk::None));
        assert_eq!(plan.consequences[0].level, crate::op::Level::Danger);
    }

    #[test]
    fn a_script_in_a_container_needs_the_right_to_run_it() {
        let (namespace, pod, container) = ("shop".into(), "web-1".into(), "web".into());
        let place = Place::Container { namespace, pod, uid: "u1".into(), container };
        let plan = plan_script(script(place), about(Risk::Critical));
        let needs: Vec<_> = plan.needs.iter().map(ToString::to_string).collect();
        assert_eq!(needs, ["create pods/exec in shop", "get pods/exec in shop"]);
        let typed = |text: &str| Answer { typed: text.into(), confirmed: true, ..Answer::default() };
        let licence = super::super::Lock::open("prod").licence(crate::domain::Timestamp::UNIX_EPOCH).unwrap();
        assert!(plan.clone().approve(&typed("prod"), &licence).is_err());
        assert!(plan.approve(&typed("web-1"), &licence).is_ok());
    }
}
