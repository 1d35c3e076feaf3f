//! Answers what lies over the screen, as a careful operator would: with what the script says, else with what comes first.

use crate::action::Action;
use crate::app::overlay::{Choose, Chosen, Confirm, Input, Overlay, Purpose};
use crate::domain::{Key, KeyCode};
use crate::op::Approval;
use crate::practice::Rehearsal;
use crate::runtime::Headless;
use crate::walk::Walk;

/// So many answers to what lies over the screen, pages of a long confirmation among them.
const MOST_ANSWERS: usize = 64;

/// What is typed where the script says nothing.
const ANYTHING: &str = "rehearsal";

/// Answers until nothing lies over the screen any more.
pub fn answer(ui: &mut Headless, script: &Rehearsal) {
    for _ in 0..MOST_ANSWERS {
        match ui.app.overlays.last().cloned() {
            None => return,
            Some(Overlay::Confirm(confirm)) => approve(ui, &confirm),
            Some(Overlay::Choose(choose)) => {
                if let Some(row) = several(&choose, script) {
                    go_to(ui, row);
                    ui.act(Action::Mark);
                } else {
                    let row = row(ui, &choose, script);
                    take(ui, row);
                }
            }
            Some(Overlay::Input(input)) => {
                let text = text(ui.app.run.as_ref(), &input, script).to_owned();
                write(ui, &text);
                ui.press(Key::plain(KeyCode::Enter));
            }
            Some(Overlay::Message(_)) => ui.act(Action::Back),
        }
    }
}

/// Chooses, in the list of parameters, the one that is to be given.
pub fn ask_for(ui: &mut Headless, name: &str) {
    let Some(Overlay::Choose(choose)) = ui.app.overlays.last() else { return };
    let wanted = choose.rows.iter().position(|(_, chosen)| matches!(chosen, Chosen::Ask(n) if n == name));
    take(ui, wanted.unwrap_or(0));
}

/// Takes a row of the list that is open.
fn take(ui: &mut Headless, row: usize) {
    go_to(ui, row);
    ui.act(Action::Open);
}

/// Goes to a row of the list that is open, from where its cursor is.
fn go_to(ui: &mut Headless, row: usize) {
    let Some(Overlay::Choose(choose)) = ui.app.overlays.last() else { return };
    if choose.waits {
        ui.act(Action::Down);
    }
    let Some(Overlay::Choose(choose)) = ui.app.overlays.last() else { return };
    let at = choose.selected;
    let key = if at < row { Action::Down } else { Action::Up };
    for _ in 0..at.abs_diff(row) {
        ui.act(key);
    }
}

/// Accepts each question, types what is to be typed, and says yes.
fn approve(ui: &mut Headless, confirm: &Confirm) {
    if let Some(open) = confirm.plan.questions.iter().position(|q| !confirm.accepted.contains(&q.key)) {
        let turn = if open == confirm.question { Action::Accept } else { Action::NextQuestion };
        return ui.act(turn);
    }
    let wanted = match confirm.plan.approval() {
        Approval::TypeObject => Some(confirm.plan.target.name().to_owned()),
        Approval::TypeCluster => Some(ui.app.options.cluster.context.clone()),
        Approval::Enter | Approval::Confirm => None,
    };
    match wanted {
        Some(_) if !confirm.in_field() => ui.act(Action::NextQuestion),
        Some(name) if confirm.typed != name => write(ui, &name),
        _ => ui.act(Action::Yes),
    }
}

/// The row to take: the script's case of a decision; what a rehearsal cannot do (a host) is skipped; else the first.
fn row(ui: &Headless, choose: &Choose, script: &Rehearsal) -> usize {
    let case = |chosen: &Chosen| match chosen {
        Chosen::Case { step, value } => {
            let name = ui.app.run.as_ref().map(|r| &r.tree[*step].name);
            name.and_then(|n| script.decisions.get(n)).is_some_and(|wanted| wanted == value)
        }
        Chosen::Outside { done, .. } => !done,
        Chosen::Recorded { step, name, value } => {
            let of = ui.app.run.as_ref().and_then(|r| script.records.get(&r.tree[*step].name));
            of.and_then(|values| values.get(name)).is_some_and(|wanted| wanted == value)
        }
        _ => false,
    };
    choose.rows.iter().position(|(_, chosen)| case(chosen)).unwrap_or(0)
}

/// Of a list that takes several values, the row whose mark takes in one more that the script wants; none when all of them
/// are in, so that the first row takes them.
fn several(choose: &Choose, script: &Rehearsal) -> Option<usize> {
    choose.rows.iter().position(|(_, chosen)| {
        let Chosen::Pick { name, value, on: false, picked } = chosen else { return false };
        let wanted = script.params.get(name).map(|w| w.split(", ").collect::<Vec<_>>()).unwrap_or_default();
        picked.iter().chain([value]).all(|p| wanted.contains(&p.shown().as_str()))
    })
}

/// What to type into a field.
fn text<'a>(run: Option<&Walk>, input: &Input, script: &'a Rehearsal) -> &'a str {
    let known = match &input.purpose {
        Purpose::Record { step, name } => {
            run.and_then(|r| script.records.get(&r.tree[*step].name)).and_then(|values| values.get(name))
        }
        Purpose::Param(name) => script.params.get(name),
        _ => None,
    };
    known.map_or(ANYTHING, String::as_str)
}

fn write(ui: &mut Headless, text: &str) {
    for c in text.chars() {
        ui.press(Key::char(c));
    }
}
