//! The script of a shell step as a plan: where it runs, with which values, what proves it. Pure: `update` asks for it
//! and `shell` runs it.
//!
//! Must not change the body, and must not name a place that it has no way to: such a step says that it needs host access.

use super::{StepId, Walk};
use crate::domain::{ClusterSnapshot, ContainerRole, ContainerState, Kind, ObjectKey};
use crate::lang::{self, t};
use crate::op::{About, EnvValue, Place, Plan, RUN_ID, Refusal, Script, plan_script};
use crate::runbook::cond::Outcome;
use crate::runbook::model::{At, CaptureFrom, ParamRef, PathPart, Rollback, Shell, Step, StepKind, VerifyBy};
use crate::runbook::params::{Values, environment, is_reserved, resolve_path};

/// Why there is no plan for a script.
fn guard(what: impl Into<String>, instead: &str) -> Refusal {
    Refusal::Guard { what: what.into(), instead: instead.to_owned() }
}

/// Whether a step's place is one that scripts can be run on: this machine, or a container.
pub fn has_way(shell: &Shell) -> bool {
    matches!(shell.at, At::Local | At::Pod(..) | At::Container(..))
}

/// The list of a shell step whose place is a parameter of several values: it runs on each.
pub(super) fn list_of_places<'a>(step: &'a Step, values: &Values) -> Option<&'a ParamRef> {
    use crate::runbook::params::ParamValue;
    let StepKind::Shell(shell) = &step.kind else { return None };
    let many =
        |r: &&ParamRef| r.fields.is_empty() && matches!(values.get(&r.name), Some(ParamValue::List(_)));
    shell.at.refs().into_iter().find(many)
}

impl Walk {
    /// The plan of a shell step as the cluster is now; none where the step is another one. `run_id` is what the script
    /// sees as `RUN_ID`.
    pub fn script_plan(
        &self,
        index: StepId,
        world: &ClusterSnapshot,
        run_id: &str,
    ) -> Option<Result<Plan, Refusal>> {
        let step = &self.tree[index];
        let StepKind::Shell(shell) = &step.kind else { return None };
        let made = self.plan_shell(index, step, shell, world, run_id);
        Some(made.map(|plan| Plan { kubectl: plan.kubectl.at(&world.info), ..plan }))
    }

    fn plan_shell(
        &self,
        index: StepId,
        step: &Step,
        shell: &Shell,
        world: &ClusterSnapshot,
        run_id: &str,
    ) -> Result<Plan, Refusal> {
        if run_id.is_empty() {
            return Err(guard(t!("walk-script-no-session"), t!("walk-script-moment")));
        }
        let place = self.place(index, &shell.at, world)?;
        let script = Script {
            place,
            interpreter: shell.interpreter.clone(),
            body: shell.script.clone(),
            env: env(self.values_of(index), run_id)?,
            interactive: shell.interactive,
            any_exit: shell.capture.iter().any(|c| c.from == CaptureFrom::Exit),
            proof: shell.policy.verify.as_ref().and_then(|v| match &v.by {
                VerifyBy::Script(body) => Some(body.clone()),
                VerifyBy::Condition(_) => None,
            }),
            timeout_seconds: shell.policy.timeout.map(|t| t.as_secs().max(1)),
        };
        let proof = shell.policy.verify.as_ref().map(|v| match &v.by {
            VerifyBy::Condition(source) => source.text.clone(),
            VerifyBy::Script(body) => t!("walk-script-proof", script = body.trim()),
        });
        let way_back = shell.policy.rollback.as_ref().and_then(|r| match r {
            Rollback::Op(call) => Some(call.op.clone()),
            Rollback::Step { name, .. } => Some(t!("walk-script-step", step = name)),
            Rollback::None { .. } => None,
        });
        let about = About {
            runbook: self.file(index).map_or_else(String::new, |(book, _)| book.id.clone()),
            step: step.name.clone(),
            title: step.title.clone(),
            risk: shell.policy.risk,
            proof,
            way_back,
        };
        Ok(plan_script(script, about))
    }

    /// Where the script runs.
    fn place(&self, index: StepId, at: &At, world: &ClusterSnapshot) -> Result<Place, Refusal> {
        match at {
            At::Local => Ok(Place::Local),
            At::Pod(parts, _) => self.container(index, parts, false, world),
            At::Container(parts, _) => self.container(index, parts, true, world),
            At::Ssh(..) | At::Node(..) => Err(guard(t!("walk-script-host"), t!("walk-script-host-instead"))),
        }
    }

    fn container(
        &self,
        index: StepId,
        parts: &[PathPart],
        named: bool,
        world: &ClusterSnapshot,
    ) -> Result<Place, Refusal> {
        let path = resolve_path(parts, &self.bindings(index))
            .map_err(|e| guard(e.to_string(), t!("walk-script-value-first")))?;
        let mut found: Vec<&str> = path.split('/').collect();
        let container = if named { found.pop() } else { None };
        let [namespace, pod] = found[..] else {
            return Err(guard(t!("walk-script-no-pod", path = path), t!("walk-script-no-pod-instead")));
        };
        let key = ObjectKey::new(Kind::Pod, namespace, pod);
        let Some(row) = world.pods.get(&key.row) else { return Err(Refusal::NotFound(key)) };
        let app = row.containers.iter().filter(|c| c.role != ContainerRole::Init);
        let known: Vec<&str> = app.map(|c| &*c.name).collect();
        let container = match container {
            Some(name) if known.contains(&name) => name,
            Some(name) => {
                let what = t!("walk-script-no-container", pod = key.row, container = name);
                return Err(guard(what, &t!("walk-script-containers", known = lang::list(known))));
            }
            None => known.first().copied().ok_or_else(|| {
                guard(t!("walk-script-none-seen", pod = key.row), t!("walk-script-none-seen-instead"))
            })?,
        };
        let state = row.containers.iter().find(|c| &*c.name == container).map(|c| &c.state);
        if !matches!(state, Some(ContainerState::Running(_))) {
            let what = t!("walk-script-not-running", container = container, pod = key.row);
            return Err(guard(what, t!("walk-script-not-running-instead")));
        }
        Ok(Place::Container {
            namespace: namespace.into(),
            pod: pod.into(),
            uid: row.meta.uid.to_string(),
            container: container.into(),
        })
    }

    /// The script that proves a shell step, at the step's own place.
    pub fn proof_script(&self, index: StepId) -> Option<Script> {
        let step = &self.tree[index];
        let Some(VerifyBy::Script(body)) = step.kind.policy()?.verify.as_ref().map(|v| &v.by) else {
            return None;
        };
        Some(self.steps[index].ran()?.script()?.with_body(body))
    }

    /// What the script that proves a step said last.
    pub(super) fn checked(&self, index: StepId) -> Outcome {
        let check = self.steps[index].check.as_ref();
        match check.and_then(|c| c.said.as_ref()) {
            Some(Ok(())) => Outcome::True,
            Some(Err(_)) => Outcome::False,
            None => Outcome::Unknown(t!("walk-script-no-answer").to_owned()),
        }
    }
}

/// The values as variables. One that would change what the script's own commands mean is refused.
fn env(values: &Values, run_id: &str) -> Result<Vec<(String, EnvValue)>, Refusal> {
    let mut out: Vec<(String, EnvValue)> = Vec::new();
    for var in environment(values) {
        if is_reserved(&var.name) {
            let what = t!("walk-script-steers", name = var.name);
            return Err(guard(what, t!("walk-script-steers-instead")));
        }
        if out.iter().any(|(name, _)| *name == var.name) {
            let what = t!("walk-script-twice", name = var.name);
            return Err(guard(what, t!("walk-script-twice-instead")));
        }
        if var.value.reveal().contains('\0') {
            return Err(guard(t!("walk-script-nul", name = var.name), t!("walk-script-nul-instead")));
        }
        let value = if var.secret {
            EnvValue::Secret(var.value)
        } else {
            EnvValue::Plain(var.value.reveal().to_owned())
        };
        out.push((var.name, value));
    }
    out.push((RUN_ID.to_owned(), EnvValue::Plain(run_id.to_owned())));
    Ok(out)
}
