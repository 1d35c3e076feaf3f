//! Drain: cordon, then evict what can move, in waves, within the disruption budgets. It never deletes.

use std::collections::BTreeMap;

use super::cordon::{node, set_unschedulable};
use super::{
    Access, CommandLine, Consequence, DrainPod, DrainWork, Inputs, Level, OpMeta, Operation, Plan, Progress,
    Question, Refusal, Takes, Undo, Work, may, need,
};
use crate::domain::{ClusterSnapshot, Kind, ObjectKey, PodRow, Risk, number};

const META: OpMeta = OpMeta {
    id: "node.drain",
    title: "Drain a node: evict its pods within their budgets",
    kinds: &[Kind::Node],
    params: &[
        need("node", Takes::Name(Kind::Node), "name of the node"),
        may("timeout", Takes::Duration, "how long to try, 10m by default"),
        may(
            "deleteEmptyDir",
            Takes::Bool,
            "data in emptyDir volumes may be lost without asking (true or false)",
        ),
        may("ignoreDaemonsets", Takes::Bool, "always so; accepted as kubectl's flag"),
    ],
    risk: Risk::Medium,
    reach: "api",
    guards: &[
        "leaves mirror and DaemonSet pods",
        "refuses while bare pods are on the node: nothing would make them again",
        "asks before emptyDir data is lost",
        "shows budgets that allow no disruption now, and waits for them; never deletes instead",
        "refuses while the pods or budgets of all namespaces cannot be read",
    ],
    undo: "node.uncordon (pods do not come back by themselves)",
};

const TIMEOUT_SECONDS: u64 = 600;

pub struct Drain;

/// What a drain does with a pod.
enum Fate {
    Evict,
    /// It was deleted already.
    Going,
    Stay(&'static str),
    Bare,
}

fn fate(pod: &PodRow) -> Fate {
    if pod.mirror {
        return Fate::Stay("static pod");
    }
    match &pod.meta.owner {
        Some(owner) if &*owner.kind == "DaemonSet" => Fate::Stay("DaemonSet"),
        _ if pod.meta.deleting.is_some() => Fate::Going,
        Some(_) => Fate::Evict,
        // A finished pod is only a record.
        None if !pod.active() => Fate::Evict,
        None => Fate::Bare,
    }
}

impl Operation for Drain {
    fn meta(&self) -> &'static OpMeta {
        &META
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let (key, row) = node(world, &META, inputs)?;
        for kind in [Kind::Pod, Kind::PodDisruptionBudget] {
            if !world.sync(kind).complete() {
                return Err(Refusal::Guard {
                    what: format!("the {} are not known, so a drain cannot be planned", kind.meta().plural),
                    instead: "wait until they are read, or ask for the right to list them".to_owned(),
                });
            }
            if let Some(only) = world.scope(kind) {
                let plural = kind.meta().plural;
                return Err(Refusal::Guard {
                    what: format!("only the {plural} of {only} are seen, and a node has those of all"),
                    instead: format!("ask for the right to list {plural} in all namespaces"),
                });
            }
        }
        let silent = row.silent();
        let mut sorted = Sorted::default();
        for pod in world.pods_on(key.name()) {
            sorted.put(pod, world, silent);
        }
        if !sorted.bare.is_empty() {
            return Err(Refusal::Guard {
                what: format!("bare pods on {}: {}", key.name(), sorted.bare.join(", ")),
                instead: "nothing would make them again; delete or move them yourself first".to_owned(),
            });
        }
        if sorted.evict.is_empty() && sorted.going.is_empty() && row.unschedulable {
            return Err(Refusal::AlreadySo(format!("{} is cordoned and has nothing to evict", key.name())));
        }
        let accepted = inputs.flag(&META, "deleteEmptyDir")?;
        let timeout_seconds = inputs.seconds(&META, "timeout")?.unwrap_or(TIMEOUT_SECONDS);
        let cordon = (!row.unschedulable).then(|| set_unschedulable(&key, row, true));
        let mut needs: Vec<Access> = cordon.iter().map(super::Call::access).collect();
        needs.extend(sorted.evict.iter().map(|p| evict_access(p.key.namespace())));
        needs.sort();
        needs.dedup();
        let questions = if accepted { Vec::new() } else { sorted.questions() };
        Ok(Plan {
            op: META.id.to_owned(),
            inputs: inputs.clone(),
            title: format!("drain {}", key.name()),
            uid: row.meta.uid.to_string(),
            version: row.meta.version.to_string(),
            risk: META.risk,
            summary: sorted.summary(),
            consequences: sorted.consequences(silent),
            questions,
            needs,
            kubectl: kubectl(key.name(), &sorted),
            undo: if cordon.is_some() {
                Undo::By {
                    op: "node.uncordon".to_owned(),
                    inputs: Inputs::of([("node", key.name()), ("force", "true")]),
                    note: "pods do not come back by themselves".to_owned(),
                }
            } else {
                // The cordon was there before: it is not this plan's to take back.
                Undo::None("pods do not come back by themselves; the node was cordoned before".to_owned())
            },
            proof: format!("no pod on {} that could move", key.name()),
            within_seconds: timeout_seconds,
            peer: false,
            work: Work::Drain {
                cordon,
                drain: DrainWork {
                    node: key.clone(),
                    silent,
                    evict: sorted.evict,
                    going: sorted.going,
                    stay: sorted.stay,
                    timeout_seconds,
                },
            },
            target: key,
        })
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        if !world.whole(Kind::Pod) {
            return Progress::Pending("the pods are not known now".to_owned());
        }
        // Of a silent node nothing confirms the end of a pod: that it is marked is all there will be.
        let silent = world.node(plan.target.name()).is_some_and(|n| n.silent());
        let stays = |p: &&std::sync::Arc<PodRow>| match fate(p) {
            Fate::Evict => true,
            Fate::Going => !silent,
            Fate::Stay(_) | Fate::Bare => false,
        };
        let left = world.pods_on(plan.target.name()).filter(stays).count();
        match left {
            0 => Progress::Fulfilled(plan.proof.clone()),
            n => Progress::Pending(format!("{n} pods left on {}", plan.target.name())),
        }
    }
}

fn evict_access(namespace: &str) -> Access {
    Access {
        verb: "create".to_owned(),
        group: String::new(),
        resource: "pods".to_owned(),
        subresource: "eviction".to_owned(),
        namespace: namespace.to_owned(),
    }
}

fn kubectl(node: &str, sorted: &Sorted) -> CommandLine {
    let line = CommandLine::cluster(&["drain", node, "--ignore-daemonsets"]);
    if sorted.local_data.is_empty() { line } else { line.and(&["--delete-emptydir-data"]) }
}

/// The pods of a node by their fate, with what weighs.
#[derive(Default)]
struct Sorted {
    evict: Vec<DrainPod>,
    going: Vec<DrainPod>,
    stay: Vec<(ObjectKey, String)>,
    bare: Vec<String>,
    local_data: Vec<String>,
    blocked: Vec<String>,
    alone: Vec<String>,
    per_workload: BTreeMap<String, usize>,
}

impl Sorted {
    fn put(&mut self, pod: &PodRow, world: &ClusterSnapshot, silent: bool) {
        let key = ObjectKey { kind: Kind::Pod, row: pod.meta.key() };
        let name = pod.meta.key().to_string();
        match fate(pod) {
            Fate::Stay(why) => return self.stay.push((key, why.to_owned())),
            Fate::Bare => return self.bare.push(name),
            Fate::Going if silent => return self.stay.push((key, "already going".to_owned())),
            Fate::Going | Fate::Evict => {}
        }
        let workload =
            world.workload_of(pod).map_or_else(|| name.clone(), |(kind, row)| format!("{kind} {row}"));
        if let Fate::Going = fate(pod) {
            return self.going.push(DrainPod { key, uid: pod.meta.uid.to_string(), workload });
        }
        *self.per_workload.entry(workload.clone()).or_default() += 1;
        if pod.volumes.empty_dir {
            self.local_data.push(name.clone());
        }
        if let Some(budget) = world.budgets_of(pod).find(|b| b.blocks(pod)) {
            self.blocked.push(format!("{name} (budget {} allows 0 now)", budget.meta.name));
        }
        let same = |p: &&std::sync::Arc<PodRow>| {
            p.meta.owner == pod.meta.owner && p.meta.name != pod.meta.name && p.ready() && p.node != pod.node
        };
        if pod.active() && !world.pods.in_namespace(&pod.meta.namespace).any(|p| same(&p)) {
            self.alone.push(name);
        }
        self.evict.push(DrainPod { key, uid: pod.meta.uid.to_string(), workload });
    }

    /// Pods of one workload go one after the other, so the largest share decides the number of waves.
    fn waves(&self) -> usize {
        self.per_workload.values().copied().max().unwrap_or(0)
    }

    fn summary(&self) -> String {
        let mut parts = vec![format!("evict {}", self.evict.len()), format!("leave {}", self.stay.len())];
        if !self.going.is_empty() {
            parts.push(format!("wait for {} already ending", self.going.len()));
        }
        if self.waves() > 1 {
            parts.push(format!("{} waves", self.waves()));
        }
        if !self.local_data.is_empty() {
            parts.push(format!("ask: {} with emptyDir data", self.local_data.len()));
        }
        match self.blocked.as_slice() {
            [] => {}
            [one] => parts.push(format!("blocked now: {one}")),
            many => parts.push(format!("blocked now: {} pods", many.len())),
        }
        parts.join(" · ")
    }

    fn consequences(&self, silent: bool) -> Vec<Consequence> {
        let line = |level, what: &str, detail: String| Consequence { level, what: what.to_owned(), detail };
        let mut out = vec![line(
            Level::Info,
            "evicted",
            match self.waves() {
                0 | 1 => format!("{}; {} stay", number(self.evict.len(), "pod"), self.stay.len()),
                waves => format!("{} pods in {waves} waves; {} stay", self.evict.len(), self.stay.len()),
            },
        )];
        if !self.alone.is_empty() {
            out.push(line(Level::Danger, "no replica elsewhere", self.alone.join(", ")));
        }
        if !self.blocked.is_empty() {
            out.push(line(Level::Warn, "budget blocks", self.blocked.join(", ")));
        }
        if !self.local_data.is_empty() {
            out.push(line(Level::Warn, "local data lost", self.local_data.join(", ")));
        }
        if silent {
            let detail =
                "pods are marked and replaced; they vanish when the kubelet is back or the Node is deleted";
            out.push(line(Level::Warn, "silent node", detail.to_owned()));
        }
        out
    }

    fn questions(&self) -> Vec<Question> {
        if self.local_data.is_empty() {
            return Vec::new();
        }
        let text = format!("data in emptyDir volumes of {} is lost", self.local_data.join(", "));
        vec![Question { key: "empty-dir".to_owned(), text }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Owner;
    use crate::op::plan;
    use crate::testing::{World, node, pdb, pod};

    fn drain(world: &World) -> Result<Plan, Refusal> {
        plan("node.drain", &world.0, &Inputs::of([("node", "w")]))
    }

    fn owned(mut pod: PodRow, kind: &str) -> PodRow {
        pod.meta.owner = Some(Owner { kind: kind.into(), name: "x".into() });
        pod
    }

    #[test]
    fn pods_are_sorted_by_what_a_drain_may_do_with_them() {
        let mut mirror = pod("kube-system", "etcd-w", "w");
        mirror.mirror = true;
        let mut cache = pod("shop", "cache-1", "w");
        cache.volumes.empty_dir = true;
        let world = World::new()
            .node(node("w", "True", "", 9))
            .pod(pod("shop", "api-1", "w"))
            .pod(pod("shop", "api-2", "w"))
            .pod(pod("shop", "api-3", "other"))
            .pod(cache)
            .pod(owned(pod("kube-system", "proxy", "w"), "DaemonSet"))
            .pod(mirror)
            .pdb(pdb("shop", "api", 0));
        let plan = drain(&world).unwrap();
        let Work::Drain { cordon, drain } = &plan.work else { panic!() };
        assert!(cordon.is_some());
        assert_eq!((drain.evict.len(), drain.stay.len(), drain.going.len()), (3, 2, 0));
        assert!(plan.summary.contains("2 waves"), "{}", plan.summary);
        assert!(plan.summary.contains("blocked now: 2 pods"));
        let blocked = plan.consequences.iter().find(|c| c.what == "budget blocks").unwrap();
        assert!(blocked.detail.contains("shop/api-1 (budget api allows 0 now)"));
        assert_eq!(plan.questions.len(), 1);
        assert!(plan.kubectl.to_string().ends_with("--delete-emptydir-data"));
        let alone = plan.consequences.iter().find(|c| c.what == "no replica elsewhere").unwrap();
        assert_eq!(alone.detail, "shop/cache-1");
        assert_eq!(
            plan.needs.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["create pods/eviction in shop", "patch nodes"]
        );
    }

    #[test]
    fn a_pod_that_is_ending_is_waited_for_unless_nothing_can_confirm_it() {
        let mut ending = pod("shop", "api-1", "w");
        ending.meta.deleting = Some(crate::testing::ago(30));
        let world = |ready: &str| World::new().node(node("w", ready, "", 90)).pod(ending.clone());
        let made = drain(&world("True")).unwrap();
        let Work::Drain { drain: work, .. } = &made.work else { panic!() };
        assert_eq!((work.evict.len(), work.going.len(), work.stay.len()), (0, 1, 0));
        assert!(made.summary.contains("wait for 1 already ending"), "{}", made.summary);
        assert!(matches!(Drain.progress(&made, &world("True").0), Progress::Pending(_)), "it still runs");
        assert!(matches!(Drain.progress(&made, &world("Unknown").0), Progress::Fulfilled(_)));
        let silent = drain(&world("Unknown")).unwrap();
        let Work::Drain { drain: work, .. } = &silent.work else { panic!() };
        assert_eq!((work.going.len(), work.stay.len()), (0, 1));
    }

    #[test]
    fn bare_pods_and_unknown_budgets_refuse() {
        let mut bare = pod("shop", "toolbox", "w");
        bare.meta.owner = None;
        let mut world = World::new().node(node("w", "True", "", 9)).pod(bare);
        assert!(drain(&world).unwrap_err().to_string().contains("bare pods on w: shop/toolbox"));
        world = World::new().node(node("w", "True", "", 9));
        world.0.sync[Kind::PodDisruptionBudget as usize] = crate::domain::SyncState::Forbidden("list".into());
        assert!(drain(&world).unwrap_err().to_string().contains("not known"));
    }

    #[test]
    fn a_node_of_which_one_namespace_is_seen_is_not_drained_nor_said_to_be_empty() {
        let whole = World::new().node(node("w", "True", "", 9)).pod(pod("shop", "api-1", "w"));
        let plan = drain(&whole).unwrap();
        for kind in [Kind::Pod, Kind::PodDisruptionBudget] {
            let mut world = World::new().node(node("w", "True", "", 9));
            world.0.scopes[kind as usize] = Some("team".into());
            let words = drain(&world).unwrap_err().to_string();
            assert!(words.contains("of namespace team are seen"), "{words}");
            let done = Drain.progress(&plan, &world.0);
            assert_eq!(matches!(done, Progress::Fulfilled(_)), kind != Kind::Pod, "{done:?}");
        }
    }

    #[test]
    fn the_question_must_be_accepted_and_the_way_back_is_uncordon() {
        let mut cache = pod("shop", "cache-1", "w");
        cache.volumes.empty_dir = true;
        let world = World::new().node(node("w", "Unknown", "NodeStatusUnknown", 90)).pod(cache);
        let plan = drain(&world).unwrap();
        let Undo::By { op, note, .. } = &plan.undo else { panic!() };
        assert_eq!((op.as_str(), note.as_str()), ("node.uncordon", "pods do not come back by themselves"));
        let licence = crate::op::Lock::open("prod").licence(crate::domain::Timestamp::UNIX_EPOCH).unwrap();
        let mut answer = super::super::Answer { confirmed: true, ..Default::default() };
        assert!(plan.clone().approve(&answer, &licence).is_err());
        answer.accepted.insert("empty-dir".to_owned());
        assert!(plan.approve(&answer, &licence).is_ok());
    }
}
