//! Looks for programs as a shell does. It runs none of them.

use std::ffi::OsStr;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// The program of this name in the folders of a `PATH`. A name with a slash is looked at as it is.
pub fn find_program(name: &str, path: Option<&OsStr>) -> Option<PathBuf> {
    if name.contains('/') {
        return Some(PathBuf::from(name)).filter(|p| runs(p));
    }
    std::env::split_paths(path?).filter(|folder| folder.is_absolute()).map(|f| f.join(name)).find(|p| runs(p))
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
        assert_eq!(find_program("sh", Some(OsStr::new("."))), None);
    }
}
