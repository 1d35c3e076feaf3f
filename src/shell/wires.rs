//! What a program in a terminal is connected to, wherever it runs: bytes out, bytes in, and its size.
//!
//! Must not look into a byte of it.

use tokio::sync::mpsc;

/// Pieces of input or output that may wait: a slow reader slows the writer.
const WAITING: usize = 16;
/// Bytes that are taken at once.
pub const CHUNK: usize = 8 << 10;

/// The end of whoever shows the program.
pub struct Wires {
    /// What it writes; closed when nothing more can come.
    pub output: mpsc::Receiver<Vec<u8>>,
    /// What is typed.
    pub input: mpsc::Sender<Vec<u8>>,
    /// Tells it how many columns and rows its terminal has.
    pub resize: Box<dyn Fn(u16, u16) + Send>,
}

impl Wires {
    /// Both ends: that of whoever shows the program, then where its output goes and where its input comes from.
    pub fn new(
        resize: impl Fn(u16, u16) + Send + 'static,
    ) -> (Wires, mpsc::Sender<Vec<u8>>, mpsc::Receiver<Vec<u8>>) {
        let ((written, output), (input, typed)) = (mpsc::channel(WAITING), mpsc::channel(WAITING));
        (Wires { output, input, resize: Box::new(resize) }, written, typed)
    }
}
