//! Places in a scenario's file, so that whoever wrote it is led to what is wrong. Must not judge anything.

use serde_saphyr::{Location, Spanned};

use super::super::fault::Fault;

/// A place: bytes from the beginning of the file, line and column from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    pub start: usize,
    pub end: usize,
    pub line: usize,
    pub column: usize,
}

impl Spot {
    /// None where the reader did not know it.
    pub fn of(location: Location) -> Option<Self> {
        let count = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        let (line, column) = (count(location.line()), count(location.column()));
        if line == 0 {
            return None;
        }
        let start = location.span().byte_offset().map_or(0, count);
        let len = location.span().byte_len().map_or(1, count);
        Some(Self { start, end: start.saturating_add(len.max(1)), line, column })
    }
}

/// Something that a file says, and where.
pub type Placed<T> = Spanned<T>;

/// What is wrong with a scenario, and where when that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// A stable name: `scenario.syntax`, `scenario.cluster`, `scenario.fault` and the like.
    pub code: &'static str,
    pub why: String,
    pub at: Option<Spot>,
}

impl Flaw {
    pub fn new(code: &'static str, at: Option<Spot>, why: impl Into<String>) -> Self {
        Self { code, why: why.into(), at }
    }

    /// A fault that could not be made.
    pub fn fault(fault: &Placed<Fault>, why: &str) -> Self {
        let why = format!("the fault `{}` cannot be made: {why}", fault.value.name());
        Self::new("scenario.fault", Spot::of(fault.referenced), why)
    }
}

impl std::fmt::Display for Flaw {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(at) = self.at {
            write!(f, "line {} column {}: ", at.line, at.column)?;
        }
        f.write_str(&self.why)
    }
}
