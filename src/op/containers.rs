//! The containers of a pod template or pod: finding one, reading and writing its resources. Shared by the
//! operations that change them; it plans nothing itself.

use serde_json::{Map, Value, json};

use super::target::guard;
use super::{Consequence, Inputs, OpMeta, Param, Refusal, Takes, may};
use crate::domain::{ObjectRow, parse_quantity};
use crate::lang::{list, msg, t};

pub(super) const CONTAINER: Param = may("container", Takes::Text, msg!("op-containers-container"));
pub(super) const CPU_REQUEST: Param = may("cpuRequest", Takes::Quantity, msg!("op-containers-cpu-request"));
pub(super) const CPU_LIMIT: Param = may("cpuLimit", Takes::Quantity, msg!("op-containers-cpu-limit"));
pub(super) const MEMORY_REQUEST: Param =
    may("memoryRequest", Takes::Quantity, msg!("op-containers-memory-request"));
pub(super) const MEMORY_LIMIT: Param =
    may("memoryLimit", Takes::Quantity, msg!("op-containers-memory-limit"));

/// Each parameter with its place in the resources.
const FIELDS: &[(&str, &str, &str)] = &[
    ("cpuRequest", "requests", "cpu"),
    ("cpuLimit", "limits", "cpu"),
    ("memoryRequest", "requests", "memory"),
    ("memoryLimit", "limits", "memory"),
];

/// How a resource is written that is not set.
pub(super) const NONE: &str = "none";

/// A container: the list that it stands in, and itself.
pub(super) struct Found<'a> {
    /// `containers` or `initContainers`.
    pub list: &'static str,
    pub name: String,
    pub value: &'a Value,
}

/// The container that the inputs name, under the pod specification at a pointer; or the only one.
pub(super) fn find<'a>(row: &'a ObjectRow, spec: &str, inputs: &Inputs) -> Result<Found<'a>, Refusal> {
    let of = |list: &'static str| {
        let all = row.list(&format!("{spec}/{list}")).iter();
        all.map(move |value| Found {
            list,
            name: value["name"].as_str().unwrap_or_default().to_owned(),
            value,
        })
    };
    let main: Vec<_> = of("containers").collect();
    let names = list(main.iter().map(|f| f.name.clone()));
    match inputs.optional("container") {
        Some(wanted) => {
            main.into_iter().chain(of("initContainers")).find(|f| f.name == wanted).ok_or_else(|| {
                guard(
                    t!("op-containers-no-such", key = row.meta.key(), wanted = wanted),
                    t!("op-containers-name-one-of", names = names),
                )
            })
        }
        None if main.len() == 1 => Ok(main.into_iter().next().expect("the length was looked at")),
        None => Err(guard(
            t!("op-containers-several", key = row.meta.key(), number = main.len()),
            t!("op-containers-name-one-of", names = names),
        )),
    }
}

/// What the inputs change in the resources of a container.
pub(super) struct Change {
    /// The part of a strategic patch for `resources`.
    pub patch: Value,
    /// The inputs that put it back.
    pub back: Vec<(String, Value)>,
    /// `memory limit 256Mi → 512Mi`
    pub words: Vec<String>,
    /// The memory limit gets smaller.
    pub less_memory: bool,
}

/// Reads the wanted resources and holds them against the present ones.
pub(super) fn change(meta: &'static OpMeta, found: &Found<'_>, inputs: &Inputs) -> Result<Change, Refusal> {
    let mut out = Change { patch: json!({}), back: Vec::new(), words: Vec::new(), less_memory: false };
    let mut after = found.value["resources"].clone();
    for (param, group, resource) in FIELDS {
        let Some(wanted) = inputs.0.get(*param).filter(|v| !v.is_null()) else { continue };
        let wanted = wanted.as_str().map_or_else(|| wanted.to_string(), str::to_owned);
        let size = parse_quantity(&wanted);
        if wanted != NONE && size.is_none_or(|s| s < 0.0) {
            return Err(Refusal::Invalid {
                op: meta.id,
                param: (*param).to_owned(),
                given: wanted,
                expected: t!("op-containers-expected"),
            });
        }
        let now = found.value["resources"][group][resource].as_str();
        if now.and_then(parse_quantity) == size && (now.is_some() || wanted == NONE) {
            continue;
        }
        let value = if wanted == NONE { Value::Null } else { Value::from(wanted.as_str()) };
        put(&mut out.patch, group, resource, value.clone());
        put(&mut after, group, resource, value);
        out.back.push(((*param).to_owned(), Value::from(now.unwrap_or(NONE))));
        let shown =
            |value: &str| if value == NONE { t!("op-containers-unset").to_owned() } else { value.to_owned() };
        let (from, to) = (shown(now.unwrap_or(NONE)), shown(&wanted));
        out.words.push(t!("op-containers-becomes", resource = resource, group = group, from = from, to = to));
        if *param == "memoryLimit" {
            out.less_memory = size.is_some_and(|s| now.and_then(parse_quantity).is_none_or(|n| s < n));
        }
    }
    if out.words.is_empty() {
        let asked = FIELDS.iter().any(|(param, _, _)| inputs.0.contains_key(*param));
        return Err(if asked {
            Refusal::AlreadySo(t!("op-containers-already-so", name = found.name))
        } else {
            guard(t!("op-containers-nothing-given"), t!("op-containers-give-one"))
        });
    }
    sensible(&after)?;
    Ok(out)
}

fn put(resources: &mut Value, group: &str, resource: &str, value: Value) {
    if !resources.is_object() {
        *resources = Value::Object(Map::new());
    }
    if !resources[group].is_object() {
        resources[group] = json!({});
    }
    resources[group][resource] = value;
}

/// A request above its limit is refused by every API server; better here and in words.
fn sensible(resources: &Value) -> Result<(), Refusal> {
    for resource in ["cpu", "memory"] {
        let of = |group: &str| resources[group][resource].as_str().and_then(parse_quantity);
        if let (Some(request), Some(limit)) = (of("requests"), of("limits"))
            && request > limit
        {
            let (request, limit) = (&resources["requests"][resource], &resources["limits"][resource]);
            return Err(guard(
                t!("op-containers-above-limit", resource = resource, request = request, limit = limit),
                t!("op-containers-raise-or-lower"),
            ));
        }
    }
    Ok(())
}

/// What a smaller memory limit may do.
pub(super) fn less_memory() -> Consequence {
    Consequence::warn(msg!("op-containers-less-memory"), t!("op-containers-less-memory-kills"))
}
