//! Foreign text in Markdown: it is read as the characters that it is, and makes nothing else. No heading, row, list, image,
//! link, mention or HTML comes of it, whatever it holds; what a reader of Markdown would turn into a link or a mention by
//! itself stands as code.
//!
//! Must not be gone around: every text of a record goes through one of these on its way into a file. A new place of a text
//! in an export is in the test of the exports as soon as a record there holds it.

use crate::domain::one_row;

/// A text as text, in one row.
pub fn text(foreign: &str) -> String {
    put(foreign, code)
}

/// A text in which something may stand between backticks: that is code, the rest is text.
pub fn words(foreign: &str) -> String {
    mixed(foreign, text, code)
}

/// The same in a cell of a table.
pub fn cell(foreign: &str) -> String {
    mixed(foreign, |foreign| put(foreign, code_in_cell), code_in_cell)
}

/// A text as code.
pub fn code(foreign: &str) -> String {
    let row = one_row(foreign);
    if row.trim().is_empty() {
        return String::new();
    }
    let runs = row.split(|c| c != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or(0) + 1);
    // A blank at both ends is taken off by whoever reads it.
    let pad = if row.starts_with(['`', ' ']) || row.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{pad}{row}{pad}{fence}")
}

/// A text as code in a cell, where a bar is a bar only behind a backslash, also in code.
pub fn code_in_cell(foreign: &str) -> String {
    // Behind a backslash of its own readers do not agree what a bar is.
    code(&foreign.replace("\\|", "\\¦")).replace('|', "\\|")
}

fn mixed(foreign: &str, text: fn(&str) -> String, code: fn(&str) -> String) -> String {
    let parts: Vec<&str> = foreign.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return text(foreign);
    }
    let mut out = String::new();
    for (i, part) in parts.into_iter().enumerate() {
        if i % 2 == 1 {
            out += &code(part);
            continue;
        }
        // The blanks around code are the text's.
        let blank = |is: bool| if is && !part.is_empty() { " " } else { "" };
        out += blank(i > 0 && part.starts_with(char::is_whitespace));
        out += &text(part);
        out += blank(part.trim() != "" && part.ends_with(char::is_whitespace));
    }
    out.trim().to_owned()
}

/// Word by word: what would become a link or a mention by itself by `code`, the rest escaped.
fn put(foreign: &str, code: fn(&str) -> String) -> String {
    let row = one_row(foreign);
    let mut out = String::new();
    for word in row.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        if comes_alive(word) {
            out += &code(word);
        } else {
            let word = escaped(word);
            // What would begin a list, a heading or a quotation.
            if out.is_empty() && word.starts_with(['-', '+', '=']) {
                out.push('\\');
            }
            out += &word;
        }
    }
    numbered(&out)
}

/// Whether readers of Markdown make a link or a mention of a bare word.
fn comes_alive(word: &str) -> bool {
    let word = word.to_lowercase();
    ["://", "www.", "@", "mailto:", "xmpp:"].iter().any(|mark| word.contains(mark))
}

fn escaped(word: &str) -> String {
    let chars: Vec<char> = word.chars().collect();
    let mut out = String::with_capacity(word.len());
    for (i, c) in chars.iter().enumerate() {
        // Between letters it is no mark, and names have many.
        let inside = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphanumeric());
        let plain = *c == '_' && inside(i.checked_sub(1)) && inside(Some(i + 1));
        if r"\`*_[]<>|~&#$".contains(*c) && !plain {
            out.push('\\');
        }
        out.push(*c);
    }
    out
}

/// A text that begins like a row of a numbered list does not begin one.
fn numbered(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text[digits..].chars().next() {
        Some('.' | ')') if digits > 0 => format!("{}\\{}", &text[..digits], &text[digits..]),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    #[test]
    fn what_people_read_stays_readable() {
        assert_eq!(text("drain worker-3, 2 pods (shop/cart_0)"), "drain worker-3, 2 pods (shop/cart_0)");
        assert_eq!(
            text("see https://x.example/a?b by bob@corp"),
            "see `https://x.example/a?b` by `bob@corp`"
        );
        assert_eq!(text("![a](b) <img> *b* | #1\n## c"), r"!\[a\](b) \<img\> \*b\* \| \#1 ⏎ \#\# c");
        assert_eq!(text("- a"), r"\- a");
        assert_eq!(text("12. a"), r"12\. a");
        assert_eq!(words("holds, `a <= 1 || b` now"), "holds, `a <= 1 || b` now");
        assert_eq!(cell("holds, `a || b`"), r"holds, `a \|\| b`");
        assert_eq!(code("a`b``c"), "```a`b``c```");
        assert_eq!(words("one ` alone"), r"one \` alone");
    }

    /// Pieces that Markdown, its extensions and HTML are made of.
    fn foreign() -> impl Strategy<Value = String> {
        let pieces = vec![
            "a",
            " ",
            "\n",
            "\n\n",
            "\r\n",
            "\t",
            "    ",
            "`",
            "``",
            "```\n",
            "~~~",
            "#",
            "## ",
            "- ",
            "* ",
            "+ ",
            "1. ",
            "1) ",
            "> ",
            "---",
            "===",
            "| ",
            "|\n",
            "|---|---|\n",
            "\\",
            "\\|",
            "![x](http://e/p.png)",
            "[x](http://e)",
            "[x]: http://e\n",
            "<http://e>",
            "<img src=x>",
            "</td>",
            "<!-- ",
            "-->",
            "https://e.example/",
            "www.e.example",
            "bob@e.example",
            "&lt;",
            "&#60;",
            "*",
            "**",
            "_",
            "__",
            "~~",
            "$",
            "$$",
            "[^1]",
            "[ ] ",
            "{#id}",
            "<",
            ">",
            "&",
            "!",
            "[",
            "]",
            "(",
            ")",
            ":",
            "\u{1b}[2J",
            "\u{202e}",
            "节",
        ];
        proptest::collection::vec(proptest::sample::select(pieces), 0..14).prop_map(|p| p.concat())
    }

    /// What a page with the text in each place is made of, without texts, code, and emphasis of its own; and the texts.
    fn read(page: &str) -> (Vec<String>, String) {
        let (mut shape, mut said) = (Vec::new(), String::new());
        for event in Parser::new_ext(page, Options::all()) {
            match event {
                Event::Text(text) | Event::Code(text) => said += &text,
                Event::Start(tag) => shape.push(format!("{tag:?}")),
                Event::End(tag) => {
                    said.push(' ');
                    shape.push(format!("/{tag:?}"));
                    if tag == TagEnd::TableCell {
                        said.push('|');
                    }
                }
                other => shape.push(format!("{other:?}")),
            }
        }
        (shape, said)
    }

    fn page(foreign: &str) -> String {
        let filled = |made: String| if made.is_empty() { "x".to_owned() } else { made };
        let (text, words) = (filled(text(foreign)), filled(words(foreign)));
        let (code, cell, code_in_cell) =
            (filled(code(foreign)), filled(cell(foreign)), filled(code_in_cell(foreign)));
        format!(
            "# {text}\n\n- {text}\n- fact: {words}\n  - {code} and {text}\n\n| a | b |\n|---|---|\n| {cell} {code_in_cell} | {cell} |\n\nend {text}\n"
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn foreign_text_is_text_and_makes_nothing_else(foreign in foreign()) {
            let page = page(&foreign);
            let (shape, said) = read(&page);
            let (tame, _) = read(&self::page("x"));
            prop_assert_eq!(shape, tame, "{}", page);
            // Nothing of it is lost but what is not seen and the width of its blanks.
            let bare = |t: &str| crate::domain::one_row(t).replace(char::is_whitespace, "").replace('`', "");
            prop_assert!(bare(&said).contains(&bare(&foreign)), "{said:?} in {page}");
        }
    }

    #[test]
    fn the_reader_of_the_test_would_see_a_link() {
        let live = |page: &str| {
            Parser::new_ext(page, Options::all()).any(|e| matches!(e, Event::Start(Tag::Link { .. })))
        };
        assert!(live("[a](http://b)") && !live(&text("[a](http://b)")));
    }
}
