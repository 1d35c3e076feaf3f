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
    /// Whether it is about what was asked; else it only mentions it.
    pub about: bool,
    /// Which field matched.
    pub field: String,
    /// Its text around the match, in pieces; true marks what matched.
    pub fragment: Vec<(String, bool)>,
}

/// What a search was answered with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// What is about it, best first, then what mentions it.
    pub hits: Vec<Hit>,
    /// What the words that were typed were taken for.
    pub reading: Reading,
}

/// What the words of a search were taken for, where that is not plain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Words that were taken for others: as typed, and as read.
    pub meant: Vec<(String, String)>,
    /// Words that no runbook has.
    pub nowhere: Vec<String>,
}

/// The state of a search. It outlives its screen, so that coming back finds it as it was.
#[derive(Clone, Debug, Default)]
pub struct SearchState {
    pub text: String,
    pub hits: Vec<Hit>,
    /// How the question that `hits` answers was read.
    pub reading: Reading,
    /// Number of the latest question; an answer to an older one is dropped.
    pub generation: u64,
    /// Number of the question that `hits` answers.
    pub answered: u64,
}

impl SearchState {
    /// Whether something was asked, and no runbook is about it. What only mentions it may be among the hits.
    pub fn nothing_about(&self) -> bool {
        self.answered >= self.generation && !self.text.trim().is_empty() && !self.hits.iter().any(|h| h.about)
    }
}
