//! What chose the cluster of a session on the command line.

use serde::{Deserialize, Serialize};

/// What chose the cluster on the command line, so that a session goes on with the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Flags {
    /// `--kubeconfig`, as an absolute path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kubeconfig: Option<String>,
    /// `--namespace`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// `--as`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// `--as-group`, each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
    /// The file of a practice scenario that is not built in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
}
