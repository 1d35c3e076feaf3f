//! Tells the runtime which values of the open runbook are secret, before anything that may hold one is recorded.

use crate::app::{App, Effect};
use crate::runbook::params::{ParamValue, SecretText};

/// Puts what is new before all other effects: it is registered before they write anything.
pub(super) fn follow(app: &mut App, effects: &mut Vec<Effect>) {
    let mut found = Vec::new();
    for walk in app.walks() {
        let recorded = walk.recorded.values().flat_map(|values| values.values());
        for value in walk.params.values().chain(recorded) {
            collect(value, &mut found);
        }
    }
    found.retain(|secret| !app.tainted.contains(secret));
    if !found.is_empty() {
        app.tainted.extend(found.iter().cloned());
        effects.insert(0, Effect::Taint(found));
    }
}

fn collect(value: &ParamValue, out: &mut Vec<SecretText>) {
    match value {
        ParamValue::Secret(secret) => out.push(secret.clone()),
        ParamValue::List(items) => items.iter().for_each(|v| collect(v, out)),
        _ => {}
    }
}
