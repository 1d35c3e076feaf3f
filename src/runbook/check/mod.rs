//! Checks a runbook against what the program knows.
//!
//! Purpose: [`check`] finds every mistake that the parser alone cannot see: unknown ids, wrong arguments,
//! conditions that name nothing, jumps to nowhere, missing proofs, risks above what the front matter says.
//!
//! Must not: read files or the registries of operations, views and detectors; the caller hands in a
//! [`Catalogue`] of plain names.
//!
//! To add a check: a function in the file of its topic, a call below, a sample under
//! `tests/data/invalid-runbooks`, a row in `docs/runbook-format.md`.

mod arguments;
mod catalogue;
mod conditions;
mod flow;
mod front;
mod group;
mod links;
mod policy;
mod references;
mod translation;

pub use catalogue::{ArgType, Catalogue, OperationInfo, OperationParam, RunbookInfo};
pub use conditions::declared;

use super::model::{Format, Runbook};
use super::problem::{Problem, Problems};

/// What the checks share.
struct Ctx<'a> {
    runbook: &'a Runbook,
    catalogue: &'a Catalogue,
    problems: Problems,
}

/// Every problem of a runbook and its translations, besides those that the parser found. `file` is the path
/// under which problems are reported. Files of another format are not judged.
pub fn check(file: &str, runbook: &Runbook, catalogue: &Catalogue) -> Vec<Problem> {
    let mut ctx = Ctx { runbook, catalogue, problems: Problems::default() };
    if runbook.format == Format::V1 {
        front::check(&mut ctx);
        references::check(&mut ctx);
        arguments::check(&mut ctx);
        conditions::check(&mut ctx);
        flow::check(&mut ctx);
        group::check(&mut ctx);
        policy::check(&mut ctx);
        links::check(&mut ctx);
    }
    let mut found = ctx.problems.finish(file, &runbook.source);
    for (lang, translation) in &runbook.translations {
        let path =
            file.strip_suffix(".md").map_or_else(|| file.to_owned(), |stem| format!("{stem}.{lang}.md"));
        found.extend(translation::check(&path, runbook, translation, catalogue));
    }
    found
}

#[cfg(test)]
mod tests;
