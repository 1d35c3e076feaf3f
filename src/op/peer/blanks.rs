//! Runs of blanks in what a second person reads: a text that is padded with them looks like rows of its own. Pure; it must
//! not judge scripts, whose blanks are theirs.

/// Most blanks in a row in names and texts: with more of them a text forges rows, or moves the others off the screen.
const MOST_BLANKS: usize = 2;

/// A character that a screen shows nothing for: white space, and the pattern of Braille without dots.
fn blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{2800}'
}

/// The runs of a text, of blanks and of others.
fn runs(text: &str) -> impl Iterator<Item = (bool, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = blank(rest.chars().next()?);
        let end = rest.find(|c| blank(c) != first).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        Some((first, run))
    })
}

/// Whether a text has more blanks in a row than may be.
pub(super) fn too_many(text: &str) -> bool {
    runs(text).any(|(blank, run)| blank && run.chars().count() > MOST_BLANKS)
}

/// The text with a single blank, or line break, in the place of more blanks than may be.
pub(super) fn fewer(text: &str) -> String {
    let fewer = |run| if str::contains(run, '\n') { "\n" } else { " " };
    runs(text)
        .map(|(blank, run)| if blank && run.chars().count() > MOST_BLANKS { fewer(run) } else { run })
        .collect()
}
