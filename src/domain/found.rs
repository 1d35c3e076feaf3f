//! What the places are called in which a search finds something, for people; their names are for programs.
//!
//! Must not know how is searched. A new field of the index (`search::fields`) is a new row.

use crate::lang::t;

/// The name of a field in words.
pub fn found_in(field: &str) -> &str {
    match field {
        "title" => t!("domain-found-title"),
        "symptoms" => t!("domain-found-symptoms"),
        "alerts" => t!("domain-found-alerts"),
        "headings" => t!("domain-found-headings"),
        "tags" => t!("domain-found-tags"),
        "body" => t!("domain-found-body"),
        other => other,
    }
}
