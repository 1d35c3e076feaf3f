//! What became of a session: how each change was proved and what became of it since, what was saved, whether the fault is gone.
//! Pure.
//!
//! Must not call anything resolved that no record shows.

use std::collections::BTreeMap;

use super::account::book;
use super::{Ending, PlanState, Report, RunEnd, SessionState, StepState, What};
use crate::domain::{Timestamp, clock};
use crate::lang::t;

/// What is known of the proof of a change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    pub proved: Option<Timestamp>,
    /// When it came to its end, where nothing in the cluster can show more.
    pub done: Option<Timestamp>,
    /// When it no longer held, and what the cluster showed.
    pub lost: Option<(Timestamp, String)>,
    /// When it was taken back, and by what.
    pub undone: Option<(Timestamp, String)>,
    /// When it was ended on purpose what it had made, and by what: from then on nobody watched it.
    pub over: Option<(Timestamp, String)>,
}

impl Proof {
    /// In words, which say the latest last.
    pub fn words(&self) -> String {
        let mut out = Vec::new();
        match (self.proved, self.done, &self.undone) {
            (Some(at), ..) => out.push(t!("record-proved-at", at = clock(at))),
            (None, Some(at), _) => out.push(t!("record-done-at", at = clock(at))),
            (None, None, None) => out.push(t!("record-not-proved").to_owned()),
            (None, None, Some(_)) => {}
        }
        if let Some((at, words)) = self.lost.as_ref().filter(|_| self.undone.is_none()) {
            out.push(t!("record-no-longer-at", at = clock(*at), words = words));
        }
        if let Some((at, by)) = self.over.as_ref().filter(|_| self.undone.is_none()) {
            out.push(t!("record-over-at", at = clock(*at), by = by));
        }
        if let Some((at, by)) = &self.undone {
            out.push(t!("record-undone-at", at = clock(*at), by = by));
        }
        super::clauses(out)
    }

    /// Whether the cluster showed it to the end, and nobody took it back.
    pub fn holds(&self) -> bool {
        self.proved.is_some() && self.lost.is_none() && self.undone.is_none()
    }
}

/// What the records say of the proof of a plan.
pub fn proof(report: &Report, id: &str) -> Proof {
    let mut out = Proof::default();
    for event in &report.events {
        match &event.what {
            What::Proved { plan, .. } if plan == id => (out.proved, out.lost) = (Some(event.at), None),
            What::Done { plan, .. } if plan == id => out.done = Some(event.at),
            What::Over { plan, by } if plan == id => {
                let title = report.state.plans.get(by).filter(|_| by != id).map(|p| p.title.clone());
                out.over = Some((event.at, title.unwrap_or_else(|| t!("record-its-own-time").to_owned())));
            }
            What::Regressed { plan, words } if plan == id => out.lost = Some((event.at, words.clone())),
            What::TakenBack { plan } if plan == id => {
                out.undone = Some((event.at, t!("record-was-for-a-while").to_owned()));
            }
            _ => {}
        }
    }
    if let Some(by) = undoer(&report.state, id) {
        out.undone = Some((by.started, by.title.clone()));
    }
    out
}

/// The latest plan that took a plan back, and surely did what it was to do.
fn undoer<'a>(state: &'a SessionState, id: &str) -> Option<&'a PlanState> {
    let applied = |p: &&PlanState| matches!(p.end, Some((RunEnd::Applied, _)));
    let plans = state.order.iter().rev().map(|p| &state.plans[p]);
    plans.filter(|p| p.undoes.as_deref() == Some(id)).find(applied)
}

/// The files that were saved beside the journal, by their folder. Their digests stand in the timeline.
pub fn saved(state: &SessionState) -> String {
    let mut folders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (file, _) in state.order.iter().flat_map(|id| &state.plans[id].saved) {
        let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
        folders.entry(folder).or_default().push(name);
    }
    let one = |(folder, files): (&str, Vec<&str>)| format!("{folder}: {}", files.join(", "));
    folders.into_iter().map(one).collect::<Vec<_>>().join("; ")
}

/// Whether a plan is a change: what only reads is none.
pub fn is_change(plan: &PlanState) -> bool {
    !plan.only_reads()
}

/// The moments at which it can be told that it is over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Over {
    /// When the last step of the runbook was proved; none when it is not.
    pub proved: Option<Timestamp>,
    /// Since when the finding that led here is gone; none when it is there, or nobody looked.
    pub gone: Option<Timestamp>,
}

/// When the runbook was proved and the finding was gone, as the records stand at their end.
pub fn over(report: &Report) -> Over {
    let last = book(&report.events).steps.last();
    let done = |step: &String| {
        matches!(report.state.steps.get(step), Some(StepState::Ended { ending: Ending::Proved, .. }))
    };
    let mut out = Over::default();
    for event in &report.events {
        match &event.what {
            What::StepEnded { step, ending: Ending::Proved, .. } if Some(step) == last && done(step) => {
                out.proved = Some(event.at);
            }
            What::Opened { .. } => out.proved = None,
            What::Finding { .. } | What::Found { there: true, .. } => out.gone = None,
            What::Found { there: false, .. } => out.gone = Some(event.at),
            _ => {}
        }
    }
    out
}

/// Whether it ended well, in one sentence.
pub fn outcome(report: &Report) -> String {
    let state = &report.state;
    let over = over(report);
    let found = report.events.iter().any(|e| matches!(e.what, What::Finding { .. }));
    let stopped = report.events.iter().rev().find_map(|e| match &e.what {
        What::StepEnded { step, ending: Ending::Stopped, words, .. } => {
            Some((step, book(&report.events).plain(step, Ending::Stopped, words)))
        }
        What::StepEnded { .. } | What::Reopened { .. } | What::Opened { .. } => {
            Some((&state.id, String::new()))
        }
        _ => None,
    });
    let said = match (over.proved, over.gone, stopped) {
        (Some(proved), Some(gone), _) => {
            t!("record-outcome-resolved-gone", proved = clock(proved), gone = clock(gone))
        }
        (Some(proved), None, _) if found => t!("record-outcome-not-gone", proved = clock(proved)),
        (Some(proved), None, _) => t!("record-outcome-resolved", proved = clock(proved)),
        (None, Some(gone), _) => t!("record-outcome-not-proved", gone = clock(gone)),
        (None, None, Some((step, words))) if !words.is_empty() => {
            t!("record-outcome-stopped", step = step, words = words)
        }
        (None, None, _) if state.runbook.is_none() => t!("record-outcome-no-runbook").to_owned(),
        (None, None, _) => t!("record-outcome-not-walked").to_owned(),
    };
    match state.unknown().count() {
        0 => said,
        n => t!("record-outcome-verify", said = said, changes = n),
    }
}
