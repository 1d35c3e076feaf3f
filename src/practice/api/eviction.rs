//! POST pods/eviction: a delete that asks the disruption budgets first.

use http::StatusCode;
use serde_json::{Value, json};

use super::Answer;
use super::request::Request;
use crate::practice::engine::Shared;
use crate::practice::kinds::Kind;
use crate::practice::obj::{is, name, set_condition, terminating, text};
use crate::practice::removal::DeleteOptions;
use crate::practice::selector::Labels;
use crate::practice::status::Refusal;
use crate::practice::world::World;

/// Evicts a pod, or says which budget forbids it.
pub fn answer(shared: &Shared, request: &Request) -> Result<Answer, Refusal> {
    let target = &request.target;
    let eviction = request.json()?;
    let mut how = DeleteOptions::of(&eviction["deleteOptions"]);
    how.dry_run |= request.dry_run()?;
    let mut world = shared.lock();
    // An eviction is made like anything else, so admission asks about its namespace before the pod is looked for.
    world.takes_new(Kind::Pod, &target.namespace, &target.name)?;
    let found = world.store.get(Kind::Pod, &target.namespace, &target.name);
    let pod = found.ok_or_else(|| Refusal::not_found(Kind::Pod, &target.name))?;
    how.check(Kind::Pod, &pod)?;
    let free = terminating(&pod) || matches!(text(&pod, "/status/phase"), "Pending" | "Succeeded" | "Failed");
    if !free {
        spend(&mut world, &pod, how.dry_run)?;
    }
    if !how.dry_run && !terminating(&pod) {
        let (now, message) = (world.now_text(), "Eviction API: evicting");
        world.edit(Kind::Pod, &target.namespace, &target.name, |p| {
            let condition = json!({"type": "DisruptionTarget", "status": "True", "reason": "EvictionByEvictionAPI", "message": message});
            set_condition(&mut p["status"], condition, &now);
        });
        // The condition has moved the version on; the precondition was checked above.
        how.version = None;
    }
    shared.written(&mut world, |w| w.delete(Kind::Pod, &target.namespace, &target.name, &how))?;
    let status =
        json!({"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Success", "code": 201});
    Ok(Answer::object(StatusCode::CREATED, &status))
}

/// Takes one disruption from the budget of a pod.
fn spend(world: &mut World, pod: &Value, dry: bool) -> Result<(), Refusal> {
    let ns = text(pod, "/metadata/namespace").to_owned();
    let covers = |b: &Value| Labels::of_object(&b["spec"]["selector"]).is_some_and(|s| s.matches(pod));
    let budgets: Vec<_> =
        world.store.list_in(Kind::PodDisruptionBudget, &ns).into_iter().filter(|b| covers(b)).collect();
    let budget = match budgets.as_slice() {
        [] => return Ok(()),
        [one] => one,
        _ => {
            let message = "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.";
            return Err(Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "InternalError", message));
        }
    };
    let count = |key: &str| budget["status"][key].as_i64().unwrap_or(0);
    if !is(pod, "Ready") {
        let always = text(budget, "/spec/unhealthyPodEvictionPolicy") == "AlwaysAllow";
        let covered = count("currentHealthy") >= count("desiredHealthy") && count("desiredHealthy") > 0;
        if always || covered {
            return Ok(());
        }
    }
    let fresh = budget["status"]["observedGeneration"] == budget["metadata"]["generation"];
    if !fresh || count("disruptionsAllowed") <= 0 {
        return Err(refused(budget, fresh));
    }
    if !dry {
        let (pod, now) = (name(pod).to_owned(), world.now_text());
        world.edit(Kind::PodDisruptionBudget, &ns, name(budget), |b| {
            b["status"]["disruptionsAllowed"] =
                json!(b["status"]["disruptionsAllowed"].as_i64().unwrap_or(1) - 1);
            b["status"]["disruptedPods"][pod] = json!(now);
        });
    }
    Ok(())
}

fn refused(budget: &Value, fresh: bool) -> Refusal {
    let cause = if fresh {
        format!(
            "The disruption budget {} needs {} healthy pods and has {} currently",
            name(budget),
            budget["status"]["desiredHealthy"].as_i64().unwrap_or(0),
            budget["status"]["currentHealthy"].as_i64().unwrap_or(0)
        )
    } else {
        format!("The disruption budget {} is still being processed by the server.", name(budget))
    };
    let message = "Cannot evict pod as it would violate the pod's disruption budget.";
    Refusal {
        details: json!({"causes": [{"reason": "DisruptionBudget", "message": cause}]}),
        ..Refusal::new(StatusCode::TOO_MANY_REQUESTS, "TooManyRequests", message)
    }
}
