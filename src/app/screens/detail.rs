//! One object in full: described, as YAML, or its log.

use std::collections::VecDeque;

use super::Scroll;
use crate::domain::{LogRequest, ObjectKey};

/// Lines of a log that are kept; older ones are dropped.
pub const LOG_LINES: usize = 5000;

/// What is shown of the object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DetailKind {
    /// From the snapshot, always live.
    Describe,
    Yaml,
    Logs {
        request: LogRequest,
        follow: bool,
        dropped: usize,
    },
}

/// The state of a detail.
#[derive(Clone, Debug)]
pub struct Detail {
    pub key: ObjectKey,
    pub kind: DetailKind,
    /// The number of the answer that is awaited.
    pub id: u64,
    pub lines: VecDeque<String>,
    /// Why there is no text, or no more of it.
    pub note: Option<String>,
    pub loading: bool,
    pub scroll: Scroll,
    pub wrap: bool,
}

impl Detail {
    pub fn new(key: ObjectKey, kind: DetailKind, id: u64) -> Detail {
        let loading = kind != DetailKind::Describe;
        let lines = VecDeque::new();
        Detail { key, kind, id, lines, note: None, loading, scroll: Scroll::default(), wrap: false }
    }

    /// Adds lines of a log; the oldest make room.
    pub fn push(&mut self, lines: Vec<String>) {
        self.loading = false;
        self.lines.extend(lines);
        while self.lines.len() > LOG_LINES {
            self.lines.pop_front();
            if let DetailKind::Logs { dropped, .. } = &mut self.kind {
                *dropped += 1;
            }
        }
    }
}
