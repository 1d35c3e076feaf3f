//! Which log somebody wants to read, and what comes of it.

use super::{ObjectKey, Timestamp};

/// A request for the log of one container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogRequest {
    pub pod: ObjectKey,
    pub container: String,
    /// The log of the instance before the last restart.
    pub previous: bool,
    pub follow: bool,
    /// Lines from the end.
    pub tail_lines: usize,
    /// Only what was written from then on; lines from the end do not count then.
    pub since: Option<Timestamp>,
}

/// A line of a log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogLine {
    /// When the node that runs the container wrote it down; none where the line is the rest of a longer one.
    pub at: Option<Timestamp>,
    pub text: String,
    /// It goes on from the line before: the two are one.
    pub rest: bool,
}
