//! The home screen: the findings, and where one leads: to a runbook, to its object, to what is said about it.

use super::{explore, runbook};
use crate::action::Action;
use crate::app::layout::Position;
use crate::app::screens::Screen;
use crate::app::{App, Effect, layout};
use crate::lang::t;
use crate::live::Tone;

/// Keeps the cursor on its finding.
pub(in crate::app) fn settle(app: &mut App) {
    let body = layout::frame(app).body;
    let world = app.world.clone();
    let Screen::Triage(triage) = app.screen_mut() else { return };
    triage.follow(&world.findings);
    let height = usize::from(layout::inside(layout::triage(body).findings).height) / 2;
    triage.list.keep(world.findings.len(), height);
}

/// There is nothing behind it.
pub(in crate::app) fn back(app: &mut App, _: &mut Vec<Effect>) -> bool {
    app.say(Tone::Plain, t!("app-update-keys-how-to-leave"));
    true
}

/// Over the findings the wheel goes from one to the next.
pub(in crate::app) fn wheel(app: &mut App, at: Position) -> usize {
    usize::from(layout::triage(layout::frame(app).body).findings.contains(at))
}

pub(in crate::app) fn act(app: &mut App, action: Action, effects: &mut Vec<Effect>) {
    let world = app.world.clone();
    let body = layout::frame(app).body;
    let height = usize::from(layout::inside(layout::triage(body).findings).height) / 2;
    let Screen::Triage(triage) = app.screen() else { return };
    let finding = world.findings.get(triage.list.selected);
    let links = finding.map(|f| app.links(f)).unwrap_or_default();
    let Screen::Triage(triage) = app.screen_mut() else { return };
    if let Some(chosen) = triage.runbook {
        let count = links.len();
        match action {
            Action::NextPane => triage.runbook = None,
            Action::Up => triage.runbook = Some(chosen.saturating_sub(1)),
            Action::Down => triage.runbook = Some((chosen + 1).min(count.saturating_sub(1))),
            _ => {}
        }
        if !matches!(action, Action::Open | Action::View | Action::Events) {
            return;
        }
    } else if triage.list.act(action, world.findings.len(), height) {
        triage.pin(&world.findings);
        return;
    }
    let chosen = triage.runbook.unwrap_or(0);
    match (action, finding) {
        (Action::NextPane, Some(_)) if !links.is_empty() => triage.runbook = Some(0),
        (Action::Open, Some(finding)) => match links.get(chosen) {
            // The list may have been ranked anew under the finger.
            Some(_) if !super::sight::step_taken(app) => {}
            Some(link) => runbook::open(app, link, Some(finding), effects),
            // Without a runbook the object itself says most.
            None => explore::describe(app, finding.subject.clone()),
        },
        (Action::Open, None) => {
            super::actions::library(app, effects);
        }
        (Action::View, Some(finding)) => explore::describe(app, finding.subject.clone()),
        (Action::Events, Some(finding)) => explore::events(app, finding.subject.clone()),
        _ => {}
    }
}
