//! Signed sources: runbooks out of a git folder, as they are in a commit that the user pinned and that a key of the user's
//! list signed with SSH. What lies in the working copy does not count. `git` only hands out objects, and each is hashed
//! here; `ssh-keygen` checks the signature.
//!
//! Must not run what the folder could name (hooks, filters, signing programs, fetches), and must not take a part: a source
//! that is not whole gives nothing.

mod git;
mod signature;

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;
use thiserror::Error;

use crate::corpus::{Origin, SourceFile};
use crate::lang::t;
use crate::machine::read_own;

/// How long git may take for one source.
const PATIENCE: Duration = Duration::from_secs(20);
/// Largest list that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// A folder of runbooks that others sign.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// A git folder.
    pub folder: PathBuf,
    /// The folder of the runbooks within it; the whole where it is not given.
    #[serde(default)]
    pub below: String,
    /// The commit, whole: 40 hexadecimal digits.
    pub commit: String,
    /// Public SSH keys, one of which must have signed it: `ssh-ed25519 AAAA…`.
    pub keys: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    source: Vec<Source>,
}

/// Why a source gives nothing.
#[derive(Debug, Error)]
pub enum SourceError {
    #[error("{}", t!("trust-source-no-list", path = path.display(), why = why))]
    List { path: PathBuf, why: String },
    #[error("{}", t!("trust-source-not-read", folder = folder.display(), why = why))]
    Source { folder: PathBuf, why: String },
}

/// The list of sources; none where there is no such file.
pub fn sources(path: &Path) -> Result<Vec<Source>, SourceError> {
    let error = |why: String| SourceError::List { path: path.to_owned(), why };
    // Whoever can write it decides whose signatures count.
    let Some(text) = read_own(path, LARGEST).map_err(|e| error(e.to_string()))? else {
        return Ok(Vec::new());
    };
    let file: File = toml::from_str(&text).map_err(|e| error(e.to_string()))?;
    for source in &file.source {
        let hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
        if source.commit.len() != 40 || !source.commit.chars().all(hex) {
            return Err(error(t!("trust-source-no-commit", commit = source.commit)));
        }
        if source.keys.is_empty() {
            return Err(error(t!("trust-source-no-key", folder = source.folder.display())));
        }
        if !source.folder.is_absolute() {
            return Err(error(t!("trust-source-no-path", folder = source.folder.display())));
        }
    }
    Ok(file.source)
}

/// The runbooks of a source, after its signature and every object were checked.
pub fn files(source: &Source) -> Result<Vec<SourceFile>, SourceError> {
    let error = |why: String| SourceError::Source { folder: source.folder.clone(), why };
    let mut objects = git::Objects::open(&source.folder, PATIENCE).map_err(error)?;
    let commit = objects.get(&source.commit, "commit").map_err(error)?;
    let signed = signature::signed(&commit).map_err(error)?;
    signature::verify(&signed, &source.keys).map_err(error)?;
    let found = objects.below(&signed.tree, &source.below).map_err(error)?;
    let origin = Origin::Signed { folder: source.folder.clone(), commit: source.commit.clone() };
    let file = |(path, text)| SourceFile { path, text, origin: origin.clone() };
    Ok(found.into_iter().map(file).collect())
}
