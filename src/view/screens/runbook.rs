//! The runbook: left the way, middle the words, right the truth, below the hand.

use crate::lang::t;
use ratatui::layout::Rect;

use super::pane;
use crate::app::screens::RunbookScreen;
use crate::app::steps::{self as list, StepRow};
use crate::app::{bar, layout, step_rows};
use crate::domain::Risk;
use crate::live::Tone;
use crate::op::Undo;
use crate::record::Ending;
use crate::runbook::model::{Step, StepKind};
use crate::theme::Role;
use crate::view::paint::{Painter, cut, risk, role};
use crate::walk::{Came, Status, StepId, StepRun, Walk, has_way};

pub fn draw(p: &mut Painter<'_>, screen: &RunbookScreen, body: Rect) {
    let Some(run) = &p.app.run else {
        p.text(
            body.x + 1,
            body.y,
            body.width,
            t!("view-screens-runbook-no-runbook-is-open-press-shift"),
            Role::Faint,
        );
        return;
    };
    let panes = run.panes(run.current);
    let layout = layout::of_runbook(p.app, screen.pane);
    tabs(p, run, screen, &panes, layout.tabs);
    for (number, area) in layout.panes {
        let focus = number == screen.pane;
        match number {
            0 => steps(p, run, area, focus),
            1 => text(p, run, area, screen),
            n => {
                let top = if focus { screen.live.top } else { 0 };
                if let Some(live) = panes.get(n - 2) {
                    pane::draw(p, live, area, focus, top);
                }
            }
        }
    }
    hand(p, run, layout.bar);
}

/// The strip of a narrow screen: what else there is.
fn tabs(
    p: &mut Painter<'_>,
    run: &Walk,
    screen: &RunbookScreen,
    panes: &[Result<crate::live::Pane, String>],
    area: Rect,
) {
    if area.height == 0 {
        return;
    }
    let (done, all) = run.progress();
    let mut names = vec![
        t!("view-screens-runbook-steps", done = done, all = all),
        t!("view-screens-runbook-text").to_owned(),
    ];
    names.extend(
        panes.iter().map(|pane| pane.as_ref().map_or_else(|_| "live".to_owned(), crate::live::Pane::title)),
    );
    let mut x = area.x + 1;
    for (i, name) in names.iter().enumerate() {
        let (shown, role) = if i == screen.pane {
            (format!("[{name}]"), Role::Title)
        } else {
            (format!(" {name} "), Role::Faint)
        };
        x += p.text(x, area.y, area.right().saturating_sub(x), &shown, role) + 1;
    }
}

pub(super) fn mark(state: &StepRun, current: bool) -> (&'static str, Tone) {
    if state.late().is_some() || state.regressed() {
        return ("✖", Tone::Bad);
    }
    match state.status() {
        Status::Ended(Ending::Skipped, _) => ("-", Tone::Faint),
        Status::Failed(_) | Status::TakenBack(_) | Status::Ended(Ending::Stopped, _) => ("✖", Tone::Bad),
        Status::Ended(..) => ("✔", Tone::Good),
        Status::Running(_) => ("◐", Tone::Warn),
        Status::Proving { .. } => ("◌", Tone::Warn),
        Status::Unknown(_) => ("?", Tone::Bad),
        Status::Todo if current => ("▶", Tone::Strong),
        Status::Todo => ("○", Tone::Plain),
    }
}

/// The mark of a lane: that of the step that it has come to.
pub(super) fn lane_mark(run: &Walk, group: StepId, at: usize) -> (&'static str, Tone) {
    // What was proved in it and is no longer so comes before everything else.
    let regressed = |id: &StepId| run.steps[*id].regressed();
    if let Some(step) = run.tree.lane_steps(group, at).into_iter().find(regressed) {
        return mark(&run.steps[step], false);
    }
    match run.lanes_came(group).came.get(at) {
        None | Some(Came::NotBegun) => ("○", Tone::Plain),
        Some(Came::Done) => ("✔", Tone::Good),
        Some(Came::To(step) | Came::Failed(step) | Came::Stopped(step)) => {
            match mark(&run.steps[*step], false) {
                // Somebody is waited for.
                ("○", _) => ("▷", Tone::Warn),
                mark => mark,
            }
        }
    }
}

/// What stands at the right of a step: its risk, what was decided, where it runs.
fn tag(run: &Walk, index: StepId, step: &Step) -> (String, Role) {
    if let Some(hindrance) = run.hindrance(index)
        && !run.steps[index].status().ended()
    {
        return (format!("✖ {}", hindrance.word), Role::Bad);
    }
    let chosen = run
        .recorded
        .get(&step.name)
        .and_then(|r| r.get("chosen"))
        .map(crate::runbook::params::ParamValue::plain);
    match (&step.kind, chosen) {
        (StepKind::Decision(_), Some(value)) => (value, Role::Faint),
        (StepKind::Shell(shell), _) if !has_way(shell) => ("host".to_owned(), Role::Faint),
        (StepKind::Shell(shell), _) if shell.policy.risk == Risk::None => ("sh".to_owned(), Role::Faint),
        (kind, _) if kind.risk() > Risk::None => (kind.risk().code().to_owned(), risk(kind.risk())),
        _ => (String::new(), Role::Faint),
    }
}

fn steps(p: &mut Painter<'_>, run: &Walk, area: Rect, focus: bool) {
    let inside = p.boxed(area, &list::title(p.app, run), "", focus);
    let (rows, present) = list::rows(run);
    let first = layout::first_step(inside.height, present, rows.len());
    for (row, what) in (0..inside.height).zip(rows.iter().skip(first)) {
        match what {
            StepRow::Step(index) => step(p, run, *index, inside, row),
            StepRow::Lane(group, at) => {
                let (symbol, tone) = lane_mark(run, *group, *at);
                p.text(inside.x + 1, inside.y + row, 1, symbol, role(tone));
                let words = list::lane_words(p.app, run, *group, *at);
                p.text(inside.x + 3, inside.y + row, inside.width.saturating_sub(3), &words, Role::Text);
            }
            StepRow::Passed(first, last) => {
                let words = format!(" - {}", list::passed_words(run, *first, *last));
                p.text(inside.x, inside.y + row, inside.width, &words, Role::Faint);
            }
        }
    }
    let undo = p.app.session.state.undo_list();
    if let Some(entry) = undo.first()
        && usize::from(inside.height) > rows.len() + 2
    {
        let words = match &entry.undo {
            Undo::By { op, .. } => t!("view-screens-runbook-undo", op = op, title = entry.title),
            Undo::None(_) => t!("view-screens-runbook-no-way-back", title = entry.title),
        };
        p.text(inside.x + 1, inside.bottom() - 1, inside.width - 1, &words, Role::Faint);
    }
}

/// A step in the list: its mark, its words, and its tag at the right.
fn step(p: &mut Painter<'_>, run: &Walk, index: StepId, inside: Rect, row: u16) {
    let step = &run.tree[index];
    let current = index == run.current;
    let (symbol, tone) = mark(&run.steps[index], current);
    let (tag, tag_role) = tag(run, index, step);
    let y = inside.y + row;
    let tag = cut(&tag, usize::from(inside.width / 3));
    let width = unicode_width::UnicodeWidthStr::width(tag.as_str()) as u16;
    p.text(inside.x + 1, y, 1, symbol, role(tone));
    let strong = if current { Role::Strong } else { Role::Text };
    // A title goes to the tag, and where there is none to the border.
    let room = inside.width.saturating_sub(3 + width + u16::from(width > 0));
    p.text(inside.x + 3, y, room, &list::words(p.app, run, index), strong);
    p.text(inside.right().saturating_sub(width), y, width, &tag, tag_role);
    if current {
        p.select(inside, row);
        // Whatever its state is, colour is not the only sign of where the cursor is.
        p.text(inside.x, y, 1, "▸", Role::Strong);
    }
}

fn text(p: &mut Painter<'_>, run: &Walk, area: Rect, screen: &RunbookScreen) {
    let (focus, top) = (screen.pane == 1, screen.scroll.top);
    let lang = &p.app.options.lang;
    let title = format!("{} {}", list::number(run, run.current), run.title(run.current, lang));
    let rows = step_rows(p.app, layout::inside(area).width);
    let height = usize::from(layout::inside(area).height);
    let inside = p.boxed(area, &title, pane::more(rows.len(), top, height, screen.pane < 2), focus);
    let top = top.min(rows.len().saturating_sub(1));
    p.prose(inside, &rows, top);
    let searched = p.found.as_ref().is_some_and(|found| found.place.pane == 1);
    if searched {
        p.found(inside, top);
    }
}

/// The action bar: exactly what the key will do, or what it waits for.
fn hand(p: &mut Painter<'_>, run: &Walk, area: Rect) {
    let Some((step, state)) = run.step() else { return };
    let title = match (&state.plan, state.ran()) {
        (Some(Ok(plan)), _) if !state.status().ended() => plan.title.clone(),
        (_, Some(plan)) => plan.title.clone(),
        _ => t!("view-screens-step-title", kind = step.kind.text(), name = step.name),
    };
    let title = step.part.as_ref().map_or(title.clone(), |part| {
        // Until each of them is read nobody is asked about all of them.
        let reading = run
            .reading
            .map(|(read, all)| t!("view-screens-runbook-reading-of", read = read, all = all))
            .unwrap_or_default();
        t!(
            "view-screens-runbook-of",
            number = part.number,
            count = part.count,
            element = part.element,
            reading = reading,
            title = title
        )
    });
    let level = state.plan.as_ref().and_then(|r| r.as_ref().ok()).map_or(step.kind.risk(), |plan| plan.risk);
    let inside = p.boxed(area, &title, &format!("{level} {}", level.text()), false);
    let lines = bar::rows(p.app, run, inside.width, usize::from(inside.height));
    for (y, (text, tone)) in (inside.y..inside.bottom()).zip(&lines) {
        p.text(inside.x, y, inside.width, text, role(*tone));
    }
}
