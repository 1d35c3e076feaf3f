//! The readable side: headings, links, translations.
//!
//! Purpose: where each piece of text stands, so that a screen can render it and a checker can follow it.
//! Must not: render Markdown.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Means, Span};

/// A heading and what stands under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// 1 to 6.
    pub level: u8,
    /// The heading as plain text.
    pub title: String,
    /// The anchor that web pages give it: lower case, spaces to dashes.
    pub anchor: String,
    /// The heading itself.
    pub heading: Span,
    /// From the end of the heading to the next heading of any level.
    pub body: Span,
}

/// A link of the prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The target as written.
    pub target: String,
    /// The whole link.
    pub span: Span,
}

/// What a translation says about one step. Fields that are not translated fall back to the base file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StepText {
    /// The nearest heading above the step's mark.
    pub title: Option<String>,
    /// The Markdown in front of the step's mark, a range of the translation's source.
    pub prose: Span,
    /// `else.say`.
    pub say: Option<String>,
    /// `else.stop`.
    pub stop: Option<String>,
    /// `ask` of a decision.
    pub ask: Option<String>,
    /// `do` of a manual step.
    pub instruction: Option<String>,
    /// `hint` of a decision's cases, by case.
    pub hints: BTreeMap<String, String>,
    /// `means`.
    pub means: Option<Means>,
    /// `title` of a manual step's values, by name.
    pub record: BTreeMap<String, String>,
}

/// `ID.zh.md`: the text in another language. Steps and policy exist only in the base file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Translation {
    /// The language code from the file's name.
    pub lang: String,
    /// The title.
    pub title: String,
    /// Symptom phrases.
    pub symptoms: Vec<String>,
    /// Labels of parameters by name.
    pub params: BTreeMap<String, String>,
    /// The whole file.
    pub source: Arc<str>,
    /// The Markdown after the front matter.
    pub body: Span,
    /// Headings.
    pub sections: Vec<Section>,
    /// Links.
    pub links: Vec<Link>,
    /// Text by step name; a step is marked with `<!-- step: NAME -->`.
    pub steps: BTreeMap<String, StepText>,
    /// Where each step is named, for the checker.
    pub step_spans: Vec<(String, Span)>,
}
