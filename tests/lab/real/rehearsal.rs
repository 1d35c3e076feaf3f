//! The runbook of a silent node, from the finding to the proof and the exported session, with the keys that an
//! operator presses, on a real control plane.

use std::sync::Arc;
use std::time::Duration;

use opsbook::action::Action;
use opsbook::app::{App, Options};
use opsbook::clock::Clock;
use opsbook::domain::{ClusterSnapshot, SyncState};
use opsbook::keymap::Keymap;
use opsbook::practice::Rehearsal;
use opsbook::runtime::{Headless, Player, Recorder, Setup, Told, step_ends};
use opsbook::session::{Verified, verify};

use super::rights::triage;
use crate::support::{Cluster, Spec, Which, journal, manifest, real_wanted};

const LONG: Duration = Duration::from_mins(4);
const RUNBOOK: &str = "nodes/node-not-ready";

/// opsbook without a screen, on a cluster.
fn start(cluster: &Cluster, folder: &std::path::Path) -> Headless {
    let (connection, clock) = (cluster.connection(), Clock::real());
    let options = Options { lang: "en".to_owned(), ..Options::default() };
    let app = App::new((160, 50), Arc::new(Keymap::built_in()), options, clock.now());
    let setup = Setup {
        read_only: false,
        recorder: Recorder::new(folder.join("sessions"), None, connection.info.clone(), clock.clone()),
        connection,
        clock,
        practice: None,
        scripts: opsbook::shell::Surroundings::default(),
        trust: opsbook::trust::Places::default(),
        approvers: opsbook::trust::Approvers::default(),
        runbooks: Vec::new(),
        cache: folder.join("cache"),
        exports: folder.to_owned(),
        lang: "en".to_owned(),
    };
    Headless::start(app, setup)
}

async fn until(ui: &mut Headless, what: &str, wanted: impl Fn(&ClusterSnapshot) -> bool) {
    assert!(
        ui.until(LONG, |app| wanted(&app.world)).await,
        "never seen: {what}; {:?}",
        ui.app.world.findings
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_silent_node_is_brought_back_by_its_runbook() {
    if !real_wanted("real::rehearsal::a_silent_node_is_brought_back_by_its_runbook") {
        return;
    }
    let spec = Spec { nodes: &["play-1", "play-2", "play-3"], age: "1h", ..Spec::default() };
    let cluster = Cluster::start(Which::Real, spec).await;
    let lab = cluster.lab().unwrap().clone();
    let folder = tempfile::tempdir().unwrap();
    cluster.create(&manifest::namespace("play")).await;
    cluster.create(&manifest::deployment("play", "web", 4)).await;
    cluster.create(&manifest::budget("play", "web", 2)).await;
    cluster.create(&manifest::on_node(manifest::deployment("play", "pinned", 1), "play-1")).await;
    cluster.create(&manifest::daemon_set("play", "agent")).await;
    let mut ui = start(&cluster, folder.path());
    assert!(ui.until(LONG, |app| !app.books.is_empty()).await, "the runbooks were never read");
    until(&mut ui, "everything ready", |w| {
        w.sync.iter().all(|s| *s == SyncState::Live)
            && w.pods.in_namespace("play").filter(|p| p.ready()).count() == 8
    })
    .await;
    assert_eq!(triage(&lab, &[]).0, 0);

    cluster.silence("play-1").await;
    until(&mut ui, "a finding", |w| w.findings.iter().any(|f| f.title == "play-1 stopped reporting")).await;
    let (code, answer) = triage(&lab, &[]);
    let finding = &answer["findings"][0];
    assert_eq!((code, finding["runbook"].as_str()), (1, Some(RUNBOOK)), "{answer}");
    assert_eq!(finding["params"]["node"], "play-1");

    // The cursor may stay on what was found while the node was only late.
    ui.act(Action::Top);
    ui.act(Action::Open);
    assert!(ui.app.run.as_ref().is_some_and(|r| r.book.id == RUNBOOK), "enter opened another runbook");
    let mut place = String::new();
    let walked = {
        let tell = |told: Told<'_>| match told {
            Told::At { why, .. } => place = why,
            Told::ByHand(step) => {
                assert_eq!(step, "repair");
                // The machine is mended: its kubelet reports again.
                lab.run(&["node", "play-1"]).unwrap();
            }
        };
        tokio::time::timeout(LONG, Player::new(&mut ui, Rehearsal::default()).walk(tell)).await
    };
    let steps = step_ends(&ui.app);
    assert!(matches!(walked, Ok(Ok(()))), "{walked:?} {place}; {steps:#?}");
    let ending = |name: &str| steps.iter().find(|s| s.step == name).map(|s| s.ending.as_str());
    for (step, wanted) in [
        ("cordon", "proved"),
        ("repair", "recorded"),
        ("ready", "proved"),
        ("uncordon", "proved"),
        ("proof", "proved"),
    ] {
        assert_eq!(ending(step), Some(wanted), "{step}: {steps:#?}");
    }
    until(&mut ui, "no finding", |w| w.findings.is_empty()).await;
    assert_eq!(triage(&lab, &[]).0, 0);

    ui.act(Action::Export);
    // HTML comes first, then Markdown.
    ui.act(Action::Down);
    ui.act(Action::Open);
    let exported = |app: &App| app.status.as_ref().is_some_and(|s| s.text.starts_with("exported to"));
    assert!(ui.until(LONG, exported).await, "{:?}", ui.app.status);
    let lines = journal(&ui.runner().recorder().events());
    assert!(lines.contains(&"ok patch play-1".to_owned()), "{lines:?}");
    let journal = ui.runner().recorder().path().unwrap();
    ui.stop().await;
    assert!(matches!(verify(&journal).unwrap(), Verified::Whole { .. }), "the journal does not verify");
    let exports = std::fs::read_dir(folder.path()).unwrap().flatten();
    let files: Vec<_> = exports.filter(|f| f.path().extension().is_some_and(|e| e == "md")).collect();
    let text = std::fs::read_to_string(files[0].path()).unwrap();
    for part in ["play-1 stopped reporting", "cordon play-1", "uncordon play-1"] {
        assert!(text.contains(part), "{part} is not in the export:\n{text}");
    }
}
