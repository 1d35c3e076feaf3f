//! Words of people who search: which say nothing, which say little, which mean the same.
//!
//! Purpose: read `assets/search/words.toml`, and find its phrases in what was typed.
//!
//! Must not: know runbooks or the index. To add a word: a line in the file, whose head says where; the tests
//! here check it.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::analyse::{Run, plain, runs, stem};

/// How much a word counts that says of what kind a thing is.
pub const GENERAL: f32 = 0.3;

/// The words that are built in.
static BUILT_IN: LazyLock<Lexicon> = LazyLock::new(|| {
    let file = parse(include_str!("../../assets/search/words.toml")).unwrap_or_default();
    Lexicon::new(&file)
});

/// The file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    common: Vec<String>,
    general: Vec<String>,
    same: Vec<Same>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Same {
    words: Vec<String>,
}

fn parse(text: &str) -> Result<File, toml::de::Error> {
    toml::from_str(text)
}

/// One of the words that mean the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// As in the file.
    pub text: String,
    /// What a text that says it has in the index, all of it.
    pub terms: Vec<String>,
}

impl Phrase {
    fn new(text: &str) -> Self {
        Self { text: text.to_owned(), terms: Self::terms_of(text) }
    }

    /// What a text that says this has in the index.
    pub fn terms_of(text: &str) -> Vec<String> {
        let mut terms = Vec::new();
        for run in runs(text) {
            match run {
                Run::Word(range) => terms.push(stem(&plain(&text[range]))),
                Run::Chinese(range) => terms.extend(pairs(&text[range])),
            }
        }
        terms
    }
}

/// Overlapping pairs of characters; a single one by itself.
pub fn pairs(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() < 2 {
        return vec![text.to_owned()];
    }
    chars.windows(2).map(|pair| pair.iter().collect()).collect()
}

/// A phrase that was found.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// How many words, or characters in Chinese, it takes.
    pub length: usize,
    /// All that means the same; empty where the word only says little or nothing.
    pub same: &'a [Phrase],
    /// How much it counts.
    pub weight: f32,
}

/// See the module.
#[derive(Debug, Default)]
pub struct Lexicon {
    common: HashSet<String>,
    general: HashSet<String>,
    groups: Vec<Vec<Phrase>>,
    /// Phrases by their first word, the longest first: the words, and the group.
    spaced: HashMap<String, Vec<(Vec<String>, usize)>>,
    /// Chinese phrases by their first character, the longest first.
    dense: HashMap<char, Vec<(String, Option<usize>)>>,
}

impl Lexicon {
    /// The words that are built in.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    fn new(file: &File) -> Self {
        let keys = |words: &[String]| words.iter().map(|w| stem(&plain(w))).collect();
        let mut lexicon =
            Self { common: keys(&file.common), general: keys(&file.general), ..Self::default() };
        for (group, same) in file.same.iter().enumerate() {
            lexicon.groups.push(same.words.iter().map(|w| Phrase::new(w)).collect());
            for word in &same.words {
                lexicon.learn(word, Some(group));
            }
        }
        for word in file.common.iter().chain(&file.general) {
            if matches!(runs(word)[..], [Run::Chinese(_)]) {
                lexicon.learn(word, None);
            }
        }
        lexicon.spaced.values_mut().for_each(|p| p.sort_by_key(|(words, _)| std::cmp::Reverse(words.len())));
        lexicon.dense.values_mut().for_each(|p| p.sort_by_key(|(text, _)| std::cmp::Reverse(text.len())));
        lexicon
    }

    fn learn(&mut self, phrase: &str, group: Option<usize>) {
        let words = Phrase::new(phrase).terms;
        match runs(phrase).first() {
            Some(Run::Chinese(_)) => {
                let first = phrase.chars().next().unwrap_or_default();
                self.dense.entry(first).or_default().push((phrase.to_owned(), group));
            }
            Some(Run::Word(_)) => {
                if let Some(group) = group {
                    self.spaced.entry(words[0].clone()).or_default().push((words, group));
                }
            }
            None => {}
        }
    }

    /// Whether a word, by its stem, says nothing.
    pub fn is_common(&self, key: &str) -> bool {
        self.common.contains(key)
    }

    /// How much a word counts, by its stem.
    pub fn weight(&self, key: &str) -> f32 {
        if self.common.contains(key) {
            0.0
        } else if self.general.contains(key) {
            GENERAL
        } else {
            1.0
        }
    }

    fn group(&self, group: usize) -> (&[Phrase], f32) {
        let same = &self.groups[group];
        let general = same.iter().any(|p| p.terms.len() == 1 && self.general.contains(&p.terms[0]));
        (same, if general { GENERAL } else { 1.0 })
    }

    /// The longest phrase with which these stems begin.
    pub fn spaced(&self, keys: &[String]) -> Option<Found<'_>> {
        let phrases = self.spaced.get(keys.first()?)?;
        let (words, group) = phrases.iter().find(|(words, _)| keys.starts_with(words))?;
        let (same, weight) = self.group(*group);
        Some(Found { length: words.len(), same, weight })
    }

    /// The first of the words that mean the same as this one.
    pub fn canonical(&self, key: String) -> Vec<String> {
        let keys = [key];
        let same = self.spaced(&keys).map(|found| found.same[0].terms.clone());
        same.unwrap_or_else(|| keys.to_vec())
    }

    /// The longest phrase with which this Chinese text begins.
    pub fn dense(&self, text: &str) -> Option<Found<'_>> {
        let phrases = self.dense.get(&text.chars().next()?)?;
        let (phrase, group) = phrases.iter().find(|(phrase, _)| text.starts_with(phrase))?;
        let length = phrase.chars().count();
        Some(match group {
            Some(group) => {
                let (same, weight) = self.group(*group);
                Found { length, same, weight }
            }
            None => Found { length, same: &[], weight: self.weight(phrase) },
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// What is wrong with a file of words, in words.
    fn problems(text: &str) -> Vec<String> {
        let file = match parse(text) {
            Ok(file) => file,
            Err(error) => return vec![error.to_string()],
        };
        let lexicon = Lexicon::new(&file);
        let mut out = Vec::new();
        let mut seen: BTreeMap<Vec<String>, &str> = BTreeMap::new();
        for same in &file.same {
            if same.words.len() < 2 {
                out.push(format!("{:?} means the same as nothing: a second word, or no line", same.words));
            }
            let mut own = BTreeSet::new();
            for word in &same.words {
                let terms = Phrase::new(word).terms;
                if terms.iter().all(|t| lexicon.is_common(t)) {
                    out.push(format!("`{word}` is made of common words only, which are not looked for"));
                }
                // Forms of one word may stand beside each other, for people to read.
                if own.insert(terms.clone())
                    && let Some(before) = seen.insert(terms, word)
                {
                    out.push(format!("`{word}` stands for two things: `{before}` is in another line"));
                }
            }
        }
        let both = file.common.iter().filter(|w| file.general.contains(w));
        out.extend(both.map(|w| format!("`{w}` is common and general: it can say nothing, or a little")));
        out
    }

    #[test]
    fn the_words_that_are_built_in_are_in_order() {
        assert_eq!(problems(include_str!("../../assets/search/words.toml")), Vec::<String>::new());
        assert!(Lexicon::built_in().groups.len() > 50);
    }

    #[test]
    fn what_is_wrong_with_a_file_of_words_is_said() {
        let of = |text: &str| problems(text).join("\n");
        let file = |rest: &str| format!("common = [\"the\", \"of\"]\ngeneral = [\"pod\"]\n{rest}");
        assert_eq!(of(&file("[[same]]\nwords = [\"drain\", \"排空\"]")), "");
        assert!(of(&file("[[same]]\nwords = [\"drain\"]")).contains("same as nothing"));
        assert!(of(&file("[[same]]\nwords = [\"of the\", \"drain\"]")).contains("common words only"));
        let twice = "[[same]]\nwords = [\"drains\", \"a1\"]\n[[same]]\nwords = [\"drain\", \"b1\"]";
        assert!(of(&file(twice)).contains("stands for two things"));
        assert!(of("common = [\"pod\"]\ngeneral = [\"pod\"]\nsame = []").contains("common and general"));
        assert!(of("comon = []").contains("comon"));
    }

    #[test]
    fn the_longest_phrase_is_found() {
        let words = Lexicon::built_in();
        let keys = |text: &str| text.split(' ').map(stem).collect::<Vec<_>>();
        assert_eq!(words.spaced(&keys("roll back now")).unwrap().length, 2);
        assert!(words.spaced(&keys("zebra")).is_none());
        assert_eq!(words.dense("域名解析失败").unwrap().length, 4);
        assert!(words.dense("的").unwrap().weight <= 0.0);
    }
}
