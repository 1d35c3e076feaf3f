//! The record of a session as Markdown, for a ticket or a post-mortem.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Ending, Event, SessionState, StepState, What, words};
use crate::domain::{Timestamp, date};
use crate::op::Undo;

/// Renders the whole session.
pub fn markdown(events: &[Event]) -> String {
    let state = SessionState::fold(events);
    let mut out = String::new();
    // Writing into a String cannot fail.
    let _ = render(&mut out, &state, events);
    out
}

fn when(at: Option<Timestamp>) -> String {
    at.map_or_else(String::new, date)
}

/// What ended a step, with its condition as code: in words where the runbook has some, else with its answer.
fn in_words(words: &str, ending: Ending, condition: Option<&String>) -> String {
    let Some(condition) = condition.filter(|_| matches!(ending, Ending::Proved | Ending::Stopped)) else {
        return words.to_owned();
    };
    let code = format!("`{}`", condition.split_whitespace().collect::<Vec<_>>().join(" ").replace('`', "'"));
    if words == condition {
        return format!("holds, {code}");
    }
    if words.contains(condition.as_str()) {
        words.replace(condition, &code)
    } else {
        format!("{words} ({code})")
    }
}

/// The conditions of the runbook that was opened last.
fn conditions(events: &[Event]) -> Option<&BTreeMap<String, String>> {
    let opened = events.iter().rev();
    { opened }
        .find_map(|e| if let What::Opened { conditions, .. } = &e.what { Some(conditions) } else { None })
}

fn render(out: &mut String, state: &SessionState, events: &[Event]) -> std::fmt::Result {
    let title = if state.title.is_empty() { "Session" } else { &state.title };
    writeln!(out, "# {title}\n")?;
    writeln!(out, "- Session: `{}`", state.id)?;
    writeln!(out, "- Cluster: {}{}", state.context, if state.practice { " (practice)" } else { "" })?;
    writeln!(out, "- Operator: {}", state.user)?;
    writeln!(out, "- From {} to {}", when(state.started), when(state.last))?;
    if let Some(runbook) = &state.runbook {
        let bound: Vec<_> = state.params.iter().map(|(k, v)| format!("{k}={v}")).collect();
        writeln!(out, "- Runbook: `{runbook}` {}", bound.join(" "))?;
    }
    findings(out, events)?;
    steps(out, state, events)?;
    operations(out, state)?;
    writeln!(out, "\n## Timeline (UTC)\n")?;
    for (i, event) in events.iter().enumerate() {
        let (symbol, line) = match &event.what {
            What::StepEnded { step, ending, words: said } => {
                let of = conditions(&events[..i]).and_then(|c| c.get(step));
                words(&What::StepEnded {
                    step: step.clone(),
                    ending: *ending,
                    words: in_words(said, *ending, of),
                })
            }
            what => words(what),
        };
        let day = |e: &Event| e.at.strftime("%Y-%m-%d").to_string();
        if i > 0 && day(event) != day(&events[i - 1]) {
            writeln!(out, "- **{}**", day(event))?;
        }
        writeln!(out, "- {} {symbol} {}", crate::domain::clock(event.at), line.trim())?;
    }
    let undo = state.undo_list();
    if !undo.is_empty() {
        writeln!(out, "\n## Not taken back\n")?;
        for entry in undo {
            match entry.undo {
                Undo::By { op, note, .. } => writeln!(out, "- {}: way back `{op}` {note}", entry.title)?,
                Undo::None(why) => writeln!(out, "- {}: no way back, {why}", entry.title)?,
            }
        }
    }
    Ok(())
}

fn findings(out: &mut String, events: &[Event]) -> std::fmt::Result {
    for event in events {
        if let What::Finding { title, evidence, .. } = &event.what {
            writeln!(out, "\n## Finding: {title}\n")?;
            for line in evidence {
                writeln!(out, "- {line}")?;
            }
        }
    }
    Ok(())
}

fn steps(out: &mut String, state: &SessionState, events: &[Event]) -> std::fmt::Result {
    let last = events.iter().rev().find_map(|e| {
        if let What::Opened { steps, titles, .. } = &e.what { Some((steps, titles)) } else { None }
    });
    let Some((steps, titles)) = last else { return Ok(()) };
    let conditions = conditions(events);
    writeln!(out, "\n## Steps\n\n| step | how it ended |\n|---|---|")?;
    for step in steps {
        let how = match state.steps.get(step) {
            None => "not reached".to_owned(),
            Some(StepState::Entered) => "not ended".to_owned(),
            Some(StepState::Outdated { .. }) => "done with an earlier text, not with this one".to_owned(),
            Some(StepState::Ended { ending, words }) => {
                let words = in_words(words, *ending, conditions.and_then(|c| c.get(step)));
                format!("{ending:?}: {words}")
            }
        };
        let title = titles.get(step).map_or_else(String::new, |t| format!("{t} "));
        writeln!(out, "| {}`{step}` | {} |", cell(&title), cell(&how))?;
    }
    Ok(())
}

/// A text that stays in its cell.
fn cell(text: &str) -> String {
    text.split('\n').collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

fn operations(out: &mut String, state: &SessionState) -> std::fmt::Result {
    if state.order.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## Operations\n")?;
    for id in &state.order {
        let plan = &state.plans[id];
        let end = plan
            .end
            .as_ref()
            .map_or("unknown: verify first".to_owned(), |(end, words)| format!("{end:?}: {words}"));
        let proof = if plan.proved.is_some() { ", proved" } else { "" };
        writeln!(out, "- {} — {end}{proof}\n  - same as: `{}`", plan.title, plan.kubectl)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_is_code_and_stands_beside_the_words_of_the_runbook() {
        let condition = "a.size() <= 1\n  || b".to_owned();
        let said = |words: &str, ending| in_words(words, ending, Some(&condition));
        assert_eq!(said(&condition, Ending::Proved), "holds, `a.size() <= 1 || b`");
        assert_eq!(said("A mass event.", Ending::Stopped), "A mass event. (`a.size() <= 1 || b`)");
        assert_eq!(
            said(&format!("does not hold: {condition}"), Ending::Stopped),
            "does not hold: `a.size() <= 1 || b`"
        );
        assert_eq!(said("no time", Ending::Skipped), "no time");
        assert_eq!(in_words("looked at", Ending::Proved, None), "looked at");
        assert_eq!(cell("a | b"), "a \\| b");
    }

    #[test]
    fn a_session_over_midnight_names_the_new_day() {
        let note = |seq, at: &str| Event {
            seq,
            at: at.parse().unwrap(),
            prev: String::new(),
            what: What::Note { text: "x".into() },
        };
        let text = markdown(&[note(0, "2026-03-01T23:59:59Z"), note(1, "2026-03-02T00:00:01Z")]);
        assert!(text.ends_with("- 23:59:59 · x\n- **2026-03-02**\n- 00:00:01 · x\n"), "{text}");
    }
}
