//! The runbook: left the way, middle the words, right the truth, below the hand.

use ratatui::layout::Rect;

use super::pane;
use crate::app::layout;
use crate::app::prose::{Look, wrap};
use crate::app::screens::RunbookScreen;
use crate::app::step_rows;
use crate::domain::{Risk, Timestamp, age, age_short};
use crate::live::Tone;
use crate::op::{Closed, Level, Plan, Preview, Refusal, Undo};
use crate::record::Ending;
use crate::runbook::model::{Step, StepKind};
use crate::theme::Role;
use crate::view::paint::{Painter, cut, risk, role};
use crate::walk::{Judgement, Status, StepId, StepRun, Walk, has_way};

pub fn draw(p: &mut Painter<'_>, screen: &RunbookScreen, body: Rect) {
    let Some(run) = &p.app.run else {
        p.text(body.x + 1, body.y, body.width, "No runbook is open; press / to search one", Role::Faint);
        return;
    };
    let panes = run.panes(run.current);
    let layout = layout::runbook(body, screen.pane, screen.zoom, panes.len());
    tabs(p, run, screen, &panes, layout.tabs);
    for (number, area) in layout.panes {
        let focus = number == screen.pane;
        match number {
            0 => steps(p, run, area, focus),
            1 => text(p, run, area, focus, screen.scroll.top),
            n => {
                let top = if focus { screen.live.top } else { 0 };
                if let Some(live) = panes.get(n - 2) {
                    pane::draw(p, live, area, focus, top);
                }
            }
        }
    }
    bar(p, run, layout.bar);
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
    let mut names = vec![format!("steps {done}/{all}"), "text".to_owned()];
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

fn mark(state: &StepRun, current: bool) -> (&'static str, Tone) {
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
    let bound = run.shown_params().values().cloned().collect::<Vec<_>>().join(" ");
    let title = format!("{} · {bound}", run.book.title_in(&p.app.options.lang));
    let inside = p.boxed(area, title.trim_end_matches([' ', '·']), "", focus);
    let height = usize::from(inside.height);
    let here = run.tree.position(run.current).unwrap_or(0);
    let first = layout::first_step(inside.height, here, run.tree.len());
    for (i, (id, step)) in run.tree.steps().enumerate().skip(first).take(height) {
        let row = (i - first) as u16;
        let current = id == run.current;
        let (symbol, tone) = mark(&run.steps[id], current);
        let (tag, tag_role) = tag(run, id, step);
        let y = inside.y + row;
        let tag = cut(&tag, usize::from(inside.width / 3));
        let width = unicode_width::UnicodeWidthStr::width(tag.as_str()) as u16;
        let room = inside.width.saturating_sub(width + 6);
        p.text(inside.x + 1, y, 1, symbol, role(tone));
        let title = run.title(id, &p.app.options.lang);
        let strong = if current { Role::Strong } else { Role::Text };
        // Of several elements each row begins with its own: the heading is the same for all.
        let element = step.part.as_ref().map(|part| format!("{} ", part.element)).unwrap_or_default();
        p.text(inside.x + 3, y, room + 2, &format!("{} {element}{title}", i + 1), strong);
        p.text(inside.right().saturating_sub(width), y, width, &tag, tag_role);
        if current {
            p.select(inside, row);
        }
    }
    let undo = p.app.session.state.undo_list();
    if let Some(entry) = undo.first()
        && inside.height as usize > run.tree.len() + 2
    {
        let words = match &entry.undo {
            Undo::By { op, .. } => format!("undo: {op} ({})", entry.title),
            Undo::None(_) => format!("no way back: {}", entry.title),
        };
        p.text(inside.x + 1, inside.bottom() - 1, inside.width - 1, &words, Role::Faint);
    }
}

fn text(p: &mut Painter<'_>, run: &Walk, area: Rect, focus: bool, top: usize) {
    let lang = &p.app.options.lang;
    let title =
        format!("{} {}", run.tree.position(run.current).unwrap_or(0) + 1, run.title(run.current, lang));
    let rows = step_rows(p.app, layout::inside(area).width);
    let height = usize::from(layout::inside(area).height);
    let more = if rows.len() > top + height { "more ↓" } else { "" };
    let inside = p.boxed(area, &title, more, focus);
    p.prose(inside, &rows, top.min(rows.len().saturating_sub(1)));
}

/// The action bar: exactly what the key will do, or what it waits for.
fn bar(p: &mut Painter<'_>, run: &Walk, area: Rect) {
    let Some((step, state)) = run.step() else { return };
    let lines = bar_lines(p, run);
    let title = match (&state.plan, state.ran()) {
        (Some(Ok(plan)), _) if !state.status().ended() => plan.title.clone(),
        (_, Some(plan)) => plan.title.clone(),
        _ => format!("{}: {}", step.kind.word(), step.name),
    };
    let title = step.part.as_ref().map_or(title.clone(), |part| {
        // Until each of them is read nobody is asked about all of them.
        let reading =
            run.reading.map(|(read, all)| format!("reading {read} of {all}… · ")).unwrap_or_default();
        format!("{} of {} {} · {reading}{title}", part.number, part.count, part.element)
    });
    let level = state.plan.as_ref().and_then(|r| r.as_ref().ok()).map_or(step.kind.risk(), |plan| plan.risk);
    let inside = p.boxed(area, &title, &format!("{level} {}", level.word()), false);
    // A line that is too long goes on below where there is room; otherwise each line keeps its place.
    let room = usize::from(inside.height);
    let mut spare = room.saturating_sub(lines.len());
    let mut y = inside.y;
    for (text, tone) in &lines {
        for (i, row) in wrap(text, inside.width, Look::Plain).iter().enumerate() {
            if i > 0 && spare == 0 {
                break;
            }
            spare -= usize::from(i > 0);
            let line: String = row.iter().map(|piece| piece.text.as_str()).collect();
            if y < inside.bottom() {
                p.text(inside.x, y, inside.width, &line, role(*tone));
            }
            y += 1;
        }
    }
}

fn bar_lines(p: &Painter<'_>, run: &Walk) -> Vec<(String, Tone)> {
    let Some((_, state)) = run.step() else { return Vec::new() };
    match state.status() {
        Status::Running(id) => running(p, *id),
        Status::Proving { since, .. } => proving(p, run, state, *since),
        Status::Ended(ending, words) => {
            let word = match ending {
                Ending::Proved => "✔ proved",
                Ending::Recorded => "✔ done",
                Ending::Skipped => "- skipped",
                Ending::Stopped => "✖ the runbook ends here",
            };
            let mut out = vec![(format!("{word}: {words}"), Tone::Good)];
            out.extend(
                state
                    .over()
                    .map(|by| (format!("ended on purpose by {by}: not watched any more"), Tone::Faint)),
            );
            if state.regressed() {
                out.push(("✖ no longer true: the proof does not hold now".to_owned(), Tone::Bad));
                out.push((
                    "enter shows what can be done: run it again, take it back".to_owned(),
                    Tone::Faint,
                ));
            }
            out
        }
        Status::Failed(why) => {
            let mut out = vec![(format!("✖ {why}"), Tone::Bad)];
            out.extend(state.retry_at.map(|at| {
                let left = crate::walk::countdown(p.app.now, at);
                (format!("attempt {} follows in {left}; c gives it up", state.attempts + 1), Tone::Warn)
            }));
            out.extend(todo(p, run));
            out
        }
        Status::TakenBack(why) => {
            let mut out = vec![(format!("✖ {why}; enter runs the step again"), Tone::Warn)];
            out.extend(todo(p, run));
            out
        }
        Status::Unknown(why) => {
            let mut out = vec![(format!("? verify first: {why}"), Tone::Bad)];
            out.extend(todo(p, run));
            out
        }
        Status::Todo => todo(p, run),
    }
}

/// It was applied: what the cluster shows of it, and how long that may take.
fn proving(p: &Painter<'_>, run: &Walk, state: &StepRun, since: Timestamp) -> Vec<(String, Tone)> {
    let now = p.app.now;
    let seen = run.seen(run.current, &p.app.world, now);
    let what = if state.back() { "taken back" } else { "applied" };
    let ago = format!("{what} {} ago", age_short(since, now));
    match run.left(run.current, now) {
        Some(left) => vec![(format!("{ago}; waiting for the proof, {left}: {seen}"), Tone::Warn)],
        None => {
            vec![(format!("✖ {ago}, not shown in time: {seen}"), Tone::Bad), (LATE.to_owned(), Tone::Faint)]
        }
    }
}

/// What is still possible when the time is over.
const LATE: &str = "still watched; enter shows what can be done: again, take back, skip";

fn running(p: &Painter<'_>, id: u64) -> Vec<(String, Tone)> {
    let Some(task) = p.app.tasks.get(id) else { return Vec::new() };
    let mut out = Vec::new();
    let elapsed = age(task.started, p.app.now);
    if let Some(filled) = (task.done * 30).checked_div(task.total) {
        // What is counted may grow while it is counted.
        let filled = filled.min(30);
        let bar = format!("{}{}", "▇".repeat(filled), "░".repeat(30 - filled));
        out.push((format!("{bar}  {} of {}   running {elapsed}", task.done, task.total), Tone::Warn));
    } else {
        out.push((format!("running {elapsed}"), Tone::Warn));
    }
    let line = if task.terminal.is_some() { "⏎ opens its terminal" } else { &task.line };
    out.push((line.to_owned(), Tone::Plain));
    let cancel = match (task.plan_made.script().is_some(), task.cancelling) {
        (false, true) => "stopping: no new requests",
        (false, false) => "c cancel (safe: no new requests, what is done stays done)",
        (true, true) => "stopping: asked to end, and ended after a few seconds",
        (true, false) => "c stops the script with all that it began; what it did stays done",
    };
    out.push((cancel.to_owned(), Tone::Faint));
    out
}

/// What the present step would do, or what it says.
fn todo(p: &Painter<'_>, run: &Walk) -> Vec<(String, Tone)> {
    let Some((step, state)) = run.step() else { return Vec::new() };
    match run.judge(run.current, &p.app.world, p.app.now) {
        Judgement::Operate => match &state.plan {
            Some(Ok(plan)) => plan_lines(plan, state.preview.as_ref(), closed(p).as_ref()),
            Some(Err(Refusal::AlreadySo(words))) => {
                vec![(format!("✔ already so: {words}; enter accepts it"), Tone::Good)]
            }
            Some(Err(refusal @ Refusal::Reading(_))) => vec![(refusal.to_string(), Tone::Faint)],
            Some(Err(refusal)) => vec![(format!("✖ {refusal}"), Tone::Warn)],
            None => vec![("making the plan…".to_owned(), Tone::Faint)],
        },
        Judgement::Go { words, .. } => holds(run, step, &words),
        Judgement::No { words, way } => {
            let mark = if matches!(step.kind, StepKind::Wait(_)) { '◌' } else { '✖' };
            let (mark, tone) = if state.late().is_some() { ('✖', Tone::Bad) } else { (mark, Tone::Warn) };
            let mut out = vec![(format!("{mark} {words}"), tone)];
            if state.late().is_some() {
                out.push((format!("not in time; {LATE}"), Tone::Faint));
            } else if let (None, Some(left)) = (&way, run.left(run.current, p.app.now)) {
                out.push((format!("{left}; it turns green by itself"), Tone::Faint));
            } else if way.is_some() {
                out.push(("enter shows where that leads".to_owned(), Tone::Faint));
            } else if let (StepKind::Wait(_), Some(began)) = (&step.kind, state.began) {
                let since = age(began, p.app.now);
                out.push((format!("watching for {since}; it turns green by itself"), Tone::Faint));
            }
            out
        }
        Judgement::Unknown(why) => vec![(format!("? not known: {why}"), Tone::Warn)],
        Judgement::Ask { question } => {
            vec![(format!("? {question}"), Tone::Plain), ("enter chooses".to_owned(), Tone::Faint)]
        }
        Judgement::ByHand => by_hand(p, run),
        Judgement::NeedsHost => vec![
            ("needs host access, which this opsbook does not have yet".to_owned(), Tone::Warn),
            ("enter: say that you ran it by hand, or skip it".to_owned(), Tone::Faint),
        ],
        Judgement::Refused(why) => vec![(format!("✖ {why}"), Tone::Warn)],
    }
}

/// The cluster says yes, or which case of a decision.
fn holds(run: &Walk, step: &Step, words: &str) -> Vec<(String, Tone)> {
    match &step.kind {
        StepKind::View(_) => vec![("look at the live panes; enter goes on".to_owned(), Tone::Plain)],
        StepKind::Decision(_) => {
            let hint = run.hint(run.current, words);
            vec![
                (format!("✔ the cluster says {words}  {hint}"), Tone::Good),
                ("enter accepts it; p chooses another case".to_owned(), Tone::Faint),
            ]
        }
        _ => vec![(format!("✔ holds: {words}"), Tone::Good), ("enter goes on".to_owned(), Tone::Faint)],
    }
}

fn by_hand(p: &Painter<'_>, run: &Walk) -> Vec<(String, Tone)> {
    let name = run.file(run.current).map_or("", |(_, step)| step.name.as_str());
    let practised = p.app.options.practice.as_ref().is_some_and(|x| x.actions.iter().any(|a| a == name));
    let hint = if practised {
        "enter: it is done (the practice cluster does it for you)"
    } else {
        "enter when it is done"
    };
    vec![("do this yourself, as the text says".to_owned(), Tone::Plain), (hint.to_owned(), Tone::Faint)]
}

/// Why nothing may be changed now.
fn closed(p: &Painter<'_>) -> Option<Closed> {
    p.app.options.lock.closed(p.app.now)
}

fn plan_lines(plan: &Plan, preview: Option<&Preview>, closed: Option<&Closed>) -> Vec<(String, Tone)> {
    let worst = plan
        .consequences
        .iter()
        .filter(|c| c.level == Level::Danger)
        .map(|c| format!("{}: {}", c.what, c.detail));
    let mut will = format!("will: {}", plan.summary);
    for danger in worst {
        will.push_str(&format!(" · ✖ {danger}"));
    }
    let needs = match (preview, closed) {
        (None, Some(why)) => (format!("{why}; the server was not asked"), Tone::Warn),
        (None, None) => ("checking access and the server's dry run…".to_owned(), Tone::Faint),
        (Some(preview), _) if preview.clean() => {
            let rights: Vec<_> = preview.access.iter().map(|r| r.access.to_string()).collect();
            // What the server says stands first: on a narrow screen a long list of rights is cut.
            let needs = if rights.is_empty() {
                String::new()
            } else {
                format!("   needs: {} ✔", rights.join(", "))
            };
            (format!("{}{needs}", preview.dry_run_words(plan)), Tone::Good)
        }
        (Some(preview), _) => (format!("✖ {}", preview.objections().join("; ")), Tone::Bad),
    };
    let undo = match &plan.undo {
        Undo::By { op, note, .. } if note.is_empty() => format!("undo: {op}"),
        Undo::By { op, note, .. } => format!("undo: {op} ({note})"),
        Undo::None(why) => format!("no way back: {why}"),
    };
    vec![(will, Tone::Plain), needs, (format!("{undo}   same as: {}", plan.kubectl), Tone::Faint)]
}
