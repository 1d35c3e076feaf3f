//! Small arbitrary clusters: pods, nodes, workloads, leases and events in every state that matters, changed step by step.

use crate::domain::{
    ContainerState, DeploymentRow, EventRow, LeaseRow, NodeRow, Owner, PodPhase, PodRow, ReplicaSetRow,
    RowKey, StatefulSetRow, Str, Terminated,
};
use crate::testing::{World, ago, condition, meta, pod};

/// One change of a small cluster: what, which one, and how it is then.
pub type Step = (u8, u8, u8, u8);

fn owned(mut row: PodRow, which: u8) -> PodRow {
    let (kind, name) = match which % 4 {
        0 => ("ReplicaSet", "api-1"),
        1 => ("StatefulSet", "db"),
        2 => ("Job", "job-29412380"),
        _ => ("Job", "job-29412390"),
    };
    row.meta.owner = Some(Owner { kind: kind.into(), name: name.into() });
    if which % 4 == 1 {
        row.claims = ["data".into()].into();
    }
    row
}

pub fn pod_name(which: u8) -> String {
    let begin = ["api-1", "db", "job-29412380", "job-29412390"][usize::from(which % 4)];
    format!("{begin}-{which}")
}

pub fn some_pod(which: u8, how: u8, age: i64) -> PodRow {
    let mut row = owned(pod("shop", &pod_name(which), ["n0", "n1"][usize::from(how % 2)]), which);
    row.meta.created = Some(ago(age));
    let unready = condition("Ready", "False", "ContainersNotReady", "", age);
    let set = |row: &mut PodRow, state: ContainerState| {
        row.containers[0].ready = false;
        row.containers[0].state = state;
        row.conditions = [unready.clone()].into();
    };
    let end = |code| {
        Box::new(Terminated {
            reason: "Error".into(),
            exit_code: code,
            finished: Some(ago(age)),
            ..Default::default()
        })
    };
    match how % 10 {
        0 | 1 => {}
        2 => {
            row.phase = PodPhase::Pending;
            row.node = Str::default();
            row.containers[0].state = ContainerState::Unreported;
            let message = "0/4 nodes are available";
            row.conditions = [condition("PodScheduled", "False", "Unschedulable", message, age)].into();
        }
        3 => set(&mut row, ContainerState::Waiting("ImagePullBackOff".into())),
        4 => {
            row.phase = PodPhase::Pending;
            set(&mut row, ContainerState::Waiting("ContainerCreating".into()));
        }
        5 => set(&mut row, ContainerState::Running(Some(ago(age)))),
        6 => {
            row.phase = PodPhase::Failed;
            set(&mut row, ContainerState::Terminated(end(4)));
        }
        7 => {
            row.phase = PodPhase::Succeeded;
            set(&mut row, ContainerState::Terminated(end(0)));
        }
        8 => row.meta.deleting = Some(ago(age - 60)),
        _ => {
            row.containers[0].last = Some(end(1));
            row.containers[0].restarts = 1;
        }
    }
    row
}

pub fn some_node(which: u8, how: u8, age: i64) -> (NodeRow, LeaseRow) {
    let status = ["True", "True", "False", "Unknown"][usize::from(how % 4)];
    let (mut node, mut lease) = crate::testing::node(&format!("n{}", which % 2), status, "", age);
    if how % 8 == 5 {
        node.conditions =
            node.conditions.iter().cloned().chain([condition("DiskPressure", "True", "", "", age)]).collect();
    }
    lease.renewed = Some(ago(age));
    (node, lease)
}

pub fn some_event(which: u8, how: u8, age: i64) -> EventRow {
    let (kind, name, reason): (&str, String, &str) = match which % 7 {
        0 => ("Pod", pod_name(how % 8), "Unhealthy"),
        1 => ("Pod", pod_name(how % 8), "FailedMount"),
        2 => ("Node", format!("n{}", how % 2), "SystemOOM"),
        3 => ("PersistentVolumeClaim", "data".to_owned(), "ProvisioningFailed"),
        4 => ("ReplicaSet", "api-1".to_owned(), "FailedCreate"),
        5 => ("Job", "job-29412380".to_owned(), "BackoffLimitExceeded"),
        _ => ("Gizmo", "it".to_owned(), "Broken"),
    };
    EventRow {
        meta: meta("shop", &format!("e{which}-{}", how % 8)),
        about_kind: kind.into(),
        about_namespace: if kind == "Node" { "".into() } else { "shop".into() },
        about_name: name.into(),
        warning: true,
        reason: reason.into(),
        message: format!("{reason}: because").into(),
        count: i32::from(how / 8) + 1,
        first: Some(ago(age + i64::from(how))),
        last: Some(ago(age)),
        ..EventRow::default()
    }
}

fn remove_pod(world: &mut World, name: &str) {
    let key = RowKey::new("shop", name);
    if let Some(row) = world.0.pods.remove(&key)
        && let Some(set) = world.0.pods_by_node.get_mut(&row.node)
    {
        set.remove(&key);
    }
}

fn remove_event(world: &mut World, which: u8, how: u8) {
    let key = RowKey::new("shop", format!("e{which}-{}", how % 8).as_str());
    if let Some(row) = world.0.events.remove(&key) {
        let namespace = if &*row.about_kind == "Node" { Str::default() } else { row.about_namespace.clone() };
        let about = (row.about_kind.clone(), RowKey::new(namespace, row.about_name.clone()));
        if let Some(set) = world.0.events_by_object.get_mut(&about) {
            set.remove(&key);
        }
    }
}

pub fn workloads(world: World, which: u8, how: u8, age: i64) -> World {
    let ready = i32::from(how % 4);
    match which % 3 {
        0 => {
            let row = DeploymentRow {
                meta: meta("shop", "api"),
                desired: 2,
                all: i32::from(how / 4 % 4),
                ready,
                available: ready,
                updated: i32::from(how / 16 % 3),
                observed: i64::from(how % 2),
                generation: 1,
                conditions: [condition("Available", if ready < 2 { "False" } else { "True" }, "", "", age)]
                    .into(),
                ..DeploymentRow::default()
            };
            world.with(|w| &mut w.deployments, row)
        }
        1 => {
            let mut row =
                ReplicaSetRow { meta: meta("shop", "api-1"), desired: 2, ready, ..Default::default() };
            row.available = ready;
            row.meta.created = Some(ago(age));
            row.meta.owner = (how % 8 < 6).then(|| Owner { kind: "Deployment".into(), name: "api".into() });
            world.with(|w| &mut w.replica_sets, row)
        }
        _ => {
            let row = StatefulSetRow {
                meta: meta("shop", "db"),
                desired: 2,
                all: 2,
                ready,
                available: ready,
                ..Default::default()
            };
            world.with(|w| &mut w.stateful_sets, row)
        }
    }
}

/// Does one step; `age` is how long ago its times are.
pub fn take(mut world: World, (what, which, how, age): Step) -> World {
    let age = i64::from(age) * 5;
    match what % 7 {
        0..=2 => world.pod(some_pod(which % 8, how, age)),
        3 if how % 3 == 0 => {
            remove_pod(&mut world, &pod_name(which % 8));
            world
        }
        3 if how % 3 == 1 => {
            remove_event(&mut world, which, how);
            world
        }
        3 => {
            let pulse = LeaseRow {
                meta: meta("kube-system", "scheduler"),
                renewed: Some(ago(age)),
                ..Default::default()
            };
            world.with(|w| &mut w.leases, pulse)
        }
        4 => world.node(some_node(which, how, age)),
        5 => world.event(some_event(which, how, age)),
        _ => workloads(world, which, how, age),
    }
}
