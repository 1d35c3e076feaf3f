//! What a script writes, on its way to the screen: secrets are taken out whatever the borders of the chunks are, lines are
//! cut to what a screen can use, what steers a terminal is removed, and what is too much is counted instead of shown.
//!
//! Must not hold back a line that is whole, and must not grow with the output.

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::sync::mpsc;

use crate::domain::{NARROW, in_columns, sanitize};
use crate::lang::t;
use crate::redact::Redactor;
use crate::vault::Vault;

use super::MOST_KEPT;

/// Bytes of a line that are shown.
const LONGEST_LINE: usize = 4 << 10;
/// Bytes of one stream that are shown; the rest is counted.
const MOST_SHOWN: usize = 4 << 20;

/// One stream of a script.
pub struct Stream {
    redactor: Redactor,
    vault: Vault,
    /// The line that is not ended yet, as far as it is shown.
    line: Vec<u8>,
    /// Bytes of it that are not shown.
    over: usize,
    /// The last character was a carriage return, which ended a line.
    returned: bool,
    shown: usize,
    /// Bytes that were not shown because there were too many before.
    unseen: usize,
    /// The beginning, as it came, for values.
    pub kept: Vec<u8>,
    pub cut: bool,
}

impl Stream {
    pub fn new(vault: &Vault) -> Stream {
        Stream {
            redactor: vault.redactor(),
            vault: vault.clone(),
            line: Vec::new(),
            over: 0,
            returned: false,
            shown: 0,
            unseen: 0,
            kept: Vec::new(),
            cut: false,
        }
    }

    /// One that could not be read to its end: no value is taken from it.
    pub fn lost() -> Stream {
        Stream { cut: true, ..Stream::new(&Vault::default()) }
    }

    /// Takes what was read; returns the lines that are whole by now.
    pub fn push(&mut self, chunk: &[u8]) -> Vec<String> {
        let room = MOST_KEPT.saturating_sub(self.kept.len());
        self.kept.extend_from_slice(&chunk[..chunk.len().min(room)]);
        self.cut |= chunk.len() > room;
        // Secrets that were learned meanwhile count from here on.
        self.redactor.learn(self.vault.secrets());
        let clean = self.redactor.push(chunk);
        self.lines(&clean)
    }

    /// Reads to the end and tells its lines. Where nobody listens any more it is read on, so that the script does not
    /// stand still.
    pub async fn read(&mut self, from: Option<impl AsyncRead + Unpin>, lines: &mpsc::Sender<Vec<String>>) {
        let Some(mut from) = from else { return };
        let mut buffer = vec![0; 16 << 10];
        loop {
            let read = from.read(&mut buffer).await.unwrap_or(0);
            let whole = if read == 0 { self.finish() } else { self.push(&buffer[..read]) };
            if !whole.is_empty() {
                let _ = lines.send(whole).await;
            }
            if read == 0 {
                return;
            }
        }
    }

    /// The rest: the last line, and how much was not shown.
    pub fn finish(&mut self) -> Vec<String> {
        let clean = self.redactor.finish();
        let mut out = self.lines(&clean);
        if !self.line.is_empty() || self.over > 0 {
            out.extend(self.end_line());
        }
        if self.unseen > 0 {
            out.push(t!("shell-output-not-shown", bytes = self.unseen));
        }
        out
    }

    fn lines(&mut self, clean: &[u8]) -> Vec<String> {
        let mut out = Vec::new();
        for byte in clean {
            let after_return = std::mem::take(&mut self.returned);
            match byte {
                b'\n' if after_return => {}
                // A line that is written over (a progress bar) is a line each time.
                b'\n' | b'\r' => {
                    out.extend(self.end_line());
                    self.returned = *byte == b'\r';
                }
                _ if self.line.len() < LONGEST_LINE => self.line.push(*byte),
                _ => self.over += 1,
            }
        }
        out
    }

    fn end_line(&mut self) -> Option<String> {
        let line = std::mem::take(&mut self.line);
        let over = std::mem::take(&mut self.over);
        if self.shown >= MOST_SHOWN {
            self.unseen += line.len() + over + 1;
            return None;
        }
        self.shown += line.len() + 1;
        let mut text = in_columns(&sanitize(&String::from_utf8_lossy(&line)), NARROW);
        if over > 0 {
            text.push_str(&t!("shell-output-of-line", bytes = over));
        }
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(vault: &Vault, chunks: &[&[u8]]) -> Vec<String> {
        let mut stream = Stream::new(vault);
        let mut out: Vec<String> = chunks.iter().flat_map(|c| stream.push(c)).collect();
        out.extend(stream.finish());
        out
    }

    #[test]
    fn lines_are_clean_and_whole() {
        let vault = Vault::default();
        vault.register("hunter2-hunter2");
        let out = all(
            &vault,
            &[
                b"a\x1b[31mred\x1b[0m\tb\r\n50%\r51%\rpass hunter2-",
                b"hunter2 end\nx\xff\x1b]0;title\x07y\nlast",
            ],
        );
        assert_eq!(out, ["ared    b", "50%", "51%", "pass *** end", "x\u{fffd}y", "last"]);
    }

    #[test]
    fn a_whole_line_is_not_held_back_by_long_secrets() {
        let vault = Vault::default();
        vault.register("k".repeat(3000));
        let mut stream = Stream::new(&vault);
        assert_eq!(stream.push(b"hello\n"), ["hello"]);
        assert!(stream.push(b"kkkkkkkk\n").len() <= 1);
    }

    #[test]
    fn what_is_too_much_is_counted() {
        let out = all(&Vault::default(), &[&vec![b'x'; LONGEST_LINE + 10], b"\n"]);
        assert!(out[0].ends_with("x… 10 more bytes of this line"));
        let line = [vec![b'y'; LONGEST_LINE - 1], vec![b'\n']].concat();
        let chunks: Vec<&[u8]> = (0..=MOST_SHOWN / LONGEST_LINE).map(|_| &line[..]).collect();
        let out = all(&Vault::default(), &chunks);
        assert_eq!(out.len(), MOST_SHOWN / LONGEST_LINE + 1);
        assert_eq!(out.last().unwrap(), &format!("… {LONGEST_LINE} more bytes are not shown"));
    }

    proptest! {
        #[test]
        fn the_lines_do_not_depend_on_the_chunks(
            text in prop::collection::vec(prop::sample::select(b"ab\n\r\x1b[secret9 \xc3\xa9".to_vec()), 0..200),
            cuts in prop::collection::vec(0usize..200, 0..6),
        ) {
            let vault = Vault::default();
            vault.register("secret9");
            let mut at: Vec<usize> = cuts.into_iter().map(|c| c.min(text.len())).collect();
            at.extend([0, text.len()]);
            at.sort_unstable();
            let chunks: Vec<&[u8]> = at.windows(2).map(|w| &text[w[0]..w[1]]).collect();
            prop_assert_eq!(all(&vault, &chunks), all(&vault, &[&text]));
        }
    }
}
