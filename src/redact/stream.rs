//! A filter for what comes in chunks: a secret that is cut by the border of two chunks is found all the same.

use std::sync::Arc;

use super::{MASK, Secrets};

/// Filters a stream. It holds back only what may be the beginning of a secret, and what it gives out does not depend on how the
/// stream was cut. What is held back comes with [`Redactor::finish`].
#[derive(Debug, Default)]
pub struct Redactor {
    secrets: Arc<Secrets>,
    held: Vec<u8>,
    /// Bytes at the beginning of `held` that belong to a secret whose mask is out.
    covered: usize,
    /// A mask was the last that came out: what touches it is covered by it.
    masked: bool,
}

impl Redactor {
    pub fn new(secrets: Arc<Secrets>) -> Redactor {
        Redactor { secrets, ..Redactor::default() }
    }

    /// Goes on with another set: what was learned meanwhile counts from what is held back on.
    pub fn learn(&mut self, secrets: Arc<Secrets>) {
        self.secrets = secrets;
    }

    /// Takes a chunk, and returns what can be given out.
    pub fn push(&mut self, chunk: &[u8]) -> Vec<u8> {
        self.held.extend_from_slice(chunk);
        // Of a place nothing can be said while what is there may be the beginning of a pattern.
        let fits = (self.held.len() + 1).saturating_sub(self.secrets.longest().max(1));
        let open = (fits..self.held.len()).find(|at| self.secrets.may_begin(&self.held[*at..]));
        self.give(open.unwrap_or(self.held.len()))
    }

    /// Ends the stream, and returns the rest.
    pub fn finish(&mut self) -> Vec<u8> {
        let out = self.give(self.held.len());
        (self.covered, self.masked) = (0, false);
        out
    }

    fn give(&mut self, decided: usize) -> Vec<u8> {
        let mut out = Vec::with_capacity(decided);
        let mut covered = self.covered;
        for at in 0..decided {
            if let Some(length) = self.secrets.at(&self.held, at) {
                if at >= covered && !self.masked {
                    out.extend_from_slice(MASK.as_bytes());
                    self.masked = true;
                }
                covered = covered.max(at + length);
            }
            if at >= covered {
                out.push(self.held[at]);
                self.masked = false;
            }
        }
        self.held.drain(..decided);
        self.covered = covered.saturating_sub(decided);
        out
    }
}
