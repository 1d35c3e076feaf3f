//! Markdown as rows of a given width: headings, lists, quotes, tables, code blocks with colours
//! when the highlighter has sent them. Pure, and shared by `update` (how far a text scrolls) and `view`.
//!
//! `code` knows the code blocks, `table` the tables, `wrap` breaks lines; another element of Markdown gets its arm in `Layout`.

mod code;
mod table;
mod wrap;

pub use code::{Highlighted, Highlights, code_blocks, code_id, code_texts};
pub use wrap::wrap;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use unicode_width::UnicodeWidthStr;

use code::language;
use wrap::{wrap_code, wrap_pieces};

use crate::domain::{NARROW, in_columns};
use crate::live::{Line, Tone};

/// How a piece of text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Look {
    #[default]
    Plain,
    Strong,
    Emphasis,
    Heading,
    Code,
    Link,
    Quote,
    Keyword,
    Literal,
    Comment,
    Number,
    /// As a cell of a live view.
    Tone(Tone),
}

/// A text in one look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub look: Look,
}

/// One row of the screen.
pub type Row = Vec<Piece>;

pub(crate) fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH
}

/// Lays a text out.
pub fn rows(markdown: &str, width: u16, highlights: &Highlights) -> Vec<Row> {
    let mut layout = Layout::new(usize::from(width.max(8)), highlights);
    for event in Parser::new_ext(markdown, options()) {
        layout.take(event);
    }
    layout.finish()
}

/// A script as a block of code, whatever stands in it: a line that looks like the end of a fence is one of its lines.
pub fn code(lang: &str, text: &str, width: u16, highlights: &Highlights) -> Vec<Row> {
    let mut layout = Layout::new(usize::from(width.max(8)), highlights);
    layout.code = Some((lang.to_owned(), text.to_owned()));
    layout.code_block();
    layout.finish()
}

/// Lines of a live view, which stand in columns: what is too long for a row goes on below, and nothing is cut.
pub fn lines(lines: &[Line], width: u16) -> Vec<Row> {
    let row = |line: &Line| {
        line.iter().map(|cell| Piece { text: cell.text.clone(), look: Look::Tone(cell.tone) }).collect()
    };
    lines.iter().flat_map(|line| wrap_code(&row(line), usize::from(width.max(8)))).collect()
}

/// Lines that are shown as they are written: each in a row that may be longer than the screen, or wrapped.
pub fn plain<'a>(
    lines: impl IntoIterator<Item = &'a str>,
    wrapped: Option<u16>,
    look: impl Fn(&str) -> Row,
) -> Vec<Row> {
    let rows = lines.into_iter().map(look);
    match wrapped {
        Some(width) => rows.flat_map(|row| wrap_code(&row, usize::from(width.max(8)))).collect(),
        None => rows.collect(),
    }
}

/// A line that a person could type: broken with a sign, so that no row seems to be all of it.
pub fn broken(line: &Row, width: u16) -> Vec<Row> {
    wrap_code(line, usize::from(width.max(8)))
}

/// A line of YAML with its key apart from its value.
pub fn yaml(line: &str) -> Row {
    let piece = |text: &str, look| Piece { text: text.to_owned(), look };
    match line.find(": ").or_else(|| line.ends_with(':').then(|| line.len() - 1)) {
        Some(at) => vec![piece(&line[..at], Look::Keyword), piece(&line[at..], Look::Plain)],
        None => vec![piece(line, Look::Plain)],
    }
}

/// The text of a row.
pub fn text(row: &Row) -> String {
    row.iter().map(|piece| piece.text.as_str()).collect()
}

struct Layout<'a> {
    width: usize,
    highlights: &'a Highlights,
    out: Vec<Row>,
    line: Vec<Piece>,
    looks: Vec<Look>,
    /// Next number of each open list; none for bullets.
    lists: Vec<Option<u64>>,
    /// What stands before the first row of the next paragraph.
    marker: String,
    quote: usize,
    code: Option<(String, String)>,
    table: Option<table::Table>,
}

impl<'a> Layout<'a> {
    fn new(width: usize, highlights: &'a Highlights) -> Layout<'a> {
        Layout {
            width,
            highlights,
            out: Vec::new(),
            line: Vec::new(),
            looks: Vec::new(),
            lists: Vec::new(),
            marker: String::new(),
            quote: 0,
            code: None,
            table: None,
        }
    }

    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.code {
                Some((_, code)) => code.push_str(&text),
                None => self.text(&text, self.looks.last().copied().unwrap_or_default()),
            },
            Event::Code(text) => self.text(&text, Look::Code),
            Event::SoftBreak => self.text(" ", Look::Plain),
            Event::HardBreak => self.flush(),
            Event::Rule => {
                self.flush();
                let look = Look::Comment;
                self.out.push(vec![Piece { text: "─".repeat(self.width.min(40)), look }]);
            }
            // HTML is never shown: it is only used for marks.
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { .. } => {
                self.gap();
                self.looks.push(Look::Heading);
            }
            Tag::Paragraph if self.lists.is_empty() && self.quote == 0 => self.gap(),
            Tag::List(start) => {
                self.flush();
                if self.lists.is_empty() {
                    self.gap();
                }
                self.lists.push(start);
            }
            Tag::Item => {
                self.flush();
                let depth = self.lists.len().saturating_sub(1);
                let mark = match self.lists.last_mut() {
                    Some(Some(n)) => {
                        *n += 1;
                        format!("{}. ", *n - 1)
                    }
                    _ => "• ".to_owned(),
                };
                self.marker = format!("{}{mark}", "  ".repeat(depth));
            }
            Tag::BlockQuote(_) => {
                self.gap();
                self.quote += 1;
                self.looks.push(Look::Quote);
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                self.gap();
                self.code = Some((language(&kind), String::new()));
            }
            Tag::Strong => self.looks.push(Look::Strong),
            Tag::Emphasis | Tag::Strikethrough => self.looks.push(Look::Emphasis),
            Tag::Link { .. } => self.looks.push(Look::Link),
            Tag::Table(_) => {
                self.gap();
                self.table = Some(table::Table::default());
            }
            Tag::TableHead | Tag::TableRow => self.table.iter_mut().for_each(table::Table::row),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                self.flush();
                self.looks.pop();
            }
            TagEnd::Paragraph | TagEnd::Item => self.flush(),
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.line);
                self.table.iter_mut().for_each(|table| table.cell(cell.clone()));
            }
            TagEnd::Table => self.end_table(),
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quote = self.quote.saturating_sub(1);
                self.looks.pop();
            }
            TagEnd::Strong | TagEnd::Emphasis | TagEnd::Strikethrough | TagEnd::Link => {
                self.looks.pop();
            }
            TagEnd::CodeBlock => self.code_block(),
            _ => {}
        }
    }

    /// A table stands in from the edge as what is around it does.
    fn end_table(&mut self) {
        let Some(table) = self.table.take() else { return };
        let lead = format!("{}{}", "▎ ".repeat(self.quote), " ".repeat(2 * self.lists.len()));
        let rows = table.lay_out(self.width.saturating_sub(lead.width()).max(8));
        self.out.extend(rows.into_iter().map(|mut row| {
            if !lead.is_empty() {
                row.insert(0, Piece { text: lead.clone(), look: Look::Quote });
            }
            row
        }));
    }

    fn code_block(&mut self) {
        let Some((lang, text)) = self.code.take() else { return };
        let indent = || Piece { text: "  ".to_owned(), look: Look::Plain };
        if let Some(colours) = self.highlights.get(code_id(&lang, &text)) {
            for line in &colours.lines {
                let row: Row = std::iter::once(indent()).chain(line.iter().cloned()).collect();
                self.out.extend(wrap_code(&row, self.width));
            }
            return;
        }
        for line in in_columns(&text, NARROW).lines() {
            let row = vec![indent(), Piece { text: line.to_owned(), look: Look::Code }];
            self.out.extend(wrap_code(&row, self.width));
        }
    }

    fn text(&mut self, text: &str, look: Look) {
        self.line.push(Piece { text: text.to_owned(), look });
    }

    /// An empty row between blocks, but never at the top nor twice.
    fn gap(&mut self) {
        self.flush();
        if self.out.last().is_some_and(|row| !row.is_empty()) {
            self.out.push(Row::new());
        }
    }

    fn flush(&mut self) {
        if self.line.is_empty() {
            return;
        }
        let line = std::mem::take(&mut self.line);
        let marker = std::mem::take(&mut self.marker);
        let quote = "▎ ".repeat(self.quote);
        // Text that goes on after the marker's row stands below its first word.
        let depth = if marker.is_empty() { 2 * self.lists.len() } else { marker.width() };
        let lead = quote.width() + depth;
        let rest = format!("{quote}{}", " ".repeat(depth));
        let mut rows = wrap_pieces(&line, self.width.saturating_sub(lead).max(4));
        for (i, row) in rows.iter_mut().enumerate() {
            let text = if i == 0 && !marker.is_empty() { format!("{quote}{marker}") } else { rest.clone() };
            if !text.is_empty() {
                row.insert(0, Piece { text, look: if self.quote > 0 { Look::Quote } else { Look::Plain } });
            }
        }
        self.out.extend(rows);
    }

    fn finish(mut self) -> Vec<Row> {
        self.flush();
        while self.out.last().is_some_and(Vec::is_empty) {
            self.out.pop();
        }
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plain(markdown: &str, width: u16) -> Vec<String> {
        let rows = rows(markdown, width, &Highlights::default());
        rows.into_iter().map(|r| r.into_iter().map(|p| p.text).collect()).collect()
    }

    #[test]
    fn paragraphs_lists_and_code_are_laid_out() {
        let text = "# Title\nOne two three four.\n\n1. first thing here\n2. second\n\n```sh\nkubectl get nodes\n```\n> quoted";
        assert_eq!(
            plain(text, 16),
            [
                "Title",
                "",
                "One two three",
                "four.",
                "",
                "1. first thing",
                "   here",
                "2. second",
                "",
                "  kubectl get ",
                "  ↳ nodes",
                "",
                "▎ quoted",
            ]
        );
    }

    #[test]
    fn chinese_is_broken_between_characters() {
        assert_eq!(plain("节点变成不可用状态，请先看。", 10), ["节点变成不", "可用状态，", "请先看。"]);
    }

    proptest! {
        #[test]
        fn no_text_panics_and_no_row_is_too_wide(text in "(.|\n){0,200}", width in 8u16..60) {
            for row in plain(&text, width) {
                prop_assert!(row.width() <= usize::from(width) + 8, "{row:?}");
            }
        }
    }
}
