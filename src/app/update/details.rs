//! One object in full, previews: what is fetched when somebody looks.

use crate::action::Action;
use crate::app::overlay::{Message, Overlay};
use crate::app::prose::{self, Row};
use crate::app::screens::{Detail, DetailKind, Screen};
use crate::app::{App, Effect, bar, fill};
use crate::domain::{Kind, ObjectKey, visible, visible_rows};
use crate::lang::t;
use crate::live::{Filter, Pane, Table, Tone, WORST};
use crate::op::Level;
use crate::runbook::model::StepKind;
use crate::walk::Walk;

pub(super) fn yaml(app: &mut App, key: ObjectKey, effects: &mut Vec<Effect>) {
    let id = app.fresh_id();
    effects.push(Effect::Fetch { id, key: key.clone() });
    app.screens.push(Screen::Detail(Box::new(Detail::new(key, DetailKind::Yaml, id))));
}

/// A table of a live pane: where its view has no order of its own, what is worst stands first.
fn pane_table(kind: Kind, filter: Filter) -> Table {
    let mut table = Table::new(crate::live::of(kind), filter);
    if table.sort.column.is_none() && !table.grouped {
        table.sort.column = Some(WORST);
    }
    table
}

/// Keeps the tables of the present step's panes, and lets them follow the cluster.
pub(super) fn pane_tables(run: &Walk, app: &mut App) {
    let mut kept = Vec::new();
    for pane in run.panes(run.current).into_iter().flatten() {
        let Pane::Table { kind, filter } = pane else { continue };
        let same = |t: &Table| t.view().meta().kind == kind && t.filter == filter;
        let mut table = match app.pane_tables.iter().position(same) {
            Some(at) => app.pane_tables.swap_remove(at),
            None => pane_table(kind, filter),
        };
        table.follow(&app.world);
        kept.push(table);
    }
    app.pane_tables = kept;
}

fn detail(app: &mut App, id: u64) -> Option<&mut Detail> {
    app.screens.iter_mut().find_map(|s| match s {
        Screen::Detail(d) if d.id == id => Some(&mut **d),
        _ => None,
    })
}

pub(super) fn fetched(app: &mut App, id: u64, text: Result<String, String>) {
    let Some(detail) = detail(app, id) else { return };
    detail.loading = false;
    match text {
        Ok(text) => detail.lines = text.lines().map(str::to_owned).collect(),
        Err(why) => detail.note = Some(why),
    }
}

pub(in crate::app) fn act(app: &mut App, action: Action, effects: &mut Vec<Effect>) {
    let Some(reading) = crate::app::texts::reading(app) else { return };
    let Screen::Detail(detail) = app.screen() else { return };
    let gone = detail.key.kind.watched() && app.world.identity(&detail.key).is_none();
    let Screen::Detail(detail) = app.screen_mut() else { return };
    let key = detail.key.clone();
    match action {
        Action::Wrap => detail.wrap = !detail.wrap,
        Action::Yaml => yaml(app, key, effects),
        Action::Events => super::explore::events(app, key),
        Action::Owner => super::explore::owner(app, &key),
        Action::Operations if gone => {
            app.say(Tone::Warn, t!("app-update-details-gone", key = key));
        }
        Action::Operations => super::operations::menu(app, &key),
        Action::Logs => super::logs::open(app, key, false, effects),
        Action::PreviousLogs => super::logs::open(app, key, true, effects),
        _ => {
            detail.scroll.act(action, reading.rows.len(), reading.height);
        }
    }
}

/// The rows of the present step's text.
pub(crate) fn step_rows(app: &App, width: u16) -> Vec<Row> {
    let Some(run) = &app.run else { return Vec::new() };
    let Some((step, _)) = run.step() else { return Vec::new() };
    let text = fill::prose(run, run.current, &app.options.lang);
    let mut rows = prose::rows(&text, width, &app.highlights);
    // The title of the pane says it already.
    let title = run.title(run.current, &app.options.lang);
    let first: String = rows.first().into_iter().flatten().map(|piece| piece.text.as_str()).collect();
    if first == title {
        rows.drain(..=usize::from(rows.get(1).is_some_and(Vec::is_empty)));
    }
    if run.tree.at(0) == Some(run.current) {
        let mut before = Vec::new();
        for line in run.preflight_words(&app.world) {
            before.extend(prose::wrap(&line, width, prose::Look::Strong));
        }
        if !before.is_empty() {
            before.push(Row::new());
        }
        rows.splice(0..0, before);
    }
    if let StepKind::Manual(_) = &step.kind {
        rows.push(Row::new());
        rows.extend(prose::wrap(&visible(&fill::instruction(run, run.current)), width, prose::Look::Strong));
    }
    if let StepKind::Shell(shell) = &step.kind {
        rows.push(Row::new());
        rows.extend(prose::code(&shell.interpreter, &visible(&shell.script), width, &app.highlights));
    }
    rows
}

/// Lays a text over the screen.
fn read(app: &mut App, title: String, lines: Vec<String>) {
    app.overlays.push(Overlay::Message(Message::new(title, lines)));
}

/// What the plan would change, field by field, with the rights it needs.
pub(super) fn preview(app: &mut App) {
    if let Some(Overlay::Confirm(c)) = app.overlays.last() {
        let lines = preview_lines(&c.plan, c.preview.as_ref());
        let title = t!("app-update-details-plan", title = c.plan.title, digest = c.plan.short_digest());
        read(app, title, lines);
        return;
    }
    let Some(run) = &app.run else { return };
    let Some((step, state)) = run.step() else { return };
    if matches!(step.kind, StepKind::Decision(_)) {
        return super::walk::choose_case(app);
    }
    let Some(Ok(plan)) = &state.plan else {
        // There is no plan: what the bar says, of which not all may have had room.
        let mut lines: Vec<_> = bar::lines(app, run).into_iter().map(|(line, _)| line).collect();
        lines.extend(asked(run));
        let title = run.title(run.current, &app.options.lang).to_owned();
        return read(app, title, lines);
    };
    let mut lines = preview_lines(plan, state.preview.as_ref());
    lines.extend(asked(run));
    let title = t!("app-update-details-plan", title = plan.title, digest = plan.short_digest());
    read(app, title, lines);
}

/// What the present step asks of the cluster, as its author wrote it.
fn asked(run: &Walk) -> Vec<String> {
    let expressions =
        run.expressions(run.current).into_iter().map(|text| t!("app-update-details-asks", expression = text));
    let expressions: Vec<_> = expressions.collect();
    if expressions.is_empty() { expressions } else { [vec![String::new()], expressions].concat() }
}

/// A plan with the server's answer to it.
fn preview_lines(plan: &crate::op::Plan, preview: Option<&crate::op::Preview>) -> Vec<String> {
    let mut lines = plan_lines(plan);
    let Some(preview) = preview else {
        lines.push(t!("app-update-checking").to_owned());
        return lines;
    };
    for r in &preview.access {
        let mark = if r.allowed { '✔' } else { '✖' };
        lines.push(t!("app-update-details-may", mark = mark, access = r.access, reason = r.reason));
    }
    if let Some(why) = &preview.refused {
        lines.push(t!("app-update-details-refused", why = why));
    }
    if let Some(who) = preview.kept_by() {
        lines.push(t!("app-update-details-kept-by", who = who));
    }
    if plan.script().is_none() {
        lines.push(t!("app-update-details-dry-run", at = crate::domain::moment(preview.at)));
    }
    lines.extend(crate::app::diff::lines(&preview.diff));
    lines
}

fn plan_lines(plan: &crate::op::Plan) -> Vec<String> {
    let mut lines = vec![t!("app-update-same-as", kubectl = plan.kubectl), plan.summary.clone()];
    if !plan.uid.is_empty() {
        lines.push(t!("app-details-bound", uid = plan.uid));
    }
    if let Some(script) = plan.script() {
        lines.extend(visible_rows(&script.body).map(|l| format!("  │ {l}")));
        lines.push(t!("app-update-details-proof", proof = plan.proof));
    }
    for c in &plan.consequences {
        lines.push(format!("{} {}: {}", crate::app::dialog::mark(c.level), c.what, c.detail));
    }
    if let crate::op::Work::Drain { drain, .. } = &plan.work {
        lines.extend(
            drain
                .evict
                .iter()
                .map(|p| t!("app-update-details-evict", pod = p.key.row, workload = p.workload)),
        );
        lines.extend(
            drain.stay.iter().map(|(key, why)| t!("app-update-details-leave", pod = key.row, why = why)),
        );
    }
    lines
}

/// What stands in the way of the present step.
pub(super) fn blocks(app: &mut App) {
    let closed = super::lock::closed(app).map(|why| why.to_string());
    let Some(run) = &app.run else { return };
    let Some((step, state)) = run.step() else { return };
    let mut lines = Vec::new();
    match &state.plan {
        Some(Err(refusal)) => lines.push(refusal.to_string()),
        Some(Ok(plan)) => {
            lines.extend(
                plan.consequences
                    .iter()
                    .filter(|c| c.level > Level::Info)
                    .map(|c| format!("{}: {}", c.what, c.detail)),
            );
            lines
                .extend(plan.questions.iter().map(|q| t!("app-update-details-to-accept", question = q.text)));
        }
        None => lines.push(match run.judge(run.current, &app.world, app.now) {
            crate::walk::Judgement::No { words, .. } => words,
            crate::walk::Judgement::Unknown(why) => t!("app-update-details-not-known", why = why),
            crate::walk::Judgement::Refused(why) | crate::walk::Judgement::NotNeeded(why) => why,
            _ => t!("app-update-details-nothing-press-enter").to_owned(),
        }),
    }
    if let Some(preview) = &state.preview {
        lines.extend(preview.objections());
    }
    let changes = matches!(step.kind, StepKind::Action(_) | StepKind::Shell(_)) || state.plan.is_some();
    lines.extend(closed.filter(|_| changes && !state.status().ended()));
    for task in app.tasks.all.iter().filter(|t| t.ended.is_none() && !t.line.is_empty()) {
        lines.push(format!("{}: {}", task.title, task.line));
    }
    if lines.is_empty() {
        lines.push(t!("app-update-details-nothing").to_owned());
    }
    // On a decision the key for that chooses another case.
    if matches!(step.kind, StepKind::Decision(_)) {
        lines.extend(asked(run));
    }
    let title = t!("app-update-details-what-blocks", title = run.title(run.current, &app.options.lang));
    read(app, title, lines);
}
