//! What scripts on this machine see of it: its environment, and the kubeconfig of the context that is in use.

use super::args::Global;
use crate::cluster::Connection;
use crate::runtime::Places;
use crate::shell::Surroundings;

/// The surroundings of the scripts of this program.
pub fn surroundings(global: &Global, places: &Places, connection: &Connection) -> Surroundings {
    Surroundings {
        own: std::env::vars_os().collect(),
        login: connection.login.clone(),
        practice: connection.info.practice,
        // Impersonation that the kubeconfig itself asks for is in the kubeconfig of the scripts too.
        acts_as: global.user.clone(),
        scratch: places.state.join("run"),
        ..Surroundings::default()
    }
}
