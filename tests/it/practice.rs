//! The practice cluster as its clients see it.

mod api;
mod support;
