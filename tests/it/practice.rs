//! The practice cluster as its clients see it.

mod api;
mod door;
mod exec;
mod node_fault;
mod record;
mod scope;
mod support;
mod workloads;
