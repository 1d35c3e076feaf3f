//! A drawn screen as an SVG picture, for the README and for reports: what is shown is what the program drew.
//!
//! Must not rest on blanks: readers drop them at the ends of a text, and stretch what is left. Each word has its own place.

use std::fmt::Write;

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// Size of a cell in pixels.
const CELL: (u32, u32) = (9, 18);

/// Renders a buffer. Colours that the terminal would choose itself are those of the ground.
pub fn svg(buf: &Buffer, title: &str) -> String {
    let mut out = String::new();
    // Writing into a String cannot fail.
    let _ = render(&mut out, buf, title);
    out
}

fn hex(color: Color, default: &str) -> String {
    match color {
        Color::Rgb(r, g, b) => format!("#{r:02x}{g:02x}{b:02x}"),
        _ => default.to_owned(),
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn render(out: &mut String, buf: &Buffer, title: &str) -> std::fmt::Result {
    let area = buf.area;
    let (w, h) = (u32::from(area.width) * CELL.0, u32::from(area.height) * CELL.1);
    writeln!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}" role="img">"#
    )?;
    writeln!(out, "<title>{}</title>", escape(title))?;
    writeln!(out, r##"<rect width="{w}" height="{h}" fill="#14181f"/>"##)?;
    writeln!(
        out,
        r#"<g font-family="'DejaVu Sans Mono','Noto Sans Mono CJK SC',Menlo,Consolas,monospace" font-size="15">"#
    )?;
    for y in area.y..area.bottom() {
        let mut x = area.x;
        while x < area.right() {
            x = run(out, buf, x, y)?;
        }
    }
    writeln!(out, "</g>\n</svg>")
}

/// A word of a row and where it stands: no reader has to keep a blank.
struct Word {
    from: u16,
    to: u16,
    text: String,
}

/// The words of the cells from a place on that have one style, and the place after them.
fn words(buf: &Buffer, from: u16, y: u16) -> (Vec<Word>, u16) {
    let style = buf[(from, y)].style();
    let mut words: Vec<Word> = Vec::new();
    let mut x = from;
    while x < buf.area.right() && buf[(x, y)].style() == style {
        let symbol = buf[(x, y)].symbol();
        let after = x + (symbol.width() as u16).max(1);
        if !symbol.trim().is_empty() {
            match words.last_mut().filter(|w| w.to == x) {
                Some(word) => {
                    word.text.push_str(symbol);
                    word.to = after;
                }
                None => words.push(Word { from: x, to: after, text: symbol.to_owned() }),
            }
        }
        x = after;
    }
    (words, x)
}

/// Draws the cells of one style from a place on, and returns the place after them.
fn run(out: &mut String, buf: &Buffer, from: u16, y: u16) -> Result<u16, std::fmt::Error> {
    let style = buf[(from, y)].style();
    let (words, x) = words(buf, from, y);
    let has = |m| style.add_modifier.contains(m);
    let (mut fg, mut bg) =
        (hex(style.fg.unwrap_or_default(), "#d8dee9"), hex(style.bg.unwrap_or_default(), "#14181f"));
    if has(Modifier::REVERSED) {
        std::mem::swap(&mut fg, &mut bg);
    }
    let across = |cells: u16| u32::from(cells) * CELL.0;
    let (px, py) = (across(from), u32::from(y) * CELL.1);
    if bg != "#14181f" {
        let width = across(x - from);
        writeln!(out, r#"<rect x="{px}" y="{py}" width="{width}" height="{}" fill="{bg}"/>"#, CELL.1)?;
    }
    let weight = if has(Modifier::BOLD) { r#" font-weight="bold""# } else { "" };
    let line = if has(Modifier::UNDERLINED) { r#" text-decoration="underline""# } else { "" };
    for word in words {
        writeln!(
            out,
            r#"<text x="{}" y="{}" fill="{fg}" textLength="{}" lengthAdjust="spacingAndGlyphs"{weight}{line}>{}</text>"#,
            across(word.from),
            py + 14,
            across(word.to - word.from),
            escape(&word.text)
        )?;
    }
    Ok(x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    /// What stands in each text of a picture, with its place and its width.
    fn texts(picture: &str) -> Vec<(u32, u32, String)> {
        let of = |attribute: &str, line: &str| -> u32 {
            line.split_once(&format!("{attribute}=\"")).unwrap().1.split('"').next().unwrap().parse().unwrap()
        };
        let lines = picture.lines().filter(|l| l.starts_with("<text "));
        lines
            .map(|l| {
                let text = l.split_once('>').unwrap().1.strip_suffix("</text>").unwrap();
                (of(" x", l), of("textLength", l), text.to_owned())
            })
            .collect()
    }

    #[test]
    fn no_reader_of_a_picture_has_to_keep_a_blank() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 24, 2));
        buf.set_string(0, 0, "  a  <bc> 节点 x   ", Style::new());
        buf.set_string(0, 1, " q quit  ", Style::new().fg(Color::Rgb(1, 2, 3)));
        let found = texts(&svg(&buf, "t"));
        let want = [
            (18, 9, "a"),
            (45, 36, "&lt;bc&gt;"),
            (90, 36, "节点"),
            (135, 9, "x"),
            (9, 9, "q"),
            (27, 36, "quit"),
        ];
        assert_eq!(found, want.map(|(x, width, text)| (x, width, text.to_owned())));
    }

    #[test]
    fn the_pictures_of_the_readme_have_no_blank_in_a_text() {
        for picture in [
            include_str!("../../assets/screenshots/triage.svg"),
            include_str!("../../assets/screenshots/library.svg"),
            include_str!("../../assets/screenshots/runbook.svg"),
        ] {
            let found = texts(picture);
            assert!(found.len() > 100);
            let blank = found.iter().find(|(_, _, text)| text.contains(char::is_whitespace));
            assert_eq!(blank, None, "draw it anew: CONTRIBUTING.md says how");
        }
    }
}
