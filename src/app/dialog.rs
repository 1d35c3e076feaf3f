//! What stands in a confirmation and in a message, row by row, and where: rows that scroll, and below them rows
//! that stay in sight. Pure, and shared by `update` (how far it scrolls, what was in sight, what a click hits)
//! and by `view`. It must not decide what a key means.
//!
//! To show more in a confirmation, add its part in [`confirm`]: what weighs most comes first.

use crate::lang::t;
use std::collections::BTreeSet;

use super::App;
use super::layout::{self, DialogLayout};
use super::overlay::{Confirm, Message};
use super::prose::{Look, wrap};
use crate::op::{Approval, Closed, Level, Plan, Undo};
use crate::runbook::model::Order;
use unicode_width::UnicodeWidthStr;

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Summary,
    Consequence(Level),
    /// The question of this number.
    Question(usize),
    /// A line of the script that runs.
    Script,
    /// The line that a person would type.
    Command,
    /// A field that goes, and one that comes.
    Goes,
    Comes,
    Note,
    Good,
    Refused,
    /// What to press or to type.
    Ask,
    Text,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub text: String,
    pub part: Part,
}

/// A dialog as it is laid out at the present size of the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dialog {
    pub layout: DialogLayout,
    /// They scroll.
    pub rows: Vec<Line>,
    /// They stay in sight below the others.
    pub fixed: Vec<Line>,
}

/// Which rows of a confirmation were in sight, as long as it has this width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    width: u16,
    rows: BTreeSet<usize>,
}

impl Seen {
    /// Takes the rows in sight for seen. Another width breaks the lines elsewhere, so it begins anew.
    pub fn look(&mut self, dialog: &Dialog, top: usize) {
        let width = dialog.layout.body.width;
        if self.width != width {
            *self = Seen { width, rows: BTreeSet::new() };
        }
        self.rows.extend(dialog.in_sight(top));
    }

    /// Rows that name a danger, or say what a script does, and were never in sight, in their order.
    pub fn unseen_dangers(&self, dialog: &Dialog) -> Vec<usize> {
        let danger =
            |i: &usize| matches!(dialog.rows[*i].part, Part::Consequence(Level::Danger) | Part::Script);
        (0..dialog.rows.len()).filter(danger).filter(|i| !self.saw(dialog, *i)).collect()
    }

    /// The first row of a question that was never in sight.
    pub fn unseen_question(&self, dialog: &Dialog, number: usize) -> Option<usize> {
        dialog.of_question(number).find(|i| !self.saw(dialog, *i))
    }

    /// At another width the rows are other ones, and no frame has shown them yet.
    fn saw(&self, dialog: &Dialog, row: usize) -> bool {
        self.width == dialog.layout.body.width && self.rows.contains(&row)
    }
}

impl Dialog {
    /// Rows of the body that fit.
    pub fn height(&self) -> usize {
        usize::from(self.layout.body.height)
    }

    /// The position, kept within the rows.
    pub fn top(&self, top: usize) -> usize {
        top.min(self.rows.len().saturating_sub(self.height()))
    }

    /// The rows that are in sight at a position.
    pub fn in_sight(&self, top: usize) -> std::ops::Range<usize> {
        let top = self.top(top);
        top..(top + self.height()).min(self.rows.len())
    }

    /// How many rows are hidden above and below; empty when all are in sight.
    pub fn hidden(&self, top: usize) -> String {
        let sight = self.in_sight(top);
        let above = (sight.start > 0).then(|| t!("app-dialog-more", start = sight.start));
        let below = self.rows.len() - sight.end;
        let below = (below > 0).then(|| t!("app-dialog-more-2", below = below));
        above.into_iter().chain(below).collect::<Vec<_>>().join("  ")
    }

    /// The rows of a question.
    pub fn of_question(&self, number: usize) -> impl Iterator<Item = usize> {
        (0..self.rows.len()).filter(move |i| self.rows[*i].part == Part::Question(number))
    }

    /// The position at which a row is in sight, as near as possible to the present one.
    pub fn reach(&self, top: usize, row: usize) -> usize {
        let top = self.top(top);
        if row < top { row } else { top.max((row + 1).saturating_sub(self.height().max(1))) }
    }
}

/// The symbol that says what a consequence weighs.
pub fn mark(level: Level) -> char {
    match level {
        Level::Info => '·',
        Level::Warn => '▲',
        Level::Danger => '✖',
    }
}

/// The way back in a few words: the operation, and the values that it would set.
pub fn way_back(undo: &Undo) -> String {
    /// Inputs that only say which object it is, or how strictly to look.
    const WHICH: &[&str] = &["namespace", "kind", "name", "container", "force", "key", "effect"];
    let (op, inputs, note) = match undo {
        Undo::By { op, inputs, note } => (op, inputs, note),
        // The words of the catalogue say so already.
        Undo::None(why) => {
            return t!("app-dialog-none", trim_start_matches = why.trim_start_matches("none: "));
        }
    };
    let names = |input: &str| WHICH.contains(&input) || crate::domain::Kind::parse(input).is_some();
    let sets = inputs.0.iter().filter(|(name, value)| !names(name) && !value.is_object());
    let words = sets.map(|(name, value)| {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        format!(" {name} {value}")
    });
    let words: String = words.collect();
    if note.is_empty() { format!("{op}{words}") } else { format!("{op}{words} ({note})") }
}

fn add(lines: &mut Vec<Line>, width: u16, text: &str, part: Part) {
    marked(lines, width, "", text, part);
}

/// A text behind a mark; where it goes on below, it stands in from the edge, so that the marks stand out.
fn marked(lines: &mut Vec<Line>, width: u16, mark: &str, text: &str, part: Part) {
    let indent = mark.width();
    for (i, row) in wrap(text, width.saturating_sub(indent as u16), Look::Plain).into_iter().enumerate() {
        let mut line = if i == 0 { mark.to_owned() } else { " ".repeat(indent) };
        line.extend(row.into_iter().map(|piece| piece.text));
        lines.push(Line { text: line, part });
    }
}

/// What follows from a plan, the worst first.
fn consequences(rows: &mut Vec<Line>, room: u16, plan: &Plan) {
    let mut all: Vec<_> = plan.consequences.iter().collect();
    all.sort_by_key(|c| std::cmp::Reverse(c.level));
    for c in all {
        let (mark, text) = (format!("{} ", mark(c.level)), format!("{}: {}", c.what, c.detail));
        marked(rows, room, &mark, &text, Part::Consequence(c.level));
    }
}

/// What is asked, and on which cluster: a plan, what it takes back, or how many of a kind.
pub fn title(c: &Confirm, context: &str) -> String {
    let title = &c.plan.title;
    match c.others.len() {
        0 if c.errand.undoes.is_some() || c.errand.back => {
            t!("app-dialog-title-back", title = title, context = context)
        }
        0 => t!("app-dialog-title", title = title, context = context),
        more => t!("app-dialog-title-several", title = title, more = more, context = context),
    }
}

/// Which steps before the one that is asked about are open.
fn ahead(app: &App, c: &Confirm) -> Option<String> {
    let run = app.run.as_ref()?;
    run.runs_ahead(run.find(c.errand.step.as_ref()?)?).filter(|_| !c.errand.back)
}

/// The question before a plan runs: what, what follows with the worst first, the way back, and below it, always
/// in sight, why the last answer was not enough and what to press.
pub fn confirm(app: &App, c: &Confirm) -> Dialog {
    let width = app.size.0.saturating_sub(2).min(86);
    let room = width.saturating_sub(2);
    let mut rows = Vec::new();
    add(&mut rows, room, &c.plan.summary, Part::Summary);
    if let Some(words) = ahead(app, c) {
        marked(&mut rows, room, "▲ ", &words, Part::Consequence(Level::Warn));
    }
    consequences(&mut rows, room, &c.plan);
    for (_, plan) in &c.others {
        add(&mut rows, room, &format!("{}: {}", plan.title, plan.summary), Part::Summary);
        consequences(&mut rows, room, plan);
    }
    for (element, why) in &c.left {
        marked(
            &mut rows,
            room,
            "- ",
            &t!("app-dialog-is-not-done", element = element, why = why),
            Part::Refused,
        );
    }
    for (i, question) in c.plan.questions.iter().enumerate() {
        let boxed = if c.accepted.contains(&question.key) { "[x]" } else { "[ ]" };
        let (pointer, key) = if i == c.question { ("▶", "  (space)") } else { (" ", "") };
        let (mark, text) =
            (format!("{pointer}{boxed} "), t!("app-dialog-i-accept", question = question.text, key = key));
        marked(&mut rows, room, &mark, &text, Part::Question(i));
    }
    if let Some(script) = c.plan.script() {
        for line in crate::domain::visible_rows(&script.body) {
            marked(&mut rows, room, "│ ", &line, Part::Script);
        }
        if let Some(proof) = &script.proof {
            add(&mut rows, room, t!("app-dialog-and-as-its-proof"), Part::Script);
            for line in crate::domain::visible_rows(proof) {
                marked(&mut rows, room, "│ ", &line, Part::Script);
            }
        }
    }
    let mut row = |text: &str, part: Part| add(&mut rows, room, text, part);
    row(&t!("app-dialog-same-as", kubectl = c.plan.kubectl), Part::Command);
    let way = way_back(&c.plan.undo);
    row(&t!("app-dialog-way-back", way = way), Part::Note);
    match &c.preview {
        None => row(t!("app-dialog-checking-access-and-servers-dry-run"), Part::Note),
        Some(preview) if preview.clean() => {
            let rights = if c.plan.needs.is_empty() { "" } else { "Rights ✔   " };
            row(&format!("{rights}{}", preview.dry_run_words(&c.plan)), Part::Good);
            if let Some(who) = preview.kept_by() {
                let words = t!("app-dialog-kept-by-others-who-may-put", who = who);
                row(&words, Part::Consequence(Level::Warn));
            }
        }
        Some(preview) => row(&format!("✖ {}", preview.objections().join("; ")), Part::Refused),
    }
    if !c.others.is_empty() {
        row(t!("app-dialog-others-are-checked-with-server-in"), Part::Note);
    }
    let mut fixed = Vec::new();
    for (text, part) in super::peer::rows(app, &c.plan) {
        add(&mut rows, room, &text, part);
    }
    for (text, part) in super::peer::state(app, &c.plan) {
        add(&mut fixed, room, &text, part);
    }
    if let Some(why) = &c.refused {
        add(&mut fixed, room, &format!("✖ {why}"), Part::Refused);
    }
    let closed = app.options.lock.closed(app.now);
    if let Some(why) = &closed {
        add(&mut fixed, room, &format!("✖ {why}"), Part::Refused);
    }
    add(&mut fixed, room, &ask(app, c, closed.as_ref()), Part::Ask);
    lay_out(app, width, rows, fixed)
}

/// In which order the lanes of a list are taken, as a word for the catalogue.
fn order(app: &App, c: &Confirm) -> &'static str {
    let of = || {
        let run = app.run.as_ref()?;
        let (list, _) = run.tree.element(run.find(c.errand.step.as_ref()?)?)?;
        Some(run.tree[list].kind.turns()?.order)
    };
    match of() {
        Some(Order::Waves) => "waves",
        Some(Order::Parallel) => "parallel",
        Some(Order::OneByOne) | None => "one",
    }
}

/// What to press or to type.
fn ask(app: &App, c: &Confirm, closed: Option<&Closed>) -> String {
    match (closed, c.plan.approval()) {
        (Some(Closed::NotArmed(_)), _) => t!("app-dialog-shift-allows-changes-then-this-can").to_owned(),
        (Some(Closed::ReadOnly(_)), _) => t!("app-dialog-esc-closes-it").to_owned(),
        (None, Approval::Enter | Approval::Confirm) if !c.others.is_empty() => {
            t!("app-dialog-y-run-all-one-after-other", others = c.others.len() + 1, order = order(app, c))
        }
        (None, Approval::Enter | Approval::Confirm) => t!("app-dialog-y-run-esc-not-now").to_owned(),
        (None, Approval::TypeCluster) => field(c, t!("app-dialog-clusters-name")),
        (None, Approval::TypeObject) => field(c, c.plan.target.name()),
    }
}

/// The line that is typed into; the same mark as that of the questions says where the keyboard is.
fn field(c: &Confirm, name: &str) -> String {
    let pointer = if c.in_field() { "▶" } else { " " };
    t!("app-dialog-type-and-press-enter", pointer = pointer, name = name, typed = c.typed)
}

/// A text to read.
pub fn message(app: &App, message: &Message) -> Dialog {
    let width = app.size.0.saturating_sub(4).min(100);
    let mut rows = Vec::new();
    for line in &message.lines {
        let text = line.trim_start();
        let indent = &line[..line.len() - text.len()];
        let part = match text {
            _ if text.starts_with(super::diff::GOES) && !indent.is_empty() => Part::Goes,
            _ if text.starts_with(super::diff::COMES) && !indent.is_empty() => Part::Comes,
            _ => Part::Text,
        };
        marked(&mut rows, width.saturating_sub(2), indent, text, part);
    }
    if let Some(secret) = &message.secret {
        add(&mut rows, width.saturating_sub(2), &crate::domain::sanitize(secret.reveal()), Part::Script);
    }
    lay_out(app, width, rows, Vec::new())
}

/// Of the rows that stay, the last one says what to press: it is the last to give way.
fn lay_out(app: &App, width: u16, rows: Vec<Line>, mut fixed: Vec<Line>) -> Dialog {
    let layout = layout::dialog(app, width, rows.len(), fixed.len());
    let kept = usize::from(layout.fixed.height);
    if kept < fixed.len() {
        fixed.drain(kept.saturating_sub(1)..fixed.len() - 1);
    }
    Dialog { layout, rows, fixed }
}
