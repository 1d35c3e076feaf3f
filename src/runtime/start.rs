//! From what the user asked for to a cluster: the real one of a context, or the practice cluster.

use std::path::PathBuf;
use std::sync::Arc;

use thiserror::Error;

use crate::clock::{Clock, Skew};
use crate::cluster::{Choice, ConnectError, Connection, connect};
use crate::domain::{ClusterInfo, Namespaces};
use crate::practice::{FaultTime, Pace, Practice, PracticeError, PracticeOptions, Scenario};
use crate::vault::Vault;

/// Which cluster.
#[derive(Clone, Debug)]
pub enum Target {
    Real(Choice),
    Practice { scenario: Arc<Scenario>, fault: FaultTime, pace: Pace },
}

/// Why there is no cluster.
#[derive(Debug, Error)]
pub enum Trouble {
    #[error(transparent)]
    Connect(#[from] ConnectError),
    #[error(transparent)]
    Practice(#[from] PracticeError),
}

/// A cluster that is ready to be watched.
pub struct Opened {
    pub connection: Connection,
    pub clock: Clock,
    pub practice: Option<Arc<Practice>>,
}

/// Opens a cluster. It does not wait for an answer of the API server.
pub async fn open(target: &Target) -> Result<Opened, Trouble> {
    match target {
        Target::Real(choice) => {
            let connection = connect(choice).await?;
            let clock = Clock::of_server(connection.skew.clone());
            Ok(Opened { connection, clock, practice: None })
        }
        Target::Practice { scenario, fault, pace } => {
            let practice = Practice::start(scenario, PracticeOptions { fault: *fault, pace: *pace })?;
            let info = ClusterInfo {
                context: scenario.id.clone(),
                server: "in this program".to_owned(),
                version: String::new(),
                practice: true,
                ..ClusterInfo::default()
            };
            let connection = Connection {
                client: practice.client(),
                info,
                namespaces: Namespaces::read("default"),
                login: None,
                skew: Skew::default(),
                vault: Vault::default(),
            };
            Ok(Opened { connection, clock: practice.clock(), practice: Some(Arc::new(practice)) })
        }
    }
}

/// The user's folders.
#[derive(Clone, Debug)]
pub struct Places {
    /// Runbooks, themes, keymap of the user.
    pub config: PathBuf,
    /// Journals, the log of the program.
    pub state: PathBuf,
    /// What can be made anew.
    pub cache: PathBuf,
}

impl Places {
    /// The folders of the platform; none when there is no home. A home that is no whole path is none: it would be another
    /// one in each folder.
    pub fn find() -> Option<Places> {
        let dirs = directories::ProjectDirs::from("", "", "opsbook")?;
        let places = Places {
            config: dirs.config_dir().to_owned(),
            state: dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).to_owned(),
            cache: dirs.cache_dir().to_owned(),
        };
        let all = [&places.config, &places.state, &places.cache];
        all.iter().all(|p| p.is_absolute()).then_some(places)
    }

    /// Folders in one that was made for this run and that nobody else can use: nothing of it was there before.
    pub fn fresh(name: &str) -> std::io::Result<Places> {
        let own = crate::machine::fresh_folder(name)?;
        Ok(Places { config: own.join("config"), state: own.join("state"), cache: own.join("cache") })
    }

    /// The folder that [`Places::fresh`] made.
    pub fn root(&self) -> &std::path::Path {
        self.state.parent().unwrap_or(&self.state)
    }

    pub fn sessions(&self) -> PathBuf {
        crate::session::folder(&self.state)
    }

    /// Runbooks that came with sessions of others, a folder for each hand-over file.
    pub fn handed_over(&self) -> PathBuf {
        self.state.join("handed-over")
    }

    /// The approvals, and the list of signed sources.
    pub fn trust(&self) -> crate::trust::Places {
        crate::trust::Places {
            store: self.state.join("trust.json"),
            sources: self.config.join("sources.toml"),
            handed_over: Vec::new(),
        }
    }

    /// Who may agree as a second person; who asks is the configuration's to say.
    pub fn approvers(&self) -> crate::trust::Approvers {
        crate::trust::Approvers { list: self.config.join("approvers"), ..Default::default() }
    }

    pub fn runbooks(&self) -> PathBuf {
        self.config.join("runbooks")
    }
}
