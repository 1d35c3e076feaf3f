//! The home screen: the findings, worst first.

use super::{Handlers, List, Rows, Surface};
use crate::action::{Action, Context};
use crate::app::copy::{self, Candidate};
use crate::app::{App, layout, update};
use crate::domain::{ClusterSnapshot, Finding, ObjectKey, Str};
use crate::lang::t;
use crate::record::evidence;

/// The state of the triage screen. The selection is pinned to its finding: a list that is ranked anew moves no
/// other finding under the cursor.
#[derive(Clone, Debug, Default)]
pub struct Triage {
    pub list: List,
    pub pinned: Option<Pin>,
    /// Which of the runbooks of the finding is chosen, when the right side has the keyboard.
    pub runbook: Option<usize>,
}

/// What stays the same while a finding lasts: detector, subject, cause.
pub type Pin = (&'static str, ObjectKey, Str);

fn is(finding: &Finding, pin: &Pin) -> bool {
    finding.id() == (pin.0, &pin.1, &*pin.2)
}

impl Triage {
    /// Follows the pinned finding to its new place.
    pub fn follow(&mut self, findings: &[Finding]) {
        if let Some(pinned) = &self.pinned
            && let Some(at) = findings.iter().position(|f| is(f, pinned))
        {
            self.list.selected = at;
        }
        self.pin(findings);
    }

    /// Pins the selected finding.
    pub fn pin(&mut self, findings: &[Finding]) {
        self.list.selected = self.list.selected.min(findings.len().saturating_sub(1));
        let pin = |f: &Finding| (f.detector, f.subject.clone(), f.cause().into());
        self.pinned = findings.get(self.list.selected).map(pin);
    }
}

impl Surface for Triage {
    fn contexts(&self) -> Vec<Context> {
        vec![Context::Triage, Context::List]
    }

    #[rustfmt::skip]
    fn hints(&self) -> &'static [Action] {
        use Action as A;
        &[
            A::Open, A::Search, A::NextPane, A::View, A::Events, A::Command, A::Tasks, A::Session, A::Copy, A::Palette,
        ]
    }

    fn kept(&self) -> &'static [Action] {
        &[Action::Help, Action::Quit]
    }

    fn handlers(&self) -> Handlers {
        use update::triage;
        let (settle, back, wheel) = (triage::settle, triage::back, triage::wheel);
        Handlers { settle, back, wheel, ..Handlers::by(triage::act) }
    }

    fn does(&self, app: &App, action: Action) -> bool {
        let of_finding = matches!(action, Action::NextPane | Action::View | Action::Events | Action::Copy);
        !of_finding || !app.world.findings.is_empty()
    }

    fn copies(&self, app: &App) -> Vec<Candidate> {
        let Some(finding) = app.world.findings.get(self.list.selected) else { return Vec::new() };
        let lines = finding.evidence.iter().map(evidence);
        let words: Vec<String> = std::iter::once(finding.title.clone()).chain(lines).collect();
        let finding_words = copy::of(t!("app-copy-finding"), words.join("\n"));
        copy::object(&finding.subject).into_iter().chain([finding_words]).collect()
    }

    fn rows(&self, app: &App) -> Option<Rows> {
        let area = layout::triage(layout::frame(app).body).findings;
        Some(Rows { area, each: 2, len: app.world.findings.len() })
    }

    fn list(&mut self) -> Option<&mut List> {
        Some(&mut self.list)
    }

    fn answered(&self, app: &App) -> Option<String> {
        let finding = app.world.findings.get(self.list.selected)?;
        let link = app.links(finding).into_iter().nth(self.runbook.unwrap_or(0));
        Some(format!("{:?} {:?}", finding.id(), link.map(|link| link.id)))
    }

    fn clicked(&mut self, world: &ClusterSnapshot) {
        self.pin(&world.findings);
    }

    fn shows_seconds(&self, app: &App) -> bool {
        !app.world.findings.is_empty()
    }
}
