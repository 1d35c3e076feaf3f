//! What somebody who was not there reads.

use super::super::RunEnd;
use super::super::outcome::{outcome, proof};
use super::*;
use crate::domain::Timestamp;
use crate::domain::{Kind, ObjectKey, Risk};
use crate::op::SCRIPT;
use crate::op::{Inputs, Undo};
use crate::record::{Format, post_mortem};
use crate::redact::Secrets;

const CONDITION: &str = "node(p.node).ready && node(p.node).leaseAgeSeconds < 20";

/// A session of these records, one each minute from 03:00 on, in a runbook of some steps.
fn report(what: Vec<What>) -> Report {
    let map =
        |pairs: &[(&str, &str)]| pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    let question = Question {
        ask: "Will it be back soon?".into(),
        answers: map(&[("soon", "Somebody is at the machine.")]),
    };
    let steps = ["ready", "soon", "cordon", "free", "mend", "a", "b", "proof"];
    let opened = What::Opened {
        walk: 0,
        runbook: "nodes/x".into(),
        title: "A node".into(),
        hash: String::new(),
        params: BTreeMap::new(),
        steps: steps.map(str::to_owned).into(),
        texts: BTreeMap::new(),
        titles: map(&[
            ("ready", "Is it ready?"),
            ("free", "Free the claims"),
            ("a", "Step A"),
            ("b", "Step B"),
            ("proof", "Proof"),
        ]),
        conditions: map(&[("ready", CONDITION), ("proof", CONDITION)]),
        questions: [("soon".to_owned(), question)].into(),
    };
    let event = |(seq, what)| Event {
        seq,
        at: Timestamp::from_second(1_772_334_000 + 60 * i64::try_from(seq).unwrap()).unwrap(),
        prev: String::new(),
        what,
    };
    let events: Vec<_> = (0..).zip(std::iter::once(opened).chain(what)).map(event).collect();
    Report::of(&events, &Secrets::default())
}

fn ended(step: &str, ending: Ending, words: &str) -> What {
    What::StepEnded { step: step.into(), ending, words: words.into(), past: None }
}

fn change(plan: &str, step: Option<&str>, title: &str, undoes: Option<&str>) -> Vec<What> {
    let intent = What::Intent {
        walk: 0,
        plan: plan.into(),
        runbook: Some("nodes/x".into()),
        step: step.map(str::to_owned),
        op: "node.cordon".into(),
        title: title.into(),
        target: ObjectKey::cluster(Kind::Node, "w"),
        uid: String::new(),
        inputs: Inputs::default(),
        kubectl: "kubectl cordon w".into(),
        risk: Risk::Low,
        digest: "7f3a".into(),
        read: None,
        undo: Undo::None("x".into()),
        undoes: undoes.map(str::to_owned),
    };
    let outcome = What::Outcome { plan: plan.into(), end: RunEnd::Applied, words: String::new() };
    vec![intent, outcome, What::Proved { plan: plan.into(), words: title.into() }]
}

fn told(report: &Report, step: &str) -> Told {
    let of = |row| match row {
        Row::Step(told) if told.name == step => Some(told),
        _ => None,
    };
    report.steps().into_iter().find_map(of).unwrap_or_else(|| panic!("{step} has no row of its own"))
}

/// Every form in which a session leaves the house.
fn all(report: &Report) -> Vec<String> {
    Format::ALL.iter().map(|f| f.render(report)).chain([post_mortem(report)]).collect()
}

#[test]
fn a_change_that_was_undone_is_told_as_undone_wherever_it_is_told() {
    let mut what = change("p1", Some("cordon"), "cordon w", None);
    what.push(ended("cordon", Ending::Proved, "w is cordoned"));
    what.extend(change("p2", None, "uncordon w", Some("p1")));
    let mut reopened = what.clone();
    reopened.push(What::Reopened { step: "cordon".into(), words: "taken back".into() });
    let how = told(&self::report(reopened), "cordon").how;
    assert_eq!(how, "Undone at 03:05:00: uncordon w, and not done again");
    let report = report(what);
    assert_eq!(told(&report, "cordon").how, "Undone at 03:05:00: uncordon w. Before: Proved: w is cordoned");
    for text in all(&report) {
        assert!(text.contains("undone at 03:05:00: uncordon w"), "{text}");
        assert!(!text.contains("not proved"), "what was taken back did not fail: {text}");
    }
    assert_eq!(report.undoes(report.plans().nth(1).unwrap().0), Some("cordon w"));
}

#[test]
fn what_no_longer_holds_is_said_after_what_was_proved_and_what_holds_again_is_not() {
    let lost = What::Regressed { plan: "p1".into(), words: "w is open".into() };
    let again = What::Proved { plan: "p1".into(), words: "w is cordoned".into() };
    let mut what = change("p1", Some("cordon"), "cordon w", None);
    what.push(lost);
    let proof_of = |what: &[What]| proof(&report(what.to_vec()), "p1");
    assert_eq!(proof_of(&what).words(), "proved at 03:03:00; no longer so at 03:04:00: w is open");
    assert!(!proof_of(&what).holds());
    what.push(again);
    assert_eq!(proof_of(&what).words(), "proved at 03:05:00");
}

#[test]
fn a_question_stands_with_its_answer_in_words_and_what_was_written_in_its_step() {
    let value =
        |name: &str, value: &str| What::Value { step: "mend".into(), name: name.into(), value: value.into() };
    let report = report(vec![
        What::Decided { step: "soon".into(), value: None, chosen: "soon".into() },
        ended("soon", Ending::Proved, "soon"),
        value("root_cause", "a full disk\n- on /var"),
        ended("mend", Ending::Recorded, "done by hand"),
    ]);
    let soon = told(&report, "soon");
    assert_eq!(soon.how, "The operator answered: soon");
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    let also = |told: &Told| told.also.iter().map(|a| (a.name.clone(), a.said.clone())).collect::<Vec<_>>();
    assert_eq!(
        also(&soon),
        [pair("question", "Will it be back soon?"), pair("that is", "Somebody is at the machine.")]
    );
    assert_eq!(also(&told(&report, "mend")), [pair("root cause", "a full disk\n- on /var")]);
    for text in all(&report) {
        assert!(
            text.contains("Will it be back soon?") && text.contains("Somebody is at the machine."),
            "{text}"
        );
        assert!(text.contains("root cause") || text.contains("root_cause"), "{text}");
    }
    let markdown = Format::Markdown.render(&report);
    let row = markdown.lines().find(|l| l.contains("`mend`")).unwrap();
    assert!(row.ends_with("root cause: a full disk ⏎ - on /var |"), "one row whatever was written: {row}");
}

#[test]
fn each_element_has_a_row_with_its_own_result() {
    let report = report(vec![
        What::Step { step: "free[shop/a]".into() },
        ended("free[shop/a]", Ending::Proved, "it is gone"),
        What::Step { step: "free[shop/b]".into() },
        ended("free[shop/b]", Ending::Skipped, "somebody needs it"),
    ]);
    let first = told(&report, "free[shop/a]");
    assert_eq!((first.title.as_str(), first.how.as_str()), ("Free the claims[shop/a]", "Proved: it is gone"));
    assert_eq!(told(&report, "free[shop/b]").how, "Skipped: somebody needs it");
    assert!(!report.steps().iter().any(|r| matches!(r, Row::Step(t) if t.name == "free")), "not twice");
}

#[test]
fn steps_that_were_not_needed_are_one_row_and_no_condition_stands_where_a_title_does() {
    let report = report(vec![
        ended("ready", Ending::Proved, CONDITION),
        ended("a", Ending::Skipped, "not on the way from soon"),
        ended("b", Ending::Skipped, "not on the way from soon"),
        What::Overdue { step: "proof".into(), words: format!("waiting until {CONDITION}") },
        ended("proof", Ending::Stopped, &format!("does not hold: {CONDITION}")),
    ]);
    let folded = Row::Folded { why: Fold::NotNeeded, steps: vec!["Step A".into(), "Step B".into()] };
    assert!(report.steps().contains(&folded), "{:?}", report.steps());
    assert_eq!(told(&report, "ready").how, "Proved: it is so");
    for text in all(&report) {
        assert!(!text.contains("leaseAge"), "code where words will do: {text}");
    }
}

#[test]
fn whether_it_was_resolved_is_said_and_what_nobody_recorded_is_not_told() {
    let subject = ObjectKey::cluster(Kind::Node, "w");
    let finding = || What::Finding {
        detector: "d".into(),
        subject: subject.clone(),
        title: "w is gone".into(),
        evidence: Vec::new(),
    };
    let found = |there| What::Found { detector: "d".into(), subject: subject.clone(), there };
    let proved = || ended("proof", Ending::Proved, CONDITION);
    let said = |what: Vec<What>| outcome(&report(what));
    for (what, begins) in [
        (
            vec![finding(), proved(), found(false)],
            "resolved: the runbook was proved at 03:02:00, and the finding was gone at 03:03:00",
        ),
        (vec![proved()], "resolved: the runbook was proved"),
        (
            vec![finding(), proved()],
            "not told: the runbook was proved at 03:02:00, but not that the finding is gone",
        ),
        (vec![finding(), proved(), found(false), found(true)], "not told: the runbook was proved"),
        (vec![finding(), found(false)], "not told: the finding was gone"),
        (
            vec![ended("ready", Ending::Stopped, "A mass event.")],
            "not resolved: the walk ended at `ready`: A mass event.",
        ),
        (
            vec![proved(), What::Reopened { step: "proof".into(), words: String::new() }],
            "not told: the runbook was not walked",
        ),
        (Vec::new(), "not told: the runbook was not walked to its proof"),
    ] {
        let said = said(what.clone());
        assert!(said.starts_with(begins), "{what:?}: {said}");
    }
    let cut = vec![proved(), change("p1", Some("cordon"), "cordon w", None).remove(0)];
    assert!(said(cut).ends_with("; 1 change to be verified first"));
}

#[test]
fn a_script_that_only_reads_is_not_the_first_change() {
    let mut read = change("p0", Some("a"), "keep the log", None);
    if let What::Intent { op, risk, .. } = &mut read[0] {
        (*op, *risk) = (SCRIPT.to_owned(), Risk::None);
    }
    read.extend(change("p1", Some("cordon"), "cordon w", None));
    read.push(ended("proof", Ending::Proved, CONDITION));
    let text = post_mortem(&report(read));
    assert!(text.contains("| the first change began | 2026-03-01 03:04:00 UTC |"), "{text}");
    assert!(text.contains("| the runbook was proved | 2026-03-01 03:07:00 UTC |"), "{text}");
    let changes = text.split("### Changes").nth(1).unwrap();
    assert!(
        changes.contains("cordon w") && !changes.split("##").next().unwrap().contains("keep the log"),
        "{text}"
    );
}

#[test]
fn the_steps_of_several_walks_stand_each_under_their_own_runbook() {
    let other = What::Opened {
        walk: 1,
        runbook: "nodes/y".into(),
        title: "Another".into(),
        hash: String::new(),
        params: BTreeMap::from([("node".to_owned(), "w".to_owned())]),
        steps: vec!["ready".into()],
        texts: BTreeMap::new(),
        titles: BTreeMap::new(),
        conditions: BTreeMap::new(),
        questions: BTreeMap::new(),
    };
    let report = report(vec![
        ended("cordon", Ending::Recorded, "of the first"),
        other,
        ended("ready", Ending::Recorded, "of the second"),
        What::Walk { walk: 0 },
        ended("ready", Ending::Recorded, "of the first again"),
    ]);
    let rows = report.steps();
    let walks: Vec<_> =
        rows.iter().filter_map(|r| if let Row::Walk(title) = r { Some(title) } else { None }).collect();
    assert_eq!(walks, ["A node (nodes/x)", "Another (nodes/y node=w)"]);
    let how: Vec<_> = rows
        .iter()
        .filter_map(|r| {
            if let Row::Step(told) = r { Some((told.name.as_str(), told.how.as_str())) } else { None }
        })
        .filter(|(_, how)| how.contains("of the"))
        .collect();
    assert_eq!(how.len(), 3, "{how:?}");
    assert!(how[0].1.contains("of the first again") && how[2].1.contains("of the second"), "{how:?}");
    for text in [crate::record::markdown(&report), crate::record::html(&report)] {
        assert!(text.contains("Another (nodes/y node=w)"), "{text}");
    }
}

#[test]
fn what_was_ended_on_purpose_is_no_change_that_is_lost() {
    let mut what = change("p", Some("cordon"), "drain w", None);
    what.extend(change("q", Some("free"), "uncordon w", None));
    what.push(What::Over { plan: "p".into(), by: "q".into() });
    let report = report(what);
    let words = proof(&report, "p").words();
    assert!(
        words.contains("proved at") && words.contains("ended on purpose at") && words.contains("uncordon w"),
        "{words}"
    );
    assert!(!words.contains("not proved") && !words.contains("no longer"), "{words}");
}
