//! Walking a runbook: open, ask for its parameters, enter a step, run it. How a step ends stands in `walk`.
//!
//! Must not run what the step does not judge to be next.

use crate::lang::{self, t};
use std::collections::BTreeMap;
use std::sync::Arc;

use super::{params, resume, walk};
use crate::app::overlay::{Choose, Chosen, Overlay};
use crate::app::screens::{RunbookScreen, Screen, Scroll};
use crate::app::{App, Effect, layout, prose};
use crate::domain::{Finding, RunbookLink};
use crate::live::Tone;
use crate::record::{Ending, What};
use crate::runbook::model::{Param, StepKind};
use crate::runbook::named;
use crate::runbook::params::{Origin, prefill};
use crate::walk::{
    Judgement, NOT_BEGUN, Status, StepId, Walk, Way, conditions, hash, questions, texts, titles,
};

/// Opens a runbook with what a finding or the command line binds.
pub(crate) fn open(app: &mut App, link: &RunbookLink, finding: Option<&Finding>, effects: &mut Vec<Effect>) {
    let Some(book) = app.books.get(&link.id).map(Arc::clone) else {
        // At the start they are still being read.
        if app.books.is_empty() && app.first.is_none() && app.session.events.is_empty() {
            app.first = Some(link.clone());
            return app.say(Tone::Plain, t!("app-update-runbook-reading", id = link.id));
        }
        return app.say(Tone::Warn, t!("app-update-runbook-none", id = link.id));
    };
    let origin =
        Origin { finding: Some(&link.params), subject: finding.map(|f| &f.subject), ..Origin::default() };
    let filled = prefill(&book, &origin);
    let same = |run: &&Walk| run.book.id == link.id && run.params == filled.values && !run.finished();
    let known = app.walks().find(same).map(|walk| walk.number);
    if let Some(number) = known {
        // The same runbook on the same objects goes on where it was left.
        return super::walks::go_to(app, number, effects);
    }
    if let Some(refused) = filled.refused.first() {
        app.say(Tone::Warn, refused.to_string());
    }
    if let Some(finding) = finding {
        let lines = finding.evidence.iter().map(crate::record::evidence).collect();
        effects.push(Effect::Record(vec![What::Finding {
            detector: finding.detector.to_owned(),
            subject: finding.subject.clone(),
            title: finding.title.clone(),
            evidence: lines,
        }]));
    }
    let mut run = Walk::new(book, filled.values);
    // Who comes without any value chooses; a finding brings what is needed.
    run.offers = finding.is_none() && link.params.is_empty();
    start(app, run, effects);
}

/// Puts the runbook screen on top.
pub(super) fn show(app: &mut App) {
    if !matches!(app.screen(), Screen::Runbook(_)) {
        // Where only one pane is seen, it is the words.
        let pane = usize::from(app.size.0 < layout::WIDE);
        app.screens.push(Screen::Runbook(RunbookScreen { pane, ..RunbookScreen::default() }));
    }
}

/// Asks for the colours of the code in the words of the steps.
pub(super) fn highlight(run: &Walk, app: &mut App, effects: &mut Vec<Effect>) {
    for index in run.tree.ids() {
        for (lang, text) in prose::code_blocks(&crate::app::fill::prose(run, index, &app.options.lang)) {
            if !app.highlights.keep(prose::code_id(&lang, &text)) {
                effects.push(Effect::Highlight { lang, text });
            }
        }
    }
}

pub(super) fn start(app: &mut App, mut run: Walk, effects: &mut Vec<Effect>) {
    run.asks_peers = app.options.me.is_some();
    run.lang.clone_from(&app.options.lang);
    app.put_in_front(run);
    let over = matches!(app.screen(), Screen::Runbook(_));
    show(app);
    if let Screen::Runbook(screen) = app.screen_mut() {
        *screen = RunbookScreen { pane: screen.pane.min(1), over, ..RunbookScreen::default() };
    }
    params::go_on(app, effects);
}

/// Opens what the command line or a resumed session asked for, once the corpus is there.
pub(super) fn open_first(app: &mut App, effects: &mut Vec<Effect>) {
    let Some(mut link) = app.first.take() else { return };
    // A person names it; records have its id.
    if app.session.events.is_empty() {
        match named(&link.id, app.books.keys().map(String::as_str)) {
            Ok(id) => link.id = id.to_owned(),
            Err(absent) => return app.say(Tone::Warn, t!("app-update-runbook-absent", absent = absent)),
        }
    }
    if !app.session.events.is_empty() {
        resume::others(app, effects);
    }
    let Some(book) = app.books.get(&link.id).map(Arc::clone) else {
        // Another one of the session can be gone on with all the same.
        app.drop_front(effects);
        let words = t!("app-update-runbook-none", id = link.id);
        return app.say(Tone::Warn, words);
    };
    if app.session.events.is_empty() {
        open(app, &link, None, effects);
        let known: Vec<_> = book.params.iter().map(|p| p.name.as_str()).collect();
        if let Some(name) = link.params.keys().find(|name| !known.contains(&name.as_str())) {
            let known = match known[..] {
                [] => t!("app-update-runbook-no-parameters").to_owned(),
                _ => lang::list(known),
            };
            app.say(
                Tone::Warn,
                t!("app-update-runbook-no-parameter", id = link.id, name = name, known = known),
            );
        }
        return;
    }
    // A session goes on where it stood: its records say which steps ended, and which plans are unknown.
    // Of a secret only the mask was recorded: it is asked for again.
    let (owed, known): (BTreeMap<_, _>, BTreeMap<_, _>) =
        link.params.into_iter().partition(|(name, _)| book.param(name).is_some_and(Param::is_secret));
    let filled = prefill(&book, &Origin { finding: Some(&known), ..Origin::default() });
    resume::front(app, book, filled.values, owed.into_keys().collect(), effects);
}

/// All parameters are bound: the run is recorded and its first step entered.
pub(super) fn begin(app: &mut App, effects: &mut Vec<Effect>) {
    let Some(mut run) = app.run.take() else { return };
    run.begun = true;
    run.expand();
    run.include(&app.books);
    highlight(&run, app, effects);
    // One that begins anew with another value is the same one.
    if run.number == NOT_BEGUN {
        run.number = app.next_walk;
        app.next_walk += 1;
    }
    let records = vec![What::Opened {
        walk: run.number,
        runbook: run.book.id.clone(),
        title: run.book.title_in(&run.lang).to_owned(),
        hash: hash(&run),
        params: run.shown_params(),
        steps: run.tree.steps().map(|(_, s)| s.name.clone()).collect(),
        texts: texts(&run),
        titles: titles(&run),
        conditions: conditions(&run),
        questions: questions(&run),
    }];
    let first = run.tree.first();
    app.run = Some(run);
    effects.push(Effect::Record(records));
    super::engine::in_walk(app, effects, |walk, _, out| walk.enter(first, out));
    app.look_due = true;
}

/// Looks at another step without recording that it was reached.
pub(super) fn browse(app: &mut App, by: isize) {
    if let Some(run) = &mut app.run {
        let last = run.tree.len().saturating_sub(1);
        let here = run.tree.position(run.current).unwrap_or(0);
        run.current = run.tree.at(here.saturating_add_signed(by).min(last)).unwrap_or(run.current);
    }
    app.look_due = true;
}

/// Another step begins at its text, however it was reached; where only one pane is seen, that is the text.
pub(in crate::app) fn settle(app: &mut App) {
    let narrow = app.size.0 < layout::WIDE;
    let Some(current) = app.run.as_ref().map(|run| run.current) else { return };
    let Screen::Runbook(screen) = app.screen_mut() else { return };
    if screen.step.replace(current).is_some_and(|before| before != current) {
        (screen.scroll, screen.live) = (Scroll::default(), Scroll::default());
        screen.pane = if narrow { screen.pane.min(1) } else { screen.pane };
    }
}

/// Gives another pane the keyboard; a live one is shown from its beginning.
pub(super) fn focus(screen: &mut RunbookScreen, pane: usize) {
    (screen.pane, screen.live) = (pane, Scroll::default());
}

/// Shows the runbook at a step, from wherever the operator is.
pub(super) fn look_at(app: &mut App, index: StepId) {
    show(app);
    if let Some(run) = &mut app.run {
        run.current = run.tree.resolve(index);
    }
    app.look_due = true;
}

/// Goes from a step that ended to the next open one.
pub(super) fn go_on(app: &mut App, index: StepId, effects: &mut Vec<Effect>) {
    // While somebody looked elsewhere its file did not lead on.
    super::engine::in_walk(app, effects, |walk, _, out| walk.lead_on(index, out));
    match app.run.as_ref().and_then(|r| r.next_open(index)) {
        Some(next) => look_at(app, next),
        None => match app.run.as_ref().and_then(Walk::unfinished) {
            Some(words) => app.say(Tone::Bad, words),
            None => app.say(Tone::Good, t!("app-update-runbook-all-done")),
        },
    }
}

/// What a step wrote was read: the next open one is entered. A key that was on its way before it stood there says nothing.
fn seen(app: &mut App, index: StepId, effects: &mut Vec<Effect>) {
    if !super::sight::step_taken(app) {
        return;
    }
    super::engine::in_walk(app, effects, |walk, _, out| walk.lead_on(index, out));
    match app.run.as_ref().and_then(|r| r.next_open(index)) {
        Some(next) => {
            super::engine::in_walk(app, effects, |walk, _, out| walk.enter(next, out));
            app.look_due = true;
        }
        None => go_on(app, index, effects),
    }
}

/// Versions of programs came: what is not as the runbook wants it is said.
pub(super) fn versions(app: &mut App, read: &BTreeMap<String, Option<String>>) {
    app.walks_mut().for_each(|walk| walk.versions_read(read));
    let Some(run) = &app.run else { return };
    let words = run.version_words();
    if !words.is_empty() {
        app.say(Tone::Warn, lang::clauses(words));
    }
}

/// Asks for the versions of programs, where something may be changed at all.
fn ask_versions(app: &mut App, effects: &mut Vec<Effect>) {
    let open = super::lock::closed(app).is_none();
    let names = app.run.as_mut().filter(|_| open).map(Walk::to_ask_version).unwrap_or_default();
    if !names.is_empty() {
        effects.push(Effect::ReadVersions(names));
    }
}

/// Runs or accepts the present step.
pub(super) fn run_step(app: &mut App, effects: &mut Vec<Effect>) {
    let Some(run) = &app.run else { return };
    let index = run.current;
    if !run.begun {
        return params::go_on(app, effects);
    }
    ask_versions(app, effects);
    let Some(run) = &app.run else { return };
    let Some((step, state)) = run.step() else { return };
    match state.status() {
        Status::Running(task) if app.tasks.get(*task).is_some_and(|t| t.terminal.is_some()) => {
            super::terminal::open(app, *task, effects);
            return;
        }
        Status::Running(_) => return app.say(Tone::Warn, t!("app-update-runbook-runs")),
        Status::Proving { .. } if state.late().is_some() => return super::mend::offer(app),
        Status::Proving { .. } if state.check.as_ref().is_some_and(|c| c.held) => {
            return super::script::prove_again(app);
        }
        Status::Proving { .. } => return app.say(Tone::Warn, t!("app-update-runbook-proving")),
        Status::Ended(..) if state.regressed() => return super::mend::offer(app),
        Status::Ended(Ending::Recorded, _) if walk::noted(run, index) => return walk::offer_again(app),
        Status::Ended(Ending::Stopped, _) => {
            return app.say(Tone::Bad, t!("app-update-runbook-stopped"));
        }
        Status::Ended(ending, _)
            if *ending == Ending::Skipped
                || state.over().is_some()
                || matches!(step.kind, StepKind::Decision(_)) =>
        {
            return walk::offer_after_all(app);
        }
        Status::Ended(..) if state.to_read() => return seen(app, index, effects),
        Status::Ended(..) => return go_on(app, index, effects),
        Status::Todo | Status::Failed(_) | Status::TakenBack(_) | Status::Unknown(_) => {}
    }
    if !super::sight::step_taken(app) {
        return;
    }
    let Some(run) = &app.run else { return };
    let Some((step, state)) = run.step() else { return };
    match run.judge(index, &app.world, app.now) {
        Judgement::Go { words, way } => {
            let ending =
                if matches!(step.kind, StepKind::View(_)) { Ending::Recorded } else { Ending::Proved };
            walk::accept(app, index, ending, &words, way, effects);
        }
        Judgement::No { words, way: Some(way) } => {
            let shown = match &way {
                Way::Step(i) => t!("app-update-runbook-go-on-at", step = run.tree[*i].name),
                Way::Runbook(id) => t!("app-update-runbook-open", id = id),
                Way::Stop(_) => t!("app-update-runbook-end-here").to_owned(),
                Way::Next => t!("app-update-go-on").to_owned(),
            };
            let rows = vec![
                (shown, Chosen::Way { step: index }),
                (t!("app-update-runbook-stay").to_owned(), Chosen::Nothing),
            ];
            app.overlays.push(Overlay::Choose(Choose::new(words, rows)));
        }
        Judgement::No { way: None, .. } | Judgement::Unknown(_) if state.late().is_some() => {
            super::mend::offer(app);
        }
        Judgement::No { words, way: None } => app.say(Tone::Warn, words),
        Judgement::Unknown(why) => {
            let decision = matches!(step.kind, StepKind::Decision(_));
            app.say(Tone::Warn, t!("app-update-runbook-not-known", why = why));
            if decision {
                walk::choose_case(app);
            }
        }
        Judgement::Ask { .. } => walk::choose_case(app),
        Judgement::Operate if run.tree.element(index).is_some() && state.stuck() => super::mend::offer(app),
        Judgement::Operate => {
            if !super::each::ask_whether_all(app) {
                super::confirm::operate(app, false, effects);
            }
        }
        Judgement::ByHand => walk::by_hand(app, index, effects),
        Judgement::NeedsHost => walk::needs_host(app, index),
        Judgement::NotNeeded(words) => {
            walk::accept(app, index, Ending::Skipped, &words, Way::Next, effects);
        }
        Judgement::Refused(why) => app.say(Tone::Warn, why),
    }
}
