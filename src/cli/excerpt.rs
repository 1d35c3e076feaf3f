//! The few rows of a runbook around a problem, as they are shown under it.
//!
//! Purpose: a report stays small whatever a file is made of. A line of a file can be as long as the file, and what draws
//! the report fails on columns that no screen has. Must not move a place: rows, lines and columns are those of the file.

use std::fmt;

use miette::{
    Diagnostic, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents,
};

use crate::domain::one_row;
use crate::lang::t;
use crate::runbook::Problem;

/// So many bytes of a line are kept on each side of what is underlined, and of what is underlined itself.
const SIDE: usize = 200;

/// So many rows are kept.
const ROWS: usize = 12;

/// What stands for the rest of a line.
const CUT: char = '…';

/// A problem with the rows around it.
#[derive(Debug)]
pub(super) struct Excerpt<'a> {
    problem: &'a Problem,
    text: String,
    /// What is underlined, in the text.
    here: SourceSpan,
    /// How many lines of the file stand before the text.
    above: usize,
}

impl<'a> Excerpt<'a> {
    pub(super) fn of(problem: &'a Problem) -> Excerpt<'a> {
        let source = problem.source_text();
        let start = source.floor_char_boundary(problem.span.start);
        let end = source.ceil_char_boundary(problem.span.end.max(start));
        let begin_of_line = |at: usize| source[..at].rfind('\n').map_or(0, |i| i + 1);
        let own = begin_of_line(start);
        let from = begin_of_line(own.saturating_sub(1));
        let (mut text, mut first, mut last) = (String::new(), None, None);
        let mut a = from;
        for line in source[from..].split_inclusive('\n').take(ROWS) {
            let b = a + line.trim_end_matches('\n').len();
            let marked = a >= own && a <= end;
            // Of the rows around it, the beginning.
            let (s, e) = if marked { (start.clamp(a, b), end.clamp(a, b)) } else { (a, a) };
            let e = e.min(source.ceil_char_boundary(s + SIDE));
            let left = if s - a > SIDE { source.floor_char_boundary(s - SIDE) } else { a };
            let right = if b - e > SIDE { source.ceil_char_boundary(e + SIDE) } else { b };
            text.extend((left > a).then_some(CUT));
            text.push_str(&source[left..s]);
            if marked {
                first.get_or_insert(text.len());
            }
            text.push_str(&source[s..e]);
            if marked {
                last = Some(text.len());
            }
            text.push_str(&source[e..right]);
            text.extend((right < b).then_some(CUT));
            text.extend((line.len() > b - a).then_some('\n'));
            if a > end {
                break;
            }
            a += line.len();
        }
        // A place past the end of the file is its end.
        let first = first.unwrap_or(text.len());
        let here = (first, last.unwrap_or(first).saturating_sub(first).max(1)).into();
        let above = problem.line.saturating_sub(1 + usize::from(from < own));
        Excerpt { problem, text, here, above }
    }
}

impl fmt::Display for Excerpt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.fmt(f)
    }
}

impl std::error::Error for Excerpt<'_> {}

impl Diagnostic for Excerpt<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.problem.code()
    }

    fn severity(&self) -> Option<miette::Severity> {
        Diagnostic::severity(self.problem)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Diagnostic::help(self.problem)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let here = LabeledSpan::new_primary_with_span(Some(t!("cli-check-here").to_owned()), self.here);
        Some(Box::new(std::iter::once(here)))
    }
}

impl SourceCode for Excerpt<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let read = self.text.read_span(span, before, after)?;
        // Without rows around it the place itself is asked for, which is that of the file.
        let column = if before == 0 { self.problem.column.saturating_sub(1) } else { read.column() };
        let (name, line) = (one_row(&self.problem.file), read.line() + self.above);
        let found =
            MietteSpanContents::new_named(name, read.data(), *read.span(), line, column, read.line_count());
        Ok(Box::new(found))
    }
}
