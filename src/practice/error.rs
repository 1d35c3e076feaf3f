//! What can go wrong before the practice cluster runs, and when a scenario's action is asked for.

use thiserror::Error;

/// An error of a scenario or of the practice cluster.
#[derive(Debug, Error)]
pub enum PracticeError {
    #[error(
        "there is no practice scenario `{id}`; there are {known}; `opsbook practice list` describes them"
    )]
    UnknownScenario { id: String, known: String },
    #[error("the scenario `{id}` cannot be read: {why}; mend assets/scenarios/{id}.yaml")]
    BadScenario { id: String, why: String },
    #[error("the scenario `{id}` has no action `{action}`; it has {known}")]
    UnknownAction { id: String, action: String, known: String },
    #[error("the fault `{fault}` could not be made: {why}; check the names in the scenario `{id}`")]
    Fault { id: String, fault: String, why: String },
    #[error("the practice cluster needs a tokio runtime: start it from an async function")]
    NoRuntime,
}
