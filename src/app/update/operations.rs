//! Any operation of the catalogue on the object under the cursor: choose it, give what it still needs, read the
//! plan.

use crate::lang::t;
use serde_json::Value;

use super::{confirm, form};
use crate::app::overlay::{Choose, Chosen, Input, Message, Overlay, Purpose};
use crate::app::{App, Effect};
use crate::domain::{ObjectKey, SecretText};
use crate::live::Tone;
use crate::op::{Inputs, OpMeta, Param, REGISTRY, Takes, find};

/// An operation that is being asked for: what is known, and which parameters are still to be asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    pub op: String,
    pub inputs: Inputs,
    pub left: Vec<&'static str>,
    /// Its choices are on the screen as fields, and are shown again after each answer.
    pub fields: bool,
}

/// Opens the list of operations that an object can take.
pub(super) fn menu(app: &mut App, key: &ObjectKey) {
    let rows: Vec<_> = REGISTRY
        .iter()
        .map(|op| op.meta())
        .filter(|meta| meta.fits(key.kind))
        .map(|meta| {
            (format!("{:<24} {}  {}", meta.id, meta.risk, meta.title), Chosen::Operation(begin(meta, key)))
        })
        .collect();
    app.overlays.push(Overlay::Choose(Choose::new(t!("app-update-operations-what-to-do", key = key), rows)));
}

/// A key for an operation, on this object. It asks for nothing that may be left out: where a choice would lift what
/// refuses it, the choices are shown.
pub(super) fn by_key(app: &mut App, meta: &'static OpMeta, key: &ObjectKey, effects: &mut Vec<Effect>) {
    // One that runs is opened again.
    if meta.id == "pod.exec" {
        return shell(app, key, effects);
    }
    let mut wanted = begin(meta, key);
    wanted.left.retain(|name| meta.params.iter().any(|p| p.name == *name && p.required));
    if wanted.left.is_empty() {
        return form::direct(app, meta.id, &wanted.inputs, effects);
    }
    ask(app, wanted, effects);
}

/// Shows a token that was made. Nothing but the open message holds it.
pub(super) fn token(app: &mut App, object: &ObjectKey, token: SecretText, until: &str) {
    let lines = vec![
        t!("app-update-operations-token-until", until = until),
        t!("app-update-operations-token-once").to_owned(),
        String::new(),
    ];
    let title = t!("app-update-operations-token", object = object);
    let message = Overlay::Message(Message { secret: Some(token), ..Message::new(title, lines) });
    // A key that is meant for a program must not close what is shown once.
    if app.in_terminal() {
        app.say(Tone::Warn, t!("app-update-operations-token-later", object = object));
        app.later.push(message);
    } else {
        app.overlays.push(message);
    }
}

/// A shell in a pod: the one that runs in it, else one in its only container, or in one that is chosen.
fn shell(app: &mut App, key: &ObjectKey, effects: &mut Vec<Effect>) {
    if let Some(task) = super::terminal::shell_in(app, key) {
        super::terminal::open(app, task, effects);
        return;
    }
    let inputs = Inputs::of([("namespace", key.namespace()), ("pod", key.name())]);
    let containers = app.world.pods.get(&key.row).map(|p| p.containers.clone()).unwrap_or_default();
    if containers.len() < 2 {
        return confirm::direct(app, "pod.exec", &inputs, effects);
    }
    let row = |name: &str| {
        let mut inputs = inputs.clone();
        inputs.0.insert("container".to_owned(), Value::from(name));
        let wanted = Wanted { op: "pod.exec".to_owned(), inputs, left: Vec::new(), fields: false };
        (name.to_owned(), Chosen::Operation(wanted))
    };
    let rows = containers.iter().map(|c| row(&c.name)).collect();
    app.overlays
        .push(Overlay::Choose(Choose::new(t!("app-update-operations-which-container", key = key), rows)));
}

/// What the object itself says about the inputs, and what is left to ask.
fn begin(meta: &'static OpMeta, key: &ObjectKey) -> Wanted {
    let mut out =
        Wanted { op: meta.id.to_owned(), inputs: Inputs::default(), left: Vec::new(), fields: false };
    for param in meta.params {
        let known = match param.takes {
            // Where it only narrows the objects, it is asked for.
            _ if param.name == "namespace" && (param.required || meta.kinds.is_empty()) => {
                Some(key.namespace())
            }
            _ if param.name == "kind" => Some(key.kind.name()),
            _ if param.name == "name" => Some(key.name()),
            Takes::Name(kind) if kind == key.kind => Some(key.name()),
            // The same operation on a workload of another kind.
            Takes::Name(kind) if meta.kinds.contains(&kind) => Some(""),
            _ => None,
        };
        match known {
            Some("") => {}
            Some(text) => {
                out.inputs.0.insert(param.name.to_owned(), Value::from(text));
            }
            None => out.left.push(param.name),
        }
    }
    out
}

/// Asks for the next parameter, or plans when nothing is left.
pub(super) fn ask(app: &mut App, mut wanted: Wanted, effects: &mut Vec<Effect>) {
    let Some(meta) = find(&wanted.op).map(crate::op::Operation::meta) else { return };
    if wanted.left.is_empty() && wanted.fields {
        return form::open(app, wanted, None);
    }
    if !wanted.fields && form::fits(&wanted) {
        return form::open(app, wanted, None);
    }
    if wanted.left.is_empty() {
        return confirm::direct(app, &wanted.op, &wanted.inputs, effects);
    }
    let name = wanted.left.remove(0);
    let Some(param) = meta.params.iter().find(|p| p.name == name) else { return };
    let words: &[&str] = match param.takes {
        Takes::Word(words) => words,
        Takes::Bool => &["true", "false"],
        _ => &[],
    };
    if words.is_empty() {
        let prompt = if param.required {
            format!("{name}: {}", param.doc)
        } else {
            t!("app-update-operations-optional", name = name, doc = param.doc)
        };
        app.overlays.push(Overlay::Input(Input {
            purpose: Purpose::Argument { wanted, name },
            prompt,
            text: String::new(),
            error: None,
            hidden: param.takes == Takes::Secret,
        }));
        return;
    }
    let row = |word: &&str| {
        let mut wanted = wanted.clone();
        wanted.inputs.0.insert(name.to_owned(), Value::from(*word));
        ((*word).to_owned(), Chosen::Operation(wanted))
    };
    let mut rows: Vec<_> = words.iter().map(row).collect();
    if !param.required {
        rows.insert(0, (t!("app-update-operations-leave-out").to_owned(), Chosen::Operation(wanted.clone())));
    }
    app.overlays.push(Overlay::Choose(Choose::new(format!("{name}: {}", param.doc), rows)));
}

/// A parameter was typed. The error says what is wrong with it.
pub(super) fn typed(
    app: &mut App,
    mut wanted: Wanted,
    name: &'static str,
    text: &str,
    effects: &mut Vec<Effect>,
) -> Result<(), String> {
    let meta = find(&wanted.op).map(crate::op::Operation::meta);
    let Some(param) = meta.and_then(|m| m.params.iter().find(|p| p.name == name)) else { return Ok(()) };
    if text.is_empty() && param.required {
        return Err(t!("app-update-operations-required", op = wanted.op));
    }
    if param.takes == Takes::Secret && !text.is_empty() {
        let secret = SecretText::new(text);
        // Before anything else is done with it.
        if !app.tainted.contains(&secret) {
            app.tainted.push(secret.clone());
            effects.insert(0, Effect::Taint(vec![secret.clone()]));
        }
        wanted.inputs.1.insert(name.to_owned(), secret);
    } else if !text.is_empty() {
        wanted.inputs.0.insert(name.to_owned(), value(param, text)?);
    }
    ask(app, wanted, effects);
    Ok(())
}

fn value(param: &Param, text: &str) -> Result<Value, String> {
    match param.takes {
        Takes::Int => text
            .parse::<i64>()
            .map(Value::from)
            .map_err(|_| t!("app-update-operations-no-number", text = text)),
        Takes::Port => match text.parse::<u16>() {
            Ok(port) if port > 0 => Ok(Value::from(port)),
            _ => Err(t!("app-update-operations-no-port", text = text)),
        },
        Takes::Quantity if text != "none" && crate::domain::parse_quantity(text).is_none() => {
            Err(t!("app-update-operations-no-quantity", text = text))
        }
        Takes::Json => serde_json::from_str(text).map_err(|e| t!("app-update-operations-no-json", fault = e)),
        _ => Ok(Value::from(text)),
    }
}
