//! Exit codes in words.
//!
//! Must not guess: what only the program knows is left to it. A code that means the same everywhere is an arm here.

use crate::domain::Terminated;
use crate::lang::t;

/// Signals by their number, with what they say where that is not their name.
fn signal(number: i32) -> Option<&'static str> {
    Some(match number {
        1 => t!("live-exit-sighup"),
        2 => t!("live-exit-sigint"),
        3 => "SIGQUIT",
        4 => t!("live-exit-sigill"),
        6 => t!("live-exit-sigabrt"),
        7 => t!("live-exit-sigbus"),
        8 => t!("live-exit-sigfpe"),
        9 => t!("live-exit-sigkill"),
        11 => t!("live-exit-sigsegv"),
        13 => "SIGPIPE",
        15 => t!("live-exit-sigterm"),
        _ => return None,
    })
}

/// What an exit code means.
pub(super) fn meaning(code: i32, reason: &str) -> String {
    let known = match code {
        0 => t!("live-exit-by-itself"),
        137 if reason == "OOMKilled" => t!("live-exit-memory"),
        1 => t!("live-exit-as-it-says"),
        2 => t!("live-exit-arguments"),
        126 => t!("live-exit-cannot-execute"),
        127 => t!("live-exit-not-found"),
        128 => t!("live-exit-not-started"),
        129..=192 => match signal(code - 128) {
            Some(words) => words,
            None => return t!("live-exit-signal", signal = code - 128),
        },
        _ => t!("live-exit-failed"),
    };
    known.to_owned()
}

/// How a container ended: the kubelet's word, the code, and what it means.
pub(super) fn words(t: &Terminated) -> String {
    let (code, meaning) = (t.exit_code, meaning(t.exit_code, &t.reason));
    if t.reason.is_empty() {
        return t!("live-exit", code = code, meaning = meaning);
    }
    t!("live-exit-reason", reason = t.reason, code = code, meaning = meaning)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_in_words() {
        let cases = [
            (137, "OOMKilled", "for memory"),
            (137, "Error", "SIGKILL: killed"),
            (139, "Error", "SIGSEGV"),
            (143, "Error", "SIGTERM"),
            (126, "", "cannot be executed"),
            (127, "", "not found"),
            (1, "Error", "as the program says"),
            (150, "", "signal 22"),
            (0, "Completed", "by itself"),
            (-3, "", "failed"),
        ];
        for (code, reason, part) in cases {
            assert!(meaning(code, reason).contains(part), "{code}: {}", meaning(code, reason));
        }
        let ended = Terminated {
            reason: "OOMKilled".into(),
            exit_code: 137,
            finished: None,
            ..Terminated::default()
        };
        assert_eq!(words(&ended), "OOMKilled exit code 137: SIGKILL: killed for memory");
    }
}
