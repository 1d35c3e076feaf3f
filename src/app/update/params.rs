//! The parameters of a runbook: those that it needs are asked for before it begins, the others can be given until one of
//! its plans has run.

use super::{resume, runbook};
use crate::app::overlay::{Choose, Chosen, Input, Overlay, Purpose};
use crate::app::screens::Screen;
use crate::app::{App, Effect};
use crate::domain::Kind;
use crate::lang::t;
use crate::live::Tone;
use crate::record::What;
use crate::runbook::model::{Param, ParamSource, ValueType};
use crate::runbook::params::ParamValue;
use crate::walk::{Candidate, NOT_BEGUN, Walk, candidates};

/// Asks for what is missing, offers what may be given, and begins when nothing is left to ask.
pub(super) fn go_on(app: &mut App, effects: &mut Vec<Effect>) {
    if ask_next(app) {
        return;
    }
    let offers = |run: &mut Walk| {
        let open = run.book.params.iter().any(|p| !run.params.contains_key(&p.name));
        std::mem::take(&mut run.offers) && open
    };
    if app.run.as_mut().is_some_and(offers) {
        return menu(app, true);
    }
    runbook::begin(app, effects);
}

/// Asks for the next parameter that has no value. False when none is missing.
fn ask_next(app: &mut App) -> bool {
    let Some(run) = &app.run else { return false };
    let Some(name) = run.missing().first().map(|p| p.name.clone()) else { return false };
    ask(app, &name);
    true
}

fn label(run: &Walk, param: &Param) -> String {
    run.book.param_label_in(param, &run.lang).to_owned()
}

/// Asks for one parameter: a picker, a list of words, or a field. What it picks from may have to be read first.
pub(super) fn ask(app: &mut App, name: &str) {
    let Some(run) = &mut app.run else { return };
    run.asked = Some(name.to_owned());
    let Some(run) = &app.run else { return };
    let Some(param) = run.book.param(name) else { return };
    let label = label(run, param);
    if let ParamSource::K8s(picker) = &param.source
        && let Some(kind) = Kind::parse(&picker.kind)
        && app.world.sync(kind).coming()
    {
        // The picker opens with the picture that knows them all.
        return app
            .say(Tone::Plain, t!("app-update-params-reading", label = label, objects = kind.meta().plural));
    }
    let overlay = match candidates(param, &run.params, &app.world) {
        Some(found) if param.many => {
            let picked = super::pick::chosen_already(run.params.get(name));
            Overlay::Choose(super::pick::list(&param.name, &label, found, &picked))
        }
        Some(found) => {
            let row = |c: Candidate| (c.shown, Chosen::Param { name: name.to_owned(), value: c.value });
            let choose = Choose::new(
                t!("app-update-params-which", label = label),
                found.into_iter().map(row).collect(),
            );
            let now = run.params.get(name);
            Overlay::Choose(choose.on(|c| matches!(c, Chosen::Param { value, .. } if Some(value) == now)))
        }
        None => Overlay::Input(Input {
            purpose: Purpose::Param(param.name.clone()),
            prompt: label,
            text: String::new(),
            error: None,
            hidden: matches!(&param.source, ParamSource::Typed(ValueType::Secret)),
        }),
    };
    app.overlays.push(overlay);
}

/// Opens the picker that waited for the cluster to be read.
pub(super) fn ask_when_read(app: &mut App) {
    let waits = app.run.as_ref().and_then(|r| r.asked.clone());
    if let Some(name) = waits
        && app.overlays.is_empty()
        && matches!(app.screen(), Screen::Runbook(_))
    {
        ask(app, &name);
    }
}

/// A parameter has its value. What begun already begins anew with it: no plan of it has run.
pub(super) fn bound(app: &mut App, name: String, value: ParamValue, effects: &mut Vec<Effect>) {
    let Some(run) = &mut app.run else { return };
    run.asked = None;
    let before = run.owed.len();
    run.owed.retain(|owed| *owed != name);
    let owed = run.owed.len() < before;
    let new = !run.params.contains_key(&name);
    let shown = value.shown();
    run.params.insert(name.clone(), value);
    if owed {
        return given_again(app, effects);
    }
    if run.begun && new && under_way(run) {
        // What ran did not know of it, and stays as it is.
        run.include(&app.books);
        effects.push(Effect::Record(vec![What::Bound { name, value: shown }]));
        return app.look_due = true;
    }
    if run.begun {
        let (id, params) = (run.book.id.clone(), run.params.clone());
        if let Some(book) = app.books.get(&id).map(std::sync::Arc::clone) {
            // What was begun with the other value is not gone on with.
            let number = app.run.take().map_or(NOT_BEGUN, |run| run.number);
            let mut walk = Walk::new(book, params);
            walk.number = number;
            return runbook::start(app, walk, effects);
        }
    }
    go_on(app, effects);
}

/// Asks for the next secret of a session that goes on.
pub(super) fn ask_owed(app: &mut App) {
    if let Some(name) = app.run.as_ref().and_then(|r| r.owed.first().cloned()) {
        ask(app, &name);
    }
}

/// A secret was given again. With the last one all steps that see them stand where the records left them.
fn given_again(app: &mut App, effects: &mut Vec<Effect>) {
    let Some(run) = &app.run else { return };
    if !run.owed.is_empty() {
        return ask_owed(app);
    }
    let (id, values) = (run.book.id.clone(), run.params.clone());
    if let Some(book) = app.books.get(&id).map(std::sync::Arc::clone) {
        resume::front(app, book, values, Vec::new(), effects);
    }
}

/// The key: shows all parameters, and gives one another value.
pub(super) fn key(app: &mut App) {
    let Some(run) = &app.run else { return };
    if run.book.params.is_empty() {
        return app.say(Tone::Plain, t!("app-update-params-none"));
    }
    if under_way(run) && run.book.params.iter().all(|p| run.params.contains_key(&p.name)) {
        let words = t!("app-update-params-in-use");
        return app.say(Tone::Warn, words);
    }
    menu(app, false);
}

/// Whether a plan has run with the values as they are.
fn under_way(run: &Walk) -> bool {
    run.steps.iter().any(|s| s.ran().is_some() || s.under_way())
}

/// All parameters with their values; `begins` adds the row that leaves the others out. Once a plan has run, those that
/// have none.
fn menu(app: &mut App, begins: bool) {
    let Some(run) = &app.run else { return };
    let (mut rows, mut needed) = (Vec::new(), None);
    if begins {
        rows.push((t!("app-update-params-begin").to_owned(), Chosen::Begin));
    }
    let late = under_way(run);
    for param in run.book.params.iter().filter(|p| !late || !run.params.contains_key(&p.name)) {
        let value = run.params.get(&param.name).map(ParamValue::shown);
        let without = run.needed_by(&param.name).filter(|_| value.is_none());
        needed = needed.or_else(|| without.map(|_| rows.len()));
        let value = value.unwrap_or_else(|| t!("app-update-params-not-given").to_owned());
        let row = match without {
            None => format!("{}: {value}", label(run, param)),
            Some(step) => {
                t!("app-update-params-for-step", step = step.name, label = label(run, param), value = value)
            }
        };
        rows.push((row, Chosen::Ask(param.name.clone())));
    }
    let mut choose = Choose::new(t!("app-update-params-title"), rows);
    // What a step waits for is asked first.
    choose.selected = needed.unwrap_or(0);
    app.overlays.push(Overlay::Choose(choose));
}
