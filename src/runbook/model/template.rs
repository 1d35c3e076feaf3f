//! Values that may contain parameter references.
//!
//! Purpose: `$param` and `$param.field` as whole scalars or whole parts of a path, recognised after YAML was
//! read. A value is substituted into this tree and never into text.
//! Must not: hold values; substitution is in `runbook::params`.

use super::Span;

/// `$node`, `$cps.first`, `$steps.repair.ticket`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParamRef {
    /// The parameter's name, or `steps`.
    pub name: String,
    /// Fields after it.
    pub fields: Vec<String>,
    /// Where it stands, with its dollar sign.
    pub span: Span,
}

/// The name of what earlier steps recorded.
const STEPS: &str = "steps";

/// The name of one element of a list that a step recorded.
pub const EACH: &str = "each";

impl ParamRef {
    /// Whether it names what an earlier step recorded.
    pub fn is_recorded(&self) -> bool {
        self.name == STEPS
    }

    /// The name by which a step with `each` over this list knows one element: that of the parameter, or `each`.
    pub fn element(&self) -> &str {
        if self.is_recorded() { EACH } else { &self.name }
    }
}

/// One part of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathPart {
    /// Fixed text, separators included.
    Text(String),
    /// A reference.
    Ref(ParamRef),
}

impl PathPart {
    /// The references among some parts.
    pub fn refs(parts: &[Self]) -> Vec<&ParamRef> {
        parts.iter().filter_map(|p| if let Self::Ref(r) = p { Some(r) } else { None }).collect()
    }
}

/// A YAML value with references.
#[derive(Clone, Debug, PartialEq)]
pub enum Template {
    /// A value without any reference.
    Literal(serde_json::Value, Span),
    /// A whole scalar that is one reference; it keeps the parameter's type.
    Ref(ParamRef),
    /// A path with at least one reference between `/` and `:`; it becomes text.
    Path(Vec<PathPart>, Span),
    /// A list.
    List(Vec<Template>, Span),
    /// A map in file order.
    Map(Vec<(String, Template)>, Span),
}

impl Template {
    /// Where the value stands.
    pub fn span(&self) -> Span {
        match self {
            Self::Ref(r) => r.span,
            Self::Literal(_, s) | Self::Path(_, s) | Self::List(_, s) | Self::Map(_, s) => *s,
        }
    }

    /// Every reference in it, in file order.
    pub fn refs(&self) -> Vec<&ParamRef> {
        match self {
            Self::Literal(..) => Vec::new(),
            Self::Ref(r) => vec![r],
            Self::Path(parts, _) => PathPart::refs(parts),
            Self::List(items, _) => items.iter().flat_map(Self::refs).collect(),
            Self::Map(items, _) => items.iter().flat_map(|(_, v)| v.refs()).collect(),
        }
    }
}
