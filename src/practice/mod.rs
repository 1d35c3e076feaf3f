//! The practice cluster: a Kubernetes API server in process with the controllers that make it live, and scenarios as
//! data. The ordinary `kube::Client` talks to it, and any other client by loopback.
//!
//! Faults happen in the state of machines and containers; the symptoms follow because controllers draw them. Nothing
//! here may write a symptom, or undo one, by itself. It uses no screen and no other module of the program.
//!
//! - a scenario: one file in `assets/scenarios/`; a user's own is read by whoever may read files
//! - a fault primitive: a variant and a file in `fault`
//! - a kind: one line in `kinds`; its columns: one file in `table`
//! - a controller: one file and one line in `controller`

mod access;
mod api;
mod behaviour;
mod bootstrap;
mod clock;
mod controller;
mod engine;
mod error;
mod fault;
mod kinds;
mod logs;
mod names;
mod obj;
mod patch;
mod quantity;
mod registry;
mod removal;
mod rules;
mod scenario;
mod selector;
mod status;
mod store;
mod table;
mod world;
mod writes;

use std::collections::BTreeSet;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use tokio::net::TcpListener;

pub use clock::Pace;
pub use error::PracticeError;
pub use scenario::{Action, Alert, ExpectedRefusal, Flaw, Rehearsal, Scenario, Spot, scenarios};

use engine::Shared;
use fault::Fault;
use scenario::Placed;

/// When the fault of a scenario happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FaultTime {
    /// Not before [`Practice::inject`].
    Held,
    /// At the start.
    Now,
    /// The scenario's time before the start: what the controllers did since is history.
    #[default]
    Past,
}

/// How a practice cluster starts.
#[derive(Debug, Clone, Copy, Default)]
pub struct PracticeOptions {
    pub fault: FaultTime,
    pub pace: Pace,
}

/// A running practice cluster; dropping it ends its task and every open stream.
#[derive(Debug)]
pub struct Practice {
    scenario: Scenario,
    shared: Arc<Shared>,
    /// Actions that were done.
    done: Mutex<BTreeSet<String>>,
}

impl Practice {
    /// Starts a scenario. Call it inside a tokio runtime.
    pub fn start(scenario: &Scenario, options: PracticeOptions) -> Result<Self, PracticeError> {
        let runtime = tokio::runtime::Handle::try_current().map_err(|_| PracticeError::NoRuntime)?;
        let (world, engine) = bootstrap::world(scenario, options)?;
        let shared = Arc::new(Shared::new(world));
        runtime.spawn(engine.live(Arc::clone(&shared)));
        Ok(Self { scenario: scenario.clone(), shared, done: Mutex::default() })
    }

    /// A client in process: no socket, no TLS, nothing to configure.
    pub fn client(&self) -> kube::Client {
        kube::Client::new(self.router(), "default")
    }

    /// The API server as a service.
    pub fn router(&self) -> Router {
        api::router(Arc::clone(&self.shared))
    }

    /// Serves the API over HTTP/1.1 until this cluster is dropped or the listener fails. Pages of browsers are refused, and
    /// whoever asks for another host than this machine.
    pub async fn serve(&self, listener: TcpListener) -> io::Result<()> {
        let stop = self.shared.stop.clone();
        axum::serve(listener, api::guarded(Arc::clone(&self.shared)))
            .with_graceful_shutdown(stop.cancelled_owned())
            .await
    }

    /// Makes the scenario's fault happen now.
    pub async fn inject(&self) -> Result<(), PracticeError> {
        self.make(&self.scenario.fault.faults).await
    }

    /// Does one of the scenario's actions outside of the cluster, and returns what it says.
    pub async fn act(&self, action: &str) -> Result<String, PracticeError> {
        let Some(found) = self.scenario.actions.get(action) else {
            let known = self.scenario.actions.keys().map(|k| format!("`{k}`")).collect::<Vec<_>>().join(", ");
            let known = if known.is_empty() { "none".to_owned() } else { known };
            return Err(PracticeError::UnknownAction {
                id: self.scenario.id.clone(),
                action: action.to_owned(),
                known,
            });
        };
        let again = !self.done.lock().unwrap_or_else(PoisonError::into_inner).insert(action.to_owned());
        if found.once && again {
            return Ok("this time nothing happens by itself".to_owned());
        }
        self.make(&found.faults).await?;
        Ok(found.says.clone())
    }

    async fn make(&self, faults: &[Placed<Fault>]) -> Result<(), PracticeError> {
        {
            let mut world = self.shared.lock();
            let bad = |flaw| PracticeError::BadScenario { file: self.scenario.file.clone(), flaw };
            self.shared.written(&mut world, |w| bootstrap::happen(w, faults)).map_err(bad)?;
        }
        // The controllers get their turn before the caller looks.
        tokio::task::yield_now().await;
        Ok(())
    }

    /// The cluster's clock: whoever judges ages in it must read this one.
    pub fn clock(&self) -> crate::clock::Clock {
        let running = self.shared.lock().clock.running();
        running.expect("the clock runs from the end of the history on")
    }

    /// The scenario that runs.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// Forgets the history that watches are served from, as a compaction of etcd does: old versions are 410 Expired.
    pub fn compact(&self) {
        self.shared.lock().store.compact();
    }

    /// A kubeconfig with the context `practice` for a served cluster.
    pub fn kubeconfig(address: SocketAddr) -> String {
        format!(
            "apiVersion: v1\nkind: Config\ncurrent-context: practice\n\
             clusters:\n- name: practice\n  cluster:\n    server: http://{address}\n\
             users:\n- name: practice-operator\n  user: {{}}\n\
             contexts:\n- name: practice\n  context:\n    cluster: practice\n    user: practice-operator\n    namespace: default\n"
        )
    }
}

impl Drop for Practice {
    fn drop(&mut self) {
        self.shared.stop.cancel();
    }
}
