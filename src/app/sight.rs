//! What the operator had before them when a key was pressed. A key answers only what the latest drawn frame showed, and
//! what stood there for a moment: keys that were typed ahead, that waited, or that are held down answer nothing.
//!
//! Times here are those of the hand (see [`Press`]), never those of the session. It must not know what a step or a question
//! is: `update/sight.rs` says what is on the screen, as a text that is another one whenever something else would be answered.
//! To let a key answer something new, ask [`Sight::answer`] where it does.

use crate::lang::t;
use std::time::Duration;

use thiserror::Error;

use crate::domain::{Key, Press, Pressed};

/// How long something must have been on the screen before a key can answer it.
pub const READ: Duration = Duration::from_millis(300);
/// The same key within this time is one that is held: terminals repeat it faster.
const HELD: Duration = Duration::from_millis(300);
/// What runs something asks for more: a key that is held down begins to repeat after up to a second only.
const HELD_RUN: Duration = Duration::from_secs(1);

/// A frame that was drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// When, in the time of the hand.
    pub at: Duration,
    /// The screen showed something else before: it was cleared, or another program had the terminal.
    pub anew: bool,
}

/// What can be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The present step, or the program in a pane.
    Screen,
    /// The question that lies over it.
    Question,
}

/// What an answer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answers {
    /// It marks something of the question, which stays.
    Mark,
    /// It goes on.
    Walk,
    /// It runs something.
    Run,
    /// It is for a program in a pane.
    Pass,
}

/// Why a key does not count.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum NotTaken {
    #[error("{}", t!("app-sight-this-came-on-screen-just-now"))]
    JustShown,
    #[error("{}", t!("app-sight-key-that-is-held-down-answers"))]
    Held,
}

/// Something that frames showed, one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Shown {
    what: String,
    since: Duration,
}

/// So many keys are remembered: more than a hand holds down.
const KEYS: usize = 32;

/// Presses of one key, one soon after the other; other keys in between change nothing about it.
#[derive(Clone, Copy, Debug)]
struct Streak {
    key: Key,
    latest: Duration,
    /// When it began, with gaps shorter than [`HELD`] and than [`HELD_RUN`].
    held: Duration,
    held_run: Duration,
}

/// What was in sight since when, and which key the hand is on.
#[derive(Debug, Default)]
pub struct Sight {
    now: Duration,
    screen: Option<Shown>,
    question: Option<Shown>,
    /// Something lay over the screen in the latest frame; what is known of the screen is older then.
    covered: bool,
    /// Of the keys that were pressed within [`HELD_RUN`].
    streaks: Vec<Streak>,
    /// The key of now; none where something else asks.
    key: Option<Key>,
    /// The key of now cannot answer, whatever is in sight.
    idle: bool,
    /// Something was answered since the latest frame.
    answered: bool,
    /// That was before the key of now.
    spent: bool,
}

impl Sight {
    /// A key comes. What it can answer was in sight before.
    pub fn press(&mut self, press: Press) {
        self.begin(press.at);
        self.idle = press.how != Pressed::Fresh;
        let now = self.now;
        let before = self.streak(press.key);
        let since = |began: fn(&Streak) -> Duration, gap: Duration| {
            let going = before.filter(|s| now.saturating_sub(s.latest) < gap);
            going.as_ref().map_or(now, began)
        };
        let streak = Streak {
            key: press.key,
            latest: now,
            held: since(|s| s.held, HELD),
            held_run: since(|s| s.held_run, HELD_RUN),
        };
        // In the order of their latest presses.
        self.streaks.retain(|s| s.key != press.key && now.saturating_sub(s.latest) < HELD_RUN);
        if self.streaks.len() >= KEYS {
            self.streaks.remove(0);
        }
        self.streaks.push(streak);
        self.key = Some(press.key);
    }

    fn streak(&self, key: Key) -> Option<Streak> {
        self.streaks.iter().find(|s| s.key == key).copied()
    }

    /// Something else than a key asks for an action.
    pub fn told(&mut self) {
        self.begin(self.now);
        (self.idle, self.key) = (false, None);
    }

    fn begin(&mut self, at: Duration) {
        self.now = self.now.max(at);
        self.spent = self.answered;
    }

    /// A frame of the present state is on the screen. True when it shows something that the one before it did not: what
    /// was typed until now was typed for something else.
    pub fn drawn(
        &mut self,
        frame: Frame,
        screen: Option<String>,
        question: Option<String>,
        covered: bool,
    ) -> bool {
        self.now = self.now.max(frame.at);
        let anew = frame.anew || self.answered;
        let mut other = follow(&mut self.question, question, self.now, anew);
        if covered {
            // It cannot be read now: it stays known as it was when it could.
            if frame.anew {
                self.screen = None;
            }
        } else {
            other |= follow(&mut self.screen, screen, self.now, anew || self.covered);
        }
        self.covered = covered;
        (self.answered, self.spent) = (false, false);
        other
    }

    /// Whether the key of now answers what is there, which is `what`. What was answered once is not answered again before
    /// a frame showed what became of it; the answer to a question may go on to the step behind it.
    pub fn answer(&mut self, place: Place, what: Option<&str>, does: Answers) -> Result<(), NotTaken> {
        if self.idle {
            return Err(NotTaken::Held);
        }
        let (shown, behind) = match place {
            Place::Screen => (&self.screen, self.covered && !self.answered),
            Place::Question => (&self.question, false),
        };
        let shown = shown.as_ref().filter(|s| !self.spent && !behind && what == Some(s.what.as_str()));
        let read = shown.map(|s| s.since + READ).filter(|at| *at <= self.now);
        let Some(read) = read else { return Err(NotTaken::JustShown) };
        let began = self
            .key
            .and_then(|key| self.streak(key))
            .map(|s| if does == Answers::Run { s.held_run } else { s.held });
        if began.is_some_and(|at| at < read) {
            return Err(NotTaken::Held);
        }
        self.answered |= matches!(does, Answers::Walk | Answers::Run);
        Ok(())
    }

    /// Whether the latest frame showed this on the screen.
    pub fn shows(&self, what: Option<&str>) -> bool {
        let shown = self.screen.as_ref().filter(|_| !self.answered && !self.covered);
        shown.is_some_and(|s| what == Some(s.what.as_str()))
    }
}

/// Keeps what a frame showed. True when it is something else than before.
fn follow(slot: &mut Option<Shown>, what: Option<String>, now: Duration, anew: bool) -> bool {
    let same = slot.as_ref().map(|s| s.what.as_str()) == what.as_deref();
    if same && !anew {
        return false;
    }
    *slot = what.map(|what| Shown { what, since: now });
    slot.is_some()
}
