//! What is waited for before the cluster can be asked anything.

use super::Timestamp;

/// A credential plugin that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// Its name.
    pub plugin: String,
    pub since: Timestamp,
    /// Its latest line beside its answer; empty before the first.
    pub said: String,
}
