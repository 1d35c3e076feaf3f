//! Each record in a line of words, for the timeline on the screen, the list and the export.

use super::{Ending, PlanState, RunEnd, What, clauses, counted, labelled, listed};
use crate::domain::{Evidence, date};
use crate::lang::t;

/// A line of proof with its time.
pub fn evidence(e: &Evidence) -> String {
    match e.since {
        Some(at) => t!("record-evidence-since", field = e.field, value = e.value, since = date(at)),
        None => labelled(&e.field, &e.value),
    }
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
    let mut out = vec![t!("record-verify-first", title = plan.title, command = plan.kubectl)];
    if !plan.accepted.is_empty() {
        out.push(format!("    {}", t!("record-accepted-number", number = plan.accepted.len())));
    }
    out.extend(plan.open.iter().map(|o| format!("    {}", t!("record-sent-no-answer", object = o))));
    out
}

/// What a plan did stands below it.
fn below(line: impl std::fmt::Display) -> String {
    format!("  {line}")
}

/// How a step ended.
fn ended(step: &str, ending: Ending, words: &str) -> (char, String) {
    match ending {
        Ending::Proved | Ending::Ran => ('✔', t!("record-step-proved", step = step, words = words)),
        Ending::Recorded => ('✔', t!("record-step-said", step = step, words = words)),
        Ending::Stopped => ('✖', t!("record-step-stopped", step = step, words = words)),
        Ending::Skipped => ('-', t!("record-step-skipped", step = step, words = words)),
    }
}

/// A symbol and a line. The symbols are the house's: ✔ proved, ✖ failed, ▸ done, ? unknown, · noted.
pub fn words(what: &What) -> (char, String) {
    match what {
        What::Started { user, context, practice: true, .. } => {
            ('·', t!("record-started-practice", user = user, context = context))
        }
        What::Started { user, context, .. } => ('·', t!("record-started", user = user, context = context)),
        What::Resumed { user, .. } => ('·', t!("record-resumed", user = user)),
        What::Ended { words } => ('·', t!("record-ended", words = words)),
        What::Opened { runbook, params, .. } => {
            let bound: Vec<_> = params.iter().map(|(k, v)| format!("{k}={v}")).collect();
            let with = format!("{runbook} {}", bound.join(" "));
            ('▸', t!("record-opened", runbook = with.trim()))
        }
        What::Rewritten { runbook, changed, gone, .. } => {
            let list =
                |word: &str, steps: &[String]| (!steps.is_empty()).then(|| labelled(word, &listed(steps)));
            let open = list(t!("record-rewritten-anew"), changed);
            let gone = list(t!("record-rewritten-gone"), gone);
            let changed = std::iter::once(t!("record-rewritten", runbook = runbook));
            ('!', clauses(changed.chain(open).chain(gone)))
        }
        What::Finding { title, .. } => ('!', t!("record-finding", title = title)),
        What::Found { subject, there: false, .. } => ('✔', t!("record-found-gone", subject = subject)),
        What::Found { subject, there: true, .. } => ('!', t!("record-found-back", subject = subject)),
        What::Step { step } => ('▸', t!("record-step-entered", step = step)),
        What::StepEnded { step, ending, words, .. } => ended(step, *ending, words),
        What::Overdue { step, words } => ('✖', t!("record-step-overdue", step = step, words = words)),
        What::Reopened { step, words } => ('▸', t!("record-step-reopened", step = step, words = words)),
        What::Decided { step, value: None, chosen } => {
            ('▸', t!("record-decided-operator", step = step, chosen = chosen))
        }
        What::Decided { step, value: Some(value), chosen } if value == chosen => {
            ('▸', labelled(step, chosen))
        }
        What::Decided { step, value: Some(value), chosen } => {
            ('!', t!("record-decided-override", step = step, value = value, chosen = chosen))
        }
        What::Value { step, name, value } => ('▸', labelled(step, &format!("{name} = {value}"))),
        What::Bound { name, value } => ('▸', t!("record-bound", name = name, value = value)),
        What::Note { text, about: None } => ('·', text.clone()),
        What::Note { text, about: Some(record) } => {
            ('·', t!("record-note-on", record = *record, text = text))
        }
        What::Pinned { record, on: true } => ('★', t!("record-pinned", record = *record)),
        What::Pinned { record, on: false } => ('·', t!("record-unpinned", record = *record)),
        What::Armed { seconds } => ('!', t!("record-armed", minutes = seconds / 60)),
        What::Disarmed => ('·', t!("record-disarmed").to_owned()),
        What::Identity { user, .. } => ('·', t!("record-identity", user = user)),
        What::Cluster { uid } => ('·', t!("record-cluster-uid", uid = uid)),
        What::TakenOver { session, user, records, .. } => {
            ('·', t!("record-taken-over", session = session, user = user, records = *records))
        }
        What::Sample { series, value, .. } => ('·', below(labelled(&counted(series), &value.to_string()))),
        What::Previewed { changes, more, .. } => {
            ('·', below(t!("record-previewed", fields = changes.len() + more)))
        }
        What::Intent { title, kubectl, digest, risk, read, .. } => {
            let short = |digest: &String| digest.get(..8).unwrap_or(digest).to_owned();
            let plan = match read {
                Some(read) => t!("record-plan-read-as", digest = short(digest), read = short(read)),
                None => t!("record-plan", digest = short(digest)),
            };
            ('▸', format!("{title}  {risk}  {plan}  ({kubectl})"))
        }
        What::Agreed { digest, by, key, .. } => {
            let short = digest.get(..8).unwrap_or(digest);
            ('✔', below(t!("record-agreed-to", by = by, digest = short, key = key)))
        }
        What::Sending { object, verb, .. } => {
            ('·', below(t!("record-sending", verb = verb, object = object)))
        }
        What::Accepted { object, verb, .. } => {
            ('▸', below(t!("record-accepted", verb = verb, object = object)))
        }
        What::Refused { object, verb, why, .. } => ('✖', below(labelled(&format!("{verb} {object}"), why))),
        What::Unanswered { object, verb, why, .. } => {
            ('?', below(t!("record-unanswered", verb = verb, object = object, why = why)))
        }
        What::Marked { object, .. } => ('▸', below(t!("record-marked", object = object))),
        What::Left { object, .. } => ('✔', below(t!("record-left", object = object))),
        What::TakenBack { .. } => ('▸', below(t!("record-taken-back"))),
        What::Walk { walk } => ('▸', t!("record-walk-number", walk = walk + 1)),
        What::Over { plan, by } if plan == by => ('·', below(t!("record-over-itself"))),
        What::Over { .. } => ('·', below(t!("record-over"))),
        What::Outcome { end, words, .. } => match end {
            RunEnd::Applied => ('▸', below(t!("record-applied", words = words))),
            RunEnd::Cancelled => ('-', below(t!("record-cancelled", words = words))),
            RunEnd::Failed => ('✖', below(t!("record-failed", words = words))),
            RunEnd::Unknown => ('?', below(t!("record-unknown", words = words))),
        },
        What::Checked { words, .. } => ('·', below(t!("record-checked", words = words))),
        What::Proved { words, .. } => ('✔', below(t!("record-proved", words = words))),
        What::Saved { file, bytes, sha256, .. } => {
            ('·', below(t!("record-saved", file = file, bytes = *bytes, sha256 = sha256)))
        }
        What::Done { words, .. } => ('✔', below(t!("record-done", words = words))),
        What::Regressed { words, .. } => ('✖', below(t!("record-regressed", words = words))),
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
