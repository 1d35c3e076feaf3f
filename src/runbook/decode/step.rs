//! The body of a step's fence, by kind.

use std::time::Duration;

use super::super::model::{
    Action, At, Capture, CaptureFrom, Case, Check, Common, Decision, Else, Include, Manual, Pane, PathPart,
    Shell, StepKind, View, Wait,
};
use super::super::near::suggest;
use super::super::yaml::{self, KeyNode, Node, Pieces, Value};
use super::fields::Fields;
use super::{Ctx, common, goto, group, params, policy, scalars, template};
use crate::lang::t;
use crate::runbook::model::Span;

/// One step's fence.
#[derive(Debug)]
pub struct StepFence<'a> {
    /// The word after `step=`.
    pub kind: &'a str,
    /// Where that word stands.
    pub kind_span: Span,
    /// Where the name stands; the place of problems that have no better one.
    pub name_span: Span,
    /// The fence's language.
    pub lang: &'a str,
    /// What stands inside.
    pub body: &'a Pieces,
}

/// Reads a step. Problems go to the context; what cannot be read is [`StepKind::Unreadable`].
pub fn step(fence: &StepFence<'_>, ctx: &mut Ctx<'_>) -> (StepKind, Common) {
    let unreadable = StepKind::Unreadable { kind: fence.kind.to_owned() };
    if !StepKind::WORDS.contains(&fence.kind) {
        let near = suggest(fence.kind, StepKind::WORDS).unwrap_or_default();
        let message = t!("runbook-parse-unknown-kind", kind = fence.kind);
        ctx.problems.error_help("step.kind", fence.kind_span, message, Some(near));
        return (unreadable, Common::default());
    }
    check_language(fence, ctx);
    if fence.kind == "shell" {
        return shell(fence, ctx).unwrap_or((unreadable, Common::default()));
    }
    let node = match yaml::read(fence.body) {
        Ok(node) => node,
        Err(error) => {
            ctx.problems.error("yaml.syntax", error.span, error.message);
            return (unreadable, Common::default());
        }
    };
    let Some(mut fields) = Fields::new(step_words(fence.kind), &node, ctx.problems) else {
        return (unreadable, Common::default());
    };
    let common = common::find(&mut fields);
    let place = fence.name_span;
    let kind = match fence.kind {
        "view" => view(&mut fields, place, ctx).map(StepKind::View),
        "check" => check(&mut fields, place, ctx).map(StepKind::Check),
        "decision" => decision(&mut fields, place, ctx).map(StepKind::Decision),
        "action" => action(&mut fields, place, ctx).map(|a| StepKind::Action(Box::new(a))),
        "manual" => manual(&mut fields, place, ctx).map(StepKind::Manual),
        "wait" => wait(&mut fields, place, ctx).map(|w| StepKind::Wait(Box::new(w))),
        "group" => group::group(&mut fields, place, ctx).map(|g| StepKind::Group(Box::new(g))),
        _ => include(&mut fields, place, ctx).map(StepKind::Include),
    };
    fields.finish(ctx.problems);
    let kind = kind.unwrap_or(unreadable);
    let common = common.read(&kind, ctx);
    (kind, common)
}

fn step_words(kind: &str) -> String {
    t!("runbook-decode-kind-step", kind = kind)
}

fn check_language(fence: &StepFence<'_>, ctx: &mut Ctx<'_>) {
    let wanted: &[&str] = if fence.kind == "shell" { &["sh", "bash"] } else { &["yaml", "yml"] };
    if !wanted.contains(&fence.lang) {
        let message = t!("runbook-decode-language", step = step_words(fence.kind), wanted = wanted[0]);
        ctx.problems.error("step.language", fence.kind_span, message);
    }
}

fn view(fields: &mut Fields<'_>, place: Span, ctx: &mut Ctx<'_>) -> Option<View> {
    let show = fields.need("show", place, ctx.problems);
    let at = fields.get("at").and_then(|n| at(n, ctx));
    let show = show?;
    let items = match &show.value {
        Value::Seq(items) => items.as_slice(),
        _ => std::slice::from_ref(show),
    };
    Some(View { show: items.iter().filter_map(|n| pane(n, ctx)).collect(), at })
}

fn pane(node: &Node, ctx: &mut Ctx<'_>) -> Option<Pane> {
    if let Some(text) = node.text() {
        let start = template::text_start(node);
        let (view, rest) = text.split_once('/').unwrap_or((text, ""));
        let of = template::path_parts(rest, start + view.len() + 1, ctx.problems);
        return Some(Pane {
            view: view.to_owned(),
            of,
            options: Vec::new(),
            span: Span::new(start, start + view.len()),
        });
    }
    let mut fields = Fields::new(t!("runbook-decode-a-pane"), node, ctx.problems)?;
    let view = fields.need("view", node.span, ctx.problems)?;
    let of = fields
        .get("of")
        .and_then(|n| Some((scalars::text("`of`", n, ctx.problems)?, template::text_start(n))));
    let of = of.map(|(t, start)| template::path_parts(&t, start, ctx.problems)).unwrap_or_default();
    let option = |(k, v): &(KeyNode, Node)| (k.text.clone(), template::template(v, ctx.problems));
    let free = fields.entries().iter().filter(|(k, _)| k.text != "view" && k.text != "of");
    let options = free.map(option).collect();
    Some(Pane { view: scalars::text("`view`", view, ctx.problems)?, of, options, span: view.span })
}

fn check(fields: &mut Fields<'_>, place: Span, ctx: &mut Ctx<'_>) -> Option<Check> {
    let expect = fields.need("expect", place, ctx.problems);
    let within = fields.get("within").and_then(|n| scalars::duration("`within`", n, ctx.problems));
    let otherwise = fields.get("else").and_then(|n| else_branch(n, ctx));
    Some(Check { expect: scalars::condition("`expect`", expect?, ctx.problems)?, within, otherwise })
}

fn else_branch(node: &Node, ctx: &mut Ctx<'_>) -> Option<Else> {
    let mut fields = Fields::new("`else`", node, ctx.problems)?;
    let (go, stop, say) = (fields.get("goto"), fields.get("stop"), fields.get("say"));
    fields.finish(ctx.problems);
    if go.is_some() && stop.is_some() {
        ctx.problems.error("else.shape", node.span, t!("runbook-decode-else"));
    }
    let go = go.and_then(|n| goto(&scalars::text("`goto`", n, ctx.problems)?, n.span, ctx));
    let stop = stop.and_then(|n| scalars::text("`stop`", n, ctx.problems));
    Some(Else { goto: go, stop, say: say.and_then(|n| scalars::text("`say`", n, ctx.problems)) })
}

fn decision(fields: &mut Fields<'_>, place: Span, ctx: &mut Ctx<'_>) -> Option<Decision> {
    let value = fields.get("value").and_then(|n| scalars::condition("`value`", n, ctx.problems));
    let cases = fields.need("cases", place, ctx.problems);
    let ask = fields.get("ask").and_then(|n| scalars::text("`ask`", n, ctx.problems));
    let otherwise = fields.get("else").and_then(|n| else_branch(n, ctx));
    if value.is_none() && ask.is_none() {
        ctx.problems.error("decision.shape", place, t!("runbook-decode-decision"));
    }
    let fields = Fields::new("`cases`", cases?, ctx.problems)?;
    let cases: Vec<Case> = fields.entries().iter().filter_map(|(k, v)| case(k, v, ctx)).collect();
    if cases.is_empty() {
        ctx.problems.error("decision.shape", fields.span, t!("runbook-decode-decision-empty"));
    }
    Some(Decision { value, cases, ask, otherwise })
}

fn case(key: &KeyNode, node: &Node, ctx: &mut Ctx<'_>) -> Option<Case> {
    let mut fields = Fields::new(t!("runbook-decode-case", value = key.text), node, ctx.problems)?;
    let go = fields.get("goto").and_then(|n| goto(&scalars::text("`goto`", n, ctx.problems)?, n.span, ctx));
    let hint = fields.get("hint").and_then(|n| scalars::text("`hint`", n, ctx.problems));
    fields.finish(ctx.problems);
    Some(Case { value: key.text.clone(), goto: go, hint, span: key.span })
}

fn action(fields: &mut Fields<'_>, place: Span, ctx: &mut Ctx<'_>) -> Option<Action> {
    let op = fields.need("op", place, ctx.problems);
    let with = fields.get("with");
    let policy = policy::policy(fields, false, ctx);
    Some(Action { call: policy::op_call(op?, with, ctx)?, policy })
}

fn manual(fields: &mut Fields<'_>, place: Span, ctx: &mut Ctx<'_>) -> Option<Manual> {
    let instruction = fields.need("do", place, ctx.problems);
    let record = fields.get("record").map(|n| params::record(n, ctx)).unwrap_or_default();
    let peer = fields.get("peer").map(|n| policy::peer(n, ctx)).unwrap_or_default();
    let risk = fields.get("risk").and_then(|n| policy::risk("`risk`", n, ctx)).unwrap_or_default();
    Some(Manual { instruction: scalars::text("`do`", instruction?, ctx.problems)?, record, peer, risk })
}

fn wait(fields: &mut Fields<'_>, place: Span, ctx: &mut Ctx<'_>) -> Option<Wait> {
    let until = fields.need("until", place, ctx.problems);
    let mut time = |key: &'static str| {
        fields.get(key).and_then(|n| scalars::duration(&format!("`{key}`"), n, ctx.problems))
    };
    let (timeout, every, stable) = (time("timeout"), time("every"), time("stable").unwrap_or(Duration::ZERO));
    let then = fields.get("then").and_then(|n| {
        let mut inner = Fields::new("`then`", n, ctx.problems)?;
        let op = inner.need("op", n.span, ctx.problems);
        let with = inner.get("with");
        let risk = inner.get("risk").and_then(|r| policy::risk("`risk`", r, ctx)).unwrap_or_default();
        inner.finish(ctx.problems);
        Some((policy::op_call(op?, with, ctx)?, risk))
    });
    Some(Wait { until: scalars::condition("`until`", until?, ctx.problems)?, stable, timeout, every, then })
}

fn include(fields: &mut Fields<'_>, place: Span, ctx: &mut Ctx<'_>) -> Option<Include> {
    let target = fields.need("runbook", place, ctx.problems);
    let with = fields.get("with").map(|n| policy::arguments(n, ctx)).unwrap_or_default();
    let hash = fields.get("hash").and_then(|n| scalars::text("`hash`", n, ctx.problems));
    let target = target?;
    let text = scalars::text("`runbook`", target, ctx.problems)?;
    let id = match super::resolve(ctx.id, &text) {
        Some((Some(id), _)) => id,
        _ => text,
    };
    let with = with.into_iter().map(|(_, name, value)| (name, value)).collect();
    Some(Include { runbook: id, with, hash, span: target.span })
}

/// Reads `local`, `ssh:HOST`, `node:NODE`, `pod:POD`, `container:POD/CONTAINER`.
fn at(node: &Node, ctx: &mut Ctx<'_>) -> Option<At> {
    let text = scalars::text("`at`", node, ctx.problems)?;
    if text == "local" {
        return Some(At::Local);
    }
    let (place, target) = text.split_once(':').unwrap_or((&text, ""));
    let start = template::text_start(node) + place.len() + 1;
    let parts: Vec<PathPart> = template::path_parts(target, start, ctx.problems);
    let span = node.span;
    match place {
        _ if parts.is_empty() => {}
        "ssh" => return Some(At::Ssh(parts, span)),
        "node" => return Some(At::Node(parts, span)),
        "pod" => return Some(At::Pod(parts, span)),
        "container" => return Some(At::Container(parts, span)),
        _ => {}
    }
    let help = t!("runbook-decode-at-help").to_owned();
    ctx.problems.error_help("at.shape", span, t!("runbook-decode-at", text = text), Some(help));
    None
}

fn shell(fence: &StepFence<'_>, ctx: &mut Ctx<'_>) -> Option<(StepKind, Common)> {
    let (options, script_at) = split_options(fence.body);
    let script = fence.body.text()[script_at..].to_owned();
    if script.trim().is_empty() {
        ctx.problems.error("shell.empty", fence.name_span, t!("runbook-decode-script-empty"));
    }
    let node = match yaml::read(&options) {
        Ok(node) => node,
        Err(error) => {
            ctx.problems.error("yaml.syntax", error.span, error.message);
            return None;
        }
    };
    let mut fields = Fields::new(step_words(fence.kind), &node, ctx.problems)?;
    let place = fields.get("at").map_or(Some(At::Local), |n| at(n, ctx));
    let capture = fields.get("capture").map(|n| captures(n, ctx)).unwrap_or_default();
    let interactive =
        fields.get("interactive").and_then(|n| scalars::boolean("`interactive`", n, ctx.problems));
    let policy = policy::policy(&mut fields, true, ctx);
    let common = common::find(&mut fields);
    fields.finish(ctx.problems);
    let script_span = fence.body.span(script_at, fence.body.text().len());
    let (interpreter, interactive) = (fence.lang.to_owned(), interactive.unwrap_or(false));
    if let Some(kept) = capture.iter().find(|c| interactive && c.from != CaptureFrom::Exit) {
        let message = t!("runbook-decode-capture", name = kept.name);
        let help = Some(t!("runbook-decode-capture-help").to_owned());
        ctx.problems.error_help("step.capture", fence.kind_span, message, help);
    }
    let shell = Shell { at: place?, interpreter, script, script_span, capture, interactive, policy };
    let kind = StepKind::Shell(Box::new(shell));
    let common = common.read(&kind, ctx);
    Some((kind, common))
}

/// The YAML of the leading `#|` lines, and where the script begins.
fn split_options(body: &Pieces) -> (Pieces, usize) {
    let mut options = Pieces::default();
    for (offset, line) in body.lines() {
        let Some(rest) = line.strip_prefix("#|") else { return (options, offset) };
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        options.push(rest, body.to_file(offset + line.len() - rest.len()));
    }
    (options, body.text().len())
}

fn captures(node: &Node, ctx: &mut Ctx<'_>) -> Vec<Capture> {
    const FROM: [(&str, CaptureFrom); 5] = [
        ("stdout", CaptureFrom::Stdout),
        ("stderr", CaptureFrom::Stderr),
        ("exit", CaptureFrom::Exit),
        ("json", CaptureFrom::Json),
        ("list", CaptureFrom::List),
    ];
    let Some(fields) = Fields::new("`capture`", node, ctx.problems) else { return Vec::new() };
    let one = |(k, v): &(KeyNode, Node)| {
        let from = scalars::choice(t!("runbook-decode-a-capture"), v, &FROM, ctx.problems)?;
        Some(Capture { name: k.text.clone(), from })
    };
    fields.entries().iter().filter_map(one).collect()
}
