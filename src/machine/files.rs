//! The one reader of files that somebody else may have put there: it waits for nothing, and it takes no more than it was
//! told to.
//!
//! Must not judge a name: what is judged is the open file, since a name can mean another one a moment later. A pipe, a
//! terminal or a device is no file here: reading one could wait for ever, or never come to an end.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use nix::libc::{O_NOCTTY, O_NOFOLLOW, O_NONBLOCK};
use thiserror::Error;

use crate::lang::t;

/// Why a file was not read.
#[derive(Debug, Error)]
pub enum FileFault {
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error("{}", t!("machine-files-link"))]
    Link,
    #[error("{}", t!("machine-files-no-file"))]
    NoFile,
    #[error("{}", t!("machine-files-too-large", bytes = _0))]
    TooLarge(u64),
    #[error("{}", t!("machine-files-no-text"))]
    NotText,
}

impl FileFault {
    /// Whether there is nothing of this name.
    pub fn is_absent(&self) -> bool {
        matches!(self, FileFault::Io(e) if e.kind() == io::ErrorKind::NotFound)
    }
}

/// Opens a regular file to read it; one that is none is not waited for. Links are followed.
pub fn open(path: &Path) -> Result<File, FileFault> {
    opened(path, 0)
}

/// The text of a file of at most `most` bytes. Links are followed: the name is one that the user gave.
pub fn read(path: &Path, most: u64) -> Result<String, FileFault> {
    text(opened(path, 0)?, most)
}

/// The text of a file of at most `most` bytes that was found in a folder: it is no link, which could lead out of it.
pub fn read_beside(path: &Path, most: u64) -> Result<String, FileFault> {
    text(opened(path, O_NOFOLLOW)?, most)
}

pub(super) fn opened(path: &Path, flags: i32) -> Result<File, FileFault> {
    let mut options = OpenOptions::new();
    let file = options.read(true).custom_flags(O_NONBLOCK | O_NOCTTY | flags).open(path).map_err(|e| {
        let link = flags & O_NOFOLLOW != 0 && e.raw_os_error() == Some(nix::libc::ELOOP);
        if link { FileFault::Link } else { FileFault::Io(e) }
    })?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(FileFault::NoFile) }
}

pub(super) fn text(file: File, most: u64) -> Result<String, FileFault> {
    let mut bytes = Vec::new();
    // One more than may be, to see that there is more; a file can grow while it is read.
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(FileFault::TooLarge(most));
    }
    String::from_utf8(bytes).map_err(|_| FileFault::NotText)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pipes_devices_folders_and_what_is_too_large_are_refused_without_waiting() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        nix::unistd::mkfifo(&at("pipe"), nix::sys::stat::Mode::S_IRWXU).unwrap();
        assert!(matches!(read(&at("pipe"), 10), Err(FileFault::NoFile)));
        assert!(matches!(read_beside(&at("pipe"), 10), Err(FileFault::NoFile)));
        assert!(matches!(read(Path::new("/dev/zero"), 10), Err(FileFault::NoFile)));
        assert!(matches!(read(folder.path(), 10), Err(FileFault::NoFile)));
        std::fs::write(at("text"), "0123456789").unwrap();
        assert_eq!(read(&at("text"), 10).unwrap(), "0123456789");
        assert!(matches!(read(&at("text"), 9), Err(FileFault::TooLarge(9))));
        std::os::unix::fs::symlink(at("text"), at("link")).unwrap();
        assert_eq!(read(&at("link"), 10).unwrap(), "0123456789");
        assert!(matches!(read_beside(&at("link"), 10), Err(FileFault::Link)));
        std::fs::write(at("binary"), [0xff, 0xfe]).unwrap();
        assert!(matches!(read(&at("binary"), 10), Err(FileFault::NotText)));
        assert!(read(&at("absent"), 10).unwrap_err().is_absent());
    }
}
