//! Records without secrets: before they are written, and once more before they leave the house.

use super::texts::each;
use super::{Event, What};
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Kind, ObjectKey, Risk};
    use crate::op::{Inputs, Undo};

    #[test]
    fn texts_are_masked_names_are_not_and_a_masked_way_back_is_none() {
        let mut secrets = Secrets::default();
        secrets.add(b"hunter2");
        let inputs = Inputs::of([("deployment", "hunter2-app"), ("value", "hunter2")]);
        let what = What::Intent {
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
