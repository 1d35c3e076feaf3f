//! Markdown as rows of a given width: headings, lists, quotes, tables as they stand, code blocks with colours
//! when the highlighter has sent them. Pure, and shared by `update` (how far a text scrolls) and `view`.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

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
}

/// A text in one look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub look: Look,
}

/// One row of the screen.
pub type Row = Vec<Piece>;

/// A code block with its colours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Highlighted {
    /// The block's `code_id`.
    pub id: u64,
    pub lines: Vec<Row>,
}

/// The number by which a code block and its colours find each other.
pub fn code_id(lang: &str, text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (lang, text).hash(&mut hasher);
    hasher.finish()
}

/// The code blocks of a text, as (language, text).
pub fn code_blocks(markdown: &str) -> Vec<(String, String)> {
    let (mut out, mut open) = (Vec::new(), None);
    for event in Parser::new_ext(markdown, options()) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => open = Some((language(&kind), String::new())),
            Event::Text(text) => {
                if let Some((_, code)) = &mut open {
                    code.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => out.extend(open.take()),
            _ => {}
        }
    }
    out
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH
}

fn language(kind: &CodeBlockKind<'_>) -> String {
    match kind {
        CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default().to_owned(),
        CodeBlockKind::Indented => String::new(),
    }
}

/// Lays a text out.
pub fn rows(markdown: &str, width: u16, highlights: &BTreeMap<u64, Highlighted>) -> Vec<Row> {
    let mut layout = Layout { width: usize::from(width.max(8)), highlights, ..Layout::new(highlights) };
    for event in Parser::new_ext(markdown, options()) {
        layout.take(event);
    }
    layout.finish()
}

/// Breaks a plain text into rows.
pub fn wrap(text: &str, width: u16, look: Look) -> Vec<Row> {
    let mut out = Vec::new();
    for line in text.lines() {
        out.extend(wrap_pieces(&[Piece { text: line.to_owned(), look }], usize::from(width.max(1))));
    }
    out
}

struct Layout<'a> {
    width: usize,
    highlights: &'a BTreeMap<u64, Highlighted>,
    out: Vec<Row>,
    line: Vec<Piece>,
    looks: Vec<Look>,
    /// Next number of each open list; none for bullets.
    lists: Vec<Option<u64>>,
    /// What stands before the first row of the next paragraph.
    marker: String,
    quote: usize,
    code: Option<(String, String)>,
    cells: usize,
}

impl<'a> Layout<'a> {
    fn new(highlights: &'a BTreeMap<u64, Highlighted>) -> Layout<'a> {
        Layout {
            width: 80,
            highlights,
            out: Vec::new(),
            line: Vec::new(),
            looks: Vec::new(),
            lists: Vec::new(),
            marker: String::new(),
            quote: 0,
            code: None,
            cells: 0,
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
            Tag::Table(_) => self.gap(),
            Tag::TableHead | Tag::TableRow => self.cells = 0,
            Tag::TableCell => {
                if self.cells > 0 {
                    self.text(" │ ", Look::Comment);
                }
                self.cells += 1;
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                self.flush();
                self.looks.pop();
            }
            TagEnd::Paragraph | TagEnd::TableHead | TagEnd::TableRow | TagEnd::Item => self.flush(),
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

    fn code_block(&mut self) {
        let Some((lang, text)) = self.code.take() else { return };
        let indent = || Piece { text: "  ".to_owned(), look: Look::Plain };
        if let Some(colours) = self.highlights.get(&code_id(&lang, &text)) {
            for line in &colours.lines {
                let row: Row = std::iter::once(indent()).chain(line.iter().cloned()).collect();
                self.out.extend(wrap_code(row, self.width));
            }
            return;
        }
        for line in text.lines() {
            let row = vec![indent(), Piece { text: line.replace('\t', "  "), look: Look::Code }];
            self.out.extend(wrap_code(row, self.width));
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

/// Long lines of code are broken anywhere, with an arrow, so that nothing is hidden.
fn wrap_code(row: Row, width: usize) -> Vec<Row> {
    let mut out = vec![Row::new()];
    let mut used = 0;
    for piece in row {
        let mut text = String::new();
        for g in piece.text.graphemes(true) {
            if used + g.width() > width && used > 0 {
                let last = out.last_mut().expect("there is always a row");
                last.push(Piece { text: std::mem::take(&mut text), look: piece.look });
                out.push(vec![Piece { text: "  ↳ ".to_owned(), look: Look::Comment }]);
                used = 4;
            }
            text.push_str(g);
            used += g.width();
        }
        out.last_mut().expect("there is always a row").push(Piece { text, look: piece.look });
    }
    out
}

/// Breaks pieces into rows between words, and between wide characters, which have no spaces.
fn wrap_pieces(pieces: &[Piece], width: usize) -> Vec<Row> {
    let mut out = vec![Row::new()];
    let mut used = 0;
    for piece in pieces {
        for word in words(&piece.text) {
            let w = word.width();
            let blank = word.trim().is_empty();
            if used + w > width && used > 0 && !blank {
                trim_end(out.last_mut().expect("there is always a row"));
                out.push(Row::new());
                used = 0;
            }
            if blank && (used == 0 || used + w > width) {
                continue;
            }
            if w > width {
                for g in word.graphemes(true) {
                    if used + g.width() > width && used > 0 {
                        out.push(Row::new());
                        used = 0;
                    }
                    push(out.last_mut().expect("there is always a row"), g, piece.look);
                    used += g.width();
                }
                continue;
            }
            push(out.last_mut().expect("there is always a row"), word, piece.look);
            used += w;
        }
    }
    trim_end(out.last_mut().expect("there is always a row"));
    out
}

fn push(row: &mut Row, text: &str, look: Look) {
    match row.last_mut() {
        Some(last) if last.look == look => last.text.push_str(text),
        _ => row.push(Piece { text: text.to_owned(), look }),
    }
}

fn trim_end(row: &mut Row) {
    if let Some(last) = row.last_mut() {
        last.text.truncate(last.text.trim_end().len());
    }
}

/// Words with their blanks as words of their own; a wide character is a word.
fn words(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut last: Option<(bool, bool)> = None;
    for (at, g) in text.grapheme_indices(true) {
        let kind = (g.trim().is_empty(), g.width() > 1);
        if let Some(before) = last
            && (before != kind || kind.1)
            && at > start
        {
            out.push(&text[start..at]);
            start = at;
        }
        last = Some(kind);
    }
    if start < text.len() {
        out.push(&text[start..]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plain(markdown: &str, width: u16) -> Vec<String> {
        let rows = rows(markdown, width, &BTreeMap::new());
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
                "  kubectl get no",
                "  ↳ des",
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
