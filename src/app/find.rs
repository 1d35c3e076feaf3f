//! Searching in the text that is read: one way for logs, YAML, details, help, messages, the words of a runbook and its panes.
//! What the text is says `texts`; what a key does stands in `update/find.rs`. A match that a row breaks in two is one match.
//!
//! Must not know what any text is about. A text that can be read has to be in `texts` alone to be searched.

use crate::lang::t;
use regex::{Regex, RegexBuilder};
use unicode_width::UnicodeWidthStr;

use super::App;
use super::texts::{Place, Reading, reading};

/// A search in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Find {
    pub text: String,
    /// In which text. Another one on the screen ends the search.
    pub place: Place,
    /// The position of the text when it began, for one that is given up.
    pub began: usize,
    /// The row of the present match, and the byte in it.
    pub at: Option<(usize, usize)>,
    /// How it went on beyond an end of the text.
    pub around: Option<crate::lang::Msg>,
}

/// A match: the row in which it begins and the byte there, and how many cells of that row it needs to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    pub row: usize,
    pub at: usize,
    pub cells: usize,
}

/// What is found in the text on the screen, for those who paint it.
#[derive(Clone, Debug)]
pub struct Found {
    pub place: Place,
    /// It finds matches also where a row breaks them.
    pub across: Regex,
    pub matches: Vec<Match>,
    pub present: Option<usize>,
}

/// What is searched for: a text without a capital is meant in any case. `across` rows, a break may be anywhere.
fn pattern(text: &str, across: bool) -> Option<Regex> {
    /// How a row ends in the middle of a match, and what the next one begins with.
    const BREAK: &str = "(?: *\n *↳? *)?";
    let mut out = String::new();
    let mut blank = false;
    for c in text.chars() {
        if c.is_whitespace() {
            if !std::mem::replace(&mut blank, true) {
                out.push_str(if across { "(?:\\s|↳)+" } else { "\\s+" });
            }
            continue;
        }
        if across && !blank && !out.is_empty() {
            out.push_str(BREAK);
        }
        blank = false;
        out.push_str(&regex::escape(c.encode_utf8(&mut [0; 4])));
    }
    if out.is_empty() {
        return None;
    }
    let capital = text.chars().any(char::is_uppercase);
    RegexBuilder::new(&out).case_insensitive(!capital).build().ok()
}

/// The matches in a text, in their order.
pub fn matches(text: &str, reading: &Reading) -> Vec<Match> {
    let Some(pattern) = pattern(text, reading.wrapped) else { return Vec::new() };
    let of = |row: usize, line: &str, from: usize, to: usize| Match {
        row,
        at: from,
        cells: line[..to.min(line.len())].width(),
    };
    if !reading.wrapped {
        let rows = reading.rows.iter().enumerate();
        let in_row = |(row, line): (usize, &String)| {
            pattern.find_iter(line).map(|m| of(row, line, m.start(), m.end())).collect::<Vec<_>>()
        };
        return rows.flat_map(in_row).collect();
    }
    let all = reading.rows.join("\n");
    let (mut row, mut begins) = (0, 0);
    let mut out = Vec::new();
    for m in pattern.find_iter(&all) {
        while begins + reading.rows[row].len() < m.start() {
            begins += reading.rows[row].len() + 1;
            row += 1;
        }
        out.push(of(row, &reading.rows[row], m.start() - begins, m.end() - begins));
    }
    out
}

impl Find {
    /// The number of the present match among these, counted from 0.
    pub fn present(&self, matches: &[Match]) -> Option<usize> {
        let at = self.at?;
        matches.iter().position(|m| (m.row, m.at) >= at).or_else(|| matches.len().checked_sub(1))
    }
}

/// What is found on the screen as it is.
pub fn found(app: &App) -> Option<Found> {
    let find = app.find.as_ref()?;
    let reading = reading(app).filter(|r| r.place == find.place)?;
    let across = pattern(&find.text, true)?;
    let matches = matches(&find.text, &reading);
    let present = find.present(&matches);
    Some(Found { place: find.place.clone(), across, matches, present })
}

/// "3 of 17", or that there is none.
pub fn count(app: &App) -> Option<String> {
    let find = app.find.as_ref()?;
    if find.text.trim().is_empty() {
        return None;
    }
    let found = found(app)?;
    let around = find.around.map_or_else(String::new, |words| format!(", {words}"));
    Some(match found.present {
        Some(at) => t!("app-find-of", at = at + 1, matches = found.matches.len(), around = around),
        None => t!("app-find-not-found").to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(rows: &[&str], wrapped: bool) -> Reading {
        let rows = rows.iter().map(|r| (*r).to_owned()).collect();
        Reading { place: Place::default(), rows, wrapped, height: 5, width: 20, top: 0 }
    }

    fn at(text: &str, rows: &[&str], wrapped: bool) -> Vec<(usize, usize)> {
        matches(text, &reading(rows, wrapped)).iter().map(|m| (m.row, m.at)).collect()
    }

    #[test]
    fn a_match_is_found_wherever_a_row_breaks_it() {
        let rows = ["the pod is crash", "looping, and kubectl get po", "  ↳ ds shows it"];
        assert_eq!(at("crash looping", &rows, true), [(0, 11)]);
        assert_eq!(at("crashlooping", &rows, true), [(0, 11)]);
        assert_eq!(at("get pods", &rows, true), [(1, 21)]);
        assert_eq!(at("节点失联", &["节点", "失联"], true), [(0, 0)]);
        // Lines that stand for themselves do not run into each other.
        assert_eq!(at("crash looping", &rows, false), []);
    }

    #[test]
    fn capitals_count_only_where_one_is_typed_and_nothing_typed_is_a_pattern() {
        let rows = ["Error: a.b", "error: axb"];
        assert_eq!(at("error", &rows, false).len(), 2);
        assert_eq!(at("Error", &rows, false), [(0, 0)]);
        assert_eq!(at("a.b", &rows, false), [(0, 7)]);
        assert_eq!(at("", &rows, false), []);
        assert_eq!(at("(", &rows, true), []);
    }
}
