//! The clock of a session: real time, or a rehearsal's faster time. It is read only at the edges (the
//! assembler, the runtime, the practice cluster); everything else is told what time it is.

use std::time::Duration;

use tokio::time::Instant;

use crate::domain::Timestamp;

/// A clock: the time of day, or a time that began at some moment and runs at a speed.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    start: Timestamp,
    from: Instant,
    speed: u32,
    /// Reads the system's clock, so that a machine that slept or whose clock was set does not drift.
    of_day: bool,
}

impl Clock {
    /// The time of day.
    pub fn real() -> Clock {
        Clock { of_day: true, ..Clock::since(Timestamp::now(), 1) }
    }

    /// Begins at `start` and runs `speed` times as fast as the runtime's time; below one is one.
    pub fn since(start: Timestamp, speed: u32) -> Clock {
        Clock { start, from: Instant::now(), speed: speed.max(1), of_day: false }
    }

    /// The time that it shows.
    pub fn now(&self) -> Timestamp {
        if self.of_day {
            return Timestamp::now();
        }
        let elapsed = jiff::SignedDuration::try_from(self.from.elapsed() * self.speed);
        elapsed.ok().and_then(|d| self.start.checked_add(d).ok()).unwrap_or(Timestamp::MAX)
    }

    /// The moment at which it will show `at`, not before now.
    pub fn instant(&self, at: Timestamp) -> Instant {
        let wait = at.as_millisecond().saturating_sub(self.now().as_millisecond()).max(0);
        Instant::now() + Duration::from_millis(wait as u64 / u64::from(self.speed) + 1)
    }

    /// How long to wait in real time for a span of its own time.
    pub fn real_span(&self, span: Duration) -> Duration {
        span / self.speed
    }
}
