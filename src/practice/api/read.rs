//! GET of one object and of a list, with pages that all show the same moment.

use std::sync::Arc;

use http::StatusCode;
use serde::Serialize;
use serde_json::{Value, json};

use super::Answer;
use super::accept::Form;
use super::find::Filter;
use super::request::Request;
use crate::practice::engine::Shared;
use crate::practice::kinds::Kind;
use crate::practice::obj::{name, namespace};
use crate::practice::status::Refusal;
use crate::practice::table;

#[derive(Serialize)]
struct List<'a> {
    kind: String,
    #[serde(rename = "apiVersion")]
    api_version: String,
    metadata: Value,
    items: &'a [Arc<Value>],
}

/// A page of a list.
#[derive(Debug)]
struct Page {
    version: u64,
    items: Vec<Arc<Value>>,
    next: Option<String>,
    remaining: usize,
}

/// GET of one object.
pub fn get(shared: &Shared, request: &Request, kind: Kind) -> Result<Answer, Refusal> {
    let target = &request.target;
    let world = shared.lock();
    let found = world.store.get(kind, &target.namespace, &target.name);
    let object = found.ok_or_else(|| Refusal::not_found(kind, &target.name))?;
    Ok(Answer::ok(&one(request, kind, &object, world.now())))
}

/// One object in the form that was asked for.
pub fn one(request: &Request, kind: Kind, object: &Arc<Value>, now: jiff::Timestamp) -> Value {
    match request.form {
        Form::Plain => (**object).clone(),
        Form::Partial => partial(object),
        Form::Table => {
            let version = object["metadata"]["resourceVersion"].clone();
            let meta = json!({"resourceVersion": version});
            table::of(
                kind,
                std::slice::from_ref(object),
                request.query.get("includeObject"),
                now,
                &meta,
                true,
            )
        }
    }
}

/// `PartialObjectMetadata` of an object.
pub fn partial(object: &Value) -> Value {
    json!({"kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1", "metadata": object["metadata"]})
}

/// GET of a collection.
pub fn list(shared: &Shared, request: &Request, kind: Kind) -> Result<Answer, Refusal> {
    let filter = Filter::of(&request.target, &request.query)?;
    let world = shared.lock();
    let page = page(&world.store, request, kind, &filter)?;
    let now = world.now();
    drop(world);
    let mut metadata = json!({"resourceVersion": page.version.to_string()});
    if let Some(next) = &page.next {
        metadata["continue"] = json!(next);
        if !filter.selects() {
            metadata["remainingItemCount"] = json!(page.remaining);
        }
    }
    if request.form == Form::Table {
        let include = request.query.get("includeObject");
        return Ok(Answer::ok(&table::of(kind, &page.items, include, now, &metadata, true)));
    }
    let row = kind.row();
    let (items, kind, api_version) = match request.form {
        Form::Partial => {
            let items = page.items.iter().map(|o| Arc::new(partial(o))).collect();
            (items, "PartialObjectMetadataList".to_owned(), "meta.k8s.io/v1".to_owned())
        }
        _ => (page.items, format!("{}List", row.name), row.api_version()),
    };
    let list = List { kind, api_version, metadata, items: &items };
    let bytes = serde_json::to_vec(&list).expect("JSON values always serialise");
    Ok(Answer::Json(StatusCode::OK, bytes))
}

fn page(
    store: &crate::practice::store::Store,
    request: &Request,
    kind: Kind,
    filter: &Filter,
) -> Result<Page, Refusal> {
    let query = &request.query;
    if query.has("limit") && query.number("limit").is_none() {
        let message = format!("strconv.ParseInt: parsing \"{}\": invalid syntax", query.get("limit"));
        return Err(Refusal::bad_request(message));
    }
    let limit =
        query.number("limit").and_then(|n| usize::try_from(n).ok()).filter(|n| *n > 0).unwrap_or(usize::MAX);
    let (version, after) = match query.get("continue") {
        "" => (wanted(store.version(), request)?, None),
        token => {
            let (version, after) = read_token(token).ok_or_else(|| {
                Refusal::bad_request("continue key is not valid: it was not made by this server")
            })?;
            (version, Some(after))
        }
    };
    let all = store.list_at(kind, version).map_err(|old| {
        if after.is_some() {
            Refusal::expired("The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.")
        } else {
            Refusal::expired(format!("too old resource version: {version} ({})", old.floor))
        }
    })?;
    let mut items: Vec<_> = all
        .into_iter()
        .filter(|(key, object)| after.as_ref().is_none_or(|a| key > a) && filter.matches(object))
        .map(|(_, object)| object)
        .collect();
    let remaining = items.len().saturating_sub(limit);
    items.truncate(limit);
    let next = items.last().filter(|_| remaining > 0).map(|last| token(version, last));
    Ok(Page { version, items, next, remaining })
}

/// The version that a list shall show.
fn wanted(current: u64, request: &Request) -> Result<u64, Refusal> {
    let query = &request.query;
    if query.has("resourceVersionMatch") && query.get("resourceVersion").is_empty() {
        let why = "Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided";
        return Err(Refusal::invalid_option("ListOptions", "resourceVersionMatch", why));
    }
    let Some(version) = query.number("resourceVersion").filter(|v| *v > 0) else { return Ok(current) };
    if version > current {
        let message = format!("Timeout: Too large resource version: {version}, current: {current}");
        let details = json!({"causes": [{"reason": "ResourceVersionTooLarge", "message": "Too large resource version"}], "retryAfterSeconds": 1});
        return Err(Refusal { details, ..Refusal::new(StatusCode::GATEWAY_TIMEOUT, "Timeout", message) });
    }
    Ok(if query.get("resourceVersionMatch") == "Exact" { version } else { current })
}

/// The place after an object, as an opaque token.
fn token(version: u64, object: &Value) -> String {
    let plain = format!("{version}/{}/{}", namespace(object), name(object));
    plain.bytes().fold(String::new(), |out, b| out + &format!("{b:02x}"))
}

fn read_token(token: &str) -> Option<(u64, (String, String))> {
    let bytes: Option<Vec<u8>> = (0..token.len())
        .step_by(2)
        .map(|at| token.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()))
        .collect();
    let plain = String::from_utf8(bytes?).ok()?;
    let mut parts = plain.splitn(3, '/');
    let version = parts.next()?.parse().ok()?;
    Some((version, (parts.next()?.to_owned(), parts.next()?.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_round_trip_and_nonsense_is_refused() {
        let object = json!({"metadata": {"namespace": "shop", "name": "api-1"}});
        assert_eq!(read_token(&token(7, &object)), Some((7, ("shop".into(), "api-1".into()))));
        for bad in ["zz", "abc", "é1", ""] {
            assert_eq!(read_token(bad), None, "{bad}");
        }
    }
}
