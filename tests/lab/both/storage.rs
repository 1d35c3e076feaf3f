//! Operations on claims, volumes and attachments. No disk stands behind them: what the API says is what is tested.

use opsbook::domain::{ClusterSnapshot, Kind, Looked, ObjectKey};
use opsbook::op::{self, Inputs};
use opsbook::record::RunEnd;
use serde_json::json;

use crate::support::{Cluster, Desk, manifest};

pub async fn a_volume_is_kept_and_a_claim_grows(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let space = "claims";
    cluster.create(&manifest::namespace(space)).await;
    let class = |name: &str, grows: bool| {
        json!({
            "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": {"name": name},
            "provisioner": "acme.io/none", "allowVolumeExpansion": grows,
        })
    };
    let volume = |name: &str| {
        json!({
            "apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": name},
            "spec": {
                "capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"], "storageClassName": "claims-grows",
                "persistentVolumeReclaimPolicy": "Retain", "claimRef": {"namespace": space, "name": "data"},
                "csi": {"driver": "acme.io", "volumeHandle": name},
            },
        })
    };
    let claim = json!({
        "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"namespace": space, "name": "data"},
        "spec": {
            "accessModes": ["ReadWriteOnce"], "storageClassName": "claims-grows", "volumeName": "claims-v",
            "resources": {"requests": {"storage": "1Gi"}},
        },
    });
    for old in ["/apis/storage.k8s.io/v1/storageclasses/claims-grows", "/api/v1/persistentvolumes/claims-v"] {
        cluster.forget(old).await;
    }
    cluster.create(&class("claims-grows", true)).await;
    cluster.create(&volume("claims-v")).await;
    cluster.create(&claim).await;
    let key = ObjectKey::cluster(Kind::PersistentVolume, "claims-v");
    let policy = |p: &str| Inputs::of([("pv", "claims-v"), ("policy", p)]);
    desk.carry_out("pv.reclaim", &policy("Delete")).await;
    desk.undo().await;
    assert_eq!(cluster.get(&key.path()).await.unwrap()["spec"]["persistentVolumeReclaimPolicy"], "Retain");
    let claim = ObjectKey::new(Kind::PersistentVolumeClaim, space, "data");
    if cluster.lab().is_none() {
        // The practice cluster binds nothing by itself.
        cluster.status(&claim, &json!({"phase": "Bound"})).await;
    }
    let grow = |size: &str| Inputs::of([("namespace", space), ("pvc", "data"), ("size", size)]);
    let plan = desk.plan("pvc.expand", &grow("2Gi")).await;
    let ran = desk.run(&plan).await;
    assert_eq!(ran.end, RunEnd::Applied, "{}", ran.words);
    let size = |w: &ClusterSnapshot| matches!(w.object(&claim), Looked::Present(r) if r.text("/spec/resources/requests/storage") == "2Gi");
    let world = desk.world("the larger claim", size).await;
    assert!(op::plan("pvc.expand", &world, &grow("1Gi")).is_err(), "never smaller");
    // Nothing is behind it, so its capacity stays: not proved.
    let progress = op::find("pvc.expand").unwrap().progress(&plan, &world);
    assert!(matches!(progress, op::Progress::Pending(_)));
}

pub async fn an_attachment_is_deleted_when_the_machine_is_off(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let key = ObjectKey::cluster(Kind::VolumeAttachment, "detach-va");
    cluster.forget(&key.path()).await;
    let of = |node: &str| {
        json!({
            "apiVersion": "storage.k8s.io/v1", "kind": "VolumeAttachment", "metadata": {"name": "detach-va"},
            "spec": {"attacher": "acme.io", "nodeName": node, "source": {"persistentVolumeName": "v"}},
        })
    };
    cluster.create(&of("detach-1")).await;
    let inputs = Inputs::of([("volumeattachment", "detach-va")]);
    desk.follow(op::reads("volumeattachment.delete", &inputs));
    let world = desk.world("the attachment", |w| matches!(w.object(&key), Looked::Present(_))).await;
    let refused = op::plan("volumeattachment.delete", &world, &inputs).unwrap_err().to_string();
    assert!(refused.contains("is Ready"), "{refused}");
    cluster.silence("detach-1").await;
    desk.world("a node that is not Ready", |w| w.node("detach-1").is_some_and(|n| !n.ready())).await;
    desk.carry_out("volumeattachment.delete", &inputs).await;
    assert!(cluster.get(&key.path()).await.is_err());
}
