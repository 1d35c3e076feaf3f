//! What comes from the terminal: events of crossterm, without the terminal's own answers. A late answer to a question
//! (its name, its colours) looks like keys that somebody pressed, and each of them would do something.
//!
//! It must not know what a key means.

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

/// The input of the terminal.
pub struct Input {
    events: EventStream,
    answers: Answers,
}

impl Input {
    pub fn new() -> Input {
        Input { events: EventStream::new(), answers: Answers::default() }
    }

    /// The next event. What was taken is kept when this is dropped before its end.
    pub async fn next(&mut self) -> Option<io::Result<Event>> {
        loop {
            let due = self.answers.due();
            tokio::select! {
                biased;
                event = self.events.next() => match self.judge(event?) {
                    None => {}
                    some => return some,
                },
                () = async { if let Some(at) = due { sleep_until(at).await } else { pending().await } } => {
                    if let Some(key) = self.answers.release(Instant::now()) {
                        return Some(Ok(Event::Key(key)));
                    }
                }
            }
        }
    }

    /// The next event of those that are there already.
    pub async fn waiting(&mut self) -> Option<io::Result<Event>> {
        loop {
            let Poll::Ready(event) = poll_fn(|cx| Poll::Ready(self.events.poll_next_unpin(cx))).await else {
                return None;
            };
            match self.judge(event?) {
                None => {}
                some => return some,
            }
        }
    }

    fn judge(&mut self, event: io::Result<Event>) -> Option<io::Result<Event>> {
        match event {
            Ok(event) => self.answers.take(event, Instant::now()).map(Ok),
            error => Some(error),
        }
    }
}

/// Tells answers of the terminal from keys.
#[derive(Debug, Default)]
enum Answers {
    #[default]
    None,
    /// A key as an answer begins; it is held until the next one shows what it is.
    Perhaps(KeyEvent, Instant),
    /// Within an answer, since its latest character.
    Within(Instant),
}

impl Answers {
    /// The event, unless it belongs to an answer, or may.
    fn take(&mut self, event: Event, now: Instant) -> Option<Event> {
        let Event::Key(key) = &event else { return Some(event) };
        match *self {
            Answers::Within(latest) if now < latest + PAUSE => {
                *self = if ends(key) { Answers::None } else { Answers::Within(now) };
                None
            }
            Answers::Perhaps(_, since) if now < since + AT_ONCE && goes_on(key) => {
                *self = if ends(key) { Answers::None } else { Answers::Within(now) };
                None
            }
            // It came too late to be of an answer. The held key was given before, when it was due.
            _ if begins(key) => {
                *self = Answers::Perhaps(*key, now);
                None
            }
            _ => {
                *self = Answers::None;
                Some(event)
            }
        }
    }

    /// When a key that is held was one.
    fn due(&self) -> Option<Instant> {
        if let Answers::Perhaps(_, since) = self { Some(*since + AT_ONCE) } else { None }
    }

    /// The key that was held long enough.
    fn release(&mut self, now: Instant) -> Option<KeyEvent> {
        let Answers::Perhaps(key, since) = *self else { return None };
        (now >= since + AT_ONCE).then(|| {
            *self = Answers::None;
            key
        })
    }
}

/// ESC with P, ], X, ^ or _: a string of the terminal (DCS, OSC, SOS, PM, APC) begins, or somebody holds alt.
fn begins(key: &KeyEvent) -> bool {
    matches!(key.code, KeyCode::Char('P' | ']' | 'X' | '^' | '_')) && alt(key)
}

/// ST or BEL.
fn ends(key: &KeyEvent) -> bool {
    match key.code {
        KeyCode::Char('\\') => alt(key),
        KeyCode::Char('g') => key.modifiers.contains(KeyModifiers::CONTROL),
        _ => false,
    }
}

fn goes_on(key: &KeyEvent) -> bool {
    ends(key)
        || matches!(key.code, KeyCode::Char(_)) && key.modifiers.difference(KeyModifiers::SHIFT).is_empty()
}

fn alt(key: &KeyEvent) -> bool {
    key.modifiers.contains(KeyModifiers::ALT) && !key.modifiers.contains(KeyModifiers::CONTROL)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(c: char, modifiers: KeyModifiers) -> KeyEvent {
        KeyEvent::new(KeyCode::Char(c), modifiers)
    }

    /// What is left of keys that come so many milliseconds after each other.
    fn left(keys: &[KeyEvent], apart: u64) -> String {
        let (mut answers, mut now, mut out) = (Answers::default(), Instant::now(), String::new());
        let mut give = |key: KeyEvent| out.push_str(&key.code.to_string());
        for key in keys {
            answers.release(now).into_iter().for_each(&mut give);
            if let Some(Event::Key(key)) = answers.take(Event::Key(*key), now) {
                give(key);
            }
            now += Duration::from_millis(apart);
        }
        answers.release(now + PAUSE).into_iter().for_each(&mut give);
        out
    }

    fn answer(begin: char, body: &str, end: KeyEvent) -> Vec<KeyEvent> {
        let body = body.chars().map(|c| key(c, KeyModifiers::NONE));
        [key(begin, KeyModifiers::ALT)].into_iter().chain(body).chain([end]).collect()
    }

    #[test]
    fn an_answer_of_the_terminal_is_no_keys() {
        let st = key('\\', KeyModifiers::ALT);
        let bel = key('g', KeyModifiers::CONTROL);
        let after = [key('j', KeyModifiers::NONE)];
        for end in [st, bel] {
            let name = [answer('P', ">|cool 1.2", end), after.to_vec()].concat();
            assert_eq!(left(&name, 0), "j");
            let colour = [answer(']', "11;rgb:1e1e/1e1e/1e1e", end), after.to_vec()].concat();
            assert_eq!(left(&colour, 1), "j");
        }
        // Without an end it is over when it pauses.
        let mut open = answer('P', ">|co", st);
        open.pop();
        let (mut answers, now) = (Answers::default(), Instant::now());
        assert!(open.iter().all(|k| answers.take(Event::Key(*k), now).is_none()));
        let later = Event::Key(key('c', KeyModifiers::NONE));
        assert_eq!(answers.take(later.clone(), now + PAUSE), Some(later));
    }

    #[test]
    fn keys_that_somebody_presses_stay_keys() {
        let pressed = answer(']', "abc", key('\\', KeyModifiers::ALT));
        assert_eq!(left(&pressed, 40), "]abc\\", "with alt held, as fast as fingers are");
        assert_eq!(left(&[key('P', KeyModifiers::ALT)], 0), "P", "alone");
        assert_eq!(left(&[key('P', KeyModifiers::SHIFT), key('x', KeyModifiers::NONE)], 0), "Px");
        let twice = [key('P', KeyModifiers::ALT), key('P', KeyModifiers::ALT)];
        assert_eq!(left(&twice, 40), "PP");
    }
}
