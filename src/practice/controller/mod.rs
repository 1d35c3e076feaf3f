//! The controllers: each looks at the objects, does what is due, and says when it wants to look again by itself.
//!
//! They hold no truth of their own but what a restarted one could find out again (the kubelets' containers are the
//! exception: they are the reality that objects report). One more controller is one file and one line in [`all`].

mod apiservices;
mod budgets;
mod daemon_sets;
mod deployment_status;
mod deployments;
mod endpoints;
mod eviction;
mod garbage;
mod heartbeat;
mod kubelet;
mod lifecycle;
mod namespaces;
mod pods;
mod replica_sets;
mod revisions;
mod scheduler;
mod stateful_sets;
mod tolerate;

pub use kubelet::static_pods::images as static_images;

use jiff::Timestamp;

use super::kinds::Kind;
use super::world::World;

/// A controller.
pub trait Controller: Send {
    /// The kinds whose changes concern it.
    fn watches(&self) -> &'static [Kind];

    /// Does everything that is due now; returns the next time at which something is due without any change.
    fn run(&mut self, world: &mut World) -> Option<Timestamp>;
}

/// Every controller, in the order in which they look. The heartbeat is first: a node that reports is not silent.
pub fn all() -> Vec<Box<dyn Controller>> {
    vec![
        Box::new(heartbeat::Heartbeat::default()),
        Box::new(lifecycle::Lifecycle),
        Box::new(apiservices::ApiServices),
        Box::new(namespaces::Namespaces),
        Box::new(deployments::Deployments),
        Box::new(replica_sets::ReplicaSets),
        Box::new(stateful_sets::StatefulSets),
        Box::new(daemon_sets::DaemonSets),
        Box::new(scheduler::Scheduler),
        Box::new(kubelet::Kubelets::default()),
        Box::new(eviction::Eviction::default()),
        Box::new(budgets::Budgets),
        Box::new(endpoints::Endpoints),
        Box::new(garbage::Garbage::default()),
    ]
}
