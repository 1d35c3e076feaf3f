//! The front matter of a translation: title, symptoms, labels and the short texts of steps.

use std::collections::BTreeMap;

use super::super::model::{Span, StepText};
use super::super::yaml::{KeyNode, Node};
use super::fields::Fields;
use super::{Ctx, common, scalars};
use crate::lang::t;

/// The front matter of `ID.zh.md`, read.
#[derive(Debug, Default)]
pub struct TranslationFront {
    /// `title:`.
    pub title: Option<String>,
    /// `symptoms:`.
    pub symptoms: Vec<String>,
    /// `params:`, labels by parameter.
    pub params: BTreeMap<String, String>,
    /// `steps:`, short texts by step with the name's place.
    pub steps: Vec<(String, Span, StepText)>,
}

/// Reads it.
pub fn translation_front(node: &Node, place: Span, ctx: &mut Ctx<'_>) -> Option<TranslationFront> {
    let mut fields = Fields::new(t!("runbook-decode-translation-front"), node, ctx.problems)?;
    fields.get("runbook");
    fields.get("lang");
    let title = fields.need("title", place, ctx.problems);
    let title = title.and_then(|n| scalars::text("`title`", n, ctx.problems));
    let symptoms = scalars::words("`symptoms`", fields.get("symptoms"), ctx.problems);
    let params = fields.get("params").map(|n| texts("`params`", n, ctx)).unwrap_or_default();
    let steps = fields.get("steps").map(|n| steps(n, ctx)).unwrap_or_default();
    fields.finish(ctx.problems);
    Some(TranslationFront { title, symptoms, params, steps })
}

fn texts(what: &str, node: &Node, ctx: &mut Ctx<'_>) -> BTreeMap<String, String> {
    let Some(fields) = Fields::new(what, node, ctx.problems) else { return BTreeMap::new() };
    let one = |(k, v): &(KeyNode, Node)| Some((k.text.clone(), scalars::text(what, v, ctx.problems)?));
    fields.entries().iter().filter_map(one).collect()
}

fn steps(node: &Node, ctx: &mut Ctx<'_>) -> Vec<(String, Span, StepText)> {
    let Some(fields) = Fields::new("`steps`", node, ctx.problems) else { return Vec::new() };
    fields.entries().iter().filter_map(|(k, v)| Some((k.text.clone(), k.span, step(k, v, ctx)?))).collect()
}

fn step(key: &KeyNode, node: &Node, ctx: &mut Ctx<'_>) -> Option<StepText> {
    let mut fields = Fields::new(t!("runbook-decode-translation-text", key = key.text), node, ctx.problems)?;
    let mut one =
        |key: &'static str| fields.get(key).and_then(|n| scalars::text(&format!("`{key}`"), n, ctx.problems));
    let (title, say, stop, ask, instruction) = (one("title"), one("say"), one("stop"), one("ask"), one("do"));
    let means = fields.get("means").and_then(|n| common::text(n, ctx));
    let hints = fields.get("hints").map(|n| texts("`hints`", n, ctx)).unwrap_or_default();
    let record = fields.get("record").map(|n| texts("`record`", n, ctx)).unwrap_or_default();
    fields.finish(ctx.problems);
    Some(StepText { title, prose: Span::default(), say, stop, ask, instruction, means, hints, record })
}
