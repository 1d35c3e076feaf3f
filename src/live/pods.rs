//! V.pods and V.pod.

use super::{
    Cell, Line, LiveView, SortValue, Tone, ViewMeta, conditions, contains, events_of, exit, field, fill,
    fixed, from_object, heading, kept, owners, volumes, wide,
};
use crate::domain::{
    ClusterSnapshot, ContainerRole, ContainerRow, ContainerState, Interest, Kind, ObjectKey, PodRow, RowKey,
    Timestamp, age, age_short,
};
use crate::lang::t;

const META: ViewMeta = ViewMeta {
    id: "pods",
    title: "Pods",
    kind: Kind::Pod,
    columns: &[
        fixed("NAMESPACE", 14),
        fill("NAME", 16),
        fixed("READY", 6),
        kept("STATUS", 18),
        fixed("RESTARTS", 9),
        fixed("NODE", 14),
        wide("OWNER", 24),
        wide("BUDGET", 14),
        wide("IP", 15),
        fixed("AGE", 5),
    ],
    sort: None,
};

pub struct Pods;

impl LiveView for Pods {
    fn meta(&self) -> &'static ViewMeta {
        &META
    }

    fn cells(&self, world: &ClusterSnapshot, key: &RowKey, now: Timestamp) -> Option<Vec<Cell>> {
        let pod = world.pods.get(key)?;
        let (ready, all) = pod.ready_count();
        let owner = world.workload_of(pod).map(|(kind, row)| format!("{kind}/{}", row.name));
        Some(vec![
            Cell::new(&*pod.meta.namespace, Tone::Faint),
            Cell::new(&*pod.meta.name, Tone::Strong),
            Cell::new(
                format!("{ready}/{all}"),
                if ready < all && pod.active() { Tone::Warn } else { Tone::Plain },
            ),
            status(world, pod),
            restarts(pod, now),
            pod.node.to_string().into(),
            owner.unwrap_or_else(|| "-".to_owned()).into(),
            budget(world, pod),
            pod.ip.to_string().into(),
            pod.meta.created.map(|t| age_short(t, now)).unwrap_or_default().into(),
        ])
    }

    fn sort_value(&self, world: &ClusterSnapshot, key: &RowKey, column: usize) -> SortValue {
        let Some(pod) = world.pods.get(key) else { return SortValue::Text(String::new()) };
        match column {
            0 => SortValue::Text(key.to_string()),
            1 => SortValue::Text(pod.meta.name.to_string()),
            3 => SortValue::Text(pod.status()),
            4 => SortValue::Number(-i64::from(pod.restarts())),
            5 => SortValue::Text(pod.node.to_string()),
            9 => SortValue::Number(-pod.meta.created.map_or(0, Timestamp::as_second)),
            _ => {
                let cells = self.cells(world, key, world.taken).unwrap_or_default();
                SortValue::Text(cells.get(column).map(|c| c.text.clone()).unwrap_or_default())
            }
        }
    }

    fn sorts_by(&self, column: usize) -> &'static [Kind] {
        match column {
            6 => &[Kind::ReplicaSet],
            7 => &[Kind::PodDisruptionBudget],
            _ => &[],
        }
    }

    fn says(&self, world: &ClusterSnapshot, key: &RowKey, wanted: &str) -> bool {
        let Some(pod) = world.pods.get(key) else { return false };
        let has = |text: &str| contains(text, wanted);
        // The budget, the ages and the restarts change by themselves and are not what rows are found by.
        let plain = [&*pod.meta.name, &*pod.meta.namespace, &*pod.node, &*pod.ip];
        plain.into_iter().any(has)
            || has(&pod.status())
            || has(&format!("{}/{}", pod.ready_count().0, pod.ready_count().1))
            || world.workload_of(pod).is_some_and(|(kind, row)| has(&format!("{kind}/{}", row.name)))
    }

    fn reads(&self, world: &ClusterSnapshot, key: &RowKey) -> Vec<Interest> {
        let object = ObjectKey { kind: Kind::Pod, row: key.clone() };
        std::iter::once(Interest::one(&object)).chain(owners::reads(world, &object)).collect()
    }

    fn detail(&self, world: &ClusterSnapshot, key: &RowKey, now: Timestamp) -> Vec<Line> {
        let Some(pod) = world.pods.get(key) else { return Vec::new() };
        let mut out = vec![vec![Cell::new(format!("{key}  "), Tone::Strong), status(world, pod)]];
        if let Some(at) = pod.meta.deleting {
            let since = t!("live-since", age = age(at, now));
            out.push(field(t!("live-label-deleting"), Cell::new(since, Tone::Warn)));
        }
        // What holds it stands before what it is.
        let held = if pod.meta.deleting.is_some() { Tone::Warn } else { Tone::Plain };
        let finalizer = |name: &str| field(t!("live-label-finalizer"), Cell::new(name, held));
        out.extend(pod.finalizers.iter().map(|f| finalizer(f)));
        // How they ended last is what most steps ask for.
        out.extend(pod.containers.iter().flat_map(|c| container(c, now)));
        let node = if pod.node.is_empty() { t!("live-pods-not-scheduled") } else { &*pod.node };
        out.push(field(t!("live-label-node"), node));
        let object = ObjectKey { kind: Kind::Pod, row: key.clone() };
        out.extend(owners::lines(world, &object));
        for b in world.budgets_of(pod) {
            let tone = if b.allowed > 0 { Tone::Plain } else { Tone::Warn };
            let words = t!(
                "live-pods-budget",
                name = b.meta.name,
                rule = b.rule,
                free = b.allowed,
                healthy = b.healthy,
                needed = b.desired
            );
            out.push(field(t!("live-label-budget"), Cell::new(words, tone)));
        }
        out.extend(conditions(&pod.conditions, now));
        out.push(heading(t!("live-events")));
        out.extend(events_of(world, &object, now, 8));
        out.extend(from_object(world, &object, t!("live-label-volumes"), volumes::lines));
        out
    }
}

/// The word of kubectl with a symbol. Of a node that does not report any more nobody knows what its pods do: what is told of
/// them is what was heard last.
pub(super) fn status(world: &ClusterSnapshot, pod: &PodRow) -> Cell {
    let word = pod.status();
    let silent = world.nodes.get(&RowKey::new("", pod.node.clone())).is_some_and(|node| node.silent());
    if silent && word == "Running" {
        return Cell::new(format!("? {word}"), Tone::Warn);
    }
    let (ready, all) = pod.ready_count();
    let (mark, tone) = match word.as_str() {
        "Running" if ready == all => ("✔", Tone::Good),
        // What ended well and does not go is not well.
        "Succeeded" | "Completed" if pod.meta.deleting.is_some() => ("▲", Tone::Warn),
        "Succeeded" | "Completed" if !pod.active() => ("✔", Tone::Faint),
        "Running" | "Pending" | "ContainerCreating" | "PodInitializing" | "Terminating" | "Completed" => {
            ("▲", Tone::Warn)
        }
        init if init.starts_with("Init:") && init.contains('/') => ("▲", Tone::Warn),
        _ => ("✖", Tone::Bad),
    };
    Cell::new(format!("{mark} {word}"), tone)
}

/// Restarts, with the age of the last one.
fn restarts(pod: &PodRow, now: Timestamp) -> Cell {
    let n = pod.restarts();
    let last = pod.containers.iter().filter_map(|c| c.last.as_ref()?.finished).max();
    match last {
        Some(at) if n > 0 => {
            let recent = now.as_second() - at.as_second() < 3600;
            Cell::new(format!("{n} ({})", age_short(at, now)), if recent { Tone::Warn } else { Tone::Plain })
        }
        _ => n.to_string().into(),
    }
}

fn budget(world: &ClusterSnapshot, pod: &PodRow) -> Cell {
    match world.budgets_of(pod).map(|b| b.allowed).min() {
        None => Cell::new("-", Tone::Faint),
        Some(free) => {
            Cell::new(t!("live-pods-free", free = free), if free == 0 { Tone::Warn } else { Tone::Plain })
        }
    }
}

fn container(c: &ContainerRow, now: Timestamp) -> Vec<Line> {
    let ago = |t: Option<Timestamp>| t.map(|t| age(t, now)).unwrap_or_default();
    let (text, tone) = match &c.state {
        ContainerState::Running(at) => {
            let well = c.ready || c.role == ContainerRole::Ephemeral;
            (t!("live-pods-running", age = ago(*at)), if well { Tone::Good } else { Tone::Warn })
        }
        ContainerState::Waiting(why) => (t!("live-pods-waiting", why = why), Tone::Warn),
        ContainerState::Terminated(t) => (
            t!("live-pods-ended", age = ago(t.finished), how = exit::words(t)),
            if t.exit_code == 0 { Tone::Faint } else { Tone::Bad },
        ),
        ContainerState::Unreported => (t!("live-pods-not-reported").to_owned(), Tone::Faint),
    };
    // A container for debugging is never ready, and need not be.
    let ready = match c.role {
        ContainerRole::Ephemeral => "·",
        _ if c.ready => "✔",
        _ => "✖",
    };
    let mut out =
        vec![vec![Cell::new(format!("{ready} {:<16} ", c.name), Tone::Strong), Cell::new(text, tone)]];
    if let Some(last) = &c.last {
        let words = t!("live-pods-before", age = ago(last.finished), how = exit::words(last));
        out.push(vec![Cell::new(
            format!("    {words}"),
            if last.exit_code == 0 { Tone::Faint } else { Tone::Bad },
        )]);
    }
    let limit = match c.memory_limit >> 20 {
        _ if c.memory_limit == 0 => t!("live-pods-no-memory-limit").to_owned(),
        limit => t!("live-pods-memory-limit", limit = format!("{limit}Mi")),
    };
    let restarts = t!("live-pods-restarts", restarts = c.restarts);
    out.push(vec![Cell::new(format!("    {restarts} · {limit} · {}", c.image), Tone::Faint)]);
    out
}
