//! A container that joins a running pod, to look at it from inside: the image may hold tools that the pod's own lacks.

use serde_json::{Value, json};

use super::profile::{self, Level, PROFILES};
use super::target::{self, guard, object};
use super::{
    Call, CommandLine, Consequence, Inputs, NAMESPACE, OpMeta, Operation, Plan, Progress, Refusal, Takes,
    Undo, WayBack, may, need, starting,
};
use crate::domain::{ClusterSnapshot, Interest, Kind, Looked, ObjectRow, Risk};
use crate::lang::{list, msg, t};

const META: OpMeta = OpMeta {
    id: "pod.debug",
    title: msg!("op-debug-pod-title"),
    kinds: &[Kind::Pod],
    params: &[
        NAMESPACE,
        need("pod", Takes::Name(Kind::Pod), msg!("op-debug-pod-pod")),
        may("image", Takes::Text, msg!("op-debug-pod-image")),
        may("target", Takes::Text, msg!("op-debug-pod-target")),
        may("profile", Takes::Word(PROFILES), msg!("op-debug-pod-profile-doc")),
    ],
    risk: Risk::Medium,
    reach: "api",
    guards: &[
        msg!("op-debug-pod-guard-security"),
        msg!("op-debug-pod-guard-running"),
        msg!("op-debug-pod-guard-stays"),
    ],
    undo: WayBack::None(msg!("op-debug-pod-no-way-back")),
};

/// Names of the containers that opsbook adds begin so.
pub(super) const PREFIX: &str = "opsbook-debug-";

pub struct DebugPod;

impl Operation for DebugPod {
    fn meta(&self) -> &'static OpMeta {
        &META
    }

    fn reads(&self, inputs: &Inputs) -> Vec<Interest> {
        target::key(&META, inputs, Kind::Pod, "pod").map(|k| vec![Interest::one(&k)]).unwrap_or_default()
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let key = target::key(&META, inputs, Kind::Pod, "pod")?;
        let row = object(world, &key)?;
        running(&key.row.to_string(), row)?;
        let level = Level::of(world, key.namespace());
        let profile = profile::chosen(&META, inputs, level)?;
        let security = profile::allowed(
            key.namespace(),
            level,
            Level::needed(profile),
            &t!("op-debug-pod-profile", profile = profile),
            true,
        )?;
        let (image, loose) = profile::image(inputs)?;
        let aim = aim(row, inputs)?;
        let name = format!("{PREFIX}{}", row.list("/spec/ephemeralContainers").len() + 1);
        let mut container = json!({
            "name": name, "image": image, "command": ["sh"], "stdin": true, "tty": true,
            "imagePullPolicy": "IfNotPresent", "terminationMessagePolicy": "File",
        });
        if let Some(aim) = aim {
            container["targetContainerName"] = aim.into();
        }
        let context = profile::context(profile);
        if !context.is_null() {
            container["securityContext"] = context;
        }
        let body = json!({ "spec": { "ephemeralContainers": [container] } });
        let call = Call::strategic(&key, &row.meta, body).at("ephemeralcontainers");
        let (from, by) = (format!("--image={image}"), format!("--profile={profile}"));
        let line = CommandLine::kubectl(&key, &["debug", "-it", key.name(), &from, &by]);
        Ok(Plan {
            title: t!("op-debug-pod-plan", row = key.row),
            summary: t!("op-debug-pod-summary", name = name, image = image, profile = profile, row = key.row),
            consequences: consequences(world, row, aim, security, loose),
            kubectl: match aim {
                Some(aim) => line.and(&[&format!("--target={aim}")]),
                None => line,
            },
            undo: Undo::None(t!("op-debug-pod-stays", name = name)),
            proof: t!("op-debug-pod-runs-in", name = name, row = key.row),
            within_seconds: 120,
            risk: if profile == "sysadmin" { Risk::High } else { META.risk },
            ..Plan::draft(&META, inputs, key.clone(), &row.meta, vec![call])
        })
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        let first = plan.work.calls().next();
        let name = first.map_or(&Value::Null, |call| &call.body["spec"]["ephemeralContainers"][0]["name"]);
        let Looked::Present(row) = world.object(&plan.target) else {
            return target::shown(plan, world, |_| false);
        };
        if *row.meta.uid != *plan.uid {
            return target::shown(plan, world, |_| false);
        }
        let states = row.list("/status/ephemeralContainerStatuses");
        let state = states.iter().find(|s| s["name"] == *name).unwrap_or(&Value::Null);
        starting::container(name.as_str().unwrap_or(t!("op-debug-pod-the-container")), state, &plan.proof)
    }
}

/// Refuses pods that no container can join.
fn running(pod: &str, row: &ObjectRow) -> Result<(), Refusal> {
    if row.meta.deleting.is_some() {
        return Err(guard(t!("op-debug-pod-being-deleted", pod = pod), t!("op-debug-pod-take-successor")));
    }
    if row.annotation("kubernetes.io/config.mirror").is_some() {
        return Err(guard(t!("op-debug-pod-static", pod = pod), t!("op-debug-pod-use-node-debug")));
    }
    let phase = row.text("/status/phase");
    if phase != "Running" {
        return Err(guard(
            t!("op-debug-pod-not-running", pod = pod, phase = phase),
            t!("op-debug-pod-look-at-logs"),
        ));
    }
    Ok(())
}

/// The container whose processes are seen.
fn aim<'a>(row: &ObjectRow, inputs: &'a Inputs) -> Result<Option<&'a str>, Refusal> {
    let Some(aim) = inputs.optional("target") else { return Ok(None) };
    let names: Vec<_> = row.list("/spec/containers").iter().filter_map(|c| c["name"].as_str()).collect();
    if names.contains(&aim) {
        return Ok(Some(aim));
    }
    Err(guard(t!("op-debug-pod-no-container", aim = aim), t!("op-debug-pod-it-has", names = list(names))))
}

fn consequences(
    world: &ClusterSnapshot,
    row: &ObjectRow,
    aim: Option<&str>,
    security: Consequence,
    loose: Option<Consequence>,
) -> Vec<Consequence> {
    let mut out = vec![security];
    out.extend(loose);
    let node = row.text("/spec/nodeName");
    if world.node(node).is_some_and(|n| !n.ready()) {
        let detail = t!("op-debug-pod-node-not-ready", node = node);
        out.push(Consequence::warn(msg!("op-class-kubelet"), detail));
    }
    let takes = t!("op-debug-pod-no-limits");
    out.push(Consequence::info(msg!("op-class-quota"), takes));
    if row.value["spec"]["shareProcessNamespace"] != Value::Bool(true) && aim.is_none() {
        let detail = t!("op-debug-pod-no-target");
        out.push(Consequence::info(msg!("op-class-processes"), detail));
    }
    out.push(Consequence::warn(msg!("op-class-stays"), t!("op-debug-pod-stays-in-record")));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::{Approval, Work, plan};
    use crate::testing::World;

    fn world(phase: &str, level: Option<&str>) -> World {
        let pod = json!({
            "kind": "Pod", "metadata": {"namespace": "shop", "name": "web", "uid": "u", "resourceVersion": "5"},
            "spec": {"nodeName": "w", "containers": [{"name": "app"}]}, "status": {"phase": phase},
        });
        let mut meta = crate::testing::meta("", "shop");
        meta.labels =
            level.into_iter().map(|l| ("pod-security.kubernetes.io/enforce".into(), l.into())).collect();
        let space = crate::domain::NamespaceRow { meta, ..Default::default() };
        World::new().object(pod).with(|w| &mut w.namespaces, space)
    }

    fn inputs<const N: usize>(more: [(&str, &str); N]) -> Inputs {
        let mut out = Inputs::of([("namespace", "shop"), ("pod", "web")]);
        out.0.extend(Inputs::of(more).0);
        out
    }

    #[test]
    fn a_container_joins_with_what_the_level_of_the_namespace_allows() {
        let made = plan(META.id, &world("Running", None).0, &inputs([("target", "app")])).unwrap();
        let Work::Calls(calls) = &made.work else { panic!() };
        let container = &calls[0].body["spec"]["ephemeralContainers"][0];
        assert_eq!(container["securityContext"]["capabilities"]["add"], json!(["SYS_PTRACE"]));
        assert_eq!(
            (&container["targetContainerName"], &container["name"]),
            (&json!("app"), &json!("opsbook-debug-1"))
        );
        assert_eq!(made.needs[0].to_string(), "patch pods/ephemeralcontainers in shop");
        assert!(matches!(&made.undo, Undo::None(why) if why.contains("until the pod goes")));
        let strict = plan(META.id, &world("Running", Some("restricted")).0, &inputs([])).unwrap();
        let Work::Calls(calls) = &strict.work else { panic!() };
        assert_eq!(calls[0].body["spec"]["ephemeralContainers"][0]["securityContext"]["runAsNonRoot"], true);
        let root = plan(META.id, &world("Running", None).0, &inputs([("profile", "sysadmin")])).unwrap();
        assert_eq!(root.approval(), Approval::TypeCluster);
        assert!(matches!(DebugPod.progress(&made, &world("Running", None).0), Progress::Pending(_)));
    }

    #[test]
    fn an_image_that_cannot_be_pulled_is_told_with_the_kubelets_words() {
        let made = plan(META.id, &world("Running", None).0, &inputs([])).unwrap();
        let after = |state: Value| {
            let pod = json!({
                "kind": "Pod", "metadata": {"namespace": "shop", "name": "web", "uid": "u", "resourceVersion": "6"},
                "status": {"ephemeralContainerStatuses": [
                    {"name": "other", "state": {"running": {}}}, {"name": "opsbook-debug-1", "state": state},
                ]},
            });
            DebugPod.progress(&made, &World::new().object(pod).0)
        };
        let waits = after(json!({"waiting": {"reason": "ImagePullBackOff", "message": "no such image"}}));
        let words = "opsbook-debug-1 does not start: ImagePullBackOff: no such image";
        assert_eq!(waits, Progress::Stuck(words.into()));
        assert!(matches!(after(json!({"running": {}})), Progress::Fulfilled(_)));
    }

    #[test]
    fn what_cannot_be_joined_is_refused() {
        let refused =
            |world: &World, inputs: &Inputs| plan(META.id, &world.0, inputs).unwrap_err().to_string();
        assert!(refused(&world("Pending", None), &inputs([])).contains("not Running"));
        let forbidden = refused(&world("Running", Some("baseline")), &inputs([("profile", "netadmin")]));
        assert!(forbidden.contains("choose profile baseline"), "{forbidden}");
        assert!(refused(&world("Running", None), &inputs([("target", "db")])).contains("it has app"));
        assert!(refused(&world("Running", None), &inputs([("image", "-x")])).contains("not the name"));
        assert!(
            refused(&world("Running", None), &inputs([("profile", "root")])).contains("one of the words")
        );
    }
}
