//! Shared strings, and the one place where text from outside loses its control characters.

use std::sync::Arc;

/// A shared, immutable string: namespaces, node names and reasons repeat thousands of times.
pub type Str = Arc<str>;

/// A shared set of labels, sorted by key. Pods of one workload share one set.
pub type Labels = Arc<[(Str, Str)]>;

/// `1 pod`, `3 pods`.
pub fn number(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// Removes what could steer a terminal (escape sequences, C0 and C1 controls, bidirectional overrides)
/// from text that came from a cluster, a command or a file. Newlines and tabs stay.
pub fn sanitize(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' => skip_escape(&mut chars),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => {}
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => {}
            c => out.push(c),
        }
    }
    out
}

/// Skips one escape sequence after its ESC: CSI up to its final byte, OSC and its kin up to BEL or ST,
/// anything else one character.
fn skip_escape(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    match chars.next() {
        Some('[') => {
            for c in chars.by_ref() {
                if ('\u{40}'..='\u{7e}').contains(&c) {
                    break;
                }
            }
        }
        Some(']' | 'P' | 'X' | '^' | '_') => {
            while let Some(c) = chars.next() {
                if c == '\u{7}' {
                    break;
                }
                if c == '\u{1b}' {
                    chars.next_if_eq(&'\\');
                    break;
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_removed_and_words_stay() {
        assert_eq!(sanitize("a\u{1b}[31mred\u{1b}[0m b"), "ared b");
        assert_eq!(sanitize("x\u{1b}]52;c;aGk=\u{7}y"), "xy");
        assert_eq!(sanitize("x\u{1b}]0;title\u{1b}\\y"), "xy");
        assert_eq!(sanitize("tab\tline\nnul\0\u{9b}31m"), "tab\tline\nnul31m");
        assert_eq!(sanitize("节点 ✔"), "节点 ✔");
        assert_eq!(sanitize("gnp.\u{202e}exe"), "gnp.exe");
    }

    #[test]
    fn an_unfinished_escape_swallows_the_rest_without_panic() {
        assert_eq!(sanitize("a\u{1b}"), "a");
        assert_eq!(sanitize("a\u{1b}[12"), "a");
        assert_eq!(sanitize("a\u{1b}]0;x"), "a");
    }
}
