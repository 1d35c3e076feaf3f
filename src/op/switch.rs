//! Switches of one field: pause and resume a Deployment's rollout, suspend and resume a CronJob.

use serde_json::{Map, Value, json};

use super::target::{self, object, shown};
use super::workload::owner_elsewhere;
use super::{
    Call, CommandLine, Consequence, Inputs, NAMESPACE, OpMeta, Operation, Plan, Progress, Refusal, Takes,
    Undo, WayBack, need,
};
use crate::domain::{ClusterSnapshot, Interest, Kind, ObjectKey, ObjectRow, Risk};
use crate::lang::{Msg, msg, t};

/// One switch in one direction.
pub struct Switch {
    meta: &'static OpMeta,
    /// The field of `spec`.
    field: &'static str,
    on: bool,
    /// What is done to it, as the plan says it.
    title: fn(&ObjectKey) -> String,
    kubectl: fn(&ObjectKey) -> CommandLine,
    /// How the object is then.
    then: fn(&ObjectKey) -> String,
    /// The operation that takes it back.
    back: &'static str,
    told: fn(&ObjectRow) -> Vec<Consequence>,
}

const DEPLOYMENT: super::Param =
    need("deployment", Takes::Name(Kind::Deployment), msg!("op-switch-deployment-param"));
const CRONJOB: super::Param = need("cronjob", Takes::Name(Kind::CronJob), msg!("op-switch-cronjob-param"));

const fn meta(
    id: &'static str,
    title: Msg,
    kinds: &'static [Kind],
    params: &'static [super::Param],
    guards: &'static [Msg],
    undo: &'static str,
) -> OpMeta {
    OpMeta { id, title, kinds, params, risk: Risk::Low, reach: "api", guards, undo: WayBack::By(undo) }
}

static PAUSE_META: OpMeta = meta(
    "workload.pause",
    msg!("op-switch-pause-title"),
    &[Kind::Deployment],
    &[NAMESPACE, DEPLOYMENT],
    &[msg!("op-switch-pause-warns")],
    "workload.resume",
);
static RESUME_META: OpMeta = meta(
    "workload.resume",
    msg!("op-switch-resume-title"),
    &[Kind::Deployment],
    &[NAMESPACE, DEPLOYMENT],
    &[msg!("op-switch-resume-warns")],
    "workload.pause",
);
static SUSPEND_META: OpMeta = meta(
    "cronjob.suspend",
    msg!("op-switch-suspend-title"),
    &[Kind::CronJob],
    &[NAMESPACE, CRONJOB],
    &[msg!("op-switch-suspend-says")],
    "cronjob.resume",
);
static WAKE_META: OpMeta = meta(
    "cronjob.resume",
    msg!("op-switch-wake-title"),
    &[Kind::CronJob],
    &[NAMESPACE, CRONJOB],
    &[msg!("op-switch-wake-warns")],
    "cronjob.suspend",
);

pub static PAUSE: Switch = Switch {
    meta: &PAUSE_META,
    field: "paused",
    on: true,
    title: |key| t!("op-switch-pause", row = key.row),
    kubectl: |key| CommandLine::kubectl(key, &["rollout", "pause", &format!("deployment/{}", key.name())]),
    then: |key| t!("op-switch-is-paused", row = key.row),
    back: "workload.resume",
    told: |_| vec![Consequence::warn(msg!("op-class-held"), t!("op-switch-changes-wait"))],
};
pub static RESUME: Switch = Switch {
    meta: &RESUME_META,
    field: "paused",
    on: false,
    title: |key| t!("op-switch-resume", row = key.row),
    kubectl: |key| CommandLine::kubectl(key, &["rollout", "resume", &format!("deployment/{}", key.name())]),
    then: |key| t!("op-switch-is-not-paused", row = key.row),
    back: "workload.pause",
    told: |row| {
        let now = super::workload::counts(Kind::Deployment, row);
        let waiting = now.wanted - now.updated;
        if waiting <= 0 {
            return Vec::new();
        }
        vec![Consequence::warn(
            msg!("op-switch-rolls-out"),
            t!("op-switch-pods-are-replaced", waiting = waiting),
        )]
    },
};
pub static SUSPEND: Switch = Switch {
    meta: &SUSPEND_META,
    field: "suspend",
    on: true,
    title: |key| t!("op-switch-suspend", row = key.row),
    kubectl: |key| {
        CommandLine::kubectl(key, &["patch", "cronjob", key.name(), "-p", r#"{"spec":{"suspend":true}}"#])
    },
    then: |key| t!("op-switch-is-suspended", row = key.row),
    back: "cronjob.resume",
    told: |row| {
        let running = row.list("/status/active").len();
        vec![Consequence::info(msg!("op-class-runs"), t!("op-switch-runs-go-on", running = running))]
    },
};
pub static WAKE: Switch = Switch {
    meta: &WAKE_META,
    field: "suspend",
    on: false,
    title: |key| t!("op-switch-resume", row = key.row),
    kubectl: |key| {
        CommandLine::kubectl(key, &["patch", "cronjob", key.name(), "-p", r#"{"spec":{"suspend":false}}"#])
    },
    then: |key| t!("op-switch-is-not-suspended", row = key.row),
    back: "cronjob.suspend",
    told: |row| {
        let detail = t!("op-switch-missed-run-may-start", schedule = row.text("/spec/schedule"));
        vec![Consequence::warn(msg!("op-class-schedule"), detail)]
    },
};

impl Operation for Switch {
    fn meta(&self) -> &'static OpMeta {
        self.meta
    }

    fn reads(&self, inputs: &Inputs) -> Vec<Interest> {
        let kind = self.meta.kinds[0];
        let key = target::key(self.meta, inputs, kind, kind.meta().aliases[0]);
        key.map(|k| vec![Interest::one(&k)]).unwrap_or_default()
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let kind = self.meta.kinds[0];
        let key = target::key(self.meta, inputs, kind, kind.meta().aliases[0])?;
        let row = object(world, &key)?;
        if self.is(row) {
            return Err(Refusal::AlreadySo((self.then)(&key)));
        }
        let mut spec = Map::new();
        spec.insert(self.field.to_owned(), Value::from(self.on));
        let call = Call::merge(&key, &row.meta, json!({ "spec": spec }));
        let mut consequences = (self.told)(row);
        consequences.extend(owner_elsewhere(row));
        Ok(Plan {
            title: (self.title)(&key),
            summary: t!("op-switch-sets", field = self.field, on = self.on),
            consequences,
            kubectl: (self.kubectl)(&key),
            undo: Undo::by(self.back, inputs.clone()),
            proof: (self.then)(&key),
            ..Plan::draft(self.meta, inputs, key.clone(), &row.meta, vec![call])
        })
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        shown(plan, world, |row| self.is(row))
    }
}

impl Switch {
    /// Whether the object is as the switch would leave it; a field that is not there is off.
    fn is(&self, row: &ObjectRow) -> bool {
        row.value["spec"][self.field].as_bool().unwrap_or(false) == self.on
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::{Work, plan};
    use crate::testing::{World, deployment};

    #[test]
    fn each_switch_is_the_way_back_of_the_other() {
        let inputs = Inputs::of([("namespace", "shop"), ("deployment", "api")]);
        let mut paused = deployment("shop", "api", 3);
        paused["spec"]["paused"] = true.into();
        let (running, paused) =
            (World::new().object(deployment("shop", "api", 3)), World::new().object(paused));
        let made = plan("workload.pause", &running.0, &inputs).unwrap();
        let Work::Calls(calls) = &made.work else { panic!() };
        assert_eq!(calls[0].body["spec"], json!({"paused": true}));
        assert!(matches!(&made.undo, Undo::By { op, .. } if op == "workload.resume"));
        assert!(matches!(PAUSE.progress(&made, &running.0), Progress::Pending(_)));
        assert!(matches!(plan("workload.pause", &paused.0, &inputs), Err(Refusal::AlreadySo(_))));
        assert!(plan("workload.resume", &paused.0, &inputs).is_ok());
        assert!(matches!(plan("workload.resume", &running.0, &inputs), Err(Refusal::AlreadySo(_))));
    }

    #[test]
    fn a_cron_job_is_suspended() {
        let job = json!({
            "kind": "CronJob", "metadata": {"namespace": "shop", "name": "nightly", "uid": "u", "resourceVersion": "3"},
            "spec": {"schedule": "0 3 * * *"}, "status": {"active": [{"name": "nightly-1"}]},
        });
        let inputs = Inputs::of([("namespace", "shop"), ("cronjob", "nightly")]);
        let made = plan("cronjob.suspend", &World::new().object(job).0, &inputs).unwrap();
        assert!(made.consequences[0].detail.starts_with("1 under way"), "{:?}", made.consequences);
        assert_eq!(
            made.kubectl.to_string(),
            r#"kubectl -n shop patch cronjob nightly -p '{"spec":{"suspend":true}}'"#
        );
    }
}
