//! Who vouches for a runbook: built-in ones come with the program, signed ones from a source at a pinned commit, approved
//! ones were read by this user on this machine, step by step. Everything else is unknown, and nothing of it runs.
//!
//! Must not run anything, and must not take a file for trusted that it could not read. What counts of a runbook stands in
//! `canon`; to add a way to vouch, add a tier to `runbook::model::Trust` and its arm in [`load`].

mod canon;
mod diff;
mod keygen;
mod peers;
mod source;
mod store;

use std::path::PathBuf;

use crate::corpus::{Corpus, Origin};
use crate::runbook::model::Trust;

pub use canon::{Canon, canon};
pub use diff::{Line, diff};
pub use peers::{Approvers, PeerFault, sign};
pub use source::{Source, SourceError, files, sources};
pub use store::{Approval, Store, StoreError};

/// Where trust is kept.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The approvals of this user.
    pub store: PathBuf,
    /// The list of signed sources.
    pub sources: PathBuf,
    /// Folders with runbooks that came with sessions of others: they stand in for nothing that is at hand.
    pub handed_over: Vec<PathBuf>,
}

/// Runbooks with their tiers, and what is wrong with where trust comes from, in words.
#[derive(Debug)]
pub struct Loaded {
    pub corpus: Corpus,
    pub store: Store,
    pub wrong: Vec<String>,
    /// Why no approval counts, where that is so. It stands among what is wrong too.
    pub no_approval: Option<StoreError>,
}

/// Reads the built-in runbooks, those of the signed sources, and those of the user's folders, and finds out their tiers. It
/// starts `git` and `ssh-keygen` for signed sources only.
pub fn load(folders: &[PathBuf], places: &Places) -> Loaded {
    let mut corpus = Corpus::built_in();
    let mut wrong = Vec::new();
    for source in sources(&places.sources).unwrap_or_else(|e| {
        wrong.push(e.to_string());
        Vec::new()
    }) {
        match files(&source) {
            Ok(files) => corpus.add(files),
            Err(e) => wrong.push(e.to_string()),
        }
    }
    corpus.add_folders(folders);
    corpus.fill_from(&places.handed_over);
    let (store, no_approval) = match Store::read(&places.store) {
        Ok(store) => (store, None),
        Err(why) => {
            wrong.push(why.to_string());
            (Store::default(), Some(why))
        }
    };
    judge(&mut corpus, &store);
    Loaded { corpus, store, wrong, no_approval }
}

/// Finds out the tier of every runbook of the user.
fn judge(corpus: &mut Corpus, store: &Store) {
    let own = corpus.entries().filter(|e| matches!(e.origin, Origin::User(_)));
    let found: Vec<(String, Trust)> = own
        .map(|e| {
            let of = |id: &str| corpus.get(id).map(|e| e.runbook.clone());
            (e.runbook.id.clone(), store.tier(&e.runbook, &canon(&e.runbook, &of)))
        })
        .collect();
    for (id, trust) in found {
        corpus.trust(&id, trust);
    }
}

#[cfg(test)]
mod peer_tests;
#[cfg(test)]
mod tests;
