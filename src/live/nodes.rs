//! V.nodes and V.node: the machines of the cluster.

use super::{
    Cell, Line, LiveView, SortValue, Tone, ViewMeta, conditions, events_of, field, fill, fixed, from_object,
    heading, images, kept, wide,
};
use crate::domain::{ClusterSnapshot, Interest, Kind, NodeRow, ObjectKey, RowKey, Timestamp, age, age_short};
use crate::lang::t;

const META: ViewMeta = ViewMeta {
    id: "nodes",
    title: "Nodes",
    kind: Kind::Node,
    columns: &[
        fill("NAME", 12),
        kept("STATUS", 18),
        fixed("SINCE", 6),
        fixed("LEASE", 6),
        fixed("ROLES", 14),
        fixed("PODS", 5),
        fixed("CPU", 6),
        fixed("MEM", 6),
        fixed("VERSION", 10),
        wide("ZONE", 12),
        wide("TAINTS", 30),
        wide("IP", 15),
        wide("RUNTIME", 22),
        fixed("AGE", 5),
    ],
    sort: None,
};

/// A node's kubelet renews its lease every ten seconds; after so many it is late.
const LEASE_LATE_SECONDS: i64 = 40;

pub struct Nodes;

impl LiveView for Nodes {
    fn meta(&self) -> &'static ViewMeta {
        &META
    }

    fn cells(&self, world: &ClusterSnapshot, key: &RowKey, now: Timestamp) -> Option<Vec<Cell>> {
        let node = world.nodes.get(key)?;
        let asked = asked(world, node);
        let ready = node.condition("Ready");
        let since = ready.and_then(|c| c.since).map(|t| age_short(t, now)).unwrap_or_default();
        let taints: Vec<_> = node.taints.iter().map(|t| format!("{}:{}", t.key, t.effect)).collect();
        Some(vec![
            Cell::new(&*node.meta.name, Tone::Strong),
            status(node),
            since.into(),
            lease(world, &node.meta.name, now),
            node.roles().into(),
            asked.map_or_else(unknown, |(pods, ..)| pods.to_string().into()),
            asked.map_or_else(unknown, |(_, cpu, _)| share(cpu, node.allocatable.milli_cpu)),
            asked.map_or_else(unknown, |(.., memory)| share(memory, node.allocatable.memory)),
            node.kubelet.to_string().into(),
            node.zone().unwrap_or("-").into(),
            taints.join(" ").into(),
            node.internal_ip.to_string().into(),
            node.runtime.to_string().into(),
            node.meta.created.map(|t| age_short(t, now)).unwrap_or_default().into(),
        ])
    }

    fn sort_value(&self, world: &ClusterSnapshot, key: &RowKey, column: usize) -> SortValue {
        let Some(node) = world.nodes.get(key) else { return SortValue::Text(String::new()) };
        let seconds = |t: Option<Timestamp>| SortValue::Number(-t.map_or(0, Timestamp::as_second));
        match column {
            2 => seconds(node.condition("Ready").and_then(|c| c.since)),
            3 => seconds(world.node_lease(&node.meta.name).and_then(|l| l.renewed)),
            5 => SortValue::Number(asked(world, node).map_or(-1, |a| a.0 as i64)),
            6 => {
                SortValue::Number(asked(world, node).map_or(-1, |a| percent(a.1, node.allocatable.milli_cpu)))
            }
            7 => SortValue::Number(asked(world, node).map_or(-1, |a| percent(a.2, node.allocatable.memory))),
            13 => seconds(node.meta.created),
            _ => {
                let cells = self.cells(world, key, world.taken).unwrap_or_default();
                SortValue::Text(cells.get(column).map(|c| c.text.clone()).unwrap_or_default())
            }
        }
    }

    fn sorts_by(&self, column: usize) -> &'static [Kind] {
        match column {
            3 => &[Kind::Lease],
            5..=7 => &[Kind::Pod],
            _ => &[],
        }
    }

    fn reads(&self, _: &ClusterSnapshot, key: &RowKey) -> Vec<Interest> {
        vec![Interest::one(&ObjectKey { kind: Kind::Node, row: key.clone() })]
    }

    fn detail(&self, world: &ClusterSnapshot, key: &RowKey, now: Timestamp) -> Vec<Line> {
        let Some(node) = world.nodes.get(key) else { return Vec::new() };
        let asked = asked(world, node);
        let mut out = vec![vec![Cell::new(format!("{}  ", node.meta.name), Tone::Strong), status(node)]];
        out.extend(conditions(&node.conditions, now));
        out.push(field(t!("live-label-lease"), lease_words(world, &node.meta.name, now)));
        for t in &node.taints {
            let taint = format!("{}:{}", t.key, t.effect);
            let words = match t.since {
                Some(at) => t!("live-nodes-taint-since", taint = taint, age = age(at, now)),
                None => taint,
            };
            out.push(field(t!("live-label-taint"), Cell::new(words, Tone::Warn)));
        }
        out.push(field(t!("live-label-roles"), node.roles()));
        out.push(field(t!("live-label-zone"), node.zone().unwrap_or("-")));
        out.push(field(t!("live-label-address"), node.internal_ip.to_string()));
        out.push(field("kubelet", format!("{}  {}  {}", node.kubelet, node.runtime, node.os)));
        let of = |part: Option<i64>, all: i64, unit: &str| {
            let (share, whole) = (part.map_or(0, |part| percent(part, all)), format!("{all}{unit}"));
            match part {
                Some(part) => {
                    t!("live-nodes-asked", part = format!("{part}{unit}"), all = whole, percent = share)
                }
                None => t!("live-nodes-of", part = "?", all = whole),
            }
        };
        let (pods, all) = (asked.map_or_else(|| "?".to_owned(), |a| a.0.to_string()), node.allocatable.pods);
        let pods = match world.scope(Kind::Pod) {
            Some(seen) => t!("live-nodes-of-seen", part = pods, all = all, seen = seen),
            None => t!("live-nodes-of", part = pods, all = all),
        };
        out.push(field(t!("live-label-pods"), pods));
        let (cpu, memory) = (asked.map(|a| a.1), asked.map(|a| a.2 >> 20));
        out.push(field(t!("live-label-cpu"), of(cpu, node.allocatable.milli_cpu, "m")));
        out.push(field(t!("live-label-memory"), of(memory, node.allocatable.memory >> 20, "Mi")));
        out.push(heading(t!("live-events")));
        out.extend(events_of(world, &ObjectKey::cluster(Kind::Node, node.meta.name.clone()), now, 8));
        out.extend(pods_by_size(world, node));
        out.extend(from_object(
            world,
            &ObjectKey::cluster(Kind::Node, node.meta.name.clone()),
            t!("live-label-images"),
            images::lines,
        ));
        out
    }
}

/// So many pods of a node are named in its detail.
const PODS_NAMED: usize = 12;

/// The pods on a node, those first that ask for most memory, with what each asks for.
fn pods_by_size(world: &ClusterSnapshot, node: &NodeRow) -> Vec<Line> {
    let mut pods: Vec<_> = world.pods_on(&node.meta.name).filter(|p| p.active()).collect();
    pods.sort_by_key(|p| (std::cmp::Reverse(p.requests().1), p.meta.key()));
    if pods.is_empty() {
        return Vec::new();
    }
    let mut out = vec![heading(t!("live-nodes-pods-asked"))];
    for pod in pods.iter().take(PODS_NAMED) {
        let (cpu, memory) = pod.requests();
        let memory = memory >> 20;
        out.push(vec![
            Cell::new(format!("{cpu:>6}m {memory:>7}Mi  "), Tone::Plain),
            Cell::new(format!("{}  ", pod.meta.key()), Tone::Strong),
            super::pods::status(world, pod),
        ]);
    }
    if let Some(more) = pods.len().checked_sub(PODS_NAMED).filter(|more| *more > 0) {
        out.push(vec![Cell::new(t!("live-more", more = more), Tone::Faint)]);
    }
    out
}

/// Pods on the node, and what they ask for: thousandths of a core, bytes. None where not all pods are seen.
fn asked(world: &ClusterSnapshot, node: &NodeRow) -> Option<(usize, i64, i64)> {
    if !world.whole(Kind::Pod) {
        return None;
    }
    let (mut pods, mut cpu, mut memory) = (0, 0, 0);
    for pod in world.pods_on(&node.meta.name).filter(|p| p.active()) {
        pods += 1;
        let (own_cpu, own_memory) = pod.requests();
        cpu += own_cpu;
        memory += own_memory;
    }
    Some((pods, cpu, memory))
}

fn unknown() -> Cell {
    Cell::new("?", Tone::Faint)
}

fn percent(part: i64, all: i64) -> i64 {
    if all <= 0 { 0 } else { part * 100 / all }
}

fn share(part: i64, all: i64) -> Cell {
    let percent = percent(part, all);
    let tone = if percent >= 95 { Tone::Warn } else { Tone::Plain };
    Cell::new(format!("{percent}%"), tone)
}

/// The word that kubectl prints, with a symbol.
pub(super) fn status(node: &NodeRow) -> Cell {
    let (mark, word, tone) = match node.condition("Ready").map(|c| &*c.status) {
        Some("True") => ("✔", "Ready", Tone::Good),
        Some("Unknown") => ("✖", "Unknown", Tone::Bad),
        _ => ("✖", "NotReady", Tone::Bad),
    };
    if node.unschedulable {
        let tone = if tone == Tone::Good { Tone::Warn } else { tone };
        Cell::new(t!("live-nodes-cordoned", status = format!("{mark} {word}")), tone)
    } else {
        Cell::new(format!("{mark} {word}"), tone)
    }
}

fn lease(world: &ClusterSnapshot, name: &str, now: Timestamp) -> Cell {
    let now = world.as_of(Kind::Lease, now);
    match world.node_lease(name).and_then(|l| l.renewed) {
        None => Cell::new("-", Tone::Faint),
        Some(at) if now.as_second() - at.as_second() > LEASE_LATE_SECONDS => {
            Cell::new(age_short(at, now), Tone::Bad)
        }
        // The lease of a healthy node is renewed all the time: its age would only flicker.
        Some(_) => Cell::new(t!("live-lease-fresh"), Tone::Good),
    }
}

fn lease_words(world: &ClusterSnapshot, name: &str, now: Timestamp) -> Cell {
    match world.node_lease(name).and_then(|l| l.renewed) {
        None => Cell::new(t!("live-lease-none"), Tone::Faint),
        Some(at) => {
            let cell = lease(world, name, now);
            if cell.tone == Tone::Good {
                Cell::new(t!("live-lease-fresh-words"), Tone::Good)
            } else {
                Cell::new(t!("live-lease-late", age = age(at, now)), cell.tone)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::SyncState;
    use crate::testing::{World, node, pod};

    #[test]
    fn what_the_pods_of_a_node_ask_for_is_not_said_while_they_are_not_all_seen() {
        let world = World::new().node(node("w", "True", "", 9)).pod(pod("shop", "api-1", "w"));
        let cells = |world: &World| {
            let cells = Nodes.cells(&world.0, &RowKey::new("", "w"), world.0.taken).unwrap();
            cells[5..8].iter().map(|c| c.text.clone()).collect::<Vec<_>>()
        };
        assert!(!cells(&world).contains(&"?".to_owned()));
        let mut forbidden = world.clone();
        forbidden.0.sync[Kind::Pod as usize] = SyncState::Forbidden("list".into());
        assert_eq!(cells(&forbidden), ["?", "?", "?"]);
        let mut part = world;
        part.0.scopes[Kind::Pod as usize] = Some("shop".into());
        assert_eq!(cells(&part), ["?", "?", "?"]);
    }
}
