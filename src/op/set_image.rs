//! Set the image of one container in the pod template of a workload.

use serde_json::{Value, json};

use super::containers::{CONTAINER, find};
use super::rollout::{Replaced, Rollout, rolled_out};
use super::target::guard;
use super::workload::{self, DAEMON_SET, DEPLOYMENT, ROLLING, STATEFUL_SET, kubectl_name};
use super::{
    Call, CommandLine, Consequence, Inputs, NAMESPACE, OpMeta, Operation, Plan, Progress, Refusal, Takes,
    Undo, WayBack, need,
};
use crate::domain::{ClusterSnapshot, Interest, Risk};
use crate::lang::{msg, t};

const META: OpMeta = OpMeta {
    id: "workload.set-image",
    title: msg!("op-set-image-title"),
    kinds: ROLLING,
    params: &[
        NAMESPACE,
        DEPLOYMENT,
        STATEFUL_SET,
        DAEMON_SET,
        CONTAINER,
        need("image", Takes::Text, msg!("op-set-image-image-param")),
    ],
    risk: Risk::Medium,
    reach: "api",
    guards: &[
        msg!("op-set-image-refuses"),
        msg!("op-rollout-says-what-it-keeps"),
        msg!("op-set-image-warns"),
    ],
    undo: WayBack::Told(msg!("op-set-image-undo")),
};

pub struct SetImage;

impl Operation for SetImage {
    fn meta(&self) -> &'static OpMeta {
        &META
    }

    fn reads(&self, inputs: &Inputs) -> Vec<Interest> {
        workload::reads(&META, inputs)
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let (key, row) = workload::workload(world, &META, inputs)?;
        workload::not_paused(&key, row)?;
        let image = inputs.text(&META, "image")?;
        if image.chars().any(|c| c.is_whitespace() || c.is_control()) || image.starts_with('-') {
            let what = t!("op-set-image-no-image", image = format!("{image:?}"));
            return Err(guard(what, t!("op-set-image-give-a-name")));
        }
        let found = find(row, "/spec/template/spec", inputs)?;
        let now = found.value["image"].as_str().unwrap_or_default().to_owned();
        if now == image {
            return Err(Refusal::AlreadySo(t!(
                "op-set-image-has-it",
                container = found.name,
                row = key.row,
                image = image
            )));
        }
        let list = json!({ found.list: [{ "name": found.name, "image": image }] });
        let call = Call::strategic(&key, &row.meta, json!({ "spec": { "template": { "spec": list } } }));
        let mut back = inputs.clone();
        back.0.insert("image".to_owned(), Value::from(now.as_str()));
        let rules = Rollout::of(key.kind, row);
        let mut consequences = workload::rollout(world, &key, row, &rules)?;
        if !fixed(image) {
            let detail = t!("op-set-image-may-differ", image = image);
            consequences.push(Consequence::warn(msg!("op-set-image-no-fixed-tag"), detail));
        }
        Ok(Plan {
            title: t!("op-set-image-does", row = key.row),
            summary: format!("{}: {now} → {image}", found.name),
            consequences,
            kubectl: CommandLine::kubectl(
                &key,
                &["set", "image", &kubectl_name(&key), &format!("{}={image}", found.name)],
            ),
            undo: Undo::by(META.id, back),
            proof: rules.proof(&key, Replaced::Image(image)),
            within_seconds: rules.within(),
            ..Plan::draft(&META, inputs, key.clone(), &row.meta, vec![call])
        })
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        let image = plan.inputs.optional("image").unwrap_or_default();
        rolled_out(plan, world, Replaced::Image(image))
    }
}

/// Whether a name means the same image tomorrow: a digest, or a tag that is not `latest`.
pub(super) fn fixed(image: &str) -> bool {
    let last = image.rsplit('/').next().unwrap_or(image);
    last.contains('@') || last.split_once(':').is_some_and(|(_, tag)| !tag.is_empty() && tag != "latest")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::{Work, plan};
    use crate::testing::{World, deployment};

    fn inputs<const N: usize>(more: [(&str, &str); N]) -> Inputs {
        let mut inputs = Inputs::of([("namespace", "shop"), ("deployment", "api")]);
        inputs.0.extend(Inputs::of(more).0);
        inputs
    }

    #[test]
    fn only_that_container_changes_and_the_old_image_is_the_way_back() {
        let world = World::new().object(deployment("shop", "api", 3));
        let made = plan("workload.set-image", &world.0, &inputs([("image", "api:5")])).unwrap();
        let Work::Calls(calls) = &made.work else { panic!() };
        let template = &calls[0].body["spec"]["template"]["spec"];
        assert_eq!(*template, json!({"containers": [{"name": "app", "image": "api:5"}]}));
        let Undo::By { inputs: back, .. } = &made.undo else { panic!() };
        assert_eq!(back.0["image"], "api:4");
        assert_eq!(made.summary, "app: api:4 → api:5");
    }

    #[test]
    fn what_cannot_be_meant_is_refused_and_a_loose_tag_is_told() {
        let world = World::new().object(deployment("shop", "api", 3));
        let refused =
            |more: [(&str, &str); 2]| plan("workload.set-image", &world.0, &inputs(more)).unwrap_err();
        assert!(
            refused([("image", "api:5"), ("container", "gone")]).to_string().contains("no container gone")
        );
        assert!(matches!(refused([("image", "a b"), ("container", "app")]), Refusal::Guard { .. }));
        assert!(matches!(refused([("image", "api:4"), ("container", "app")]), Refusal::AlreadySo(_)));
        let loose = plan("workload.set-image", &world.0, &inputs([("image", "reg:5000/api")])).unwrap();
        assert!(loose.consequences.iter().any(|c| c.what == "no fixed tag"));
        assert!(fixed("a@sha256:0") && fixed("reg:5000/a:1") && !fixed("a:latest"));
    }
}
