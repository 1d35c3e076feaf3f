//! What a session on a cluster comes to in its journal: who the server takes the operator for, what the dry run of each
//! plan said, what was counted; and what is made of it.

use std::sync::Arc;
use std::time::Duration;

use opsbook::action::Action;
use opsbook::app::{App, Options, Practice};
use opsbook::domain::SyncState;
use opsbook::keymap::Keymap;
use opsbook::practice::{FaultTime, Pace, Rehearsal, Scenario};
use opsbook::record::{Event, Format, Report, What, post_mortem, series};
use opsbook::redact::Secrets;
use opsbook::runtime::{Headless, Player, Recorder, Setup, Target, open};
use opsbook::session::{Verified, verify};

const LONG: Duration = Duration::from_mins(2);
const RUNBOOK: &str = "nodes/node-not-ready";

/// The records of the shipped runbook, walked on the practice cluster from the fault to the proof.
async fn walked(folder: &std::path::Path) -> Vec<Event> {
    let scenario = Arc::new(Scenario::load("node-not-ready").unwrap());
    let target = Target::Practice { scenario, fault: FaultTime::Held, pace: Pace::Fast };
    let opened = open(&target).await.unwrap();
    let practice = opened.practice.clone().unwrap();
    let info = opened.connection.info.clone();
    let actions = practice.scenario().actions.keys().cloned().collect();
    let desk = Practice { actions, ..Practice::default() };
    let options = Options { lang: "en".to_owned(), practice: Some(desk), ..Options::default() };
    let app = App::new((160, 50), Arc::new(Keymap::built_in()), options, opened.clock.now());
    let setup = Setup {
        recorder: Recorder::new(folder.join("sessions"), None, info, opened.clock.clone())
            .with_vault(opened.connection.vault.clone()),
        connection: opened.connection,
        clock: opened.clock,
        practice: opened.practice,
        scripts: opsbook::shell::Surroundings::default(),
        trust: opsbook::trust::Places::default(),
        approvers: opsbook::trust::Approvers::default(),
        runbooks: Vec::new(),
        cache: folder.join("cache"),
        exports: folder.to_owned(),
        lang: "en".to_owned(),
        read_only: false,
    };
    let mut ui = Headless::start(app, setup);
    let ready = |a: &App| !a.books.is_empty() && a.world.sync.iter().all(|s| *s == SyncState::Live);
    assert!(ui.until(LONG, ready).await);
    practice.inject().await.unwrap();
    let points =
        |a: &App| a.world.findings.first().is_some_and(|f| f.runbooks.iter().any(|l| l.id == RUNBOOK));
    assert!(ui.until(LONG, points).await);
    ui.act(Action::Open);
    // The way through the drain.
    let script =
        Rehearsal { decisions: [("soon".to_owned(), "later".to_owned())].into(), ..Rehearsal::default() };
    tokio::time::timeout(LONG, Player::new(&mut ui, script).walk(|_| {})).await.unwrap().unwrap();
    let path = ui.runner().recorder().path().unwrap();
    ui.stop().await;
    assert!(matches!(verify(&path).unwrap(), Verified::Whole { .. }));
    opsbook::session::read(&path).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_walk_is_recorded_with_who_what_would_change_and_what_was_counted() {
    let folder = tempfile::tempdir().unwrap();
    let events = walked(folder.path()).await;
    let who = events.iter().find_map(|e| match &e.what {
        What::Identity { user, .. } => Some(user.as_str()),
        _ => None,
    });
    assert!(who.is_some_and(|w| !w.is_empty()), "the server's name of the operator is not recorded");
    let cluster =
        events.iter().find_map(|e| if let What::Cluster { uid } = &e.what { Some(uid) } else { None });
    assert!(cluster.is_some_and(|uid| !uid.is_empty()), "which cluster it is is not recorded");
    let What::Started { user, version, context, .. } = &events[0].what else { panic!("{:?}", events[0]) };
    assert!(!user.is_empty() && version == env!("CARGO_PKG_VERSION") && context == "node-not-ready");
    let texts = events.iter().find_map(|e| match &e.what {
        What::Opened { steps, texts, .. } => Some((steps.len(), texts.len())),
        _ => None,
    });
    assert!(texts.is_some_and(|(steps, texts)| steps > 0 && steps == texts), "each step has its digest");

    // What the dry run said stands right after the intent, before anything is sent.
    let intent = |i: &usize| matches!(&events[*i].what, What::Intent { op, .. } if op == "node.cordon");
    let at = (0..events.len()).find(intent).expect("the node is cordoned");
    let What::Previewed { changes, .. } = &events[at + 1].what else { panic!("{:?}", events[at + 1]) };
    assert!(changes.iter().any(|c| c.path == "spec.unschedulable" && c.after.as_deref() == Some("true")));

    let all = series(&events);
    let nodes = all.iter().find(|s| s.name == "nodes not ready").expect("nodes are counted");
    assert_eq!((nodes.points[0].1, nodes.points.last().unwrap().1), (1, 0), "{nodes:?}");
    let left = all.iter().find(|s| s.name.ends_with("pods left")).expect("a drain is counted");
    assert!(left.points.windows(2).all(|w| w[0].1 != w[1].1), "only changes are recorded: {left:?}");

    let report = Report::of(&events, &Secrets::default());
    assert_eq!(report.cut, "", "nothing of an ordinary session looks like a secret");
    for format in Format::ALL {
        let text = format.render(&report);
        for part in ["spec.unschedulable", "kubectl cordon worker-3", "proved"] {
            assert!(text.contains(part), "{part} is not in\n{text}");
        }
    }
    let draft = post_mortem(&report);
    assert!(draft.contains("the last change was proved") && draft.contains("## Root cause"), "{draft}");
    if let Some(to) = std::env::var_os("OPSBOOK_KEEP_REPORT") {
        std::fs::write(to, Format::Html.render(&report)).unwrap();
    }
}
