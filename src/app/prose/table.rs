//! Tables of Markdown: in columns whose cells go on below where they are too long, or as a list where the columns would be too
//! narrow to read.
//!
//! Must not cut a cell.

use unicode_width::UnicodeWidthStr;

use super::wrap::{words, wrap_pieces};
use super::{Look, Piece, Row};

/// Between two columns.
const BETWEEN: &str = " │ ";

/// A column in which no more than this fits on a row is no column to read.
const LEAST: usize = 12;

/// A table that is being read.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// The first row is the head.
    rows: Vec<Vec<Row>>,
}

impl Table {
    pub(super) fn row(&mut self) {
        self.rows.push(Vec::new());
    }

    pub(super) fn cell(&mut self, cell: Row) {
        if let Some(row) = self.rows.last_mut() {
            row.push(cell);
        }
    }

    /// Its rows on the screen.
    pub(super) fn lay_out(&self, width: usize) -> Vec<Row> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        if columns == 0 {
            return Vec::new();
        }
        match self.widths(columns, width) {
            Some(widths) => self.in_columns(&widths),
            None => self.as_list(width),
        }
    }

    /// How wide each column is; none where one of them would be too narrow.
    fn widths(&self, columns: usize, width: usize) -> Option<Vec<usize>> {
        let room = width.checked_sub(BETWEEN.width() * (columns - 1))?;
        let of = |column: usize, measure: fn(&Row) -> usize| {
            self.rows.iter().filter_map(|row| row.get(column)).map(measure).max().unwrap_or(0)
        };
        let wanted: Vec<usize> = (0..columns).map(|c| of(c, whole)).collect();
        // No word is broken, and a column that wants little keeps that.
        let least: Vec<usize> = (0..columns).map(|c| of(c, longest_word).max(wanted[c].min(LEAST))).collect();
        let mut spare = room.checked_sub(least.iter().sum())?;
        let mut out = least;
        // What is left goes to the column that lacks most, a cell at a time.
        while spare > 0 {
            let lacks = |c: &usize| wanted[*c] - out[*c];
            let Some(column) = (0..columns).filter(|c| lacks(c) > 0).max_by_key(lacks) else { break };
            out[column] += 1;
            spare -= 1;
        }
        Some(out)
    }

    fn in_columns(&self, widths: &[usize]) -> Vec<Row> {
        let mut out = Vec::new();
        for (number, row) in self.rows.iter().enumerate() {
            let empty = Row::new();
            let cells: Vec<Vec<Row>> = widths
                .iter()
                .enumerate()
                .map(|(c, width)| wrap_pieces(row.get(c).unwrap_or(&empty), (*width).max(1)))
                .collect();
            let height = cells.iter().map(Vec::len).max().unwrap_or(0);
            for line in 0..height {
                let mut joined = Row::new();
                for (c, cell) in cells.iter().enumerate() {
                    let pieces = cell.get(line).cloned().unwrap_or_default();
                    let used = whole(&pieces);
                    joined.extend(pieces);
                    if c + 1 < widths.len() {
                        let pad = " ".repeat(widths[c].saturating_sub(used));
                        joined.push(Piece { text: format!("{pad}{BETWEEN}"), look: Look::Comment });
                    }
                }
                out.push(joined);
            }
            if number == 0 {
                let rule: Vec<String> = widths.iter().map(|w| "─".repeat(*w)).collect();
                out.push(vec![Piece { text: rule.join("─┼─"), look: Look::Comment }]);
            }
        }
        out
    }

    /// Each row as its first cell, and below it the others with their heads.
    fn as_list(&self, width: usize) -> Vec<Row> {
        let Some((head, rows)) = self.rows.split_first() else { return Vec::new() };
        let mut out = Vec::new();
        for row in rows {
            for (c, cell) in row.iter().enumerate() {
                let lead = if c == 0 { "• " } else { "  " };
                let mut pieces = Row::new();
                if let Some(head) = head.get(c).filter(|_| c > 0) {
                    pieces.extend(head.iter().map(|p| Piece { text: p.text.clone(), look: Look::Comment }));
                    pieces.push(Piece { text: ": ".to_owned(), look: Look::Comment });
                }
                pieces.extend(cell.iter().cloned());
                let room = width.saturating_sub(lead.width()).max(4);
                for (i, mut line) in wrap_pieces(&pieces, room).into_iter().enumerate() {
                    let lead = if i == 0 { lead } else { "  " };
                    line.insert(0, Piece { text: lead.to_owned(), look: Look::Plain });
                    out.push(line);
                }
            }
        }
        out
    }
}

fn whole(row: &Row) -> usize {
    row.iter().map(|piece| piece.text.width()).sum()
}

fn longest_word(row: &Row) -> usize {
    row.iter().flat_map(|piece| words(&piece.text)).map(UnicodeWidthStr::width).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::{Highlights, rows, text};

    fn plain(markdown: &str, width: u16) -> Vec<String> {
        let rows = rows(markdown, width, &Highlights::default());
        rows.iter().map(|row| text(row).trim_end().to_owned()).collect()
    }

    const CODES: &str = "| code | who ended it | what it mostly is |\n|---|---|---|\n\
        | 0 | the program itself | it is not meant to run for ever, or `exec` is missing |\n\
        | 137 | the kernel | out of memory |\n";

    #[test]
    fn a_table_stands_in_columns_whose_cells_go_on_below() {
        assert_eq!(
            plain(CODES, 60),
            [
                "code │ who ended it │ what it mostly is",
                "─────┼──────────────┼───────────────────────────────────────",
                "0    │ the program  │ it is not meant to run for ever, or",
                "     │ itself       │ exec is missing",
                "137  │ the kernel   │ out of memory",
            ]
        );
    }

    #[test]
    fn a_table_that_is_too_wide_becomes_a_list_and_loses_nothing() {
        assert_eq!(
            plain(CODES, 24),
            [
                "• 0",
                "  who ended it: the",
                "  program itself",
                "  what it mostly is: it",
                "  is not meant to run",
                "  for ever, or exec is",
                "  missing",
                "• 137",
                "  who ended it: the",
                "  kernel",
                "  what it mostly is: out",
                "  of memory",
            ]
        );
    }
}
