//! Objects as YAML, and the events about one.

use crate::lang::t;
use serde_json::Value;

use super::{Found, NotRead, Reader};
use crate::cluster::read::{head_first, without_noise};
use crate::domain::{Kind, ObjectKey, encoded, hide_secrets, sanitize};

/// Objects of one answer.
pub(super) const PAGE: usize = 500;

impl Reader<'_> {
    /// One object as a file.
    pub(super) async fn one(&self, file: &str, what: &str, object: Value) {
        match yaml(object) {
            Ok(text) => self.put(Found::File { name: format!("{file}.yaml"), text }).await,
            Err(why) => self.missing(what, NotRead::Failed(why)).await,
        }
    }

    /// The events about an object; of a namespace all that are in it.
    pub(super) async fn events(&self, object: &ObjectKey) {
        let within = match object.kind {
            Kind::Namespace => object.name(),
            _ => object.namespace(),
        };
        let path = Kind::Event.path((!within.is_empty()).then_some(within));
        let about =
            format!("involvedObject.kind={},involvedObject.name={}", object.kind.meta().name, object.name());
        let about = if object.kind == Kind::Namespace {
            String::new()
        } else {
            format!("&fieldSelector={}", encoded(&about))
        };
        let what = t!("cluster-evidence-objects-events-about", object = object);
        match self.list(&path, &about, "application/json").await {
            Ok(items) if items.is_empty() => {
                self.line(t!("cluster-evidence-objects-no-events-are-left-about-it")).await;
            }
            Ok(mut items) => {
                items.sort_by_key(moment);
                let text = items.iter().map(event).collect();
                self.put(Found::File { name: "events.txt".to_owned(), text }).await;
            }
            Err(why) => self.missing(&what, why).await,
        }
    }

    /// Every item of a list, page by page.
    pub(super) async fn list(&self, path: &str, also: &str, accept: &str) -> Result<Vec<Value>, NotRead> {
        let (mut out, mut token) = (Vec::new(), String::new());
        loop {
            let more =
                if token.is_empty() { String::new() } else { format!("&continue={}", encoded(&token)) };
            let page = self.json_as(&format!("{path}?limit={PAGE}{also}{more}"), accept).await?;
            let items = page["items"].as_array().cloned();
            // An empty list may be written as null.
            if items.is_none() && !page["items"].is_null() {
                return Err(NotRead::Failed(t!("cluster-evidence-objects-answer-is-not-list").to_owned()));
            }
            let kind = page["kind"].as_str().and_then(|kind| kind.strip_suffix("List")).map(str::to_owned);
            out.extend(
                items.into_iter().flatten().map(|item| named(item, kind.as_deref(), &page["apiVersion"])),
            );
            page["metadata"]["continue"].as_str().unwrap_or_default().clone_into(&mut token);
            if token.is_empty() {
                return Ok(out);
            }
        }
    }
}

/// An item of a list does not say what it is.
fn named(mut item: Value, kind: Option<&str>, version: &Value) -> Value {
    if let (Some(fields), Some(kind)) = (item.as_object_mut(), kind)
        && !fields.contains_key("kind")
    {
        fields.insert("kind".to_owned(), Value::from(kind));
        fields.insert("apiVersion".to_owned(), version.clone());
    }
    item
}

/// An object as it is written down: without what only the server needs, and without the values of a Secret.
pub(super) fn yaml(mut object: Value) -> Result<String, String> {
    without_noise(&mut object);
    hide_secrets(&mut object);
    head_first(&mut object);
    serde_saphyr::to_string(&object).map(|text| sanitize(&text)).map_err(|e| e.to_string())
}

/// When an event was seen last.
fn moment(event: &Value) -> String {
    let fields = [&event["lastTimestamp"], &event["series"]["lastObservedTime"], &event["eventTime"]];
    let metadata = &event["metadata"]["creationTimestamp"];
    let first = fields.into_iter().chain([metadata]).find_map(Value::as_str);
    first.unwrap_or_default().to_owned()
}

fn event(event: &Value) -> String {
    let text = |value: &Value| sanitize(value.as_str().unwrap_or_default()).replace('\n', " ");
    let about = &event["involvedObject"];
    let count = event["count"].as_i64().or(event["series"]["count"].as_i64()).unwrap_or(1);
    let (kind, name) = (text(&about["kind"]), text(&about["name"]));
    let (how, reason, message) = (text(&event["type"]), text(&event["reason"]), text(&event["message"]));
    format!("{} {how} {reason} {kind}/{name} x{count} {message}\n", sanitize(&moment(event)))
}
