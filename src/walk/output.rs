//! What a script wrote, as far as it is kept: the latest lines, bounded in number and in size. Pure.
//!
//! Must not take a line that was not cleaned: what steers a terminal and what is secret is taken out where it is read.

use std::collections::VecDeque;

use crate::lang::t;

/// Lines that are kept.
const MOST_LINES: usize = 2000;
/// Bytes that are kept.
const MOST_BYTES: usize = 256 << 10;

/// The latest lines of a script.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    lines: VecDeque<String>,
    bytes: usize,
    /// Lines before the first one that is kept.
    dropped: usize,
}

impl Output {
    /// Takes lines; the oldest make room.
    pub fn push(&mut self, lines: Vec<String>) {
        for line in lines {
            self.bytes += line.len();
            self.lines.push_back(line);
            while self.lines.len() > MOST_LINES || (self.bytes > MOST_BYTES && self.lines.len() > 1) {
                self.bytes -= self.lines.pop_front().map_or(0, |l| l.len());
                self.dropped += 1;
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// What is shown: first how much was cut, then the lines.
    pub fn shown(&self) -> Vec<String> {
        let cut = (self.dropped > 0).then(|| t!("walk-output-cut", lines = self.dropped));
        cut.into_iter().chain(self.lines.iter().cloned()).collect()
    }

    /// How many rows [`Output::shown`] has.
    pub fn rows(&self) -> usize {
        self.lines.len() + usize::from(self.dropped > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_lines_are_kept_and_the_cut_is_said() {
        let mut output = Output::default();
        output.push((0..MOST_LINES + 5).map(|n| n.to_string()).collect());
        assert_eq!(output.rows(), MOST_LINES + 1);
        assert_eq!(output.shown()[..2], ["… 5 lines before this were cut".to_owned(), "5".to_owned()]);
        output.push(vec!["x".repeat(MOST_BYTES)]);
        assert_eq!(output.rows(), 2);
        output.push(vec!["y".to_owned()]);
        assert_eq!(output.shown()[1], "y");
    }
}
