//! opsbook takes an on-call operator of Kubernetes from the page to the verified fix.

pub mod clock;
pub mod cluster;
pub mod detect;
pub mod domain;
pub mod op;
pub mod session;
