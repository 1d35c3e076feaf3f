//! The `params:` of the front matter and the `record:` of manual steps.

use super::super::model::{
    FileAt, K8sPicker, Param, ParamSource, Prefer, RecordField, Span, TextRule, ValueType, WHERE_WORDS,
};
use super::super::near::suggest;
use super::super::yaml::{KeyNode, Node, Value};
use super::fields::Fields;
use super::{Ctx, scalars, template};
use crate::lang::{list, t};

/// Names with a meaning of their own in references and scripts.
const RESERVED: [&str; 4] = ["steps", "run_id", "p", "each"];

/// More parameters than this nobody gives.
const MOST: usize = 200;

/// Reads `params:`.
pub fn params(node: &Node, ctx: &mut Ctx<'_>) -> Vec<Param> {
    let Some(fields) = Fields::new("`params`", node, ctx.problems) else { return Vec::new() };
    if fields.entries().len() > MOST {
        let message = t!("runbook-decode-too-many-parameters", most = MOST);
        ctx.problems.error("param.too-many", node.span, message);
    }
    fields.entries().iter().take(MOST).filter_map(|(k, v)| param(k, v, ctx)).collect()
}

fn param(key: &KeyNode, node: &Node, ctx: &mut Ctx<'_>) -> Option<Param> {
    if !template::is_name(&key.text) || RESERVED.contains(&key.text.as_str()) {
        let message = t!("runbook-decode-parameter-name", key = key.text);
        let help = t!("runbook-decode-parameter-name-help");
        ctx.problems.error_help("param.name", key.span, message, Some(help.to_owned()));
    }
    let mut fields = Fields::new(t!("runbook-decode-parameter", name = key.text), node, ctx.problems)?;
    let (from, ty) = (fields.get("from"), fields.get("type"));
    let source = match (from, ty) {
        (Some(n), None) => picker(n, &mut fields, ctx),
        (None, Some(n)) => typed(n, &mut fields, ctx).map(ParamSource::Typed),
        _ => {
            let message = t!("runbook-decode-parameter-source", key = key.text);
            ctx.problems.error("param.source", key.span, message);
            None
        }
    };
    let mut flag = |key: &'static str| {
        fields.get(key).and_then(|n| scalars::boolean(&format!("`{key}`"), n, ctx.problems)).unwrap_or(false)
    };
    let (many, optional) = (flag("many"), flag("optional"));
    let label = fields.get("title").and_then(|n| scalars::text("`title`", n, ctx.problems));
    let prefer = fields.get("prefer").map(|n| preferences(n, ctx)).unwrap_or_default();
    let fallback = fields.get("fallback");
    let last_seen =
        fallback.and_then(|n| scalars::choice("`fallback`", n, &[("last-seen", true)], ctx.problems));
    let default = fields.get("default").map(Node::json);
    if source.is_some() {
        fields.finish(ctx.problems);
    }
    let last_seen = last_seen.unwrap_or(false);
    let (name, span) = (key.text.clone(), key.span);
    Some(Param { name, label, source: source?, many, prefer, last_seen, default, optional, span })
}

fn preferences(node: &Node, ctx: &mut Ctx<'_>) -> Vec<Prefer> {
    let mut found = Vec::new();
    for (word, span) in scalars::texts("`prefer`", node, ctx.problems) {
        match word.as_str() {
            "finding" => found.push(Prefer::Finding),
            "cursor" => found.push(Prefer::Cursor),
            "newest" => found.push(Prefer::Newest),
            other => {
                if let Some(label) = other.strip_prefix("alert.") {
                    found.push(Prefer::Alert(label.to_owned()));
                } else {
                    let help = suggest(other, ["finding", "cursor", "newest", "alert.LABEL"]);
                    ctx.problems.error_help(
                        "word.unknown",
                        span,
                        t!("runbook-decode-prefer", other = other),
                        help,
                    );
                }
            }
        }
    }
    found
}

fn picker(node: &Node, fields: &mut Fields<'_>, ctx: &mut Ctx<'_>) -> Option<ParamSource> {
    if let Value::Map(_) = node.value {
        return command(node, ctx);
    }
    let text = scalars::text("`from`", node, ctx.problems)?;
    let start = template::text_start(node);
    let (word, rest) = text.split_once(':').unwrap_or((&text, ""));
    match (word, rest) {
        ("k8s", kind) if !kind.is_empty() => Some(ParamSource::K8s(k8s(kind, fields, ctx))),
        ("pvc", "") => Some(ParamSource::K8s(k8s("persistentvolumeclaim", fields, ctx))),
        ("etcd", "member") => Some(ParamSource::EtcdMember),
        ("context", "") => Some(ParamSource::Context),
        ("container", pod) if !pod.is_empty() => {
            let found = template::reference(pod, start + "container:".len());
            if found.is_none() {
                ctx.problems.error("param.from", node.span, t!("runbook-decode-container"));
            }
            found.map(ParamSource::Container)
        }
        ("file", glob) if !glob.is_empty() => {
            let at = fields.get("at").map(|n| template::template(n, ctx.problems));
            Some(ParamSource::File(FileAt { glob: glob.to_owned(), at }))
        }
        ("step", path) => step_field(path, node.span, ctx),
        _ => {
            let known = [
                "k8s:KIND",
                "etcd:member",
                "container:$pod",
                "pvc",
                "context",
                "file:GLOB",
                "step:NAME.FIELD",
            ];
            let message = t!("runbook-decode-from", text = text);
            ctx.problems.error_help(
                "param.from",
                node.span,
                message,
                Some(t!("runbook-near-known", known = list(known))),
            );
            None
        }
    }
}

/// Reads `from: {cmd: [argv]}`.
fn command(node: &Node, ctx: &mut Ctx<'_>) -> Option<ParamSource> {
    let mut fields = Fields::new("`from`", node, ctx.problems)?;
    let argv = fields.need("cmd", node.span, ctx.problems);
    fields.finish(ctx.problems);
    let argv: Vec<String> = scalars::words("`cmd`", argv, ctx.problems);
    (!argv.is_empty()).then_some(ParamSource::Command(argv))
}

fn step_field(path: &str, span: Span, ctx: &mut Ctx<'_>) -> Option<ParamSource> {
    match path.split_once('.') {
        Some((name, field)) if !name.is_empty() && !field.is_empty() => {
            Some(ParamSource::Step { name: name.to_owned(), field: field.to_owned(), span })
        }
        _ => {
            ctx.problems.error("param.from", span, t!("runbook-decode-from-step"));
            None
        }
    }
}

fn k8s(kind: &str, fields: &mut Fields<'_>, ctx: &mut Ctx<'_>) -> K8sPicker {
    let mut filter = Vec::new();
    if let Some(node) = fields.get("where")
        && let Some(text) = scalars::text("`where`", node, ctx.problems)
    {
        for word in text.split(" and ").map(str::trim) {
            if !WHERE_WORDS.contains(&word) {
                let message = t!("runbook-decode-where", word = word);
                ctx.problems.error_help("word.unknown", node.span, message, suggest(word, WHERE_WORDS));
            }
            filter.push(word.to_owned());
        }
    }
    let namespace = fields.get("ns").map(|n| template::template(n, ctx.problems));
    let label = fields.get("label").map(|n| template::template(n, ctx.problems));
    K8sPicker { kind: kind.to_lowercase(), filter, namespace, label }
}

fn typed(node: &Node, fields: &mut Fields<'_>, ctx: &mut Ctx<'_>) -> Option<ValueType> {
    let table = ValueType::WORDS.map(|w| (w, w));
    let word = scalars::choice("`type`", node, &table, ctx.problems)?;
    Some(match word {
        "int" => {
            let mut bound = |key: &'static str| {
                fields.get(key).and_then(|n| scalars::int(&format!("`{key}`"), n, ctx.problems))
            };
            let (min, max) = (bound("min"), bound("max"));
            ValueType::Int { min, max }
        }
        "duration" => {
            let mut bound = |key: &'static str| {
                fields.get(key).and_then(|n| scalars::duration(&format!("`{key}`"), n, ctx.problems))
            };
            let (min, max) = (bound("min"), bound("max"));
            ValueType::Duration { min, max }
        }
        "bool" => ValueType::Bool,
        "enum" => {
            let values = scalars::words("`values`", fields.get("values"), ctx.problems);
            if values.is_empty() {
                ctx.problems.error("param.enum", node.span, t!("runbook-decode-enum"));
            }
            ValueType::Enum(values)
        }
        "quantity" => ValueType::Quantity,
        "regex" => ValueType::Regex,
        "secret" => ValueType::Secret,
        _ => ValueType::Text(text_rule(fields, ctx)),
    })
}

fn text_rule(fields: &mut Fields<'_>, ctx: &mut Ctx<'_>) -> TextRule {
    let pattern_node = fields.get("pattern");
    let pattern = pattern_node.and_then(|n| scalars::text("`pattern`", n, ctx.problems));
    if let (Some(node), Some(text)) = (pattern_node, &pattern)
        && let Err(error) = regex::Regex::new(text)
    {
        let reason = error.to_string();
        let last = reason.lines().last().unwrap_or("").trim();
        ctx.problems.error("param.pattern", node.span, t!("runbook-decode-pattern", error = last));
    }
    let dash = fields.get("allow_dash").and_then(|n| scalars::boolean("`allow_dash`", n, ctx.problems));
    let max_len = fields.get("max_len").and_then(|n| scalars::count("`max_len`", n, ctx.problems));
    TextRule { pattern, allow_dash: dash.unwrap_or(false), max_len: max_len.map(|n| n as usize) }
}

/// Reads `record: [name]` or `record: {name: type}`; a type is a word or a map like that of a parameter, with `title` and
/// `from`, the expression that gives the values there are.
pub fn record(node: &Node, ctx: &mut Ctx<'_>) -> Vec<RecordField> {
    let text = || ValueType::Text(TextRule::default());
    if let Value::Seq(items) = &node.value {
        let name = |item: &Node| {
            let name = scalars::text(t!("runbook-decode-a-recorded-value"), item, ctx.problems)?;
            Some(RecordField { name, ty: text(), title: None, from: None, or_typed: false })
        };
        return items.iter().filter_map(name).collect();
    }
    let Some(fields) = Fields::new("`record`", node, ctx.problems) else { return Vec::new() };
    let one = |(k, v): &(KeyNode, Node)| {
        let name = k.text.clone();
        if v.text().is_some() {
            let nothing = Node { value: Value::Null, span: v.span, raw: String::new() };
            let mut empty = Fields::new(t!("runbook-decode-a-recorded-value"), &nothing, ctx.problems)?;
            let ty = typed(v, &mut empty, ctx)?;
            return Some(RecordField { name, ty, title: None, from: None, or_typed: false });
        }
        let mut inner = Fields::new(t!("runbook-decode-recorded-value-named", name = name), v, ctx.problems)?;
        let title = inner.get("title").and_then(|n| scalars::text("`title`", n, ctx.problems));
        let from = inner.get("from").and_then(|n| scalars::condition("`from`", n, ctx.problems));
        let or_typed = inner.get("or_typed").and_then(|n| scalars::boolean("`or_typed`", n, ctx.problems));
        let or_typed = or_typed.unwrap_or(false);
        let ty = match inner.get("type") {
            Some(ty) => typed(ty, &mut inner, ctx)?,
            None => ValueType::Text(text_rule(&mut inner, ctx)),
        };
        inner.finish(ctx.problems);
        Some(RecordField { name, ty, title, from, or_typed })
    };
    fields.entries().iter().filter_map(one).collect()
}
