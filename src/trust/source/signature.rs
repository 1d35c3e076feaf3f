//! The SSH signature of a commit: cut out of it, and checked by `ssh-keygen` against the user's list of keys and no other.
//!
//! Must not read what the folder or the user's git configuration says about signatures.

use crate::trust::keygen::Check;

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
    let check = Check { signers: &list, signer: SIGNER, namespace: NAMESPACE, signature: &signed.signature };
    check
        .run(&signed.payload)
        .map(drop)
        .map_err(|why| format!("none of its keys made the signature of the commit: {why}"))
}
