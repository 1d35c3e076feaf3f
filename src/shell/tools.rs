//! Asks a program for its version.
//!
//! Must not run a command that a file names: the arguments come from the table of `runbook::tools`.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::process::Command;

/// How long a program has to say its version.
const PATIENCE: Duration = Duration::from_secs(3);
/// So much of what it writes is read, in bytes.
const MOST: u64 = 16 * 1024;

/// What a program writes when it is asked for its version, with nothing in its environment but `PATH` and `HOME`. None
/// where it cannot be started, or does not come to its end in time.
pub async fn say_version(
    program: &Path,
    arguments: &[&str],
    path: Option<&OsStr>,
    home: Option<&OsStr>,
) -> Option<String> {
    let mut command = Command::new(program);
    command.args(arguments).env_clear().current_dir("/").kill_on_drop(true);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    command
        .envs([("PATH", path), ("HOME", home)].into_iter().filter_map(|(name, value)| Some((name, value?))));
    crate::detached::detach(command.as_std_mut()).ok()?;
    let mut child = command.spawn().ok()?;
    let _rest = crate::detached::Session::of(child.id()?)?;
    let mut bytes = Vec::new();
    let mut output = child.stdout.take()?.take(MOST);
    tokio::time::timeout(PATIENCE, output.read_to_end(&mut bytes)).await.ok()?.ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;
    use std::path::PathBuf;

    fn script(folder: &Path, body: &str) -> PathBuf {
        let file = folder.join("kubectl");
        std::fs::write(&file, format!("#!/bin/sh\n{body}\n")).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o700)).unwrap();
        file
    }

    #[tokio::test]
    async fn a_version_is_asked_for_with_an_empty_environment_and_a_bound_on_what_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let ask = async |body: &str| {
            let program = script(folder.path(), body);
            say_version(&program, &["version"], Some(OsStr::new("/usr/bin:/bin")), Some(OsStr::new("/h")))
                .await
        };
        let said = ask("echo \"$1 v1.27.3\"; env").await.unwrap();
        assert!(said.starts_with("version v1.27.3\n"), "{said}");
        let shells = ["PWD", "SHLVL", "_", "OLDPWD"];
        let names = said.lines().skip(1).filter_map(|l| Some(l.split_once('=')?.0));
        let names: Vec<_> = names.filter(|n| !shells.contains(n)).collect();
        assert!(names.iter().all(|n| ["PATH", "HOME"].contains(n)) && names.len() == 2, "{names:?}");
        let long = ask("yes 1.2.3 | head -c 1000000").await.unwrap();
        assert_eq!(long.len() as u64, MOST);
    }
}
