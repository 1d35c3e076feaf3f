//! Which value of a field matched, and which bytes of it.

use std::collections::HashSet;
use std::ops::Range;

use super::Match;
use super::analyse::words;

/// A thing that was asked for, in all the words that may say it.
pub type Wanted = HashSet<String>;

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
        let before = ranges.len();
        ranges.extend(words.iter().filter(|w| want.contains(&w.text)).map(|w| w.range.clone()));
        count += usize::from(ranges.len() > before);
    }
    (count, merge(ranges))
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

    fn want(words: &[&str]) -> Wanted {
        words.iter().map(|w| (*w).to_owned()).collect()
    }

    #[test]
    fn the_best_value_is_shown_with_its_matches() {
        let values = ["node lost", "the node went away, node.kubernetes.io/not-ready"];
        let found =
            matches("symptoms", values.into_iter(), &[want(&["node"]), want(&["away", "gone"])]).unwrap();
        let marked: Vec<_> = found.ranges.iter().map(|r| &found.fragment[r.clone()]).collect();
        assert_eq!(marked, ["node", "away", "node"]);
        assert_eq!(matches("title", ["other"].into_iter(), &[want(&["node"])]), None);
    }

    proptest! {
        #[test]
        fn ranges_always_lie_on_characters(text in "[a-z节点\n .é]{0,400}", word in "[a-z节点]{1,4}") {
            if let Some(found) = matches("body", [text.as_str()].into_iter(), &[want(&[&word])]) {
                for range in &found.ranges {
                    prop_assert!(found.fragment.get(range.clone()).is_some());
                }
            }
        }
    }
}
