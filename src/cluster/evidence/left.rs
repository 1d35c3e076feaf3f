//! What is left in a namespace: every kind that the server serves is asked, and what it has is listed and kept. An API that does not
//! answer is told as that: nobody can know what of it is left.

use crate::lang::t;
use serde_json::Value;

use super::objects::yaml;
use super::{Found, NotRead, Reader};
use crate::domain::sanitize;

/// Names that are told of one resource; all of them are in the file.
const TOLD: usize = 8;
/// Names, and no values.
const NAMES: &str = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

/// A resource as the server names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Resource {
    /// `apps/v1`, or `v1`.
    pub version: String,
    pub plural: String,
    pub namespaced: bool,
    pub lists: bool,
}

impl Resource {
    /// `deployments.apps`
    fn name(&self) -> String {
        match self.version.split_once('/') {
            Some((group, _)) => format!("{}.{group}", self.plural),
            None => self.plural.clone(),
        }
    }

    fn path(&self, namespace: Option<&str>) -> String {
        let root = if self.version.contains('/') { "apis" } else { "api" };
        let within = namespace.map(|name| format!("namespaces/{name}/")).unwrap_or_default();
        format!("/{root}/{}/{within}{}", self.version, self.plural)
    }

    /// Whether its values are secret.
    fn secret(&self) -> bool {
        self.version == "v1" && self.plural == "secrets"
    }
}

/// The resources of a group's version.
pub(super) fn resources(version: &str, answer: &Value) -> Vec<Resource> {
    let of = |row: &Value| {
        let plural = row["name"].as_str().filter(|name| !name.contains('/'))?;
        let lists = row["verbs"].as_array().is_some_and(|verbs| verbs.iter().any(|v| v == "list"));
        let namespaced = row["namespaced"].as_bool().unwrap_or_default();
        Some(Resource { version: version.to_owned(), plural: plural.to_owned(), namespaced, lists })
    };
    answer["resources"].as_array().into_iter().flatten().filter_map(of).collect()
}

impl Reader<'_> {
    /// Everything that is left in a namespace.
    pub(super) async fn left(&self, namespace: &str) {
        let mut versions = vec!["v1".to_owned()];
        match self.json("/apis").await {
            Ok(groups) => versions.extend(preferred(&groups)),
            Err(why) => self.missing(t!("cluster-evidence-left-list-of-apis"), why).await,
        }
        let mut listed = String::new();
        for version in versions {
            let root = if version.contains('/') { "apis" } else { "api" };
            match self.json(&format!("/{root}/{version}")).await {
                Ok(answer) => {
                    for resource in resources(&version, &answer) {
                        // Events are saved already.
                        if resource.namespaced && resource.lists && resource.plural != "events" {
                            listed.push_str(&self.kind(&resource, Some(namespace)).await);
                        }
                    }
                }
                // It is the cluster's answer: what of it is left, nobody can know.
                Err(why) => {
                    let line =
                        t!("cluster-evidence-left-not-answered", version = sanitize(&version), why = why);
                    listed.push_str(&format!("{line}\n"));
                    self.line(line).await;
                }
            }
        }
        if listed.is_empty() {
            self.line(t!("cluster-evidence-left-nothing-is-left-in-it")).await;
            format!("{}\n", t!("cluster-evidence-left-nothing-is-left-in-it")).clone_into(&mut listed);
        }
        self.put(Found::File { name: "left.txt".to_owned(), text: listed }).await;
    }

    /// Every object of a resource that is named as kubectl names it, in all namespaces.
    pub(super) async fn every(&self, named: &str) {
        let (plural, group) = named.split_once('.').unwrap_or((named, ""));
        let found = match self.served(plural, group).await {
            Ok(found) => found,
            Err(NotRead::Failed(why)) => return self.missing(named, NotRead::Failed(why)).await,
            Err(NotRead::None(_)) => None,
        };
        match found {
            Some(resource) => {
                if self.kind(&resource, None).await.is_empty() {
                    self.line(t!("cluster-evidence-left-none", named = named)).await;
                }
            }
            None => self.line(t!("cluster-evidence-left-server-has-no-such-resource", named = named)).await,
        }
    }

    async fn served(&self, plural: &str, group: &str) -> Result<Option<Resource>, NotRead> {
        let version = if group.is_empty() {
            "v1".to_owned()
        } else {
            let answer = self.json(&format!("/apis/{group}")).await?;
            let version = answer["preferredVersion"]["groupVersion"].as_str();
            version
                .ok_or_else(|| {
                    NotRead::Failed(t!("cluster-evidence-left-group-names-no-version").to_owned())
                })?
                .to_owned()
        };
        let root = if group.is_empty() { "api" } else { "apis" };
        let answer = self.json(&format!("/{root}/{version}")).await?;
        Ok(resources(&version, &answer).into_iter().find(|r| r.plural == plural && r.lists))
    }

    /// Saves the objects of a resource, of Secrets the names alone, and lists their names a line each.
    async fn kind(&self, resource: &Resource, namespace: Option<&str>) -> String {
        let name = sanitize(&resource.name());
        let accept = if resource.secret() { NAMES } else { "application/json" };
        let items = match self.list(&resource.path(namespace), "", accept).await {
            Ok(items) => items,
            // The server serves it, and does not list it.
            Err(NotRead::None(_)) => return String::new(),
            Err(why) => {
                self.missing(&name, why).await;
                return String::new();
            }
        };
        if items.is_empty() {
            return String::new();
        }
        let names: Vec<String> = items.iter().map(called).collect();
        let rest = names.len().saturating_sub(TOLD);
        let more = if rest > 0 { t!("cluster-evidence-left-and-more", rest = rest) } else { String::new() };
        self.line(format!("{name} {}: {}{more}", names.len(), names[..names.len() - rest].join(", "))).await;
        if !resource.secret() {
            let all: Result<Vec<_>, _> = items.into_iter().map(yaml).collect();
            match all {
                Ok(all) => {
                    self.put(Found::File { name: format!("{name}.yaml"), text: all.join("---\n") }).await;
                }
                Err(why) => self.missing(&name, NotRead::Failed(why)).await,
            }
        }
        names.iter().flat_map(|one| [name.as_str(), " ", one, "\n"]).collect()
    }
}

/// The version of each group that is preferred.
fn preferred(groups: &Value) -> Vec<String> {
    let of = |group: &Value| group["preferredVersion"]["groupVersion"].as_str().map(str::to_owned);
    groups["groups"].as_array().into_iter().flatten().filter_map(of).collect()
}

/// An object's name, with its namespace where the whole cluster was asked; what holds it stands behind.
fn called(item: &Value) -> String {
    let meta = &item["metadata"];
    let name = sanitize(meta["name"].as_str().unwrap_or("?"));
    let finalizers: Vec<_> =
        meta["finalizers"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if finalizers.is_empty() {
        name
    } else {
        t!("cluster-evidence-left-held-by", name = name, finalizers = sanitize(&finalizers.join(", ")))
    }
}
