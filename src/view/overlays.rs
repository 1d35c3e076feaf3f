//! What lies over a screen.

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::paint::Painter;
use crate::app::layout::{inside, middle};
use crate::app::overlay::{Choose, Confirm, Input, Overlay, Purpose};
use crate::app::prose::{Look, Row, wrap};
use crate::app::{App, layout};
use crate::op::{Approval, Level, Undo};
use crate::theme::Role;

pub fn draw(p: &mut Painter<'_>, overlay: &Overlay) {
    match overlay {
        Overlay::Confirm(c) => confirm(p, c),
        Overlay::Choose(c) => choose(p, c),
        Overlay::Input(i) => input(p, i),
        Overlay::Message { title, lines } => message(p, title, lines),
    }
}

/// Where the text cursor stands on the topmost overlay.
pub fn cursor(app: &App) -> Option<(u16, u16)> {
    match app.overlays.last()? {
        Overlay::Input(i) => {
            let area = input_area(app);
            let x = area.x + prompt(i).width() as u16 + i.text.width() as u16;
            Some((x.min(area.right().saturating_sub(1)), area.y))
        }
        Overlay::Choose(c) => {
            let area = inside(choose_area(app, c));
            Some(((area.x + 2 + c.text.width() as u16).min(area.right().saturating_sub(1)), area.y))
        }
        _ => None,
    }
}

fn prompt(i: &Input) -> String {
    match i.purpose {
        Purpose::Command | Purpose::Filter => i.prompt.clone(),
        _ => format!("{}: ", i.prompt),
    }
}

/// Fields stand on the last line, over the keys.
fn input_area(app: &App) -> Rect {
    let frame = layout::frame(app);
    if frame.footer.height > 0 { frame.footer } else { frame.body }
}

fn input(p: &mut Painter<'_>, i: &Input) {
    let area = input_area(p.app);
    let area = Rect { height: 1.min(area.height), ..area };
    p.clear(area);
    p.buf.set_style(area, p.theme.style(Role::Input));
    let used = p.text(area.x, area.y, area.width, &prompt(i), Role::KeyCap);
    let typed = p.text(area.x + used, area.y, area.width.saturating_sub(used), &i.text, Role::Input);
    let hint = match &i.error {
        Some(why) => format!("   ✖ {why}"),
        None => match i.purpose {
            Purpose::Command => "   a kind (nodes, pods shop), ns NAME, rb ID, theme NAME, q".to_owned(),
            Purpose::Filter => "   text, !text, -l key=value; enter keeps it, esc clears it".to_owned(),
            _ => "   enter, or esc".to_owned(),
        },
    };
    let x = area.x + used + typed + 1;
    let role = if i.error.is_some() { Role::Bad } else { Role::Faint };
    p.text(x, area.y, area.right().saturating_sub(x), &hint, role);
}

/// The tallest box that leaves the header and the keys in sight.
fn room(app: &App) -> u16 {
    let frame = layout::frame(app);
    app.size.1 - 2 * frame.header.height.max(frame.footer.height)
}

fn choose_area(app: &App, c: &Choose) -> Rect {
    let widest = c.rows.iter().map(|(text, _)| text.width()).max().unwrap_or(0).max(c.title.width() + 4);
    middle(
        app.size,
        (widest as u16 + 6).clamp(30, 100),
        (c.rows.len() as u16 + 4).clamp(6, 24).min(room(app)),
    )
}

fn choose(p: &mut Painter<'_>, c: &Choose) {
    let area = choose_area(p.app, c);
    p.clear(area);
    let visible = c.visible();
    let inside = p.boxed(area, &c.title, &format!("{} of {}", visible.len(), c.rows.len()), true);
    if inside.height == 0 {
        return;
    }
    p.text(inside.x, inside.y, inside.width, &format!("> {}", c.text), Role::Input);
    if visible.is_empty() {
        let why = if c.rows.is_empty() { "there is none in the cluster now" } else { "nothing fits" };
        p.text(inside.x, inside.y + 1, inside.width, why, Role::Faint);
    }
    let height = usize::from(inside.height.saturating_sub(1)).max(1);
    let top = (c.selected + 1).saturating_sub(height);
    for (line, (index, matched)) in visible.iter().enumerate().skip(top).take(height) {
        let row = (line - top) as u16 + 1;
        let text = &c.rows[*index].0;
        let mut x = inside.x + 2;
        if line == c.selected {
            p.select(inside, row);
            p.mark(inside, row, true);
        }
        for (at, ch) in text.chars().enumerate() {
            let role = if matched.contains(&at) {
                Role::Match
            } else if line == c.selected {
                Role::Selection
            } else {
                Role::Text
            };
            x += p.text(
                x,
                inside.y + row,
                inside.right().saturating_sub(x),
                ch.encode_utf8(&mut [0; 4]),
                role,
            );
        }
    }
}

fn message(p: &mut Painter<'_>, title: &str, lines: &[String]) {
    let width = p.app.size.0.saturating_sub(4).min(100);
    let rows: Vec<Row> = lines.iter().flat_map(|l| wrap(l, width.saturating_sub(2), Look::Plain)).collect();
    let area = middle(p.app.size, width, (rows.len() as u16 + 2).min(room(p.app)));
    p.clear(area);
    let inside = p.boxed(area, title, "any key closes", true);
    p.prose(inside, &rows, 0);
}

/// The question before a plan runs: what, where, what follows, the way back, and only then the keys.
fn confirm(p: &mut Painter<'_>, c: &Confirm) {
    let width = p.app.size.0.saturating_sub(2).min(86);
    let room = width.saturating_sub(2);
    let mut lines: Vec<(String, Role)> = Vec::new();
    let mut add = |text: &str, role: Role| {
        for row in wrap(text, room, Look::Plain) {
            lines.push((row.into_iter().map(|piece| piece.text).collect(), role));
        }
    };
    add(&c.plan.summary, Role::Strong);
    for consequence in c.plan.consequences.iter().filter(|x| x.level > Level::Info || p.app.size.1 > 16) {
        let (mark, role) = match consequence.level {
            Level::Info => ("·", Role::Text),
            Level::Warn => ("▲", Role::Warn),
            Level::Danger => ("✖", Role::Bad),
        };
        add(&format!("{mark} {}: {}", consequence.what, consequence.detail), role);
    }
    for (i, question) in c.plan.questions.iter().enumerate() {
        let boxed = if c.accepted.contains(&question.key) { "[x]" } else { "[ ]" };
        let pointer = if i == c.question { "▶" } else { " " };
        add(&format!("{pointer}{boxed} I accept: {}  (space)", question.text), Role::Warn);
    }
    add(&format!("Same as: {}", c.plan.kubectl), Role::Code);
    let way = match &c.plan.undo {
        Undo::By { op, note, .. } => format!("{op} {note}"),
        Undo::None(why) => format!("none: {why}"),
    };
    add(
        &format!("Way back: {}.   Plan {}, bound to {}", way.trim(), c.plan.digest(), c.plan.uid),
        Role::Faint,
    );
    match &c.preview {
        None => add("checking access and the server's dry run…", Role::Faint),
        Some(preview) if preview.clean() => {
            add(&format!("Rights ✔   {}", preview.dry_run_words()), Role::Good);
        }
        Some(preview) => add(&format!("✖ {}", preview.objections().join("; ")), Role::Bad),
    }
    if let Some(why) = &c.refused {
        add(&format!("✖ {why}"), Role::Bad);
    }
    let ask = match c.plan.approval() {
        Approval::Enter | Approval::Confirm => "y run      esc not now".to_owned(),
        Approval::TypeCluster => format!("type the cluster's name and press enter: {}", c.typed),
        Approval::TypeObject => format!("type {} and press enter: {}", c.plan.target.name(), c.typed),
    };
    add(&ask, Role::KeyCap);
    let area = middle(p.app.size, width, lines.len() as u16 + 2);
    p.clear(area);
    let title = format!("{} on {}?", c.plan.title, p.app.world.info.context);
    let inside = p.boxed(area, &title, &format!("{} {}", c.plan.risk, c.plan.risk.word()), true);
    // On a small screen the keys are what must not be cut.
    let height = usize::from(inside.height);
    let skip = lines.len().saturating_sub(height);
    let kept = lines.iter().enumerate().filter(|(i, _)| *i == 0 || *i > skip).map(|(_, l)| l);
    for (row, (text, role)) in kept.take(height).enumerate() {
        p.text(inside.x, inside.y + row as u16, inside.width, text, *role);
    }
}
