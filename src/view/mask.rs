//! Takes secrets out of a drawn screen, before it becomes a picture. It works on rows: a secret that goes over several
//! rows is found as far as its parts are known by themselves.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::redact::Secrets;

/// What stands in the cells of a secret.
const DOT: &str = "•";

/// Replaces each secret by dots; the style of the cells stays.
pub fn mask(buf: &mut Buffer, secrets: &Secrets) {
    mask_area(buf, buf.area, secrets);
}

/// The same in a part of the screen.
pub fn mask_area(buf: &mut Buffer, area: Rect, secrets: &Secrets) {
    let area = area.intersection(buf.area);
    if secrets.is_empty() {
        return;
    }
    for y in area.y..area.bottom() {
        let (mut row, mut cells) = (String::new(), Vec::new());
        let mut x = area.x;
        while x < area.right() {
            let symbol = buf[(x, y)].symbol();
            row.push_str(symbol);
            let width = (symbol.width() as u16).max(1);
            cells.extend(std::iter::repeat_n((x, width), symbol.len()));
            x += width;
        }
        for span in secrets.spans(row.as_bytes()) {
            for (x, width) in &cells[span] {
                for x in *x..(x + width).min(area.right()) {
                    buf[(x, y)].set_symbol(DOT);
                }
            }
        }
    }
}

/// A cell: column, row, width.
pub type Place = (u16, u16, u16);

/// The text in a part of the screen, its rows with line ends between them, and for each of its bytes the cell where it stands,
/// with its width; a line end stands in none.
pub fn read(buf: &Buffer, area: Rect) -> (String, Vec<Option<Place>>) {
    let area = area.intersection(buf.area);
    let (mut text, mut cells) = (String::new(), Vec::new());
    for y in area.y..area.bottom() {
        let mut x = area.x;
        while x < area.right() {
            let symbol = buf[(x, y)].symbol();
            text.push_str(symbol);
            let width = (symbol.width() as u16).max(1);
            cells.extend(std::iter::repeat_n(Some((x, y, width)), symbol.len()));
            x += width;
        }
        text.push('\n');
        cells.push(None);
    }
    (text, cells)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::{Color, Style};

    #[test]
    fn a_secret_is_dots_also_over_two_styles_and_beside_wide_characters() {
        let mut secrets = Secrets::default();
        secrets.add(b"hunter2");
        let mut buf = Buffer::empty(Rect::new(0, 0, 20, 1));
        buf.set_string(0, 0, "\u{8282}\u{70b9} hunter2 end", Style::default());
        buf.set_style(Rect::new(5, 0, 4, 1), Style::default().fg(Color::Red));
        mask(&mut buf, &secrets);
        let row: String = buf.content.iter().map(ratatui::buffer::Cell::symbol).collect();
        assert!(row.contains("••••••• end") && !row.contains("hunter"), "{row}");
    }
}
