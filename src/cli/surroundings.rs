//! What scripts on this machine see of it: its environment, the kubeconfig and the context that are in use.

use std::path::PathBuf;

use super::args::Global;
use crate::cluster::IN_CLUSTER;
use crate::domain::ClusterInfo;
use crate::runtime::Places;
use crate::shell::Surroundings;

/// The surroundings of the scripts of this program.
pub fn surroundings(global: &Global, places: &Places, info: &ClusterInfo) -> Surroundings {
    let own: Vec<_> = std::env::vars_os().collect();
    // A script does not begin in this folder, so the names must not be relative to it.
    let absolute = |p: PathBuf| std::path::absolute(&p).unwrap_or(p);
    let files: Vec<PathBuf> = match (&global.kubeconfig, std::env::var_os("KUBECONFIG")) {
        (Some(file), _) => vec![file.clone()],
        (None, Some(list)) if !list.is_empty() => std::env::split_paths(&list).collect(),
        (None, _) => std::env::home_dir().map(|h| h.join(".kube/config")).into_iter().collect(),
    };
    let files = files.into_iter().filter(|f| !f.as_os_str().is_empty()).map(absolute);
    let kubeconfig = std::env::join_paths(files).ok().filter(|_| info.context != IN_CLUSTER);
    Surroundings {
        own,
        kubeconfig,
        context: info.context.clone(),
        practice: info.practice,
        acts_as: global.user.clone(),
        scratch: places.state.join("run"),
    }
}
