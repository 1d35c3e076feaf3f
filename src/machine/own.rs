//! Files that decide about trust, production or approvers: they are believed only when nobody but this user can have
//! written them, or put them there.
//!
//! Must not read through a link: who made the link is not who made the file. Must not take a folder that others can
//! write for one's own, nor one that lies in such a folder: what is there may be anybody's, and what is not may have been
//! taken away. Must not ask who is in a group: with an access list the rights of the group are those of all whom it names.

use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Component, Path, PathBuf};

use nix::libc::O_NOFOLLOW;
use nix::unistd::geteuid;
use thiserror::Error;

use super::files::{FileFault, opened, text};
use crate::lang::t;

/// Why such a file does not count.
#[derive(Debug, Error)]
pub enum OwnFault {
    #[error("{}", t!("machine-own-unread", why = _0))]
    File(#[from] FileFault),
    #[error("{}", t!("machine-own-open", mode = format!("{_0:o}")))]
    Open(u32),
    #[error("{}", t!("machine-own-foreign"))]
    Foreign,
    #[error("{}", t!("machine-own-open-folder", folder = folder.display(), mode = format!("{mode:o}")))]
    OpenFolder { folder: PathBuf, mode: u32 },
    #[error("{}", t!("machine-own-foreign-folder", folder = _0.display()))]
    ForeignFolder(PathBuf),
    #[error("{}", t!("machine-own-too-many-links", most = MOST_LINKS))]
    Links,
}

/// As many links as the system itself follows.
const MOST_LINKS: usize = 40;

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

/// Whether a folder is one that only this user, or root, can put something into or put another one in the place of: each
/// folder and each link on the way to it is judged as the system goes it. One that is not there holds nothing, but the way
/// to it is judged all the same: somebody may have taken it away.
fn folder_is_own(folder: &Path) -> Result<(), OwnFault> {
    let folder = std::path::absolute(folder).map_err(FileFault::from)?;
    let mut left = parts(&folder);
    let mut at = PathBuf::from("/");
    let mut links = 0;
    judge(&at, left.is_empty())?;
    while let Some(part) = left.pop() {
        if part == ".." {
            at.pop();
            continue;
        }
        let next = at.join(part);
        match next.symlink_metadata() {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(e) => return Err(FileFault::from(e).into()),
            Ok(meta) if meta.is_symlink() => {
                belongs(&next, &meta)?;
                links += 1;
                if links > MOST_LINKS {
                    return Err(OwnFault::Links);
                }
                let target = next.read_link().map_err(FileFault::from)?;
                if target.is_absolute() {
                    at = PathBuf::from("/");
                }
                left.extend(parts(&target));
            }
            Ok(_) => {
                judge(&next, left.is_empty())?;
                at = next;
            }
        }
    }
    // A link that leads back up ends in a folder that was passed on the way.
    judge(&at, true)
}

/// The parts of a path, the first one last.
fn parts(path: &Path) -> Vec<std::ffi::OsString> {
    let named = |c: &Component<'_>| matches!(c, Component::Normal(_) | Component::ParentDir);
    path.components().rev().filter(named).map(|c| c.as_os_str().to_owned()).collect()
}

/// Whether a folder on the way may be passed; in the last one nobody else may put anything. In a sticky folder, as the
/// one for temporary files is, others cannot take away or replace what is not theirs.
fn judge(folder: &Path, last: bool) -> Result<(), OwnFault> {
    let meta = folder.symlink_metadata().map_err(FileFault::from)?;
    belongs(folder, &meta)?;
    let mode = meta.permissions().mode() & 0o7777;
    let sticky = mode & 0o1000 != 0 && !last;
    if mode & 0o022 != 0 && !sticky {
        return Err(OwnFault::OpenFolder { folder: folder.to_owned(), mode });
    }
    Ok(())
}

fn belongs(path: &Path, meta: &std::fs::Metadata) -> Result<(), OwnFault> {
    let own = meta.uid() == geteuid().as_raw() || meta.uid() == 0;
    if own { Ok(()) } else { Err(OwnFault::ForeignFolder(path.to_owned())) }
}

/// Makes a folder that was not there before and that only this user can use, below the one for temporary files.
pub fn fresh_folder(name: &str) -> std::io::Result<PathBuf> {
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
    Err(last.unwrap_or_else(|| std::io::Error::other(t!("machine-own-no-free-name"))))
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
        for open in [0o770, 0o775, 0o1770] {
            mode(&folder, open);
            let said = read_own(&file, 10);
            assert!(matches!(said, Err(OwnFault::OpenFolder { .. })), "its own group, {open:o}: {said:?}");
        }
        mode(&folder, 0o700);
        let link = folder.join("link");
        std::os::unix::fs::symlink(&file, &link).unwrap();
        assert!(matches!(read_own(&link, 10), Err(OwnFault::File(FileFault::Link))));
    }

    #[test]
    fn a_folder_that_an_access_list_opens_is_not_ones_own() {
        let home = tempfile::tempdir().unwrap();
        set_permissions(home.path(), Permissions::from_mode(0o700)).unwrap();
        let file = home.path().join("config.toml");
        write(&file, "a").unwrap();
        set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
        let given = |rights: &str, to: &Path| {
            let mut tool = std::process::Command::new("setfacl");
            tool.args(["-m", rights]).arg(to).status().is_ok_and(|s| s.success())
        };
        if !given("user:nobody:rwx", home.path()) {
            // Without the tool, or on a file system without access lists, what one shows is what is judged: the mode.
            set_permissions(home.path(), Permissions::from_mode(0o770)).unwrap();
        }
        let said = read_own(&file, 10).unwrap_err();
        assert!(matches!(said, OwnFault::OpenFolder { .. }), "{said}");
        assert!(said.to_string().contains("`chmod go-w` it"), "{said}");
        set_permissions(home.path(), Permissions::from_mode(0o750)).unwrap();
        assert_eq!(read_own(&file, 10).unwrap().as_deref(), Some("a"), "what it says to do mends it");
        if !given("user:nobody:rw", &file) {
            set_permissions(&file, Permissions::from_mode(0o660)).unwrap();
        }
        assert!(matches!(read_own(&file, 10), Err(OwnFault::Open(_))));
    }

    #[test]
    fn nobody_else_can_replace_a_folder_on_the_way_to_ones_own_files() {
        let home = tempfile::tempdir().unwrap();
        let mode = |path: &Path, mode| set_permissions(path, Permissions::from_mode(mode)).unwrap();
        let (config, data) = (home.path().join(".config"), home.path().join("data"));
        let folder = config.join("opsbook");
        for made in [&folder, &data.join("opsbook")] {
            std::fs::create_dir_all(made).unwrap();
            write(made.join("config.toml"), "a").unwrap();
            mode(&made.join("config.toml"), 0o600);
        }
        for made in [&config, &folder, &data, &data.join("opsbook")] {
            mode(made, 0o700);
        }
        let file = folder.join("config.toml");
        let open = |said: Result<Option<String>, OwnFault>| matches!(said, Err(OwnFault::OpenFolder { .. }));
        assert!(read_own(&file, 10).unwrap().is_some());
        for wide in [0o777, 0o770, 0o775] {
            mode(&config, wide);
            assert!(open(read_own(&file, 10)), "{wide:o}");
            assert!(open(read_own(&config.join("gone/config.toml"), 10)), "it was taken away, {wide:o}");
        }
        // In a sticky folder only what is one's own is passed, and it cannot be taken away.
        mode(&config, 0o1777);
        assert!(read_own(&file, 10).unwrap().is_some());
        mode(&config, 0o700);
        // Homes that are links: the link and the folders on both ways are judged.
        let (through, up) = (home.path().join("link"), data.join("up"));
        std::os::unix::fs::symlink(&data, &through).unwrap();
        std::os::unix::fs::symlink("../.config/./../data", &up).unwrap();
        for at in [&through, &up, &through.join("up/up")] {
            let file = at.join("opsbook/config.toml");
            assert!(read_own(&file, 10).unwrap().is_some(), "{}", file.display());
            mode(&data, 0o777);
            assert!(open(read_own(&file, 10)), "{}", file.display());
            mode(&data, 0o700);
        }
        let (wide, made) = (home.path().join("wide"), home.path().join("wide/link"));
        std::fs::create_dir(&wide).unwrap();
        std::os::unix::fs::symlink(&data, &made).unwrap();
        mode(&wide, 0o777);
        assert!(open(read_own(&made.join("opsbook/config.toml"), 10)), "others may replace the link");
        let round = home.path().join("round");
        std::os::unix::fs::symlink("round", &round).unwrap();
        assert!(matches!(read_own(&round.join("config.toml"), 10), Err(OwnFault::Links)));
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
        let (one, two) = (fresh_folder("test").unwrap(), fresh_folder("test").unwrap());
        assert_ne!(one, two);
        assert_eq!(one.metadata().unwrap().permissions().mode() & 0o777, 0o700);
        for folder in [one, two] {
            std::fs::remove_dir(folder).unwrap();
        }
    }
}
