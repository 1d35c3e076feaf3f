//! Parameters with values: judging what was entered, defaults, prefilling, substitution, environment.
//!
//! Purpose: the only way from something that a person, an alert or a finding supplied to something that an
//! operation or a script receives. A value is judged once, by [`accept()`], and never becomes shell text.
//!
//! Must not: offer candidates (pickers need the cluster), or read anything.

mod accept;
mod environment;
mod names;
mod prefill;
mod substitute;
mod value;

pub use accept::{
    ParamError, accept, accept_all, accept_json, accept_typed, as_typed, default_value, missing,
};
pub use environment::{EnvVar, environment, is_reserved, variable_name};
pub use names::{check_name, check_plain, is_namespaced};
pub use prefill::{Origin, Prefilled, prefill};
pub use substitute::{
    Bindings, SubstituteError, each_element, look_up, resolve, resolve_path, resolve_paths,
};
pub use value::{ObjectRef, ParamValue, Recorded, SecretText, Values};

#[cfg(test)]
mod tests;
