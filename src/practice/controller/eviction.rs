//! The taint eviction controller: pods that do not tolerate a `NoExecute` taint go, at once or when their time is up.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::Controller;
use super::tolerate::tolerates;
use crate::practice::clock::{after, parse};
use crate::practice::kinds::Kind;
use crate::practice::obj::{key_of, list, name, set_condition, terminating, text, uid};
use crate::practice::removal::DeleteOptions;
use crate::practice::world::{Note, World};

const COMPONENT: &str = "taint-eviction-controller";

/// See the module.
#[derive(Default)]
pub struct Eviction {
    /// Pods that will be evicted unless the taint goes first.
    pending: BTreeMap<String, Timestamp>,
}

impl Controller for Eviction {
    fn watches(&self) -> &'static [Kind] {
        &[Kind::Node, Kind::Pod]
    }

    fn run(&mut self, world: &mut World) -> Option<Timestamp> {
        let mut still = BTreeMap::new();
        let nodes: BTreeMap<_, _> =
            world.store.list(Kind::Node).into_iter().map(|n| (name(&n).to_owned(), n)).collect();
        for pod in world.store.list(Kind::Pod) {
            let node = nodes.get(text(&pod, "/spec/nodeName"));
            let due = node.filter(|_| !terminating(&pod)).and_then(|n| due(world, n, &pod));
            match due {
                Some(at) if at <= world.now() => evict(world, &pod),
                Some(at) => drop(still.insert(uid(&pod).to_owned(), at)),
                None if self.pending.contains_key(uid(&pod)) && !terminating(&pod) => {
                    let (ns, name) = key_of(&pod);
                    let message = format!("Cancelling deletion of Pod {ns}/{name}");
                    world.note(&pod, Note::normal(COMPONENT, "TaintManagerEviction", &message));
                }
                None => {}
            }
        }
        self.pending = still;
        self.pending.values().min().copied()
    }
}

/// When a pod has to leave its node; `None` when it may stay.
fn due(world: &World, node: &Value, pod: &Value) -> Option<Timestamp> {
    let tolerations = list(pod, "/spec/tolerations");
    let mut earliest: Option<Timestamp> = None;
    for taint in list(node, "/spec/taints").iter().filter(|t| text(t, "/effect") == "NoExecute") {
        let fitting: Vec<_> = tolerations.iter().filter(|t| tolerates(t, taint)).collect();
        if fitting.is_empty() {
            return Some(Timestamp::MIN);
        }
        let seconds = fitting.iter().filter_map(|t| t["tolerationSeconds"].as_i64()).min();
        let Some(seconds) = seconds else { continue };
        let since = parse(text(taint, "/timeAdded")).unwrap_or_else(|| world.now());
        let at = after(since, Duration::from_secs(u64::try_from(seconds).unwrap_or(0)));
        earliest = Some(earliest.map_or(at, |e| e.min(at)));
    }
    earliest
}

fn evict(world: &mut World, pod: &Value) {
    let ((ns, name), now) = (key_of(pod), world.now_text());
    let message = format!("Marking for deletion Pod {ns}/{name}");
    world.note(pod, Note::normal(COMPONENT, "TaintManagerEviction", &message));
    world.edit(Kind::Pod, &ns, &name, |p| {
        let condition = json!({
            "type": "DisruptionTarget", "status": "True", "reason": "DeletionByTaintManager",
            "message": "Taint manager: deleting due to NoExecute taint",
        });
        set_condition(&mut p["status"], condition, &now);
    });
    // It was there a moment ago, under the same lock.
    drop(world.delete(Kind::Pod, &ns, &name, &DeleteOptions::default()));
}
