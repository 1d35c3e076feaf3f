//! Delete a pod without waiting for its kubelet. The cluster then believes that it is gone; if the machine
//! still runs it, two pods may write to one volume.

use serde_json::json;

use super::target::{end_of_pod, guard, key, pod_gone};
use super::{
    Call, CommandLine, Consequence, Inputs, NAMESPACE, OpMeta, Operation, Plan, Progress, Question, Refusal,
    Takes, WayBack, known, need,
};
use crate::domain::{ClusterSnapshot, Kind, PodRow, Risk};
use crate::lang::{msg, t};

const META: OpMeta = OpMeta {
    id: "pod.force-delete",
    title: msg!("op-force-delete-title"),
    kinds: &[Kind::Pod],
    params: &[NAMESPACE, need("pod", Takes::Name(Kind::Pod), msg!("op-force-delete-pod"))],
    risk: Risk::Critical,
    reach: "api",
    guards: &[msg!("op-force-delete-guard-ready"), msg!("op-force-delete-guard-state")],
    undo: WayBack::None(msg!("op-force-delete-no-way-back")),
};

pub struct ForceDelete;

impl Operation for ForceDelete {
    fn meta(&self) -> &'static OpMeta {
        &META
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let key = key(&META, inputs, Kind::Pod, "pod")?;
        known::planned_on(world, Kind::Pod, Some(key.namespace()))?;
        let pod = world.pods.get(&key.row).ok_or_else(|| Refusal::NotFound(key.clone()))?;
        if !known(world) {
            let what = t!("op-force-delete-nodes-unknown", node = node_name(pod));
            return Err(guard(what, t!("op-force-delete-wait-or-ask")));
        }
        let node = (!pod.node.is_empty()).then(|| world.node(&pod.node)).flatten();
        let since = pod.meta.deleting.map_or(0, |at| world.taken.as_second() - at.as_second());
        if node.is_some_and(|n| n.ready()) && since < LATE {
            let what = t!("op-force-delete-node-is-ready", node = pod.node, row = key.row);
            let instead = t!("op-force-delete-delete-instead");
            return Err(guard(what, instead));
        }
        let mut consequences = end_of_pod(world, pod);
        consequences.extend(known::polled(world, Kind::Pod));
        consequences
            .push(Consequence::danger(msg!("op-class-not-confirmed"), t!("op-force-delete-nobody-confirms")));
        let call = Call::delete(&key, &pod.meta, json!({ "gracePeriodSeconds": 0 }));
        Ok(Plan {
            title: t!("op-force-delete-plan", row = key.row),
            summary: t!("op-force-delete-summary", pod = key.row, node = node_name(pod)),
            consequences,
            questions: questions(pod, node.is_some()),
            kubectl: CommandLine::kubectl(
                &key,
                &["delete", "pod", key.name(), "--grace-period=0", "--force"],
            ),
            proof: t!("op-force-delete-is-gone", row = key.row),
            ..Plan::draft(&META, inputs, key, &pod.meta, vec![call])
        })
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        pod_gone(plan, world)
    }
}

/// Whether what is seen of the nodes is all of them, and current.
pub(super) fn known(world: &ClusterSnapshot) -> bool {
    world.whole(Kind::Node) && world.sync(Kind::Node).current()
}

/// A kubelet that has not ended a pod so many seconds after it should have will not do it by itself.
const LATE: i64 = 300;

fn node_name(pod: &PodRow) -> &str {
    if pod.node.is_empty() { t!("op-force-delete-a-node") } else { &pod.node }
}

/// What only a person can know.
fn questions(pod: &PodRow, node_known: bool) -> Vec<Question> {
    let stateful = pod.meta.owner.as_ref().is_some_and(|o| &*o.kind == "StatefulSet");
    if pod.node.is_empty() || !(stateful || pod.volumes.claims > 0) {
        return Vec::new();
    }
    let text = if node_known {
        t!("op-force-delete-machine-is-off", node = pod.node)
    } else {
        t!("op-force-delete-machine-is-gone", node = pod.node)
    };
    vec![Question::new("machine-off", text)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Owner;
    use crate::op::{Approval, Work, plan};
    use crate::testing::{World, ago, node, pod};

    fn inputs() -> Inputs {
        Inputs::of([("namespace", "shop"), ("pod", "db-0")])
    }

    fn stateful() -> PodRow {
        let mut pod = pod("shop", "db-0", "w");
        pod.meta.owner = Some(Owner { kind: "StatefulSet".into(), name: "db".into() });
        pod.volumes.claims = 1;
        pod
    }

    #[test]
    fn a_ready_node_ends_its_pods_itself() {
        let world = World::new().node(node("w", "True", "", 9)).pod(stateful());
        assert!(plan("pod.force-delete", &world.0, &inputs()).unwrap_err().to_string().contains("is Ready"));
        let mut late = stateful();
        late.meta.deleting = Some(ago(LATE + 1));
        let world = World::new().node(node("w", "True", "", 9)).pod(late);
        assert!(plan("pod.force-delete", &world.0, &inputs()).is_ok(), "it had its time");
    }

    #[test]
    fn without_knowing_the_nodes_nothing_is_forced() {
        let mut world = World::new().pod(stateful());
        world.0.sync[Kind::Node as usize] = crate::domain::SyncState::Forbidden("list".into());
        assert!(plan("pod.force-delete", &world.0, &inputs()).unwrap_err().to_string().contains("not known"));
    }

    #[test]
    fn a_pod_with_state_asks_for_proof_and_for_its_name() {
        let world = World::new().node(node("w", "Unknown", "NodeStatusUnknown", 900)).pod(stateful());
        let made = plan("pod.force-delete", &world.0, &inputs()).unwrap();
        assert_eq!(made.approval(), Approval::TypeObject);
        assert_eq!(made.questions.len(), 1);
        let Work::Calls(calls) = &made.work else { panic!() };
        assert_eq!(calls[0].body["gracePeriodSeconds"], 0);
        assert_eq!(calls[0].body["preconditions"]["uid"], "uid-db-0");
        let world = World::new().node(node("w", "Unknown", "", 900)).pod(pod("shop", "db-0", "w"));
        assert!(
            plan("pod.force-delete", &world.0, &inputs()).unwrap().questions.is_empty(),
            "nothing to damage"
        );
    }
}
