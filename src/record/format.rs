//! The forms in which a session leaves the house. To add one: a row here, and its renderer in a file of its own.

use super::{Report, html, json, markdown};
use crate::lang::t;

/// A form of an export.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    #[default]
    Markdown,
    Html,
    Json,
}

impl Format {
    pub const ALL: &'static [Format] = &[Format::Html, Format::Markdown, Format::Json];

    /// What it is good for, for people.
    pub fn words(self) -> &'static str {
        match self {
            Format::Markdown => t!("record-format-markdown"),
            Format::Json => t!("record-format-json"),
            Format::Html => t!("record-format-html"),
        }
    }

    pub fn extension(self) -> &'static str {
        match self {
            Format::Markdown => "md",
            Format::Html => "html",
            Format::Json => "json",
        }
    }

    pub fn render(self, report: &Report) -> String {
        match self {
            Format::Markdown => markdown(report),
            Format::Html => html(report),
            Format::Json => json(report),
        }
    }
}
