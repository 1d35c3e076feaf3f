//! opsbook takes an on-call operator of Kubernetes from the page to the verified fix.

pub mod domain;
pub mod runbook;
