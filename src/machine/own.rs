//! Files that decide about trust, production or approvers: they are believed only when nobody but this user can have
//! written them, or put them there.
//!
//! Must not read through a link: who made the link is not who made the file. Must not take a folder that others can
//! write for one's own: what lies in it may be anybody's, and what does not may have been taken away.

use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use nix::libc::O_NOFOLLOW;
use nix::unistd::{Group, User, geteuid};
use thiserror::Error;

use super::files::{FileFault, opened, text};

/// Why such a file does not count.
#[derive(Debug, Error)]
pub enum OwnFault {
    #[error("it could not be read: {0}")]
    File(#[from] FileFault),
    #[error("others may write it (mode {0:o}): look at it, then `chmod 600` it or take it away")]
    Open(u32),
    #[error("it belongs to somebody else: take it away, and write one of your own")]
    Foreign,
    #[error(
        "others may write its folder {folder} (mode {mode:o}): look at what is in it, then `chmod 700` it"
    )]
    OpenFolder { folder: PathBuf, mode: u32 },
    #[error("its folder {0} belongs to somebody else: make one of your own")]
    ForeignFolder(PathBuf),
}

/// The text of a file of one's own, of at most `most` bytes; none where there is no such file.
pub fn read_own(path: &Path, most: u64) -> Result<Option<String>, OwnFault> {
    if path.as_os_str().is_empty() {
        // None was named at all.
        return Ok(None);
    }
    let own = geteuid().as_raw();
    // Also where the file is not there: somebody may have taken it away.
    folder_is_own(path.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new(".")))?;
    let file = match opened(path, O_NOFOLLOW) {
        Err(fault) if fault.is_absent() => return Ok(None),
        file => file?,
    };
    // Of the open file, so that what is judged is what is read.
    let meta = file.metadata().map_err(FileFault::from)?;
    let mode = meta.permissions().mode() & 0o777;
    if mode & 0o022 != 0 {
        return Err(OwnFault::Open(mode));
    }
    if meta.uid() != own {
        return Err(OwnFault::Foreign);
    }
    Ok(Some(text(file, most)?))
}

/// Whether a folder is one that only this user, or root, can put something into. One that is not there holds nothing.
fn folder_is_own(folder: &Path) -> Result<(), OwnFault> {
    let Ok(meta) = folder.metadata() else { return Ok(()) };
    if meta.uid() != geteuid().as_raw() && meta.uid() != 0 {
        return Err(OwnFault::ForeignFolder(folder.to_owned()));
    }
    let mode = meta.permissions().mode() & 0o777;
    let others = mode & 0o002 != 0 || (mode & 0o020 != 0 && !is_private(meta.gid()));
    if others { Err(OwnFault::OpenFolder { folder: folder.to_owned(), mode }) } else { Ok(()) }
}

/// Whether a group is the one of its own that many systems give each user, and make their folders writable for.
fn is_private(gid: u32) -> bool {
    let user = User::from_uid(geteuid()).ok().flatten();
    let group = Group::from_gid(gid.into()).ok().flatten();
    user.zip(group).is_some_and(|(u, g)| g.name == u.name && g.mem.iter().all(|m| *m == u.name))
}

/// Makes a folder that was not there before and that only this user can use, below the one for temporary files.
pub fn private_folder(name: &str) -> std::io::Result<PathBuf> {
    let mut last = None;
    for _ in 0..16 {
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(std::io::Error::other)?;
        let random = u128::from_ne_bytes(random);
        let path = std::env::temp_dir().join(format!("opsbook-{name}-{random:032x}"));
        match std::fs::DirBuilder::new().mode(0o700).create(&path) {
            Ok(()) => return Ok(path),
            Err(e) => last = Some(e),
        }
    }
    Err(last.unwrap_or_else(|| std::io::Error::other("no name was free")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{Permissions, set_permissions, write};

    #[test]
    fn a_file_that_others_can_write_put_there_or_take_away_is_not_ones_own() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("opsbook");
        let file = folder.join("config.toml");
        assert!(read_own(&file, 10).unwrap().is_none(), "no folder, no file");
        std::fs::create_dir(&folder).unwrap();
        write(&file, "a").unwrap();
        let mode = |path: &Path, mode| set_permissions(path, Permissions::from_mode(mode)).unwrap();
        mode(&folder, 0o755);
        mode(&file, 0o644);
        assert_eq!(read_own(&file, 10).unwrap().as_deref(), Some("a"));
        for open in [0o646, 0o664, 0o666] {
            mode(&file, open);
            assert!(matches!(read_own(&file, 10), Err(OwnFault::Open(m)) if m == open));
        }
        mode(&file, 0o600);
        for open in [0o777, 0o1777] {
            mode(&folder, open);
            assert!(matches!(read_own(&file, 10), Err(OwnFault::OpenFolder { .. })), "{open:o}");
            let absent = folder.join("absent");
            assert!(matches!(read_own(&absent, 10), Err(OwnFault::OpenFolder { .. })), "{open:o}");
        }
        mode(&folder, 0o700);
        let link = folder.join("link");
        std::os::unix::fs::symlink(&file, &link).unwrap();
        assert!(matches!(read_own(&link, 10), Err(OwnFault::File(FileFault::Link))));
    }

    #[test]
    fn a_file_or_folder_of_somebody_else_is_not_ones_own() {
        // Only root can give a file away.
        if !geteuid().is_root() {
            return;
        }
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("sources.toml");
        write(&file, "a").unwrap();
        std::os::unix::fs::chown(&file, Some(65534), None).unwrap();
        assert!(matches!(read_own(&file, 10), Err(OwnFault::Foreign)));
        std::os::unix::fs::chown(&file, Some(0), None).unwrap();
        std::os::unix::fs::chown(home.path(), Some(65534), None).unwrap();
        assert!(matches!(read_own(&file, 10), Err(OwnFault::ForeignFolder(_))));
    }

    #[test]
    fn a_private_folder_is_new_each_time_and_nobody_elses() {
        let (one, two) = (private_folder("test").unwrap(), private_folder("test").unwrap());
        assert_ne!(one, two);
        assert_eq!(one.metadata().unwrap().permissions().mode() & 0o777, 0o700);
        for folder in [one, two] {
            std::fs::remove_dir(folder).unwrap();
        }
    }
}
