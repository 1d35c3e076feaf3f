//! Parameters with values: judging what was entered, defaults, prefilling, substitution, environment.
//!
//! Purpose: the only way from something that a person, an alert or a finding supplied to something that an
//! operation or a script receives. A value is judged once, by [`accept`], and never becomes shell text.
//!
//! Must not: offer candidates (pickers need the cluster), or read anything.

mod quantity;
mod value;

pub use quantity::parse_quantity;
pub use value::{ObjectRef, ParamValue, Recorded, SecretText, Values};
