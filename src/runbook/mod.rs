//! Runbooks: the file format, version 1, from text to a typed and checked model.
//!
//! Purpose: [`parse()`] turns one Markdown file into a [`model::Runbook`] and a list of every problem in it,
//! [`mod@check`] compares the result with what the program knows, [`params`] judges values that a person or a
//! finding supplies, and [`cond`] compiles and evaluates the conditions.
//!
//! Must not: read files, know the time, talk to a cluster or use an async runtime. Folders are read in
//! `crate::corpus`, and the catalogue of known ids is handed in by the caller.
//!
//! To add a step kind: a variant in `model::StepKind`, a reader in `decode`, its checks in `check`, a row in
//! `docs/runbook-format.md`, and an invalid sample under `tests/data/invalid-runbooks`.

pub mod check;
pub mod cond;
mod decode;
mod markdown;
pub mod model;
mod near;
pub mod params;
mod parse;
mod problem;
mod settings;
mod tools;
mod version;
mod yaml;

pub use decode::resolve;
pub use decode::scalars::{parse_duration, print_duration};
pub use markdown::anchor;
pub use near::{Absent, distance, meant, named, nearest, suggest};
pub use parse::{Parsed, block, id_of, parse, parse_translation};
pub use problem::{LineIndex, Problem, Problems, Severity};
pub use settings::settings;
pub use tools::{unmet, version_arguments, version_in};
pub use version::holds as version_holds;

#[cfg(test)]
mod tests;
