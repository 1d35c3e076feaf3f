//! V.logs: whose logs are read together. A log is of a pod, or of a workload: then it is that of all its pods.
//!
//! Must not read a log: it says which ones there are, from the picture of the cluster. A kind whose pods name it as
//! their owner needs only its line in [`OWNERS`].

use std::sync::Arc;

use crate::domain::{
    ClusterSnapshot, ContainerRole, ContainerRow, ContainerState, Kind, ObjectKey, PodRow, RowKey, Str,
    Timestamp,
};
use crate::lang::t;

/// The kinds besides pods whose logs can be read: those of their pods.
pub const OWNERS: &[Kind] =
    &[Kind::Deployment, Kind::ReplicaSet, Kind::DaemonSet, Kind::StatefulSet, Kind::Job];

/// What is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogsOf {
    /// A pod, or one of the kinds that own pods.
    pub of: ObjectKey,
    /// Only the containers of this name; none is all.
    pub container: Option<String>,
    /// Of the instances before the last restart.
    pub previous: bool,
}

/// The log of one container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub pod: RowKey,
    pub container: Str,
    /// What its lines begin with; empty where nothing else is read.
    pub label: Str,
    pub run: Instance,
}

/// Which instance of a container it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Instance {
    pub restarts: i32,
    /// Since when it runs; none while it does not.
    pub running: Option<Timestamp>,
}

impl Instance {
    fn of(container: &ContainerRow) -> Instance {
        let running = match &container.state {
            ContainerState::Running(since) => Some(since.unwrap_or_default()),
            _ => None,
        };
        Instance { restarts: container.restarts, running }
    }

    /// Whether this one has lines that a log which ended with `before` has not.
    pub fn follows(self, before: Instance) -> bool {
        self.restarts != before.restarts || (self.running.is_some() && self.running != before.running)
    }
}

impl LogsOf {
    pub fn new(of: ObjectKey, previous: bool) -> LogsOf {
        LogsOf { of, container: None, previous }
    }

    /// Whether objects of this kind have logs.
    pub fn has(kind: Kind) -> bool {
        kind == Kind::Pod || OWNERS.contains(&kind)
    }

    /// Whether a pod is among those that are read.
    pub fn holds(&self, world: &ClusterSnapshot, pod: &PodRow) -> bool {
        if pod.meta.namespace != self.of.row.namespace {
            return false;
        }
        match self.of.kind {
            Kind::Pod => pod.meta.name == self.of.row.name,
            Kind::Deployment => world
                .workload_of(pod)
                .is_some_and(|(kind, key)| &*kind == Kind::Deployment.name() && key == self.of.row),
            kind => {
                let owner = pod.meta.owner.as_ref();
                owner.is_some_and(|o| &*o.kind == kind.name() && o.name == self.of.row.name)
            }
        }
    }

    /// The pods that are read, those in trouble first.
    fn pods<'a>(&'a self, world: &'a ClusterSnapshot) -> Vec<&'a Arc<PodRow>> {
        if self.of.kind == Kind::Pod {
            return world.pods.get(&self.of.row).into_iter().collect();
        }
        let mut pods: Vec<_> =
            world.pods.in_namespace(self.of.namespace()).filter(|p| self.holds(world, p)).collect();
        // What ended has nothing new to say, so what runs comes before it.
        pods.sort_by_key(|p| (!p.active(), p.ready(), std::cmp::Reverse(p.restarts())));
        pods
    }

    /// The names of all containers that could be read, and how many pods have each.
    pub fn containers(&self, world: &ClusterSnapshot) -> Vec<(Str, usize)> {
        let mut out: Vec<(Str, usize)> = Vec::new();
        for container in self.pods(world).iter().flat_map(|p| p.containers.iter()) {
            match out.iter_mut().find(|(name, _)| *name == container.name) {
                Some((_, count)) => *count += 1,
                None => out.push((container.name.clone(), 1)),
            }
        }
        out
    }

    /// The logs there are now, those of pods in trouble first.
    pub fn sources(&self, world: &ClusterSnapshot) -> Vec<Source> {
        let pods = self.pods(world);
        let wanted = |c: &&ContainerRow| match &self.container {
            Some(name) => *c.name == **name,
            // An init container that did its work has nothing to say about what happens now.
            None => c.role != ContainerRole::Init || c.restarts > 0 || !done(c),
        };
        // While all are of one ReplicaSet, its name tells nothing either.
        let mut owners = pods.iter().filter_map(|p| p.meta.owner.as_ref()).map(|o| &*o.name);
        let first = owners.next().unwrap_or_default();
        let common = if owners.all(|o| o == first) { first } else { self.of.name() };
        let several = pods.iter().any(|p| p.containers.iter().filter(wanted).count() > 1);
        let mut out = Vec::new();
        for pod in &pods {
            for container in pod.containers.iter().filter(wanted) {
                let label = match (self.of.kind == Kind::Pod, several) {
                    (true, false) => String::new(),
                    (true, true) => container.name.to_string(),
                    (false, false) => short(&pod.meta.name, common).to_owned(),
                    (false, true) => format!("{}/{}", short(&pod.meta.name, common), container.name),
                };
                let source = Source {
                    pod: pod.meta.key(),
                    container: container.name.clone(),
                    label: label.into(),
                    run: Instance::of(container),
                };
                out.push((source, self.speaks(container)));
            }
        }
        // The server says best why the only one has no log.
        let only = out.len() == 1;
        out.into_iter().filter(|(_, speaks)| *speaks || only).map(|(source, _)| source).collect()
    }

    /// Whether a container has such a log.
    fn speaks(&self, container: &ContainerRow) -> bool {
        if self.previous {
            return container.last.is_some() || container.restarts > 0;
        }
        container.last.is_some()
            || matches!(container.state, ContainerState::Running(_) | ContainerState::Terminated(_))
    }

    /// Why there is nothing to read.
    pub fn nothing(&self, world: &ClusterSnapshot) -> String {
        let (of, pods) = (&self.of, self.pods(world));
        // Whose a Deployment's pods are, its ReplicaSets say.
        let needed: &[Kind] =
            if of.kind == Kind::Deployment { &[Kind::Pod, Kind::ReplicaSet] } else { &[Kind::Pod] };
        let known = |kind: &Kind| world.covers(*kind, of.namespace()) && world.sync(*kind).complete();
        if let Some(kind) = needed.iter().find(|k| !known(k)) {
            return if *kind == Kind::Pod {
                t!("live-logs-pods-not-known", of = of)
            } else {
                t!("live-logs-pods-not-known-without", of = of, kinds = kind.meta().plural)
            };
        }
        let Some(first) = pods.first() else {
            return if of.kind == Kind::Pod {
                t!("live-logs-pod-gone").to_owned()
            } else {
                t!("live-logs-no-pods", of = of)
            };
        };
        match (&self.container, self.previous) {
            (Some(name), _) if !pods.iter().any(|p| p.containers.iter().any(|c| *c.name == **name)) => {
                t!("live-logs-no-container", of = of, name = name)
            }
            (_, true) => t!("live-logs-nothing-restarted").to_owned(),
            _ => t!("live-logs-nothing-started", pod = first.meta.name, status = first.status()),
        }
    }

    /// What it is, for a title.
    pub fn title(&self) -> String {
        let mut of = match self.of.kind {
            Kind::Pod => self.of.row.to_string(),
            kind => format!("{} {}", kind.name().to_lowercase(), self.of.row),
        };
        if let Some(container) = &self.container {
            of = format!("{of} {container}");
        }
        if self.previous { t!("live-logs-previous-of", of = of) } else { t!("live-logs-of", of = of) }
    }
}

fn done(container: &ContainerRow) -> bool {
    matches!(&container.state, ContainerState::Terminated(t) if t.exit_code == 0)
        || container.state == ContainerState::Unreported
}

/// A pod's name without that of its workload, as long as enough is left to tell it from others.
fn short<'a>(pod: &'a str, workload: &str) -> &'a str {
    let rest = pod.strip_prefix(workload).and_then(|rest| rest.strip_prefix('-'));
    rest.filter(|rest| rest.len() > 2).unwrap_or(pod)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Owner, ReplicaSetRow};
    use crate::testing::{World, ago, meta, oom_killed, pod};

    fn of(kind: Kind, name: &str) -> LogsOf {
        LogsOf::new(ObjectKey::new(kind, "shop", name), false)
    }

    fn labels(logs: &LogsOf, world: &World) -> Vec<String> {
        logs.sources(&world.0).iter().map(|s| s.label.to_string()).collect()
    }

    fn shop() -> World {
        let mut set = ReplicaSetRow { meta: meta("shop", "api"), ..ReplicaSetRow::default() };
        set.meta.owner = Some(Owner { kind: "Deployment".into(), name: "api".into() });
        World::new()
            .with(|w| &mut w.replica_sets, set)
            .pod(pod("shop", "api-one", "w"))
            .pod(oom_killed(pod("shop", "api-two", "w"), 60, 3))
            .pod(pod("shop", "web-1", "w"))
            .pod(pod("other", "api-three", "w"))
    }

    #[test]
    fn a_workload_has_the_logs_of_its_pods_those_in_trouble_first() {
        let world = shop();
        assert_eq!(labels(&of(Kind::Deployment, "api"), &world), ["two", "one"]);
        assert_eq!(labels(&of(Kind::ReplicaSet, "api"), &world), ["two", "one"]);
        assert_eq!(labels(&of(Kind::Pod, "web-1"), &world), [""]);
        assert!(of(Kind::DaemonSet, "api").sources(&world.0).is_empty());
    }

    #[test]
    fn several_containers_are_told_apart_and_one_can_be_chosen() {
        let mut both = pod("shop", "api-one", "w");
        let mut side = both.containers[0].clone();
        side.name = "proxy".into();
        both.containers = [both.containers[0].clone(), side].into();
        let world = shop().pod(both);
        assert_eq!(labels(&of(Kind::Pod, "api-one"), &world), ["app", "proxy"]);
        let mut logs = of(Kind::Deployment, "api");
        assert_eq!(labels(&logs, &world), ["two/app", "one/app", "one/proxy"]);
        let names: Vec<_> = logs.containers(&world.0).iter().map(|(n, c)| format!("{n} {c}")).collect();
        assert_eq!(names, ["app 2", "proxy 1"]);
        logs.container = Some("proxy".into());
        assert_eq!(labels(&logs, &world), ["one"]);
    }

    #[test]
    fn what_has_not_started_has_no_log_unless_it_is_the_only_one() {
        let mut waiting = pod("shop", "api-new", "w");
        waiting.containers[0].state = ContainerState::Waiting("ContainerCreating".into());
        let world = shop().pod(waiting.clone());
        assert_eq!(labels(&of(Kind::Deployment, "api"), &world), ["two", "one"]);
        assert_eq!(of(Kind::Pod, "api-new").sources(&world.0).len(), 1);
        let previous = LogsOf { previous: true, ..of(Kind::Deployment, "api") };
        assert_eq!(labels(&previous, &world), ["two"]);
        let mut two = waiting.containers.to_vec();
        two.push(two[0].clone());
        waiting.containers = two.into();
        let none = of(Kind::Pod, "api-new");
        let world = World::new().pod(waiting);
        assert!(none.sources(&world.0).is_empty());
        assert!(none.nothing(&world.0).contains("ContainerCreating"), "{}", none.nothing(&world.0));
        assert!(of(Kind::Pod, "gone").nothing(&world.0).contains("not in the cluster"));
    }

    #[test]
    fn an_instance_that_began_later_has_more_to_say() {
        let run = |restarts, running: Option<i64>| Instance { restarts, running: running.map(ago) };
        assert!(!run(1, Some(9)).follows(run(1, Some(9))));
        assert!(!run(1, None).follows(run(1, Some(9))), "it ended: its log was read");
        assert!(run(1, Some(2)).follows(run(1, None)) && run(2, None).follows(run(1, Some(9))));
    }
}
