//! One object in full: described, or as YAML.

use std::collections::VecDeque;

use super::Scroll;
use crate::domain::ObjectKey;

/// What is shown of the object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DetailKind {
    /// From the snapshot, always live.
    Describe,
    Yaml,
}

/// The state of a detail.
#[derive(Clone, Debug)]
pub struct Detail {
    pub key: ObjectKey,
    pub kind: DetailKind,
    /// The number of the answer that is awaited.
    pub id: u64,
    pub lines: VecDeque<String>,
    /// Why there is no text.
    pub note: Option<String>,
    pub loading: bool,
    pub scroll: Scroll,
    pub wrap: bool,
    /// Which object of this name it is; none where none is known.
    pub uid: Option<String>,
}

impl Detail {
    pub fn new(key: ObjectKey, kind: DetailKind, id: u64) -> Detail {
        let loading = kind != DetailKind::Describe;
        let lines = VecDeque::new();
        Detail {
            key,
            kind,
            id,
            lines,
            note: None,
            loading,
            scroll: Scroll::default(),
            wrap: false,
            uid: None,
        }
    }
}
