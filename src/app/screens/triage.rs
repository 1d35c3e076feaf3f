//! The home screen: the findings, worst first.

use super::List;
use crate::domain::{Finding, ObjectKey, Str};

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
