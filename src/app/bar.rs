//! What the bar below a runbook says: exactly what the key will do, or what it waits for; and its rows at a width, none of
//! which is cut without a sign. Pure, and shared by `layout` (how high the bar is) and `view`.
//!
//! Must not decide what a key does. What a new state of a step says gets its arm in [`lines`].

use super::prose::{Look, Piece, broken, text, wrap};
use super::{App, fill};
use crate::domain::{Timestamp, age, age_short, visible};
use crate::lang::{Msg, msg, t};
use crate::live::Tone;
use crate::op::{Closed, Level, Plan, Preview, Refusal, Undo};
use crate::record::Ending;
use crate::runbook::model::{Step, StepKind};
use crate::walk::{Judgement, Status, StepRun, Walk};

/// What a line begins with that a person could type.
const SAME_AS: Msg = msg!("app-bar-same-as");

/// What stands in the last row where not all of it fits.
const REST: Msg = msg!("app-bar-p-shows-rest");

/// The rows of the present step at a width. A line that a person could type stands whole or not at all.
pub fn rows(app: &App, run: &Walk, width: u16, height: usize) -> Vec<(String, Tone)> {
    let blocks: Vec<(Vec<String>, Tone)> =
        lines(app, run).iter().map(|(line, tone)| (block(line, width), *tone)).collect();
    let all: usize = blocks.iter().map(|(rows, _)| rows.len()).sum();
    let room = if all <= height { height } else { height.saturating_sub(1).max(1) };
    let mut out: Vec<(String, Tone)> = Vec::new();
    for (rows, tone) in blocks {
        let command = rows.first().is_some_and(|row| row.starts_with(SAME_AS.text()));
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
            _ => out.push((REST.to_string(), Tone::Faint)),
        }
    }
    out
}

/// One line of the bar, as it goes on below.
fn block(line: &str, width: u16) -> Vec<String> {
    if line.starts_with(SAME_AS.text()) {
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
                Ending::Stopped => t!("app-bar-runbook-ends-here"),
            };
            let mut out = vec![(format!("{word}: {words}"), Tone::Good)];
            let over = state.over().map(|by| t!("app-bar-ended-on-purpose-by-not-watched", by = by));
            out.extend(over.map(|words| (words, Tone::Faint)));
            if state.regressed() {
                out.push((t!("app-bar-no-longer-true-proof-does-not").to_owned(), Tone::Bad));
                out.push((t!("app-bar-enter-shows-what-can-be-done").to_owned(), Tone::Faint));
            }
            out
        }
        Status::Failed(why) => {
            let mut out = vec![(format!("✖ {why}"), Tone::Bad)];
            out.extend(state.retry_at.map(|at| {
                let left = crate::walk::countdown(app.now, at);
                (
                    t!("app-bar-attempt-follows-in-c-gives-it", attempts = state.attempts + 1, left = left),
                    Tone::Warn,
                )
            }));
            out.extend(todo(app, run));
            out
        }
        Status::TakenBack(why) => {
            let mut out = vec![(t!("app-bar-enter-runs-step-again", why = why), Tone::Warn)];
            out.extend(todo(app, run));
            out
        }
        Status::Unknown(why) => {
            let mut out = vec![(t!("app-bar-verify-first", why = why), Tone::Bad)];
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
    let what = if state.back() { t!("app-bar-taken-back") } else { "applied" };
    let ago = t!("app-bar-ago", what = what, now = age_short(since, now));
    if let Some((held, all)) = run.held(run.current, now) {
        return vec![(
            t!("app-bar-shown-for-of-s", ago = ago, held = held, all = all, seen = seen),
            Tone::Warn,
        )];
    }
    match run.left(run.current, now) {
        Some(left) => {
            vec![(t!("app-bar-waiting-for-proof-left", ago = ago, left = left, seen = seen), Tone::Warn)]
        }
        None => {
            vec![
                (t!("app-bar-not-shown-in-time", ago = ago, seen = seen), Tone::Bad),
                (LATE.to_string(), Tone::Faint),
            ]
        }
    }
}

/// What is still possible when the time is over.
const LATE: Msg = msg!("app-bar-still-watched-enter-shows-what-can");

fn running(app: &App, id: u64) -> Vec<(String, Tone)> {
    let Some(task) = app.tasks.get(id) else { return Vec::new() };
    let mut out = Vec::new();
    let elapsed = age(task.started, app.now);
    if let Some(filled) = (task.done * 30).checked_div(task.total) {
        // What is counted may grow while it is counted.
        let filled = filled.min(30);
        let bar = format!("{}{}", "▇".repeat(filled), "░".repeat(30 - filled));
        out.push((
            t!("app-bar-of-running", bar = bar, done = task.done, total = task.total, elapsed = elapsed),
            Tone::Warn,
        ));
    } else {
        out.push((t!("app-bar-running", elapsed = elapsed), Tone::Warn));
    }
    let line = if task.terminal.is_some() { t!("app-bar-opens-its-terminal") } else { &task.line };
    out.push((line.to_owned(), Tone::Plain));
    let cancel = match (task.plan_made.script().is_some(), task.cancelling) {
        (false, true) => t!("app-bar-stopping-no-new-requests"),
        (false, false) => t!("app-bar-c-cancel-safe-no-new-requests"),
        (true, true) => t!("app-bar-stopping-asked-to-end-and-ended"),
        (true, false) => t!("app-bar-c-stops-script-with-all-that"),
    };
    out.push((cancel.to_owned(), Tone::Faint));
    out
}

/// What the present step would do, or what it says.
fn todo(app: &App, run: &Walk) -> Vec<(String, Tone)> {
    let Some((step, state)) = run.step() else { return Vec::new() };
    match run.judge(run.current, &app.world, app.now) {
        Judgement::Operate => match &state.plan {
            Some(Ok(plan)) => {
                let ahead = run.runs_ahead(run.current).map(|words| (format!("▲ {words}"), Tone::Warn));
                let plan = plan_lines(plan, state.preview.as_ref(), closed(app).as_ref());
                ahead.into_iter().chain(plan).collect()
            }
            Some(Err(Refusal::AlreadySo(words))) => {
                vec![(t!("app-bar-already-so-enter-accepts-it", words = words), Tone::Good)]
            }
            Some(Err(refusal @ Refusal::Reading(_))) => vec![(refusal.to_string(), Tone::Faint)],
            Some(Err(refusal)) => vec![(format!("✖ {refusal}"), Tone::Warn)],
            None => vec![(t!("app-bar-making-plan").to_owned(), Tone::Faint)],
        },
        Judgement::Go { words, .. } => holds(run, step, &words),
        Judgement::No { words, way } => {
            let mark = if matches!(step.kind, StepKind::Wait(_)) { '◌' } else { '✖' };
            let (mark, tone) = if state.late().is_some() { ('✖', Tone::Bad) } else { (mark, Tone::Warn) };
            let words = fill::words(run, run.current, &words);
            let mut out = vec![(format!("{mark} {words}"), tone)];
            if state.late().is_some() {
                out.push((t!("app-bar-not-in-time", late = LATE), Tone::Faint));
            } else if let (None, Some(left)) = (&way, run.left(run.current, app.now)) {
                out.push((t!("app-bar-gives-up-in-it-turns-green", left = left), Tone::Faint));
            } else if way.is_some() {
                out.push((t!("app-bar-enter-shows-where-that-leads").to_owned(), Tone::Faint));
            } else if let (StepKind::Wait(_), Some(began)) = (&step.kind, state.began) {
                let since = age(began, app.now);
                out.push((t!("app-bar-watching-for-it-turns-green-by", since = since), Tone::Faint));
            }
            out
        }
        Judgement::Unknown(why) => vec![(t!("app-bar-not-known", why = why), Tone::Warn)],
        Judgement::Ask { question } => {
            vec![
                (format!("? {question}"), Tone::Plain),
                (t!("app-bar-enter-chooses").to_owned(), Tone::Faint),
            ]
        }
        Judgement::ByHand => by_hand(app, run),
        Judgement::NeedsHost => vec![
            (t!("app-bar-needs-host-access-which-this-opsbook").to_owned(), Tone::Warn),
            (t!("app-bar-enter-say-that-you-ran-it").to_owned(), Tone::Faint),
        ],
        Judgement::Refused(why) => vec![(format!("✖ {why}"), Tone::Warn)],
        Judgement::NotNeeded(why) => vec![(format!("- {why}"), Tone::Plain)],
    }
}

/// The cluster says yes, or which case of a decision.
fn holds(run: &Walk, step: &Step, words: &str) -> Vec<(String, Tone)> {
    match &step.kind {
        StepKind::View(_) => vec![(t!("app-bar-look-at-live-panes-enter-goes").to_owned(), Tone::Plain)],
        StepKind::Decision(_) => {
            let hint = fill::words(run, run.current, run.hint(run.current, words));
            vec![
                (t!("app-bar-cluster-says", words = words, hint = hint), Tone::Good),
                (t!("app-bar-enter-accepts-it-p-chooses-another").to_owned(), Tone::Faint),
            ]
        }
        _ => vec![
            (t!("app-bar-holds", words = words), Tone::Good),
            (t!("app-bar-enter-goes-on").to_owned(), Tone::Faint),
        ],
    }
}

fn by_hand(app: &App, run: &Walk) -> Vec<(String, Tone)> {
    let name = run.file(run.current).map_or("", |(_, step)| step.name.as_str());
    let practised = app.options.practice.as_ref().is_some_and(|x| x.actions.iter().any(|a| a == name));
    let hint = if practised {
        t!("app-bar-enter-it-is-done-practice-cluster")
    } else {
        t!("app-bar-enter-when-it-is-done")
    };
    let told = visible(&fill::instruction(run, run.current));
    let told =
        if told.trim().is_empty() { t!("app-bar-do-this-yourself-as-text-says").to_owned() } else { told };
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
    let mut will = t!("app-bar-will", summary = plan.summary);
    for danger in worst {
        will.push_str(&format!(" · ✖ {danger}"));
    }
    let needs = match (preview, closed) {
        (None, Some(why)) => (t!("app-bar-server-was-not-asked", why = why), Tone::Warn),
        (None, None) => (t!("app-bar-checking-access-and-servers-dry-run").to_owned(), Tone::Faint),
        (Some(preview), _) if preview.clean() => {
            let rights: Vec<_> = preview.access.iter().map(|r| r.access.to_string()).collect();
            // What the server says stands first: on a narrow screen a long list of rights is cut.
            let needs = if rights.is_empty() {
                String::new()
            } else {
                t!("app-bar-needs", rights = rights.join(", "))
            };
            (format!("{}{needs}", preview.dry_run_words(plan)), Tone::Good)
        }
        (Some(preview), _) => (format!("✖ {}", preview.objections().join("; ")), Tone::Bad),
    };
    let undo = match &plan.undo {
        Undo::By { op, note, .. } if note.is_empty() => t!("app-bar-undo", op = op),
        Undo::By { op, note, .. } => t!("app-bar-undo-2", op = op, note = note),
        Undo::None(why) => t!("app-bar-no-way-back", why = why),
    };
    vec![(will, Tone::Plain), needs, (undo, Tone::Faint), (format!("{SAME_AS}{}", plan.kubectl), Tone::Faint)]
}
