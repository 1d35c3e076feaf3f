//! Files that decide about trust: they count only when nobody but this user can have written them.
//!
//! Must not read through a link: who made the link is not who made the file.

use std::io::Read;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

/// Why such a file does not count.
#[derive(Debug, PartialEq, Eq)]
pub enum Fault {
    Io(String),
    /// Others can write it; its mode.
    Open(u32),
    /// It belongs to somebody else.
    Foreign,
}

/// The text of the file; none where there is no such file.
pub fn read(path: &Path) -> Result<Option<String>, Fault> {
    let io = |e: std::io::Error| Fault::Io(e.to_string());
    let options = std::fs::OpenOptions::new().read(true).custom_flags(nix::libc::O_NOFOLLOW).open(path);
    let mut file = match options {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        file => file.map_err(io)?,
    };
    // Of the open file, so that what is judged is what is read.
    let meta = file.metadata().map_err(io)?;
    let mode = meta.permissions().mode() & 0o777;
    if mode & 0o022 != 0 {
        return Err(Fault::Open(mode));
    }
    if meta.uid() != nix::unistd::geteuid().as_raw() {
        return Err(Fault::Foreign);
    }
    let mut text = String::new();
    file.read_to_string(&mut text).map_err(io)?;
    Ok(Some(text))
}
