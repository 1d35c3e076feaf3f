//! The nearest known name, for "did you mean", and a runbook by the end of its id.
//!
//! Purpose: turn a typing error into a suggestion, and what can mean one runbook only into its id. Must not: suggest
//! something far away, or choose between two.

use crate::lang::{list, one_of, t};

/// Longer names than this, in bytes, are not compared.
const LONGEST: usize = 100;

/// The known name nearest to `wrong`, if it is near enough to be a typing error.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if wrong.len() > LONGEST {
        return None;
    }
    let length = wrong.chars().count();
    let limit = (length / 3).clamp(1, 3);
    let wrong_low = wrong.to_lowercase();
    // What differs more in length differs more.
    let known =
        known.into_iter().filter(|k| k.len() <= LONGEST + 12 && k.chars().count().abs_diff(length) <= limit);
    let scored = known.map(|k| (distance(&wrong_low, &k.to_lowercase()), k));
    scored.filter(|(d, _)| *d <= limit).min_by_key(|(d, k)| (*d, *k)).map(|(_, k)| k)
}

/// `did you mean X?`, where a name is near enough.
pub fn meant<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(wrong, known).map(|near| t!("runbook-near-did-you-mean", near = near))
}

/// `did you mean X?`, or the known names when there are few, or nothing.
pub fn suggest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let mut known: Vec<&str> = known.into_iter().collect();
    known.sort_unstable();
    known.dedup();
    if let Some(near) = meant(wrong, known.iter().copied()) {
        return Some(near);
    }
    let few = !known.is_empty() && known.len() <= 20;
    few.then(|| t!("runbook-near-known", known = list(known)))
}

/// There is no runbook that goes by that name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", t!("runbook-near-no-runbook", name = name, help = help))]
pub struct Absent {
    /// What was asked for.
    pub name: String,
    /// What to do next.
    pub help: String,
}

/// The id that a name means: the id itself, with or without `.md`, or the only one that ends so after a `/`.
pub fn named<'a>(name: &str, ids: impl IntoIterator<Item = &'a str>) -> Result<&'a str, Absent> {
    let wanted = name.strip_suffix(".md").unwrap_or(name);
    let ids: Vec<&str> = ids.into_iter().collect();
    if let Some(id) = ids.iter().find(|id| **id == wanted) {
        return Ok(id);
    }
    let ends = |id: &&&str| id.strip_suffix(wanted).is_some_and(|front| front.ends_with('/'));
    let ending: Vec<&str> = ids.iter().filter(ends).copied().collect();
    if let [one] = ending[..] {
        return Ok(one);
    }
    let near = || {
        let whole = nearest(wanted, ids.iter().copied());
        let last = |id: &str| {
            id.rsplit('/').next() == nearest(wanted, ids.iter().filter_map(|i| i.rsplit('/').next()))
        };
        whole.or_else(|| ids.iter().find(|id| last(id)).copied())
    };
    let help = if ending.is_empty() {
        let near = near().map(|id| t!("runbook-near-did-you-mean", near = id));
        near.unwrap_or_else(|| t!("runbook-near-search").to_owned())
    } else {
        t!("runbook-near-it-may-be", ids = one_of(ending.iter().map(|id| format!("`{id}`"))))
    };
    Err(Absent { name: name.to_owned(), help })
}

/// Edits (insert, delete, replace, swap of neighbours) between two words.
pub fn distance(a: &str, b: &str) -> usize {
    // Longer ones are not compared: what is far is far.
    if a.len().max(b.len()) > LONGEST * 4 {
        return usize::MAX;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replace = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replace.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_an_id_names_a_runbook_where_there_is_one_only() {
        let ids = ["nodes/node-drain", "nodes/node-return", "a/same", "b/same", "deep/er/one"];
        for (name, id) in [
            ("nodes/node-drain", "nodes/node-drain"),
            ("node-drain", "nodes/node-drain"),
            ("node-drain.md", "nodes/node-drain"),
            ("er/one", "deep/er/one"),
        ] {
            assert_eq!(named(name, ids), Ok(id));
        }
        let help = |name| named(name, ids).unwrap_err().help;
        assert_eq!(help("same"), "it may be `a/same` or `b/same`");
        assert_eq!(help("node-drian"), "did you mean `nodes/node-drain`?");
        assert_eq!(help("nodes/node-drian"), "did you mean `nodes/node-drain`?");
        assert_eq!(help("drain"), "a search finds it by its words", "a part of a name is no name");
        assert_eq!(help(""), "a search finds it by its words");
    }

    #[test]
    fn a_typing_error_finds_its_word_and_a_stranger_does_not() {
        let known = ["verify", "before", "rollback"];
        assert_eq!(nearest("verfiy", known), Some("verify"));
        assert_eq!(nearest("Rolback", known), Some("rollback"));
        assert_eq!(nearest("colour", known), None);
        assert_eq!(suggest("colour", known).as_deref(), Some("known: before, rollback, verify"));
    }
}
