//! Whether a runbook is for this cluster and this opsbook: `applies` and `requires.app`. Pure.
//!
//! Must not take what is not known for a no: a version that nobody could read is said to be unknown, and holds nothing up.

use super::{StepId, Walk};
use crate::domain::{ClusterSnapshot, Kind};
use crate::lang::{self, t};
use crate::runbook::model::Applies;
use crate::runbook::version_holds;

/// This opsbook.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// That a runbook is made for another distribution than this cluster is; nothing where that is not known.
pub fn made_for_another(applies: &Applies, world: &ClusterSnapshot) -> Option<String> {
    let found = world.distro().filter(|_| !applies.distro.is_empty())?;
    let fits = applies.distro.iter().any(|word| found.is(word));
    (!fits).then(|| {
        t!("walk-fits-other-distribution", wanted = lang::list(&applies.distro), found = found.title())
    })
}

/// What is to be said about the distribution before the first step; nothing while the nodes are read.
fn made_for(applies: &Applies, world: &ClusterSnapshot) -> Option<String> {
    let unknown = || {
        let read = !world.sync(Kind::Node).coming();
        let open = read && !applies.distro.is_empty() && world.distro().is_none();
        let wanted = lang::list(&applies.distro);
        open.then(|| t!("walk-fits-unknown-distribution", wanted = wanted))
    };
    made_for_another(applies, world).or_else(unknown)
}

/// That one of these wants a newer opsbook than this one.
fn needs_newer(wanted: [Option<&str>; 2]) -> Option<String> {
    let unmet = wanted.into_iter().flatten().find(|w| version_holds(w, VERSION) == Some(false))?;
    Some(t!("walk-fits-needs-opsbook", wanted = unmet, version = VERSION))
}

impl Walk {
    /// Why no operation and no script of a step runs: its file needs a newer opsbook.
    pub(super) fn too_old(&self, index: StepId) -> Option<String> {
        let own = self.file(index).and_then(|(book, _)| book.requires.app.as_deref());
        needs_newer([own, self.book.requires.app.as_deref()])
    }

    /// What is to be said about versions before the first step.
    pub(super) fn fits(&self, world: &ClusterSnapshot) -> Vec<String> {
        let mut out = Vec::new();
        let (applies, version) = (&self.book.applies, world.info.version.as_str());
        let wanted = applies.k8s.join(" ");
        let said: Vec<_> = applies.k8s.iter().map(|c| version_holds(c, version)).collect();
        if said.contains(&Some(false)) {
            out.push(t!("walk-fits-other-version", wanted = wanted, version = version));
        } else if said.contains(&None) && world.unreachable().is_none() && !version.is_empty() {
            out.push(t!("walk-fits-unknown-version", wanted = wanted, version = version));
        }
        out.extend(made_for(applies, world).map(|words| format!("▲ {words}")));
        if let Some(why) = needs_newer([None, self.book.requires.app.as_deref()]) {
            out.push(format!("✖ {why}"));
        }
        out
    }
}
