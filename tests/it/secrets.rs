//! A thousand planted secrets, in each form in which they may come: none of them is in any sink.

use std::io::Write;

use opsbook::clock::Clock;
use opsbook::domain::{ClusterInfo, Kind, ObjectKey, Risk};
use opsbook::op::{DiffLine, Inputs, Preview, Undo};
use opsbook::record::{Ending, Format, Report, RunEnd, What};
use opsbook::redact::Added;
use opsbook::runtime::Recorder;
use opsbook::vault::{Filtered, Vault};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// A thousand values, all different, of the kinds that people have: tokens, passwords with every character, short ones.
fn thousand() -> Vec<String> {
    let letters: Vec<char> =
        "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789!@#%&+/=:;,.?-_\"' ".chars().collect();
    let mut state = 42u64;
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    (0..1000)
        .map(|i| {
            let length = 8 + next() % if i % 10 == 0 { 300 } else { 40 };
            let body: String = (0..length).map(|_| letters[next() % letters.len()]).collect();
            format!("s{i}{}e", body.trim())
        })
        .collect()
}

/// Base64 by the book, three bytes at a time.
fn base64(text: &[u8], url: bool) -> String {
    let more = if url { "-_" } else { "+/" };
    let digits: Vec<char> = ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(more.chars()).collect();
    let mut out = String::new();
    for group in text.chunks(3) {
        let n = group.iter().chain([0, 0].iter()).take(3).fold(0usize, |n, b| n << 8 | usize::from(*b));
        for i in 0..4 {
            out.push(if i <= group.len() { digits[n >> (18 - 6 * i) & 63] } else { '=' });
        }
    }
    out
}

fn percent(text: &str) -> String {
    let one = |b: u8| {
        if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }
    };
    text.bytes().map(one).collect()
}

/// The forms of a secret, alone and within a longer text.
fn forms(secret: &str) -> Vec<String> {
    let mut out = vec![secret.to_owned(), percent(secret)];
    for before in ["", "x", "xy"] {
        for url in [false, true] {
            let whole = base64(format!("{before}{secret}").as_bytes(), url);
            out.push(whole.trim_end_matches('=').to_owned());
            out.push(whole);
            out.push(base64(format!("{before}{secret} and more").as_bytes(), url));
        }
    }
    out
}

/// Fails when a secret, or the part of its base64 that it alone decides, is in a text.
fn clean(sink: &str, text: &str, secrets: &[String]) {
    for secret in secrets {
        assert!(!text.contains(secret.as_str()), "{secret:?} is in the {sink}");
        assert!(!text.contains(&percent(secret)), "{secret:?} is in the {sink}, percent-encoded");
        for (before, skip) in [("", 0), ("x", 2), ("xy", 3)] {
            let whole = base64(format!("{before}{secret}").as_bytes(), false);
            let alone = &whole[skip..(before.len() + secret.len()) * 8 / 6];
            assert!(!text.contains(alone), "{secret:?} is in the {sink}, in base64 after {before:?}");
        }
    }
}

/// Records that hold a text wherever one can be.
fn records(n: usize, text: &str) -> Vec<What> {
    let text = || text.to_owned();
    let (plan, node) = (format!("p{n}"), ObjectKey::cluster(Kind::Node, "worker-3"));
    let inputs = Inputs::of([("value", text().as_str())]);
    let undo = Undo::By { op: "o".into(), inputs: inputs.clone(), note: text() };
    vec![
        What::Finding { detector: "d".into(), subject: node.clone(), title: text(), evidence: vec![text()] },
        What::Note { text: text(), about: None },
        What::Value { step: "s".into(), name: "n".into(), value: text() },
        What::Decided { step: "s".into(), value: Some(text()), chosen: text() },
        What::StepEnded { step: "s".into(), ending: Ending::Recorded, words: text(), past: None },
        What::Intent {
            walk: 0,
            plan: plan.clone(),
            runbook: None,
            step: None,
            op: "node.cordon".into(),
            title: text(),
            target: node.clone(),
            uid: "u".into(),
            inputs,
            kubectl: format!("kubectl set env X={}", text()),
            risk: Risk::Low,
            digest: "d".into(),
            read: None,
            undo,
            undoes: None,
        },
        What::Refused { plan: plan.clone(), object: node, verb: "patch".into(), why: text() },
        What::Outcome { plan: plan.clone(), end: RunEnd::Failed, words: text() },
        What::Proved { plan, words: text() },
    ]
}

#[test]
fn a_thousand_planted_secrets_are_in_no_sink() {
    let secrets = thousand();
    let vault = Vault::default();
    for secret in &secrets {
        assert_eq!(vault.register(secret), Added::Registered, "{secret:?}");
    }
    let folder = tempfile::tempdir().unwrap();
    let recorder = Recorder::new(folder.path().to_owned(), None, ClusterInfo::default(), Clock::real())
        .with_vault(vault.clone());
    let mut log = Filtered::new(Vec::new(), vault.clone());
    let mut status = String::new();
    // Each secret in another form and another record, so that the journal stays small.
    for (n, secret) in secrets.iter().enumerate() {
        let all = forms(secret);
        let text = format!("before {} after", all[n % all.len()]);
        let mut some = records(n, &text);
        recorder.append(some.swap_remove(n % some.len())).unwrap();
        for form in &all {
            writeln!(log, "INFO said {form}").unwrap();
            writeln!(log, "WARN debug {form:?}").unwrap();
            status.push_str(&vault.text(&format!("it failed: {form}\n")));
        }
    }
    // What a dry run says comes into the journal with its plan.
    let line =
        |s: &String| DiffLine { path: "spec.x".into(), before: Some(s.clone()), after: None, kept_by: None };
    let preview = Preview {
        digest: "d".into(),
        access: Vec::new(),
        diff: secrets.iter().take(50).map(line).collect(),
        dry_runs: 1,
        refused: None,
        at: Clock::real().now(),
    };
    recorder.remember(&preview);
    recorder.append(records(0, "x").swap_remove(5)).unwrap();
    recorder.append(recorder.previewed("d", "p0").unwrap()).unwrap();

    let journal = std::fs::read_to_string(recorder.path().unwrap()).unwrap();
    assert!(journal.matches("***").count() > 1000);
    clean("journal", &journal, &secrets);
    clean("log", &String::from_utf8(log.into_inner()).unwrap(), &secrets);
    clean("status line", &status, &secrets);
    let report = Report::of(&recorder.events(), &vault.secrets());
    for format in Format::ALL {
        clean("export", &format.render(&report), &secrets);
    }
    clean("screen capture", &picture(&secrets, &vault), &secrets);
}

/// A screen full of secrets, as a picture: all of its text, without the markup.
fn picture(secrets: &[String], vault: &Vault) -> String {
    let mut out = String::new();
    for rows in secrets.chunks(50) {
        let mut buf = Buffer::empty(Rect::new(0, 0, 400, 50));
        for (y, secret) in rows.iter().enumerate() {
            buf.set_string(1, y as u16, secret, Style::default());
        }
        opsbook::view::mask(&mut buf, &vault.secrets());
        out.push_str(&opsbook::view::svg(&buf, "a screen"));
    }
    out.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
}

#[test]
fn an_export_also_cuts_what_nobody_registered_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let recorder = Recorder::new(folder.path().to_owned(), None, ClusterInfo::default(), Clock::real());
    let note = |text: &str| What::Note { text: text.to_owned(), about: None };
    recorder.append(note("they sent password=hunter2")).unwrap();
    recorder.append(note("and eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl")).unwrap();
    let report = Report::of(&recorder.events(), &Vault::default().secrets());
    assert_eq!(report.cut, "1 JWT, 1 password");
    for format in Format::ALL {
        let text = format.render(&report);
        assert!(!text.contains("hunter2") && !text.contains("eyJ"), "{text}");
        assert!(text.contains("1 JWT, 1 password"), "{text}");
    }
}

/// The text of a screen.
fn screen(app: &opsbook::app::App, secrets: &opsbook::redact::Secrets) -> String {
    let mut buf = Buffer::empty(Rect::new(0, 0, app.size.0, app.size.1));
    let theme = crate::support::theme(opsbook::theme::Depth::None);
    opsbook::view::draw_without(app, &theme, secrets, &mut buf);
    buf.content.iter().map(ratatui::buffer::Cell::symbol).collect()
}

#[test]
fn on_the_screen_a_secret_is_dots_where_the_text_is_the_clusters_and_names_stay() {
    use crate::support::{Desk, World};
    let vault = Vault::default();
    // A value that is also the name of a node: in the table and in a question it stays what it is.
    vault.register("worker-3");
    let mut desk = Desk::at((120, 40), World::healthy());
    desk.press(":");
    desk.type_text("nodes");
    desk.press("enter end");
    assert!(screen(&desk.app, &vault.secrets()).contains("worker-3"));
    desk.press("c");
    assert!(screen(&desk.app, &vault.secrets()).contains("cordon worker-3"));
    desk.press("esc enter");
    let (shown, plain) = (screen(&desk.app, &vault.secrets()), desk.screen());
    let count = |text: &str| text.matches("worker-3").count();
    assert!(count(&plain) > count(&shown) && shown.contains("••••••••"), "{shown}");
}

#[tokio::test(start_paused = true)]
async fn what_a_dry_run_answers_of_a_secret_goes_into_the_vault() {
    use opsbook::op::{Call, Method, Plan, Work, plan_by_hand};
    use opsbook::practice::{FaultTime, Pace, Practice, PracticeOptions, Scenario};
    let scenario = Scenario::load("healthy").unwrap();
    let options = PracticeOptions { fault: FaultTime::Held, pace: Pace::Real };
    let practice = Practice::start(&scenario, options).unwrap();
    let call = Call {
        method: Method::Create,
        target: ObjectKey::new(Kind::Secret, "default", "door"),
        subresource: None,
        body: serde_json::json!({
            "apiVersion": "v1", "kind": "Secret", "metadata": {"name": "door", "namespace": "default"},
            "data": {"key": "b3Blbi1zZXNhbWU="},
        }),
        typed: None,
    };
    let plan = Plan { work: Work::Calls(vec![call]), ..plan_by_hand("x", "x", "", Risk::None) };
    let vault = Vault::default();
    let preview =
        opsbook::cluster::write::preview(&practice.client(), &vault, &plan, Clock::real().now()).await;
    assert!(preview.clean(), "{:?}", preview.objections());
    assert_eq!(vault.text("say open-sesame"), "say ***");
}
