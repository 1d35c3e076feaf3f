//! A pod on a node that is root there, to look at the machine without a way in of its own; and its end. It has a label by
//! which it is known, and ends by itself when its time is over.

use serde_json::{Value, json};

use super::profile::{self, Level};
use super::target::{self, guard, pod_gone};
use super::{
    Call, CommandLine, Consequence, Inputs, NAMESPACE, OpMeta, Operation, Plan, Progress, Refusal, Takes,
    Undo, WayBack, may, need, starting,
};
use crate::domain::{ClusterSnapshot, Interest, Kind, Looked, Meta, ObjectKey, PodPhase, PodRow, Risk};
use crate::lang::{msg, t};

/// The label of pods that opsbook made to debug.
pub const DEBUG: &str = "opsbook.dev/debug";
/// The operation that deletes one.
pub const DEBUG_END: &str = "node.debug-end";

const META: OpMeta = OpMeta {
    id: "node.debug",
    title: msg!("op-debug-node-title"),
    kinds: &[Kind::Node],
    params: &[
        need("node", Takes::Name(Kind::Node), msg!("op-debug-node-node")),
        may("in", Takes::Text, msg!("op-debug-node-in")),
        may("image", Takes::Text, msg!("op-debug-node-image")),
        may("for", Takes::Duration, msg!("op-debug-node-for")),
    ],
    risk: Risk::High,
    reach: "api",
    guards: &[
        msg!("op-debug-node-guard-security"),
        msg!("op-debug-node-guard-end"),
        msg!("op-debug-node-guard-quotas"),
    ],
    undo: WayBack::By(DEBUG_END),
};

const END: OpMeta = OpMeta {
    id: DEBUG_END,
    title: msg!("op-debug-node-end-title"),
    kinds: &[Kind::Pod],
    params: &[NAMESPACE, need("pod", Takes::Name(Kind::Pod), msg!("op-debug-node-end-pod"))],
    risk: Risk::Low,
    reach: "api",
    guards: &[msg!("op-debug-node-end-guard")],
    undo: WayBack::None(msg!("op-debug-node-starts-another")),
};

const DEFAULT_SECONDS: u64 = 3600;
const LONGEST_SECONDS: u64 = 24 * 3600;
/// The longest name of an object.
const LONGEST_NAME: usize = 253;

pub struct DebugNode;
pub struct DebugEnd;

/// Whether opsbook made this pod to debug.
pub fn is_debug(pod: &PodRow) -> bool {
    pod.meta.label(DEBUG).is_some()
}

/// Where the pod would be.
fn key(inputs: &Inputs) -> Result<(ObjectKey, &str), Refusal> {
    let node = inputs.text(&META, "node")?;
    let mut name = format!("opsbook-debug-{node}");
    name.truncate(LONGEST_NAME);
    let name = name.trim_end_matches(['-', '.']);
    Ok((ObjectKey::new(Kind::Pod, inputs.optional("in").unwrap_or("default"), name), node))
}

impl Operation for DebugNode {
    fn meta(&self) -> &'static OpMeta {
        &META
    }

    fn reads(&self, inputs: &Inputs) -> Vec<Interest> {
        // Why its container does not start stands in the object alone.
        let both = |(key, _): (ObjectKey, &str)| {
            vec![Interest::within(Kind::ResourceQuota, key.row.namespace.clone()), Interest::one(&key)]
        };
        key(inputs).map(both).unwrap_or_default()
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let (key, node) = key(inputs)?;
        let seconds = inputs.seconds(&META, "for")?.unwrap_or(DEFAULT_SECONDS);
        if !(60..=LONGEST_SECONDS).contains(&seconds) {
            return Err(guard(format!("{seconds} s"), t!("op-debug-node-give-time")));
        }
        let of = ObjectKey::cluster(Kind::Node, node);
        let machine = world.node(node).ok_or_else(|| Refusal::NotFound(of.clone()))?;
        if !machine.ready() {
            let what = t!("op-debug-node-not-ready", node = node);
            return Err(guard(what, t!("op-debug-node-use-console")));
        }
        let space = ObjectKey::cluster(Kind::Namespace, key.namespace());
        if world.meta(&space).is_none() {
            return Err(Refusal::NotFound(space));
        }
        if world.pods.get(&key.row).is_some() {
            let what = t!("op-debug-node-there-already", row = key.row);
            return Err(guard(what, t!("op-debug-node-go-in-or-delete", op = DEBUG_END)));
        }
        let level = Level::of(world, key.namespace());
        let security =
            profile::allowed(key.namespace(), level, Level::Privileged, t!("op-debug-node-root-pod"), false)?;
        let (image, loose) = profile::image(inputs)?;
        let quotas = quotas(world, &key)?;
        let minutes = seconds / 60;
        let mut consequences = vec![
            Consequence::danger(
                msg!("op-debug-node-root-on-node"),
                t!("op-debug-node-root-means", namespace = key.namespace()),
            ),
            security,
            Consequence::info(
                msg!("op-debug-node-ends-by-itself"),
                t!("op-debug-node-ends-after", minutes = minutes),
            ),
        ];
        consequences.extend(loose);
        consequences.extend(quotas);
        let call = Call::create(&key, manifest(&key, node, image, seconds));
        let back = Inputs::of([("namespace", key.namespace()), ("pod", key.name())]);
        let mut undo = Undo::by(DEBUG_END, back);
        if let Undo::By { note, .. } = &mut undo {
            t!("op-debug-node-changes-stay").clone_into(note);
        }
        Ok(Plan {
            title: t!("op-debug-node-plan", node = node),
            summary: t!(
                "op-debug-node-summary",
                row = key.row,
                image = image,
                node = node,
                minutes = minutes
            ),
            consequences,
            kubectl: CommandLine::kubectl(
                &key,
                &["debug", &format!("node/{node}"), "-it", &format!("--image={image}"), "--profile=sysadmin"],
            ),
            undo,
            proof: t!("op-debug-node-pod-runs", row = key.row),
            within_seconds: 120,
            // The pod is not there yet: the plan is bound to the machine.
            ..Plan::draft(
                &META,
                inputs,
                key,
                &Meta { version: "".into(), ..machine.meta.clone() },
                vec![call],
            )
        })
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        match world.pods.get(&plan.target.row) {
            Some(pod) if pod.phase == PodPhase::Running => Progress::Fulfilled(plan.proof.clone()),
            Some(pod) => starts(pod, &plan.target, world),
            None => Progress::Pending(t!("op-debug-node-not-there-yet", row = plan.target.row)),
        }
    }
}

/// What keeps the pod from running, as far as it is told.
fn starts(pod: &PodRow, key: &ObjectKey, world: &ClusterSnapshot) -> Progress {
    let words = t!("op-debug-node-phase", row = key.row, phase = pod.phase.word());
    let Looked::Present(row) = world.object(key) else {
        let (phase, status) = (pod.phase.word(), pod.status());
        return Progress::Pending(t!("op-debug-node-status", row = key.row, phase = phase, status = status));
    };
    if !pod.active() {
        return Progress::Stuck(starting::said(&words, &row.value["status"]));
    }
    let status = row.list("/status/containerStatuses").first().unwrap_or(&Value::Null);
    let container = t!("op-debug-node-its-container", words = words);
    match starting::container(&container, status, "") {
        // The phase follows its container.
        Progress::Fulfilled(_) => Progress::Pending(words),
        other => other,
    }
}

/// A pod that is root on its node, and sleeps until its time is over.
fn manifest(key: &ObjectKey, node: &str, image: &str, seconds: u64) -> Value {
    json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {"name": key.name(), "namespace": key.namespace(), "labels": {DEBUG: "node"}},
        "spec": {
            "nodeName": node, "hostPID": true, "hostNetwork": true, "hostIPC": true, "restartPolicy": "Never",
            "activeDeadlineSeconds": seconds, "terminationGracePeriodSeconds": 1,
            "automountServiceAccountToken": false, "enableServiceLinks": false,
            "tolerations": [{"operator": "Exists"}],
            "volumes": [{"name": "host", "hostPath": {"path": "/"}}],
            "containers": [{
                "name": "debug", "image": image, "command": ["sh"], "stdin": true, "tty": true,
                "securityContext": {"privileged": true},
                "volumeMounts": [{"name": "host", "mountPath": "/host"}],
                "resources": {
                    "requests": {"cpu": "10m", "memory": "32Mi"}, "limits": {"cpu": "500m", "memory": "256Mi"},
                },
            }],
        },
    })
}

/// The quotas that the pod counts in, and those that have no room.
fn quotas(world: &ClusterSnapshot, key: &ObjectKey) -> Result<Vec<Consequence>, Refusal> {
    let interest = Interest::within(Kind::ResourceQuota, key.row.namespace.clone());
    let mut out = Vec::new();
    for row in target::others(world, &interest)? {
        let (hard, used) = (&row.value["status"]["hard"]["pods"], &row.value["status"]["used"]["pods"]);
        let number = |v: &Value| v.as_str().and_then(|t| t.parse::<u64>().ok());
        out.push(match (number(hard), number(used)) {
            (Some(hard), Some(used)) if used >= hard => Consequence::warn(
                msg!("op-class-quota"),
                t!("op-debug-node-no-room", name = row.meta.name, used = used, hard = hard),
            ),
            _ => {
                Consequence::info(msg!("op-class-quota"), t!("op-debug-node-counts-in", name = row.meta.name))
            }
        });
    }
    Ok(out)
}

impl Operation for DebugEnd {
    fn meta(&self) -> &'static OpMeta {
        &END
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let key = target::key(&END, inputs, Kind::Pod, "pod")?;
        let pod = world.pods.get(&key.row).ok_or_else(|| Refusal::NotFound(key.clone()))?;
        if !is_debug(pod) {
            let what = t!("op-debug-node-no-label", row = key.row, label = DEBUG);
            return Err(guard(what, t!("op-debug-node-use-delete")));
        }
        if pod.meta.deleting.is_some() {
            return Err(target::leaving(&key, pod.meta.deleting, world.taken));
        }
        let call = Call::delete(&key, &pod.meta, json!({}));
        Ok(Plan {
            title: t!("op-debug-node-end-plan", row = key.row),
            summary: t!("op-debug-node-end-summary", row = key.row, node = pod.node),
            consequences: vec![Consequence::info(msg!("op-class-ends"), t!("op-debug-node-end-means"))],
            kubectl: CommandLine::kubectl(&key, &["delete", "pod", key.name()]),
            undo: Undo::None(t!("op-debug-node-starts-another").to_owned()),
            proof: t!("op-debug-node-gone", row = key.row),
            ..Plan::draft(&END, inputs, key, &pod.meta, vec![call])
        })
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        pod_gone(plan, world)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::{Work, plan};
    use crate::testing::{World, node, pod};

    fn world(level: Option<&str>, ready: &str) -> World {
        let mut meta = crate::testing::meta("", "default");
        meta.labels =
            level.into_iter().map(|l| ("pod-security.kubernetes.io/enforce".into(), l.into())).collect();
        let space = crate::domain::NamespaceRow { meta, ..Default::default() };
        let quota = json!({
            "kind": "ResourceQuota", "metadata": {"namespace": "default", "name": "few"},
            "status": {"hard": {"pods": "4"}, "used": {"pods": "4"}},
        });
        World::new().node(node("w", ready, "", 60)).with(|w| &mut w.namespaces, space).object(quota)
    }

    #[test]
    fn it_is_root_for_a_while_and_its_way_back_deletes_it() {
        let made =
            plan(META.id, &world(None, "True").0, &Inputs::of([("node", "w"), ("for", "10m")])).unwrap();
        let Work::Calls(calls) = &made.work else { panic!() };
        let spec = &calls[0].body["spec"];
        assert_eq!((&spec["activeDeadlineSeconds"], &spec["nodeName"]), (&json!(600), &json!("w")));
        assert_eq!(calls[0].body["metadata"]["labels"][DEBUG], "node");
        assert_eq!(made.needs[0].to_string(), "create pods in default");
        assert!(made.consequences.iter().any(|c| c.detail.contains("few has no room: 4 of 4")), "{made:?}");
        assert_eq!((made.risk, made.uid.as_str()), (Risk::High, "uid-w"));
        let mut there = pod("default", "opsbook-debug-w", "w");
        there.meta.labels = [(DEBUG.into(), "node".into())].into();
        there.meta.owner = None;
        let after = world(None, "True").pod(there);
        assert!(plan(META.id, &after.0, &made.inputs).unwrap_err().to_string().contains("there already"));
        assert!(matches!(DebugNode.progress(&made, &after.0), Progress::Fulfilled(_)));
        let Undo::By { op, inputs: back, .. } = &made.undo else { panic!() };
        let back = plan(op, &after.0, back).unwrap();
        let Work::Calls(calls) = &back.work else { panic!() };
        assert_eq!(calls[0].body["preconditions"]["uid"], "uid-opsbook-debug-w");
    }

    #[test]
    fn a_pod_that_does_not_start_says_why() {
        let made = plan(META.id, &world(None, "True").0, &Inputs::of([("node", "w")])).unwrap();
        let mut row = pod("default", "opsbook-debug-w", "w");
        row.phase = PodPhase::Pending;
        let waiting = json!({"waiting": {"reason": "ErrImagePull", "message": "no route to the registry"}});
        let object = json!({
            "kind": "Pod", "metadata": {"namespace": "default", "name": "opsbook-debug-w", "uid": "p"},
            "status": {"phase": "Pending", "containerStatuses": [{"name": "debug", "state": waiting}]},
        });
        let after = world(None, "True").pod(row.clone()).object(object);
        let Progress::Stuck(words) = DebugNode.progress(&made, &after.0) else { panic!() };
        assert!(words.ends_with("does not start: ErrImagePull: no route to the registry"), "{words}");
        let unread = world(None, "True").pod(row);
        assert!(matches!(DebugNode.progress(&made, &unread.0), Progress::Pending(_)));
    }

    #[test]
    fn levels_silent_nodes_and_other_pods_are_refused() {
        let node = || Inputs::of([("node", "w")]);
        let refused =
            |world: &World, id: &str, inputs: &Inputs| plan(id, &world.0, inputs).unwrap_err().to_string();
        let level = refused(&world(Some("baseline"), "True"), META.id, &node());
        assert!(level.contains("choose a namespace that enforces privileged"), "{level}");
        assert!(refused(&world(None, "Unknown"), META.id, &node()).contains("not Ready"));
        let long = Inputs::of([("node", "w"), ("for", "25h")]);
        assert!(refused(&world(None, "True"), META.id, &long).contains("24h"));
        let other = world(None, "True").pod(pod("default", "web-1", "w"));
        let inputs = Inputs::of([("namespace", "default"), ("pod", "web-1")]);
        assert!(refused(&other, DEBUG_END, &inputs).contains("did not make it"));
    }
}
