//! Delete a pod with its normal grace, so that its workload makes another one.

use serde_json::json;

use super::{
    Call, Consequence, Inputs, Level, Method, OpMeta, Operation, Param, Plan, Progress, Refusal, Undo, Work,
};
use crate::domain::{ClusterSnapshot, Kind, ObjectKey, Risk};

const META: OpMeta = OpMeta {
    id: "pod.delete",
    title: "Delete a pod, with its normal grace",
    kind: Kind::Pod,
    params: &[
        Param { name: "namespace", doc: "namespace of the pod", required: true },
        Param { name: "pod", doc: "name of the pod", required: true },
    ],
    risk: Risk::Medium,
    reach: "api",
    guards: &[
        "refuses bare pods: nothing would make them again",
        "warns when no other pod of its workload is ready",
        "does not ask the disruption budgets; shows one that would not allow it",
    ],
    undo: "none: its workload makes another pod",
};

pub struct DeletePod;

impl Operation for DeletePod {
    fn meta(&self) -> &'static OpMeta {
        &META
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let key = ObjectKey::new(Kind::Pod, inputs.text(&META, "namespace")?, inputs.text(&META, "pod")?);
        let pod = world.pods.get(&key.row).ok_or_else(|| Refusal::NotFound(key.clone()))?;
        if pod.meta.deleting.is_some() {
            return Err(Refusal::AlreadySo(format!("{} is already being deleted", key.row)));
        }
        if pod.mirror {
            return Err(Refusal::Guard {
                what: format!("{} mirrors a static pod; deleting it does not restart it", key.row),
                instead: "move its manifest on the node".to_owned(),
            });
        }
        let Some(owner) = &pod.meta.owner else {
            return Err(Refusal::Guard {
                what: format!("{} is a bare pod: nothing would make it again", key.row),
                instead: "save its manifest and delete it with kubectl if you must".to_owned(),
            });
        };
        let others = world.pods.in_namespace(key.namespace());
        let others = others
            .filter(|p| p.meta.owner.as_ref() == Some(owner) && p.meta.name != pod.meta.name && p.ready());
        let mut consequences = vec![match others.count() {
            0 => consequence(
                Level::Danger,
                "no other replica",
                format!("{} {} has no other ready pod", owner.kind, owner.name),
            ),
            n => consequence(
                Level::Info,
                "other replicas",
                format!("{n} ready of {} {}", owner.kind, owner.name),
            ),
        }];
        for budget in world.budgets_of(pod).filter(|b| b.allowed <= 0) {
            consequences.push(consequence(
                Level::Warn,
                "budget",
                format!("{} allows 0 disruptions now; a delete does not ask it", budget.meta.name),
            ));
        }
        if pod.volumes.empty_dir {
            consequences.push(consequence(Level::Warn, "local data lost", "its emptyDir volumes".to_owned()));
        }
        let preconditions = json!({ "uid": &*pod.meta.uid, "resourceVersion": &*pod.meta.version });
        let body = json!({ "kind": "DeleteOptions", "apiVersion": "v1", "preconditions": preconditions });
        let call = Call { method: Method::Delete, target: key.clone(), subresource: None, body };
        Ok(Plan {
            op: META.id.to_owned(),
            inputs: inputs.clone(),
            title: format!("delete pod {}", key.row),
            uid: pod.meta.uid.to_string(),
            version: pod.meta.version.to_string(),
            risk: META.risk,
            summary: format!("delete {}; {} {} makes another one", key.row, owner.kind, owner.name),
            consequences,
            questions: Vec::new(),
            needs: vec![call.access()],
            kubectl: format!("kubectl -n {} delete pod {}", key.namespace(), key.name()),
            undo: Undo::None("its workload makes another pod".to_owned()),
            proof: format!("{} is gone", key.row),
            within_seconds: 120,
            work: Work::Calls(vec![call]),
            target: key,
        })
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        match world.pods.get(&plan.target.row) {
            None if !world.sync(Kind::Pod).complete()
                || !world.covers(Kind::Pod, plan.target.namespace()) =>
            {
                Progress::Pending("the pods are not known now".to_owned())
            }
            Some(pod) if *pod.meta.uid == *plan.uid => {
                Progress::Pending(format!("{} is still there", plan.target.row))
            }
            _ => Progress::Fulfilled(plan.proof.clone()),
        }
    }
}

fn consequence(level: Level, what: &str, detail: String) -> Consequence {
    Consequence { level, what: what.to_owned(), detail }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::plan;
    use crate::testing::{World, pod};

    #[test]
    fn the_pod_is_pinned_and_the_last_replica_is_named() {
        let inputs = Inputs::of([("namespace", "shop"), ("pod", "api-1")]);
        let world = World::new().pod(pod("shop", "api-1", "w"));
        let made = plan("pod.delete", &world.0, &inputs).unwrap();
        let Work::Calls(calls) = &made.work else { panic!() };
        assert_eq!(calls[0].body["preconditions"]["uid"], "uid-api-1");
        assert_eq!(made.consequences[0].level, Level::Danger);
        assert_eq!(made.undo, Undo::None("its workload makes another pod".to_owned()));
        let two = world.pod(pod("shop", "api-2", "w"));
        assert_eq!(plan("pod.delete", &two.0, &inputs).unwrap().consequences[0].level, Level::Info);
    }

    #[test]
    fn bare_and_mirror_pods_are_refused() {
        let inputs = Inputs::of([("namespace", "shop"), ("pod", "api-1")]);
        let mut bare = pod("shop", "api-1", "w");
        bare.meta.owner = None;
        assert!(plan("pod.delete", &World::new().pod(bare.clone()).0, &inputs).is_err());
        bare.mirror = true;
        assert!(plan("pod.delete", &World::new().pod(bare).0, &inputs).is_err());
    }
}
