//! The few strokes that all screens are made of.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::app::App;
use crate::app::find::Found;
use crate::app::layout::inside;
use crate::app::prose::{Look, Row};
use crate::domain::{Risk, WIDE, hidden, in_columns, legible};
use crate::live::Tone;
use crate::redact::Secrets;
use crate::theme::{Role, Theme};

/// What is needed to paint.
pub struct Painter<'a> {
    pub app: &'a App,
    pub theme: &'a Theme,
    /// What is not shown where the text is the cluster's.
    pub secrets: &'a Secrets,
    /// What is searched for in the text that is read.
    pub found: Option<Found>,
    pub buf: &'a mut Buffer,
}

/// The role of a tone.
pub fn role(tone: Tone) -> Role {
    match tone {
        Tone::Plain => Role::Text,
        Tone::Good => Role::Good,
        Tone::Warn => Role::Warn,
        Tone::Bad => Role::Bad,
        Tone::Faint => Role::Faint,
        Tone::Strong => Role::Strong,
    }
}

/// The role of a risk.
pub fn risk(risk: Risk) -> Role {
    match risk {
        Risk::None | Risk::Low => Role::Low,
        Risk::Medium => Role::Medium,
        Risk::High | Risk::Critical => Role::High,
    }
}

fn look(look: Look) -> Role {
    match look {
        Look::Plain => Role::Text,
        Look::Strong | Look::Emphasis => Role::Strong,
        Look::Heading => Role::Title,
        Look::Code => Role::Code,
        Look::Link => Role::Link,
        Look::Quote => Role::Faint,
        Look::Keyword => Role::CodeKeyword,
        Look::Literal => Role::CodeString,
        Look::Comment => Role::CodeComment,
        Look::Number => Role::CodeNumber,
        Look::Tone(tone) => role(tone),
    }
}

/// Cuts a text to so many cells; what is cut ends in an ellipsis.
pub fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for g in text.graphemes(true) {
        let w = g.width();
        if used + w + 1 > width {
            break;
        }
        out.push_str(g);
        used += w;
    }
    if width > 0 {
        out.push('…');
    }
    out
}

/// Cells at the end of a name that stay when it is cut in its middle: names that were made begin alike.
const TAIL: usize = 8;

/// Cuts a text to so many cells at its beginning.
pub fn cut_front(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = Vec::new();
    let mut used = 1;
    for g in text.graphemes(true).rev() {
        used += g.width();
        if used > width {
            break;
        }
        kept.push(g);
    }
    if width > 0 {
        kept.push("…");
    }
    kept.into_iter().rev().collect()
}

/// Cuts a name where names differ least: what is a path (an ARN, an image) from the left, any other in its middle.
pub fn cut_name(name: &str, width: usize) -> String {
    if name.width() <= width || name.contains([':', '/']) {
        return cut_front(name, width);
    }
    let (mut from, mut used) = (name.len(), 0);
    for (at, g) in name.grapheme_indices(true).rev() {
        if used + g.width() > TAIL.min(width / 3) {
            break;
        }
        (from, used) = (at, used + g.width());
    }
    // The cut itself brings the ellipsis.
    cut(name, width - used) + &name[from..]
}

impl Painter<'_> {
    /// Makes the secrets in an area dots: what stands there was written by somebody else.
    pub fn veil(&mut self, area: Rect) {
        super::mask::mask_area(self.buf, area, self.secrets);
    }

    pub fn style(&self, role: Role) -> Style {
        self.theme.style(role)
    }

    /// Writes a text at a place, cut to a width; returns the cells that it took.
    pub fn text(&mut self, x: u16, y: u16, width: u16, text: &str, role: Role) -> u16 {
        self.styled(x, y, width, text, self.theme.style(role))
    }

    pub fn styled(&mut self, x: u16, y: u16, width: u16, text: &str, style: Style) -> u16 {
        let area = self.buf.area;
        if y >= area.bottom() || x >= area.right() || width == 0 {
            return 0;
        }
        let width = width.min(area.right() - x);
        // The last place before the terminal: wherever a text came from, nothing of it turns its neighbours or hides,
        // and nothing that is seen is left out: an interpreter runs what a terminal would take for a sequence.
        let clean = hidden(text).then(|| legible(text));
        let clean = clean.as_deref().unwrap_or(text);
        // A terminal has no cells for a tab.
        let apart = clean.contains('\t').then(|| in_columns(clean, WIDE));
        let shown = cut(apart.as_deref().unwrap_or(clean), usize::from(width));
        self.halves(x, x + shown.width() as u16, y);
        let (end, _) = self.buf.set_stringn(x, y, &shown, usize::from(width), style);
        end - x
    }

    /// Blanks wide characters of which only one half lies in the cells that are painted next. A terminal would show the
    /// other half whole, over its neighbour.
    fn halves(&mut self, from: u16, to: u16, y: u16) {
        let area = self.buf.area;
        if y >= area.bottom() || from >= to || from >= area.right() {
            return;
        }
        if from > area.x && self.buf[(from - 1, y)].symbol().width() > 1 {
            self.buf[(from - 1, y)].set_symbol(" ");
        }
        if to < area.right() && self.buf[(to - 1, y)].symbol().width() > 1 {
            let style = self.buf[(to - 1, y)].style();
            self.buf[(to, y)].set_symbol(" ").set_style(style);
        }
    }

    /// Writes laid out text from a row on.
    pub fn prose(&mut self, area: Rect, rows: &[Row], top: usize) {
        for (y, row) in (area.y..area.bottom()).zip(rows.iter().skip(top)) {
            let mut x = area.x;
            for piece in row {
                x += self.text(x, y, area.right().saturating_sub(x), &piece.text, look(piece.look));
            }
        }
    }

    /// Marks what is searched for in an area in which the text from a row on was painted. The present match is marked once more.
    pub fn found(&mut self, area: Rect, row: usize) {
        let Some(found) = &self.found else { return };
        let first = found.matches.partition_point(|m| m.row < row);
        let (text, cells) = super::mask::read(self.buf, area);
        let style = self.theme.style(Role::Match);
        for (i, hit) in found.across.find_iter(&text).enumerate() {
            let present = found.present == Some(first + i);
            let more = if present { Modifier::BOLD | Modifier::UNDERLINED } else { Modifier::empty() };
            let style = style.add_modifier(more);
            for (x, y, width) in cells[hit.range()].iter().flatten() {
                self.buf.set_style(Rect::new(*x, *y, *width, 1), style);
            }
        }
    }

    /// A frame with a title and something at the right end; returns the inside.
    pub fn boxed(&mut self, area: Rect, title: &str, right: &str, focus: bool) -> Rect {
        if area.width < 2 || area.height < 2 {
            return Rect { width: 0, height: 0, ..area };
        }
        let style = self.style(if focus { Role::Focus } else { Role::Border });
        let (l, r, t, b) = (area.x, area.right() - 1, area.y, area.bottom() - 1);
        let line = "─".repeat(usize::from(area.width - 2));
        for y in [t, b] {
            self.styled(l + 1, y, area.width - 2, &line, style);
        }
        for y in t + 1..b {
            self.styled(l, y, 1, "│", style);
            self.styled(r, y, 1, "│", style);
        }
        for (x, y, corner) in [(l, t, "┌"), (r, t, "┐"), (l, b, "└"), (r, b, "┘")] {
            self.styled(x, y, 1, corner, style);
        }
        let room = area.width.saturating_sub(4);
        if !title.is_empty() && room > 0 {
            // Focus is a word too: the mark before the title.
            let title = if focus { format!("▸{title} ") } else { format!(" {title} ") };
            let used = self.text(l + 1, t, room, &title, Role::Title);
            let left = room.saturating_sub(used + 1);
            let width = right.width() as u16 + 2;
            if !right.is_empty() && width <= left {
                self.text(r - width - 1, t, width, &format!(" {right} "), Role::Faint);
            }
        }
        inside(area)
    }

    /// Empties an area, for an overlay.
    pub fn clear(&mut self, area: Rect) {
        let style = self.style(Role::Text);
        for y in area.y..area.bottom() {
            self.halves(area.x, area.right(), y);
            for x in area.x..area.right() {
                if let Some(cell) = self.buf.cell_mut((x, y)) {
                    cell.reset();
                    cell.set_style(style);
                }
            }
        }
    }

    /// Marks a row as the selected one.
    pub fn select(&mut self, area: Rect, row: u16) {
        if row < area.height {
            let style = self.style(Role::Selection);
            self.buf.set_style(Rect { y: area.y + row, height: 1, ..area }, style);
        }
    }

    /// A list's rows with their mark of selection; returns the width that is left for the text.
    pub fn mark(&mut self, area: Rect, row: u16, selected: bool) {
        if selected {
            self.text(area.x, area.y + row, 1, "▶", Role::Strong);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_clusters_of_one_account_look_different_when_they_are_cut() {
        let name = |cluster: &str| format!("arn:aws:eks:eu-west-1:123456789012:cluster/{cluster}");
        assert_eq!(cut_front(&name("shop"), 14), "…:cluster/shop");
        assert_ne!(cut_front(&name("shop-a"), 8), cut_front(&name("shop-b"), 8));
        assert_eq!(cut_front("节点失联", 5), "…失联");
        assert_eq!(cut_front("short", 5), "short");
    }

    #[test]
    fn a_name_is_cut_where_names_differ_least() {
        let arn = |name: &str| cut_name(&format!("arn:aws:eks:eu-west-1:123456789012:cluster/{name}"), 20);
        assert_eq!([arn("prod-eu"), arn("prod-us")], ["…012:cluster/prod-eu", "…012:cluster/prod-us"]);
        assert_eq!(cut_name("checkout-frontend-7d4b9c6f5d-x7k2p", 24), "checkout-fronte…5d-x7k2p");
        assert_eq!((cut_name("short", 9).as_str(), cut_name("a/b/c", 1).as_str()), ("short", "…"));
        for width in 0..12 {
            for name in ["节点节点节点节点", "arn:节点节点节点", "abcdefghijklmnop"] {
                assert!(cut_name(name, width).width() <= width, "{name} {width}");
            }
        }
    }

    #[test]
    fn texts_are_cut_at_cells_and_not_within_a_wide_character() {
        assert_eq!(cut("worker", 6), "worker");
        assert_eq!(cut("worker", 4), "wor…");
        assert_eq!(cut("节点失联", 5), "节点…");
        assert_eq!(cut("节点", 2), "…");
        assert_eq!(cut("x", 0), "");
        assert_eq!(cut("👩‍🚒 ok", 3), "👩‍🚒…");
    }
}
