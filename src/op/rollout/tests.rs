//! What a rollout is said to do, before and after.

use super::*;
use crate::op::{Inputs, find, plan};
use crate::testing::{World, deployment};
use serde_json::json;

/// A StatefulSet of so many, whose partition is this.
fn set(replicas: i64, partition: i64) -> Value {
    let mut set = deployment("lg", "part", replicas);
    set["kind"] = "StatefulSet".into();
    set["spec"]["updateStrategy"] =
        json!({"type": "RollingUpdate", "rollingUpdate": {"partition": partition}});
    set
}

/// The same after its template changed and the controller replaced so many.
fn after(mut set: Value, updated: i64) -> Value {
    set["metadata"]["resourceVersion"] = "2".into();
    set["metadata"]["generation"] = 8.into();
    set["status"]["observedGeneration"] = 8.into();
    set["status"]["updatedReplicas"] = updated.into();
    set
}

fn of(kind: &str) -> Inputs {
    Inputs::of([("namespace", "lg"), (kind, "part")])
}

/// What is planned, in words, and what the operation says once so many pods are new.
fn told(op: &str, inputs: &Inputs, object: &Value, updated: i64) -> (String, Progress) {
    let made = plan(op, &World::new().object(object.clone()).0, inputs).unwrap();
    let world = World::new().object(after(object.clone(), updated));
    let words = made.consequences.iter().map(|c| format!("{}: {}", c.what, c.detail));
    let words = std::iter::once(made.summary.clone()).chain(words).chain([made.proof.clone()]);
    (words.collect::<Vec<_>>().join("\n"), find(op).unwrap().progress(&made, &world.0))
}

#[test]
fn what_a_partition_keeps_is_said_before_and_after_and_never_called_all() {
    let (before, after) = told("workload.restart", &of("statefulset"), &set(2, 1), 1);
    assert!(
        before.contains("partition: 1 of 2 pods will be replaced (partition 1), 1 keeps the template"),
        "{before}"
    );
    let proof = "1 of 2 pods of lg/part are new, 1 is kept by the partition; all are available";
    assert!(before.ends_with(proof), "{before}");
    assert_eq!(after, Progress::Fulfilled(proof.to_owned()));
    let (_, early) = told("workload.restart", &of("statefulset"), &set(3, 1), 1);
    assert_eq!(early, Progress::Pending("1 of 3 new, 3 available, 1 kept by the partition".to_owned()));
    // Somebody deleted the other one as well, or the partition was lowered.
    let (_, all) = told("workload.restart", &of("statefulset"), &set(2, 1), 2);
    assert_eq!(all, Progress::Fulfilled("all 2 pods of lg/part are new and available".to_owned()));
}

#[test]
fn a_restart_that_would_replace_nothing_is_refused_and_other_changes_say_so() {
    let refused = |object: Value| {
        plan("workload.restart", &World::new().object(object).0, &of("statefulset")).unwrap_err().to_string()
    };
    assert!(
        refused(set(2, 2)).starts_with("partition 2: 0 of 2 pods will be replaced"),
        "{}",
        refused(set(2, 2))
    );
    assert!(refused(set(0, 0)).contains("wants 0 pods"), "{}", refused(set(0, 0)));
    let mut image = of("statefulset");
    image.0.insert("image".to_owned(), "api:5".into());
    let (before, after) = told("workload.set-image", &image, &set(2, 2), 0);
    assert!(before.contains("partition: 0 of 2 pods will be replaced (partition 2)"), "{before}");
    let words = "0 of 2 pods of lg/part have api:5, 2 are kept by the partition; all are available";
    assert_eq!(after, Progress::Fulfilled(words.to_owned()));
}

#[test]
fn what_is_replaced_only_by_deletions_is_warned_of_and_never_proved() {
    let mut object = set(2, 0);
    object["spec"]["updateStrategy"] = json!({"type": "OnDelete"});
    let (before, after) = told("workload.restart", &of("statefulset"), &object, 0);
    assert!(before.starts_with("OnDelete: 2 pods stay until somebody deletes them"), "{before}");
    let Progress::Stuck(words) = after else { panic!("{after:?}") };
    assert!(words.contains("0 of 2 new") && words.contains("wait for somebody to delete them"), "{words}");
    let (_, done) = told("workload.restart", &of("statefulset"), &object, 2);
    assert!(matches!(done, Progress::Fulfilled(_)));
}

#[test]
fn how_many_may_be_missing_is_said_and_when_none_is_left_it_is_a_warning() {
    let mut object = deployment("lg", "part", 10);
    let words = |object: &Value| told("workload.restart", &of("deployment"), object, 0).0;
    assert!(words(&object).contains("10 pods; at a time at most 2 missing and 3 more"), "{}", words(&object));
    object["spec"]["strategy"] =
        json!({"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": "100%", "maxSurge": 0}});
    assert!(
        words(&object).contains("none in between: its maxUnavailable lets all 10 pods"),
        "{}",
        words(&object)
    );
    object["spec"]["strategy"] = json!({"type": "Recreate"});
    assert!(words(&object).contains("all 10 pods end before the first new one"), "{}", words(&object));
    let mut slow = set(3, 0);
    slow["spec"]["minReadySeconds"] = 200.into();
    assert!(words_of(&slow).contains("3 pods, one after the other, each ready for 200 s first"));
    let made = plan("workload.restart", &World::new().object(slow).0, &of("statefulset")).unwrap();
    assert_eq!(made.within_seconds, 1200);
}

fn words_of(object: &Value) -> String {
    told("workload.restart", &of("statefulset"), object, 0).0
}

#[test]
fn a_controller_that_did_not_look_yet_proves_nothing() {
    let made = plan("workload.restart", &World::new().object(set(2, 1)).0, &of("statefulset")).unwrap();
    let mut behind = after(set(2, 1), 2);
    behind["status"]["observedGeneration"] = 7.into();
    let said = rolled_out(&made, &World::new().object(behind).0, Replaced::New);
    assert_eq!(said, Progress::Pending("the controller has not looked at StatefulSet lg/part since".into()));
}

#[test]
fn a_patch_and_a_manifest_of_a_template_are_proved_by_its_rollout_too() {
    let image = json!({"spec": {"template": {"spec": {"containers": [{"name": "app", "image": "part:5"}]}}}});
    let mut patch = Inputs::of([("kind", "statefulset"), ("namespace", "lg"), ("name", "part")]);
    patch.0.insert("patch".to_owned(), image.clone());
    let mut manifest = set(2, 1);
    manifest["apiVersion"] = "apps/v1".into();
    manifest.as_object_mut().unwrap().shift_remove("status");
    manifest["metadata"] = json!({"namespace": "lg", "name": "part"});
    manifest["spec"]["template"] = image["spec"]["template"].clone();
    let mut apply = Inputs::default();
    apply.0.insert("manifest".to_owned(), manifest);
    for (op, inputs) in [("object.patch", patch), ("object.apply", apply)] {
        let made = plan(op, &World::new().object(set(2, 1)).0, &inputs).unwrap();
        assert!(made.consequences.iter().any(|c| c.what == "partition"), "{op}: {:?}", made.consequences);
        assert!(made.proof.contains("1 of 2 pods of lg/part are new, 1 is kept"), "{op}: {}", made.proof);
        let now = |updated: i64| {
            let mut object = after(set(2, 1), updated);
            object["spec"]["template"] = image["spec"]["template"].clone();
            find(op).unwrap().progress(&made, &World::new().object(object).0)
        };
        assert!(matches!(now(0), Progress::Pending(_)), "{op}: {:?}", now(0));
        let Progress::Fulfilled(words) = now(1) else { panic!("{op}: {:?}", now(1)) };
        assert!(
            words.contains("1 of 2 pods of lg/part are new, 1 is kept by the partition"),
            "{op}: {words}"
        );
    }
}

#[test]
fn that_no_old_pod_is_seen_proves_nothing_while_the_pods_are_not_known() {
    let object = crate::testing::deployment("lg", "api", 2);
    let inputs = Inputs::of([("namespace", "lg"), ("deployment", "api")]);
    let made = plan("workload.restart", &World::new().object(object.clone()).0, &inputs).unwrap();
    let mut later = object;
    later["metadata"]["resourceVersion"] = "2".into();
    let world = World::new().object(later);
    assert!(matches!(rolled_out(&made, &world.0, Replaced::New), Progress::Fulfilled(_)));
    for kind in [Kind::Pod, Kind::ReplicaSet] {
        let mut hidden = world.clone();
        hidden.0.sync[kind as usize] = crate::domain::SyncState::Forbidden("list".into());
        let said = rolled_out(&made, &hidden.0, Replaced::New);
        let words = format!("the {} are not known now: you may not list them", kind.meta().plural);
        assert_eq!(said, Progress::Pending(words));
    }
}

#[test]
fn every_language_says_what_the_pods_have_and_how_many_are_kept() {
    use crate::lang::{Language, within};
    let key = ObjectKey::new(Kind::StatefulSet, "lg", "part");
    let of = |object: &Value, what| {
        let world = World::new().object(object.clone());
        let Looked::Present(row) = world.0.object(&key) else { panic!("it is not there") };
        Rollout::of(key.kind, row).proof(&key, what)
    };
    let mut on_delete = set(2, 0);
    on_delete["spec"]["updateStrategy"] = json!({"type": "OnDelete"});
    let all = [Replaced::New, Replaced::Back, Replaced::Resources, Replaced::Image("api:5")];
    for language in Language::ALL {
        for object in [set(2, 0), set(3, 1), set(0, 0), on_delete.clone()] {
            let said = within(*language, || all.map(|what| of(&object, what)));
            for (what, words) in all.iter().zip(&said) {
                assert_eq!(words.contains("api:5"), matches!(what, Replaced::Image(_)), "{what:?}: {words}");
                assert_eq!(said.iter().filter(|other| *other == words).count(), 1, "{said:?}");
                assert!(words.contains("lg/part"), "{words}");
            }
        }
        let words = within(*language, || of(&set(3, 1), Replaced::New));
        assert!(["1", "2", "3"].iter().all(|number| words.contains(number)), "{words}");
    }
}
