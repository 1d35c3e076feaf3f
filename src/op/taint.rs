//! Taints of a node: set one, take one away, and the one that says that the machine is off for good.

use serde_json::{Value, json};

use super::target::{guard, key, object, shown};
use super::{
    Call, CommandLine, Consequence, Inputs, OpMeta, Operation, Param, Plan, Progress, Question, Refusal,
    Takes, Undo, WayBack, known, may, need,
};
use crate::domain::{ClusterSnapshot, Interest, Kind, ObjectKey, ObjectRow, Risk};
use crate::lang::{msg, t};

const NODE: Param = need("node", Takes::Name(Kind::Node), msg!("op-taint-node-param"));
const KEY: Param = need("key", Takes::Text, msg!("op-taint-key-param"));
const EFFECTS: &[&str] = &["NoSchedule", "PreferNoSchedule", "NoExecute"];
const EFFECT: Param = need("effect", Takes::Word(EFFECTS), msg!("op-taint-effect-param"));

const TAINT: OpMeta = OpMeta {
    id: "node.taint",
    title: msg!("op-taint-title"),
    kinds: &[Kind::Node],
    params: &[NODE, KEY, may("value", Takes::Text, msg!("op-taint-value-param")), EFFECT],
    risk: Risk::Medium,
    reach: "api",
    guards: &[msg!("op-taint-counts")],
    undo: WayBack::Told(msg!("op-taint-undo")),
};

const UNTAINT: OpMeta = OpMeta {
    id: "node.untaint",
    title: msg!("op-taint-untaint-title"),
    kinds: &[Kind::Node],
    params: &[NODE, KEY, EFFECT],
    risk: Risk::Low,
    reach: "api",
    guards: &[msg!("op-taint-untaint-refuses")],
    undo: WayBack::By("node.taint"),
};

const OUT_OF_SERVICE: OpMeta = OpMeta {
    id: "node.out-of-service",
    title: msg!("op-taint-out-title"),
    kinds: &[Kind::Node],
    params: &[NODE],
    risk: Risk::Critical,
    reach: "api",
    guards: &[msg!("op-taint-out-refuses"), msg!("op-taint-out-asks")],
    undo: WayBack::Told(msg!("op-taint-out-undo")),
};

/// What the taint of non-graceful shutdown is called; in Kubernetes since 1.24, on by default since 1.26.
const OUT_KEY: &str = "node.kubernetes.io/out-of-service";
const OUT_VALUE: &str = "nodeshutdown";

pub struct Taint;
pub struct Untaint;
pub struct OutOfService;

impl Operation for Taint {
    fn meta(&self) -> &'static OpMeta {
        &TAINT
    }

    fn reads(&self, inputs: &Inputs) -> Vec<Interest> {
        reads(&TAINT, inputs)
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let value = inputs.0.get("value").and_then(Value::as_str).unwrap_or_default();
        add(&TAINT, world, inputs, inputs.text(&TAINT, "key")?, value, effect(&TAINT, inputs)?)
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        let text = |name: &str| plan.inputs.0.get(name).and_then(Value::as_str).unwrap_or_default();
        shown(plan, world, |row| {
            let found = find(row, text("key"), text("effect"));
            found.is_some_and(|t| t["value"].as_str().unwrap_or_default() == text("value"))
        })
    }
}

impl Operation for Untaint {
    fn meta(&self) -> &'static OpMeta {
        &UNTAINT
    }

    fn reads(&self, inputs: &Inputs) -> Vec<Interest> {
        reads(&UNTAINT, inputs)
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let target = key(&UNTAINT, inputs, Kind::Node, "node")?;
        let row = object(world, &target)?;
        let (name, effect) = (inputs.text(&UNTAINT, "key")?, effect(&UNTAINT, inputs)?);
        let Some(found) = find(row, name, effect) else {
            return Err(Refusal::AlreadySo(t!(
                "op-taint-has-no-taint",
                node = target.name(),
                key = name,
                effect = effect
            )));
        };
        if kept_by_a_controller(name) {
            let what = t!("op-taint-kept-by-controller", key = name);
            return Err(guard(what, t!("op-taint-mend-its-cause")));
        }
        let value = found["value"].as_str().unwrap_or_default();
        let left: Vec<_> = row.list("/spec/taints").iter().filter(|t| *t != found).cloned().collect();
        let mut back = inputs.clone();
        if !value.is_empty() {
            back.0.insert("value".to_owned(), Value::from(value));
        }
        let call = Call::merge(&target, &row.meta, json!({ "spec": { "taints": left } }));
        Ok(Plan {
            title: t!("op-taint-untaint-does", node = target.name()),
            summary: t!("op-taint-untaint-summary", taint = written(name, value, effect)),
            kubectl: CommandLine::cluster(&["taint", "node", target.name(), &format!("{name}:{effect}-")]),
            undo: Undo::by(TAINT.id, back),
            proof: t!("op-taint-has-no-taint", node = target.name(), key = name, effect = effect),
            ..Plan::draft(&UNTAINT, inputs, target.clone(), &row.meta, vec![call])
        })
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        let text = |name: &str| plan.inputs.0.get(name).and_then(Value::as_str).unwrap_or_default();
        shown(plan, world, |row| find(row, text("key"), text("effect")).is_none())
    }
}

impl Operation for OutOfService {
    fn meta(&self) -> &'static OpMeta {
        &OUT_OF_SERVICE
    }

    fn reads(&self, inputs: &Inputs) -> Vec<Interest> {
        reads(&OUT_OF_SERVICE, inputs)
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let target = key(&OUT_OF_SERVICE, inputs, Kind::Node, "node")?;
        let node = world.node(target.name()).ok_or_else(|| Refusal::NotFound(target.clone()))?;
        if node.ready() {
            let what = t!("op-taint-node-is-ready", node = target.name());
            return Err(guard(what, t!("op-taint-drain-instead")));
        }
        let mut plan = add(&OUT_OF_SERVICE, world, inputs, OUT_KEY, OUT_VALUE, "NoExecute")?;
        let on_it = world.pods_on(target.name());
        let claims = on_it.filter(|p| p.volumes.claims > 0).count();
        let detail = match known::unknown(world, Kind::Pod, None) {
            None => t!("op-taint-volumes-of-so-many", pods = claims),
            Some(why) => t!("op-taint-volumes-of-unknown", why = known::not_known(Kind::Pod, &why)),
        };
        plan.consequences.push(Consequence::danger(msg!("op-taint-volumes-are-given-free"), detail));
        plan.title = t!("op-taint-out-does", node = target.name());
        let text = t!("op-taint-machine-off", node = target.name());
        plan.questions.push(Question::new("machine-off", text));
        plan.undo = Undo::By {
            op: UNTAINT.id.to_owned(),
            inputs: Inputs::of([("node", target.name()), ("key", OUT_KEY), ("effect", "NoExecute")]),
            note: t!("op-taint-out-note").to_owned(),
        };
        Ok(plan)
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        shown(plan, world, |row| find(row, OUT_KEY, "NoExecute").is_some())
    }
}

fn reads(meta: &'static OpMeta, inputs: &Inputs) -> Vec<Interest> {
    key(meta, inputs, Kind::Node, "node").map(|k| vec![Interest::one(&k)]).unwrap_or_default()
}

fn effect(meta: &'static OpMeta, inputs: &Inputs) -> Result<&'static str, Refusal> {
    inputs.word(meta, "effect", EFFECTS)
}

fn find<'a>(row: &'a ObjectRow, key: &str, effect: &str) -> Option<&'a Value> {
    row.list("/spec/taints").iter().find(|t| t["key"] == key && t["effect"] == effect)
}

/// `key=value:effect`
fn written(key: &str, value: &str, effect: &str) -> String {
    if value.is_empty() { format!("{key}:{effect}") } else { format!("{key}={value}:{effect}") }
}

fn kept_by_a_controller(key: &str) -> bool {
    key != OUT_KEY && key.starts_with("node.kubernetes.io/")
}

fn add(
    meta: &'static OpMeta,
    world: &ClusterSnapshot,
    inputs: &Inputs,
    name: &str,
    value: &str,
    effect: &str,
) -> Result<Plan, Refusal> {
    let target = key(meta, inputs, Kind::Node, "node")?;
    let row = object(world, &target)?;
    let before = find(row, name, effect);
    let old = before.map(|t| t["value"].as_str().unwrap_or_default().to_owned());
    let wanted = written(name, value, effect);
    if old.as_deref() == Some(value) {
        return Err(Refusal::AlreadySo(t!("op-taint-has-taint", node = target.name(), taint = wanted)));
    }
    let mut taints: Vec<_> =
        row.list("/spec/taints").iter().filter(|t| Some(*t) != before).cloned().collect();
    let mut taint = json!({ "key": name, "effect": effect });
    if !value.is_empty() {
        taint["value"] = Value::from(value);
    }
    taints.push(taint);
    let call = Call::merge(&target, &row.meta, json!({ "spec": { "taints": taints } }));
    Ok(Plan {
        title: t!("op-taint-does", node = target.name()),
        summary: t!("op-taint-summary", taint = wanted),
        consequences: drives_away(world, &target, effect).into_iter().collect(),
        kubectl: CommandLine::cluster(&["taint", "node", target.name(), &wanted, "--overwrite"]),
        undo: way_back(&target, name, effect, old),
        proof: t!("op-taint-has-taint", node = target.name(), taint = wanted),
        ..Plan::draft(meta, inputs, target.clone(), &row.meta, vec![call])
    })
}

fn way_back(target: &ObjectKey, key: &str, effect: &str, old: Option<String>) -> Undo {
    let mut back = Inputs::of([("node", target.name()), ("key", key), ("effect", effect)]);
    match old {
        Some(value) => {
            back.0.insert("value".to_owned(), Value::from(value));
            Undo::by(TAINT.id, back)
        }
        None => Undo::by(UNTAINT.id, back),
    }
}

fn drives_away(world: &ClusterSnapshot, target: &ObjectKey, effect: &str) -> Option<Consequence> {
    if effect != "NoExecute" {
        return None;
    }
    let movable = |p: &&std::sync::Arc<crate::domain::PodRow>| p.active() && !p.mirror;
    let pods = world.pods_on(target.name()).filter(movable).count();
    let detail = match known::unknown(world, Kind::Pod, None) {
        None => t!("op-taint-drives-away-up-to", pods = pods),
        Some(why) => t!("op-taint-drives-away-unknown", why = known::not_known(Kind::Pod, &why)),
    };
    Some(Consequence::danger(msg!("op-taint-driven-away"), detail))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::{Work, plan};
    use crate::testing::{World, node, pod};

    fn world(status: &str, taints: &Value) -> World {
        World::new().node(node("w", status, "", 90)).pod(pod("shop", "api-1", "w")).object(json!({
            "kind": "Node", "metadata": {"name": "w", "uid": "u", "resourceVersion": "5"}, "spec": {"taints": taints},
        }))
    }

    fn inputs(effect: &str) -> Inputs {
        Inputs::of([("node", "w"), ("key", "gpu"), ("effect", effect)])
    }

    #[test]
    fn pods_that_nobody_sees_are_not_counted_as_none() {
        let mut unseen = world("Unknown", &json!([]));
        unseen.0.pods = crate::domain::Store::default();
        unseen.0.sync[Kind::Pod as usize] = crate::domain::SyncState::Forbidden("list".into());
        let of = |op: &str, inputs: &Inputs, what: &str| {
            let made = plan(op, &unseen.0, inputs).unwrap();
            made.consequences.into_iter().find(|c| c.what == what).unwrap().detail
        };
        let node = Inputs::of([("node", "w")]);
        for detail in [
            of("node.taint", &inputs("NoExecute"), "driven away"),
            of("node.out-of-service", &node, "volumes are given free"),
        ] {
            assert!(detail.contains("the pods are not known now: you may not list them"), "{detail}");
            assert!(!detail.contains("0 pods"), "{detail}");
        }
    }

    #[test]
    fn a_taint_joins_the_others_and_is_taken_back_by_untaint() {
        let other = json!([{"key": "x", "effect": "NoSchedule", "timeAdded": "2026-03-01T03:00:00Z"}]);
        let world = world("True", &other);
        let made = plan("node.taint", &world.0, &inputs("NoExecute")).unwrap();
        let Work::Calls(calls) = &made.work else { panic!() };
        assert_eq!(calls[0].body["spec"]["taints"], json!([other[0], {"key": "gpu", "effect": "NoExecute"}]));
        assert!(matches!(&made.undo, Undo::By { op, .. } if op == "node.untaint"));
        assert!(
            made.consequences[0].detail.starts_with("up to 1 pod that does not tolerate it"),
            "{:?}",
            made.consequences
        );
        assert!(plan("node.taint", &world.0, &inputs("Never")).is_err());
        let none = plan("node.untaint", &world.0, &inputs("NoExecute"));
        assert!(matches!(none, Err(Refusal::AlreadySo(_))));
    }

    #[test]
    fn untaint_leaves_the_others_and_what_controllers_keep() {
        let taints = json!([{"key": "gpu", "value": "a", "effect": "NoSchedule"}, {"key": "node.kubernetes.io/unreachable", "effect": "NoExecute"}]);
        let world = world("True", &taints);
        let made = plan("node.untaint", &world.0, &inputs("NoSchedule")).unwrap();
        let Work::Calls(calls) = &made.work else { panic!() };
        assert_eq!(calls[0].body["spec"]["taints"], json!([taints[1]]));
        let Undo::By { inputs: back, .. } = &made.undo else { panic!() };
        assert_eq!(back.0["value"], "a");
        let kept =
            Inputs::of([("node", "w"), ("key", "node.kubernetes.io/unreachable"), ("effect", "NoExecute")]);
        assert!(plan("node.untaint", &world.0, &kept).unwrap_err().to_string().contains("kept by"));
    }

    #[test]
    fn out_of_service_needs_a_node_that_is_not_ready_and_proof() {
        let node = Inputs::of([("node", "w")]);
        assert!(plan("node.out-of-service", &world("True", &json!([])).0, &node).is_err());
        let made = plan("node.out-of-service", &world("Unknown", &json!([])).0, &node).unwrap();
        assert_eq!((made.risk, made.questions.len()), (Risk::Critical, 1));
        assert!(
            made.kubectl.to_string().contains("node.kubernetes.io/out-of-service=nodeshutdown:NoExecute")
        );
    }
}
