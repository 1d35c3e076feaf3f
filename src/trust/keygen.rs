//! `ssh-keygen -Y`: signatures are made and checked by OpenSSH, so that agents and hardware keys work as they do elsewhere.
//!
//! Must not start anything else, and must not check against a list that somebody else can change meanwhile: lists and
//! signatures are written into a private folder for the time of the check.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::detached::detach;
use crate::lang::t;
use crate::machine::{absolute_path, fresh_folder, program};

/// A signature that is to be checked.
pub struct Check<'a> {
    /// The list of who may sign, in the form of `allowed_signers`.
    pub signers: &'a str,
    /// Who is to have signed, as the list names them.
    pub signer: &'a str,
    pub namespace: &'a str,
    pub signature: &'a str,
}

impl Check<'_> {
    /// Whether the signer made the signature over this message; what ssh-keygen says of it, or why not.
    pub fn run(&self, message: &[u8]) -> Result<String, String> {
        let folder = Scratch::new()?;
        let signers = folder.write("signers", self.signers)?;
        let signature = folder.write("signature", self.signature)?;
        let mut command = quiet(&["-Y", "verify", "-n", self.namespace, "-I", self.signer, "-f"])?;
        command.arg(signers).arg("-s").arg(signature);
        said(&fed(&mut command, message)?)
    }
}

/// Whom the list names for the key of a signature, a line each, as it writes them.
pub fn signers_of(list: &str, signature: &str) -> Result<Vec<String>, String> {
    let folder = Scratch::new()?;
    let (signers, signature) = (folder.write("signers", list)?, folder.write("signature", signature)?);
    let mut command = quiet(&["-Y", "find-principals", "-f"])?;
    command.arg(signers).arg("-s").arg(signature);
    Ok(said(&fed(&mut command, b"")?)?.lines().map(str::to_owned).collect())
}

/// The fingerprint of a key, of which either half is in this file. It asks for no passphrase.
pub fn fingerprint(key: &Path) -> Result<String, String> {
    let mut command = quiet(&["-l", "-E", "sha256", "-f"])?;
    let said = said(&fed(command.arg(key), b"")?)?;
    let found = said.split_whitespace().find(|word| word.starts_with("SHA256:"));
    found.map(str::to_owned).ok_or_else(|| t!("trust-keygen-no-fingerprint").to_owned())
}

/// Signs a message with a key. It may ask for a passphrase or a touch at the terminal, which it keeps: the person who
/// signs started it for that.
pub fn sign(key: &Path, namespace: &str, message: &[u8]) -> Result<String, String> {
    let mut command = Command::new(program("ssh-keygen")?);
    command.args(["-Y", "sign", "-n", namespace, "-f"]).arg(key).stderr(Stdio::inherit());
    let out = fed(&mut command, message)?;
    if !out.status.success() {
        return Err(t!("trust-keygen-not-signed", key = key.display()));
    }
    Ok(String::from_utf8_lossy(&out.stdout).into_owned())
}

/// A run that sees nothing of the user's surroundings, not even the terminal, and asks for nothing.
fn quiet(args: &[&str]) -> Result<Command, String> {
    let mut command = Command::new(program("ssh-keygen")?);
    command.args(args).env_clear().stderr(Stdio::piped()).env("PATH", absolute_path());
    command.envs(std::env::vars_os().filter(|(name, _)| name == "TZ"));
    detach(&mut command).map_err(|e| t!("trust-keygen-not-started", error = e))?;
    Ok(command)
}

fn fed(command: &mut Command, input: &[u8]) -> Result<Output, String> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|e| t!("trust-keygen-not-installed", error = e))?;
    if let Some(mut stdin) = child.stdin.take() {
        // It may have ended with an error already; its end says so.
        let _ = stdin.write_all(input);
    }
    child.wait_with_output().map_err(|e| t!("trust-keygen-not-ended", error = e))
}

fn said(out: &Output) -> Result<String, String> {
    if out.status.success() {
        return Ok(String::from_utf8_lossy(&out.stdout).into_owned());
    }
    let said = crate::domain::sanitize(&String::from_utf8_lossy(&out.stderr));
    Err(said.lines().next().unwrap_or(t!("trust-keygen-no-reason")).to_owned())
}

/// A private folder that is taken away at the end.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Result<Scratch, String> {
        fresh_folder("signers").map(Scratch).map_err(|e| t!("trust-keygen-no-folder", error = e))
    }

    fn write(&self, name: &str, text: &str) -> Result<PathBuf, String> {
        let path = self.0.join(name);
        crate::session::write_private(&path, text)
            .map_err(|e| t!("trust-keygen-not-written", path = path.display(), error = e))?;
        Ok(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
