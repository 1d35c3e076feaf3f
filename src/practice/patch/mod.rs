//! The four kinds of patch that the API server takes, as functions from an object and a patch to an object.
//!
//! One more kind of patch is one file here and one arm in [`Format::apply`].

mod json_patch;
mod merge;
mod strategic;

use serde_json::Value;

pub use merge::merge;

use super::status::Refusal;

/// The content types of a PATCH.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Json,
    Merge,
    Strategic,
    /// Server-side apply: merged as a strategic patch, the object made when it is absent.
    Apply,
}

impl Format {
    /// The format behind a Content-Type header.
    pub fn of(content_type: &str) -> Option<Self> {
        match content_type.split(';').next().unwrap_or_default().trim() {
            "application/json-patch+json" => Some(Self::Json),
            "application/merge-patch+json" => Some(Self::Merge),
            "application/strategic-merge-patch+json" => Some(Self::Strategic),
            "application/apply-patch+yaml" => Some(Self::Apply),
            _ => None,
        }
    }

    /// The object after the patch.
    pub fn apply(self, object: &Value, patch: &Value) -> Result<Value, Refusal> {
        match self {
            Self::Json => json_patch::apply(object, patch),
            Self::Merge => {
                let mut object = object.clone();
                merge(&mut object, patch);
                Ok(object)
            }
            Self::Strategic | Self::Apply => {
                let mut object = object.clone();
                strategic::apply(&mut object, patch);
                Ok(object)
            }
        }
    }
}
