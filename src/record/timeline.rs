//! Each record in a line of words, for the timeline on the screen, the list and the export.

use super::{Ending, PlanState, RunEnd, What};
use crate::domain::{Evidence, date, number};

/// A line of proof with its time.
pub fn evidence(e: &Evidence) -> String {
    let at = e.since.map(|t| format!(" ({})", date(t))).unwrap_or_default();
    format!("{}: {}{at}", e.field, e.value)
}

/// Whether a record is a line of the timeline. What is plotted or shown beside its plan is not.
pub fn in_timeline(what: &What) -> bool {
    !matches!(what, What::Sample { .. } | What::Previewed { .. } | What::Pinned { .. } | What::Walk { .. })
}

/// Whether a record tells of something that went wrong.
pub fn is_failure(what: &What) -> bool {
    matches!(
        what,
        What::Refused { .. }
            | What::Unanswered { .. }
            | What::Regressed { .. }
            | What::Overdue { .. }
            | What::StepEnded { ending: Ending::Stopped, .. }
            | What::Outcome { end: RunEnd::Failed | RunEnd::Unknown, .. }
    )
}

/// What is known of a plan whose end is not: which it was, and how far its records go.
pub fn verify_first(plan: &PlanState) -> Vec<String> {
    let mut out = vec![format!("unknown, verify first: {} ({})", plan.title, plan.kubectl)];
    if !plan.accepted.is_empty() {
        out.push(format!("    accepted by the server: {}", plan.accepted.len()));
    }
    out.extend(plan.open.iter().map(|object| format!("    sent, no answer recorded: {object}")));
    out
}

/// A symbol and a line. The symbols are the house's: ✔ proved, ✖ failed, ▸ done, ? unknown, · noted.
pub fn words(what: &What) -> (char, String) {
    match what {
        What::Started { user, context, practice, .. } => {
            let kind = if *practice { "practice cluster" } else { "cluster" };
            ('·', format!("{user} works on {kind} {context}"))
        }
        What::Resumed { user, .. } => ('·', format!("{user} goes on with this session")),
        What::Ended { words } => ('·', format!("ended: {words}")),
        What::Opened { runbook, params, .. } => {
            let bound: Vec<_> = params.iter().map(|(k, v)| format!("{k}={v}")).collect();
            ('▸', format!("opened {runbook} {}", bound.join(" ")))
        }
        What::Rewritten { runbook, changed, gone, .. } => {
            let list = |word: &str, steps: &[String]| match steps {
                [] => String::new(),
                steps => format!("; {word}: {}", steps.join(", ")),
            };
            let (open, gone) = (list("to be done anew", changed), list("no longer in it", gone));
            ('!', format!("the text of {runbook} changed since{open}{gone}"))
        }
        What::Finding { title, .. } => ('!', format!("finding: {title}")),
        What::Found { subject, there: false, .. } => {
            ('✔', format!("the finding is gone: nothing is found at {subject} any more"))
        }
        What::Found { subject, there: true, .. } => ('!', format!("the finding is back: {subject}")),
        What::Step { step } => ('▸', format!("step {step}")),
        What::StepEnded { step, ending, words } => match ending {
            Ending::Proved | Ending::Ran => ('✔', format!("step {step}: {words}")),
            Ending::Recorded => ('✔', format!("step {step} (said by the operator): {words}")),
            Ending::Stopped => ('✖', format!("step {step} does not hold, the run ended here: {words}")),
            Ending::Skipped => ('-', format!("step {step} skipped: {words}")),
        },
        What::Overdue { step, words } => ('✖', format!("step {step}: not in time: {words}")),
        What::Reopened { step, words } => ('▸', format!("step {step} is open again: {words}")),
        What::Decided { step, value: None, chosen } => ('▸', format!("{step}: the operator chose {chosen}")),
        What::Decided { step, value: Some(value), chosen } if value == chosen => {
            ('▸', format!("{step}: {chosen}"))
        }
        What::Decided { step, value: Some(value), chosen } => {
            ('!', format!("{step}: override: the cluster says {value}, the operator chose {chosen}"))
        }
        What::Value { step, name, value } => ('▸', format!("{step}: {name} = {value}")),
        What::Bound { name, value } => ('▸', format!("given on the way: {name} = {value}")),
        What::Note { text, about: None } => ('·', text.clone()),
        What::Note { text, about: Some(record) } => ('·', format!("on record {record}: {text}")),
        What::Pinned { record, on: true } => ('★', format!("record {record} marked as important")),
        What::Pinned { record, on: false } => ('·', format!("record {record} is no longer marked")),
        What::Armed { seconds } => {
            let minutes = number(usize::try_from(seconds / 60).unwrap_or(0), "minute");
            ('!', format!("production is open for changes for {minutes}"))
        }
        What::Disarmed => ('·', "production is read-only again".to_owned()),
        What::Identity { user, .. } => ('·', format!("the API server knows the operator as {user}")),
        What::Cluster { uid } => ('·', format!("the cluster is the one with the uid {uid}")),
        What::TakenOver { session, user, records, .. } => {
            ('·', format!("goes on with session {session} of {user}, {records} records"))
        }
        What::Sample { series, value, .. } => ('·', format!("  {series}: {value}")),
        What::Previewed { changes, more, .. } => {
            ('·', format!("  the dry run changes {} fields", changes.len() + more))
        }
        What::Intent { title, kubectl, digest, risk, read, .. } => {
            let short = digest.get(..8).unwrap_or(digest);
            let read = read.as_deref().map(|read| read.get(..8).unwrap_or(read));
            let read = read.map_or_else(String::new, |read| format!(", read as {read}"));
            ('▸', format!("{title}  {risk}  plan {short}{read}  ({kubectl})"))
        }
        What::Agreed { digest, by, key, .. } => {
            let short = digest.get(..8).unwrap_or(digest);
            ('✔', format!("  {by} agreed to plan {short}, key {key}"))
        }
        What::Sending { object, verb, .. } => ('·', format!("  {verb} {object}: sending")),
        What::Accepted { object, verb, .. } => ('▸', format!("  {verb} {object}: accepted")),
        What::Refused { object, verb, why, .. } => ('✖', format!("  {verb} {object}: {why}")),
        What::Unanswered { object, verb, why, .. } => {
            ('?', format!("  {verb} {object}: no answer, it may have happened: {why}"))
        }
        What::Marked { object, .. } => ('▸', format!("  {object} is marked; its kubelet cannot confirm")),
        What::Left { object, .. } => ('✔', format!("  {object} has left")),
        What::TakenBack { .. } => ('▸', "  taken back, as planned".to_owned()),
        What::Walk { walk } => ('▸', format!("walk {}", walk + 1)),
        What::Over { plan, by } if plan == by => {
            ('·', "  its time is over: it is not watched any more".to_owned())
        }
        What::Over { .. } => {
            ('·', "  an earlier change was ended on purpose: it is not watched any more".to_owned())
        }
        What::Outcome { end, words, .. } => match end {
            RunEnd::Applied => ('▸', format!("  applied: {words}")),
            RunEnd::Cancelled => ('-', format!("  cancelled: {words}")),
            RunEnd::Failed => ('✖', format!("  failed: {words}")),
            RunEnd::Unknown => ('?', format!("  unknown, verify first: {words}")),
        },
        What::Checked { words, .. } => ('·', format!("  its proof: {words}")),
        What::Proved { words, .. } => ('✔', format!("  proved: {words}")),
        What::Saved { file, bytes, sha256, .. } => {
            ('·', format!("  saved {file}  {bytes} bytes  sha256 {sha256}"))
        }
        What::Done { words, .. } => ('✔', format!("  ended well: {words}")),
        What::Regressed { words, .. } => ('✖', format!("  no longer true: {words}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_another_answer_than_the_clusters_is_an_override() {
        let said = |value: Option<&str>| {
            let (step, chosen) = ("soon".to_owned(), "later".to_owned());
            words(&What::Decided { step, value: value.map(str::to_owned), chosen })
        };
        assert_eq!(said(None), ('▸', "soon: the operator chose later".to_owned()));
        assert_eq!(said(Some("later")), ('▸', "soon: later".to_owned()));
        let overridden = "soon: override: the cluster says soon, the operator chose later";
        assert_eq!(said(Some("soon")), ('!', overridden.to_owned()));
    }
}
