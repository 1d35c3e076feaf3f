//! Tables, single objects and logs.

use opsbook::app::Msg;
use opsbook::domain::{Kind, SyncState};

use super::{Size, command};
use crate::support::{Desk, World, ago, event, log_line, log_streams, pod};

pub fn explorer_filtered(size: Size) -> Desk {
    let mut desk = command(size, "pods");
    desk.press("/");
    desk.type_text("api");
    desk
}

pub fn explorer_nothing_fits(size: Size) -> Desk {
    let mut desk = command(size, "pods");
    desk.press("/");
    desk.type_text("zzz");
    desk.press("enter");
    desk
}

pub fn explorer_forbidden(size: Size) -> Desk {
    let mut desk = command(size, "pods");
    let world = World::nothing().sync(Kind::Pod, SyncState::Forbidden("list".into()));
    desk.see(world);
    desk
}

pub fn detail_describe(size: Size) -> Desk {
    let mut desk = command(size, "nodes");
    desk.press("end d");
    desk
}

pub fn detail_yaml(size: Size) -> Desk {
    let mut desk = command(size, "pods");
    desk.press("y");
    let id = detail_id(&desk);
    let text =
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: proxy-x3\n  namespace: kube-system\n".to_owned();
    desk.tell(Msg::Fetched { id, text: Ok(text) });
    desk
}

pub fn detail_logs(size: Size) -> Desk {
    let mut desk = command(size, "pods");
    desk.press("l");
    let id = detail_id(&desk);
    let line = |n: i64| {
        let text = format!("03:13:{n:02} request {n} answered in {} ms, 数据库 ok", n * 7);
        log_line(ago(60 - n), &text)
    };
    desk.tell(Msg::LogLines { id, lines: (0..60).map(line).collect() });
    desk
}

pub fn explorer_events(size: Size) -> Desk {
    let mut desk = command(size, "events");
    let late = |name: &str, seconds| {
        let message = format!("Back-off restarting failed container app in pod {name}_shop(uid-{name})");
        let mut event = event(name, "BackOff", &message, seconds);
        (event.about_kind, event.about_namespace, event.count) = ("Pod".into(), "shop".into(), 12);
        event
    };
    let mut normal = event("worker-1", "NodeReady", "Node worker-1 status is now: NodeReady", 4);
    normal.warning = false;
    let world = desk.world.clone().event(normal).event(late("api-7c9", 400)).event(late("api-8d1", 20));
    desk.see(world);
    desk
}

/// The logs of a Deployment's pods, of which one is gone and another came.
pub fn logs_merged(size: Size) -> Desk {
    let mut desk = command(size, "deployments");
    desk.see(World::silent_node().replica_sets());
    let effects = desk.press("l");
    for (number, id) in log_streams(&effects).into_iter().enumerate() {
        let line = |n: i64| {
            let text = format!("request {n} answered in {} ms, 数据库 ok", n * 7);
            log_line(ago(60 - n * 4 - number as i64), &text)
        };
        desk.tell(Msg::LogLines { id, lines: (0..10).map(line).collect() });
    }
    let world = desk.world.clone().without_pod("shop", "api-7c9");
    let id = log_streams(&desk.see(world.pod(pod("shop", "api-9e2", "worker-2"))))[0];
    desk.tell(Msg::LogLines { id, lines: vec![log_line(ago(-1), "listening on :8080")] });
    desk
}

pub fn logs_times(size: Size) -> Desk {
    let mut desk = logs_merged(size);
    desk.press("t");
    desk
}

pub fn logs_nothing(size: Size) -> Desk {
    let mut desk = command(size, "deployments");
    desk.see(World::silent_node().replica_sets());
    desk.press("p");
    desk
}

pub fn detail_id(desk: &Desk) -> u64 {
    match desk.app.screen() {
        opsbook::app::screens::Screen::Detail(detail) => detail.id,
        opsbook::app::screens::Screen::Logs(logs) => logs.streams[0].id,
        other => panic!("the screen is {other:?}"),
    }
}
