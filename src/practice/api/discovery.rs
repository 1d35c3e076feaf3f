//! Version, health and discovery, in the plain form that every client understands.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use http::StatusCode;
use serde_json::{Value, json};

use super::query::Query;
use super::review::REVIEWS;
use super::{Answer, finish, nowhere};
use crate::practice::engine::Shared;
use crate::practice::kinds::{KINDS, Kind, Row, Scope};
use crate::practice::obj::text;

const VERBS: &[&str] = &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
const CHECKS: &[&str] = &["ping", "log", "etcd", "informer-sync", "shutdown"];

pub async fn version(State(shared): State<Arc<Shared>>) -> Response {
    let git = shared.lock().version.clone();
    let mut parts = git.trim_start_matches('v').split('.');
    let (major, minor) = (parts.next().unwrap_or("1").to_owned(), parts.next().unwrap_or("34").to_owned());
    finish(Ok(Answer::ok(&json!({
        "major": major, "minor": minor, "emulationMajor": major, "emulationMinor": minor,
        "minCompatibilityMajor": major, "minCompatibilityMinor": minor,
        "gitVersion": git, "gitCommit": "practice", "gitTreeState": "clean", "buildDate": "2026-01-01T00:00:00Z",
        "goVersion": "go1.24.0", "compiler": "gc", "platform": "linux/amd64",
    }))))
}

pub async fn health(query: RawQuery) -> Response {
    let verbose = Query::parse(query.0.as_deref().unwrap_or_default()).yes("verbose");
    let text = if query.0.is_some() && verbose {
        let checks: Vec<_> = CHECKS.iter().map(|c| format!("[+]{c} ok")).collect();
        format!("{}\nreadyz check passed\n", checks.join("\n"))
    } else {
        "ok".to_owned()
    };
    finish(Ok(Answer::Text(StatusCode::OK, text)))
}

pub async fn core_versions() -> Response {
    finish(Ok(Answer::ok(&json!({
        "kind": "APIVersions", "versions": ["v1"],
        "serverAddressByClientCIDRs": [{"clientCIDR": "0.0.0.0/0", "serverAddress": "127.0.0.1"}],
    }))))
}

/// Every group but the core one, in the order of the registry.
fn group_versions() -> Vec<(&'static str, &'static str)> {
    let mut all: Vec<_> =
        KINDS.iter().filter(|r| !r.group.is_empty()).map(|r| (r.group, r.version)).collect();
    all.extend(REVIEWS.iter().map(|r| (r.0, "v1")));
    let mut seen = Vec::new();
    all.retain(|g| {
        !seen.contains(g) && {
            seen.push(*g);
            true
        }
    });
    all
}

/// Whether there is such a group and version; the core group has an empty name.
pub fn serves(group: &str, version: &str) -> bool {
    (group.is_empty() && version == "v1") || group_versions().contains(&(group, version))
}

fn api_group(name: &str, version: &str) -> Value {
    let version = json!({"groupVersion": format!("{name}/{version}"), "version": version});
    json!({"name": name, "versions": [version], "preferredVersion": version})
}

/// Groups and versions that another program should answer for, as `APIServices` say.
fn aggregated(shared: &Shared) -> Vec<(String, String)> {
    let services = shared.lock().store.list(Kind::APIService);
    let others = services.iter().filter(|s| s["spec"]["service"].is_object());
    others.map(|s| (text(s, "/spec/group").to_owned(), text(s, "/spec/version").to_owned())).collect()
}

pub async fn groups(State(shared): State<Arc<Shared>>) -> Response {
    let mut groups: Vec<_> = group_versions().into_iter().map(|(g, v)| api_group(g, v)).collect();
    groups.extend(aggregated(&shared).iter().map(|(g, v)| api_group(g, v)));
    finish(Ok(Answer::ok(&json!({"kind": "APIGroupList", "apiVersion": "v1", "groups": groups}))))
}

pub async fn group(Path(name): Path<String>) -> Response {
    finish(match group_versions().into_iter().find(|(g, _)| *g == name) {
        Some((group, version)) => {
            let mut answer = api_group(group, version);
            answer["kind"] = json!("APIGroup");
            answer["apiVersion"] = json!("v1");
            Ok(Answer::ok(&answer))
        }
        None => Ok(nowhere()),
    })
}

pub async fn core_resources() -> Response {
    finish(Ok(resource_list("", "v1")))
}

pub async fn resources(
    State(shared): State<Arc<Shared>>,
    Path((group, version)): Path<(String, String)>,
) -> Response {
    // No program runs in a practice container, so nobody answers for what this server does not serve itself.
    if aggregated(&shared).contains(&(group.clone(), version.clone())) {
        return finish(Ok(Answer::Text(StatusCode::SERVICE_UNAVAILABLE, "service unavailable\n".to_owned())));
    }
    finish(Ok(resource_list(&group, &version)))
}

fn resource_list(group: &str, version: &str) -> Answer {
    let mut all = Vec::new();
    for row in KINDS.iter().filter(|r| r.group == group && r.version == version) {
        resource(row, &mut all);
    }
    for (_, plural, kind) in REVIEWS.iter().filter(|r| r.0 == group && version == "v1") {
        all.push(json!({
            "name": plural, "singularName": kind.to_lowercase(), "namespaced": false, "kind": kind, "verbs": ["create"],
        }));
    }
    if all.is_empty() {
        return nowhere();
    }
    let group_version = if group.is_empty() { version.to_owned() } else { format!("{group}/{version}") };
    Answer::ok(&json!({
        "kind": "APIResourceList", "apiVersion": "v1", "groupVersion": group_version, "resources": all,
    }))
}

fn resource(row: &Row, all: &mut Vec<Value>) {
    let namespaced = row.scope == Scope::Namespaced;
    let mut main = json!({
        "name": row.plural, "singularName": row.name.to_lowercase(), "namespaced": namespaced, "kind": row.name,
        "verbs": VERBS,
    });
    if !row.short.is_empty() {
        main["shortNames"] = json!(row.short);
    }
    if row.all {
        main["categories"] = json!(["all"]);
    }
    all.push(main);
    for sub in row.subresources {
        let name = format!("{}/{sub}", row.plural);
        let mut part = json!({"name": name, "singularName": "", "namespaced": namespaced, "kind": row.name});
        part["verbs"] = match *sub {
            "log" => json!(["get"]),
            "exec" => json!(["create", "get"]),
            "eviction" => json!(["create"]),
            "finalize" => json!(["update"]),
            _ => json!(["get", "patch", "update"]),
        };
        let foreign = match *sub {
            "exec" => Some(("", "v1", "PodExecOptions")),
            "eviction" => Some(("policy", "v1", "Eviction")),
            "scale" => Some(("autoscaling", "v1", "Scale")),
            _ => None,
        };
        if let Some((group, version, kind)) = foreign {
            // One of the own group stands under its kind alone.
            if !group.is_empty() {
                part["group"] = json!(group);
                part["version"] = json!(version);
            }
            part["kind"] = json!(kind);
        }
        all.push(part);
    }
}
