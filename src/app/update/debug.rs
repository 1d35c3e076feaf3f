//! Debug pods on nodes: those that are left over are named at the start, and those of this session are deleted when it is
//! left, if the operator wants that.
//!
//! Must not delete anything that nobody asked for, and must not leave while a deletion that was asked for has failed.

use super::{lock, running};
use crate::app::overlay::{Choose, Chosen, Errand, Message, Overlay};
use crate::app::{App, Effect};
use crate::domain::{Kind, ObjectKey, RowKey, age};
use crate::lang::{self, t};
use crate::live::Tone;
use crate::op::{self, Answer, DEBUG_END, Inputs, Undo, is_debug};
use crate::record::RunEnd;

/// Pods that are named one by one.
const NAMED: usize = 12;

/// Names what is left over, once, as soon as the pods are known.
pub(super) fn tell(app: &mut App) {
    if app.debug.told || !app.world.sync(Kind::Pod).complete() {
        return;
    }
    app.debug.told = true;
    let world = app.world.clone();
    let left: Vec<_> = world.pods.iter().filter(|p| is_debug(p) && p.meta.deleting.is_none()).collect();
    if left.is_empty() {
        return;
    }
    let title = t!("app-update-debug-left-over", pods = left.len());
    if !app.overlays.is_empty() {
        return app.say(Tone::Warn, t!("app-update-debug-left-over-where", title = title));
    }
    let line = |p: &&std::sync::Arc<crate::domain::PodRow>| {
        let (pod, phase) = (p.meta.key(), format!("{:?}", p.phase));
        match p.meta.created {
            None => t!("app-update-debug-pod", pod = pod, node = p.node, phase = phase),
            Some(at) => {
                let age = age(at, app.now);
                t!("app-update-debug-pod-made", pod = pod, node = p.node, phase = phase, age = age)
            }
        }
    };
    let mut lines = vec![t!("app-update-debug-somebody-at-work").to_owned(), String::new()];
    lines.extend(left.iter().take(NAMED).map(line));
    if left.len() > NAMED {
        lines.push(t!("app-update-debug-more", pods = left.len() - NAMED));
    }
    lines.extend([String::new(), t!("app-update-debug-to-delete", operation = DEBUG_END)]);
    app.overlays.push(Overlay::Message(Message::new(title, lines)));
}

/// The debug pods of this session that are still there, with the plan that made each.
fn own(app: &App) -> Vec<(String, Inputs, ObjectKey)> {
    let list = app.session.state.undo_list().into_iter();
    list.filter_map(|entry| match entry.undo {
        Undo::By { op, inputs, .. } if op == DEBUG_END => {
            let text = |name: &str| inputs.optional(name).unwrap_or_default().to_owned();
            let row = RowKey::new(text("namespace"), text("pod"));
            let there = app.world.pods.get(&row).is_some_and(|p| is_debug(p) && p.meta.deleting.is_none());
            there.then_some((entry.plan, inputs, ObjectKey { kind: Kind::Pod, row }))
        }
        _ => None,
    })
    .collect()
}

/// Asks what becomes of the debug pods of this session. False when there are none.
pub(super) fn ask_before_leaving(app: &mut App) -> bool {
    let own = own(app);
    if own.is_empty() {
        return false;
    }
    let names: Vec<_> = own.iter().map(|(_, _, key)| key.row.to_string()).collect();
    let title = t!("app-update-debug-of-this-session", pods = own.len(), names = lang::list(names));
    let rows = vec![
        (t!("app-update-stay").to_owned(), Chosen::Nothing),
        (t!("app-update-debug-delete").to_owned(), Chosen::DebugPods { delete: true }),
        (t!("app-update-debug-keep").to_owned(), Chosen::DebugPods { delete: false }),
    ];
    app.overlays.push(Overlay::Choose(Choose::new(title, rows)));
    true
}

/// Starts to delete them; leaving follows when that has ended well.
pub(super) fn delete_and_leave(app: &mut App, effects: &mut Vec<Effect>) {
    if lock::shut(app) {
        return;
    }
    for (made_by, inputs, key) in own(app) {
        let answer = Answer { confirmed: true, ..Answer::default() };
        let approved = op::plan(DEBUG_END, &app.world, &inputs)
            .map_err(|e| e.to_string())
            .and_then(|plan| lock::licence(app).map_err(|e| e.to_string()).map(|licence| (plan, licence)))
            .and_then(|(plan, licence)| plan.approve(&answer, &licence).map_err(|e| e.to_string()));
        match approved {
            Ok(approved) => {
                let errand = Errand { undoes: Some(made_by), ..Errand::default() };
                running::start(app, Box::new(approved), errand, effects);
                app.debug.leaving = true;
            }
            Err(why) => {
                app.debug.leaving = false;
                return app.say(Tone::Bad, t!("app-update-debug-not-deleted", pod = key.row, why = why));
            }
        }
    }
}

/// A task ended: when it was the last deletion, and all of them went well, opsbook is left.
pub(super) fn ended(app: &mut App, end: RunEnd, effects: &mut Vec<Effect>) {
    if !app.debug.leaving {
        return;
    }
    if end != RunEnd::Applied {
        app.debug.leaving = false;
        return;
    }
    if !app.tasks.all.iter().any(|t| t.plan_made.op == DEBUG_END && t.ended.is_none()) {
        app.debug.leaving = false;
        super::actions::leave(app, effects);
    }
}
