//! Problems found in a runbook, each with its place.
//!
//! Purpose: collect everything that is wrong with a file before anything is reported, and show it with file,
//! line, column and the text underlined ([`Problem`] is a `miette` diagnostic).
//!
//! Must not: stop at the first problem, print, or decide what is wrong.

use std::fmt;
use std::sync::Arc;

use miette::{Diagnostic, LabeledSpan, NamedSource, SourceCode};

use super::model::Span;
use crate::domain::{one_row, sanitize_in_place};
use crate::lang::t;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The runbook can be used; its author should know.
    Warning,
    /// The step, or the whole runbook, must not run.
    Error,
}

impl Severity {
    /// `warning` or `error`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One problem at one place of one file.
#[derive(Clone, Debug)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// A stable name of the check, `step.verify-missing`.
    pub code: &'static str,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// What to do, when the checker can tell.
    pub help: Option<String>,
    /// The file as the caller named it.
    pub file: Arc<str>,
    /// The bytes to underline.
    pub span: Span,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    source: Arc<NamedSource<String>>,
}

impl Problem {
    /// `file:line:column: severity: message`, with the help behind it.
    pub fn one_line(&self) -> String {
        let help = self.help.as_deref().map(|h| format!(" ({})", one_row(h))).unwrap_or_default();
        let (file, line, column, word) = (&self.file, self.line, self.column, self.severity.word());
        format!("{}:{line}:{column}: {word}: {self}{help}", one_row(file))
    }

    /// The file as it may be shown, with every byte in its place.
    pub fn source_text(&self) -> &str {
        self.source.inner()
    }

    /// True for [`Severity::Error`].
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A key or an id of the file may stand in it.
        f.write_str(&one_row(&self.message))
    }
}

impl std::error::Error for Problem {}

impl Diagnostic for Problem {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|h| Box::new(one_row(h)) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&*self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let len = self.span.end.saturating_sub(self.span.start).max(1);
        let here = LabeledSpan::new_primary_with_span(
            Some(t!("runbook-problem-here").to_owned()),
            (self.span.start, len),
        );
        Some(Box::new(std::iter::once(here)))
    }
}

/// A problem before its file is known.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Raw {
    severity: Severity,
    code: &'static str,
    span: Span,
    message: String,
    help: Option<String>,
}

/// So many problems of one file are named. Nobody mends more at once, and a file that is made of problems must not cost more
/// than one that is made of runbook.
const MOST: usize = 200;

/// The list under collection.
#[derive(Debug, Default)]
pub struct Problems {
    raw: Vec<Raw>,
    /// There are more than are kept.
    more: bool,
}

impl Problems {
    /// Adds an error.
    pub fn error(&mut self, code: &'static str, span: Span, message: impl Into<String>) {
        self.add(Severity::Error, code, span, message.into(), None);
    }

    /// Adds an error that says what to do.
    pub fn error_help(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        self.add(Severity::Error, code, span, message.into(), help);
    }

    /// Adds a warning that says what to do.
    pub fn warn(&mut self, code: &'static str, span: Span, message: impl Into<String>, help: Option<String>) {
        self.add(Severity::Warning, code, span, message.into(), help);
    }

    fn add(
        &mut self,
        severity: Severity,
        code: &'static str,
        span: Span,
        message: String,
        help: Option<String>,
    ) {
        let raw = Raw { severity, code, span, message, help };
        if self.raw.contains(&raw) {
            return;
        }
        if self.raw.len() < MOST {
            self.raw.push(raw);
        } else {
            self.more = true;
        }
    }

    /// Whether no further problem is kept: what only makes one need not be done.
    pub fn full(&self) -> bool {
        self.more
    }

    /// How many errors were collected so far.
    pub fn errors(&self) -> usize {
        self.raw.iter().filter(|r| r.severity == Severity::Error).count()
    }

    /// Forgets everything: for files of a newer format, whose keys this program cannot judge.
    pub fn clear(&mut self) {
        (self.raw, self.more) = (Vec::new(), false);
    }

    /// Gives every problem its file, line and column, in the order of the file.
    /// Where there are more than are named, the whole file must not run: nobody knows what the others are.
    pub fn finish(mut self, file: &str, source: &str) -> Vec<Problem> {
        if self.more {
            let message = t!("runbook-problem-more", most = MOST);
            let at = Span::new(0, source.lines().next().map_or(0, str::len));
            let (severity, code) = (Severity::Error, "problems.more");
            self.raw.push(Raw { severity, code, span: at, message, help: None });
        }
        self.raw.sort_by_key(|r| (r.span, std::cmp::Reverse(r.severity)));
        let name: Arc<str> = Arc::from(file);
        // What is underlined is shown as it stands, so it keeps its places.
        let named = Arc::new(NamedSource::new(one_row(file), sanitize_in_place(source)));
        let lines = LineIndex::new(source);
        let place = |r: Raw| {
            let (line, column) = lines.position(source, r.span.start);
            Problem {
                severity: r.severity,
                code: r.code,
                message: r.message,
                help: r.help,
                file: Arc::clone(&name),
                span: r.span,
                line,
                column,
                source: Arc::clone(&named),
            }
        };
        self.raw.into_iter().map(place).collect()
    }
}

/// Starts of lines, to turn byte offsets into positions.
#[derive(Clone, Debug)]
pub struct LineIndex(Vec<usize>);

impl LineIndex {
    /// Reads the text once.
    pub fn new(source: &str) -> Self {
        let after_newline = source.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1);
        Self(std::iter::once(0).chain(after_newline).collect())
    }

    /// Line and column (characters), both from 1, of a byte offset; past the end means the end.
    pub fn position(&self, source: &str, offset: usize) -> (usize, usize) {
        let offset = offset.min(source.len());
        let line = self.0.partition_point(|start| *start <= offset).max(1);
        let start = self.0[line - 1];
        let column = source.get(start..offset).map_or(offset - start, |s| s.chars().count());
        (line, column + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_lines_from_one() {
        let source = "ab\n节点 x\n";
        let mut problems = Problems::default();
        problems.error("b", Span::new(10, 11), "second");
        problems.error("a", Span::new(0, 1), "first");
        problems.error("a", Span::new(0, 1), "first");
        let all = problems.finish("f.md", source);
        let places: Vec<_> = all.iter().map(Problem::one_line).collect();
        assert_eq!(places, ["f.md:1:1: error: first", "f.md:2:4: error: second"]);
    }

    #[test]
    fn a_place_past_the_end_is_the_end() {
        assert_eq!(LineIndex::new("a\nb").position("a\nb", 99), (2, 2));
        assert_eq!(LineIndex::new("").position("", 0), (1, 1));
    }
}
