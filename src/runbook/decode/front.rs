//! The front matter of a runbook.

use std::collections::BTreeMap;

use super::super::model::{
    AlertBinding, Applies, FORMAT_VERSION, Format, Kind, Meta, Named, Param, RbacRule, Reach, Requires, Span,
    Tool,
};
use super::super::near::suggest;
use super::super::tools::{version_arguments, with_version};
use super::super::yaml::{KeyNode, Node, Value};
use super::fields::Fields;
use super::{Ctx, params, policy, scalars};
use crate::domain::Distro;
use crate::lang::{list as list_of, t};

const VERBS: [&str; 8] = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];

/// The front matter, read.
#[derive(Debug, Default)]
pub struct Front {
    /// `runbook:`; none when the file has no such key and is plain Markdown.
    pub format: Option<Format>,
    /// `id:` with its place.
    pub id: Option<Named>,
    /// `title:`.
    pub title: Option<String>,
    /// `kind:`.
    pub kind: Kind,
    /// `scope:`.
    pub scope: Vec<String>,
    /// `symptoms:`.
    pub symptoms: Vec<String>,
    /// `alerts:`.
    pub alerts: Vec<AlertBinding>,
    /// `detectors:`.
    pub detectors: Vec<Named>,
    /// `applies:`.
    pub applies: Applies,
    /// `requires:`.
    pub requires: Requires,
    /// `meta:`.
    pub meta: Meta,
    /// `params:`.
    pub params: Vec<Param>,
    /// `scenario:`.
    pub scenario: Option<Named>,
    /// `tags:`.
    pub tags: Vec<String>,
    /// `x-*`.
    pub extra: BTreeMap<String, serde_json::Value>,
}

/// Reads the front matter. `place` is where problems without a better place go.
pub fn front_matter(node: &Node, place: Span, ctx: &mut Ctx<'_>) -> Option<Front> {
    let mut fields = Fields::new(t!("runbook-parse-front-matter"), node, ctx.problems)?;
    let mut front = Front { format: fields.get("runbook").map(|n| format(n, ctx)), ..Front::default() };
    if front.format.is_none() {
        // Public collections have front matter of their own; only the title is of use.
        front.title = fields.get("title").and_then(Node::text).map(str::to_owned);
        return Some(front);
    }
    front.id = fields.get("id").and_then(|n| named("`id`", n, ctx));
    let title = fields.need("title", place, ctx.problems);
    front.title = title.and_then(|n| scalars::text("`title`", n, ctx.problems));
    let kinds = Kind::ALL;
    let kind = fields.get("kind").and_then(|n| scalars::choice("`kind`", n, &kinds, ctx.problems));
    front.kind = kind.unwrap_or_default();
    front.scope = scalars::words("`scope`", fields.get("scope"), ctx.problems);
    front.symptoms = scalars::words("`symptoms`", fields.get("symptoms"), ctx.problems);
    front.alerts = fields.get("alerts").map(|n| alerts(n, ctx)).unwrap_or_default();
    let detectors = fields.get("detectors").map(|n| scalars::texts("`detectors`", n, ctx.problems));
    front.detectors =
        detectors.unwrap_or_default().into_iter().map(|(id, span)| Named { id, span }).collect();
    front.applies = fields.get("applies").and_then(|n| applies(n, ctx)).unwrap_or_default();
    front.requires = fields.get("requires").and_then(|n| requires(n, ctx)).unwrap_or_default();
    front.meta = fields.get("meta").and_then(|n| meta(n, ctx)).unwrap_or_default();
    front.params = fields.get("params").map(|n| params::params(n, ctx)).unwrap_or_default();
    front.scenario = fields.get("scenario").and_then(|n| named("`scenario`", n, ctx));
    front.tags = scalars::words("`tags`", fields.get("tags"), ctx.problems);
    front.extra = fields.extra().map(|(k, v)| (k.text.clone(), v.json())).collect();
    fields.finish(ctx.problems);
    Some(front)
}

fn format(node: &Node, ctx: &mut Ctx<'_>) -> Format {
    // A minor version after a point does not matter for reading: 1.2 is version 1.
    let major = node.text().and_then(|t| t.split('.').next()?.parse::<u64>().ok());
    match major {
        Some(FORMAT_VERSION) => Format::V1,
        Some(other) => Format::Newer(other),
        None => {
            let message = t!("runbook-decode-format");
            ctx.problems.error_help(
                "format.version",
                node.span,
                message,
                Some("write `runbook: 1`".to_owned()),
            );
            Format::V1
        }
    }
}

fn named(what: &str, node: &Node, ctx: &mut Ctx<'_>) -> Option<Named> {
    Some(Named { id: scalars::text(what, node, ctx.problems)?, span: node.span })
}

fn list(node: &Node) -> &[Node] {
    match &node.value {
        Value::Seq(items) => items,
        Value::Null => &[],
        _ => std::slice::from_ref(node),
    }
}

fn alerts(node: &Node, ctx: &mut Ctx<'_>) -> Vec<AlertBinding> {
    list(node).iter().filter_map(|n| alert(n, ctx)).collect()
}

fn alert(node: &Node, ctx: &mut Ctx<'_>) -> Option<AlertBinding> {
    if let Some(name) = node.text() {
        let (name, span) = (name.to_owned(), node.span);
        return Some(AlertBinding { name, matchers: Vec::new(), bind: Vec::new(), span });
    }
    let mut fields = Fields::new(t!("runbook-decode-alert"), node, ctx.problems)?;
    let name = fields.need("name", node.span, ctx.problems);
    let matchers = fields.get("matchers").map(|n| pairs("`matchers`", n, ctx)).unwrap_or_default();
    let bind = fields.get("bind").map(|n| pairs("`bind`", n, ctx)).unwrap_or_default();
    fields.finish(ctx.problems);
    let plain = |(param, label): (String, String)| {
        let label = label.strip_prefix("labels.").map_or(label.clone(), str::to_owned);
        (param, label)
    };
    let name_node = name?;
    let name = scalars::text(t!("runbook-decode-alert-name"), name_node, ctx.problems)?;
    Some(AlertBinding { name, matchers, bind: bind.into_iter().map(plain).collect(), span: name_node.span })
}

fn pairs(what: &str, node: &Node, ctx: &mut Ctx<'_>) -> Vec<(String, String)> {
    let Some(fields) = Fields::new(what, node, ctx.problems) else { return Vec::new() };
    let one = |(k, v): &(KeyNode, Node)| Some((k.text.clone(), scalars::text(what, v, ctx.problems)?));
    fields.entries().iter().filter_map(one).collect()
}

fn applies(node: &Node, ctx: &mut Ctx<'_>) -> Option<Applies> {
    let mut fields = Fields::new("`applies`", node, ctx.problems)?;
    let range = fields.get("k8s");
    let distro = fields.get("distro");
    let distro = distro.map(|n| scalars::texts("`distro`", n, ctx.problems)).unwrap_or_default();
    for (word, span) in distro.iter().filter(|(word, _)| !Distro::known(word)) {
        let known = Distro::ALL.iter().map(|(known, ..)| *known).chain(["managed"]);
        let help = suggest(word, known);
        let message = t!("runbook-decode-distribution", word = word);
        ctx.problems.warn("distro.unknown", *span, message, help);
    }
    let distro = distro.into_iter().map(|(word, _)| word).collect();
    fields.finish(ctx.problems);
    let k8s = range.map(|n| comparisons("`k8s`", n, ctx)).unwrap_or_default();
    Some(Applies { k8s, distro })
}

/// Reads `>=1.28 <1.36`, also as a list.
fn comparisons(what: &str, node: &Node, ctx: &mut Ctx<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for (text, span) in scalars::texts(what, node, ctx.problems) {
        for part in text.split([' ', ',']).filter(|p| !p.is_empty()) {
            if is_comparison(part) {
                found.push(part.to_owned());
            } else {
                let message = t!("runbook-decode-comparison", what = what, part = part);
                ctx.problems.error("version.shape", span, message);
            }
        }
    }
    found
}

fn is_comparison(text: &str) -> bool {
    let version = text.trim_start_matches(['>', '<', '=']);
    let operator = &text[..text.len() - version.len()];
    ["", "=", ">", ">=", "<", "<="].contains(&operator)
        && !version.is_empty()
        && version.split('.').all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()))
}

fn requires(node: &Node, ctx: &mut Ctx<'_>) -> Option<Requires> {
    let mut fields = Fields::new("`requires`", node, ctx.problems)?;
    let api = fields.get("api").and_then(|n| scalars::boolean("`api`", n, ctx.problems)).unwrap_or(true);
    let rbac = fields.get("rbac").map(|n| rules(n, ctx)).unwrap_or_default();
    let reach = fields.get("reach").map(list).unwrap_or_default();
    let choose = |n: &Node| scalars::choice("`reach`", n, &Reach::ALL, ctx.problems);
    let reach = reach.iter().filter_map(choose).collect();
    let tools = fields.get("tools").map(|n| tools(n, ctx)).unwrap_or_default();
    let app = fields.get("app").and_then(|n| comparisons("`app`", n, ctx).into_iter().next());
    fields.finish(ctx.problems);
    Some(Requires { api, rbac, reach, tools, app })
}

fn rules(node: &Node, ctx: &mut Ctx<'_>) -> Vec<RbacRule> {
    let mut rules = Vec::new();
    for (text, span) in scalars::texts("`rbac`", node, ctx.problems) {
        if let Some(rule) = rule(&text) {
            rules.push(rule);
        } else {
            let message = t!("runbook-decode-rbac", text = text);
            let help = t!("runbook-decode-rbac-help");
            ctx.problems.error_help("rbac.shape", span, message, Some(help.to_owned()));
        }
    }
    rules
}

fn rule(text: &str) -> Option<RbacRule> {
    let (verb, target) = text.split_once(' ')?;
    let target = target.trim();
    if !VERBS.contains(&verb) || target.is_empty() || target.contains(' ') {
        return None;
    }
    let (path, sub) = target.split_once('/').map_or((target, None), |(p, s)| (p, Some(s.to_owned())));
    let (resource, group) = path.split_once('.').unwrap_or((path, ""));
    let (verb, group, resource) = (verb.to_owned(), group.to_owned(), resource.to_owned());
    Some(RbacRule { verb, group, resource, subresource: sub })
}

/// The name of this machine in `tools`.
const LOCAL: &str = "local";

/// `[kubectl, "jq>=1.6"]`, `{ local: [...], ssh: [...] }`, or `{ kubectl: ">=1.28" }`, which is for this machine.
fn tools(node: &Node, ctx: &mut Ctx<'_>) -> Vec<Tool> {
    let mut tools = Vec::new();
    if let Value::Seq(_) = node.value {
        list_of_tools(LOCAL, node, &mut tools, ctx);
        return tools;
    }
    let Some(fields) = Fields::new("`tools`", node, ctx.problems) else { return tools };
    for (key, value) in fields.entries() {
        if [LOCAL, "ssh"].contains(&key.text.as_str()) {
            list_of_tools(&key.text, value, &mut tools, ctx);
            continue;
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || ['-', '_', '.'].contains(&c);
        if !key.text.starts_with(|c: char| c.is_ascii_alphanumeric()) || !key.text.chars().all(plain) {
            let message = t!("runbook-decode-tools-key", key = key.text);
            ctx.problems.error("key.unknown", key.span, message);
        }
        for version in comparisons(t!("runbook-decode-tools-version"), value, ctx) {
            let asked = Tool { at: LOCAL.to_owned(), name: key.text.clone(), version: Some(version) };
            tools.extend(tool(asked, value.span, ctx));
        }
    }
    tools
}

fn list_of_tools(at: &str, node: &Node, tools: &mut Vec<Tool>, ctx: &mut Ctx<'_>) {
    for (text, span) in scalars::texts("`tools`", node, ctx.problems) {
        let cut = text.find(['>', '<', '=']).unwrap_or(text.len());
        let (name, version) = (text[..cut].trim().to_owned(), text[cut..].replace(' ', ""));
        if name.is_empty() || (!version.is_empty() && !is_comparison(&version)) {
            let message = t!("runbook-decode-tool", text = text);
            ctx.problems.error("version.shape", span, message);
        }
        let version = (!version.is_empty()).then_some(version);
        tools.extend(tool(Tool { at: at.to_owned(), name, version }, span, ctx));
    }
}

/// A version can be asked for only of a tool that opsbook knows to ask; those on hosts are not looked at.
fn tool(tool: Tool, span: Span, ctx: &mut Ctx<'_>) -> Option<Tool> {
    if tool.at == LOCAL && tool.version.is_some() && version_arguments(&tool.name).is_none() {
        let known = list_of(with_version());
        let message = t!("runbook-decode-tool-version", name = tool.name);
        let help = t!("runbook-decode-tool-version-help", known = known);
        ctx.problems.error_help("tool.version", span, message, Some(help));
        return None;
    }
    Some(tool)
}

fn meta(node: &Node, ctx: &mut Ctx<'_>) -> Option<Meta> {
    let mut fields = Fields::new("`meta`", node, ctx.problems)?;
    let owner = fields.get("owner").and_then(|n| scalars::text("`owner`", n, ctx.problems));
    let reviewed_node = fields.get("reviewed");
    let reviewed = reviewed_node.and_then(|n| scalars::text("`reviewed`", n, ctx.problems));
    if let (Some(node), Some(day)) = (reviewed_node, &reviewed)
        && day.parse::<jiff::civil::Date>().is_err()
    {
        let message = t!("runbook-decode-reviewed", day = day);
        ctx.problems.error("meta.reviewed", node.span, message);
    }
    let review_every =
        fields.get("review_every").and_then(|n| scalars::duration("`review_every`", n, ctx.problems));
    let risk_node = fields.get("risk");
    let risk = risk_node.and_then(|n| policy::risk("`risk`", n, ctx)).unwrap_or_default();
    let eta = fields.get("eta").and_then(|n| scalars::duration("`eta`", n, ctx.problems));
    fields.finish(ctx.problems);
    Some(Meta { owner, reviewed, review_every, risk, risk_span: risk_node.map(|n| n.span), eta })
}
