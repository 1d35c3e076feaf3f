//! Cordon and uncordon: whether the scheduler may put new pods on a node.

use serde_json::json;

use super::{
    Call, CommandLine, Consequence, Inputs, Level, Method, OpMeta, Operation, Param, Plan, Progress, Refusal,
    Takes, Undo, WayBack, Work, may, need,
};
use crate::domain::{ClusterSnapshot, Kind, NodeRow, ObjectKey, Risk};
use crate::lang::{msg, t};

const NODE: Param = need("node", Takes::Name(Kind::Node), msg!("op-cordon-node"));
const FORCE: Param = may("force", Takes::Bool, msg!("op-cordon-force"));

const CORDON: OpMeta = OpMeta {
    id: "node.cordon",
    title: msg!("op-cordon-title"),
    kinds: &[Kind::Node],
    params: &[NODE],
    risk: Risk::Low,
    reach: "api",
    guards: &[msg!("op-cordon-guard")],
    undo: WayBack::By("node.uncordon"),
};

const UNCORDON: OpMeta = OpMeta {
    id: "node.uncordon",
    title: msg!("op-cordon-back-title"),
    kinds: &[Kind::Node],
    params: &[NODE, FORCE],
    risk: Risk::Low,
    reach: "api",
    guards: &[msg!("op-cordon-back-guard")],
    undo: WayBack::By("node.cordon"),
};

pub struct Cordon;
pub struct Uncordon;

impl Operation for Cordon {
    fn meta(&self) -> &'static OpMeta {
        &CORDON
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let (key, node) = node(world, &CORDON, inputs)?;
        let name = key.name().to_owned();
        if node.unschedulable {
            return Err(Refusal::AlreadySo(t!("op-cordon-is-cordoned", name = name)));
        }
        let free =
            |n: &&std::sync::Arc<NodeRow>| n.ready() && !n.unschedulable && n.meta.name != node.meta.name;
        let left = world.nodes.iter().filter(free).count();
        let level = if left == 0 { Level::Danger } else { Level::Info };
        let left = t!("op-cordon-nodes-left-are", left = left);
        let left = Consequence::told(level, msg!("op-cordon-nodes-left"), left);
        let mut plan = switch(&CORDON, key, node, inputs, true);
        plan.consequences.push(left);
        plan.undo = Undo::By {
            op: UNCORDON.id.to_owned(),
            inputs: Inputs::of([("node", &name), ("force", "true")]),
            note: String::new(),
        };
        Ok(plan)
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        switched(plan, world, true)
    }
}

impl Operation for Uncordon {
    fn meta(&self) -> &'static OpMeta {
        &UNCORDON
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let (key, node) = node(world, &UNCORDON, inputs)?;
        let name = key.name().to_owned();
        if !node.unschedulable {
            return Err(Refusal::AlreadySo(t!("op-cordon-not-cordoned", name = name)));
        }
        if !node.ready() && !inputs.flag(&UNCORDON, "force")? {
            return Err(Refusal::Guard {
                what: t!("op-cordon-not-ready", name = name),
                instead: t!("op-cordon-wait-ready").to_owned(),
            });
        }
        let mut plan = switch(&UNCORDON, key, node, inputs, false);
        plan.undo =
            Undo::By { op: CORDON.id.to_owned(), inputs: Inputs::of([("node", &name)]), note: String::new() };
        Ok(plan)
    }

    fn ends(&self) -> &'static [&'static str] {
        // Pods may come again: that is what it is for.
        &[super::drain::ID, "node.cordon"]
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        switched(plan, world, false)
    }
}

/// The node that the inputs name.
pub(super) fn node<'a>(
    world: &'a ClusterSnapshot,
    meta: &'static OpMeta,
    inputs: &Inputs,
) -> Result<(ObjectKey, &'a NodeRow), Refusal> {
    let key = ObjectKey::cluster(Kind::Node, inputs.text(meta, "node")?);
    let row = world.node(key.name()).ok_or_else(|| Refusal::NotFound(key.clone()))?;
    Ok((key, row))
}

/// The request that sets `spec.unschedulable`, bound to this very state of the node.
pub(super) fn set_unschedulable(key: &ObjectKey, node: &NodeRow, on: bool) -> Call {
    let meta = json!({ "uid": &*node.meta.uid, "resourceVersion": &*node.meta.version });
    let body = json!({ "metadata": meta, "spec": { "unschedulable": on } });
    Call { method: Method::MergePatch, target: key.clone(), subresource: None, body, typed: None }
}

fn switch(meta: &'static OpMeta, key: ObjectKey, node: &NodeRow, inputs: &Inputs, on: bool) -> Plan {
    let name = key.name();
    let (verb, title, proof) = if on {
        ("cordon", t!("op-cordon-plan", node = name), t!("op-cordon-is-cordoned", name = name))
    } else {
        ("uncordon", t!("op-cordon-back-plan", node = name), t!("op-cordon-open", name = name))
    };
    let call = set_unschedulable(&key, node, on);
    Plan {
        op: meta.id.to_owned(),
        inputs: inputs.clone(),
        title,
        uid: node.meta.uid.to_string(),
        version: node.meta.version.to_string(),
        risk: meta.risk,
        summary: t!("op-cordon-summary", on = on),
        consequences: Vec::new(),
        questions: Vec::new(),
        needs: vec![call.access()],
        kubectl: CommandLine::cluster(&[verb, key.name()]),
        undo: Undo::None(String::new()),
        proof,
        within_seconds: 10,
        peer: false,
        work: Work::Calls(vec![call]),
        target: key,
    }
}

fn switched(plan: &Plan, world: &ClusterSnapshot, on: bool) -> Progress {
    match world.node(plan.target.name()) {
        Some(node) if node.unschedulable == on => Progress::Fulfilled(plan.proof.clone()),
        Some(_) => Progress::Pending(t!("op-cordon-waiting", proof = plan.proof)),
        None => Progress::Pending(t!("op-cordon-is-gone", target = plan.target)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::plan;
    use crate::testing::{World, node};

    fn world() -> World {
        World::new().node(node("a", "True", "", 99)).node(node("b", "Unknown", "NodeStatusUnknown", 99))
    }

    #[test]
    fn cordon_is_planned_bound_to_the_object_with_its_way_back() {
        let plan = plan("node.cordon", &world().0, &Inputs::of([("node", "b")])).unwrap();
        assert_eq!((plan.risk, plan.kubectl.to_string().as_str()), (Risk::Low, "kubectl cordon b"));
        let Work::Calls(calls) = &plan.work else { panic!() };
        assert_eq!(calls[0].body["metadata"]["uid"], "uid-b");
        assert_eq!(plan.consequences[0].detail, "1 Ready and not cordoned");
        let Undo::By { op, .. } = &plan.undo else { panic!() };
        assert_eq!(op, "node.uncordon");
    }

    #[test]
    fn the_last_open_node_is_a_danger() {
        let plan = plan("node.cordon", &world().0, &Inputs::of([("node", "a")])).unwrap();
        assert_eq!(plan.consequences[0].level, Level::Danger);
    }

    #[test]
    fn refusals_say_why() {
        let mut w = world();
        let refused = |w: &World, id, n| plan(id, &w.0, &Inputs::of([("node", n)])).unwrap_err().to_string();
        assert!(refused(&w, "node.cordon", "zz").contains("not in the cluster"));
        assert!(refused(&w, "node.uncordon", "a").contains("not cordoned"));
        let mut b = node("b", "Unknown", "NodeStatusUnknown", 99);
        b.0.unschedulable = true;
        w = w.node(b);
        assert!(refused(&w, "node.uncordon", "b").contains("not Ready"));
        assert!(refused(&w, "node.cordon", "b").contains("nothing to do"));
        let forced = Inputs::of([("node", "b"), ("force", "true")]);
        assert!(plan("node.uncordon", &w.0, &forced).is_ok());
        let misspelt = Inputs::of([("node", "b"), ("forse", "true")]);
        assert!(plan("node.uncordon", &w.0, &misspelt).is_err());
    }
}
