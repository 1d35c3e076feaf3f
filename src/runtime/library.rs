//! Reads the runbooks and builds their index in the background, then answers searches: the newest question wins. It
//! only reads, and says what is wrong with the user's own runbooks instead of stopping at it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::{mpsc, watch};
use tokio::task::spawn_blocking;

use crate::app::{Found, Hit, HitKind, Msg, Reading};
use crate::corpus::Corpus;
use crate::lang;
use crate::lang::{clauses, list, t};
use crate::live::Tone;
use crate::search::{Index, QueryOptions, Read, Understood};

/// Results that a search shows.
const HITS: usize = 50;

/// What is searched for.
#[derive(Clone)]
pub(super) struct Question {
    pub generation: u64,
    pub text: String,
    /// Runbooks that findings point to.
    pub boost: Vec<String>,
}

/// Where runbooks come from and where answers go.
pub(super) struct Library {
    /// Folders of the user's own runbooks.
    pub folders: Vec<PathBuf>,
    /// Who vouches for them.
    pub trust: crate::trust::Places,
    /// Where their index is kept.
    pub cache: PathBuf,
    pub out: mpsc::Sender<Msg>,
}

impl Library {
    /// Serves until nobody asks or listens any more.
    pub async fn serve(self, mut asked: watch::Receiver<Option<Question>>) {
        let Some(corpus) = self.read().await else { return };
        let Some(index) = self.index(corpus).await else { return };
        loop {
            let question = asked.borrow_and_update().clone();
            if let Some(question) = question {
                let generation = question.generation;
                let found = self.answer(&index, question).await;
                if self.out.send(Msg::Found { generation, found }).await.is_err() {
                    return;
                }
            }
            if asked.changed().await.is_err() {
                return;
            }
        }
    }

    async fn say(&self, tone: Tone, words: String) {
        let _ = self.out.send(Msg::Said(tone, words)).await;
    }

    /// Reads and checks all runbooks, and hands them to the core.
    async fn read(&self) -> Option<Corpus> {
        let (folders, trust) = (self.folders.clone(), self.trust.clone());
        let read = spawn_blocking(move || {
            let mut loaded = crate::trust::load(&folders, &trust);
            let problems = loaded.corpus.check();
            (loaded.corpus, problems, loaded.wrong)
        });
        let (corpus, problems, wrong) = read.await.ok()?;
        let books: BTreeMap<_, _> =
            corpus.entries().map(|e| (e.runbook.id.clone(), Arc::clone(&e.runbook))).collect();
        let _ = self.out.send(Msg::Books(Arc::new(books))).await;
        let errors = problems.iter().filter(|p| p.is_error()).count();
        if errors > 0 {
            let words = t!("runtime-library-errors", errors = errors);
            self.say(Tone::Warn, words).await;
        }
        let replaced: Vec<_> =
            corpus.entries().filter(|e| e.replaces_built_in).map(|e| e.runbook.id.clone()).collect();
        if !replaced.is_empty() {
            let words = t!("runtime-library-replaced", runbooks = list(replaced));
            self.say(Tone::Warn, words).await;
        }
        if !wrong.is_empty() {
            self.say(Tone::Warn, clauses(&wrong)).await;
        }
        Some(corpus)
    }

    /// The index; that of the user's own runbooks is kept for the next time.
    async fn index(&self, corpus: Corpus) -> Option<Arc<Index>> {
        let own = self.folders.iter().any(|f| f.exists()) || self.trust.sources.exists();
        let cache = self.cache.clone();
        let built = spawn_blocking(move || {
            if own {
                Index::open_or_build(&cache, &corpus.fingerprint(), || corpus.search_docs())
            } else {
                Index::build(corpus.search_docs())
            }
        });
        match built.await {
            Ok(Ok(index)) => Some(Arc::new(index)),
            Ok(Err(e)) => {
                self.say(Tone::Bad, e.to_string()).await;
                None
            }
            Err(_) => None,
        }
    }

    async fn answer(&self, index: &Arc<Index>, question: Question) -> Found {
        let index = Arc::clone(index);
        let found = spawn_blocking(move || {
            let options = QueryOptions { boost: &question.boost, limit: HITS, lang: lang::current().id() };
            index.query(&question.text, &options)
        });
        match found.await {
            Ok(Ok(answer)) => Found {
                reading: reading(&answer.understood),
                hits: answer.hits.into_iter().map(hit).collect(),
            },
            Ok(Err(e)) => {
                self.say(Tone::Bad, e.to_string()).await;
                Found::default()
            }
            Err(_) => Found::default(),
        }
    }
}

/// What the words were taken for, where that is not plain.
fn reading(understood: &[Understood]) -> Reading {
    let mut out = Reading::default();
    for word in understood {
        match &word.read {
            Read::AsTyped => {}
            Read::Meant(meant) => out.meant.push((word.typed.clone(), meant.clone())),
            Read::Nowhere => out.nowhere.push(word.typed.clone()),
        }
    }
    out
}

/// A result in the form of the core: the fragment in pieces.
fn hit(found: crate::search::Hit) -> Hit {
    let (mut field, mut fragment) = (String::new(), Vec::new());
    if let Some(first) = found.matched.first() {
        first.field.clone_into(&mut field);
        let mut from = 0;
        for range in &first.ranges {
            fragment.push((first.fragment[from..range.start].to_owned(), false));
            fragment.push((first.fragment[range.clone()].to_owned(), true));
            from = range.end;
        }
        fragment.push((first.fragment[from..].to_owned(), false));
    }
    let (id, title, score, about) = (found.id, found.title, found.score, found.about);
    Hit { kind: HitKind::Runbook, id, title, score, about, field, fragment }
}
