//! The one routine that writes a value as a word of a shell, for values that may not stand in an address: secrets on their
//! way into a container. Single quotes keep everything but themselves.
//!
//! Must not be used for anything that an environment variable or an argument can carry.

/// A text as one word of `sh`, that means exactly this text.
pub fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What a real shell makes of a quoted word.
    fn back(text: &str) -> String {
        let script = format!("printf %s {}", quoted(text));
        let out = std::process::Command::new("sh").arg("-c").arg(script).output().unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap()
    }

    #[test]
    fn a_quoted_text_comes_back() {
        for text in
            ["", "'", "''; rm -rf / #", "$(id) `id` $HOME", "a\nb\n", "\\", "-n", "\u{202e}x\u{1b}[31m"]
        {
            assert_eq!(back(text), text);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn any_text_comes_back(text in "[^\u{0}]{0,40}") {
            prop_assert_eq!(back(&text), text);
        }
    }
}
