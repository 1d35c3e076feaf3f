//! Relative links lead somewhere.

use std::collections::BTreeSet;

use super::super::decode::resolve;
use super::super::model::{Link, Section, Span};
use super::super::near::meant;
use super::super::problem::Problems;
use super::{Catalogue, Ctx};
use crate::lang::t;

pub fn check(ctx: &mut Ctx<'_>) {
    let runbook = ctx.runbook;
    let steps: Vec<&str> = runbook.steps.iter().map(|s| s.name.as_str()).collect();
    let page = Page { id: &runbook.id, anchors: anchors(&runbook.sections), steps: &steps };
    runbook.links.iter().for_each(|link| one(link, &page, ctx.catalogue, &mut ctx.problems));
}

/// The anchors of headings.
pub fn anchors(sections: &[Section]) -> BTreeSet<&str> {
    sections.iter().map(|s| s.anchor.as_str()).collect()
}

/// The page on which a link stands.
pub struct Page<'a> {
    /// The runbook's id.
    pub id: &'a str,
    /// The anchors of its headings.
    pub anchors: BTreeSet<&'a str>,
    /// Its steps.
    pub steps: &'a [&'a str],
}

/// Checks one link.
pub fn one(link: &Link, page: &Page<'_>, catalogue: &Catalogue, problems: &mut Problems) {
    if problems.full() {
        return;
    }
    let (target, span): (&str, Span) = (&link.target, link.span);
    if target.contains("://") || target.starts_with("mailto:") {
        return;
    }
    let Some((runbook, anchor)) = resolve(page.id, target) else {
        // Pictures and other files are not ours to judge, unless the path leaves the folder of the runbooks.
        if target.starts_with("..") && target.contains(".md") {
            problems.error("link.path", span, t!("runbook-leaves-folder", target = target));
        }
        return;
    };
    let known = |anchor: &str| match runbook.as_deref().filter(|id| *id != page.id) {
        Some(id) => {
            catalogue.runbooks.get(id).is_some_and(|i| i.anchors.contains(anchor) || i.steps.contains(anchor))
        }
        None => page.anchors.contains(anchor) || page.steps.contains(&anchor),
    };
    if let Some(id) = &runbook
        && id != page.id
        && !catalogue.runbooks.contains_key(id)
    {
        let near = meant(id, catalogue.runbooks.keys().map(String::as_str));
        let help = near.unwrap_or_else(|| t!("runbook-check-link-not-written", id = id));
        problems.error_help("link.dead", span, t!("runbook-no-runbook", id = id), Some(help));
    } else if let Some(anchor) = anchor
        && !known(&anchor)
    {
        problems.error(
            "link.anchor",
            span,
            t!("runbook-check-link-anchor", target = target, anchor = anchor),
        );
    }
}
