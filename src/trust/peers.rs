//! The second person: who may be one, and whether an answer is theirs. Who may agree stands in a list of the user in
//! OpenSSH's form of `allowed_signers`; the signature is checked by `ssh-keygen`.
//!
//! Must not take the operator for a second person, under whatever name a key of theirs is listed.

use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::keygen::{self, Check};
use crate::domain::Timestamp;
use crate::lang::t;
use crate::machine::{OwnFault, read_own};
use crate::op::{Agreement, PEER_NAMESPACE, PeerAnswer, PeerError, PeerRequest};

/// Largest list that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// Who may agree, and who asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Approvers {
    /// The list.
    pub list: PathBuf,
    /// The operator, as the list names them.
    pub me: String,
    /// The operator's own key, as the configuration names it.
    pub key: Option<PathBuf>,
    /// Keys that `opsbook approve` would take where none is named: they are the operator's too.
    pub usual: Vec<PathBuf>,
}

/// Why an answer does not count.
#[derive(Debug, Error)]
pub enum PeerFault {
    #[error(transparent)]
    Line(#[from] PeerError),
    #[error("{}", t!("trust-peers-no-list", path = _0.display()))]
    NoList(PathBuf),
    #[error("{}", t!("trust-peers-not-own", path = path.display(), why = why))]
    NotOwn { path: PathBuf, why: OwnFault },
    #[error("{}", t!("trust-peers-other-key", path = path.display(), why = why))]
    NotListed { path: PathBuf, why: String },
    #[error("{}", t!("trust-peers-own-key", name = _0))]
    Own(String),
    #[error("{}", t!("trust-peers-not-named", path = path.display(), me = me))]
    NotYou { path: PathBuf, me: String },
    #[error("{}", t!("trust-peers-key-unread", path = path.display(), why = why))]
    OwnKey { path: PathBuf, why: String },
    #[error("{}", t!("trust-peers-pattern", name = _0))]
    Pattern(String),
    #[error("{}", t!("trust-peers-not-whole", why = _0))]
    Bad(String),
}

impl Approvers {
    fn list(&self) -> Result<String, PeerFault> {
        let path = || self.list.clone();
        match read_own(&self.list, LARGEST) {
            Ok(Some(text)) => Ok(text),
            Ok(None) => Err(PeerFault::NoList(path())),
            Err(why) => Err(PeerFault::NotOwn { path: path(), why }),
        }
    }

    /// Fingerprints of the keys that the operator has, whatever the list says of them.
    fn own_keys(&self) -> Result<Vec<String>, PeerFault> {
        let mut out = Vec::new();
        if let Some(key) = &self.key {
            let error = |why| PeerFault::OwnKey { path: key.clone(), why };
            out.push(keygen::fingerprint(key).map_err(error)?);
            out.extend(keygen::fingerprint(&public(key)).ok());
        }
        // Of those one may be broken, or not be there at all.
        for key in &self.usual {
            out.extend([key.clone(), public(key)].iter().filter_map(|k| keygen::fingerprint(k).ok()));
        }
        Ok(out)
    }

    /// Checks an answer to this request: the right plan, in time, by a listed person who is not the operator.
    pub fn check(&self, request: &str, answer: &str, now: Timestamp) -> Result<Agreement, PeerFault> {
        let (request, hash) = PeerRequest::read(request)?;
        let answer = PeerAnswer::read(answer)?;
        answer.fits(&request, &hash, now)?;
        let list = self.list()?;
        let not_listed = |why| PeerFault::NotListed { path: self.list.clone(), why };
        let found = keygen::signers_of(&list, &answer.signature).map_err(not_listed)?;
        // One line of the list may name several.
        let names: Vec<&str> = found.iter().flat_map(|line| line.split(',')).map(str::trim).collect();
        if let Some(pattern) = names.iter().find(|n| n.contains(['*', '?', '!'])) {
            return Err(PeerFault::Pattern((*pattern).to_owned()));
        }
        let by = names.first().filter(|n| !n.is_empty()).ok_or_else(|| not_listed("nobody".to_owned()))?;
        let check =
            Check { signers: &list, signer: by, namespace: PEER_NAMESPACE, signature: &answer.signature };
        let said = check.run(answer.message().as_bytes()).map_err(PeerFault::Bad)?;
        let key = said.split_whitespace().find(|word| word.starts_with("SHA256:")).unwrap_or_default();
        let mut own = listed_keys(&list, &self.me).peekable();
        // Who is not in the list under the name that they say cannot be told from those who are.
        if own.peek().is_none() {
            return Err(PeerFault::NotYou { path: self.list.clone(), me: self.me.clone() });
        }
        // OpenSSH names the first that the list has for a key; one's own key is one's own in every line.
        if names.iter().any(|n| n.eq_ignore_ascii_case(&self.me))
            || own.any(|k| k == key)
            || self.own_keys()?.iter().any(|k| k == key)
        {
            return Err(PeerFault::Own(self.me.clone()));
        }
        Ok(Agreement {
            request: request.id,
            digest: answer.digest,
            by: crate::domain::sanitize(by),
            key: key.to_owned(),
            at: answer.at,
            until: request.until,
        })
    }
}

/// Fingerprints of the keys that the list has for a name, whatever else stands in their lines.
fn listed_keys<'a>(list: &'a str, me: &'a str) -> impl Iterator<Item = String> + 'a {
    let own = move |line: &&str| {
        let names = line.split_whitespace().next().unwrap_or_default().trim_matches('"');
        names.split(',').any(|n| n.eq_ignore_ascii_case(me))
    };
    let blobs = list.lines().filter(own).flat_map(str::split_whitespace);
    let bytes = blobs.filter_map(|word| STANDARD.decode(word).ok()).filter(|b| b.len() > 16);
    bytes.map(|b| format!("SHA256:{}", STANDARD_NO_PAD.encode(Sha256::digest(&b))))
}

/// Where the public half of a key usually is.
fn public(key: &Path) -> PathBuf {
    let mut name = key.as_os_str().to_owned();
    name.push(".pub");
    name.into()
}

/// Signs an answer with a key of the second person.
pub fn sign(mut answer: PeerAnswer, key: &Path) -> Result<PeerAnswer, String> {
    answer.signature = keygen::sign(key, PEER_NAMESPACE, answer.message().as_bytes())?;
    Ok(answer)
}
