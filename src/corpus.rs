//! The runbooks at hand: those built into the program and those in the user's folders.
//!
//! Purpose: read every file once, pair translations with their runbooks, and keep what went wrong beside what
//! went right: a broken file never hides the others. It also makes the plain documents for the search and the
//! catalogue of known ids for the checker, because it may know all of them.
//!
//! Must not: judge a runbook (that is `runbook::check`), watch files, or follow links out of a folder.
//!
//! To add a source of runbooks: an [`Origin`] and its walk in [`Corpus::load`].

mod catalogue;
mod scenarios;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};

use crate::lang::t;
use crate::machine::read_beside;
use crate::runbook::model::{AlertBinding, Runbook, Trust};
use crate::runbook::{self, Absent, Problem};
use crate::search::{Alert, SearchDoc};

pub use catalogue::catalogue;
pub use scenarios::{NoScenario, id_of as scenario_id, is_file, own_scenarios, problems, scenario, shown};

/// The runbooks built into the program.
static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/runbooks");

/// Largest file that is read, in bytes; more is no runbook.
const LARGEST: u64 = 1 << 20;

/// Deepest folder that is read.
const DEEPEST: usize = 8;

/// Where a runbook comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Shipped with the program.
    BuiltIn,
    /// A commit of a git folder that an allowed key signed.
    Signed {
        /// The folder.
        folder: PathBuf,
        /// The commit.
        commit: String,
    },
    /// A folder of the user.
    User(PathBuf),
}

/// One file before it is understood.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Path below its folder, with `/`.
    pub path: String,
    /// The text.
    pub text: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// One runbook with its origin.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The runbook with its translations.
    pub runbook: Arc<Runbook>,
    /// Where it comes from.
    pub origin: Origin,
    /// The file under which problems are reported.
    pub file: String,
    /// Whether it replaces a built-in runbook of the same id.
    pub replaces_built_in: bool,
}

/// A file or folder that could not be read.
#[derive(Debug, thiserror::Error)]
#[error("{}", t!("corpus-unread", path = path, reason = reason))]
pub struct Unreadable {
    /// The file or folder.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// A translation that does not come from where its runbook comes from.
#[derive(Clone, Debug, thiserror::Error)]
#[error(
    "{}", t!("corpus-translates-elsewhere", id = id))]
pub struct Stranger {
    /// The runbook that it would translate.
    pub id: String,
    /// Its language.
    pub lang: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// All runbooks.
#[derive(Debug, Default)]
pub struct Corpus {
    entries: BTreeMap<String, Entry>,
    strangers: Vec<Stranger>,
    /// The ids of the scenarios beside the built-in ones.
    scenarios: BTreeSet<String>,
    /// What the parser found.
    pub problems: Vec<Problem>,
    /// What could not be read at all.
    pub unreadable: Vec<Unreadable>,
}

impl Corpus {
    /// The built-in runbooks, then those of each folder; a later one of the same id replaces an earlier one.
    /// Folders that do not exist are passed over.
    pub fn load(folders: &[PathBuf]) -> Self {
        let mut corpus = Self::built_in();
        corpus.add_folders(folders);
        corpus
    }

    /// The built-in runbooks only.
    pub fn built_in() -> Self {
        let mut corpus = Self::default();
        let mut files = Vec::new();
        built_in(&BUILT_IN, &mut files);
        corpus.add(files);
        corpus
    }

    /// Takes the runbooks of these folders in, one after the other.
    pub fn add_folders(&mut self, folders: &[PathBuf]) {
        for folder in folders.iter().filter(|f| f.exists()) {
            let mut files = Vec::new();
            walk(folder, folder, 0, &is_runbook, &mut files, &mut self.unreadable);
            self.add(files);
        }
        let (own, unread) = own_scenarios(folders);
        self.scenarios.extend(own.iter().map(|f| scenarios::id_of(&f.path)));
        self.unreadable.extend(unread);
    }

    /// Says who vouches for a runbook.
    pub fn trust(&mut self, id: &str, trust: Trust) {
        if let Some(entry) = self.entries.get_mut(id) {
            Arc::make_mut(&mut entry.runbook).trust = trust;
        }
    }

    /// Takes the runbooks of these folders in that are not at hand yet, with their translations.
    pub fn fill_from(&mut self, folders: &[PathBuf]) {
        for folder in folders.iter().filter(|f| f.exists()) {
            let mut files = Vec::new();
            walk(folder, folder, 0, &is_runbook, &mut files, &mut self.unreadable);
            let absent = |f: &SourceFile| {
                runbook::id_of(&f.path).is_some_and(|(id, _)| !self.entries.contains_key(&id))
            };
            files.retain(absent);
            self.add(files);
        }
    }

    /// Takes files in, base files before their translations.
    pub fn add(&mut self, mut files: Vec<SourceFile>) {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let (base, translations): (Vec<_>, Vec<_>) =
            files.into_iter().partition(|f| matches!(runbook::id_of(&f.path), Some((_, None))));
        for file in base {
            let mut parsed = runbook::parse(&file.path, &file.text);
            parsed.runbook.trust = match &file.origin {
                Origin::BuiltIn => Trust::BuiltIn,
                Origin::Signed { folder, commit } => {
                    Trust::Signed { source: folder.display().to_string(), commit: commit.clone() }
                }
                Origin::User(_) => Trust::default(),
            };
            self.problems.retain(|p| *p.file != *file.path);
            self.problems.extend(parsed.problems);
            let before = self.entries.get(&parsed.runbook.id);
            let replaces = before.is_some_and(|e| e.origin == Origin::BuiltIn || e.replaces_built_in);
            let entry = Entry {
                runbook: Arc::new(parsed.runbook),
                origin: file.origin,
                file: file.path,
                replaces_built_in: replaces,
            };
            self.entries.insert(entry.runbook.id.clone(), entry);
        }
        for file in translations {
            self.add_translation(&file);
        }
    }

    fn add_translation(&mut self, file: &SourceFile) {
        let Some((id, Some(lang))) = runbook::id_of(&file.path) else { return };
        let (translation, problems) = runbook::parse_translation(&file.path, &lang, &file.text);
        let Some(entry) = self.entries.get_mut(&id) else {
            let reason = t!("corpus-translates-nothing", id = id);
            self.unreadable.push(Unreadable { path: file.path.clone(), reason });
            return;
        };
        // Its words would be read as those of whoever vouches for the other file.
        if entry.origin == file.origin {
            Arc::make_mut(&mut entry.runbook).translations.insert(lang, translation);
            self.problems.extend(problems);
        } else {
            let stranger = Stranger { id, lang, origin: file.origin.clone() };
            let path = match &file.origin {
                Origin::User(folder) => folder.join(&file.path).display().to_string(),
                _ => file.path.clone(),
            };
            self.unreadable.push(Unreadable { path, reason: stranger.to_string() });
            self.strangers.push(stranger);
        }
    }

    /// Translations of runbooks that come from elsewhere: nobody vouches for them, and they are not shown.
    pub fn strangers(&self) -> &[Stranger] {
        &self.strangers
    }

    /// Runbooks sorted by id.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The runbook of that id.
    pub fn get(&self, id: &str) -> Option<&Entry> {
        self.entries.get(id)
    }

    /// The runbook that a person names: by its id, or by the end of it that no other has.
    pub fn named(&self, name: &str) -> Result<&Entry, Absent> {
        let id = runbook::named(name, self.entries.keys().map(String::as_str))?;
        self.get(id).ok_or_else(|| Absent { name: name.to_owned(), help: t!("corpus-just-gone").to_owned() })
    }

    /// Every problem: the parser's and the checker's, by file and place. Runbooks are marked accordingly, so
    /// that a step with an error does not run.
    pub fn check(&mut self) -> Vec<Problem> {
        let catalogue = catalogue(self);
        let mut found = self.problems.clone();
        for entry in self.entries.values_mut() {
            let checked = runbook::check::check(&entry.file, &entry.runbook, &catalogue);
            let own: Vec<_> =
                checked.iter().filter(|p| *p.file == *entry.file && p.is_error()).cloned().collect();
            if !own.is_empty() {
                runbook::block(Arc::make_mut(&mut entry.runbook), &own);
            }
            found.extend(checked);
        }
        found.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
        found
    }

    /// The documents for the search.
    pub fn search_docs(&self) -> impl Iterator<Item = SearchDoc> {
        self.entries.values().map(|e| search_doc(&e.runbook))
    }

    /// A hash of all texts, for a kept search index.
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        for entry in self.entries.values() {
            hash.update(entry.runbook.id.as_bytes());
            hash.update([0]);
            hash.update(entry.runbook.source.as_bytes());
            for (lang, translation) in &entry.runbook.translations {
                hash.update(lang.as_bytes());
                hash.update(translation.source.as_bytes());
            }
        }
        hash.finalize()
            .iter()
            .flat_map(|b| [b >> 4, b & 15])
            .filter_map(|n| char::from_digit(n.into(), 16))
            .collect()
    }
}

fn built_in(dir: &Dir<'_>, files: &mut Vec<SourceFile>) {
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        if let Some(text) = file.contents_utf8().filter(|_| is_runbook(&path)) {
            files.push(SourceFile { path, text: text.to_owned(), origin: Origin::BuiltIn });
        }
    }
    dir.dirs().for_each(|d| built_in(d, files));
}

/// Markdown, but not the folder's own `README.md`.
pub fn is_runbook(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    runbook::id_of(path).is_some() && name != "README.md" && !name.starts_with('.')
}

fn walk(
    root: &Path,
    folder: &Path,
    depth: usize,
    wanted: &dyn Fn(&str) -> bool,
    files: &mut Vec<SourceFile>,
    failed: &mut Vec<Unreadable>,
) {
    let mut fail = |path: &Path, reason: String| {
        failed.push(Unreadable { path: path.display().to_string(), reason });
    };
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return fail(folder, error.to_string()),
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|e| e.path()).collect();
    paths.sort();
    for path in paths {
        let hidden = path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'));
        // The link itself is asked, not what it leads to: a link could lead back, or out of the folder.
        let Ok(meta) = fs::symlink_metadata(&path) else { continue };
        let Ok(below) = path.strip_prefix(root) else { continue };
        let below = below.to_string_lossy().replace('\\', "/");
        if hidden || meta.is_symlink() {
            continue;
        }
        if meta.is_dir() {
            if depth < DEEPEST {
                walk(root, &path, depth + 1, wanted, files, failed);
            }
        } else if wanted(&below) {
            match read_beside(&path, LARGEST) {
                Ok(text) => {
                    files.push(SourceFile { path: below, text, origin: Origin::User(root.to_owned()) });
                }
                Err(e) => {
                    failed.push(Unreadable { path: path.display().to_string(), reason: e.to_string() });
                }
            }
        }
    }
}

fn search_doc(runbook: &Runbook) -> SearchDoc {
    let translations = || runbook.translations.values();
    let folder = runbook.id.split('/').next().unwrap_or("").to_owned();
    let headings = runbook.sections.iter().chain(translations().flat_map(|t| &t.sections));
    let extra = [folder, runbook.kind.word().to_owned()];
    SearchDoc {
        id: runbook.id.clone(),
        titles: std::iter::once(("en".to_owned(), runbook.title.clone()))
            .chain(translations().map(|t| (t.lang.clone(), t.title.clone())))
            .collect(),
        symptoms: runbook.symptoms.iter().chain(translations().flat_map(|t| &t.symptoms)).cloned().collect(),
        alerts: runbook.alerts.iter().map(alert).collect(),
        headings: headings.map(|s| s.title.clone()).collect(),
        body: std::iter::once(runbook.body.of(&runbook.source).to_owned())
            .chain(translations().map(|t| t.body.of(&t.source).to_owned()))
            .collect(),
        tags: runbook.tags.iter().chain(&runbook.scope).chain(&extra).cloned().collect(),
        langs: std::iter::once("en".to_owned()).chain(translations().map(|t| t.lang.clone())).collect(),
        risk: runbook.meta.risk as u8,
    }
}

fn alert(binding: &AlertBinding) -> Alert {
    Alert { name: binding.name.clone(), labels: binding.matchers.iter().map(|(_, v)| v.clone()).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> SourceFile {
        SourceFile { path: path.into(), text: text.into(), origin: Origin::User("/x".into()) }
    }

    #[test]
    fn a_broken_file_hides_no_other_and_translations_find_their_runbook() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &[u8]| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("zz/good.md", b"---\nrunbook: 1\ntitle: Good\n---\n");
        write("zz/good.zh.md", "---\ntitle: 好\n---\n".as_bytes());
        write("zz/broken.md", b"---\nrunbook: 1\ntitle: [\n---\n# Broken\n");
        write("zz/binary.md", &[0xff, 0xfe]);
        write("zz/alone.zh.md", b"---\ntitle: x\n---\n");
        write("README.md", b"# no runbook\n");
        write(".git/x.md", b"# no runbook\n");
        let corpus = Corpus::load(&[folder.path().to_owned(), folder.path().join("absent")]);
        assert_eq!(corpus.get("zz/good").unwrap().runbook.title_in("zh"), "好");
        assert!(!corpus.get("zz/broken").unwrap().runbook.runnable().is_yes());
        assert_eq!(corpus.unreadable.len(), 2, "{:?}", corpus.unreadable);
        assert!(corpus.get("README").is_none() && corpus.get(".git/x").is_none());
    }

    #[test]
    fn a_translation_joins_only_the_runbook_that_comes_from_where_it_comes_from() {
        let base = "---\nrunbook: 1\ntitle: Base\n---\n";
        let zh = "---\ntitle: 好\n---\n";
        let from = |path: &str, text: &str, origin: &Origin| SourceFile {
            path: path.into(),
            text: text.into(),
            origin: origin.clone(),
        };
        let signed = |commit: &str| Origin::Signed { folder: "/git".into(), commit: commit.into() };
        let all =
            [Origin::BuiltIn, signed("a"), signed("b"), Origin::User("/x".into()), Origin::User("/y".into())];
        for (one, other) in all.iter().flat_map(|a| all.iter().map(move |b| (a, b))) {
            let mut corpus = Corpus::default();
            corpus.add(vec![from("a/b.md", base, one)]);
            corpus.add(vec![from("a/b.zh.md", zh, other)]);
            let joined = corpus.get("a/b").unwrap().runbook.title_in("zh") == "好";
            assert_eq!(joined, one == other, "{one:?} {other:?}");
            assert_eq!(corpus.strangers().len(), usize::from(!joined));
            assert_eq!(corpus.unreadable.len(), usize::from(!joined));
        }
        // What replaces a runbook does not keep the other one's words.
        let mut corpus = Corpus::default();
        corpus.add(vec![from("a/b.md", base, &all[0]), from("a/b.zh.md", zh, &all[0])]);
        corpus.add(vec![from("a/b.md", base, &all[3])]);
        assert_eq!(corpus.get("a/b").unwrap().runbook.title_in("zh"), "Base");
    }

    #[test]
    fn what_only_fills_in_replaces_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, title: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, format!("---\nrunbook: 1\ntitle: {title}\n---\n")).unwrap();
        };
        write("a/b.md", "Copy");
        write("a/b.zh.md", "copy");
        write("a/c.md", "New");
        let mut corpus = Corpus::default();
        corpus.add(vec![file("a/b.md", "---\nrunbook: 1\ntitle: Own\n---\n")]);
        corpus.fill_from(&[folder.path().to_owned()]);
        assert_eq!(corpus.get("a/b").unwrap().runbook.title_in("zh"), "Own");
        assert_eq!(corpus.get("a/c").unwrap().runbook.title, "New");
        assert!(corpus.strangers().is_empty());
    }

    #[test]
    fn a_later_file_replaces_an_earlier_one_with_its_problems() {
        let mut corpus = Corpus::default();
        corpus.add(vec![file("a/b.md", "---\nrunbook: 1\ntitel: x\n---\n")]);
        assert_eq!(corpus.problems.len(), 2);
        corpus.add(vec![file("a/b.md", "---\nrunbook: 1\ntitle: New\n---\n")]);
        assert_eq!((corpus.len(), corpus.problems.len()), (1, 0));
    }

    #[test]
    fn a_checked_corpus_marks_what_must_not_run() {
        let mut corpus = Corpus::default();
        let text = "---\nrunbook: 1\ntitle: T\n---\n```yaml {step=view name=a}\nshow: [gizmos]\n```\n";
        corpus.add(vec![file("a/b.md", text)]);
        let before = corpus.fingerprint();
        let problems = corpus.check();
        assert_eq!(problems[0].code, "view.unknown");
        assert!(!corpus.get("a/b").unwrap().runbook.steps[0].runnable.is_yes());
        assert_eq!(corpus.fingerprint(), before);
    }

    #[test]
    fn the_built_in_runbooks_have_no_error() {
        let found = Corpus::built_in().check();
        let errors: Vec<_> = found.iter().filter(|p| p.is_error()).map(Problem::one_line).collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
    }
}
