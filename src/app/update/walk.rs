//! How a step ends and where that leads: accepted, chosen, done by hand, skipped.
//!
//! Must not judge: what a step says is `Run::judge`; and must not run anything.

use super::runbook;
use crate::app::overlay::{Choose, Chosen, Input, Overlay, Purpose};
use crate::app::run::{Run, Status, StepRun, Way};
use crate::app::{App, Effect};
use crate::domain::RunbookLink;
use crate::live::Tone;
use crate::record::{Ending, What};
use crate::runbook::model::StepKind;
use crate::runbook::params::ParamValue;

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
        .on(|c| matches!(c, Chosen::Case { value, .. } if Some(value) == said.as_ref()));
    app.overlays.push(Overlay::Choose(choose));
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
            Some(next) => runbook::enter(run, next, &mut records),
            None => match run.steps.iter().position(StepRun::regressed) {
                Some(index) => {
                    let name = run.book.steps[index].name.clone();
                    app.say(
                        Tone::Bad,
                        format!("every step has ended, but what {name} proved no longer holds"),
                    );
                }
                None => app.say(Tone::Good, "✔ the runbook is done; x exports the session"),
            },
        },
        Way::Step(next) => {
            // What lies between was decided to be not needed.
            for between in index + 1..next {
                if run.steps[between].status == Status::Todo {
                    let words = format!("{} {}", crate::app::NOT_ON_THE_WAY, run.book.steps[index].name);
                    let step = run.book.steps[between].name.clone();
                    run.steps[between].status = Status::Ended(Ending::Skipped, words.clone());
                    records.push(What::StepEnded { step, ending: Ending::Skipped, words });
                }
            }
            // A way that leads back leads to a step that is done: it is to be done again, with all that follows it up to
            // here, this step included.
            if next <= index {
                let words = format!("step {} leads back", run.book.steps[index].name);
                for again in next..=index {
                    if run.steps[again].status.ended() {
                        run.steps[again].reopen();
                        let step = run.book.steps[again].name.clone();
                        records.push(What::Reopened { step, words: words.clone() });
                    }
                }
            }
            runbook::enter(run, next, &mut records);
        }
        Way::Stop(why) => {
            records.push(What::Note { text: format!("stopped: {why}"), about: None });
            app.say(Tone::Warn, format!("stop: {why}"));
        }
        Way::Runbook(id) => {
            let params = run.bound(index);
            effects.push(Effect::Record(records));
            runbook::open(app, &RunbookLink { id, params }, None, effects);
            return;
        }
    }
    effects.push(Effect::Record(records));
    super::engine::look(app, effects);
}

/// A manual step: its values are asked for, then it is done. On the practice cluster the world does it.
pub(super) fn by_hand(app: &mut App, index: usize, effects: &mut Vec<Effect>) {
    let Some(run) = &app.run else { return };
    let step = &run.book.steps[index];
    let StepKind::Manual(manual) = &step.kind else { return };
    if run.wants_peer(index) && !run.steps[index].agreed {
        return super::peer::ask_by_hand(app, index, effects);
    }
    let recorded = run.recorded.get(&step.name);
    let missing = manual.record.iter().find(|(name, _)| !recorded.is_some_and(|r| r.contains_key(name)));
    if let Some((name, of)) = missing {
        app.overlays.push(Overlay::Input(Input {
            purpose: Purpose::Record { step: index, name: name.clone() },
            prompt: name.clone(),
            text: String::new(),
            error: None,
            hidden: matches!(of, crate::runbook::model::ValueType::Secret),
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

/// Whether this step is by hand and recorded values.
pub(super) fn noted(run: &Run, index: usize) -> bool {
    matches!(&run.book.steps[index].kind, StepKind::Manual(m) if !m.record.is_empty())
}

/// A value that was mistyped can be given again.
pub(super) fn offer_again(app: &mut App) {
    let Some(run) = &app.run else { return };
    let (index, name) = (run.current, run.book.steps[run.current].name.clone());
    let values = run.recorded.get(&name).into_iter().flatten();
    let shown: Vec<_> = values.map(|(name, value)| format!("{name} = {}", value.shown())).collect();
    let rows = vec![
        ("go on".to_owned(), Chosen::GoOn { step: index }),
        ("give its values again".to_owned(), Chosen::NoteAgain { step: index }),
    ];
    app.overlays.push(Overlay::Choose(Choose::new(format!("recorded: {}", shown.join(", ")), rows)));
}

/// Asks for the values of a manual step anew.
pub(super) fn note_again(app: &mut App, index: usize, effects: &mut Vec<Effect>) {
    let Some(run) = &mut app.run else { return };
    let step = run.book.steps[index].name.clone();
    run.recorded.remove(&step);
    run.steps[index].reopen();
    let mut records = vec![What::Reopened { step, words: "its values are given again".to_owned() }];
    runbook::enter(run, index, &mut records);
    effects.push(Effect::Record(records));
    by_hand(app, index, effects);
}

pub(super) fn needs_host(app: &mut App, index: usize) {
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
        hidden: false,
    }));
}
