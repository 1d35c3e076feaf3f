//! What a dry run would change, as lines to read: what goes with a minus, what comes with a plus, fields of one place below
//! their place, and long lists folded.
//!
//! Must not show what the preview has hidden.

use crate::lang::t;
use crate::op::DiffLine;

/// Fields of one place that are shown; the others are counted.
const SHOWN: usize = 12;

/// How a line begins that goes, and one that comes; the dialog gives them their colours.
pub const GOES: &str = "- ";
pub const COMES: &str = "+ ";

/// The lines of a difference.
pub fn lines(diff: &[DiffLine]) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = diff;
    while let Some(first) = rest.first() {
        let (place, _) = split(&first.path);
        let same = rest.iter().take_while(|line| split(&line.path).0 == place).count();
        let (here, after) = rest.split_at(same);
        // One field is told with its whole path, several below the path that they share.
        let alone = here.len() == 1 || place.is_empty();
        if !alone {
            out.push(format!("  {place}"));
        }
        for line in here.iter().take(SHOWN) {
            let name = if alone { line.path.as_str() } else { split(&line.path).1 };
            let indent = if alone { "  " } else { "    " };
            let by = line.kept_by.as_ref().map(|who| t!("app-diff-kept-by", who = who)).unwrap_or_default();
            if let Some(before) = &line.before {
                out.push(format!("{indent}{GOES}{name}: {before}{by}"));
            }
            if let Some(now) = &line.after {
                out.push(format!("{indent}{COMES}{name}: {now}"));
            }
        }
        if here.len() > SHOWN {
            out.push(t!("app-diff-and-more-fields", here = here.len() - SHOWN));
        }
        rest = after;
    }
    out
}

/// A path as its place and the field in it.
fn split(path: &str) -> (&str, &str) {
    let end = path.rfind('.').map(|dot| (dot, dot + 1));
    let key = path.ends_with(']').then(|| path.rfind('[').map(|at| (at, at))).flatten();
    match key.or(end) {
        Some((at, from)) => (&path[..at], &path[from..]),
        None => ("", path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(path: &str, before: Option<&str>, after: Option<&str>) -> DiffLine {
        let text = |t: Option<&str>| t.map(str::to_owned);
        DiffLine { path: path.to_owned(), before: text(before), after: text(after), kept_by: None }
    }

    #[test]
    fn one_field_has_its_path_and_several_stand_below_theirs() {
        let told = DiffLine { kept_by: Some("helm".into()), ..line("spec.replicas", Some("3"), Some("5")) };
        let diff = [
            told,
            line("metadata.labels[a/b]", None, Some("1")),
            line("metadata.labels.tier", Some("x"), None),
        ];
        assert_eq!(
            lines(&diff),
            [
                "  - spec.replicas: 3   (kept by helm)",
                "  + spec.replicas: 5",
                "  metadata.labels",
                "    + [a/b]: 1",
                "    - tier: x",
            ]
        );
    }

    #[test]
    fn long_lists_are_folded_and_what_stands_at_the_top_has_no_place() {
        let many: Vec<_> = (0..15).map(|i| line(&format!("data.k{i}"), None, Some("v"))).collect();
        let folded = lines(&many);
        assert_eq!(folded.len(), 1 + SHOWN + 1);
        assert_eq!(folded.last().unwrap(), "    … and 3 more fields");
        assert_eq!(lines(&[line("web", Some("exists"), None)]), ["  - web: exists"]);
    }
}
