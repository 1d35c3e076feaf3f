//! Rollout undo: a workload goes back to the pod template of an earlier revision. A Deployment keeps its
//! revisions as ReplicaSets, the others keep theirs as ControllerRevisions.

use serde_json::{Value, json};

use super::rollout::{Replaced, Rollout, rolled_out};
use super::target::{guard, others};
use super::workload::{self, DAEMON_SET, DEPLOYMENT, ROLLING, STATEFUL_SET, kubectl_name};
use super::{
    Access, Call, CommandLine, Inputs, NAMESPACE, OpMeta, Operation, Plan, Progress, Refusal, Takes, Undo,
    WayBack, may,
};
use crate::domain::{ClusterSnapshot, Interest, Kind, ObjectKey, ObjectRow, ReplicaSetRow, Risk};
use crate::lang::{msg, t};

const META: OpMeta = OpMeta {
    id: "workload.undo",
    title: msg!("op-undo-title"),
    kinds: ROLLING,
    params: &[
        NAMESPACE,
        DEPLOYMENT,
        STATEFUL_SET,
        DAEMON_SET,
        may("revision", Takes::Int, msg!("op-undo-revision-param")),
    ],
    risk: Risk::Medium,
    reach: "api",
    guards: &[
        msg!("op-undo-refuses-paused-deployment"),
        msg!("op-undo-refuses-without-revision"),
        msg!("op-rollout-says-what-it-keeps"),
        msg!("op-undo-warns-of-owners"),
    ],
    undo: WayBack::Told(msg!("op-undo-undo")),
};

pub struct RolloutUndo;

/// A revision that is kept.
struct Revision {
    number: i64,
    /// What a person knows it by.
    words: String,
    call: Call,
}

impl Operation for RolloutUndo {
    fn meta(&self) -> &'static OpMeta {
        &META
    }

    fn reads(&self, inputs: &Inputs) -> Vec<Interest> {
        let mut out = workload::reads(&META, inputs);
        out.extend(revisions(&META, inputs));
        out
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let (key, row) = workload::workload(world, &META, inputs)?;
        workload::not_paused(&key, row)?;
        let now = present(world, &key, row)?.unwrap_or(0);
        let wanted = inputs.number(&META, "revision")?;
        let fits = |r: &Revision| wanted.map_or(r.number < now && r.number > 0, |w| r.number == w);
        let found = kept(world, &key, row)?.into_iter().filter(fits).max_by_key(|r| r.number);
        let Some(revision) = found.filter(|r| r.number != now) else {
            return Err(guard(
                t!("op-undo-keeps-no-revision", row = key.row),
                t!("op-undo-apply-a-manifest"),
            ));
        };
        let number = revision.number;
        let mut back = inputs.clone();
        back.0.insert("revision".to_owned(), Value::from(now));
        let rules = Rollout::of(key.kind, row);
        let plan = Plan {
            title: t!("op-undo-does", row = key.row, number = number),
            summary: t!("op-undo-summary", now = now, number = number, image = revision.words),
            consequences: workload::rollout(world, &key, row, &rules)?,
            kubectl: CommandLine::kubectl(
                &key,
                &["rollout", "undo", &kubectl_name(&key), &format!("--to-revision={number}")],
            ),
            // Going back gives the old template a new number, so the present one keeps its own.
            undo: Undo::by(META.id, back),
            proof: rules.proof(&key, Replaced::Back),
            within_seconds: rules.within(),
            ..Plan::draft(&META, inputs, key.clone(), &row.meta, vec![revision.call])
        };
        Ok(if key.kind == Kind::Deployment { needs_template(plan) } else { plan })
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        rolled_out(plan, world, Replaced::Back)
    }
}

/// The template is read from the ReplicaSet when the plan is applied.
fn needs_template(mut plan: Plan) -> Plan {
    let read = Access { verb: "get".to_owned(), resource: "replicasets".to_owned(), ..plan.needs[0].clone() };
    plan.needs.push(read);
    plan
}

/// Where the revisions of a workload are kept, besides the watched ReplicaSets.
pub(super) fn revisions(meta: &'static OpMeta, inputs: &Inputs) -> Option<Interest> {
    let key = workload::key(meta, inputs).ok()?;
    (key.kind != Kind::Deployment).then(|| Interest::within(Kind::ControllerRevision, key.row.namespace))
}

/// The number of the present revision; none while there is none.
pub(super) fn present(
    world: &ClusterSnapshot,
    key: &ObjectKey,
    row: &ObjectRow,
) -> Result<Option<i64>, Refusal> {
    if key.kind == Kind::Deployment {
        return Ok(row.annotation("deployment.kubernetes.io/revision").and_then(|r| r.parse().ok()));
    }
    // A StatefulSet names the revision that its pods should have; the newest one is that of a DaemonSet.
    let named = row.text("/status/updateRevision");
    let all = controller_revisions(world, key)?;
    let one = all.iter().find(|r| *r.meta.name == *named);
    let newest = all.iter().max_by_key(|r| r.number("/revision"));
    Ok(one.or(newest).and_then(|r| r.number("/revision")))
}

fn controller_revisions<'a>(
    world: &'a ClusterSnapshot,
    key: &ObjectKey,
) -> Result<Vec<&'a std::sync::Arc<ObjectRow>>, Refusal> {
    let interest = Interest::within(Kind::ControllerRevision, key.row.namespace.clone());
    let own = |r: &&std::sync::Arc<ObjectRow>| {
        r.meta.owner.as_ref().is_some_and(|o| &*o.kind == key.kind.name() && &*o.name == key.name())
    };
    Ok(others(world, &interest)?.into_iter().filter(own).collect())
}

/// The revisions that are kept, each with the request that goes back to it.
fn kept(world: &ClusterSnapshot, key: &ObjectKey, row: &ObjectRow) -> Result<Vec<Revision>, Refusal> {
    if key.kind == Kind::Deployment {
        let owned = |set: &&std::sync::Arc<ReplicaSetRow>| {
            set.meta.owner.as_ref().is_some_and(|o| &*o.kind == "Deployment" && &*o.name == key.name())
        };
        let sets = world.replica_sets.in_namespace(key.namespace()).filter(owned);
        // A snapshot keeps no templates: `$template` names the ReplicaSet, and `cluster` puts its template in
        // the place when the request is sent, without the hash label.
        return Ok(sets
            .map(|set| {
                let template = json!({ "$template": &*set.meta.name, "uid": &*set.meta.uid });
                let put = json!({ "op": "replace", "path": "/spec/template", "value": template });
                Revision {
                    number: set.revision,
                    words: format!(" ({})", set.image),
                    call: Call::json(key, &row.meta, vec![put]),
                }
            })
            .collect());
    }
    let of = |r: &std::sync::Arc<ObjectRow>| Revision {
        number: r.number("/revision").unwrap_or(0),
        words: String::new(),
        // Its data is the patch that a controller would apply.
        call: Call::strategic(key, &row.meta, r.value["data"].clone()),
    };
    Ok(controller_revisions(world, key)?.into_iter().map(of).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Owner, PodPhase, PodRow};
    use crate::op::{Work, plan};
    use crate::testing::{World, deployment, meta, now, pod};

    fn set(name: &str, revision: i64) -> ReplicaSetRow {
        let mut meta = meta("shop", name);
        meta.owner = Some(Owner { kind: "Deployment".into(), name: "api".into() });
        ReplicaSetRow { meta, revision, image: format!("api:{revision}").into(), ..ReplicaSetRow::default() }
    }

    /// A Deployment at revision 4 that keeps these.
    fn world(revisions: &[i64]) -> World {
        let world = World::new().object(deployment("shop", "api", 2));
        revisions.iter().fold(world, |w, r| w.with(|w| &mut w.replica_sets, set(&format!("api-{r}"), *r)))
    }

    #[test]
    fn the_revision_before_is_taken_and_the_way_back_is_the_present_one() {
        let inputs = Inputs::of([("namespace", "shop"), ("deployment", "api")]);
        let made = plan("workload.undo", &world(&[1, 3, 4]).0, &inputs).unwrap();
        assert_eq!(made.summary, "revision 4 → 3 (api:3)");
        let Undo::By { inputs: back, .. } = &made.undo else { panic!() };
        assert_eq!(back.0["revision"], 4);
        assert!(made.needs.iter().any(|n| n.to_string() == "get replicasets in shop"), "{:?}", made.needs);
        let mut first = inputs.clone();
        first.0.insert("revision".into(), 1.into());
        assert!(plan("workload.undo", &world(&[1, 3, 4]).0, &first).unwrap().summary.contains("→ 1"));
    }

    #[test]
    fn without_an_earlier_revision_it_refuses() {
        let inputs = Inputs::of([("namespace", "shop"), ("deployment", "api")]);
        assert!(plan("workload.undo", &world(&[4]).0, &inputs).is_err());
    }

    #[test]
    fn it_is_done_when_no_pod_of_the_old_revision_is_seen_any_more() {
        let inputs = Inputs::of([("namespace", "shop"), ("deployment", "api")]);
        let made = plan("workload.undo", &world(&[3, 4]).0, &inputs).unwrap();
        // The undo counted the older ReplicaSet up to revision 5, and the Deployment says that all is well.
        let mut back = world(&[4, 5]).0;
        let mut all_well = deployment("shop", "api", 2);
        all_well["metadata"]["resourceVersion"] = "2".into();
        back = World(back).object(all_well).0;
        let pod_of = |revision: i64| {
            let mut row = pod("shop", &format!("api-{revision}-x"), "w");
            row.meta.owner =
                Some(Owner { kind: "ReplicaSet".into(), name: format!("api-{revision}").into() });
            row
        };
        let seen = |pods: &[PodRow]| {
            let world = pods.iter().fold(World(back.clone()), |w, p| w.pod(p.clone()));
            RolloutUndo.progress(&made, &world.0)
        };
        let (old, new) = (pod_of(4), pod_of(5));
        // The watch of the pods may be behind that of the Deployment.
        let behind = seen(&[new.clone(), old.clone()]);
        assert_eq!(behind, Progress::Pending("api-4-x is of the old revision".to_owned()));
        let mut going = old.clone();
        going.meta.deleting = Some(now());
        assert!(matches!(seen(&[new.clone(), going]), Progress::Fulfilled(_)));
        // An evicted pod stays for a long time, and nobody waits for it.
        let evicted = PodRow { phase: PodPhase::Failed, ..old };
        assert!(matches!(seen(&[new, evicted]), Progress::Fulfilled(_)));
    }

    #[test]
    fn a_stateful_set_goes_back_by_its_controller_revisions() {
        let of = |name: &str, revision: i64, image: &str| {
            let owner = json!([{"kind": "StatefulSet", "name": "db", "controller": true}]);
            json!({
                "apiVersion": "apps/v1", "kind": "ControllerRevision", "revision": revision,
                "metadata": {"namespace": "shop", "name": name, "ownerReferences": owner},
                "data": {"spec": {"template": {"spec": {"image": image}, "$patch": "replace"}}},
            })
        };
        let mut set = deployment("shop", "db", 3);
        set["kind"] = "StatefulSet".into();
        set["apiVersion"] = "apps/v1".into();
        set["status"]["updateRevision"] = "db-b".into();
        let world = World::new().object(set).object(of("db-a", 1, "db:1")).object(of("db-b", 2, "db:2"));
        let inputs = Inputs::of([("namespace", "shop"), ("statefulset", "db")]);
        let made = plan("workload.undo", &world.0, &inputs).unwrap();
        assert_eq!(made.summary, "revision 2 → 1");
        let Work::Calls(calls) = &made.work else { panic!() };
        assert_eq!(calls[0].body["spec"]["template"]["spec"]["image"], "db:1");
        assert!(made.kubectl.to_string().ends_with("rollout undo statefulset/db --to-revision=1"));
    }
}
