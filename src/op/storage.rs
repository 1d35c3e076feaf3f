//! Storage: enlarge a claim, change what becomes of a volume, take away the attachment of a node that is gone.

use serde_json::{Value, json};

use super::target::{self, gone, guard, object, shown};
use super::{
    Call, CommandLine, Consequence, Inputs, NAMESPACE, OpMeta, Operation, Plan, Progress, Question, Refusal,
    Takes, Undo, WayBack, need,
};
use crate::domain::{ClusterSnapshot, Interest, Kind, Looked, ObjectKey, Risk, parse_quantity};
use crate::lang::{msg, t};

const EXPAND: OpMeta = OpMeta {
    id: "pvc.expand",
    title: msg!("op-storage-expand-title"),
    kinds: &[Kind::PersistentVolumeClaim],
    params: &[
        NAMESPACE,
        need("pvc", Takes::Name(Kind::PersistentVolumeClaim), msg!("op-storage-pvc-param")),
        need("size", Takes::Quantity, msg!("op-storage-size-param")),
    ],
    risk: Risk::Medium,
    reach: "api",
    guards: &[msg!("op-storage-expand-refuses")],
    undo: WayBack::None(msg!("op-storage-never-smaller")),
};

const RECLAIM: OpMeta = OpMeta {
    id: "pv.reclaim",
    title: msg!("op-storage-reclaim-title"),
    kinds: &[Kind::PersistentVolume],
    params: &[
        need("pv", Takes::Name(Kind::PersistentVolume), msg!("op-storage-pv-param")),
        need("policy", Takes::Word(POLICIES), msg!("op-storage-policy-param")),
    ],
    risk: Risk::Medium,
    reach: "api",
    guards: &[msg!("op-storage-reclaim-warns")],
    undo: WayBack::Told(msg!("op-storage-reclaim-undo")),
};

const DETACH: OpMeta = OpMeta {
    id: "volumeattachment.delete",
    title: msg!("op-storage-detach-title"),
    kinds: &[Kind::VolumeAttachment],
    params: &[need(
        "volumeattachment",
        Takes::Name(Kind::VolumeAttachment),
        msg!("op-storage-attachment-param"),
    )],
    risk: Risk::Critical,
    reach: "api",
    guards: &[msg!("op-storage-detach-refuses"), msg!("op-storage-detach-asks")],
    undo: WayBack::None(msg!("op-storage-attached-again")),
};

const POLICIES: &[&str] = &["Retain", "Delete"];

pub struct Expand;
pub struct Reclaim;
pub struct Detach;

fn key(meta: &'static OpMeta, inputs: &Inputs) -> Result<ObjectKey, Refusal> {
    let kind = meta.kinds[0];
    let name = meta.params.iter().find(|p| p.takes == Takes::Name(kind)).map_or("name", |p| p.name);
    target::key(meta, inputs, kind, name)
}

fn one(meta: &'static OpMeta, inputs: &Inputs) -> Vec<Interest> {
    key(meta, inputs).map(|k| vec![Interest::one(&k)]).unwrap_or_default()
}

impl Operation for Expand {
    fn meta(&self) -> &'static OpMeta {
        &EXPAND
    }

    fn reads(&self, inputs: &Inputs) -> Vec<Interest> {
        let mut out = one(&EXPAND, inputs);
        out.push(Interest::all(Kind::StorageClass));
        out
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let key = key(&EXPAND, inputs)?;
        let row = object(world, &key)?;
        let wanted = inputs.text(&EXPAND, "size")?;
        let size = parse_quantity(wanted).filter(|s| *s > 0.0).ok_or_else(|| Refusal::Invalid {
            op: EXPAND.id,
            param: "size".to_owned(),
            given: wanted.to_owned(),
            expected: t!("op-storage-a-size"),
        })?;
        let now = row.text("/spec/resources/requests/storage");
        if row.text("/status/phase") != "Bound" {
            let what = t!("op-storage-is-not-bound", row = key.row, phase = row.text("/status/phase"));
            return Err(guard(what, t!("op-storage-only-bound-grows")));
        }
        match parse_quantity(now) {
            Some(old) if size.total_cmp(&old).is_eq() => {
                return Err(Refusal::AlreadySo(t!("op-storage-asks-for", row = key.row, now = now)));
            }
            Some(old) if size < old => {
                return Err(guard(
                    t!("op-storage-would-shrink", row = key.row, now = now),
                    t!("op-storage-give-larger-size"),
                ));
            }
            _ => {}
        }
        let class = row.text("/spec/storageClassName");
        let classes = target::others(world, &Interest::all(Kind::StorageClass))?;
        let found = classes.iter().find(|c| *c.meta.name == *class);
        if found.is_some_and(|c| c.value["allowVolumeExpansion"] != true) {
            let what = t!("op-storage-class-does-not-expand", class = class);
            return Err(guard(what, t!("op-storage-copy-or-allow")));
        }
        let body = json!({ "spec": { "resources": { "requests": { "storage": wanted } } } });
        let call = Call::merge(&key, &row.meta, body);
        let mut consequences =
            vec![Consequence::warn(msg!("op-storage-for-good"), t!("op-storage-not-smaller-again"))];
        if found.is_none() {
            consequences.push(Consequence::warn(
                msg!("op-class-class"),
                t!("op-storage-class-unread", class = format!("{class:?}")),
            ));
        }
        Ok(Plan {
            title: t!("op-storage-expand-does", row = key.row),
            summary: format!("{now} → {wanted}"),
            consequences,
            kubectl: CommandLine::kubectl(
                &key,
                &[
                    "patch",
                    "pvc",
                    key.name(),
                    "-p",
                    &json!({"spec": {"resources": {"requests": {"storage": wanted}}}}).to_string(),
                ],
            ),
            proof: t!("op-storage-expanded", row = key.row, wanted = wanted),
            within_seconds: 600,
            ..Plan::draft(&EXPAND, inputs, key.clone(), &row.meta, vec![call])
        })
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        let wanted = plan.inputs.optional("size").and_then(parse_quantity);
        let grown = |row: &crate::domain::ObjectRow| {
            parse_quantity(row.text("/status/capacity/storage")).zip(wanted).is_some_and(|(has, w)| has >= w)
        };
        if let Looked::Present(row) = world.object(&plan.target)
            && !grown(row)
            && let Some(waits) = row.condition("FileSystemResizePending").filter(|c| &*c.status == "True")
        {
            return Progress::Pending(t!(
                "op-storage-pod-must-start",
                row = plan.target.row,
                message = waits.message
            ));
        }
        shown(plan, world, grown)
    }
}

impl Operation for Reclaim {
    fn meta(&self) -> &'static OpMeta {
        &RECLAIM
    }

    fn reads(&self, inputs: &Inputs) -> Vec<Interest> {
        one(&RECLAIM, inputs)
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let key = key(&RECLAIM, inputs)?;
        let row = object(world, &key)?;
        let wanted = inputs.word(&RECLAIM, "policy", POLICIES)?;
        let now = row.text("/spec/persistentVolumeReclaimPolicy").to_owned();
        if now == wanted {
            return Err(Refusal::AlreadySo(t!("op-storage-has-policy", row = key.row, now = now)));
        }
        let call =
            Call::merge(&key, &row.meta, json!({ "spec": { "persistentVolumeReclaimPolicy": wanted } }));
        let mut back = inputs.clone();
        back.0.insert("policy".to_owned(), Value::from(now.as_str()));
        let phase = row.text("/status/phase");
        let consequence = match (wanted, phase) {
            ("Delete", "Released" | "Failed") => {
                Consequence::danger(msg!("op-class-data"), t!("op-storage-deleted-at-once", phase = phase))
            }
            ("Delete", _) => Consequence::danger(msg!("op-class-data"), t!("op-storage-deleted-with-claim")),
            _ => Consequence::info(msg!("op-class-kept"), t!("op-storage-clean-up")),
        };
        let known = POLICIES.contains(&now.as_str());
        let plan = Plan {
            title: t!("op-storage-reclaim-does", row = key.row),
            summary: format!("{now} → {wanted}"),
            consequences: vec![consequence],
            kubectl: CommandLine::cluster(&[
                "patch",
                "pv",
                key.name(),
                "-p",
                &json!({"spec": {"persistentVolumeReclaimPolicy": wanted}}).to_string(),
            ]),
            undo: if known {
                Undo::by(RECLAIM.id, back)
            } else {
                Undo::None(t!("op-storage-policy-unknown", now = now))
            },
            proof: t!("op-storage-policy-is", row = key.row, wanted = wanted),
            ..Plan::draft(&RECLAIM, inputs, key.clone(), &row.meta, vec![call])
        };
        Ok(if wanted == "Delete" { Plan { risk: Risk::High, ..plan } } else { plan })
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        let wanted = plan.inputs.optional("policy").unwrap_or_default();
        shown(plan, world, |row| row.text("/spec/persistentVolumeReclaimPolicy") == wanted)
    }
}

impl Operation for Detach {
    fn meta(&self) -> &'static OpMeta {
        &DETACH
    }

    fn reads(&self, inputs: &Inputs) -> Vec<Interest> {
        one(&DETACH, inputs)
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let key = key(&DETACH, inputs)?;
        let row = object(world, &key)?;
        let (node, volume) = (row.text("/spec/nodeName"), row.text("/spec/source/persistentVolumeName"));
        if !super::force_delete::known(world) {
            return Err(guard(t!("op-storage-nodes-unknown"), t!("op-storage-wait-for-nodes")));
        }
        let machine = world.node(node);
        if machine.is_some_and(|n| n.ready()) {
            let what = t!("op-storage-node-is-ready", node = node);
            return Err(guard(what, t!("op-storage-end-the-pod")));
        }
        let mut questions = Vec::new();
        if machine.is_some() {
            let text = t!("op-storage-machine-off", node = node, volume = volume);
            questions.push(Question::new("machine-off", text));
        }
        let call = Call::delete(&key, &row.meta, json!({}));
        Ok(Plan {
            title: t!("op-storage-detach-does", volume = volume, node = node),
            summary: t!("op-storage-detach-summary", name = key.name()),
            consequences: vec![Consequence::danger(
                msg!("op-class-volume"),
                t!("op-storage-attached-elsewhere", volume = volume),
            )],
            questions,
            kubectl: CommandLine::cluster(&["delete", "volumeattachment", key.name()]),
            proof: t!("op-storage-attachment-is-gone", name = key.name()),
            within_seconds: 300,
            ..Plan::draft(&DETACH, inputs, key.clone(), &row.meta, vec![call])
        })
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        gone(plan, world)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::plan;
    use crate::testing::{World, node};

    fn claim(class: bool) -> World {
        World::new()
            .object(json!({"kind": "StorageClass", "metadata": {"name": "fast"}, "allowVolumeExpansion": class}))
            .object(json!({
                "kind": "PersistentVolumeClaim", "metadata": {"namespace": "shop", "name": "data", "uid": "u", "resourceVersion": "2"},
                "spec": {"storageClassName": "fast", "resources": {"requests": {"storage": "10Gi"}}}, "status": {"phase": "Bound"},
            }))
    }

    #[test]
    fn a_claim_grows_and_never_shrinks() {
        let size = |s: &str| Inputs::of([("namespace", "shop"), ("pvc", "data"), ("size", s)]);
        let made = plan("pvc.expand", &claim(true).0, &size("20Gi")).unwrap();
        assert_eq!((made.summary.as_str(), matches!(made.undo, Undo::None(_))), ("10Gi → 20Gi", true));
        let refused =
            |world: &World, s: &str| plan("pvc.expand", &world.0, &size(s)).unwrap_err().to_string();
        assert!(refused(&claim(true), "5Gi").contains("never made smaller"));
        assert!(refused(&claim(false), "20Gi").contains("does not allow expansion"));
        assert!(refused(&claim(true), "10240Mi").contains("nothing to do"));
    }

    #[test]
    fn delete_of_a_released_volume_is_high_and_says_so() {
        let volume = json!({
            "kind": "PersistentVolume", "metadata": {"name": "v", "uid": "u"},
            "spec": {"persistentVolumeReclaimPolicy": "Retain"}, "status": {"phase": "Released"},
        });
        let world = World::new().object(volume);
        let made = plan("pv.reclaim", &world.0, &Inputs::of([("pv", "v"), ("policy", "Delete")])).unwrap();
        assert_eq!(made.risk, Risk::High);
        assert!(made.consequences[0].detail.contains("at once"));
        let Undo::By { inputs: back, .. } = &made.undo else { panic!() };
        assert_eq!(back.0["policy"], "Retain");
        assert!(plan("pv.reclaim", &world.0, &Inputs::of([("pv", "v"), ("policy", "Recycle")])).is_err());
    }

    #[test]
    fn an_attachment_goes_only_when_the_machine_is_off() {
        let attachment = json!({
            "kind": "VolumeAttachment", "metadata": {"name": "csi-1", "uid": "u"},
            "spec": {"nodeName": "w", "source": {"persistentVolumeName": "v"}},
        });
        let inputs = Inputs::of([("volumeattachment", "csi-1")]);
        let with = |status: &str| World::new().node(node("w", status, "", 90)).object(attachment.clone());
        assert!(plan("volumeattachment.delete", &with("True").0, &inputs).is_err());
        assert_eq!(plan("volumeattachment.delete", &with("Unknown").0, &inputs).unwrap().questions.len(), 1);
        let gone = World::new().object(attachment.clone());
        assert!(
            plan("volumeattachment.delete", &gone.0, &inputs).unwrap().questions.is_empty(),
            "the Node is gone"
        );
    }
}
