//! What comes from the terminal: events of crossterm, without the terminal's own answers. A late answer to a question
//! (its name, its colours) looks like keys that somebody pressed, and each of them would do something.
//!
//! Only time and form tell the two apart. An answer begins with ESC and P, ] or _ and goes on within 25 ms with a character
//! that such an answer begins with; where the link cut it after these two bytes, within 200 ms with two characters
//! at once. It goes on until ST or BEL, a pause of 200 ms, 256 characters, one second, or a key that no answer has. What is
//! not told apart: an answer that was cut between ESC and the character behind it, or after its third one, is keys;
//! alt with one of those characters, and what else was typed while the program did not read, may be taken for one.
//!
//! It must not know what a key means.

use std::collections::VecDeque;
use std::future::{pending, poll_fn};
use std::io;
use std::task::Poll;
use std::time::Duration;

use crossterm::event::{Event, EventStream, KeyCode, KeyEvent, KeyModifiers};
use futures::StreamExt;
use tokio::time::{Instant, sleep_until};

/// An answer comes at once as a whole: no finger follows a key with the next one so soon.
const AT_ONCE: Duration = Duration::from_millis(25);
/// An answer that pauses for so long does not go on.
const PAUSE: Duration = Duration::from_millis(200);
/// No answer takes longer, or has more characters: what has no end must not take the keys for ever.
const LONGEST: Duration = Duration::from_secs(1);
const MOST: usize = 256;

/// The input of the terminal.
pub struct Input {
    events: EventStream,
    answers: Answers,
    /// What was told to be no answer and not taken yet.
    out: VecDeque<Event>,
}

impl Input {
    pub fn new() -> Input {
        Input { events: EventStream::new(), answers: Answers::default(), out: VecDeque::new() }
    }

    /// The next event. What was taken is kept when this is dropped before its end.
    pub async fn next(&mut self) -> Option<io::Result<Event>> {
        loop {
            if let Some(event) = self.out.pop_front() {
                return Some(Ok(event));
            }
            let due = self.answers.due();
            let judged = tokio::select! {
                biased;
                event = self.events.next() => self.judge(event?),
                () = async { if let Some(at) = due { sleep_until(at).await } else { pending().await } } => {
                    self.answers.release(Instant::now(), &mut self.out);
                    Ok(())
                }
            };
            if let Err(e) = judged {
                return Some(Err(e));
            }
        }
    }

    /// The next event of those that are there already.
    pub async fn waiting(&mut self) -> Option<io::Result<Event>> {
        loop {
            if let Some(event) = self.out.pop_front() {
                return Some(Ok(event));
            }
            let Poll::Ready(event) = poll_fn(|cx| Poll::Ready(self.events.poll_next_unpin(cx))).await else {
                return None;
            };
            if let Err(e) = self.judge(event?) {
                return Some(Err(e));
            }
        }
    }

    fn judge(&mut self, event: io::Result<Event>) -> io::Result<()> {
        self.answers.take(event?, Instant::now(), &mut self.out);
        Ok(())
    }
}

/// Tells answers of the terminal from keys.
#[derive(Clone, Copy, Debug, Default)]
enum Answers {
    #[default]
    None,
    /// A key as an answer begins; it is held until the next one shows what it is.
    Perhaps {
        key: KeyEvent,
        since: Instant,
    },
    /// Such a key was given, since nothing followed at once. The rest of an answer that the link cut may still come.
    Given {
        key: KeyEvent,
        since: Instant,
    },
    /// What may be that rest; it is held until the next one shows what it is.
    Rest {
        key: KeyEvent,
        since: Instant,
    },
    Within {
        began: Instant,
        latest: Instant,
        characters: usize,
    },
}

impl Answers {
    /// Gives the event, and what was held before it, unless it belongs to an answer, or may.
    fn take(&mut self, event: Event, now: Instant, out: &mut VecDeque<Event>) {
        self.release(now, out);
        let Event::Key(key) = event else {
            // What was held was pressed before.
            self.give_held(out);
            out.push_back(event);
            return;
        };
        let next = match *self {
            Answers::Within { began, latest, characters }
                if goes_on(key) && now < latest + PAUSE && now < began + LONGEST && characters < MOST =>
            {
                Some(Answers::Within { began, latest: now, characters: characters + 1 })
            }
            Answers::Perhaps { key: begin, since } if fits(begin, key) => {
                Some(Answers::Within { began: since, latest: now, characters: 1 })
            }
            Answers::Given { key: begin, since } if now < since + PAUSE && fits(begin, key) => {
                Some(Answers::Rest { key, since: now })
            }
            Answers::Rest { since, .. } if goes_on(key) => {
                Some(Answers::Within { began: since, latest: now, characters: 2 })
            }
            _ => None,
        };
        if let Some(next) = next {
            *self = if ends(key) { Answers::None } else { next };
            return;
        }
        self.give_held(out);
        *self = if begins(key) {
            Answers::Perhaps { key, since: now }
        } else {
            out.push_back(event);
            Answers::None
        };
    }

    /// When a key that is held was one.
    fn due(&self) -> Option<Instant> {
        match self {
            Answers::Perhaps { since, .. } | Answers::Rest { since, .. } => Some(*since + AT_ONCE),
            _ => None,
        }
    }

    /// Gives the key that was held long enough.
    fn release(&mut self, now: Instant, out: &mut VecDeque<Event>) {
        if self.due().is_none_or(|due| now < due) {
            return;
        }
        let held = *self;
        self.give_held(out);
        if let Answers::Perhaps { key, since } = held {
            *self = Answers::Given { key, since };
        }
    }

    fn give_held(&mut self, out: &mut VecDeque<Event>) {
        if let Answers::Perhaps { key, .. } | Answers::Rest { key, .. } = *self {
            out.push_back(Event::Key(key));
            *self = Answers::None;
        }
    }
}

/// ESC with P, ] or _: a string of the terminal (DCS, OSC, APC) begins, or somebody holds alt. No terminal answers with
/// the other two strings (SOS, PM).
fn begins(key: KeyEvent) -> bool {
    matches!(key.code, KeyCode::Char('P' | ']' | '_')) && alt(key)
}

/// Whether a character is the first of what begins so.
fn fits(begin: KeyEvent, key: KeyEvent) -> bool {
    let (KeyCode::Char(begin), KeyCode::Char(c)) = (begin.code, key.code) else { return false };
    let fits = match begin {
        'P' => matches!(c, '>' | '$' | '!' | '+') || c.is_ascii_digit(),
        ']' => c.is_ascii_digit(),
        '_' => c.is_ascii_alphabetic(),
        _ => false,
    };
    fits && plain(key)
}

/// ST or BEL.
fn ends(key: KeyEvent) -> bool {
    match key.code {
        KeyCode::Char('\\') => alt(key),
        KeyCode::Char('g') => key.modifiers == KeyModifiers::CONTROL,
        _ => false,
    }
}

/// Whether an answer may have it: a character or its end, and no other key.
fn goes_on(key: KeyEvent) -> bool {
    ends(key) || matches!(key.code, KeyCode::Char(_)) && plain(key)
}

fn plain(key: KeyEvent) -> bool {
    key.modifiers.difference(KeyModifiers::SHIFT).is_empty()
}

fn alt(key: KeyEvent) -> bool {
    key.modifiers.contains(KeyModifiers::ALT) && !key.modifiers.contains(KeyModifiers::CONTROL)
}

#[cfg(test)]
mod tests;
