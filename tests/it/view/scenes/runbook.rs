//! Screens of a runbook: each state that a step can be in.

use opsbook::app::{Msg, TaskEvent};

use super::{Size, at_step, broken, keys_at};
use crate::support::{Desk, World, with_own};

/// A step for each of two objects.
pub fn each(size: Size, keys: &str) -> Desk {
    let mut desk = Desk::at(size, World::healthy());
    desk.open("team/every", &[("node", "worker-3"), ("workers", "worker-1, worker-2")]);
    desk.look_at("each-worker[worker-1]");
    desk.press(keys);
    desk
}

/// A step of the runbook with scripts.
pub fn script(size: Size, step: &str, keys: &str) -> Desk {
    let mut desk = Desk::at(size, World::healthy());
    let values =
        [("node", "worker-3"), ("nodes", "worker-1"), ("pod", "shop/api-7c9"), ("token", "hunter2-hunter2")];
    desk.open("team/scripts", &values);
    desk.look_at(step);
    desk.press(keys);
    desk
}

/// A script that writes, and what it writes.
pub fn runbook_script_running(size: Size) -> Desk {
    let mut desk = script(size, "look", "enter");
    let (task, _) = desk.begin_task();
    let lines = (1..=40).map(|n| format!("line {n} of what it writes, a little longer than a pane is wide"));
    desk.tell(Msg::Task { id: task, event: TaskEvent::Output(lines.collect()) });
    desk.pass(7);
    desk
}

/// A runbook of the user that nobody approved.
pub fn runbook_unknown(size: Size) -> Desk {
    let mut desk = Desk::at(size, World::healthy());
    let params = [("node", "worker-3"), ("nodes", "worker-1"), ("pod", "shop/api-7c9")];
    let params = params.map(|(k, v)| (k.to_owned(), v.to_owned())).into();
    desk.app.first = Some(opsbook::domain::RunbookLink { id: "own/a".into(), params });
    desk.tell(Msg::Books(with_own("own/a.md", include_str!("../../support/scripts.md"), false)));
    desk.press("enter");
    desk
}

/// A cordon that was applied and that the cluster does not show in time.
pub fn runbook_late(size: Size) -> Desk {
    let mut desk = keys_at(size, "cordon", "enter");
    desk.carry_out();
    desk.pass(15);
    desk
}

pub fn overlay_late(size: Size) -> Desk {
    let mut desk = runbook_late(size);
    desk.press("enter");
    desk
}

/// A cordon that was proved and is no longer so, seen from the step after it.
pub fn runbook_regressed(size: Size) -> Desk {
    let mut desk = keys_at(size, "soon", "");
    let open = desk.world.clone().cordoned("worker-3", false);
    desk.see(open);
    desk.press("shift-n");
    desk
}

pub fn runbook_unchecked(size: Size) -> Desk {
    let mut desk = Desk::at(size, World::silent_node());
    desk.previews = false;
    desk.walk_to("cordon");
    desk
}

/// The drain was accepted and says what it waits for.
pub fn runbook_running(size: Size) -> Desk {
    let mut desk = keys_at(size, "drain", "enter");
    desk.approve();
    let (task, _) = desk.begin_task();
    let line = "waiting: shop/cart-0, budget cart allows 0 now; next try in 5 s".to_owned();
    desk.tell(Msg::Task { id: task, event: TaskEvent::Progress { done: 2, total: 3, line } });
    desk.pass(48);
    desk
}

pub fn runbook_proving(size: Size) -> Desk {
    let mut desk = keys_at(size, "drain", "enter");
    desk.approve();
    desk.carry_out();
    desk
}

pub fn repaired(size: Size) -> Desk {
    let mut desk = keys_at(size, "repair", "enter");
    desk.type_text("kernel panic");
    desk.press("enter");
    let at = desk.now;
    let recovered = desk.world.clone().recovered("worker-3", at);
    desk.see(recovered);
    desk
}

pub fn runbook_waiting(size: Size) -> Desk {
    let mut desk = repaired(size);
    desk.pass(20);
    desk
}

pub fn runbook_done(size: Size) -> Desk {
    let mut desk = repaired(size);
    desk.pass(61);
    desk.press("enter");
    desk.carry_out();
    let at = desk.now;
    let open = desk.world.clone().cordoned("worker-3", false).recovered("worker-3", at);
    desk.see(open);
    desk.press("enter enter");
    desk
}

pub fn runbook_unreachable(size: Size) -> Desk {
    let mut desk = at_step(size, "cordon");
    let broken = desk.world.clone().all(&broken());
    desk.see(broken);
    desk
}
