//! Set processor and memory of one container: in the template of a workload, which rolls out, or in a running
//! pod, which is resized in place.

use serde_json::{Value, json};

use super::containers::{
    CONTAINER, CPU_LIMIT, CPU_REQUEST, Change, Found, MEMORY_LIMIT, MEMORY_REQUEST, change, find, less_memory,
};
use super::rollout::{Replaced, Rollout, rolled_out};
use super::target::{guard, key, object};
use super::workload::{self, DAEMON_SET, DEPLOYMENT, ROLLING, STATEFUL_SET, kubectl_name};
use super::{
    Call, CommandLine, Consequence, Inputs, NAMESPACE, OpMeta, Operation, Plan, Progress, Refusal, Takes,
    Undo, WayBack, need,
};
use crate::domain::{ClusterSnapshot, Interest, Kind, Looked, ObjectKey, Risk, parse_quantity};
use crate::lang::{list, msg, t};

const SET: OpMeta = OpMeta {
    id: "workload.set-resources",
    title: msg!("op-set-resources-title"),
    kinds: ROLLING,
    params: &[
        NAMESPACE,
        DEPLOYMENT,
        STATEFUL_SET,
        DAEMON_SET,
        CONTAINER,
        CPU_REQUEST,
        CPU_LIMIT,
        MEMORY_REQUEST,
        MEMORY_LIMIT,
    ],
    risk: Risk::Medium,
    reach: "api",
    guards: &[
        msg!("op-set-resources-refuses"),
        msg!("op-rollout-says-what-it-keeps"),
        msg!("op-set-resources-warns"),
    ],
    undo: WayBack::Told(msg!("op-set-resources-undo")),
};

const RESIZE: OpMeta = OpMeta {
    id: "pod.resize",
    title: msg!("op-set-resources-resize-title"),
    kinds: &[Kind::Pod],
    params: &[
        NAMESPACE,
        need("pod", Takes::Name(Kind::Pod), msg!("op-set-resources-pod-param")),
        CONTAINER,
        CPU_REQUEST,
        CPU_LIMIT,
        MEMORY_REQUEST,
        MEMORY_LIMIT,
    ],
    risk: Risk::Medium,
    reach: "api",
    guards: &[msg!("op-set-resources-resize-refuses"), msg!("op-set-resources-resize-warns")],
    undo: WayBack::Told(msg!("op-set-resources-resize-undo")),
};

/// The first minor version in which `pods/resize` is on by default.
const RESIZE_SINCE: u32 = 33;

pub struct SetResources;
pub struct Resize;

impl Operation for SetResources {
    fn meta(&self) -> &'static OpMeta {
        &SET
    }

    fn reads(&self, inputs: &Inputs) -> Vec<Interest> {
        workload::reads(&SET, inputs)
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let (key, row) = workload::workload(world, &SET, inputs)?;
        workload::not_paused(&key, row)?;
        let found = find(row, "/spec/template/spec", inputs)?;
        let change = change(&SET, &found, inputs)?;
        let body = json!({ "spec": { "template": { "spec": containers(&found, &change) } } });
        let call = Call::strategic(&key, &row.meta, body);
        let rules = Rollout::of(key.kind, row);
        let mut consequences = workload::rollout(world, &key, row, &rules)?;
        if change.less_memory {
            consequences.push(less_memory());
        }
        Ok(Plan {
            title: t!("op-set-resources-does", row = key.row),
            summary: format!("{}: {}", found.name, list(&change.words)),
            consequences,
            kubectl: CommandLine::kubectl(
                &key,
                &["set", "resources", &kubectl_name(&key), "-c", &found.name],
            )
            .and(&flags(&change).iter().map(String::as_str).collect::<Vec<_>>()),
            undo: back(&SET, inputs, &found, &change),
            proof: rules.proof(&key, Replaced::Resources),
            within_seconds: rules.within(),
            ..Plan::draft(&SET, inputs, key.clone(), &row.meta, vec![call])
        })
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        rolled_out(plan, world, Replaced::Resources)
    }
}

impl Operation for Resize {
    fn meta(&self) -> &'static OpMeta {
        &RESIZE
    }

    fn reads(&self, inputs: &Inputs) -> Vec<Interest> {
        key(&RESIZE, inputs, Kind::Pod, "pod").map(|k| vec![Interest::one(&k)]).unwrap_or_default()
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let key = key(&RESIZE, inputs, Kind::Pod, "pod")?;
        if minor(&world.info.version).is_some_and(|m| m < RESIZE_SINCE) {
            let what =
                t!("op-set-resources-server-too-old", version = world.info.version, since = RESIZE_SINCE);
            return Err(guard(what, t!("op-set-resources-of-the-workload")));
        }
        let row = object(world, &key)?;
        let pod = world.pods.get(&key.row).ok_or_else(|| Refusal::NotFound(key.clone()))?;
        if pod.mirror || !pod.active() || pod.meta.deleting.is_some() {
            let what = t!("op-set-resources-cannot-resize", row = key.row);
            return Err(guard(what, t!("op-set-resources-another-pod")));
        }
        let found = find(row, "/spec", inputs)?;
        let change = change(&RESIZE, &found, inputs)?;
        let body = json!({ "spec": containers(&found, &change) });
        let call = Call::strategic(&key, &row.meta, body).at("resize");
        Ok(Plan {
            title: t!("op-set-resources-resize-does", row = key.row),
            summary: format!("{}: {}", found.name, list(&change.words)),
            consequences: in_place(&key, &found, &change, pod.meta.owner.as_ref()),
            kubectl: CommandLine::kubectl(
                &key,
                &[
                    "patch",
                    "pod",
                    key.name(),
                    "--subresource=resize",
                    "-p",
                    &json!({ "spec": containers(&found, &change) }).to_string(),
                ],
            ),
            undo: back(&RESIZE, inputs, &found, &change),
            proof: t!("op-set-resources-resize-proof", container = found.name, row = key.row),
            within_seconds: 120,
            ..Plan::draft(&RESIZE, inputs, key.clone(), &row.meta, vec![call])
        })
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        resized(plan, world)
    }
}

fn containers(found: &Found<'_>, change: &Change) -> Value {
    json!({ found.list: [{ "name": found.name, "resources": change.patch }] })
}

fn back(meta: &'static OpMeta, inputs: &Inputs, found: &Found<'_>, change: &Change) -> Undo {
    let mut out = inputs.clone();
    out.0.insert("container".to_owned(), Value::from(found.name.as_str()));
    out.0.extend(change.back.iter().cloned());
    Undo::by(meta.id, out)
}

/// `--limits=memory=512Mi --requests=cpu=250m`, without what is taken away: kubectl cannot.
fn flags(change: &Change) -> Vec<String> {
    let of = |group: &str| {
        let set = change.patch[group].as_object().into_iter().flatten().filter(|(_, v)| !v.is_null());
        set.map(|(k, v)| format!("{k}={}", v.as_str().unwrap_or_default())).collect::<Vec<_>>().join(",")
    };
    let flag = |group: &str| {
        let set = of(group);
        (!set.is_empty()).then(|| format!("--{group}={set}"))
    };
    flag("requests").into_iter().chain(flag("limits")).collect()
}

fn in_place(
    key: &ObjectKey,
    found: &Found<'_>,
    change: &Change,
    owner: Option<&crate::domain::Owner>,
) -> Vec<Consequence> {
    let mut out = Vec::new();
    if let Some(owner) = owner {
        let detail = t!("op-set-resources-owner-keeps-old", kind = owner.kind, name = owner.name);
        out.push(Consequence::warn(msg!("op-set-resources-this-pod-only"), detail));
    }
    let policies = found.value["resizePolicy"].as_array().into_iter().flatten();
    let changes = |resource: &str| {
        ["requests", "limits"].iter().any(|group| change.patch[*group].get(resource).is_some())
    };
    let restarts = |p: &&Value| {
        p["restartPolicy"] == "RestartContainer" && p["resourceName"].as_str().is_some_and(changes)
    };
    if policies.into_iter().any(|p| restarts(&p)) {
        let detail = t!("op-set-resources-restarts", container = found.name, row = key.row);
        out.push(Consequence::warn(msg!("op-class-restart"), detail));
    }
    if change.less_memory {
        out.push(less_memory());
    }
    out
}

/// The minor version of `v1.34.10`.
fn minor(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').nth(1)?.trim_end_matches('+').parse().ok()
}

/// Whether the kubelet reports the wanted resources for the container.
fn resized(plan: &Plan, world: &ClusterSnapshot) -> Progress {
    let pending = |why: &str| Progress::Pending(format!("{}: {why}", plan.target.row));
    let row = match world.object(&plan.target) {
        Looked::Present(row) if *row.meta.uid == *plan.uid => row,
        Looked::Present(_) | Looked::Absent => return pending(t!("op-set-resources-pod-is-gone")),
        Looked::Reading => return pending(t!("op-set-resources-being-read")),
        Looked::Failed(why) => return Progress::Pending(why),
    };
    for (kind, words) in [
        ("PodResizePending", t!("op-set-resources-no-room")),
        ("PodResizeInProgress", t!("op-set-resources-in-progress")),
    ] {
        if let Some(condition) = row.condition(kind).filter(|c| &*c.status == "True") {
            let said = if condition.message.is_empty() { words } else { &condition.message };
            return pending(said);
        }
    }
    let Ok(found) = find(row, "/spec", &plan.inputs) else {
        return pending(t!("op-set-resources-no-container"));
    };
    let status = row.list("/status/containerStatuses").iter().find(|s| s["name"] == found.name.as_str());
    let Some(real) = status.map(|s| &s["resources"]).filter(|r| r.is_object()) else {
        return pending(t!("op-set-resources-not-reported"));
    };
    let size =
        |from: &Value, group: &str, resource: &str| from[group][resource].as_str().and_then(parse_quantity);
    let wanted = &found.value["resources"];
    let same = |group: &str| ["cpu", "memory"].iter().all(|r| size(real, group, r) == size(wanted, group, r));
    let moved = *row.meta.version != *plan.version;
    if moved && same("requests") && same("limits") {
        return Progress::Fulfilled(plan.proof.clone());
    }
    pending(t!("op-set-resources-reports-old"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::{Work, plan};
    use crate::testing::{World, deployment, pod};

    fn limited() -> Value {
        let mut object = deployment("shop", "api", 2);
        object["spec"]["template"]["spec"]["containers"][0]["resources"] =
            json!({"requests": {"memory": "128Mi"}, "limits": {"memory": "256Mi"}});
        object
    }

    fn inputs<const N: usize>(more: [(&str, &str); N]) -> Inputs {
        let mut inputs = Inputs::of([("namespace", "shop"), ("deployment", "api")]);
        inputs.0.extend(Inputs::of(more).0);
        inputs
    }

    #[test]
    fn only_what_is_given_changes_and_what_was_not_set_goes_again() {
        let world = World::new().object(limited());
        let wanted = inputs([("memoryLimit", "512Mi"), ("cpuRequest", "250m")]);
        let made = plan("workload.set-resources", &world.0, &wanted).unwrap();
        let Work::Calls(calls) = &made.work else { panic!() };
        let resources = &calls[0].body["spec"]["template"]["spec"]["containers"][0]["resources"];
        assert_eq!(*resources, json!({"requests": {"cpu": "250m"}, "limits": {"memory": "512Mi"}}));
        assert_eq!(made.summary, "app: cpu request none → 250m, memory limit 256Mi → 512Mi");
        let Undo::By { inputs: back, .. } = &made.undo else { panic!() };
        assert_eq!((&back.0["cpuRequest"], &back.0["memoryLimit"]), (&"none".into(), &"256Mi".into()));
        let none = plan("workload.set-resources", &world.0, &inputs([("memoryLimit", "none")])).unwrap();
        let Work::Calls(calls) = &none.work else { panic!() };
        let resources = &calls[0].body["spec"]["template"]["spec"]["containers"][0]["resources"];
        assert!(resources["limits"]["memory"].is_null());
    }

    #[test]
    fn nonsense_is_refused_and_less_memory_is_told() {
        let world = World::new().object(limited());
        let of = |more: [(&str, &str); 1]| plan("workload.set-resources", &world.0, &inputs(more));
        assert!(of([("memoryRequest", "1Gi")]).unwrap_err().to_string().contains("above its limit"));
        assert!(matches!(of([("memoryLimit", "lots")]), Err(Refusal::Invalid { .. })));
        assert!(matches!(of([("memoryLimit", "0.25Gi")]), Err(Refusal::AlreadySo(_))), "the same amount");
        let less = of([("memoryLimit", "200Mi")]).unwrap();
        assert!(less.consequences.iter().any(|c| c.what == "less memory"));
    }

    #[test]
    fn a_pod_is_resized_at_its_subresource_on_servers_that_can() {
        let of = |version: &str| {
            let object = json!({
                "kind": "Pod", "metadata": {"namespace": "shop", "name": "api-1", "uid": "uid-api-1", "resourceVersion": "1"},
                "spec": {"containers": [{"name": "app", "resources": {"limits": {"cpu": "1"}}}]},
            });
            let mut world = World::new().pod(pod("shop", "api-1", "w")).object(object);
            std::sync::Arc::make_mut(&mut world.0.info).version = version.to_owned();
            world
        };
        let inputs = Inputs::of([("namespace", "shop"), ("pod", "api-1"), ("cpuLimit", "2")]);
        let world = of("v1.34.10");
        let made = plan("pod.resize", &world.0, &inputs).unwrap();
        let Work::Calls(calls) = &made.work else { panic!() };
        assert_eq!(calls[0].subresource.as_deref(), Some("resize"));
        assert_eq!(made.consequences[0].what, "this pod only");
        assert!(matches!(Resize.progress(&made, &world.0), Progress::Pending(_)));
        let refused = plan("pod.resize", &of("v1.31.2").0, &inputs).unwrap_err().to_string();
        assert!(refused.contains("since 1.33"), "{refused}");
    }

    #[test]
    fn that_a_container_is_restarted_is_told_in_every_language_and_only_for_what_changes() {
        let policies = json!([{"resourceName": "memory", "restartPolicy": "RestartContainer"}]);
        let object = json!({
            "kind": "Pod", "metadata": {"namespace": "shop", "name": "api-1", "uid": "uid-api-1", "resourceVersion": "1"},
            "spec": {"containers": [{"name": "app", "resizePolicy": policies}]},
        });
        let world = World::new().pod(pod("shop", "api-1", "w")).object(object);
        let restarts = |what: &str, language| {
            let inputs = Inputs::of([("namespace", "shop"), ("pod", "api-1"), (what, "1")]);
            let made = crate::lang::within(language, || plan("pod.resize", &world.0, &inputs).unwrap());
            made.consequences.iter().any(|c| c.class == "op-class-restart")
        };
        for language in crate::lang::Language::ALL {
            assert!(restarts("memoryLimit", *language) && !restarts("cpuLimit", *language), "{language:?}");
        }
    }
}
