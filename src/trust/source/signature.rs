//! The SSH signature of a commit: cut out of it, and checked by `ssh-keygen` against the user's list of keys and no other.
//!
//! Must not read what the folder or the user's git configuration says about signatures.

use std::io::Write;
use std::process::{Command, Stdio};

/// The name under which all keys of a source stand in the list of allowed signers.
const SIGNER: &str = "source";
/// What git signs commits as.
const NAMESPACE: &str = "git";

/// A commit apart: what was signed, by what, and the tree that it names.
#[derive(Debug, PartialEq, Eq)]
pub struct Signed {
    pub payload: Vec<u8>,
    pub signature: String,
    pub tree: String,
}

/// Takes a commit apart. The signature is a header of several lines; what was signed is the commit without it.
pub fn signed(commit: &[u8]) -> Result<Signed, String> {
    let text = std::str::from_utf8(commit).map_err(|_| "the commit is no text".to_owned())?;
    let (head, message) = text.split_once("\n\n").ok_or("the commit has no message")?;
    let (mut payload, mut signature, mut tree, mut within) = (String::new(), String::new(), None, false);
    for line in head.lines() {
        if let Some(first) = line.strip_prefix("gpgsig ") {
            if !signature.is_empty() {
                return Err("the commit has more than one signature".to_owned());
            }
            within = true;
            signature.push_str(&format!("{first}\n"));
        } else if let Some(next) = line.strip_prefix(' ').filter(|_| within) {
            signature.push_str(&format!("{next}\n"));
        } else {
            within = false;
            if let Some(hash) = line.strip_prefix("tree ") {
                tree.get_or_insert_with(|| hash.to_owned());
            }
            payload.push_str(&format!("{line}\n"));
        }
    }
    if !signature.starts_with("-----BEGIN SSH SIGNATURE-----") {
        let what = if signature.is_empty() { "is not signed" } else { "is not signed with an SSH key" };
        return Err(format!("the commit {what}: sign it with `git commit -S` and gpg.format=ssh"));
    }
    payload.push_str(&format!("\n{message}"));
    let tree = tree.ok_or("the commit names no tree")?;
    Ok(Signed { payload: payload.into_bytes(), signature, tree })
}

/// Whether one of these keys made the signature.
pub fn verify(signed: &Signed, keys: &[String]) -> Result<(), String> {
    let mut list = String::new();
    for key in keys {
        // A key is two words; anything before them would be an option of the list.
        let mut words = key.split_whitespace();
        let (Some(kind), Some(data)) = (words.next(), words.next()) else {
            return Err(format!("`{key}` is no public key: write `ssh-ed25519 AAAA…`"));
        };
        if !kind.starts_with("ssh-") && !kind.starts_with("ecdsa-") && !kind.starts_with("sk-") {
            return Err(format!("`{kind}` is no kind of SSH key"));
        }
        list.push_str(&format!("{SIGNER} namespaces=\"{NAMESPACE}\" {kind} {data}\n"));
    }
    let folder = Scratch::new()?;
    let (signers, signature) =
        (folder.write("signers", &list)?, folder.write("signature", &signed.signature)?);
    let mut child = Command::new("ssh-keygen")
        .args(["-Y", "verify", "-n", NAMESPACE, "-I", SIGNER, "-f"])
        .arg(signers)
        .arg("-s")
        .arg(signature)
        .env_clear()
        .envs(std::env::vars_os().filter(|(name, _)| name == "PATH"))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| format!("ssh-keygen could not be started: {e}; install OpenSSH"))?;
    if let Some(mut stdin) = child.stdin.take() {
        // It may have ended with an error already; its end says so.
        let _ = stdin.write_all(&signed.payload);
    }
    let out = child.wait_with_output().map_err(|e| format!("ssh-keygen did not end: {e}"))?;
    if out.status.success() {
        return Ok(());
    }
    let said = crate::domain::sanitize(&String::from_utf8_lossy(&out.stderr));
    let said = said.lines().next().unwrap_or_default().to_owned();
    Err(format!("none of its keys made the signature of the commit: {said}"))
}

/// A private folder that is taken away at the end.
struct Scratch(std::path::PathBuf);

impl Scratch {
    fn new() -> Result<Scratch, String> {
        use std::os::unix::fs::DirBuilderExt;
        for n in 0..100 {
            let path = std::env::temp_dir().join(format!("opsbook-signers-{}-{n}", std::process::id()));
            match std::fs::DirBuilder::new().mode(0o700).create(&path) {
                Ok(()) => return Ok(Scratch(path)),
                Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(e) => return Err(format!("{} could not be made: {e}", path.display())),
            }
        }
        Err("no folder could be made for the check of the signature".to_owned())
    }

    fn write(&self, name: &str, text: &str) -> Result<std::path::PathBuf, String> {
        let path = self.0.join(name);
        crate::session::write_private(&path, text)
            .map_err(|e| format!("{} could not be written: {e}", path.display()))?;
        Ok(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
