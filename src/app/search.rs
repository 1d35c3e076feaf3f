//! What is typed into the search field and what was found.

/// What a hit is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HitKind {
    Runbook,
    /// The position among the findings.
    Finding(usize),
}

/// One result.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    pub kind: HitKind,
    /// The id of a runbook.
    pub id: String,
    pub title: String,
    pub score: f32,
    /// Which field matched.
    pub field: String,
    /// Its text around the match, in pieces; true marks what matched.
    pub fragment: Vec<(String, bool)>,
}

/// The state of a search. It outlives its screen, so that coming back finds it as it was.
#[derive(Clone, Debug, Default)]
pub struct SearchState {
    pub text: String,
    pub hits: Vec<Hit>,
    /// Number of the latest question; an answer to an older one is dropped.
    pub generation: u64,
    /// Number of the question that `hits` answers.
    pub answered: u64,
}
