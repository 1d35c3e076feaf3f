//! The practice cluster's one clock and the periods of its controllers.
//!
//! All code of the practice cluster asks this clock; nothing else may read the time. While history is made up at the
//! start, the clock stands still and is moved by hand; afterwards it follows tokio's time, so paused time in a test
//! pauses the cluster too.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

/// How fast the cluster lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pace {
    /// As fast as real time.
    #[default]
    Real,
    /// Twenty times as fast, so that a rehearsal takes seconds. All periods and ages are those of the real
    /// Kubernetes: only the clock runs faster.
    Fast,
}

/// How fast [`Pace::Fast`] is.
pub const FAST: u32 = 20;

impl Pace {
    fn speed(self) -> u32 {
        match self {
            Self::Real => 1,
            Self::Fast => FAST,
        }
    }
}

#[derive(Debug, Clone)]
enum Mode {
    Still(Timestamp),
    Live(crate::clock::Clock),
}

/// Tells the time of the cluster.
#[derive(Debug, Clone)]
pub struct Clock {
    mode: Mode,
}

impl Clock {
    /// A clock that stands at `at` until it is moved or set going.
    pub fn still(at: Timestamp) -> Self {
        Self { mode: Mode::Still(at) }
    }

    /// The time in the cluster.
    pub fn now(&self) -> Timestamp {
        match &self.mode {
            Mode::Still(at) => *at,
            Mode::Live(clock) => clock.now(),
        }
    }

    /// Moves a standing clock; a running one is left alone.
    pub fn set(&mut self, at: Timestamp) {
        if matches!(self.mode, Mode::Still(_)) {
            self.mode = Mode::Still(at);
        }
    }

    /// Lets the clock run from where it stands.
    pub fn run(&mut self, pace: Pace) {
        self.mode = Mode::Live(crate::clock::Clock::since(self.now(), pace.speed()));
    }

    /// The running clock; `None` for a standing one.
    pub fn running(&self) -> Option<crate::clock::Clock> {
        match &self.mode {
            Mode::Still(_) => None,
            Mode::Live(clock) => Some(clock.clone()),
        }
    }

    /// The instant of the runtime at which the cluster's time will be `at`; `None` for a standing clock.
    pub fn instant(&self, at: Timestamp) -> Option<Instant> {
        match &self.mode {
            Mode::Still(_) => None,
            Mode::Live(clock) => Some(clock.instant(at)),
        }
    }
}

/// `at` plus `span`.
pub fn after(at: Timestamp, span: Duration) -> Timestamp {
    SignedDuration::try_from(span).ok().and_then(|d| at.checked_add(d).ok()).unwrap_or(Timestamp::MAX)
}

/// `at` minus `span`.
pub fn before(at: Timestamp, span: Duration) -> Timestamp {
    SignedDuration::try_from(span).ok().and_then(|d| at.checked_sub(d).ok()).unwrap_or(Timestamp::MIN)
}

/// The time from `from` to `to`, nothing when `to` is earlier.
pub fn between(from: Timestamp, to: Timestamp) -> Duration {
    to.duration_since(from).try_into().unwrap_or(Duration::ZERO)
}

/// metav1.Time: whole seconds.
pub fn seconds(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// metav1.MicroTime: six digits after the second.
pub fn micros(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S.%6fZ").to_string()
}

/// Reads either form; `None` for anything else.
pub fn parse(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}

/// Reads `90s`, `4m`, `2h`, `3d`, and sums such as `1h30m`.
pub fn parse_span(text: &str) -> Option<Duration> {
    let mut total = 0.0;
    let mut number = String::new();
    for c in text.trim().chars() {
        if c.is_ascii_digit() || c == '.' {
            number.push(c);
            continue;
        }
        let unit = match c {
            's' => 1.0,
            'm' => 60.0,
            'h' => 3600.0,
            'd' => 86_400.0,
            _ => return None,
        };
        total += number.parse::<f64>().ok()? * unit;
        number.clear();
    }
    (number.is_empty() && !text.trim().is_empty()).then(|| Duration::from_secs_f64(total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_and_nonsense_refused() {
        assert_eq!(parse_span("1h30m"), Some(Duration::from_mins(90)));
        assert_eq!(parse_span("2.5s"), Some(Duration::from_millis(2500)));
        for bad in ["", "5", "m", "3 years"] {
            assert_eq!(parse_span(bad), None, "{bad}");
        }
    }

    #[test]
    fn times_print_as_kubernetes_does() {
        let at = parse("2026-03-01T10:20:30.123456Z").unwrap();
        assert_eq!(seconds(at), "2026-03-01T10:20:30Z");
        assert_eq!(micros(at), "2026-03-01T10:20:30.123456Z");
    }
}
