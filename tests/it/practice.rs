//! The practice cluster as its clients see it.

mod api;
mod door;
mod exec;
mod faults;
mod identity;
mod node_fault;
mod odd_answers;
mod plugin;
mod record;
mod scope;
pub mod support;
mod workloads;
