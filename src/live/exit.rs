//! Exit codes in words.
//!
//! Must not guess: what only the program knows is left to it. A code that means the same everywhere is a row here.

use crate::domain::Terminated;

/// Signals by their number, with what they say where that is not their name.
const SIGNALS: &[(i32, &str)] = &[
    (1, "SIGHUP: its terminal went away"),
    (2, "SIGINT: interrupted"),
    (3, "SIGQUIT"),
    (4, "SIGILL: illegal instruction"),
    (6, "SIGABRT: it aborted itself"),
    (7, "SIGBUS: bad memory access"),
    (8, "SIGFPE: arithmetic error"),
    (9, "SIGKILL: killed"),
    (11, "SIGSEGV: crashed"),
    (13, "SIGPIPE"),
    (15, "SIGTERM: asked to end"),
];

/// What an exit code means.
pub(super) fn meaning(code: i32, reason: &str) -> String {
    match code {
        0 => "ended by itself".to_owned(),
        137 if reason == "OOMKilled" => "SIGKILL: killed for memory".to_owned(),
        1 => "failed, as the program says".to_owned(),
        2 => "failed, often wrong arguments".to_owned(),
        126 => "the command cannot be executed".to_owned(),
        127 => "the command was not found".to_owned(),
        128 => "it could not be started".to_owned(),
        129..=192 => {
            let signal = code - 128;
            let known = SIGNALS.iter().find(|(n, _)| *n == signal);
            known.map_or_else(|| format!("ended by signal {signal}"), |(_, words)| (*words).to_owned())
        }
        _ => "failed".to_owned(),
    }
}

/// How a container ended: the kubelet's word, the code, and what it means.
pub(super) fn words(t: &Terminated) -> String {
    let reason = if t.reason.is_empty() { String::new() } else { format!("{} ", t.reason) };
    format!("{reason}exit code {}: {}", t.exit_code, meaning(t.exit_code, &t.reason))
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
