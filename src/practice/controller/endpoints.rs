//! `EndpointSlices`: which pods stand behind a Service, and which of them are ready.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::Controller;
use crate::practice::kinds::Kind;
use crate::practice::obj::{
    int, is, key_of, label, list, name, namespace, owner_reference, terminating, text, uid,
};
use crate::practice::selector::Labels;
use crate::practice::world::World;

const SERVICE: &str = "kubernetes.io/service-name";

/// See the module.
#[derive(Default)]
pub struct Endpoints;

impl Controller for Endpoints {
    fn watches(&self) -> &'static [Kind] {
        &[Kind::Service, Kind::Pod, Kind::EndpointSlice]
    }

    fn run(&mut self, world: &mut World) -> Option<Timestamp> {
        for service in world.store.list(Kind::Service) {
            if service["spec"]["selector"].is_object() && !terminating(&service) {
                one(world, &service);
            }
        }
        None
    }
}

fn one(world: &mut World, service: &Value) {
    let ns = namespace(service).to_owned();
    let Some(selector) = Labels::of_object(&json!({"matchLabels": service["spec"]["selector"]})) else {
        return;
    };
    let pods = world.store.list_in(Kind::Pod, &ns);
    let endpoints: Vec<_> =
        pods.iter().filter(|p| selector.matches(p)).filter_map(|p| endpoint(world, p)).collect();
    let first = pods.iter().find(|p| selector.matches(p));
    let ports: Vec<_> = list(service, "/spec/ports").iter().map(|p| port(p, first)).collect();
    let slices = world.store.list_in(Kind::EndpointSlice, &ns);
    let known = slices.iter().find(|s| label(s, SERVICE) == Some(name(service)));
    if let Some(known) = known {
        let (_, own) = key_of(known);
        world.edit(Kind::EndpointSlice, &ns, &own, |s| {
            s["endpoints"] = json!(endpoints);
            s["ports"] = json!(ports);
        });
        return;
    }
    let slice = json!({
        "metadata": {
            "generateName": format!("{}-", name(service)),
            "labels": {SERVICE: name(service), "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io"},
            "ownerReferences": [owner_reference(service)],
        },
        "addressType": "IPv4", "endpoints": endpoints, "ports": ports,
    });
    // Refused only in a namespace that is going.
    drop(world.create(Kind::EndpointSlice, &ns, slice));
}

/// A pod as an endpoint; one without an address is none.
fn endpoint(world: &World, pod: &Value) -> Option<Value> {
    let (address, node) = (text(pod, "/status/podIP"), text(pod, "/spec/nodeName"));
    if address.is_empty() || matches!(text(pod, "/status/phase"), "Succeeded" | "Failed") {
        return None;
    }
    let (serving, going) = (is(pod, "Ready"), terminating(pod));
    let zone = world.store.get(Kind::Node, "", node);
    let zone = zone.and_then(|n| label(&n, "topology.kubernetes.io/zone").map(str::to_owned));
    Some(json!({
        "addresses": [address], "nodeName": node, "zone": zone,
        "conditions": {"ready": serving && !going, "serving": serving, "terminating": going},
        "targetRef": {"kind": "Pod", "namespace": namespace(pod), "name": name(pod), "uid": uid(pod)},
    }))
}

/// The port of the pods behind a port of the Service.
fn port(port: &Value, pod: Option<&Arc<Value>>) -> Value {
    let named = port["targetPort"].as_str();
    let containers = pod.map(|p| list(p, "/spec/containers").to_vec()).unwrap_or_default();
    let found = containers.iter().flat_map(|c| list(c, "/ports")).find(|p| Some(text(p, "/name")) == named);
    let number = found.and_then(|p| int(p, "/containerPort")).or_else(|| int(port, "/targetPort"));
    json!({"name": text(port, "/name"), "port": number.or_else(|| int(port, "/port")), "protocol": text(port, "/protocol")})
}
