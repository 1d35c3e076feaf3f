//! The clock of a session: real time, or a rehearsal's faster time. It is read only at the edges (the
//! assembler, the runtime, the practice cluster); everything else is told what time it is.

use std::time::Duration;

use tokio::time::Instant;

use crate::domain::Timestamp;

/// A clock that runs at a speed; at speed 1 it shows the time of day.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    start: Timestamp,
    from: Instant,
    speed: u32,
}

impl Clock {
    /// Starts at the present time and runs `speed` times as fast as real time. Below one is one.
    pub fn start(speed: u32) -> Clock {
        Clock { start: Timestamp::now(), from: Instant::now(), speed: speed.max(1) }
    }

    /// The time of day.
    pub fn real() -> Clock {
        Clock::start(1)
    }

    /// The time that it shows. At speed 1 the system's clock is read anew, so that a machine that slept or
    /// whose clock was set does not drift.
    pub fn now(&self) -> Timestamp {
        if self.speed == 1 && !cfg!(test) {
            return Timestamp::now();
        }
        self.start + self.from.elapsed() * self.speed
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
