//! Records without secrets: before they are written, and once more before they leave the house. And records of somebody
//! else without what steers a screen, before they come in.

use serde_json::Value;

use super::texts::each;
use super::{Event, What};
use crate::domain::{hidden, sanitize};
use crate::lang::t;
use crate::op::Undo;
use crate::redact::{Cuts, Secrets, cut};

/// The record without what is known to be secret.
pub fn masked(mut what: What, secrets: &Secrets) -> What {
    if !secrets.is_empty() {
        each(&mut what, &mut |text| {
            if let std::borrow::Cow::Owned(clean) = secrets.text(text) {
                *text = clean;
            }
        });
    }
    what
}

/// The records without what is known to be secret and without what looks like it; with what was cut.
pub fn cleaned(events: &[Event], secrets: &Secrets) -> (Vec<Event>, Cuts) {
    let mut cuts = Cuts::default();
    let clean = |event: &Event| {
        let mut event = Event { what: masked(event.what.clone(), secrets), ..event.clone() };
        each(&mut event.what, &mut |text| *text = cut(text, &mut cuts));
        event
    };
    (events.iter().map(clean).collect(), cuts)
}

/// A record of somebody else without what steers a screen or is not seen on it, names and all. A way back that would write
/// such text is none: what would be written is not what anybody has seen.
pub fn seen(event: Event) -> Event {
    let Ok(whole) = serde_json::to_value(&event) else { return event };
    let mut clean = whole.clone();
    if !clean_value(&mut clean) {
        return event;
    }
    let at = (event.seq, event.at, event.prev.clone());
    let mut event = serde_json::from_value(clean).unwrap_or_else(|_| {
        let (seq, at, prev) = at;
        let text = t!("record-not-read-clean").to_owned();
        Event { seq, at, prev, what: What::Note { text, about: None } }
    });
    if let What::Intent { undo: undo @ Undo::By { .. }, .. } = &mut event.what
        && whole.get("undo").is_some_and(|way| clean_value(&mut way.clone()))
    {
        *undo = Undo::None(t!("record-values-hidden").to_owned());
    }
    event
}

/// Cleans all texts and names in a value; says whether there was something to clean.
fn clean_value(value: &mut Value) -> bool {
    match value {
        Value::String(text) if hidden(text) => {
            *text = sanitize(text);
            true
        }
        Value::Array(items) => items.iter_mut().fold(false, |any, item| clean_value(item) | any),
        Value::Object(fields) => {
            let mut any = fields.values_mut().fold(false, |any, field| clean_value(field) | any);
            if fields.keys().any(|name| hidden(name)) {
                any = true;
                *fields = std::mem::take(fields)
                    .into_iter()
                    .map(|(name, field)| (sanitize(&name), field))
                    .collect();
            }
            any
        }
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Kind, ObjectKey, Risk};
    use crate::op::Inputs;

    #[test]
    fn texts_are_masked_names_are_not_and_a_masked_way_back_is_none() {
        let mut secrets = Secrets::default();
        secrets.add(b"hunter2");
        let inputs = Inputs::of([("deployment", "hunter2-app"), ("value", "hunter2")]);
        let what = What::Intent {
            walk: 0,
            plan: "p".into(),
            runbook: None,
            step: None,
            op: "workload.set-image".into(),
            title: "set hunter2".into(),
            target: ObjectKey::new(Kind::Deployment, "shop", "hunter2"),
            uid: "u".into(),
            inputs: inputs.clone(),
            kubectl: "kubectl set env X=hunter2".into(),
            risk: Risk::Low,
            digest: "d".into(),
            read: None,
            undo: Undo::By { op: "o".into(), inputs, note: String::new() },
            undoes: None,
        };
        let clean = masked(what, &secrets);
        let text = serde_json::to_string(&clean).unwrap();
        assert_eq!(text.matches("hunter2").count(), 1, "the name of the object alone: {text}");
        let What::Intent { undo, kubectl, .. } = clean else { panic!("another record") };
        assert_eq!(kubectl, "kubectl set env X=***");
        assert!(matches!(undo, Undo::None(why) if why.contains("secret")));
    }

    #[test]
    fn a_record_of_somebody_else_loses_what_steers_in_every_field_and_its_way_back_with_it() {
        let nasty = "x\u{1b}]52;c;aGk=\u{7}\u{202e}\u{200b}";
        let inputs = |text: &str| Inputs::of([("deployment", text), ("value", "1")]);
        let intent = |undo: Inputs| What::Intent {
            walk: 0,
            plan: nasty.into(),
            runbook: Some(nasty.into()),
            step: Some(nasty.into()),
            op: nasty.into(),
            title: nasty.into(),
            target: ObjectKey::new(Kind::Deployment, nasty, nasty),
            uid: nasty.into(),
            inputs: inputs(nasty),
            kubectl: nasty.into(),
            risk: Risk::Low,
            digest: nasty.into(),
            read: None,
            undo: Undo::By { op: "o".into(), inputs: undo, note: String::new() },
            undoes: Some(nasty.into()),
        };
        let started = What::Started {
            id: nasty.into(),
            version: nasty.into(),
            user: nasty.into(),
            context: nasty.into(),
            server: nasty.into(),
            practice: false,
            flags: super::super::Flags { namespace: Some(nasty.into()), ..Default::default() },
        };
        let opened = What::Opened {
            walk: 0,
            runbook: nasty.into(),
            title: nasty.into(),
            hash: nasty.into(),
            params: [(nasty.to_owned(), nasty.to_owned())].into(),
            steps: vec![nasty.into()],
            texts: [(nasty.to_owned(), nasty.to_owned())].into(),
            titles: [].into(),
            conditions: [].into(),
            questions: [(
                nasty.to_owned(),
                super::super::Question {
                    ask: nasty.into(),
                    answers: [(nasty.to_owned(), nasty.to_owned())].into(),
                },
            )]
            .into(),
        };
        for what in [started, opened, intent(inputs("web")), intent(inputs(nasty))] {
            let event = Event { seq: 3, at: crate::domain::Timestamp::UNIX_EPOCH, prev: "p".into(), what };
            let clean = seen(event);
            let mut text = serde_json::to_value(&clean).unwrap();
            assert!(!clean_value(&mut text) && clean.seq == 3, "{text}");
            assert!(!matches!(clean.what, What::Note { .. }), "{text}");
        }
        let undo = |way: Inputs| {
            let event = Event {
                seq: 0,
                at: crate::domain::Timestamp::UNIX_EPOCH,
                prev: String::new(),
                what: intent(way),
            };
            let What::Intent { undo, .. } = seen(event).what else { panic!("another record") };
            undo
        };
        assert!(matches!(undo(inputs("web")), Undo::By { .. }));
        assert!(matches!(undo(inputs(nasty)), Undo::None(_)));
    }

    #[test]
    fn what_looks_like_a_secret_is_cut_on_the_way_out() {
        let note = What::Note { text: "password=abc and hunter2".into(), about: None };
        let event =
            Event { seq: 0, at: crate::domain::Timestamp::UNIX_EPOCH, prev: String::new(), what: note };
        let mut secrets = Secrets::default();
        secrets.add(b"hunter2");
        let (clean, cuts) = cleaned(&[event], &secrets);
        assert_eq!(clean[0].what, What::Note { text: "password=*** and ***".into(), about: None });
        assert_eq!(cuts.words(), "1 password");
    }
}
