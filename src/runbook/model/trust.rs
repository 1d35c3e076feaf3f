//! How far a runbook is trusted. Pure: `trust` finds it out, the engine keeps to it.

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
    /// The tier in a word.
    pub fn word(&self) -> &'static str {
        match self {
            Self::BuiltIn => "built-in",
            Self::Signed { .. } => "signed",
            Self::Approved { .. } => "approved",
            Self::Outdated => "no longer approved",
            Self::Unknown { differs } if differs.is_empty() => "unknown",
            Self::Unknown { .. } => "changed",
        }
    }

    /// Whether operations and scripts of the runbook may be run.
    pub fn runs(&self) -> bool {
        !matches!(self, Self::Unknown { .. } | Self::Outdated)
    }

    /// Why nothing of the runbook of this id runs; none where it does.
    pub fn refusal(&self, id: &str) -> Option<String> {
        match self {
            Self::Outdated => Some(format!(
                "{id} was approved by an older opsbook, whose approvals did not cover every byte of what runs, so nothing of it runs: read it again, then `opsbook trust approve {id}` in a terminal, with the same --runbooks"
            )),
            Self::Unknown { differs } if differs.is_empty() => Some(format!(
                "nobody approved {id}, so nothing of it runs: read it, then `opsbook trust approve {id}` in a terminal, with the same --runbooks"
            )),
            Self::Unknown { differs } => Some(format!(
                "{id} is not what was approved ({}), so nothing of it runs: `opsbook trust approve {id}` shows what changed",
                differs.join(", ")
            )),
            _ => None,
        }
    }
}
