//! A shell in a container, in a terminal of its own within opsbook. What is typed in it is nobody's plan: the record has its
//! beginning and its end.

use super::debug_pod::PREFIX;
use super::target::{self, guard};
use super::{
    Access, CommandLine, Consequence, ExecWork, Inputs, NAMESPACE, OpMeta, Operation, Plan, Progress,
    Refusal, Takes, Undo, WayBack, Work, may, need,
};
use crate::domain::{ClusterSnapshot, Kind, PodRow, Risk};
use crate::lang::{self, msg, t};

const META: OpMeta = OpMeta {
    id: "pod.exec",
    title: msg!("op-exec-title"),
    kinds: &[Kind::Pod],
    params: &[
        NAMESPACE,
        need("pod", Takes::Name(Kind::Pod), msg!("op-exec-pod")),
        may("container", Takes::Text, msg!("op-exec-container")),
        may("shell", Takes::Text, msg!("op-exec-program")),
    ],
    risk: Risk::Medium,
    reach: "api",
    guards: &[msg!("op-exec-guard-runs"), msg!("op-exec-guard-terminal")],
    undo: WayBack::None(msg!("op-exec-no-way-back")),
};

/// bash where there is one.
const SHELL: &str = "if command -v bash >/dev/null 2>&1; then exec bash; else exec sh; fi";

pub struct Exec;

impl Operation for Exec {
    fn meta(&self) -> &'static OpMeta {
        &META
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let key = target::key(&META, inputs, Kind::Pod, "pod")?;
        let pod = world.pods.get(&key.row).ok_or_else(|| Refusal::NotFound(key.clone()))?;
        if pod.meta.deleting.is_some() || !pod.active() {
            return Err(guard(t!("op-exec-pod-does-not-run", row = key.row), t!("op-exec-choose-another")));
        }
        let container = container(pod, inputs)?;
        let shell = inputs.optional("shell");
        if shell.is_some_and(|s| s.chars().any(char::is_control) || s.starts_with('-')) {
            return Err(guard(t!("op-exec-no-program"), t!("op-exec-give-path")));
        }
        let command = match shell {
            Some(program) => vec![program.to_owned()],
            None => vec!["sh".to_owned(), "-c".to_owned(), SHELL.to_owned()],
        };
        let right = |verb: &str| Access {
            verb: verb.to_owned(),
            group: String::new(),
            resource: "pods".to_owned(),
            subresource: "exec".to_owned(),
            namespace: key.namespace().to_owned(),
        };
        let work = ExecWork {
            pod: key.clone(),
            uid: pod.meta.uid.to_string(),
            container: container.clone(),
            command,
        };
        Ok(Plan {
            title: t!("op-exec-shell-in", container = container, row = key.row),
            summary: t!("op-exec-summary", container = container, row = key.row),
            consequences: vec![
                Consequence::warn(msg!("op-class-not-known"), t!("op-exec-no-plan")),
                Consequence::info(msg!("op-class-terminal"), t!("op-exec-own-terminal")),
                Consequence::info(msg!("op-class-recorded"), t!("op-exec-recorded")),
            ],
            kubectl: CommandLine::kubectl(
                &key,
                &["exec", "-it", key.name(), "-c", &container, "--", shell.unwrap_or("sh")],
            ),
            undo: Undo::None(t!("op-exec-not-known-what").to_owned()),
            proof: t!("op-exec-ended").to_owned(),
            work: Work::Exec(work),
            needs: vec![right("create"), right("get")],
            // A pod changes with every probe; the uid says that it is the same one.
            version: String::new(),
            ..Plan::draft(&META, inputs, key, &pod.meta, Vec::new())
        })
    }

    fn progress(&self, plan: &Plan, _: &ClusterSnapshot) -> Progress {
        Progress::Fulfilled(plan.proof.clone())
    }
}

/// The container that is named, or the only one. Those that joined to debug are not in the row.
fn container(pod: &PodRow, inputs: &Inputs) -> Result<String, Refusal> {
    let names: Vec<&str> = pod.containers.iter().map(|c| &*c.name).collect();
    match inputs.optional("container") {
        Some(name) if names.contains(&name) || name.starts_with(PREFIX) => Ok(name.to_owned()),
        Some(name) => Err(guard(
            t!("op-exec-no-container", name = name),
            t!("op-exec-it-has", names = lang::list(names)),
        )),
        None if names.len() == 1 => Ok(names[0].to_owned()),
        None => {
            let what = t!("op-exec-containers", containers = names.len());
            Err(guard(what, t!("op-exec-name-one", names = lang::list(names))))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::{Approval, plan};
    use crate::testing::{World, pod};

    fn inputs<const N: usize>(more: [(&str, &str); N]) -> Inputs {
        let mut out = Inputs::of([("namespace", "shop"), ("pod", "web-1")]);
        out.0.extend(Inputs::of(more).0);
        out
    }

    #[test]
    fn a_shell_is_asked_for_and_has_no_way_back() {
        let world = World::new().pod(pod("shop", "web-1", "w"));
        let made = plan(META.id, &world.0, &inputs([])).unwrap();
        let Work::Exec(work) = &made.work else { panic!() };
        assert_eq!((work.container.as_str(), work.uid.as_str()), ("app", "uid-web-1"));
        assert_eq!(made.approval(), Approval::Confirm);
        assert!(matches!(made.undo, Undo::None(_)));
        let needs: Vec<_> = made.needs.iter().map(ToString::to_string).collect();
        assert_eq!(needs, ["create pods/exec in shop", "get pods/exec in shop"]);
        let debug =
            plan(META.id, &world.0, &inputs([("container", "opsbook-debug-1"), ("shell", "ash")])).unwrap();
        assert!(matches!(&debug.work, Work::Exec(w) if w.command == ["ash"]));
    }

    #[test]
    fn what_does_not_run_or_is_not_there_is_refused() {
        let mut over = pod("shop", "web-1", "w");
        over.phase = crate::domain::PodPhase::Failed;
        assert!(plan(META.id, &World::new().pod(over).0, &inputs([])).is_err());
        let world = World::new().pod(pod("shop", "web-1", "w"));
        let wrong = plan(META.id, &world.0, &inputs([("container", "db")])).unwrap_err().to_string();
        assert!(wrong.contains("it has app"), "{wrong}");
        assert!(plan(META.id, &world.0, &inputs([("shell", "-c")])).is_err());
    }
}
