//! Lines of a log out of pieces of an answer, as they can be shown: whole characters, tabs as blanks, of a progress bar the
//! last state, and a long line in parts that say that they are parts. Nothing of a log is left out but what was written over.

use crate::domain::{LogLine, NARROW, Timestamp, in_columns, parts, sanitize, written_over};

/// A longer line is shown in parts: a log line of megabytes must not fill the memory.
const LONGEST: usize = 8 << 10;

/// Collects pieces and gives lines.
#[derive(Debug, Default)]
pub(super) struct Lines {
    rest: Vec<u8>,
    /// Whether a part of the line that comes was given already.
    within: bool,
}

impl Lines {
    pub fn push(&mut self, chunk: &[u8], out: &mut Vec<LogLine>) {
        self.rest.extend_from_slice(chunk);
        let mut from = 0;
        while let Some(end) = self.rest[from..].iter().position(|b| *b == b'\n') {
            shown(&self.rest[from..from + end], std::mem::take(&mut self.within), out);
            from += end + 1;
        }
        self.rest.drain(..from);
        if self.rest.len() > LONGEST {
            let whole = whole_characters(&self.rest);
            shown(&self.rest[..whole], std::mem::replace(&mut self.within, true), out);
            self.rest.drain(..whole);
        }
    }

    /// The last line, where it has no end.
    pub fn finish(mut self, out: &mut Vec<LogLine>) {
        if !self.rest.is_empty() {
            let rest = std::mem::take(&mut self.rest);
            shown(&rest, self.within, out);
        }
    }
}

/// How many bytes at the beginning are whole characters: what comes next may complete the last one.
fn whole_characters(bytes: &[u8]) -> usize {
    let begins = |b: &u8| !matches!(b, 0x80..=0xbf);
    let last = bytes.iter().rev().take(4).position(begins);
    let Some(last) = last.map(|back| bytes.len() - 1 - back) else { return bytes.len() };
    match std::str::from_utf8(&bytes[last..]) {
        Err(e) if e.error_len().is_none() => last,
        _ => bytes.len(),
    }
}

/// A line, or a part of one. `within`: it goes on from what was given before.
fn shown(bytes: &[u8], within: bool, out: &mut Vec<LogLine>) {
    let line = String::from_utf8_lossy(bytes);
    let (at, text) = if within { (None, &*line) } else { stamped(&line) };
    let text = in_columns(&sanitize(written_over(text)), NARROW);
    if text.is_empty() {
        // An empty line is one, the empty end of a long line is nothing.
        if !within {
            out.push(LogLine { at, text, rest: false });
        }
        return;
    }
    for (i, part) in parts(&text, LONGEST).enumerate() {
        let first = i == 0 && !within;
        out.push(LogLine { at: at.filter(|_| first), text: part.to_owned(), rest: !first });
    }
}

/// The server's time and the text behind it. What is not such a time belongs to the text.
fn stamped(line: &str) -> (Option<Timestamp>, &str) {
    let (stamp, text) = line.split_once(' ').unwrap_or((line.trim_end_matches('\r'), ""));
    match stamp.parse::<Timestamp>() {
        Ok(at) => (Some(at), text),
        Err(_) => (None, line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(chunks: &[&[u8]]) -> Vec<LogLine> {
        let (mut lines, mut out) = (Lines::default(), Vec::new());
        for chunk in chunks {
            lines.push(chunk, &mut out);
        }
        lines.finish(&mut out);
        out
    }

    fn texts(lines: &[LogLine]) -> Vec<&str> {
        lines.iter().map(|l| l.text.as_str()).collect()
    }

    #[test]
    fn a_line_is_parted_from_the_servers_time() {
        let lines = read(&[
            b"2026-03-01T03:14:00.5Z 03:14 ready \x1b[31mnow\r\nand more\n2026-03-01T03:14:00Z\n\nlast",
        ]);
        assert_eq!(texts(&lines), ["03:14 ready now", "and more", "", "", "last"]);
        assert_eq!(lines[0].at, "2026-03-01T03:14:00.5Z".parse().ok());
        assert!(lines[1].at.is_none() && lines[2].at.is_some());
    }

    #[test]
    fn tabs_keep_apart_and_a_progress_bar_is_its_last_state() {
        let lines =
            read(&[b"2026-03-01T03:14:00Z INFO\tsetup\tstarting\n2026-03-01T03:14:00Z 1%\r50%\r99%\n"]);
        assert_eq!(texts(&lines), ["INFO    setup   starting", "99%"]);
        assert!(lines[1].at.is_some(), "the time is that of the line");
    }

    #[test]
    fn a_long_line_is_cut_between_characters_and_its_parts_say_so() {
        let text = "节点".repeat(9_000);
        let whole = format!("2026-03-01T03:14:00Z {text}\nnext\n");
        for size in [1, 7, 1000, 100_000] {
            let chunks: Vec<&[u8]> = whole.as_bytes().chunks(size).collect();
            let lines = read(&chunks);
            let (last, parts) = lines.split_last().unwrap();
            assert_eq!(parts.iter().map(|l| l.text.as_str()).collect::<String>(), text, "nothing is lost");
            assert!(parts.len() > 6 && !parts[0].rest && parts[1..].iter().all(|l| l.rest), "{size}");
            assert!(parts.iter().all(|l| !l.text.contains('\u{fffd}')));
            assert!(parts[0].at.is_some() && !last.rest && last.text == "next");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_odd(chunks in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..60), 0..20)) {
            let chunks: Vec<&[u8]> = chunks.iter().map(Vec::as_slice).collect();
            for line in read(&chunks) {
                let steers = line.text.contains(['\n', '\t', '\r', '\u{1b}']);
                prop_assert!(!steers);
            }
        }
    }
}
