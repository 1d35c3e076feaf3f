//! From YAML trees to the model, one function for each part of the format.
//!
//! Purpose: read every key that version 1 knows and report everything else, all at once.
//! Must not: know the catalogue of operations, views and runbooks; that is `runbook::check`.

mod common;
mod fields;
mod front;
mod group;
mod params;
mod policy;
pub mod scalars;
mod step;
mod template;
mod translation;

pub use front::{Front, front_matter};
pub use step::{StepFence, step};
#[cfg(test)]
pub use template::path_parts;
pub use translation::translation_front;

use super::model::Goto;
use super::problem::Problems;
use crate::lang::t;

/// What the readers share: where problems go, and the folder against which links are resolved.
#[derive(Debug)]
pub struct Ctx<'a> {
    /// The list under collection.
    pub problems: &'a mut Problems,
    /// The runbook's id.
    pub id: &'a str,
}

/// Resolves `../etcd/x.md#y` against the runbook `id`: another runbook's id and an anchor. A target outside
/// of the runbooks, or one that is not Markdown, gives `None`.
pub fn resolve(id: &str, target: &str) -> Option<(Option<String>, Option<String>)> {
    let (path, anchor) = target.split_once('#').map_or((target, None), |(p, a)| (p, Some(a.to_owned())));
    if path.is_empty() {
        return Some((None, anchor));
    }
    let path = path.strip_suffix(".md")?;
    let mut parts: Vec<&str> = id.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    Some((Some(parts.join("/")), anchor))
}

/// Reads a jump target: `step`, `file.md` or `file.md#step`.
fn goto(text: &str, span: super::model::Span, ctx: &mut Ctx<'_>) -> Option<Goto> {
    let is_file = text.contains(".md") || text.starts_with('#');
    if !is_file {
        return Some(Goto { runbook: None, step: Some(text.to_owned()), span });
    }
    let Some((runbook, step)) = resolve(ctx.id, text) else {
        ctx.problems.error("goto.path", span, t!("runbook-leaves-folder", target = text));
        return None;
    };
    Some(Goto { runbook, step, span })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_resolved_from_the_runbooks_own_folder() {
        let at = |t| resolve("etcd/restore", t);
        assert_eq!(at("member.md#x"), Some((Some("etcd/member".into()), Some("x".into()))));
        assert_eq!(at("../nodes/a.md"), Some((Some("nodes/a".into()), None)));
        assert_eq!(at("#here"), Some((None, Some("here".into()))));
        assert_eq!(at("../../a.md"), None);
        assert_eq!(at("https://example.org/"), None);
    }
}
