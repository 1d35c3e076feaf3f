//! What this user approved on this machine: one file in the state folder that only its owner can read and write. It holds
//! the text of what was approved, so that a change can be shown.
//!
//! Must not be written by anything but an answer at a terminal, and must not be believed when others could have written it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Canon;
use super::canon::words;
use crate::domain::Timestamp;
use crate::lang::t;
use crate::machine::{OwnFault, read_own};
use crate::runbook::model::{Runbook, Trust};
use crate::session::write_private;

/// The form of the file. Approvals of form 1 were for texts without the blanks at the ends of their lines and without the
/// indent of their fences, which an interpreter does see.
const VERSION: u32 = 2;
/// Largest file that is read, in bytes: it holds the text of everything that was approved.
const LARGEST: u64 = 64 << 20;

/// Something that was approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// The form in which its parts are; one that is not there is 1.
    #[serde(default = "first_form")]
    pub form: u32,
    /// Digest over the parts.
    pub hash: String,
    /// What was read: settings and steps with their names.
    pub parts: Vec<(String, String)>,
    /// Digest of the whole file and its translations, with their words.
    pub text: String,
    pub at: Timestamp,
    /// Name of the user at this machine.
    pub by: String,
}

fn first_form() -> u32 {
    1
}

impl Approval {
    /// Whether it covers every byte of what runs; one that does not counts for nothing.
    pub fn counts(&self) -> bool {
        self.form == VERSION
    }

    pub fn canon(&self) -> Canon {
        Canon(self.parts.clone())
    }
}

/// All approvals, by the id of the runbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Store {
    pub approvals: BTreeMap<String, Approval>,
}

#[derive(Serialize, Deserialize)]
struct File {
    version: u32,
    approvals: BTreeMap<String, Approval>,
}

/// Why no approval counts.
#[derive(Debug, Error)]
pub enum StoreError {
    #[error("{}", t!("trust-store-io", path = path.display(), tried = tried, why = why))]
    Io { path: PathBuf, tried: &'static str, why: String },
    #[error("{}", t!("trust-store-not-own", path = path.display(), why = why))]
    NotOwn { path: PathBuf, why: OwnFault },
}

impl Store {
    /// Reads the file; one that is not there holds nothing.
    pub fn read(path: &Path) -> Result<Store, StoreError> {
        let error = |tried, why: String| StoreError::Io { path: path.to_owned(), tried, why };
        let text = match read_own(path, LARGEST) {
            Ok(Some(text)) => text,
            Ok(None) => return Ok(Store::default()),
            Err(why) => return Err(StoreError::NotOwn { path: path.to_owned(), why }),
        };
        let file: File = serde_json::from_str(&text).map_err(|e| error("read", e.to_string()))?;
        if !(1..=VERSION).contains(&file.version) {
            return Err(error("read", t!("trust-store-other-form", form = file.version, reads = VERSION)));
        }
        Ok(Store { approvals: file.approvals })
    }

    /// Writes the file anew, for its owner alone: the old one stays until the new one is whole.
    pub fn write(&self, path: &Path) -> Result<(), StoreError> {
        let error = |why: String| StoreError::Io { path: path.to_owned(), tried: "written", why };
        let file = File { version: VERSION, approvals: self.approvals.clone() };
        let text = serde_json::to_string_pretty(&file).map_err(|e| error(e.to_string()))?;
        let folder = path.parent().unwrap_or(Path::new("."));
        crate::session::private_folder(folder)
            .and_then(|()| write_private(path, &text))
            .map_err(|e| error(e.to_string()))
    }

    /// Takes an approval in the place of an earlier one.
    pub fn approve(&mut self, book: &Runbook, canon: &Canon, at: Timestamp, by: String) {
        let (hash, parts, text) = (canon.hash(), canon.0.clone(), words(book));
        self.approvals.insert(book.id.clone(), Approval { form: VERSION, hash, parts, text, at, by });
    }

    /// The tier of a runbook of the user.
    pub fn tier(&self, book: &Runbook, canon: &Canon) -> Trust {
        match self.approvals.get(&book.id) {
            Some(approval) if !approval.counts() => Trust::Outdated,
            // Both are compared: a file whose digest was edited does not match its own parts.
            Some(approval) if approval.hash == canon.hash() && approval.canon() == *canon => {
                Trust::Approved { reworded: approval.text != words(book) }
            }
            Some(approval) => Trust::Unknown { differs: approval.canon().differs(canon) },
            None => Trust::Unknown { differs: Vec::new() },
        }
    }
}
