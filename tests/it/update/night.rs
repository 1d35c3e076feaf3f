//! What a tired operator must be able to trust: no answer is chosen for him, what stands in the way is said, a question says how
//! dangerous it is and on which cluster, and what is not known is not green.

use opsbook::app::Msg;
use opsbook::app::overlay::{Chosen, Overlay};
use opsbook::domain::{ClusterInfo, Press, Pressed, RunbookLink};
use opsbook::live::Tone;
use opsbook::op::{Change, Lock};
use opsbook::record::{Ending, What};
use opsbook::walk::Status;

use super::late::{every, offered};
use super::runbook::{SIZE, records, status};
use crate::support::{Desk, World, pod, with_own};

fn own(text: &str, world: World) -> Desk {
    let mut desk = Desk::at(SIZE, world);
    desk.app.first = Some(RunbookLink { id: "own/night".into(), params: [].into() });
    desk.tell(Msg::Books(with_own("own/night.md", text, true)));
    desk.pass(1);
    desk
}

const ASKED: &str = "---\nrunbook: 1\ntitle: Asked\n---\n# Asked\nWho knows.\n\n```yaml {step=decision name=which}\nask: Which?\ncases:\n  danger: { goto: end, hint: It deletes. }\n  wait: { goto: end, hint: Not now. }\n```\n```yaml {step=view name=end}\nshow: [nodes]\n```\n";

#[test]
fn where_only_the_operator_can_know_enter_alone_answers_nothing() {
    let mut desk = own(ASKED, World::healthy());
    desk.press("enter");
    assert_eq!(offered(&desk).len(), 2);
    assert!(!desk.screen().contains("▶ danger"), "no answer is under the cursor: {}", desk.screen());
    for _ in 0..5 {
        desk.press("enter");
    }
    assert_eq!(status(&desk, "which"), Status::Todo);
    assert!(desk.said().contains("choose an answer"), "{}", desk.said());
    desk.press("down down enter");
    assert_eq!(status(&desk, "which"), Status::Ended(Ending::Recorded, "wait".to_owned()));
}

#[test]
fn where_the_cluster_has_an_answer_it_is_under_the_cursor() {
    let text = ASKED.replace("ask: Which?", "value: \"nodes.all.size() > 0 ? 'wait' : 'danger'\"");
    let mut desk = own(&text, World::healthy());
    desk.press("p");
    let Some(Overlay::Choose(choose)) = desk.app.overlays.last() else { panic!("{}", desk.screen()) };
    assert!(matches!(choose.chosen(), Some(Chosen::Case { value, .. }) if value == "wait"));
}

#[test]
fn a_step_on_a_host_is_skipped_with_a_reason_like_any_other() {
    let mut desk = every(World::silent_node());
    desk.look_at("host");
    desk.press("enter");
    super::late::choose(&mut desk, |c| matches!(c, Chosen::Outside { done: false, .. }));
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Input(_))), "{}", desk.screen());
    desk.type_text(", nobody is there");
    let effects = desk.press("enter");
    let reason = |w: &&What| matches!(w, What::StepEnded { words, .. } if words == "needs host access, nobody is there");
    assert!(records(&effects).iter().any(reason), "{:?}", records(&effects));
}

#[test]
fn what_stands_in_the_way_names_the_lock() {
    let mut desk = every(World::silent_node());
    let nameless = ClusterInfo { context: String::new(), ..World::cluster() };
    desk.app.options.lock = Lock::of(&nameless, &[], &[]);
    let why = desk.app.options.lock.closed(desk.now).unwrap().to_string();
    desk.look_at("cordon");
    desk.press("w");
    let Some(Overlay::Message(message)) = desk.app.overlays.last() else { panic!("{}", desk.screen()) };
    let words = message.lines.join("\n");
    assert!(words.contains(&why), "{words}");
    assert!(!words.contains("nothing stands in the way"), "{words}");
}

#[test]
fn what_a_decision_asks_of_the_cluster_can_be_read() {
    let text = ASKED.replace("ask: Which?", "value: \"nodes.all.size() > 0 ? 'wait' : 'danger'\"");
    let mut desk = own(&text, World::healthy());
    desk.press("w");
    let Some(Overlay::Message(message)) = desk.app.overlays.last() else { panic!("{}", desk.screen()) };
    assert!(message.lines.iter().any(|l| l.contains("nodes.all.size()")), "{:?}", message.lines);
}

#[test]
fn a_question_says_its_risk_and_its_cluster_however_long_its_object_is_called() {
    let long = "a-release-with-a-name-that-is-longer-than-any-line-of-a-dialog-can-hold-in-full-for-sure";
    let node = crate::support::node(long, "True", "KubeletReady", 3600);
    let text = "---\nrunbook: 1\ntitle: Long\nmeta: { risk: medium }\nparams:\n  node: { from: \"k8s:node\" }\n---\n# Long\n`kubectl drain NODE --force`\n\n```yaml {step=action name=drain}\nop: node.drain\nwith: { node: $node }\nrisk: medium\nverify: nodes.all.size() > 0\nrollback: { op: node.uncordon, with: { node: $node } }\n```\n";
    let mut desk = Desk::at((80, 24), World::healthy().node(node).pod(pod("shop", "last", long)));
    desk.app.first =
        Some(RunbookLink { id: "own/night".into(), params: [("node".to_owned(), long.to_owned())].into() });
    desk.tell(Msg::Books(with_own("own/night.md", text, true)));
    desk.pass(1);
    desk.press("enter");
    let screen = desk.screen();
    let title = screen.lines().find(|l| l.contains("▸drain")).unwrap_or_else(|| panic!("{screen}"));
    assert!(title.contains("R2 medium"), "{title}");
    assert!(title.contains('…'), "what is cut says so: {title}");
}

#[test]
fn the_question_of_an_undo_says_that_it_undoes() {
    let mut desk = every(World::healthy());
    desk.look_at("cordon");
    desk.press("enter");
    desk.carry_out();
    let cordoned = desk.world.clone().cordoned("worker-3", true);
    desk.see(cordoned);
    desk.press("u");
    assert!(desk.screen().contains("▸undo: "), "{}", desk.screen());
}

#[test]
fn pods_of_a_node_that_does_not_report_are_not_green() {
    let desk = Desk::at(SIZE, World::silent_node());
    let view = opsbook::live::of(opsbook::domain::Kind::Pod);
    let world = desk.app.world.clone();
    let cells = |name: &str| {
        let row = world.pods.iter().find(|p| &*p.meta.name == name).unwrap();
        view.cells(&world, &row.meta.key(), world.taken).unwrap()
    };
    let status = &cells("web-1")[3];
    assert_eq!((&*status.text, status.tone), ("? Running", Tone::Warn));
}

#[test]
fn a_view_that_was_passed_over_is_not_what_later_steps_show() {
    let text = ASKED
        .replace("  danger: { goto: end", "  danger: { goto: last")
        .replace(
            "show: [nodes]\n```\n",
            "show: [events]\n```\n```yaml {step=manual name=last}\ndo: Look.\n```\n",
        )
        .replace("# Asked\n", "# Asked\n```yaml {step=view name=first}\nshow: [nodes]\n```\n");
    let mut desk = own(&text, World::healthy());
    desk.press("enter enter down enter");
    assert_eq!(desk.step(), "last");
    let screen = desk.screen();
    assert!(screen.contains("live: nodes") && !screen.contains("live: events"), "{screen}");
}

const MOVED: &str = "---\nrunbook: 1\ntitle: Moved\nmeta: { risk: medium }\n---\n# Moved\n`kubectl scale deployment/web --replicas 3`\n\n```yaml {step=action name=first}\nop: workload.scale\nwith: { namespace: shop, deployment: web, replicas: 3 }\nrisk: medium\nverify: deployment('shop', 'web').ready >= 3\nrollback: { op: workload.scale, with: { namespace: shop, deployment: web, replicas: 2 } }\n```\n`kubectl drain worker-3 --force`\n\n```yaml {step=action name=drain}\nop: node.drain\nwith: { node: worker-3 }\nrisk: medium\nverify: evictablePods('worker-3').size() == 0\nrollback: { op: node.uncordon, with: { node: worker-3 } }\n```\n```yaml {step=view name=end}\nshow: [nodes]\n```\n";

/// One of three pods of the Deployment is not ready yet.
fn short_of(world: &World) -> World {
    let mut world = world.clone();
    let web = world.0.deployments.iter().find(|d| &*d.meta.name == "web").unwrap();
    let mut web = web.as_ref().clone();
    (web.ready, web.available) = (2, 2);
    world.0.deployments.insert(web);
    world
}

#[test]
fn what_a_drain_moved_may_be_short_for_a_while_and_is_told_where_it_stays_short() {
    let mut desk = own(MOVED, World::healthy().object(crate::support::deployment("shop", "web", 2)));
    desk.press("enter");
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Confirm(_))), "{}", desk.screen());
    desk.approve();
    desk.carry_out();
    let world =
        desk.world.clone().deployment("shop", "web", 3).object(crate::support::deployment("shop", "web", 3));
    desk.see(world);
    assert_eq!(desk.step(), "drain", "{}", desk.screen());
    desk.press("enter");
    desk.approve();
    desk.carry_out();
    let all: Vec<_> =
        desk.world.0.pods.iter().filter(|p| &*p.node == "worker-3").map(|p| p.meta.name.clone()).collect();
    let empty =
        all.iter().fold(desk.world.clone().cordoned("worker-3", true), |w, pod| w.without_pod("shop", pod));
    desk.see(empty.clone());
    assert!(matches!(status(&desk, "drain"), Status::Ended(Ending::Proved, _)), "{}", desk.screen());
    let drained = desk.said().to_owned();
    let short = short_of(&empty);
    desk.see(short.clone());
    let change = |desk: &Desk| {
        let run = desk.app.run.as_ref().unwrap();
        run.steps[run.find("first").unwrap()].change()
    };
    assert_eq!(change(&desk), Some(Change::Proved), "it begins anew elsewhere");
    desk.see(empty);
    assert_eq!(desk.said(), drained, "what the drain came to is still said");
    desk.see(short);
    desk.pass(180);
    assert_eq!(change(&desk), Some(Change::Regressed), "{}", desk.screen());
}

#[test]
fn a_finding_that_came_under_the_cursor_just_now_is_not_opened() {
    let mut desk = Desk::at(SIZE, World::healthy());
    desk.see(World::silent_node());
    desk.draw_frame();
    // The key was on its way when the list changed.
    let key = Press { key: "enter".parse().unwrap(), at: desk.hand, how: Pressed::Fresh };
    desk.tell(Msg::Key(key));
    assert!(desk.app.run.is_none(), "{}", desk.screen());
    assert!(!desk.said().is_empty());
}

#[test]
fn a_walk_about_a_node_that_is_not_there_proves_nothing() {
    let mut desk = Desk::at(SIZE, World::healthy());
    desk.open("nodes/node-drain", &[("node", "worker-9")]);
    desk.press("enter enter enter");
    let run = desk.app.run.as_ref().unwrap();
    assert_eq!(run.progress().0, 0, "{}", desk.screen());
    assert!(desk.screen().contains("there is no Node worker-9 in the cluster"), "{}", desk.screen());
    // Skipping the first step proves nothing of the next ones.
    desk.press("s");
    desk.type_text("seen");
    desk.press("enter enter enter");
    let run = desk.app.run.as_ref().unwrap();
    assert_eq!(run.progress().0, 1, "{}", desk.screen());
}

#[test]
fn enter_in_a_question_runs_nothing_and_says_which_key_does() {
    let mut desk = Desk::at(SIZE, World::silent_node());
    desk.walk_to("drain");
    desk.press("enter");
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Confirm(_))), "{}", desk.screen());
    let before = desk.executed();
    desk.press("enter");
    assert!(desk.screen().contains("y answers this, enter does not"), "{}", desk.screen());
    assert_eq!(desk.executed(), before);
}

#[test]
fn what_runs_before_earlier_steps_are_done_says_so_before_it_runs() {
    let mut desk = every(World::silent_node());
    desk.look_at("cordon");
    assert!(desk.screen().contains("before this one are open"), "{}", desk.screen());
    desk.press("enter");
    assert_eq!(desk.executed(), 1, "it is the operator's to decide");
}

#[test]
fn every_step_of_a_built_in_runbook_that_asks_or_waits_says_what_its_condition_means() {
    let desk = Desk::at(SIZE, World::healthy());
    for book in desk.app.books.values().filter(|b| !b.id.starts_with("own/") && !b.id.starts_with("team/")) {
        let decides = |s: &&opsbook::runbook::model::Step| s.kind.decides().is_some();
        for step in book.steps.iter().filter(decides) {
            assert!(step.common.means.is_some(), "{} {}: a person would read code", book.id, step.name);
            let translated = book.step_means_in(step, "zh").unwrap();
            let own = book.step_means_in(step, "en").unwrap();
            assert!(
                translated != own
                    || own.iter().all(|p| !matches!(p, opsbook::runbook::model::MeansPart::Text(_))),
                "{} {}",
                book.id,
                step.name
            );
        }
    }
}
