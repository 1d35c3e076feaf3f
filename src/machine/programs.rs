//! Where programs are: in the absolute folders of a `PATH`, and nowhere else. A relative one means another folder in each
//! place, so that a file that lies about could be started.
//!
//! Must not start anything.

use std::ffi::{OsStr, OsString};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::lang::t;

/// The program of this name in the absolute folders of a `PATH`. A name with a slash must be a whole path.
pub fn find_program(name: &str, path: Option<&OsStr>) -> Option<PathBuf> {
    if name.contains('/') {
        return Some(PathBuf::from(name)).filter(|p| p.is_absolute() && runs(p));
    }
    std::env::split_paths(path?).filter(|folder| folder.is_absolute()).map(|f| f.join(name)).find(|p| runs(p))
}

/// A program that opsbook itself starts, of the `PATH` that opsbook was started with.
pub fn program(name: &str) -> Result<PathBuf, String> {
    find_program(name, std::env::var_os("PATH").as_deref())
        .ok_or_else(|| t!("machine-programs-missing", name = name))
}

/// The absolute folders of the `PATH` that opsbook was started with, for what a program starts in its turn.
pub fn absolute_path() -> OsString {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(std::env::split_paths(&path).filter(|f| f.is_absolute())).unwrap_or_default()
}

fn runs(path: &Path) -> bool {
    path.metadata().is_ok_and(|m| m.is_file() && m.permissions().mode() & 0o111 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_found_in_absolute_folders_only() {
        let path = OsStr::new(".:/usr/bin:/bin");
        assert!(find_program("sh", Some(path)).is_some_and(|p| p.is_absolute()));
        assert_eq!(find_program("no-such-program-here", Some(path)), None);
        assert_eq!(find_program("sh", None), None);
        for relative in [".", "", ":", "bin:"] {
            assert_eq!(find_program("sh", Some(OsStr::new(relative))), None, "{relative}");
        }
        assert_eq!(find_program("./sh", Some(path)), None);
        assert!(find_program("/bin/sh", None).is_some());
    }
}
