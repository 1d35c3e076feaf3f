//! Objects that are followed because something asks for them.

use opsbook::domain::{ClusterSnapshot, Interest, Kind, Looked, ObjectKey, ObjectRow};
use serde_json::json;

use crate::support::{Cluster, Desk, manifest};

fn present(world: &ClusterSnapshot, key: &ObjectKey, so: impl Fn(&ObjectRow) -> bool) -> bool {
    matches!(world.object(key), Looked::Present(row) if so(row))
}

pub async fn what_is_asked_for_is_followed_and_what_is_not_is_forgotten(cluster: Cluster) {
    let desk = Desk::open(&cluster).await;
    let space = "follow";
    let key = ObjectKey::new(Kind::ConfigMap, space, "settings");
    let one = Interest::one(&key);
    assert!(matches!(desk.now().object(&key), Looked::Reading), "nobody asked");
    desk.follow([one.clone(), Interest::within(Kind::Secret, space), Interest::all(Kind::StorageClass)]);
    desk.world("that it is not there", |w| matches!(w.object(&key), Looked::Absent)).await;
    cluster.create(&manifest::namespace(space)).await;
    let map = json!({
        "apiVersion": "v1", "kind": "ConfigMap", "metadata": {"namespace": space, "name": "settings"},
        "data": {"mode": "fast"},
    });
    cluster.create(&map).await;
    desk.world("the new object", |w| present(w, &key, |r| r.text("/data/mode") == "fast")).await;
    cluster.patch(&key, &json!({"data": {"mode": "slow"}})).await;
    desk.world("its change", |w| present(w, &key, |r| r.text("/data/mode") == "slow")).await;
    let secret = json!({
        "apiVersion": "v1", "kind": "Secret", "metadata": {"namespace": space, "name": "door"},
        "stringData": {"key": "hunter2"},
    });
    cluster.create(&secret).await;
    let door = ObjectKey::new(Kind::Secret, space, "door");
    let world = desk.world("the secret, as one of its namespace", |w| present(w, &door, |_| true)).await;
    let Looked::Present(row) = world.object(&door) else { panic!() };
    assert!(row.value["data"]["key"] == "(hidden)" && row.value["kind"] == "Secret", "{}", row.value);
    cluster.delete(&key).await;
    desk.world("its end", |w| matches!(w.object(&key), Looked::Absent)).await;
    desk.unfollow();
    desk.world("that all is forgotten", |w| w.followed.is_empty()).await;
}
