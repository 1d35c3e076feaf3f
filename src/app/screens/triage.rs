//! The home screen: the findings, worst first.

use super::List;
use crate::domain::{Finding, ObjectKey};

/// The state of the triage screen. The selection is pinned to its finding: a list that is ranked anew moves no
/// other finding under the cursor.
#[derive(Clone, Debug, Default)]
pub struct Triage {
    pub list: List,
    pub pinned: Option<(&'static str, ObjectKey)>,
    /// Which of the runbooks of the finding is chosen, when the right side has the keyboard.
    pub runbook: Option<usize>,
}

impl Triage {
    /// Follows the pinned finding to its new place.
    pub fn follow(&mut self, findings: &[Finding]) {
        if let Some(pinned) = &self.pinned
            && let Some(at) = findings.iter().position(|f| f.detector == pinned.0 && f.subject == pinned.1)
        {
            self.list.selected = at;
        }
        self.pin(findings);
    }

    /// Pins the selected finding.
    pub fn pin(&mut self, findings: &[Finding]) {
        self.list.selected = self.list.selected.min(findings.len().saturating_sub(1));
        self.pinned = findings.get(self.list.selected).map(|f| (f.detector, f.subject.clone()));
    }
}
