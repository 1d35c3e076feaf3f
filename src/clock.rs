//! The clock of a session: the API server's time, or a rehearsal's faster time. It is read only at the edges (the
//! assembler, the runtime, the practice cluster); everything else is told what time it is.
//!
//! What happens in a cluster is stamped by its servers, so ages and limits are judged by their time: the time of this
//! machine, less what it is ahead. How much that is, each answer's `Date` says ([`Skew`]).

use std::collections::VecDeque;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::domain::Timestamp;

/// A clock: the time of day, or a time that began at some moment and runs at a speed.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    /// Reads the system's clock, so that a machine that slept or whose clock was set does not drift.
    OfDay(Skew),
    Running {
        start: Timestamp,
        from: Instant,
        speed: u32,
    },
}

impl Clock {
    /// The time of day of this machine.
    pub fn real() -> Clock {
        Clock::of_server(Skew::default())
    }

    /// The time of day of a server.
    pub fn of_server(skew: Skew) -> Clock {
        Clock(Source::OfDay(skew))
    }

    /// Begins at `start` and runs `speed` times as fast as the runtime's time; below one is one.
    pub fn since(start: Timestamp, speed: u32) -> Clock {
        Clock(Source::Running { start, from: Instant::now(), speed: speed.max(1) })
    }

    /// The time that it shows.
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Source::OfDay(skew) => less(Timestamp::now(), skew.ahead_ms()),
            Source::Running { start, from, speed } => {
                let elapsed = jiff::SignedDuration::try_from(from.elapsed() * *speed);
                elapsed.ok().and_then(|d| start.checked_add(d).ok()).unwrap_or(Timestamp::MAX)
            }
        }
    }

    /// The time that it shows, and by how many milliseconds the clock behind it was found to be ahead: where that is another
    /// number than before, the time was set, and did not pass.
    pub fn read(&self) -> (Timestamp, i64) {
        match &self.0 {
            Source::OfDay(skew) => {
                let ahead = skew.ahead_ms();
                (less(Timestamp::now(), ahead), ahead)
            }
            Source::Running { .. } => (self.now(), 0),
        }
    }

    /// The moment at which it will show `at`, not before now.
    pub fn instant(&self, at: Timestamp) -> Instant {
        let wait = at.as_millisecond().saturating_sub(self.now().as_millisecond()).max(0);
        Instant::now() + Duration::from_millis(wait as u64 / u64::from(self.speed()) + 1)
    }

    /// How long to wait in real time for a span of its own time.
    pub fn real_span(&self, span: Duration) -> Duration {
        span / self.speed()
    }

    fn speed(&self) -> u32 {
        match self.0 {
            Source::OfDay(_) => 1,
            Source::Running { speed, .. } => speed,
        }
    }
}

fn less(at: Timestamp, milliseconds: i64) -> Timestamp {
    at.checked_sub(jiff::SignedDuration::from_millis(milliseconds)).unwrap_or(at)
}

/// A difference that is worth a word, in seconds.
const WORTH_A_WORD: i64 = 5;
/// So many answers must agree, over so long, before a difference that was known is another one: several servers may stand
/// behind one address, and an answer may have been on its way for long.
const AGREE: usize = 5;
const AGREE_FOR: Duration = Duration::from_secs(10);
/// Measures differ by so much without meaning anything, in milliseconds, besides what each may be wrong by.
const NOISE_MS: i64 = 1000;
/// An answer that took longer says too little of when it was stamped.
const TOO_LONG: Duration = Duration::from_secs(10);

/// How far the clock of this machine is ahead of a server's, as its answers say. Clones share what is known.
#[derive(Clone, Debug, Default)]
pub struct Skew(Arc<Known>);

#[derive(Debug, Default)]
struct Known {
    ahead_ms: AtomicI64,
    /// The latest measures, with when each was taken.
    latest: Mutex<VecDeque<(i64, Instant)>>,
}

impl Skew {
    /// Takes what an answer says: the `Date` in its head, when it was asked for, how long it took, and the moment now. The
    /// first answer is believed; later ones when they agree.
    pub fn observe(&self, date: Timestamp, asked: Timestamp, took: Duration, now: Instant) {
        if took > TOO_LONG {
            return;
        }
        let half = i64::try_from(took.as_millis() / 2).unwrap_or(0);
        // `Date` has whole seconds: on the average it was stamped half a second later.
        let ahead = (asked.as_millisecond() + half) - (date.as_millisecond() + 500);
        let noise = NOISE_MS + 500 + half;
        let mut latest = self.0.latest.lock().unwrap_or_else(PoisonError::into_inner);
        let first = latest.is_empty();
        // What does not agree with the one before begins the count anew.
        if latest.back().is_some_and(|(before, _)| (ahead - before).abs() > noise) {
            latest.clear();
        }
        latest.push_back((ahead, now));
        let agreed =
            latest.len() >= AGREE && latest.front().is_some_and(|(_, since)| now - *since >= AGREE_FOR);
        if latest.len() > AGREE && agreed {
            latest.pop_front();
        }
        // A time that jumps with each answer would be worse than one that is a second off.
        if (first || agreed) && (ahead - self.ahead_ms()).abs() > noise {
            self.0.ahead_ms.store(ahead, Ordering::Relaxed);
        }
    }

    fn ahead_ms(&self) -> i64 {
        self.0.ahead_ms.load(Ordering::Relaxed)
    }

    /// By how many seconds this machine is ahead, where that is worth a word; below zero it is behind.
    pub fn seconds(&self) -> i64 {
        let seconds = self.ahead_ms() / 1000;
        if seconds.abs() > WORTH_A_WORD { seconds } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_millisecond(ms).unwrap()
    }

    /// A machine that is so far ahead asks at a moment of its own; so many seconds after the first answer.
    fn answer(skew: &Skew, ahead_ms: i64, server_ms: i64, took_ms: u64, at_second: u64) {
        let date = at(server_ms / 1000 * 1000);
        let took = Duration::from_millis(took_ms);
        let now = *BEGAN + Duration::from_secs(at_second);
        skew.observe(date, at(server_ms + ahead_ms - took_ms as i64 / 2), took, now);
    }

    static BEGAN: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);

    #[test]
    fn a_wrong_clock_is_known_by_the_first_answer_and_the_time_is_the_servers() {
        for ahead in [3_600_000, -300_000, 40_000] {
            let skew = Skew::default();
            answer(&skew, ahead, 1_000_000_123_400, 30, 0);
            assert!((skew.ahead_ms() - ahead).abs() <= 500, "{}", skew.ahead_ms());
            assert_eq!(skew.seconds().signum(), ahead.signum());
            let (server, mine) = (Clock::of_server(skew).now(), Timestamp::now());
            let difference = mine.as_millisecond() - server.as_millisecond();
            assert!((difference - ahead).abs() < 1_000, "{difference}");
        }
    }

    #[test]
    fn a_right_clock_stays_as_it_is_whatever_the_part_of_the_second() {
        let skew = Skew::default();
        for i in 0..50 {
            answer(&skew, 200, 1_000_000_000_000 + i * 137, (i as u64 * 97) % 2_000, i as u64);
            assert_eq!(skew.ahead_ms(), 0);
        }
        skew.observe(at(0), at(9_000_000), Duration::from_secs(11), *BEGAN);
        assert_eq!(skew.ahead_ms(), 0, "an answer that took long says nothing");
    }

    #[test]
    fn one_wrong_server_of_several_does_not_move_the_clock() {
        let skew = Skew::default();
        for i in 0..40 {
            answer(&skew, if i % 3 == 2 { 3_600_000 } else { 0 }, 1_000_000_000_000, 10, i);
            assert_eq!(skew.seconds(), 0, "answer {i}");
        }
    }

    #[test]
    fn a_clock_that_was_set_is_known_when_the_answers_agree_for_a_while() {
        let skew = Skew::default();
        answer(&skew, 0, 1_000_000_000_000, 10, 0);
        for i in 0..10 {
            answer(&skew, 90_000, 1_000_000_000_000, 10, 1 + i);
            assert_eq!(skew.seconds(), 0, "after {i} s");
        }
        answer(&skew, 90_000, 1_000_000_000_000, 10, 11);
        assert!((89..=90).contains(&skew.seconds()), "{}", skew.seconds());
    }
}
