//! What happens on an overlay: choose, type, confirm, read.

use super::{confirm, details, dialog, engine, explore, logs, mend, params, pick, runbook, sight, walk};
use crate::action::Action;
use crate::app::overlay::{Choose, Chosen, Input, Overlay, Purpose};
use crate::app::screens::Screen;
use crate::app::sight::Answers;
use crate::app::{App, Effect};
use crate::domain::{Kind, Namespaces, RunbookLink};
use crate::lang::{self, Language, t};
use crate::live::{Filter, Tone};
use crate::record::{Ending, What};
use crate::runbook::model::ParamSource;
use crate::runbook::params::{ParamValue, as_typed};
use crate::walk::{Judgement, Way};

/// Gives an action to the topmost overlay. False when it is for what works everywhere.
pub(super) fn act(app: &mut App, action: Action, effects: &mut Vec<Effect>) -> bool {
    if matches!(action, Action::Back | Action::Quit) {
        return false;
    }
    let height = usize::from(app.size.1.saturating_sub(8)).max(1);
    match app.overlays.last_mut() {
        Some(Overlay::Choose(choose)) => {
            let visible = choose.visible();
            if choose.go(action, visible.len(), height) {
                return true;
            }
            if action == Action::Mark {
                pick::mark(app);
            } else if action == Action::Open {
                // Nothing fits what was typed: the list stays open, and says what there is.
                if choose.chosen().is_none() {
                    let words = fits_nothing(choose);
                    app.say(Tone::Warn, words);
                    return true;
                }
                if !sight::entered(app) {
                    return true;
                }
                let Some(Overlay::Choose(choose)) = app.overlays.last_mut() else { return true };
                let chosen = choose.chosen().map(|chosen| pick::entered(choose, chosen));
                if let Some(chosen) = chosen {
                    app.overlays.pop();
                    take(app, chosen, effects);
                }
            }
        }
        Some(Overlay::Input(_)) => {
            if action == Action::Open
                && sight::entered(app)
                && let Some(Overlay::Input(input)) = app.overlays.pop()
            {
                entered(app, input, effects);
            }
        }
        Some(Overlay::Confirm(_)) if action == Action::Copy => return false,
        Some(Overlay::Confirm(_)) => match action {
            Action::Yes if !sight::confirms(app, Answers::Walk) => {}
            Action::Accept if !sight::confirms(app, Answers::Mark) => {}
            Action::Yes => confirm::yes(app, effects),
            Action::Preview => details::preview(app),
            Action::Choices => super::form::of_confirmation(app),
            Action::Arm => super::lock::key(app, effects),
            other => dialog::confirm(app, other),
        },
        Some(Overlay::Message(_)) => {
            if matches!(action, Action::Copy | Action::Said) {
                return false;
            }
            if !super::find::act(app, action) {
                dialog::message(app, action);
            }
        }
        None => return false,
    }
    true
}

/// What is said where nothing in a list fits what was typed; of values, what there is, the nearest first.
fn fits_nothing(choose: &Choose) -> String {
    let values = |(text, chosen): &(String, Chosen)| {
        matches!(chosen, Chosen::Recorded { .. } | Chosen::Param { .. }).then(|| text.clone())
    };
    let values: Vec<String> = choose.rows.iter().filter_map(values).collect();
    if choose.waits {
        t!("app-update-overlays-choose-one").to_owned()
    } else if values.is_empty() {
        t!("app-update-overlays-nothing-fits", choose = choose.text)
    } else {
        crate::walk::refused(&choose.text, &values)
    }
}

/// Whether a row may run something at once.
pub(super) fn runs(chosen: &Chosen) -> bool {
    match chosen {
        Chosen::OneOfEach { .. } | Chosen::AllOfEach { .. } | Chosen::DebugPods { delete: true } => true,
        Chosen::Do(action) => matches!(action, Action::RunStep | Action::Open),
        _ => false,
    }
}

/// A row was chosen.
pub(super) fn take(app: &mut App, chosen: Chosen, effects: &mut Vec<Effect>) {
    match chosen {
        Chosen::Nothing => {}
        Chosen::Quit => effects.push(Effect::Quit),
        Chosen::DebugPods { delete: true } => super::debug::delete_and_leave(app, effects),
        Chosen::DebugPods { delete: false } => super::actions::leave(app, effects),
        Chosen::Do(action) => super::actions::act(app, action, effects),
        Chosen::Operation(wanted) => super::operations::ask(app, wanted, effects),
        Chosen::Field { wanted, name } => super::form::field(app, wanted, name, effects),
        Chosen::Planned(wanted) => super::form::plan(app, wanted, effects),
        Chosen::Runbook(id) => {
            runbook::open(app, &RunbookLink { id, params: std::collections::BTreeMap::new() }, None, effects);
        }
        Chosen::Param { name, value } => params::bound(app, name, value, effects),
        Chosen::Ask(name) => params::ask(app, &name),
        Chosen::Begin => params::go_on(app, effects),
        Chosen::Walk(number) => super::walks::go_to(app, number, effects),
        Chosen::Recorded { step, name, value } => {
            if let Err(why) = walk::value_given(app, step, &name, &value, effects) {
                app.say(Tone::Warn, why);
                walk::by_hand(app, step, effects);
            }
        }
        Chosen::Typed { step, name } => walk::type_value(app, step, &name),
        Chosen::NoteAgain { step } => walk::note_again(app, step, effects),
        Chosen::GoOn { step } => runbook::go_on(app, step, effects),
        Chosen::Case { step, value } => walk::chose_case(app, step, &value, effects),
        Chosen::Outside { step, done } => {
            if done {
                let words = t!("app-update-overlays-done-on-host");
                walk::accept(app, step, Ending::Recorded, words, Way::Next, effects);
            } else {
                walk::ask_why_skipped(app, step, t!("app-update-overlays-needs-host"));
            }
        }
        Chosen::Export(format) => effects.push(Effect::Export(format)),
        Chosen::Way { step } => {
            let Some(run) = &app.run else { return };
            if let Judgement::No { words, way: Some(way) } = run.judge(step, &app.world, app.now) {
                walk::accept(app, step, Ending::Recorded, &words, way, effects);
            }
        }
        Chosen::OneOfEach { step } | Chosen::AllOfEach { step } => {
            let all = matches!(chosen, Chosen::AllOfEach { .. });
            if app.run.as_ref().is_some_and(|r| r.current == step) && sight::step_taken(app) {
                confirm::operate(app, all, effects);
            }
        }
        Chosen::StopEach { step } => {
            engine::in_walk(app, effects, |walk, _, out| walk.stop_lanes(step, out));
            app.look_due = true;
        }
        Chosen::GiveUp { step } => walk::give_up(app, step),
        // Rows that are marked are entered as a whole.
        Chosen::Pick { name, value, picked, .. } => {
            params::bound(app, name, ParamValue::List(pick::toggled(value, &picked)), effects);
        }
        Chosen::Again { step } => mend::again(app, step, effects),
        Chosen::TakeBack { step } => {
            if app.run.as_ref().is_some_and(|r| r.current == step) {
                mend::take_back(app, effects);
            }
        }
        Chosen::Skip { step } => {
            if app.run.as_ref().is_some_and(|r| r.current == step) {
                walk::skip(app);
            }
        }
        Chosen::Copy { what, text } => super::copy::send(app, &what, &text, effects),
        Chosen::Container(name) => logs::chosen(app, name, effects),
    }
}

/// The text of a field changed: a filter works while it is typed.
pub(super) fn input_changed(app: &mut App) {
    let Some(Overlay::Input(input)) = app.overlays.last() else { return };
    let text = input.text.clone();
    if input.purpose == Purpose::Find {
        return super::find::typed(app, &text);
    }
    if input.purpose == Purpose::Filter
        && let Screen::Explorer(explorer) = app.screen_mut()
    {
        explorer.table.filter.text = text;
    }
}

/// A field was left with escape.
pub(super) fn input_dropped(app: &mut App, input: &Input) {
    if input.purpose == Purpose::Find {
        return super::find::dropped(app);
    }
    if input.purpose == Purpose::Filter
        && let Screen::Explorer(explorer) = app.screen_mut()
    {
        explorer.table.filter.text.clear();
    }
}

/// A field was entered.
fn entered(app: &mut App, input: Input, effects: &mut Vec<Effect>) {
    let text = input.text.trim().to_owned();
    match input.purpose.clone() {
        Purpose::Filter => {}
        Purpose::Find => super::find::entered(app),
        Purpose::Command => command(app, &text, effects),
        Purpose::Note => {
            if !text.is_empty() {
                effects.push(Effect::Record(vec![What::Note { text, about: None }]));
                app.say(Tone::Good, t!("app-update-noted"));
            }
        }
        Purpose::NoteOn(record) => super::session::note(app, record, text, effects),
        Purpose::Argument { wanted, name } => {
            if let Err(why) = super::operations::typed(app, wanted, name, &text, effects) {
                again(app, input, &why);
            }
        }
        Purpose::Arm => super::lock::arm(app, &text, effects),
        Purpose::Skip(step) => {
            if text.is_empty() {
                return again(app, input, t!("app-update-overlays-skip-needs-reason"));
            }
            walk::accept(app, step, Ending::Skipped, &text, Way::Next, effects);
        }
        Purpose::GiveUp(step) => {
            if text.is_empty() {
                return again(app, input, t!("app-update-overlays-give-up-needs-reason"));
            }
            engine::in_walk(app, effects, |walk, _, out| walk.give_up_lane(step, &text, out));
            app.look_due = true;
        }
        Purpose::Param(name) => {
            let Some(run) = &app.run else { return };
            let Some(param) = run.book.param(&name) else { return };
            let text = match &param.source {
                ParamSource::Typed(ty) => as_typed(ty, &text),
                _ => text,
            };
            let texts: Vec<&str> =
                if param.many { text.split(',').map(str::trim).collect() } else { vec![text.as_str()] };
            match crate::runbook::params::accept_all(param, &texts, &run.params) {
                Ok(value) => params::bound(app, name, value, effects),
                Err(e) => again(app, input, &e.to_string()),
            }
        }
        Purpose::Record { step, name } => {
            if let Err(why) = walk::value_given(app, step, &name, &text, effects) {
                again(app, input, &why);
            }
        }
    }
}

/// The field stays open and says what is wrong.
fn again(app: &mut App, mut input: Input, why: &str) {
    input.error = Some(why.to_owned());
    app.overlays.push(Overlay::Input(input));
}

/// So many namespaces that were named last are read, where the whole cluster may not be.
const NAMED: usize = 8;

/// The namespaces that were named, or none for all of them. Where the whole cluster may not be read, they are asked for.
fn ask_in(app: &mut App, words: &[&str], effects: &mut Vec<Effect>) -> Option<Namespaces> {
    if let ["-A" | "all", ..] = words {
        return None;
    }
    let named = Namespaces::read(&words.join(","));
    app.named.retain(|before| !named.contains(before));
    app.named.extend(named.iter().cloned());
    // Each of them is a watch of every kind.
    let over = app.named.len().saturating_sub(NAMED);
    app.named.drain(..over);
    effects.push(Effect::ReadNamespaces(app.named.iter().cloned().collect()));
    Some(named)
}

/// The command line: a kind, with namespaces; `ns NAME…`; `rb ID`; `theme NAME`; `lang ID`; `q`.
fn command(app: &mut App, text: &str, effects: &mut Vec<Effect>) {
    let mut words = text.split_whitespace();
    let (head, rest) = (words.next().unwrap_or_default(), words.collect::<Vec<_>>());
    match (head, rest.as_slice()) {
        ("", _) => {}
        ("q" | "q!" | "quit" | "exit", _) => super::actions::act(app, Action::Quit, effects),
        ("ns", [_, ..]) => {
            let namespaces = ask_in(app, &rest, effects);
            app.options.namespaces.clone_from(&namespaces);
            if let Screen::Explorer(explorer) = app.screen_mut() {
                explorer.table.filter.namespaces = namespaces;
            }
        }
        ("rb" | "runbook", [id]) => {
            // At the start they are still being read.
            if app.books.is_empty() {
                return take(app, Chosen::Runbook((*id).to_owned()), effects);
            }
            match crate::runbook::named(id, app.books.keys().map(String::as_str)).map(str::to_owned) {
                Ok(id) => take(app, Chosen::Runbook(id), effects),
                Err(absent) => app.say(Tone::Warn, t!("app-update-runbook-absent", absent = absent)),
            }
        }
        ("theme", [name]) if app.options.themes.iter().any(|t| t == name) => {
            app.options.theme = (*name).to_owned();
            effects.push(Effect::Theme((*name).to_owned()));
        }
        ("theme", _) => {
            let known = lang::list(&app.options.themes);
            app.say(Tone::Warn, t!("app-update-overlays-themes", themes = known));
        }
        ("lang", [id]) if Language::parse(id).is_some() => {
            super::actions::speak(app, Language::parse(id).unwrap_or_default(), effects);
        }
        ("lang", _) => {
            let known = lang::list(Language::ALL.iter().map(|l| l.id()));
            app.say(Tone::Warn, t!("app-update-overlays-languages", languages = known));
        }
        ("triage" | "home", _) => super::actions::act(app, Action::Triage, effects),
        ("tasks", _) => super::actions::act(app, Action::Tasks, effects),
        ("session", _) => super::actions::act(app, Action::Session, effects),
        (kind, rest) => match Kind::parse(kind) {
            Some(kind) => {
                let namespaces = match rest {
                    [] => app.options.namespaces.clone(),
                    rest => ask_in(app, rest, effects),
                };
                explore::open(app, kind, Filter { namespaces, ..Filter::default() });
            }
            None => {
                let kinds: Vec<_> = Kind::ALL.iter().map(|k| k.meta().plural).collect();
                app.say(
                    Tone::Warn,
                    t!("app-update-overlays-no-command", kind = kind, kinds = lang::list(kinds)),
                );
            }
        },
    }
}
