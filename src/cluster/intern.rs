//! Shared strings: the same namespace, node, reason or set of labels is stored once for all rows of a kind.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::domain::{Labels, Str, hidden, sanitize};

/// Strings longer than this are messages: they hardly ever repeat, and are not kept in the table.
const LONGEST_SHARED: usize = 128;
/// Entries after which a table starts anew, so that names that came and went do not stay for ever. Rows
/// keep their strings; only later ones are no longer shared with earlier ones.
const MOST: usize = 50_000;

/// Tables of shared strings and label sets. Control characters are removed on the way in: this is the edge
/// at which text of the cluster enters.
#[derive(Debug, Default)]
pub struct Interner {
    strings: HashSet<Str>,
    labels: HashMap<u64, Labels>,
}

impl Interner {
    /// The shared form of a string that repeats.
    pub fn shared(&mut self, text: &str) -> Str {
        if text.len() > LONGEST_SHARED {
            return once(text);
        }
        if let Some(known) = self.strings.get(text) {
            return known.clone();
        }
        if self.strings.len() >= MOST {
            self.strings.clear();
        }
        let new = once(text);
        self.strings.insert(new.clone());
        new
    }

    /// The shared form of a set of labels.
    pub fn labels(&mut self, labels: &BTreeMap<String, String>) -> Labels {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        labels.hash(&mut hasher);
        let hash = hasher.finish();
        let same = |known: &Labels| {
            known.len() == labels.len()
                && known.iter().zip(labels).all(|((a, b), (k, v))| **a == **k && **b == **v)
        };
        if let Some(known) = self.labels.get(&hash).filter(|known| same(known)) {
            return known.clone();
        }
        if self.labels.len() >= MOST {
            self.labels.clear();
        }
        let new: Labels = labels.iter().map(|(k, v)| (self.shared(k), self.shared(v))).collect();
        self.labels.insert(hash, new.clone());
        new
    }
}

/// A string that is not expected to repeat.
pub fn once(text: &str) -> Str {
    if hidden(text) { sanitize(text).into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_and_label_sets_are_one() {
        let mut table = Interner::default();
        assert!(Str::ptr_eq(&table.shared("kube-system"), &table.shared("kube-system")));
        let labels = BTreeMap::from([("app".to_owned(), "api".to_owned())]);
        assert!(Labels::ptr_eq(&table.labels(&labels), &table.labels(&labels.clone())));
        assert_eq!(&*table.shared("a\u{1b}[31mb"), "ab");
    }
}
