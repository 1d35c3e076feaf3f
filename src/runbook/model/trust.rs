//! How far a runbook is trusted. Pure: `trust` finds it out, the engine keeps to it.

use super::part_text;
use crate::lang::{list, t};

/// The tier of a runbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
    /// Shipped with the program.
    BuiltIn,
    /// From a source at a pinned commit that an allowed key signed.
    Signed {
        /// The folder of the source.
        source: String,
        commit: String,
    },
    /// Its steps are those that this user approved on this machine.
    Approved {
        /// Its words are others since then, its steps are not.
        reworded: bool,
    },
    /// It was approved by an opsbook whose approvals did not cover every byte of what runs, so that counts for nothing.
    Outdated,
    /// Nobody vouches for it: it can be read and searched, its views and checks look, and nothing of it runs.
    Unknown {
        /// What is another one than was approved, by name; empty where nothing ever was.
        differs: Vec<String>,
    },
}

impl Default for Trust {
    fn default() -> Self {
        Self::Unknown { differs: Vec::new() }
    }
}

impl Trust {
    /// The tier for programs.
    pub fn id(&self) -> &'static str {
        match self {
            Self::BuiltIn => "built-in",
            Self::Signed { .. } => "signed",
            Self::Approved { .. } => "approved",
            Self::Outdated => "no longer approved",
            Self::Unknown { differs } if differs.is_empty() => "unknown",
            Self::Unknown { .. } => "changed",
        }
    }

    /// The tier in a word.
    pub fn word(&self) -> &'static str {
        match self {
            Self::BuiltIn => t!("runbook-trust-built-in"),
            Self::Signed { .. } => t!("runbook-trust-signed"),
            Self::Approved { .. } => t!("runbook-trust-approved"),
            Self::Outdated => t!("runbook-trust-outdated"),
            Self::Unknown { differs } if differs.is_empty() => t!("runbook-trust-unknown"),
            Self::Unknown { .. } => t!("runbook-trust-changed"),
        }
    }

    /// Whether operations and scripts of the runbook may be run.
    pub fn runs(&self) -> bool {
        !matches!(self, Self::Unknown { .. } | Self::Outdated)
    }

    /// Why nothing of the runbook of this id runs; none where it does.
    pub fn refusal(&self, id: &str) -> Option<String> {
        match self {
            Self::Outdated => Some(t!("runbook-trust-refuses-outdated", id = id)),
            Self::Unknown { differs } if differs.is_empty() => {
                Some(t!("runbook-trust-refuses-unknown", id = id))
            }
            Self::Unknown { differs } => Some(t!(
                "runbook-trust-refuses-changed",
                id = id,
                differs = list(differs.iter().map(|part| part_text(part)))
            )),
            _ => None,
        }
    }
}
