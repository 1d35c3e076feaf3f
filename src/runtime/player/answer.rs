//! Answers what lies over the screen, as a careful operator would: with what the script says, else with what comes first.

use crate::action::Action;
use crate::app::Msg;
use crate::app::overlay::{Choose, Chosen, Confirm, Input, Overlay, Purpose};
use crate::app::run::Run;
use crate::domain::{Key, KeyCode};
use crate::op::Approval;
use crate::practice::Rehearsal;
use crate::runtime::Headless;

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
                let row = row(ui, &choose, script);
                for _ in 0..row {
                    ui.tell(Msg::Do(Action::Down));
                }
                ui.tell(Msg::Do(Action::Open));
            }
            Some(Overlay::Input(input)) => {
                let text = text(ui.app.run.as_ref(), &input, script).to_owned();
                write(ui, &text);
                ui.tell(Msg::Key(Key::plain(KeyCode::Enter)));
            }
            Some(Overlay::Message(_)) => ui.tell(Msg::Do(Action::Back)),
        }
    }
}

/// Accepts each question, types what is to be typed, and says yes.
fn approve(ui: &mut Headless, confirm: &Confirm) {
    if let Some(open) = confirm.plan.questions.iter().position(|q| !confirm.accepted.contains(&q.key)) {
        let turn = if open == confirm.question { Action::Accept } else { Action::NextQuestion };
        return ui.tell(Msg::Do(turn));
    }
    let wanted = match confirm.plan.approval() {
        Approval::TypeObject => Some(confirm.plan.target.name().to_owned()),
        Approval::TypeCluster => Some(ui.app.world.info.context.clone()),
        Approval::Enter | Approval::Confirm => None,
    };
    match wanted {
        Some(_) if !confirm.in_field() => ui.tell(Msg::Do(Action::NextQuestion)),
        Some(name) if confirm.typed != name => write(ui, &name),
        _ => ui.tell(Msg::Do(Action::Yes)),
    }
}

/// The row to take: the script's case of a decision; what a rehearsal cannot do (a host) is skipped; else the first.
fn row(ui: &Headless, choose: &Choose, script: &Rehearsal) -> usize {
    let case = |chosen: &Chosen| match chosen {
        Chosen::Case { step, value } => {
            let name = ui.app.run.as_ref().map(|r| &r.book.steps[*step].name);
            name.and_then(|n| script.decisions.get(n)).is_some_and(|wanted| wanted == value)
        }
        Chosen::Outside { done, .. } => !done,
        _ => false,
    };
    choose.rows.iter().position(|(_, chosen)| case(chosen)).unwrap_or(0)
}

/// What to type into a field.
fn text<'a>(run: Option<&Run>, input: &Input, script: &'a Rehearsal) -> &'a str {
    let known = match &input.purpose {
        Purpose::Record { step, name } => run
            .and_then(|r| script.records.get(&r.book.steps[*step].name))
            .and_then(|values| values.get(name)),
        Purpose::Param(name) => script.params.get(name),
        _ => None,
    };
    known.map_or(ANYTHING, String::as_str)
}

fn write(ui: &mut Headless, text: &str) {
    for c in text.chars() {
        ui.tell(Msg::Key(Key::char(c)));
    }
}
