//! Two texts side by side, line by line, for a person who decides. Pure.

/// A line of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    Same(String),
    Gone(String),
    New(String),
}

impl Line {
    /// The line with its mark, with what steers a terminal or is not seen written out.
    pub fn shown(&self) -> String {
        let (mark, text) = match self {
            Line::Same(text) => (' ', text),
            Line::Gone(text) => ('-', text),
            Line::New(text) => ('+', text),
        };
        format!("{mark} {}", crate::domain::visible(text))
    }
}

/// Cells that are compared; longer texts are shown as all gone and all new.
const MOST: usize = 4_000_000;

/// Lines as an interpreter takes them: a carriage return before the end is a character of the line.
fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').map(|line| line.strip_suffix('\n').unwrap_or(line)).collect()
}

/// The lines of both texts in their order, those that both have once.
pub fn diff(before: &str, after: &str) -> Vec<Line> {
    let (a, b) = (lines(before), lines(after));
    if a.len().saturating_mul(b.len()) > MOST {
        let gone = a.iter().map(|l| Line::Gone((*l).to_owned()));
        return gone.chain(b.iter().map(|l| Line::New((*l).to_owned()))).collect();
    }
    // How many lines the rests have in common.
    let mut common = vec![vec![0usize; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            common[i][j] =
                if a[i] == b[j] { common[i + 1][j + 1] + 1 } else { common[i + 1][j].max(common[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            out.push(Line::Same(a[i].to_owned()));
            (i, j) = (i + 1, j + 1);
        } else if j == b.len() || (i < a.len() && common[i + 1][j] >= common[i][j + 1]) {
            out.push(Line::Gone(a[i].to_owned()));
            i += 1;
        } else {
            out.push(Line::New(b[j].to_owned()));
            j += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_changed_is_marked() {
        let lines: Vec<_> = diff("a\nb\nc", "a\nx\nc\nd").iter().map(Line::shown).collect();
        assert_eq!(lines, ["  a", "- b", "+ x", "  c", "+ d"]);
        assert_eq!(Line::New("a\u{1b}[31mb\u{202e}".into()).shown(), "+ a\\x1b[31mb\\u{202e}");
        let ends: Vec<_> = diff("a\n", "a\r\n").iter().map(Line::shown).collect();
        assert_eq!(ends, ["- a", "+ a\\x0d"]);
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_out_of_it(a in "[ab\n]{0,30}", b in "[ab\n]{0,30}") {
            let all = diff(&a, &b);
            let side = |gone: bool| -> Vec<String> {
                all.iter().filter_map(|l| match l {
                    Line::Same(t) => Some(t.clone()),
                    Line::Gone(t) => gone.then(|| t.clone()),
                    Line::New(t) => (!gone).then(|| t.clone()),
                }).collect()
            };
            prop_assert_eq!(side(true), a.lines().map(str::to_owned).collect::<Vec<_>>());
            prop_assert_eq!(side(false), b.lines().map(str::to_owned).collect::<Vec<_>>());
        }
    }
}
