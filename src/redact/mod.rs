//! Keeps secrets out of what is written down. What is known to be secret is registered with its value, and every sink
//! filters that value out in each form in which it may come: as it is, in base64, percent-encoded, escaped for JSON.
//! Before something leaves the house, a second pass looks for what looks like a secret although nobody registered it.
//!
//! It must not know where secrets come from nor where text goes, and must never print what it keeps. To cover one more
//! form, add it in `forms.rs`; to cut one more shape of secret on the way out, add a row in `patterns.rs`.

mod forms;
mod object;
mod pattern;
mod patterns;
mod set;
mod stream;
#[cfg(test)]
mod tests;

pub use object::secrets_of;
pub use patterns::{Cuts, cut};
pub use set::{Added, LEAST, MOST, Secrets};
pub use stream::Redactor;

/// What stands in the place of a secret.
pub const MASK: &str = "***";
