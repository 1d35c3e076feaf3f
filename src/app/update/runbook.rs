//! Walking a runbook: open, enter, run, accept, skip, undo.

use std::sync::Arc;

use crate::app::overlay::{Choose, Chosen, Input, Overlay, Purpose};
use crate::app::run::{Judgement, Run, Status, Way, candidates, conditions, hash, rewritten, texts, titles};
use crate::app::screens::{RunbookScreen, Screen};
use crate::app::{App, Effect, layout, prose};
use crate::domain::{Finding, RunbookLink, SyncState};
use crate::live::Tone;
use crate::record::{Ending, What};
use crate::runbook::model::StepKind;
use crate::runbook::params::{Origin, ParamValue, prefill};

/// Opens a runbook with what a finding or the command line binds.
pub(crate) fn open(app: &mut App, link: &RunbookLink, finding: Option<&Finding>, effects: &mut Vec<Effect>) {
    let Some(book) = app.books.get(&link.id).map(Arc::clone) else {
        app.say(Tone::Warn, format!("there is no runbook {} (yet)", link.id));
        return;
    };
    let origin =
        Origin { finding: Some(&link.params), subject: finding.map(|f| &f.subject), ..Origin::default() };
    let filled = prefill(&book, &origin);
    if let Some(run) = &app.run {
        let under_way =
            run.steps.iter().any(|s| matches!(s.status, Status::Running(_) | Status::Proving { .. }));
        if run.book.id == link.id && run.params == filled.values && !run.finished() {
            // The same runbook on the same objects goes on where it was left.
            return show(app);
        }
        if under_way {
            let words =
                format!("{} is under way: finish or cancel it first (! shows the tasks)", run.book.id);
            return app.say(Tone::Warn, words);
        }
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
    start(app, Run::new(book, filled.values), effects);
}

/// Puts the runbook screen on top.
fn show(app: &mut App) {
    if !matches!(app.screen(), Screen::Runbook(_)) {
        // Where only one pane is seen, it is the words.
        let pane = usize::from(app.size.0 < layout::WIDE);
        app.screens.push(Screen::Runbook(RunbookScreen { pane, ..RunbookScreen::default() }));
    }
}

/// Asks for the colours of the code in the words of the steps.
fn highlight(run: &Run, app: &mut App, effects: &mut Vec<Effect>) {
    for index in 0..run.steps.len() {
        for (lang, text) in prose::code_blocks(run.prose(index, &app.options.lang)) {
            if !app.highlights.keep(prose::code_id(&lang, &text)) {
                effects.push(Effect::Highlight { lang, text });
            }
        }
    }
}

fn start(app: &mut App, run: Run, effects: &mut Vec<Effect>) {
    app.run = Some(run);
    show(app);
    if !ask_next(app) {
        begin(app, effects);
    }
}

/// Opens what the command line or a resumed session asked for, once the corpus is there.
pub(super) fn open_first(app: &mut App, effects: &mut Vec<Effect>) {
    let Some(link) = app.first.take() else { return };
    let Some(book) = app.books.get(&link.id).map(Arc::clone) else {
        let words = format!("there is no runbook {}; press / to search", link.id);
        return app.say(Tone::Warn, words);
    };
    if app.session.events.is_empty() {
        return open(app, &link, None, effects);
    }
    // A session goes on where it stood: its records say which steps ended, and which plans are unknown.
    let filled = prefill(&book, &Origin { finding: Some(&link.params), ..Origin::default() });
    let mut state = app.session.state.clone();
    let mut said = format!("session {} goes on", state.id);
    let mut run = Run::new(book, filled.values);
    run.include(&app.books);
    highlight(&run, app, effects);
    if let Some(changed) = rewritten(&run, &state) {
        said = format!("{said}; {}", crate::record::words(&changed).1);
        state.take_what(&changed);
        effects.push(Effect::Record(vec![changed]));
    }
    run.restore(&state);
    app.run = Some(run);
    app.screens.push(Screen::Runbook(RunbookScreen::default()));
    let anew = if state.practice { "; the practice cluster began anew, so its changes are gone" } else { "" };
    app.say(Tone::Plain, format!("{said}{anew}"));
    super::engine::look(app, effects);
}

/// Asks for the next parameter that has no value. False when none is missing.
pub(super) fn ask_next(app: &mut App) -> bool {
    let Some(run) = &app.run else { return false };
    let Some(param) = run.missing().first().copied() else { return false };
    let label = param.label.clone().unwrap_or_else(|| param.name.clone());
    if let crate::runbook::model::ParamSource::K8s(picker) = &param.source
        && let Some(kind) = crate::domain::Kind::parse(&picker.kind)
        && matches!(app.world.sync(kind), SyncState::Waiting | SyncState::Loading(_))
    {
        // The picker opens with the picture that knows them all.
        app.say(Tone::Plain, format!("{label}? {} are being read…", kind.meta().plural));
        return true;
    }
    let overlay = match candidates(param, &run.params, &app.world) {
        Some(found) if param.many => super::pick::list(&param.name, &label, found, &[]),
        Some(found) => {
            let name = param.name.clone();
            let row = |c: crate::app::run::Candidate| {
                (c.shown, Chosen::Param { name: name.clone(), value: c.value })
            };
            Overlay::Choose(Choose::new(format!("{label}?"), found.into_iter().map(row).collect()))
        }
        None => Overlay::Input(Input {
            purpose: Purpose::Param(param.name.clone()),
            prompt: label,
            text: String::new(),
            error: None,
        }),
    };
    app.overlays.push(overlay);
    true
}

/// Opens the picker that waited for the cluster to be read.
pub(super) fn ask_when_read(app: &mut App) {
    let waits = app.run.as_ref().is_some_and(|r| !r.missing().is_empty());
    if waits && app.overlays.is_empty() && matches!(app.screen(), Screen::Runbook(_)) {
        ask_next(app);
    }
}

/// All parameters are bound: the run is recorded and its first step entered.
pub(super) fn begin(app: &mut App, effects: &mut Vec<Effect>) {
    let Some(mut run) = app.run.take() else { return };
    run.expand();
    run.include(&app.books);
    highlight(&run, app, effects);
    let mut records = vec![What::Opened {
        runbook: run.book.id.clone(),
        title: run.book.title.clone(),
        hash: hash(&run),
        params: run.shown_params(),
        steps: run.book.steps.iter().map(|s| s.name.clone()).collect(),
        texts: texts(&run),
        titles: titles(&run),
        conditions: conditions(&run),
    }];
    enter(&mut run, 0, &mut records);
    app.run = Some(run);
    effects.push(Effect::Record(records));
    super::engine::look(app, effects);
}

/// Goes to a step.
pub(super) fn enter(run: &mut Run, index: usize, records: &mut Vec<What>) {
    if let Some(step) = run.book.steps.get(index) {
        run.current = index;
        records.push(What::Step { step: step.name.clone() });
    }
}

/// Looks at another step without recording that it was reached.
pub(super) fn browse(app: &mut App, by: isize, effects: &mut Vec<Effect>) {
    if let Some(run) = &mut app.run {
        let last = run.steps.len().saturating_sub(1);
        run.current = run.current.saturating_add_signed(by).min(last);
    }
    if let Screen::Runbook(screen) = app.screen_mut() {
        screen.scroll.top = 0;
    }
    super::engine::look(app, effects);
}

/// Runs or accepts the present step.
pub(super) fn run_step(app: &mut App, effects: &mut Vec<Effect>) {
    let Some(run) = &app.run else { return };
    let index = run.current;
    if ask_next(app) {
        return;
    }
    let Some(run) = &app.run else { return };
    let Some((step, state)) = run.step() else { return };
    match &state.status {
        Status::Running(_) => return app.say(Tone::Warn, "it runs; c cancels it in good order"),
        Status::Proving { .. } if state.late.is_some() => return super::mend::offer(app),
        Status::Proving { .. } => return app.say(Tone::Warn, "applied; waiting until the cluster shows it"),
        Status::Ended(..) if state.regressed() => return super::mend::offer(app),
        Status::Ended(Ending::Stopped, _) => {
            return app
                .say(Tone::Bad, "the runbook ends here: its check does not hold; n looks at what follows");
        }
        Status::Ended(..) if run.next_open(index).is_some() => {
            let next = run.next_open(index).unwrap_or(index);
            return browse(app, next as isize - index as isize, effects);
        }
        Status::Ended(..) => return app.say(Tone::Good, "every step is done; x exports the session"),
        Status::Todo | Status::Failed(_) | Status::Unknown(_) => {}
    }
    match run.judge(index, &app.world, app.now) {
        Judgement::Go { words, way } => {
            let ending =
                if matches!(step.kind, StepKind::View(_)) { Ending::Recorded } else { Ending::Proved };
            accept(app, index, ending, &words, way, effects);
        }
        Judgement::No { words, way: Some(way) } => {
            let shown = match &way {
                Way::Step(i) => format!("go on at step {}", run.book.steps[*i].name),
                Way::Runbook(id) => format!("open {id}"),
                Way::Stop(_) => "end here".to_owned(),
                Way::Next => "go on".to_owned(),
            };
            let rows = vec![(shown, Chosen::Way { step: index }), ("stay here".to_owned(), Chosen::Nothing)];
            app.overlays.push(Overlay::Choose(Choose::new(words, rows)));
        }
        Judgement::No { way: None, .. } | Judgement::Unknown(_) if state.late.is_some() => {
            super::mend::offer(app);
        }
        Judgement::No { words, way: None } => app.say(Tone::Warn, words),
        Judgement::Unknown(why) => {
            let decision = matches!(step.kind, StepKind::Decision(_));
            app.say(Tone::Warn, format!("not known: {why}; s skips the step with a reason"));
            if decision {
                choose_case(app);
            }
        }
        Judgement::Ask { .. } => choose_case(app),
        Judgement::Operate(_) if step.part.is_some() && state.stuck() => super::mend::offer(app),
        Judgement::Operate(_) => {
            if !super::each::ask_whether_all(app) {
                super::confirm::operate(app, false, effects);
            }
        }
        Judgement::ByHand => by_hand(app, index, effects),
        Judgement::NeedsHost => needs_host(app, index),
        Judgement::Refused(why) => app.say(Tone::Warn, why),
    }
}

/// The cases of the present decision, for the operator to choose.
pub(super) fn choose_case(app: &mut App) {
    let Some((step, _)) = app.run.as_ref().and_then(Run::step) else { return };
    let StepKind::Decision(decision) = &step.kind else { return };
    let index = app.run.as_ref().map_or(0, |r| r.current);
    let row = |c: &crate::runbook::model::Case| {
        let hint = c.hint.as_deref().unwrap_or_default();
        (format!("{}  {hint}", c.value), Chosen::Case { step: index, value: c.value.clone() })
    };
    let rows = decision.cases.iter().map(row).collect();
    let title = decision.ask.clone().unwrap_or_else(|| step.title.clone());
    app.overlays.push(Overlay::Choose(Choose::new(title, rows)));
}

/// The operator chose a case. Where the cluster says another one that is recorded as an override; where it says
/// nothing, because only the operator can know or because it is unknown, it is the operator's choice alone.
pub(super) fn chose_case(app: &mut App, index: usize, value: &str, effects: &mut Vec<Effect>) {
    let Some(run) = &app.run else { return };
    let Some(StepKind::Decision(decision)) = run.book.steps.get(index).map(|s| &s.kind) else { return };
    let way = decision.cases.iter().find(|c| c.value == value).and_then(|c| c.goto.as_ref());
    let way = way.map_or(Way::Next, |g| run.way(index, g));
    let said = decision.value.as_ref().and_then(|v| run.value(index, v, &app.world, app.now).ok());
    let step = run.book.steps[index].name.clone();
    effects.push(Effect::Record(vec![What::Decided { step, value: said, chosen: value.to_owned() }]));
    accept(app, index, Ending::Recorded, value, way, effects);
}

/// A step is done: it is recorded, and the way it leads is taken.
pub(super) fn accept(
    app: &mut App,
    index: usize,
    ending: Ending,
    words: &str,
    way: Way,
    effects: &mut Vec<Effect>,
) {
    let Some(run) = &mut app.run else { return };
    let step = run.book.steps[index].name.clone();
    let ending = if matches!(way, Way::Stop(_)) { Ending::Stopped } else { ending };
    let mut records = vec![What::StepEnded { step: step.clone(), ending, words: words.to_owned() }];
    if let StepKind::Decision(_) = run.book.steps[index].kind {
        let chosen = ParamValue::Text(words.to_owned());
        run.record(&step, "chosen", chosen);
        if ending == Ending::Proved {
            records
                .insert(0, What::Decided { step, value: Some(words.to_owned()), chosen: words.to_owned() });
        }
    }
    run.steps[index].status = Status::Ended(ending, words.to_owned());
    match way {
        Way::Next => match run.next_open(index) {
            Some(next) => enter(run, next, &mut records),
            None => app.say(Tone::Good, "✔ the runbook is done; x exports the session"),
        },
        Way::Step(next) => {
            // What lies between was decided to be not needed.
            for between in index + 1..next {
                if run.steps[between].status == Status::Todo {
                    let words = format!("not on the way from {}", run.book.steps[index].name);
                    let step = run.book.steps[between].name.clone();
                    run.steps[between].status = Status::Ended(Ending::Skipped, words.clone());
                    records.push(What::StepEnded { step, ending: Ending::Skipped, words });
                }
            }
            // A way that leads back leads to a step that is done: it is to be done again.
            if next <= index && run.steps[next].status.ended() {
                run.steps[next].reopen();
                let words = format!("step {} leads here", run.book.steps[index].name);
                records.push(What::Reopened { step: run.book.steps[next].name.clone(), words });
            }
            enter(run, next, &mut records);
        }
        Way::Stop(why) => {
            records.push(What::Note { text: format!("stopped: {why}"), about: None });
            app.say(Tone::Warn, format!("stop: {why}"));
        }
        Way::Runbook(id) => {
            let params = run.bound(index);
            effects.push(Effect::Record(records));
            open(app, &RunbookLink { id, params }, None, effects);
            return;
        }
    }
    if let Screen::Runbook(screen) = app.screen_mut() {
        screen.scroll.top = 0;
    }
    effects.push(Effect::Record(records));
    super::engine::look(app, effects);
}

/// A manual step: its values are asked for, then it is done. On the practice cluster the world does it.
pub(super) fn by_hand(app: &mut App, index: usize, effects: &mut Vec<Effect>) {
    let Some(run) = &app.run else { return };
    let step = &run.book.steps[index];
    let StepKind::Manual(manual) = &step.kind else { return };
    let recorded = run.recorded.get(&step.name);
    let missing = manual.record.iter().find(|(name, _)| !recorded.is_some_and(|r| r.contains_key(name)));
    if let Some((name, _)) = missing {
        app.overlays.push(Overlay::Input(Input {
            purpose: Purpose::Record { step: index, name: name.clone() },
            prompt: name.clone(),
            text: String::new(),
            error: None,
        }));
        return;
    }
    let name = run.file(index).map_or_else(|| step.name.clone(), |(_, written)| written.name.clone());
    let practised = app.options.practice.as_ref().is_some_and(|p| p.actions.contains(&name));
    if practised {
        effects.push(Effect::Practice(name));
    }
    accept(app, index, Ending::Recorded, "done by hand", Way::Next, effects);
}

fn needs_host(app: &mut App, index: usize) {
    let rows = vec![
        ("skip it".to_owned(), Chosen::Outside { step: index, done: false }),
        (
            "I ran it by hand on the host, and it worked".to_owned(),
            Chosen::Outside { step: index, done: true },
        ),
        ("not now".to_owned(), Chosen::Nothing),
    ];
    app.overlays
        .push(Overlay::Choose(Choose::new("needs host access, which this opsbook does not have", rows)));
}

/// Asks why the present step is skipped.
pub(super) fn skip(app: &mut App) {
    let Some(run) = &app.run else { return };
    let Some((_, state)) = run.step() else { return };
    let running = matches!(state.status, Status::Running(_))
        || (matches!(state.status, Status::Proving { .. }) && state.late.is_none());
    if state.status.ended() || running {
        return app.say(Tone::Warn, "this step is not open");
    }
    app.overlays.push(Overlay::Input(Input {
        purpose: Purpose::Skip(run.current),
        prompt: "why is it skipped".to_owned(),
        text: String::new(),
        error: None,
    }));
}
