//! Single values: text, numbers, words, lengths of time, lists of words.

use std::time::Duration;

use super::super::model::{CondSource, Span};
use super::super::near::suggest;
use super::super::problem::Problems;
use super::super::yaml::{Node, Value};
use crate::lang::t;

/// Text; anything else is a problem.
pub fn text(what: &str, node: &Node, problems: &mut Problems) -> Option<String> {
    let found = node.text().map(str::to_owned);
    if found.is_none() {
        wrong(what, t!("runbook-what-text"), node, problems);
    }
    found
}

/// A list of texts, or one text.
pub fn texts(what: &str, node: &Node, problems: &mut Problems) -> Vec<(String, Span)> {
    match &node.value {
        Value::Seq(items) => items.iter().filter_map(|n| Some((text(what, n, problems)?, n.span))).collect(),
        Value::Null => Vec::new(),
        _ => text(what, node, problems).map(|t| (t, node.span)).into_iter().collect(),
    }
}

/// A list of texts without places.
pub fn words(what: &str, node: Option<&Node>, problems: &mut Problems) -> Vec<String> {
    node.map(|n| texts(what, n, problems)).unwrap_or_default().into_iter().map(|(t, _)| t).collect()
}

/// `true` or `false`.
pub fn boolean(what: &str, node: &Node, problems: &mut Problems) -> Option<bool> {
    if let Value::Bool(b) = node.value {
        return Some(b);
    }
    wrong(what, t!("runbook-what-true-or-false-word"), node, problems);
    None
}

/// A whole number.
pub fn int(what: &str, node: &Node, problems: &mut Problems) -> Option<i64> {
    if let Value::Int(i) = node.value {
        return Some(i);
    }
    wrong(what, t!("runbook-what-whole-number"), node, problems);
    None
}

/// A whole number from 0 to 4 thousand million.
pub fn count(what: &str, node: &Node, problems: &mut Problems) -> Option<u32> {
    let found = int(what, node, problems)?;
    let fits = u32::try_from(found).ok();
    if fits.is_none() {
        problems.error("yaml.type", node.span, t!("runbook-decode-negative", what = what));
    }
    fits
}

/// A length of time.
pub fn duration(what: &str, node: &Node, problems: &mut Problems) -> Option<Duration> {
    let found = node.text().and_then(parse_duration);
    if found.is_none() {
        wrong(what, t!("runbook-decode-duration"), node, problems);
    }
    found
}

/// One of a table's words.
pub fn choice<T: Copy>(
    what: &str,
    node: &Node,
    table: &[(&'static str, T)],
    problems: &mut Problems,
) -> Option<T> {
    let word = text(what, node, problems)?;
    let found = table.iter().find(|(w, _)| *w == word).map(|(_, t)| *t);
    if found.is_none() {
        let help = suggest(&word, table.iter().map(|(w, _)| *w));
        problems.error_help(
            "word.unknown",
            node.span,
            t!("runbook-decode-cannot-be", what = what, word = word),
            help,
        );
    }
    found
}

/// A condition's text with the place of its first character.
pub fn condition(what: &str, node: &Node, problems: &mut Problems) -> Option<CondSource> {
    let text = text(what, node, problems)?;
    let quoted = usize::from(node.raw.starts_with(['"', '\'']));
    let end = node.span.end.saturating_sub(quoted);
    Some(CondSource { text, span: Span::new(node.span.start + quoted, end) })
}

/// Reports a value of the wrong type.
pub fn wrong(what: &str, wanted: &str, node: &Node, problems: &mut Problems) {
    problems.error(
        "yaml.type",
        node.span,
        t!("runbook-decode-wrong-type", what = what, wanted = wanted, found = describe(node)),
    );
}

fn describe(node: &Node) -> String {
    match node.text() {
        Some(t) if t.len() <= 40 => format!("`{t}`"),
        _ => node.what().to_owned(),
    }
}

/// Reads `500ms`, `90s`, `10m`, `1h30m`, `7d`, `2w`; `None` for anything else.
pub fn parse_duration(text: &str) -> Option<Duration> {
    const UNITS: [(&str, u64); 6] =
        [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000), ("w", 604_800_000)];
    let mut rest = text;
    let mut total = 0_u64;
    let mut last = u64::MAX;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let number: u64 = rest[..digits].parse().ok()?;
        let tail = &rest[digits..];
        let end = tail.find(|c: char| c.is_ascii_digit()).unwrap_or(tail.len());
        let unit = UNITS.iter().find(|(u, _)| *u == &tail[..end])?.1;
        // `1m30m` or `30s1m` is a slip of the pen.
        if unit >= last {
            return None;
        }
        last = unit;
        total = total.checked_add(number.checked_mul(unit)?)?;
        rest = &tail[end..];
    }
    (last != u64::MAX).then(|| Duration::from_millis(total))
}

/// Writes a length of time in the largest unit up to hours that fits exactly (`90m`, not `1h30m`): every reader
/// of durations understands one number with one unit.
pub fn print_duration(duration: Duration) -> String {
    let ms = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    let fits = |(_, size): &(&str, u64)| ms != 0 && ms.is_multiple_of(*size);
    let units = [("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)];
    units
        .into_iter()
        .find(fits)
        .map_or_else(|| "0s".to_owned(), |(unit, size)| format!("{}{unit}", ms / size))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lengths_of_time_are_read() {
        let s = |t| parse_duration(t).map(|d| d.as_secs());
        assert_eq!(
            [s("90s"), s("1h30m"), s("180d"), s("2w")],
            [Some(90), Some(5400), Some(15_552_000), Some(1_209_600)]
        );
        for wrong in ["", "10", "m", "30s1m", "1m30m", "-5s", "1y", "99999999999999999999s"] {
            assert_eq!(parse_duration(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn a_length_of_time_survives_printing(ms in 0_u64..1_000_000_000_000) {
            let d = Duration::from_millis(ms);
            prop_assert_eq!(parse_duration(&print_duration(d)), Some(d));
        }
    }
}
