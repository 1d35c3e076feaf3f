//! The risk ladder: one for runbooks, steps, operations and confirmations.

use serde::{Deserialize, Serialize};

use crate::lang::t;

/// What can go wrong at worst. The order is the ladder's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Risk {
    /// R0: reads only.
    #[default]
    None,
    /// R1: one reversible change of one object.
    Low,
    /// R2: restarts or moves one workload or one node.
    Medium,
    /// R3: can degrade the whole cluster.
    High,
    /// R4: can lose data or cannot be taken back.
    Critical,
}

impl Risk {
    /// Every level, lowest first.
    pub const ALL: [Risk; 5] = [Risk::None, Risk::Low, Risk::Medium, Risk::High, Risk::Critical];

    /// `R0` to `R4`.
    pub fn code(self) -> &'static str {
        ["R0", "R1", "R2", "R3", "R4"][self as usize]
    }

    /// The word used in runbooks: `none` to `critical`.
    pub fn word(self) -> &'static str {
        ["none", "low", "medium", "high", "critical"][self as usize]
    }

    /// The same for people.
    pub fn text(self) -> &'static str {
        match self {
            Risk::None => t!("domain-risk-none"),
            Risk::Low => t!("domain-risk-low"),
            Risk::Medium => t!("domain-risk-medium"),
            Risk::High => t!("domain-risk-high"),
            Risk::Critical => t!("domain-risk-critical"),
        }
    }
}

impl std::fmt::Display for Risk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}
