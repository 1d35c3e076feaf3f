//! What counts of a runbook: its settings, and each step with those of the runbooks that it includes. Prose does not count.
//! Pure.
//!
//! Must not leave out anything that decides what runs; more is better than less.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::record::hex;
use crate::runbook::model::{Runbook, StepKind};
use crate::runbook::settings;

/// So many files within each other.
const DEEPEST: usize = 8;

fn digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// The parts of a runbook that count, each with its name, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Canon(pub Vec<(String, String)>);

impl Canon {
    /// One digest for all parts and their order.
    pub fn hash(&self) -> String {
        let all: Vec<_> = self.0.iter().map(|(name, text)| format!("{name} {}", digest(text))).collect();
        digest(&all.join("\n"))
    }

    /// The text of a part.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, text)| text.as_str())
    }

    /// The names of the parts that are not the same in both, and `the order of its steps` where only that differs.
    pub fn differs(&self, other: &Canon) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for (name, _) in self.0.iter().chain(&other.0) {
            if self.get(name) != other.get(name) && !out.contains(name) {
                out.push(name.clone());
            }
        }
        if out.is_empty() && self != other {
            out.push("the order of its steps".to_owned());
        }
        out
    }
}

/// What counts of a runbook. `of` gives the runbooks that are included.
pub fn canon(book: &Runbook, of: &dyn Fn(&str) -> Option<Arc<Runbook>>) -> Canon {
    let mut out = Canon::default();
    add(book, "", of, 0, &mut out);
    out
}

fn add(
    book: &Runbook,
    prefix: &str,
    of: &dyn Fn(&str) -> Option<Arc<Runbook>>,
    depth: usize,
    out: &mut Canon,
) {
    out.0.push((format!("{prefix}front matter"), settings(&book.source)));
    for step in &book.steps {
        let name = format!("{prefix}step {}", step.name);
        out.0.push((name, plain(step.span.of(&book.source))));
        if let StepKind::Include(include) = &step.kind
            && depth < DEEPEST
            && let Some(other) = of(&include.runbook)
        {
            add(&other, &format!("{prefix}{}/", step.name), of, depth + 1, out);
        }
    }
}

/// The text without what no shell and no YAML reader sees: blanks at the ends of lines, and the sort of line ends.
fn plain(text: &str) -> String {
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}
