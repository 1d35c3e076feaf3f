//! The clipboard of the operator's own terminal, by OSC 52: the one sequence that opsbook writes for a text of its own accord,
//! because a key asked for it. The text is base64 in it, so nothing of it steers.
//!
//! Must not read a clipboard, and must not write a text that was not filtered by the vault: [`sequence`] is the only way.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::vault::Vault;

/// What stands between opsbook and the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Between {
    Nothing,
    /// It takes OSC 52 itself (`set-clipboard on`), or passes it on (`allow-passthrough on`): both are tried.
    Tmux,
    /// GNU screen passes on what comes in short strings.
    Screen,
}

impl Between {
    /// By what they set in the environment.
    pub fn of(env: impl Fn(&str) -> Option<String>) -> Between {
        let set = |name: &str| env(name).is_some_and(|v| !v.is_empty());
        let term = env("TERM").unwrap_or_default();
        if set("TMUX") || term.starts_with("tmux") {
            Between::Tmux
        } else if set("STY") || term.starts_with("screen") {
            Between::Screen
        } else {
            Between::Nothing
        }
    }
}

/// Bytes of one string that screen passes on, below what its oldest versions take.
const PART: usize = 200;

/// The bytes that put a text into the clipboard, with `***` in place of what is secret, and whether there was any.
pub fn sequence(text: &str, vault: &Vault, between: Between) -> (String, bool) {
    let clean = vault.text(text);
    let plain = format!("\x1b]52;c;{}\x07", STANDARD.encode(&clean));
    (through(plain, between), clean != text)
}

/// The same for what stands between.
fn through(plain: String, between: Between) -> String {
    match between {
        Between::Nothing => plain,
        Between::Tmux => {
            let passed = plain.replace('\x1b', "\x1b\x1b");
            format!("{plain}\x1bPtmux;{passed}\x1b\\")
        }
        Between::Screen => {
            let parts = crate::domain::parts(&plain, PART);
            parts.flat_map(|part| ["\x1bP", part, "\x1b\\"]).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sequence(text: &str, between: Between) -> String {
        super::sequence(text, &Vault::default(), between).0
    }

    /// What a terminal decodes.
    fn decoded(sequence: &str) -> String {
        let body = sequence.strip_prefix("\x1b]52;c;").unwrap().strip_suffix('\x07').unwrap();
        String::from_utf8(STANDARD.decode(body).unwrap()).unwrap()
    }

    #[test]
    fn a_text_reaches_the_clipboard_bare_through_tmux_and_through_screen() {
        let text = format!("kubectl get node worker-3\n节点 \x1b]0;title\x07{}", "x".repeat(900));
        assert_eq!(decoded(&sequence(&text, Between::Nothing)), text);
        let tmux = sequence(&text, Between::Tmux);
        let (own, passed) = tmux.split_once("\x1bPtmux;").unwrap();
        assert_eq!(decoded(own), text);
        assert_eq!(decoded(&passed.strip_suffix("\x1b\\").unwrap().replace("\x1b\x1b", "\x1b")), text);
        let screen = sequence(&text, Between::Screen);
        let parts: Vec<&str> =
            screen.split_terminator("\x1b\\").map(|p| p.strip_prefix("\x1bP").unwrap()).collect();
        assert!(parts.len() > 1 && parts.iter().all(|p| p.len() <= PART));
        assert_eq!(decoded(&parts.concat()), text);
    }

    #[test]
    fn nothing_of_a_text_steers_the_terminal() {
        let sequence = sequence("\x1b[2J\x07\x1b\\", Between::Nothing);
        assert_eq!(sequence.matches(['\x1b', '\x07']).count(), 2);
    }

    #[test]
    fn no_secret_gets_into_the_clipboard() {
        let vault = Vault::default();
        vault.register("hunter2-hunter2");
        for between in [Between::Nothing, Between::Tmux, Between::Screen] {
            let (plain, kept_out) = super::sequence("password: hunter2-hunter2", &vault, between);
            assert!(kept_out);
            if between == Between::Nothing {
                assert_eq!(decoded(&plain), "password: ***");
            }
            assert!(!plain.contains(&STANDARD.encode("hunter2-hunter2")));
        }
        assert!(!super::sequence("nothing of the kind", &vault, Between::Nothing).1);
    }

    #[test]
    fn what_stands_between_is_told_by_the_environment() {
        let of = |pairs: &[(&str, &str)]| {
            Between::of(|name| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
        };
        assert_eq!(of(&[("TERM", "xterm-256color")]), Between::Nothing);
        assert_eq!(of(&[("TMUX", "/tmp/tmux-0/default,1,0"), ("TERM", "screen-256color")]), Between::Tmux);
        assert_eq!(of(&[("TERM", "tmux-256color")]), Between::Tmux);
        assert_eq!(of(&[("STY", "1.pts"), ("TERM", "screen")]), Between::Screen);
    }
}
