//! Which log somebody wants to read.

use super::ObjectKey;

/// A request for the log of one container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogRequest {
    pub pod: ObjectKey,
    /// None where the pod has one container.
    pub container: Option<String>,
    /// The log of the instance before the last restart.
    pub previous: bool,
    pub follow: bool,
    /// Lines from the end.
    pub tail_lines: usize,
}
