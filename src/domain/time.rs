//! Ages and clock times as an operator reads them. Time is always given; nothing here reads a clock.

use crate::lang::t;

pub use jiff::Timestamp;

/// The age between two moments in the units of kubectl: seconds under two minutes, then minutes and
/// seconds under ten minutes, minutes under three hours, hours under two days, then days. A moment in the
/// future (clock skew) is `0s`.
pub fn age(from: Timestamp, now: Timestamp) -> String {
    let s = now.as_second().saturating_sub(from.as_second()).max(0);
    match s {
        0..=119 => format!("{s}s"),
        120..=599 if s % 60 != 0 => format!("{}m{:02}s", s / 60, s % 60),
        120..=10_799 => format!("{}m", s / 60),
        10_800..=172_799 => format!("{}h", s / 3600),
        _ => format!("{}d", s / 86_400),
    }
}

/// The age in one unit, for narrow columns whose text should change rarely: seconds under two minutes,
/// minutes under two hours, hours under two days, then days.
pub fn age_short(from: Timestamp, now: Timestamp) -> String {
    let s = now.as_second().saturating_sub(from.as_second()).max(0);
    match s {
        0..=119 => format!("{s}s"),
        120..=7_199 => format!("{}m", s / 60),
        7_200..=172_799 => format!("{}h", s / 3600),
        _ => format!("{}d", s / 86_400),
    }
}

/// By how much, and which way, a clock differs from another one: `61 min ahead of`. None when they agree.
pub fn skew(ahead_seconds: i64) -> Option<String> {
    let span = match ahead_seconds.unsigned_abs() {
        0 => return None,
        s @ ..120 => t!("domain-time-seconds", seconds = s),
        s @ ..7_200 => t!("domain-time-minutes", minutes = s / 60),
        s => t!("domain-time-hours", hours = s / 3600),
    };
    Some(if ahead_seconds > 0 {
        t!("domain-time-ahead", span = span)
    } else {
        t!("domain-time-behind", span = span)
    })
}

/// `hh:mm:ss` in UTC, for lists that say UTC once at their top.
pub fn clock(at: Timestamp) -> String {
    at.strftime("%H:%M:%S").to_string()
}

/// `hh:mm:ss UTC`, for a moment of today that stands alone.
pub fn moment(at: Timestamp) -> String {
    at.strftime("%H:%M:%S UTC").to_string()
}

/// `yyyy-mm-dd hh:mm:ss UTC`, for a moment that is read later.
pub fn date(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_read_as_in_kubectl() {
        let t = |s: i64| Timestamp::from_second(s).unwrap();
        let cases = [(0, "0s"), (119, "119s"), (120, "2m"), (252, "4m12s"), (600, "10m"), (10_800, "3h")];
        for (s, text) in cases {
            assert_eq!(age(t(0), t(s)), text);
        }
        let skews =
            [skew(0), skew(40), skew(-300), skew(3_660), skew(-90_000)].map(Option::unwrap_or_default);
        assert_eq!(skews, ["", "40 s ahead of", "5 min behind", "61 min ahead of", "25 h behind"]);
        assert_eq!(age(t(0), t(172_800)), "2d");
        assert_eq!(age(t(50), t(0)), "0s");
        assert_eq!(age_short(t(0), t(3_700)), "61m");
    }
}
