//! What the bar below a runbook says: exactly what the key will do, or what it waits for; and its rows at a width, none of
//! which is cut without a sign. Pure, and shared by `layout` (how high the bar is) and `view`.
//!
//! Must not decide what a key does. What a new state of a step says gets its arm in [`lines`].

use super::prose::{Look, Piece, broken, text, wrap};
use super::{App, fill};
use crate::domain::{Timestamp, age, age_short, visible};
use crate::live::Tone;
use crate::op::{Closed, Level, Plan, Preview, Refusal, Undo};
use crate::record::Ending;
use crate::runbook::model::{Step, StepKind};
use crate::walk::{Judgement, Status, StepRun, Walk};

/// What a line begins with that a person could type.
const SAME_AS: &str = "same as: ";

/// What stands in the last row where not all of it fits.
const REST: &str = "… p shows the rest";

/// The rows of the present step at a width. A line that a person could type stands whole or not at all.
pub fn rows(app: &App, run: &Walk, width: u16, height: usize) -> Vec<(String, Tone)> {
    let blocks: Vec<(Vec<String>, Tone)> =
        lines(app, run).iter().map(|(line, tone)| (block(line, width), *tone)).collect();
    let all: usize = blocks.iter().map(|(rows, _)| rows.len()).sum();
    let room = if all <= height { height } else { height.saturating_sub(1).max(1) };
    let mut out: Vec<(String, Tone)> = Vec::new();
    for (rows, tone) in blocks {
        let command = rows.first().is_some_and(|row| row.starts_with(SAME_AS));
        if command && out.len() + rows.len() > room {
            break;
        }
        out.extend(rows.into_iter().map(|row| (row, tone)));
    }
    if all > height {
        out.truncate(room);
        match out.last_mut() {
            // There is no row for a word about it.
            Some((row, _)) if height < 2 => row.push_str(" …"),
            _ => out.push((REST.to_owned(), Tone::Faint)),
        }
    }
    out
}

/// One line of the bar, as it goes on below.
fn block(line: &str, width: u16) -> Vec<String> {
    if line.starts_with(SAME_AS) {
        let row = vec![Piece { text: line.to_owned(), look: Look::Plain }];
        return broken(&row, width).iter().map(text).collect();
    }
    wrap(line, width, Look::Plain).iter().map(text).collect()
}

/// What the bar says of the present step, in full.
pub fn lines(app: &App, run: &Walk) -> Vec<(String, Tone)> {
    let Some((_, state)) = run.step() else { return Vec::new() };
    match state.status() {
        Status::Running(id) => running(app, *id),
        Status::Proving { since, .. } => proving(app, run, state, *since),
        Status::Ended(ending, words) => {
            let word = match ending {
                Ending::Proved => "✔ proved",
                Ending::Recorded | Ending::Ran => "✔ done",
                Ending::Skipped => "- skipped",
                Ending::Stopped => "✖ the runbook ends here",
            };
            let mut out = vec![(format!("{word}: {words}"), Tone::Good)];
            let over = state.over().map(|by| format!("ended on purpose by {by}: not watched any more"));
            out.extend(over.map(|words| (words, Tone::Faint)));
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
                let left = crate::walk::countdown(app.now, at);
                (format!("attempt {} follows in {left}; c gives it up", state.attempts + 1), Tone::Warn)
            }));
            out.extend(todo(app, run));
            out
        }
        Status::TakenBack(why) => {
            let mut out = vec![(format!("✖ {why}; enter runs the step again"), Tone::Warn)];
            out.extend(todo(app, run));
            out
        }
        Status::Unknown(why) => {
            let mut out = vec![(format!("? verify first: {why}"), Tone::Bad)];
            out.extend(todo(app, run));
            out
        }
        Status::Todo => todo(app, run),
    }
}

/// It was applied: what the cluster shows of it, and how long that may take.
fn proving(app: &App, run: &Walk, state: &StepRun, since: Timestamp) -> Vec<(String, Tone)> {
    let now = app.now;
    let seen = run.seen(run.current, &app.world, now);
    let what = if state.back() { "taken back" } else { "applied" };
    let ago = format!("{what} {} ago", age_short(since, now));
    if let Some((held, all)) = run.held(run.current, now) {
        return vec![(format!("{ago}; shown for {held} of {all} s: {seen}"), Tone::Warn)];
    }
    match run.left(run.current, now) {
        Some(left) => vec![(format!("{ago}; waiting for the proof, {left} left: {seen}"), Tone::Warn)],
        None => {
            vec![(format!("✖ {ago}, not shown in time: {seen}"), Tone::Bad), (LATE.to_owned(), Tone::Faint)]
        }
    }
}

/// What is still possible when the time is over.
const LATE: &str = "still watched; enter shows what can be done: again, take back, skip";

fn running(app: &App, id: u64) -> Vec<(String, Tone)> {
    let Some(task) = app.tasks.get(id) else { return Vec::new() };
    let mut out = Vec::new();
    let elapsed = age(task.started, app.now);
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
fn todo(app: &App, run: &Walk) -> Vec<(String, Tone)> {
    let Some((step, state)) = run.step() else { return Vec::new() };
    match run.judge(run.current, &app.world, app.now) {
        Judgement::Operate => match &state.plan {
            Some(Ok(plan)) => plan_lines(plan, state.preview.as_ref(), closed(app).as_ref()),
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
            } else if let (None, Some(left)) = (&way, run.left(run.current, app.now)) {
                out.push((format!("gives up in {left}; it turns green by itself"), Tone::Faint));
            } else if way.is_some() {
                out.push(("enter shows where that leads".to_owned(), Tone::Faint));
            } else if let (StepKind::Wait(_), Some(began)) = (&step.kind, state.began) {
                let since = age(began, app.now);
                out.push((format!("watching for {since}; it turns green by itself"), Tone::Faint));
            }
            out
        }
        Judgement::Unknown(why) => vec![(format!("? not known: {why}"), Tone::Warn)],
        Judgement::Ask { question } => {
            vec![(format!("? {question}"), Tone::Plain), ("enter chooses".to_owned(), Tone::Faint)]
        }
        Judgement::ByHand => by_hand(app, run),
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
            let hint = fill::words(run, run.current, run.hint(run.current, words));
            vec![
                (format!("✔ the cluster says {words}  {hint}"), Tone::Good),
                ("enter accepts it; p chooses another case".to_owned(), Tone::Faint),
            ]
        }
        _ => vec![(format!("✔ holds: {words}"), Tone::Good), ("enter goes on".to_owned(), Tone::Faint)],
    }
}

fn by_hand(app: &App, run: &Walk) -> Vec<(String, Tone)> {
    let name = run.file(run.current).map_or("", |(_, step)| step.name.as_str());
    let practised = app.options.practice.as_ref().is_some_and(|x| x.actions.iter().any(|a| a == name));
    let hint = if practised {
        "enter: it is done (the practice cluster does it for you)"
    } else {
        "enter when it is done"
    };
    let told = visible(&fill::instruction(run, run.current));
    let told = if told.trim().is_empty() { "do this yourself, as the text says".to_owned() } else { told };
    vec![(told, Tone::Plain), (hint.to_owned(), Tone::Faint)]
}

/// Why nothing may be changed now.
fn closed(app: &App) -> Option<Closed> {
    app.options.lock.closed(app.now)
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
    vec![(will, Tone::Plain), needs, (undo, Tone::Faint), (format!("{SAME_AS}{}", plan.kubectl), Tone::Faint)]
}
