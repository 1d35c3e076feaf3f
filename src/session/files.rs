//! The files that a session keeps beside its journal: what was saved before something was changed. They are the operator's alone.
//!
//! Must not write what was not filtered: whoever hands a text over has masked it.

use crate::lang::t;
use std::path::{Path, PathBuf};

use super::store::{private_folder, write_private};

/// So many folders of one name are told apart.
const MOST: usize = 1000;

/// A new folder for what is saved, beside the journal: `ID.files/NAME`, or with a number behind it where there is one.
pub fn new_folder(journal: &Path, name: &str) -> std::io::Result<PathBuf> {
    use std::os::unix::fs::DirBuilderExt as _;
    let all = journal.with_extension("files");
    private_folder(&all)?;
    for number in 1..=MOST {
        let folder = if number == 1 { all.join(name) } else { all.join(format!("{name}-{number}")) };
        match std::fs::DirBuilder::new().mode(0o700).create(&folder) {
            Ok(()) => return Ok(folder),
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(e),
        }
    }
    Err(std::io::Error::other(t!(
        "session-files-there-are-folders-beside-journal-already",
        most = MOST,
        name = name
    )))
}

/// Writes one file of it, whole or not at all.
pub fn write_file(folder: &Path, name: &str, text: &str) -> std::io::Result<()> {
    // It is a name and no way out of the folder.
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-._".contains(c) { c } else { '_' };
    let name: String = name.chars().map(plain).collect();
    write_private(&folder.join(name.trim_start_matches('.')), text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_saved_is_the_operators_alone_and_replaces_nothing() {
        use std::os::unix::fs::PermissionsExt as _;
        let at = tempfile::tempdir().unwrap();
        let journal = at.path().join("s.jsonl");
        let first = new_folder(&journal, "pod-a").unwrap();
        write_file(&first, "../../x.yaml", "one").unwrap();
        let second = new_folder(&journal, "pod-a").unwrap();
        assert_ne!(first, second);
        assert_eq!(second, at.path().join("s.files/pod-a-2"));
        let files: Vec<_> = std::fs::read_dir(&first).unwrap().map(|f| f.unwrap().path()).collect();
        assert_eq!(files.len(), 1, "no name leads out of the folder");
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&files[0]), mode(&first), mode(&at.path().join("s.files"))), (0o600, 0o700, 0o700));
    }
}
