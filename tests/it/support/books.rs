//! The runbooks that the tests walk: the built-in ones, with some of their own.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use opsbook::corpus::{Corpus, Origin, SourceFile};
use opsbook::runbook::model::{Runbook, Trust};

pub type Books = Arc<BTreeMap<String, Arc<Runbook>>>;

fn read(own: &[(&str, &str)]) -> Books {
    let mut corpus = Corpus::built_in();
    let file = |(path, text): &(&str, &str)| SourceFile {
        path: (*path).into(),
        text: (*text).to_owned(),
        origin: Origin::BuiltIn,
    };
    corpus.add(own.iter().map(file).collect());
    corpus.check();
    Arc::new(corpus.entries().map(|e| (e.runbook.id.clone(), Arc::clone(&e.runbook))).collect())
}

const PHONES: (&str, &str) = ("team/phones.md", "# Phone list\n\nCall the one on duty.\n");

/// The built-in runbooks, and one that has no steps.
pub fn books() -> Books {
    static BOOKS: OnceLock<Books> = OnceLock::new();
    Arc::clone(BOOKS.get_or_init(|| read(&[PHONES])))
}

/// Also one with every kind of step, and one that it includes.
pub fn every_kind() -> Books {
    static BOOKS: OnceLock<Books> = OnceLock::new();
    let every = ("team/every.md", include_str!("every.md"));
    let small = ("team/small.md", include_str!("small.md"));
    let scripts = ("team/scripts.md", include_str!("scripts.md"));
    let logs = ("team/logs.md", include_str!("logs.md"));
    let labels = ("team/labels.md", include_str!("labels.md"));
    let late = ("team/late.md", include_str!("late.md"));
    Arc::clone(BOOKS.get_or_init(|| read(&[PHONES, every, small, scripts, logs, labels, late])))
}

/// The built-in runbooks with one of the user that nobody approved, or that was.
pub fn with_own(path: &str, text: &str, approved: bool) -> Books {
    with_several(&[(path, text, approved)])
}

/// The same with several: path, text, and whether it was approved.
pub fn with_several(own: &[(&str, &str, bool)]) -> Books {
    let mut corpus = Corpus::built_in();
    let origin = Origin::User("/home/op/runbooks".into());
    let file = |(path, text, _): &(&str, &str, bool)| SourceFile {
        path: (*path).into(),
        text: (*text).to_owned(),
        origin: origin.clone(),
    };
    corpus.add(own.iter().map(file).collect());
    for (path, ..) in own.iter().filter(|(_, _, approved)| *approved) {
        corpus.trust(path.trim_end_matches(".md"), Trust::Approved { reworded: false });
    }
    corpus.check();
    Arc::new(corpus.entries().map(|e| (e.runbook.id.clone(), Arc::clone(&e.runbook))).collect())
}
