//! The second person as the core knows it: what is asked now, and how it stands in the confirmation. Pure.
//!
//! Must not decide that somebody agreed: an agreement comes from the runtime, which checked the signature.

use super::App;
use super::dialog::Part;
use crate::domain::Timestamp;
use crate::lang::t;
use crate::op::{APPROVAL, Agreement, Plan};

/// A request to a second person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    pub id: String,
    /// The plan that it is for, in full.
    pub digest: String,
    pub until: Timestamp,
    /// The file that it was written to, or why there is none.
    pub file: Option<Result<String, String>>,
    /// An answer is being checked.
    pub checking: bool,
    /// Why the last answer did not count.
    pub wrong: Option<String>,
    pub agreed: Option<Agreement>,
}

impl App {
    /// The request that is open for this very plan.
    pub fn pending(&self, plan: &Plan) -> Option<&Pending> {
        self.peer.as_ref().filter(|p| plan.peer && p.digest == plan.digest())
    }
}

/// What a second person has to do, for the confirmation of a plan that needs one.
pub(super) fn rows(app: &App, plan: &Plan) -> Vec<(String, Part)> {
    let Some(pending) = app.pending(plan) else { return Vec::new() };
    let mut out = vec![(t!("app-peer-to-be-signed-plan", digest = pending.digest), Part::Note)];
    out.push(match &pending.file {
        None => (t!("app-peer-writing-request-to-second-person").to_owned(), Part::Note),
        Some(Err(why)) => (format!("✖ {why}"), Part::Refused),
        Some(Ok(file)) => {
            let words = t!("app-peer-request-is-in-second-person-runs", file = file, APPROVAL = APPROVAL);
            (words, Part::Note)
        }
    });
    out
}

/// Where it stands, in a line that stays in sight.
pub(super) fn state(app: &App, plan: &Plan) -> Vec<(String, Part)> {
    let Some(pending) = app.pending(plan) else { return Vec::new() };
    let until = crate::domain::moment(pending.until);
    let row = match (&pending.agreed, &pending.wrong) {
        (Some(agreed), _) => {
            (t!("app-peer-agreed-until", by = agreed.by, until = until, key = agreed.key), Part::Good)
        }
        (None, _) if pending.checking => (t!("app-peer-checking-answer").to_owned(), Part::Note),
        (None, Some(why)) => (t!("app-peer-second-person", why = why), Part::Refused),
        (None, None) => {
            (t!("app-peer-second-person-paste-here-until", APPROVAL = APPROVAL, until = until), Part::Note)
        }
    };
    vec![row]
}
