//! Where a finding leads: the runbooks that its detector names, then those that name its detector.

use super::App;
use crate::domain::{Finding, RunbookLink};

impl App {
    /// The runbooks for a finding in the order in which they should be tried. Of those that name its detector the
    /// subject binds what it can.
    pub fn links(&self, finding: &Finding) -> Vec<RunbookLink> {
        let mut out = finding.runbooks.clone();
        for book in self.books.values() {
            let named = book.detectors.iter().any(|d| d.id == finding.detector);
            if named && !out.iter().any(|l| l.id == book.id) {
                out.push(RunbookLink::new(&book.id, []));
            }
        }
        out
    }
}
