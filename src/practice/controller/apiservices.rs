//! `APIServices`: whether somebody answers for an API group that the API server does not serve itself.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::Controller;
use crate::practice::kinds::Kind;
use crate::practice::obj::{is, key_of, label, list, set_condition, text, truth};
use crate::practice::world::World;

const SERVICE: &str = "kubernetes.io/service-name";

/// See the module.
#[derive(Default)]
pub struct ApiServices;

impl Controller for ApiServices {
    fn watches(&self) -> &'static [Kind] {
        &[Kind::APIService, Kind::Service, Kind::EndpointSlice]
    }

    fn run(&mut self, world: &mut World) -> Option<Timestamp> {
        for object in world.store.list(Kind::APIService) {
            let condition = available(world, &object);
            let now = world.now_text();
            let (_, own) = key_of(&object);
            world.edit(Kind::APIService, "", &own, |o| {
                set_condition(&mut o["status"], condition, &now);
            });
        }
        None
    }
}

fn available(world: &World, object: &Value) -> Value {
    let says = |status: &str, reason: &str, message: String| json!({"type": "Available", "status": status, "reason": reason, "message": message});
    if !object["spec"]["service"].is_object() {
        return says("True", "Local", "Local APIServices are always available".to_owned());
    }
    let (ns, service) = (text(object, "/spec/service/namespace"), text(object, "/spec/service/name"));
    if world.store.get(Kind::Service, ns, service).is_none() {
        let message = format!("service/{service} in \"{ns}\" is not present");
        return says("False", "ServiceNotFound", message);
    }
    let slices = world.store.list_in(Kind::EndpointSlice, ns);
    let own = slices.iter().filter(|s| label(s, SERVICE) == Some(service));
    if !own.flat_map(|s| list(s, "/endpoints")).any(|e| truth(e, "/conditions/ready")) {
        let message = format!("endpoints for service/{service} in \"{ns}\" have no addresses");
        return says("False", "MissingEndpoints", message);
    }
    says("True", "Passed", "all checks passed".to_owned())
}

/// The groups and versions for which nobody answers, as `group/version`.
pub fn silent(world: &World) -> Vec<String> {
    let silent = |o: &Value| o["spec"]["service"].is_object() && !is(o, "Available");
    let all = world.store.list(Kind::APIService);
    let named = |o: &Value| format!("{}/{}", text(o, "/spec/group"), text(o, "/spec/version"));
    all.iter().filter(|o| silent(o)).map(|o| named(o)).collect()
}
