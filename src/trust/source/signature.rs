//! The SSH signature of a commit: cut out of it, and checked by `ssh-keygen` against the user's list of keys and no other.
//!
//! Must not read what the folder or the user's git configuration says about signatures.

use crate::lang::t;
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
    let text = std::str::from_utf8(commit).map_err(|_| t!("trust-signature-no-text").to_owned())?;
    let (head, message) = text.split_once("\n\n").ok_or(t!("trust-signature-no-message"))?;
    let (mut payload, mut signature, mut tree, mut within) = (String::new(), String::new(), None, false);
    for line in head.lines() {
        if let Some(first) = line.strip_prefix("gpgsig ") {
            if !signature.is_empty() {
                return Err(t!("trust-signature-several").to_owned());
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
        let what =
            if signature.is_empty() { t!("trust-signature-none") } else { t!("trust-signature-no-ssh") };
        return Err(what.to_owned());
    }
    payload.push_str(&format!("\n{message}"));
    let tree = tree.ok_or(t!("trust-signature-no-tree"))?;
    Ok(Signed { payload: payload.into_bytes(), signature, tree })
}

/// Whether one of these keys made the signature.
pub fn verify(signed: &Signed, keys: &[String]) -> Result<(), String> {
    let mut list = String::new();
    for key in keys {
        // A key is two words; anything before them would be an option of the list.
        let mut words = key.split_whitespace();
        let (Some(kind), Some(data)) = (words.next(), words.next()) else {
            return Err(t!("trust-signature-no-key", key = key));
        };
        if !kind.starts_with("ssh-") && !kind.starts_with("ecdsa-") && !kind.starts_with("sk-") {
            return Err(t!("trust-signature-no-kind", kind = kind));
        }
        list.push_str(&format!("{SIGNER} namespaces=\"{NAMESPACE}\" {kind} {data}\n"));
    }
    let check = Check { signers: &list, signer: SIGNER, namespace: NAMESPACE, signature: &signed.signature };
    check.run(&signed.payload).map(drop).map_err(|why| t!("trust-signature-other-key", why = why))
}
