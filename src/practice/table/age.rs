//! Ages as kubectl shortens them.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::practice::clock::parse;
use crate::practice::obj::text;

/// `45s`, `4m10s`, `3h`, `5d2h`, `41d`.
pub fn human(seconds: i64) -> String {
    let pair = |a: i64, unit: &str, b: i64, small: &str| {
        if b == 0 { format!("{a}{unit}") } else { format!("{a}{unit}{b}{small}") }
    };
    let (minutes, hours) = (seconds / 60, seconds / 3600);
    match () {
        () if seconds < -1 => "<invalid>".to_owned(),
        () if seconds < 0 => "0s".to_owned(),
        () if seconds < 120 => format!("{seconds}s"),
        () if minutes < 10 => pair(minutes, "m", seconds % 60, "s"),
        () if minutes < 180 => format!("{minutes}m"),
        () if hours < 8 => pair(hours, "h", minutes % 60, "m"),
        () if hours < 48 => format!("{hours}h"),
        () if hours < 192 => pair(hours / 24, "d", hours % 24, "h"),
        () if hours < 24 * 365 * 2 => format!("{}d", hours / 24),
        () if hours < 24 * 365 * 8 => pair(hours / 24 / 365, "y", hours / 24 % 365, "d"),
        () => format!("{}y", hours / 24 / 365),
    }
}

/// The time since the timestamp at a pointer, or `<unknown>`.
pub fn since(object: &Value, at: &str, now: Timestamp) -> String {
    match parse(text(object, at)) {
        Some(then) => human(now.as_second() - then.as_second()),
        None => "<unknown>".to_owned(),
    }
}

/// The age of an object.
pub fn of(object: &Value, now: Timestamp) -> Value {
    json!(since(object, "/metadata/creationTimestamp", now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_shortened_as_kubectl_does() {
        for (seconds, expected) in [
            (119, "119s"),
            (120, "2m"),
            (250, "4m10s"),
            (10_800, "3h"),
            (36_000, "10h"),
            (180_000, "2d2h"),
            (4_000_000, "46d"),
        ] {
            assert_eq!(human(seconds), expected);
        }
    }
}
