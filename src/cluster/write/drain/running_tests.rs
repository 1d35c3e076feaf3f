//! A whole drain against a server that accepts every eviction, while the picture changes under it.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use kube::client::Body;
use tokio::sync::watch;

use super::*;
use crate::clock::Clock;
use crate::domain::{Kind, ObjectKey, SyncState};
use crate::testing::{World, node, pod};
use crate::vault::Vault;

/// A server that counts the evictions that it accepted.
fn server(evictions: &Arc<AtomicUsize>) -> kube::Client {
    let evictions = Arc::clone(evictions);
    let service = tower::service_fn(move |_: Request<Body>| {
        evictions.fetch_add(1, Ordering::SeqCst);
        let body = r#"{"kind":"Status","apiVersion":"v1","status":"Success","code":201}"#;
        let answer = Response::builder().status(201).header("content-type", "application/json");
        std::future::ready(Ok::<_, Infallible>(answer.body(Full::new(Bytes::from(body))).unwrap()))
    });
    kube::Client::new(service, "default")
}

fn work(names: &[&str]) -> DrainWork {
    let of = |name: &&str| DrainPod {
        key: ObjectKey::new(Kind::Pod, "shop", *name),
        uid: format!("uid-{name}"),
        workload: "web".into(),
    };
    DrainWork {
        node: ObjectKey::cluster(Kind::Node, "w"),
        silent: false,
        evict: names.iter().map(of).collect(),
        going: Vec::new(),
        stay: Vec::new(),
        timeout_seconds: 60,
        grace_seconds: None,
    }
}

fn world(names: &[&str]) -> World {
    let empty = World::new().node(node("w", "True", "", 9));
    names.iter().fold(empty, |world, name| world.pod(pod("shop", name, "w")))
}

#[tokio::test]
async fn no_other_pod_is_evicted_while_the_pods_are_not_known() {
    // The pods may not be read for a moment, and their rows are dropped.
    let mut hidden = world(&[]);
    hidden.0.sync[Kind::Pod as usize] = SyncState::Forbidden("list".into());
    let mut pictures = [hidden, world(&["web-2"]), world(&[])].into_iter();
    let (picture, snapshots) = watch::channel(Arc::new(world(&["web-1", "web-2"]).0));
    let evictions = Arc::new(AtomicUsize::new(0));
    let writer =
        Writer { client: server(&evictions), snapshots, clock: Clock::real(), vault: Vault::default() };
    let (mut told, mut left) = (Vec::new(), Vec::new());
    let mut tell = |event: WriteEvent| {
        match event {
            WriteEvent::Progress { done, line, .. } => {
                told.push((evictions.load(Ordering::SeqCst), done, line));
                if let Some(next) = pictures.next() {
                    picture.send_replace(Arc::new(next.0));
                }
            }
            WriteEvent::Left { object } => left.push(object.name().to_owned()),
            _ => {}
        }
        Ok(())
    };
    let work = work(&["web-1", "web-2"]);
    let ended = run(&writer, &work, &CancellationToken::new(), &mut tell).await;
    assert_eq!(ended, Outcome::Applied("2 of 2 pods have left, 0 stay".to_owned()));
    assert_eq!(told.len(), 4, "{told:?}");
    assert_eq!((told[0].0, told[0].1), (1, 0), "one of the workload goes: {told:?}");
    assert_eq!((told[1].0, told[1].1), (1, 0), "and no other one while nobody sees them: {told:?}");
    assert!(told[1].2.contains("the pods are not known now: you may not list them"), "{told:?}");
    assert_eq!((told[2].0, told[2].1), (2, 1), "it goes on where the picture is back: {told:?}");
    assert_eq!(left, ["web-1", "web-2"]);
}

#[tokio::test]
async fn what_goes_unseen_between_two_evictions_stops_the_second() {
    let (picture, snapshots) = watch::channel(Arc::new(world(&["web-1", "api-1"]).0));
    let evictions = Arc::new(AtomicUsize::new(0));
    let writer =
        Writer { client: server(&evictions), snapshots, clock: Clock::real(), vault: Vault::default() };
    let mut work = work(&["web-1", "api-1"]);
    work.evict[1].workload = "api".into();
    let cancel = CancellationToken::new();
    let stopped = cancel.clone();
    let mut tell = |event: WriteEvent| {
        match event {
            WriteEvent::Accepted { .. } => picture.send_modify(|world| {
                let mut hidden = (**world).clone();
                hidden.sync[Kind::Pod as usize] = SyncState::Forbidden("list".into());
                *world = Arc::new(hidden);
            }),
            WriteEvent::Progress { .. } => stopped.cancel(),
            _ => {}
        }
        Ok(())
    };
    let ended = run(&writer, &work, &cancel, &mut tell).await;
    assert!(matches!(ended, Outcome::Cancelled(_)), "{ended:?}");
    assert_eq!(evictions.load(Ordering::SeqCst), 1);
}
