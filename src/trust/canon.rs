//! What counts of a runbook: its settings, and each step with those of the runbooks that it includes. Prose does not count
//! but where it is what is carried out: around steps by hand and decisions, and in every language in which it is shown.
//! Pure.
//!
//! Must not leave out anything that decides what runs; more is better than less. Must not compare the text of a file: what
//! counts is what the interpreter, the reader of YAML and the operator are given, byte for byte.

use std::collections::HashSet;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::record::hex;
use crate::runbook::model::{ORDER, Runbook, Step, StepKind};
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
        let all: Vec<_> = self.0.iter().map(|(name, text)| [name.clone(), digest(text)]).collect();
        digest(&serde_json::Value::from(all.iter().map(|p| p.to_vec()).collect::<Vec<_>>()).to_string())
    }

    /// The text of a part.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, text)| text.as_str())
    }

    /// The names of the parts that are not the same in both, and `the order of its steps` where that differs.
    pub fn differs(&self, other: &Canon) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for (name, _) in self.0.iter().chain(&other.0) {
            if self.get(name) != other.get(name) && !out.contains(name) {
                out.push(name.clone());
            }
        }
        if self.moved(other).is_some() || (out.is_empty() && self != other) {
            out.push(ORDER.to_owned());
        }
        out
    }

    /// The names of all parts, before and now, where those that both have do not follow one another in the same order.
    pub fn moved<'a>(&'a self, before: &'a Canon) -> Option<(Vec<&'a str>, Vec<&'a str>)> {
        let (was, is) = (before.names(), self.names());
        let kept = |all: &[&str], other: &[&str]| -> Vec<String> {
            let other: HashSet<&str> = other.iter().copied().collect();
            all.iter().filter(|name| other.contains(*name)).map(|name| (*name).to_owned()).collect()
        };
        (kept(&was, &is) != kept(&is, &was)).then_some((was, is))
    }

    fn names(&self) -> Vec<&str> {
        self.0.iter().map(|(name, _)| name.as_str()).collect()
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
    for (lang, translation) in &book.translations {
        // A value is entered for what its label says; the labels of the file itself stand in its front matter.
        let labels =
            translation.params.iter().map(|(name, label)| (format!("label of ${name}"), label.as_str()));
        let text = listed(labels);
        if !text.is_empty() {
            out.0.push((format!("{prefix}labels in {lang}"), text));
        }
    }
    for step in &book.steps {
        let name = format!("{prefix}step {}", step.name);
        out.0.push((name.clone(), step.exact()));
        add_words(book, step, &name, out);
        if let StepKind::Include(include) = &step.kind
            && depth < DEEPEST
            && let Some(other) = of(&include.runbook)
        {
            add(&other, &format!("{prefix}{}/", step.name), of, depth + 1, out);
        }
    }
}

/// The words that are carried out: those around a step by hand or a decision, and what a translation says in the place of
/// what the step itself says.
fn add_words(book: &Runbook, step: &Step, name: &str, out: &mut Canon) {
    if step.is_words() {
        let words = [("title", step.title.as_str()), ("text", step.prose.of(&book.source))];
        out.0.push((format!("words of {name}"), listed(words.map(|(k, v)| (k.to_owned(), v)))));
    }
    for (lang, translation) in &book.translations {
        let Some(text) = translation.steps.get(&step.name) else { continue };
        let around = [
            ("title", text.title.as_deref()),
            ("text", Some(text.prose.of(&translation.source)).filter(|t| !t.is_empty())),
        ];
        let within = [
            ("say", text.say.as_deref()),
            ("stop", text.stop.as_deref()),
            ("ask", text.ask.as_deref()),
            ("do", text.instruction.as_deref()),
        ];
        let around = around.into_iter().filter(|_| step.is_words());
        let words = around.chain(within).filter_map(|(key, text)| Some((key.to_owned(), text?)));
        let hints = text.hints.iter().map(|(case, hint)| (format!("hint of {case:?}"), hint.as_str()));
        let asked = text.record.iter().map(|(value, title)| (format!("title of {value:?}"), title.as_str()));
        let text = listed(words.chain(hints).chain(asked));
        if !text.is_empty() {
            out.0.push((format!("words of {name} in {lang}"), text));
        }
    }
}

/// Texts with their names, so that none can be taken for another: the lines of a text are moved in.
fn listed<'a>(words: impl IntoIterator<Item = (String, &'a str)>) -> String {
    let mut out = String::new();
    for (name, text) in words {
        out.push_str(&format!("{name}:\n"));
        text.split('\n').for_each(|line| out.push_str(&format!("  {line}\n")));
    }
    out
}

/// Digest of all words of a runbook: its file and those of its translations.
pub fn words(book: &Runbook) -> String {
    let files = book.translations.iter().map(|(lang, t)| vec![lang.clone(), t.source.to_string()]);
    let files: Vec<_> = [vec![book.source.to_string()]].into_iter().chain(files).collect();
    digest(&serde_json::Value::from(files).to_string())
}
