//! Which cluster the program is on.

use crate::lang::{list, t};

/// The name of the context in a pod, where there is no kubeconfig.
pub const IN_CLUSTER: &str = "in-cluster";

/// Which cluster this is: resolved once, when the program starts, and never read anew from a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClusterInfo {
    /// Name of the context, or of the practice scenario.
    pub context: String,
    /// Address of the API server, without credentials.
    pub server: String,
    /// Version of the server, empty until it answered.
    pub version: String,
    /// True for the embedded practice cluster.
    pub practice: bool,
    /// Who the operator acts as, where that was asked for, and as a member of which groups.
    pub acts_as: Option<String>,
    pub acts_in: Vec<String>,
    /// The kubeconfig that was named on the command line, where one was.
    pub kubeconfig: Option<String>,
}

impl ClusterInfo {
    /// Whom every request acts as, in words; empty for the user of the context itself.
    pub fn acting(&self) -> String {
        match (&self.acts_as, &self.acts_in[..]) {
            (None, []) => String::new(),
            (user, []) => t!("domain-acting-as", user = user.as_deref().unwrap_or_default()),
            (user, groups) => {
                t!("domain-acting-as-in", user = user.as_deref().unwrap_or_default(), groups = list(groups))
            }
        }
    }
}
