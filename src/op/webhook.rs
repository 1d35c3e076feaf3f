//! Let an admission webhook fail open for a while: requests that it does not answer are admitted. It is closed
//! again by itself when the time is over, when the task is cancelled, and when opsbook is left.

use serde_json::{Value, json};

use super::target::{guard, object, shown};
use super::workload::owner_elsewhere;
use super::{
    Call, CommandLine, Consequence, Inputs, OpMeta, Operation, Param, Plan, Progress, Refusal, Takes, Undo,
    WayBack, Work, may,
};
use crate::domain::{ClusterSnapshot, Interest, Kind, ObjectKey, ObjectRow, Risk};
use crate::lang::{list, msg, t};

const KINDS: &[Kind] = &[Kind::ValidatingWebhookConfiguration, Kind::MutatingWebhookConfiguration];
const VALIDATING: Param = may(
    "validatingwebhookconfiguration",
    Takes::Name(Kind::ValidatingWebhookConfiguration),
    msg!("op-webhook-validating-param"),
);
const MUTATING: Param = may(
    "mutatingwebhookconfiguration",
    Takes::Name(Kind::MutatingWebhookConfiguration),
    msg!("op-webhook-mutating-param"),
);
const WEBHOOK: Param = may("webhook", Takes::Text, msg!("op-webhook-names-param"));

const OPEN: OpMeta = OpMeta {
    id: "webhook.fail-open",
    title: msg!("op-webhook-open-title"),
    kinds: KINDS,
    params: &[VALIDATING, MUTATING, WEBHOOK, may("for", Takes::Duration, msg!("op-webhook-for-param"))],
    risk: Risk::High,
    reach: "api",
    guards: &[msg!("op-webhook-closes-by-itself"), msg!("op-webhook-open-says")],
    undo: WayBack::By("webhook.fail-closed"),
};

const CLOSED: OpMeta = OpMeta {
    id: "webhook.fail-closed",
    title: msg!("op-webhook-closed-title"),
    kinds: KINDS,
    params: &[VALIDATING, MUTATING, WEBHOOK],
    risk: Risk::High,
    reach: "api",
    guards: &[msg!("op-webhook-closed-warns")],
    undo: WayBack::By("webhook.fail-open"),
};

const DEFAULT_SECONDS: u64 = 15 * 60;
const LONGEST_SECONDS: u64 = 4 * 3600;

pub struct FailOpen;
pub struct FailClosed;

/// The two policies, with what takes one to the other.
const IGNORE: &str = "Ignore";
const FAIL: &str = "Fail";

impl Operation for FailOpen {
    fn meta(&self) -> &'static OpMeta {
        &OPEN
    }

    fn reads(&self, inputs: &Inputs) -> Vec<Interest> {
        super::workload::key(&OPEN, inputs).map(|k| vec![Interest::one(&k)]).unwrap_or_default()
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let seconds = inputs.seconds(&OPEN, "for")?.unwrap_or(DEFAULT_SECONDS);
        if !(1..=LONGEST_SECONDS).contains(&seconds) {
            return Err(guard(format!("{seconds} s"), t!("op-webhook-give-a-time", most = LONGEST_SECONDS)));
        }
        let (key, row, at) = found(&OPEN, world, inputs, FAIL)?;
        let mut consequences = unchecked(row, &at);
        consequences.extend(owner_elsewhere(row));
        let minutes = seconds.div_ceil(60);
        let mut back = only(inputs, row, &at);
        back.0.remove("for");
        Ok(Plan {
            title: t!("op-webhook-fails-open", name = key.name()),
            summary: t!(
                "op-webhook-open-summary",
                count = at.len(),
                from = FAIL,
                to = IGNORE,
                minutes = minutes
            ),
            consequences,
            kubectl: kubectl(&key, &at, IGNORE),
            undo: Undo::by(CLOSED.id, back),
            proof: t!("op-webhook-fails-open", name = key.name()),
            work: Work::Hold {
                calls: vec![Call::json(&key, &row.meta, switch(row, &at, FAIL, IGNORE))],
                // By then others may have written to the object: its uid, names and values are what counts.
                back: vec![Call::json_of(&key, &row.meta, switch(row, &at, IGNORE, FAIL))],
                seconds,
            },
            ..Plan::draft(&OPEN, inputs, key.clone(), &row.meta, Vec::new())
        }
        .with_needs())
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        shown(plan, world, |row| chosen(row, &plan.inputs).all(|(_, w)| policy(w) == IGNORE))
    }
}

impl Operation for FailClosed {
    fn meta(&self) -> &'static OpMeta {
        &CLOSED
    }

    fn reads(&self, inputs: &Inputs) -> Vec<Interest> {
        super::workload::key(&CLOSED, inputs).map(|k| vec![Interest::one(&k)]).unwrap_or_default()
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let (key, row, at) = found(&CLOSED, world, inputs, IGNORE)?;
        let detail = t!("op-webhook-cannot-be-written");
        let call = Call::json(&key, &row.meta, switch(row, &at, IGNORE, FAIL));
        Ok(Plan {
            title: t!("op-webhook-fails-closed", name = key.name()),
            summary: t!("op-webhook-closed-summary", count = at.len(), from = IGNORE, to = FAIL),
            consequences: vec![Consequence::warn(msg!("op-class-closed"), detail)],
            kubectl: kubectl(&key, &at, FAIL),
            undo: Undo::by(OPEN.id, only(inputs, row, &at)),
            proof: t!("op-webhook-fails-closed", name = key.name()),
            ..Plan::draft(&CLOSED, inputs, key.clone(), &row.meta, vec![call])
        })
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        shown(plan, world, |row| chosen(row, &plan.inputs).all(|(_, w)| policy(w) == FAIL))
    }
}

/// The policy of a webhook; the API's default is to refuse.
fn policy(webhook: &Value) -> &str {
    webhook["failurePolicy"].as_str().unwrap_or(FAIL)
}

/// The webhooks that the inputs mean, with their places.
fn chosen<'a>(row: &'a ObjectRow, inputs: &'a Inputs) -> impl Iterator<Item = (usize, &'a Value)> {
    let wanted = inputs.optional("webhook");
    let all = row.list("/webhooks").iter().enumerate();
    all.filter(move |(_, w)| wanted.is_none_or(|names| names.split(',').any(|n| w["name"] == n.trim())))
}

/// The configuration, and the places of the webhooks in it that have this policy now.
fn found<'a>(
    meta: &'static OpMeta,
    world: &'a ClusterSnapshot,
    inputs: &Inputs,
    now: &str,
) -> Result<(ObjectKey, &'a ObjectRow, Vec<usize>), Refusal> {
    let key = super::workload::key(meta, inputs)?;
    let row = object(world, &key)?;
    let mut any = chosen(row, inputs).peekable();
    if any.peek().is_none() {
        let names: Vec<_> = row.list("/webhooks").iter().filter_map(|w| w["name"].as_str()).collect();
        let what = t!("op-webhook-no-such", name = key.name());
        return Err(guard(what, t!("op-webhook-name-one-of", names = list(names))));
    }
    let at: Vec<usize> = any.filter(|(_, w)| policy(w) == now).map(|(i, _)| i).collect();
    if at.is_empty() {
        return Err(Refusal::AlreadySo(if now == FAIL {
            t!("op-webhook-fails-open", name = key.name())
        } else {
            t!("op-webhook-fails-closed", name = key.name())
        }));
    }
    Ok((key, row, at))
}

/// The operations that take the webhooks at these places from one policy to the other, and only them.
fn switch(row: &ObjectRow, at: &[usize], from: &str, to: &str) -> Vec<Value> {
    let mut out = Vec::new();
    for i in at {
        let name = &row.list("/webhooks")[*i]["name"];
        out.push(json!({ "op": "test", "path": format!("/webhooks/{i}/name"), "value": name }));
        out.push(json!({ "op": "test", "path": format!("/webhooks/{i}/failurePolicy"), "value": from }));
        out.push(json!({ "op": "replace", "path": format!("/webhooks/{i}/failurePolicy"), "value": to }));
    }
    out
}

/// The inputs for the webhooks at these places only: others may have been so before.
fn only(inputs: &Inputs, row: &ObjectRow, at: &[usize]) -> Inputs {
    let names: Vec<_> = at.iter().filter_map(|i| row.list("/webhooks")[*i]["name"].as_str()).collect();
    let mut out = inputs.clone();
    out.0.insert("webhook".to_owned(), Value::from(names.join(",")));
    out
}

/// What nobody checks while it fails open.
fn unchecked(row: &ObjectRow, at: &[usize]) -> Vec<Consequence> {
    let of = |i: &usize| {
        let webhook = &row.list("/webhooks")[*i];
        let words = |field: &str| -> String {
            let rules = webhook["rules"].as_array().into_iter().flatten();
            let all = rules.flat_map(|r| r[field].as_array().into_iter().flatten());
            let mut words: Vec<_> = all.filter_map(Value::as_str).map(str::to_lowercase).collect();
            words.dedup();
            list(words)
        };
        let name = webhook["name"].as_str().unwrap_or_default();
        let detail = t!(
            "op-webhook-while-silent",
            name = name,
            verbs = words("operations"),
            resources = words("resources")
        );
        Consequence::danger(msg!("op-webhook-not-checked"), detail)
    };
    at.iter().map(of).collect()
}

fn kubectl(key: &ObjectKey, at: &[usize], to: &str) -> CommandLine {
    let of = |i: &usize| format!(r#"{{"op":"replace","path":"/webhooks/{i}/failurePolicy","value":"{to}"}}"#);
    let patch = at.iter().map(of).collect::<Vec<_>>().join(",");
    let patch = format!("[{patch}]");
    CommandLine::cluster(&["patch", key.kind.meta().plural, key.name(), "--type=json", "-p", &patch])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::plan;
    use crate::testing::World;

    fn world(policies: [&str; 2]) -> World {
        let rules = json!([{"operations": ["CREATE"], "resources": ["pods"]}]);
        World::new().object(json!({
            "kind": "ValidatingWebhookConfiguration", "metadata": {"name": "guard", "uid": "u", "resourceVersion": "8"},
            "webhooks": [
                {"name": "a.acme.io", "failurePolicy": policies[0], "rules": rules},
                {"name": "b.acme.io", "failurePolicy": policies[1], "rules": rules},
            ],
        }))
    }

    fn inputs<const N: usize>(more: [(&str, &str); N]) -> Inputs {
        let mut inputs = Inputs::of([("validatingwebhookconfiguration", "guard")]);
        inputs.0.extend(Inputs::of(more).0);
        inputs
    }

    #[test]
    fn it_is_opened_for_a_time_and_only_what_was_closed_is_closed_again() {
        let world = world(["Ignore", "Fail"]);
        let made = plan("webhook.fail-open", &world.0, &inputs([("for", "10m")])).unwrap();
        let Work::Hold { calls, back, seconds } = &made.work else { panic!() };
        assert_eq!(*seconds, 600);
        let opened = calls[0].body.as_array().unwrap();
        assert_eq!(opened.last().unwrap()["path"], "/webhooks/1/failurePolicy");
        let closing = back[0].body.to_string();
        assert!(!closing.contains("resourceVersion") && !closing.contains("/webhooks/0"), "{closing}");
        assert_eq!(made.needs[0].to_string(), "patch validatingwebhookconfigurations");
        assert!(made.consequences[0].detail.contains("create of pods"), "{:?}", made.consequences);
        assert!(matches!(FailOpen.progress(&made, &world.0), Progress::Pending(_)));
        let Undo::By { op, inputs: back, .. } = &made.undo else { panic!() };
        // After a crash both may be open; only what was opened is closed.
        let undo = plan(op, &super::tests::world(["Ignore", "Ignore"]).0, back).unwrap();
        let Work::Calls(calls) = &undo.work else { panic!() };
        assert!(!calls[0].body.to_string().contains("/webhooks/0"), "{:?}", calls[0].body);
    }

    #[test]
    fn what_is_so_and_what_is_not_there_is_told() {
        let open = world(["Ignore", "Ignore"]);
        assert!(matches!(plan("webhook.fail-open", &open.0, &inputs([])), Err(Refusal::AlreadySo(_))));
        assert!(plan("webhook.fail-closed", &open.0, &inputs([("webhook", "a.acme.io")])).is_ok());
        let refused =
            plan("webhook.fail-open", &open.0, &inputs([("webhook", "x")])).unwrap_err().to_string();
        assert!(refused.contains("a.acme.io, b.acme.io"), "{refused}");
        assert!(plan("webhook.fail-open", &open.0, &inputs([("for", "9h")])).is_err());
    }
}
