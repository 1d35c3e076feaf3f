//! A drawn screen as an SVG picture, for the README and for reports: what is shown is what the program drew.

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
    // Browsers of today keep blanks by the style of each text alone, older readers by the attribute below.
    writeln!(out, "<style>text{{white-space:pre}}</style>")?;
    writeln!(out, r##"<rect width="{w}" height="{h}" fill="#14181f"/>"##)?;
    writeln!(
        out,
        r#"<g font-family="'DejaVu Sans Mono','Noto Sans Mono CJK SC',Menlo,Consolas,monospace" font-size="15" xml:space="preserve">"#
    )?;
    for y in area.y..area.bottom() {
        let mut x = area.x;
        while x < area.right() {
            x = run(out, buf, x, y)?;
        }
    }
    writeln!(out, "</g>\n</svg>")
}

/// Draws the cells of one style from a place on, and returns the place after them.
fn run(out: &mut String, buf: &Buffer, from: u16, y: u16) -> Result<u16, std::fmt::Error> {
    let style = buf[(from, y)].style();
    let mut text = String::new();
    let mut x = from;
    while x < buf.area.right() && buf[(x, y)].style() == style {
        let symbol = buf[(x, y)].symbol();
        text.push_str(symbol);
        x += (symbol.width() as u16).max(1);
    }
    let has = |m| style.add_modifier.contains(m);
    let (mut fg, mut bg) =
        (hex(style.fg.unwrap_or_default(), "#d8dee9"), hex(style.bg.unwrap_or_default(), "#14181f"));
    if has(Modifier::REVERSED) {
        std::mem::swap(&mut fg, &mut bg);
    }
    let (px, py) = (u32::from(from) * CELL.0, u32::from(y) * CELL.1);
    let width = u32::from(x - from) * CELL.0;
    if bg != "#14181f" {
        writeln!(out, r#"<rect x="{px}" y="{py}" width="{width}" height="{}" fill="{bg}"/>"#, CELL.1)?;
    }
    if !text.trim().is_empty() {
        let weight = if has(Modifier::BOLD) { r#" font-weight="bold""# } else { "" };
        let line = if has(Modifier::UNDERLINED) { r#" text-decoration="underline""# } else { "" };
        let base = py + 14;
        writeln!(
            out,
            r#"<text x="{px}" y="{base}" fill="{fg}" textLength="{width}" lengthAdjust="spacingAndGlyphs"{weight}{line}>{}</text>"#,
            escape(&text)
        )?;
    }
    Ok(x)
}
