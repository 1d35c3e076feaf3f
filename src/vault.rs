//! The secrets of this run of the program, shared by those who learn them and those who filter. It must not hand a
//! secret out, print one, or write one down.

use std::io::{self, Write};
use std::sync::{Arc, PoisonError, RwLock};

use crate::redact::{Added, Redactor, Secrets, secrets_of};

/// A handle to the set; clones share it.
#[derive(Clone, Debug, Default)]
pub struct Vault(Arc<RwLock<Arc<Secrets>>>);

impl Vault {
    /// Registers a value. One that is shorter than [`crate::redact::LEAST`] is not.
    pub fn register(&self, secret: impl AsRef<[u8]>) -> Added {
        // A panic while registering leaves a set that is smaller, but whole.
        let mut set = self.0.write().unwrap_or_else(PoisonError::into_inner);
        Arc::make_mut(&mut set).add(secret.as_ref())
    }

    /// Registers what is secret of an object that the server answered.
    pub fn learn(&self, object: &serde_json::Value) {
        for secret in secrets_of(object) {
            self.register(secret);
        }
    }

    /// The set as it is now.
    pub fn secrets(&self) -> Arc<Secrets> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The text without secrets.
    pub fn text(&self, text: &str) -> String {
        self.secrets().text(text).into_owned()
    }

    /// A filter for a stream, with what is known now.
    pub fn redactor(&self) -> Redactor {
        Redactor::new(self.secrets())
    }
}

/// A writer that filters. Each write is taken for a whole, as a log's lines are.
#[derive(Debug)]
pub struct Filtered<W> {
    inner: W,
    vault: Vault,
}

impl<W: Write> Filtered<W> {
    pub fn new(inner: W, vault: Vault) -> Filtered<W> {
        Filtered { inner, vault }
    }

    /// What was written to, with what was written.
    pub fn into_inner(self) -> W {
        self.inner
    }
}

impl<W: Write> Write for Filtered<W> {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.inner.write_all(&self.vault.secrets().bytes(text))?;
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_share_what_they_learn_and_a_writer_filters() {
        let vault = Vault::default();
        let mut log = Filtered::new(Vec::new(), vault.clone());
        vault.clone().register("hunter2");
        log.write_all(b"said hunter2\n").unwrap();
        assert_eq!(log.inner, b"said ***\n");
        assert!(!format!("{vault:?}").contains("hunter2"));
    }
}
