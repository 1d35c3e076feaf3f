//! Building an index, in memory or in a cache folder.

use std::fs;
use std::path::Path;

use tantivy::tokenizer::TextAnalyzer;
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, TantivyDocument};

use super::analyse::Analyser;
use super::fields::{ANALYSER, FIELDS, Layout};
use super::{Answer, QueryOptions, SearchDoc, SearchError, alerts, analyse::plain, ask};

/// The writer's memory in bytes: the least that tantivy takes.
const WRITER_MEMORY: usize = 15_000_000;

/// How the folders of all kept indexes begin, also those of earlier programs.
const KEPT: &str = "opsbook-";

/// A file that says that a kept index is complete.
const COMPLETE: &str = "opsbook-complete";

/// An index that is ready to be asked. Asking needs no lock and may happen on several threads.
pub struct Index {
    reader: IndexReader,
    layout: Layout,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("documents", &self.len()).finish_non_exhaustive()
    }
}

impl Index {
    /// Builds an index in memory.
    pub fn build(docs: impl Iterator<Item = SearchDoc>) -> Result<Self, SearchError> {
        let layout = Layout::new();
        let index = tantivy::Index::create_in_ram(layout.schema.clone());
        fill(&index, &layout, docs).map_err(SearchError::index("build"))?;
        Self::open(&index, layout)
    }

    /// Opens the index that was kept under `cache` for the same documents, or builds and keeps it. `fingerprint`
    /// names the documents' content (a hash); an index of another content is removed. When the folder cannot be
    /// used, the index is built in memory.
    pub fn open_or_build<I>(
        cache: &Path,
        fingerprint: &str,
        docs: impl Fn() -> I,
    ) -> Result<Self, SearchError>
    where
        I: Iterator<Item = SearchDoc>,
    {
        let clean: String = fingerprint.chars().filter(char::is_ascii_alphanumeric).take(64).collect();
        let home = cache.join(format!("{ANALYSER}-{clean}"));
        if home.join(COMPLETE).is_file()
            && let Ok(index) = tantivy::Index::open_in_dir(&home)
        {
            let layout = Layout::new();
            if index.schema() == layout.schema {
                return Self::open(&index, layout);
            }
        }
        match keep(cache, &home, &docs) {
            Ok(index) => Ok(index),
            Err(_) => Self::build(docs()),
        }
    }

    fn open(index: &tantivy::Index, layout: Layout) -> Result<Self, SearchError> {
        register(index);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
        Ok(Self { reader: reader.map_err(SearchError::index("open"))?, layout })
    }

    /// How many documents it has.
    pub fn len(&self) -> usize {
        usize::try_from(self.reader.searcher().num_docs()).unwrap_or(usize::MAX)
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Asks. The last word counts as unfinished unless a space follows it. An empty text gives the boosted ids,
    /// then others.
    pub fn query(&self, text: &str, options: &QueryOptions<'_>) -> Result<Answer, SearchError> {
        ask::run(&self.reader.searcher(), &self.layout, text, options).map_err(SearchError::index("ask"))
    }
}

fn register(index: &tantivy::Index) {
    index.tokenizers().register(ANALYSER, TextAnalyzer::from(Analyser));
}

fn fill(
    index: &tantivy::Index,
    layout: &Layout,
    docs: impl Iterator<Item = SearchDoc>,
) -> tantivy::Result<()> {
    register(index);
    let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER_MEMORY)?;
    for doc in docs {
        writer.add_document(document(layout, &doc))?;
    }
    writer.commit()?;
    writer.wait_merging_threads()
}

fn document(layout: &Layout, doc: &SearchDoc) -> TantivyDocument {
    let mut out = TantivyDocument::new();
    out.add_text(layout.key, &doc.id);
    for (field, searched) in layout.text.iter().zip(FIELDS) {
        for value in doc.values(searched.name) {
            out.add_text(*field, value);
        }
    }
    for alert in &doc.alerts {
        let name = plain(&alert.name);
        if alert.labels.is_empty() {
            out.add_text(layout.alert, alerts::exact(&name));
        } else {
            out.add_text(layout.alert, alerts::narrowed(&name));
            let labels: Vec<String> = alert.labels.iter().map(|l| plain(l)).collect();
            out.add_text(layout.narrowed, format!("{name}\n{}", labels.join("\n")));
        }
    }
    out.add_u64(layout.risk, doc.risk.into());
    for (lang, title) in &doc.titles {
        out.add_text(layout.titles, format!("{lang} {title}"));
    }
    out
}

/// Builds beside the final place and moves the result there in one step, so that two programs that start at the
/// same time never read half of an index.
fn keep<I>(cache: &Path, home: &Path, docs: &impl Fn() -> I) -> Result<Index, SearchError>
where
    I: Iterator<Item = SearchDoc>,
{
    let failed = |source| SearchError::Cache { path: cache.display().to_string(), source };
    let draft = cache.join(format!("{ANALYSER}-draft-{}", std::process::id()));
    if draft.exists() {
        fs::remove_dir_all(&draft).map_err(failed)?;
    }
    fs::create_dir_all(&draft).map_err(failed)?;
    let layout = Layout::new();
    let made = tantivy::Index::create_in_dir(&draft, layout.schema.clone())
        .and_then(|index| fill(&index, &layout, docs()))
        .map_err(SearchError::index("build"));
    if let Err(error) = made.and_then(|()| fs::write(draft.join(COMPLETE), "").map_err(failed)) {
        let _ = fs::remove_dir_all(&draft);
        return Err(error);
    }
    remove_others(cache, &draft);
    fs::rename(&draft, home).map_err(failed)?;
    let index = tantivy::Index::open_in_dir(home).map_err(SearchError::index("open"))?;
    Index::open(&index, layout)
}

/// Removes indexes of other contents. What cannot be removed (another program has it open) stays.
fn remove_others(cache: &Path, draft: &Path) {
    let Ok(entries) = fs::read_dir(cache) else { return };
    for path in entries.filter_map(Result::ok).map(|e| e.path()) {
        let ours = path.file_name().is_some_and(|n| n.to_string_lossy().starts_with(KEPT));
        let is_draft = path.file_name().is_some_and(|n| n.to_string_lossy().contains("-draft-"));
        if ours && !is_draft && path != draft {
            let _ = fs::remove_dir_all(path);
        }
    }
}
