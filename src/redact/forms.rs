//! The forms in which one secret may turn up in a text. Pure functions from bytes to patterns; nothing here searches.

use std::collections::BTreeSet;
use std::fmt::Write;

/// A longer secret is known by its pieces, so that what must be held back of a stream stays small.
const PIECE: usize = 128;
/// How long the pieces of a longer one are.
const WINDOW: usize = 64;
/// Shorter lines of a secret of several lines are too common to be masked by themselves.
const SHORTEST_LINE: usize = 8;

/// What percent-encoders leave as it is, beside letters and digits: nothing, the unreserved characters, what browsers
/// leave in a component, and what may stand in a path.
const PLAIN: [&[u8]; 4] = [b"", b"-_.~", b"-_.~!'()*", b"-_.~!'()*/:@$&+,;="];

const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A shorter value is not looked for in lines: where one line ends and the next begins, it would be found by chance.
const SHORTEST_BROKEN: usize = 12;

/// The patterns that programs break into lines: base64, hexadecimal digits, and a text that does not fit into one.
pub fn broken_forms(secret: &[u8]) -> BTreeSet<Vec<u8>> {
    let mut out = BTreeSet::new();
    for piece in pieces(secret) {
        out.extend([true, false].map(|upper| hex(piece, upper)));
        if piece.len() >= SHORTEST_BROKEN && !piece.contains(&b'\n') {
            out.insert(piece.to_vec());
        }
        for alphabet in [STANDARD, URL] {
            out.extend((0..3).map(|offset| base64(piece, offset, alphabet)));
        }
    }
    out
}

/// Every other pattern that gives a secret away.
pub fn forms(secret: &[u8]) -> BTreeSet<Vec<u8>> {
    let mut out = BTreeSet::new();
    for piece in pieces(secret) {
        for plain in PLAIN {
            out.extend([true, false].map(|upper| percent(piece, upper, plain, false)));
            out.extend([true, false].map(|upper| percent(piece, upper, plain, true)));
        }
        out.insert(json(piece));
        out.insert(piece.to_vec());
    }
    out
}

/// A secret in pieces of a bounded length: whole where it is short, its lines, and windows that cover a long one.
fn pieces(secret: &[u8]) -> Vec<&[u8]> {
    let mut out = windows(secret);
    if secret.contains(&b'\n') {
        let lines = secret.split(|b| *b == b'\n').map(<[u8]>::trim_ascii);
        out.extend(lines.filter(|line| line.len() >= SHORTEST_LINE).flat_map(windows));
    }
    out
}

/// A text whole, or in windows that touch; the last one ends where the text does.
fn windows(text: &[u8]) -> Vec<&[u8]> {
    if text.len() <= PIECE {
        return vec![text];
    }
    let last = text.len() - WINDOW;
    (0..last).step_by(WINDOW).chain([last]).map(|at| &text[at..at + WINDOW]).collect()
}

/// The characters of base64 that a text alone decides when so many bytes of a group of three stand before it. What its
/// neighbours have a part in is left out: so it is found within a longer base64 text, with padding or without.
fn base64(text: &[u8], offset: usize, alphabet: &[u8; 64]) -> Vec<u8> {
    let bit = |at: usize| text.get((at / 8).wrapping_sub(offset)).is_some_and(|b| b >> (7 - at % 8) & 1 == 1);
    let first = (8 * offset).div_ceil(6);
    let end = 8 * (offset + text.len()) / 6;
    let digit = |at: usize| (0..6).fold(0, |n, i| n << 1 | usize::from(bit(at * 6 + i)));
    (first..end).map(|at| alphabet[digit(at)]).collect()
}

/// The bytes of a base64 text in either alphabet, with padding or without; none when it is not one.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let (mut out, mut bits, mut have) = (Vec::new(), 0u32, 0);
    for b in text.bytes().filter(|b| !b.is_ascii_whitespace() && *b != b'=') {
        let value = [STANDARD, URL].iter().find_map(|a| a.iter().position(|c| *c == b))?;
        bits = bits << 6 | value as u32;
        have += 6;
        if have >= 8 {
            have -= 8;
            out.push((bits >> have) as u8);
            bits &= (1 << have) - 1;
        }
    }
    Some(out)
}

/// As dumps and digests are written.
fn hex(text: &[u8], upper: bool) -> Vec<u8> {
    let digits: &[u8; 16] = if upper { b"0123456789ABCDEF" } else { b"0123456789abcdef" };
    text.iter().flat_map(|b| [digits[usize::from(b >> 4)], digits[usize::from(b & 15)]]).collect()
}

/// Percent-encoded, but for letters, digits and what is to stay; a blank may be a plus.
fn percent(text: &[u8], upper: bool, plain: &[u8], plus: bool) -> Vec<u8> {
    let mut out = String::new();
    let mut bytes = Vec::new();
    for b in text {
        if b.is_ascii_alphanumeric() || plain.contains(b) || (plus && *b == b' ') {
            bytes.push(if *b == b' ' { b'+' } else { *b });
            continue;
        }
        out.clear();
        // Writing into a String cannot fail.
        let _ = if upper { write!(out, "%{b:02X}") } else { write!(out, "%{b:02x}") };
        bytes.extend_from_slice(out.as_bytes());
    }
    bytes
}

/// As it stands within a string of JSON, or in what a program prints for debugging.
fn json(text: &[u8]) -> Vec<u8> {
    let quoted = serde_json::to_string(&String::from_utf8_lossy(text)).unwrap_or_default();
    quoted.trim_start_matches('"').strip_suffix('"').unwrap_or_default().as_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_found_at_every_offset() {
        let whole = |text: &[u8]| base64(text, 0, STANDARD);
        assert_eq!(whole(b"hello!"), b"aGVsbG8h");
        for before in ["", "a", "ab", "abc"] {
            let text = format!("{before}hunter22 and more, to be sure");
            let encoded = String::from_utf8(whole(text.as_bytes())).unwrap();
            let found = (0..3)
                .any(|o| encoded.contains(std::str::from_utf8(&base64(b"hunter22", o, STANDARD)).unwrap()));
            assert!(found, "{before}");
        }
        assert_eq!(decode("aGVsbG8h").unwrap(), b"hello!");
        assert_eq!(decode("aGVsbG8=").unwrap(), b"hello");
        assert_eq!(decode("_-8").unwrap(), [0xff, 0xef]);
        assert_eq!(decode("no base64!"), None);
    }

    #[test]
    fn a_long_secret_is_known_by_bounded_pieces() {
        let long: String = (0..2000u32).map(|i| char::from(b'a' + (i * 7 % 26) as u8)).collect();
        let all = forms(long.as_bytes());
        assert!(all.iter().all(|p| p.len() <= PIECE * 6));
        let mut covered = pieces(long.as_bytes()).into_iter().map(<[u8]>::len).sum::<usize>();
        covered -= WINDOW - long.len() % WINDOW;
        assert_eq!(covered, long.len());
    }

    #[test]
    fn percent_and_json_are_as_others_write_them() {
        assert_eq!(percent(b"a b/c", true, b"", false), b"a%20b%2Fc");
        assert_eq!(percent(b"a b/c", false, b"/", true), b"a+b/c");
        assert_eq!(json(b"a\"b\n"), b"a\\\"b\\n");
    }
}
