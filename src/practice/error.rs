//! What can go wrong before the practice cluster runs, and when a scenario's action is asked for.

use thiserror::Error;

use super::scenario::Flaw;

/// An error of a scenario or of the practice cluster.
#[derive(Debug, Error)]
pub enum PracticeError {
    #[error(
        "there is no practice scenario `{id}`; there are {known}; `opsbook practice list` describes them. A file of your own is named by its path, ./{id}.yaml"
    )]
    UnknownScenario { id: String, known: String },
    #[error("the scenario {file} is not right: {flaw}; `opsbook check scenarios` shows the place")]
    BadScenario { file: String, flaw: Flaw },
    #[error("the scenario `{id}` has no action `{action}`; it has {known}")]
    UnknownAction { id: String, action: String, known: String },
    #[error("the practice cluster needs a tokio runtime: start it from an async function")]
    NoRuntime,
}
