//! Which value of a field matched, and which bytes of it.

use std::ops::Range;

use super::Match;
use super::analyse::{Word, words};

/// A word that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The word in lower case.
    pub text: String,
    /// Whether it may go on.
    pub prefix: bool,
}

/// Longest fragment in characters.
const FRAGMENT: usize = 120;

/// The value of a field that has most of the words, cut around its first match.
pub fn matches<'a>(
    field: &'static str,
    values: impl Iterator<Item = &'a str>,
    wanted: &[Wanted],
) -> Option<Match> {
    let mut best: Option<(usize, &str, Vec<Range<usize>>)> = None;
    for value in values {
        let (count, ranges) = find(value, wanted);
        if count > best.as_ref().map_or(0, |(c, _, _)| *c) {
            best = Some((count, value, ranges));
        }
    }
    let (_, value, ranges) = best?;
    let (fragment, ranges) = cut(value, &ranges);
    Some(Match { field, fragment, ranges })
}

/// How many of the words a text has, and where.
fn find(text: &str, wanted: &[Wanted]) -> (usize, Vec<Range<usize>>) {
    let words = words(text);
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut count = 0;
    for want in wanted {
        let mut found: Vec<_> = hits(&words, |w| exact(w, want));
        if found.is_empty() {
            found = hits(&words, |w| near(&w.text, &want.text));
        }
        count += usize::from(!found.is_empty());
        ranges.extend(found);
    }
    (count, merge(ranges))
}

fn hits(words: &[Word], keep: impl Fn(&Word) -> bool) -> Vec<Range<usize>> {
    words.iter().filter(|w| keep(w)).map(|w| w.range.clone()).collect()
}

fn exact(word: &Word, want: &Wanted) -> bool {
    word.text == want.text || (want.prefix && word.text.starts_with(&want.text))
}

/// Whether one edit makes two words equal; short words must be equal.
fn near(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().min(b.len()) < 4 || a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let front = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (ra, rb) = (&a[front..], &b[front..]);
    let same = |x: &[char], y: &[char]| x == y;
    match (ra, rb) {
        ([], _) | (_, []) => true,
        ([_, x @ ..], [_, y @ ..]) if same(x, y) => true,
        ([_, x @ ..], y) if same(x, y) => true,
        (x, [_, y @ ..]) if same(x, y) => true,
        ([x1, x2, x @ ..], [y1, y2, y @ ..]) => x1 == y2 && x2 == y1 && same(x, y),
        _ => false,
    }
}

fn merge(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|r| (r.start, r.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match out.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

/// The line of the first match, cut to a readable length, with the ranges moved along.
fn cut(text: &str, ranges: &[Range<usize>]) -> (String, Vec<Range<usize>>) {
    let first = ranges.first().map_or(0, |r| r.start);
    let line_start = text[..first].rfind('\n').map_or(0, |i| i + 1);
    let line_end = text[first..].find('\n').map_or(text.len(), |i| first + i);
    let before = text[line_start..first]
        .char_indices()
        .rev()
        .nth(FRAGMENT / 3)
        .map_or(line_start, |(i, _)| line_start + i);
    let start = if line_end - line_start <= FRAGMENT { line_start } else { before };
    let end = text[start..line_end].char_indices().nth(FRAGMENT).map_or(line_end, |(i, _)| start + i);
    let inside = ranges.iter().filter(|r| r.start >= start && r.end <= end);
    let moved = inside.map(|r| r.start - start..r.end - start).collect();
    (text[start..end].to_owned(), moved)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn want(text: &str, prefix: bool) -> Wanted {
        Wanted { text: text.to_owned(), prefix }
    }

    #[test]
    fn the_best_value_is_shown_with_its_matches() {
        let values = ["node lost", "the node went away, node.kubernetes.io/not-ready"];
        let found =
            matches("symptoms", values.into_iter(), &[want("node", false), want("awa", true)]).unwrap();
        let marked: Vec<_> = found.ranges.iter().map(|r| &found.fragment[r.clone()]).collect();
        assert_eq!(marked, ["node", "away", "node"]);
        assert_eq!(matches("title", ["other"].into_iter(), &[want("node", false)]), None);
    }

    #[test]
    fn one_error_is_forgiven_in_long_words() {
        for (a, b) in [
            ("certificate", "certifcate"),
            ("evicted", "evitced"),
            ("kubelet", "kubelat"),
            ("drain", "drains"),
        ] {
            assert!(near(a, b) && near(b, a), "{a} {b}");
        }
        for (a, b) in [("pod", "pot"), ("evicted", "deleted"), ("node", "nodes!!")] {
            assert!(!near(a, b), "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn ranges_always_lie_on_characters(text in "[a-z节点\n .é]{0,400}", word in "[a-z节点]{1,4}") {
            if let Some(found) = matches("body", [text.as_str()].into_iter(), &[want(&word, true)]) {
                for range in &found.ranges {
                    prop_assert!(found.fragment.get(range.clone()).is_some());
                }
            }
        }
    }
}
