//! How a step ends and where that leads: accepted, chosen, done by hand, skipped.
//!
//! Must not judge: what a step says is `Run::judge`; and must not run anything.

use super::{engine, runbook};
use crate::app::overlay::{Choose, Chosen, Input, Overlay, Purpose};
use crate::app::{App, Effect};
use crate::domain::RunbookLink;
use crate::lang::{self, t};
use crate::live::Tone;
use crate::op::Change;
use crate::record::{Ending, What};
use crate::runbook::model::{RecordField, StepKind, ValueType};
use crate::runbook::params::ParamValue;
use crate::walk::{Choices, Onward, Status, StepId, Walk, Way};

/// The cases of the present decision, for the operator to choose.
pub(super) fn choose_case(app: &mut App) {
    let Some(run) = &app.run else { return };
    let Some(StepKind::Decision(decision)) = run.step().map(|(step, _)| &step.kind) else { return };
    let index = run.current;
    let row = |c: &crate::runbook::model::Case| {
        let hint = run.hint(index, &c.value);
        (format!("{}  {hint}", c.value), Chosen::Case { step: index, value: c.value.clone() })
    };
    let rows = decision.cases.iter().map(row).collect();
    let title = run.question(index).to_owned();
    let said = decision.value.as_ref().and_then(|v| run.value(index, v, &app.world, app.now).ok());
    let choose = Choose::new(title, rows)
        .on_or_none(|c| matches!(c, Chosen::Case { value, .. } if Some(value) == said.as_ref()));
    app.overlays.push(Overlay::Choose(choose));
}

/// The operator chose a case. Where the cluster says another one that is recorded as an override; where it says
/// nothing, because only the operator can know or because it is unknown, it is the operator's choice alone.
pub(super) fn chose_case(app: &mut App, index: StepId, value: &str, effects: &mut Vec<Effect>) {
    let Some(run) = &app.run else { return };
    let StepKind::Decision(decision) = &run.tree[index].kind else { return };
    let way = decision.cases.iter().find(|c| c.value == value).and_then(|c| c.goto.as_ref());
    let way = way.map_or(Way::Next, |g| run.way(index, g));
    let said = decision.value.as_ref().and_then(|v| run.value(index, v, &app.world, app.now).ok());
    let step = run.tree[index].name.clone();
    effects.push(Effect::Record(vec![What::Decided { step, value: said, chosen: value.to_owned() }]));
    accept(app, index, Ending::Recorded, value, way, effects);
}

/// A step is done: it is recorded, and the way it leads is taken.
pub(super) fn accept(
    app: &mut App,
    index: StepId,
    ending: Ending,
    words: &str,
    way: Way,
    effects: &mut Vec<Effect>,
) {
    let onward = engine::in_walk(app, effects, |walk, _, out| walk.accept(index, ending, words, way, out));
    if let (Some(Onward::Runbook(id)), Some(run)) = (onward, &app.run) {
        let params = run.bound(index);
        return runbook::open(app, &RunbookLink { id, params }, None, effects);
    }
    app.look_due = true;
}

/// What can be done about a step that was passed over, or whose question was answered.
pub(super) fn offer_after_all(app: &mut App) {
    let Some(run) = &app.run else { return };
    let index = run.current;
    let Some((step, state)) = run.step() else { return };
    let Status::Ended(ending, words) = state.status() else { return };
    let (title, again) = match (ending, &step.kind) {
        (Ending::Skipped, _) => {
            (t!("app-update-walk-skipped", words = words), t!("app-update-walk-after-all"))
        }
        (_, StepKind::Decision(_)) => {
            (t!("app-update-walk-answered", words = words), t!("app-update-walk-answer-again"))
        }
        _ => (words.clone(), t!("app-update-run-again")),
    };
    let rows = vec![
        (t!("app-update-walk-next-open").to_owned(), Chosen::GoOn { step: index }),
        (again.to_owned(), Chosen::Again { step: index }),
    ];
    app.overlays.push(Overlay::Choose(Choose::new(title, rows)));
}

/// A manual step: its values are asked for, then it is done. On the practice cluster the world does it.
pub(super) fn by_hand(app: &mut App, index: StepId, effects: &mut Vec<Effect>) {
    let Some(run) = &app.run else { return };
    let step = &run.tree[index];
    let StepKind::Manual(manual) = &step.kind else { return };
    if run.wants_peer(index) && !run.steps[index].agreed {
        return super::peer::ask_by_hand(app, index, effects);
    }
    let recorded = run.recorded.get(&step.name);
    let missing = manual.record.iter().find(|field| !recorded.is_some_and(|r| r.contains_key(&field.name)));
    if let Some(field) = missing {
        match ask_value(run, index, field, app) {
            Some(asked) => app.overlays.push(asked),
            None => app.say(Tone::Plain, t!("app-update-walk-choices-reading")),
        }
        return;
    }
    let name = run.file(index).map_or_else(|| step.name.clone(), |(_, written)| written.name.clone());
    let practised = app.options.practice.as_ref().is_some_and(|p| p.actions.contains(&name));
    if practised {
        effects.push(Effect::Practice(name));
    }
    accept(app, index, Ending::Recorded, t!("app-update-walk-done-by-hand"), Way::Next, effects);
}

/// Asks for a value of a manual step: it is picked where the cluster knows what there is, else typed, and why is said.
fn ask_value(run: &Walk, index: StepId, field: &RecordField, app: &App) -> Option<Overlay> {
    let (name, title) = (field.name.clone(), run.value_title(index, &field.name));
    let why = match run.choices(index, &name, &app.world, app.now) {
        Choices::Known(values) => {
            let row =
                |value: String| (value.clone(), Chosen::Recorded { step: index, name: name.clone(), value });
            let mut rows: Vec<_> = values.into_iter().map(row).collect();
            if field.or_typed {
                let other = Chosen::Typed { step: index, name: name.clone() };
                rows.push((t!("app-update-walk-another-one-type-it").to_owned(), other));
            }
            return Some(Overlay::Choose(Choose::new(t!("app-update-walk-title-asks", title = title), rows)));
        }
        Choices::Reading if !field.or_typed => return None,
        Choices::Reading => Some(t!("app-update-walk-choices-reading").to_owned()),
        Choices::Any => None,
        Choices::Unknown(why) => Some(t!("app-update-walk-nothing-to-choose-from-type-it", why = why)),
    };
    Some(typed_value(index, field, title, why))
}

fn typed_value(index: StepId, field: &RecordField, title: String, why: Option<String>) -> Overlay {
    Overlay::Input(Input {
        purpose: Purpose::Record { step: index, name: field.name.clone() },
        prompt: title,
        text: String::new(),
        error: why,
        hidden: matches!(field.ty, ValueType::Secret),
    })
}

/// Asks for a value of a manual step that is none of those that there are.
pub(super) fn type_value(app: &mut App, index: StepId, name: &str) {
    let Some(run) = &app.run else { return };
    let StepKind::Manual(manual) = &run.tree[index].kind else { return };
    let Some(field) = manual.field(name) else { return };
    let asked = typed_value(index, field, run.value_title(index, name), None);
    app.overlays.push(asked);
}

/// Takes a value of a manual step, and asks for the next one. Why it cannot be taken, where it cannot.
pub(super) fn value_given(
    app: &mut App,
    index: StepId,
    name: &str,
    text: &str,
    effects: &mut Vec<Effect>,
) -> Result<(), String> {
    let Some(run) = &mut app.run else { return Ok(()) };
    let value = run.accept_value(index, name, text, (&app.world, app.now))?;
    let (step, shown) = (run.tree[index].name.clone(), value.shown());
    run.record(&step, name, value);
    effects.push(Effect::Record(vec![What::Value { step, name: name.to_owned(), value: shown }]));
    by_hand(app, index, effects);
    Ok(())
}

/// Whether this step is by hand and recorded values.
pub(super) fn noted(run: &Walk, index: StepId) -> bool {
    matches!(&run.tree[index].kind, StepKind::Manual(m) if !m.record.is_empty())
}

/// A value that was mistyped can be given again.
pub(super) fn offer_again(app: &mut App) {
    let Some(run) = &app.run else { return };
    let (index, name) = (run.current, run.tree[run.current].name.clone());
    let values = run.recorded.get(&name).into_iter().flatten();
    let of = |(field, value): (&String, &ParamValue)| {
        format!("{}: {}", run.value_title(index, field), value.shown())
    };
    let shown: Vec<_> = values.map(of).collect();
    let rows = vec![
        (t!("app-update-go-on").to_owned(), Chosen::GoOn { step: index }),
        (t!("app-update-walk-values-again").to_owned(), Chosen::NoteAgain { step: index }),
    ];
    app.overlays
        .push(Overlay::Choose(Choose::new(t!("app-update-walk-recorded", values = lang::list(shown)), rows)));
}

/// Asks for the values of a manual step anew.
pub(super) fn note_again(app: &mut App, index: StepId, effects: &mut Vec<Effect>) {
    engine::in_walk(app, effects, |walk, cx, out| walk.again(index, cx, out));
    by_hand(app, index, effects);
}

pub(super) fn needs_host(app: &mut App, index: StepId) {
    let rows = vec![
        (t!("app-update-walk-skip").to_owned(), Chosen::Outside { step: index, done: false }),
        (t!("app-update-walk-ran-it").to_owned(), Chosen::Outside { step: index, done: true }),
        (t!("app-update-not-now").to_owned(), Chosen::Nothing),
    ];
    app.overlays.push(Overlay::Choose(Choose::new(t!("app-update-walk-needs-host"), rows)));
}

/// Asks why nothing more is done for the element of a step.
pub(super) fn give_up(app: &mut App, step: StepId) {
    let Some(element) = app.run.as_ref().and_then(|run| run.in_group(step)) else { return };
    app.overlays.push(Overlay::Input(Input {
        purpose: Purpose::GiveUp(step),
        prompt: t!("app-update-walk-why-given-up", element = element),
        text: String::new(),
        error: None,
        hidden: false,
    }));
}

/// Asks why the present step is skipped.
pub(super) fn skip(app: &mut App) {
    let Some(run) = &app.run else { return };
    let Some((_, state)) = run.step() else { return };
    let running = state.change().is_some_and(|c| matches!(c, Change::Running | Change::Proving));
    if state.status().ended() || running {
        return app.say(Tone::Warn, t!("app-update-walk-not-open"));
    }
    let step = run.current;
    ask_why_skipped(app, step, "");
}

/// Asks why a step is skipped; what is known of it stands in the field.
pub(super) fn ask_why_skipped(app: &mut App, step: StepId, known: &str) {
    app.overlays.push(Overlay::Input(Input {
        purpose: Purpose::Skip(step),
        prompt: t!("app-update-walk-why-skipped").to_owned(),
        text: known.to_owned(),
        error: None,
        hidden: false,
    }));
}
