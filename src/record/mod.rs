//! The record of a session: what was seen, decided, done and proved. Pure: the state of a session is a fold
//! over its records, so that resume, timeline, undo list and export come from the same code. The file that
//! holds the records is `session`'s.
//!
//! To record something new, add a variant to [`What`], its words in `timeline.rs`, its free texts in `texts.rs`, and
//! where it changes the state, its case in `state.rs`.

mod account;
mod clean;
mod event;
mod export;
mod flags;
mod format;
mod html;
mod json;
mod markdown;
mod outcome;
mod plan_state;
mod plans;
mod plot;
mod post_mortem;
mod state;
#[cfg(test)]
mod tests;
mod texts;
mod timeline;
mod walks;

pub use account::{Row, Told};
pub use clean::{cleaned, masked, seen};
pub use event::{Ending, Event, FieldChange, Question, RunEnd, What};
pub use export::{Report, markdown};
pub use flags::Flags;
pub use format::Format;
pub use html::html;
pub use json::json;
pub use plan_state::PlanState;
pub use plans::UndoEntry;
pub use plot::{NODES_NOT_READY, Series, counted, left, series};
pub use post_mortem::post_mortem;
pub use state::{OtherServer, SessionState, StepState};
pub use timeline::{evidence, in_timeline, is_failure, verify_first, words};
pub use walks::WalkState;

use crate::lang::t;

/// A name and what stands for it, as one text.
fn labelled(name: &str, value: &str) -> String {
    t!("record-labelled", name = name, value = value)
}

/// Things one after the other.
fn listed<T: AsRef<str>>(things: &[T]) -> String {
    let longer = |list: String, thing: &T| t!("record-list", list = list, thing = thing.as_ref());
    let mut things = things.iter();
    let first = things.next().map(|first| first.as_ref().to_owned()).unwrap_or_default();
    things.fold(first, longer)
}

/// Clauses of one sentence.
fn clauses(all: impl IntoIterator<Item = String>) -> String {
    all.into_iter().reduce(|first, then| t!("record-clauses", first = first, then = then)).unwrap_or_default()
}

/// A short name of a text: sixteen digits that another text does not share, the same in every version.
pub fn digest(text: &str) -> String {
    use sha2::Digest;
    hex(&sha2::Sha256::digest(text.as_bytes())[..8])
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, b| text + &format!("{b:02x}"))
}
