//! Carries keys to a program in a terminal, and pictures of what it shows to the core, until it ends.
//!
//! Must not wait for a core that is slow or a program that does not read: pictures are left out, and what is typed waits
//! up to [`MOST_TYPED`].

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};

use super::emulator::Emulator;
use crate::app::screens::ToProgram;
use crate::app::{Msg, TaskEvent};
use crate::shell::Wires;

/// Shortest time between two pictures: more are not seen.
const FRAME: Duration = Duration::from_millis(16);
/// How long what it wrote is waited for after it ended.
const REST: Duration = Duration::from_secs(1);
/// Bytes that wait for a program that does not read; a terminal would beep at more.
const MOST_TYPED: usize = 1 << 20;
/// Where nobody says how large the pane is.
const USUAL: (u16, u16) = (80, 24);

/// The pane of a task: what its operator wants, and where its pictures go.
pub struct Pane<'a> {
    pub task: u64,
    pub asked: mpsc::Receiver<ToProgram>,
    pub out: &'a mpsc::Sender<Msg>,
}

impl Pane<'_> {
    /// The size that the program begins with; the core says it first.
    pub async fn size(&mut self) -> (u16, u16) {
        match self.asked.recv().await {
            Some(ToProgram::Size(columns, rows)) => (columns, rows),
            _ => USUAL,
        }
    }

    /// Shows a program until `ended` says how it ended and what it wrote was read.
    pub async fn show<T>(mut self, mut wires: Wires, size: (u16, u16), ended: impl Future<Output = T>) -> T {
        tokio::pin!(ended);
        let (mut emulator, mut typed) = (Emulator::new(size), Vec::new());
        (wires.resize)(size.0, size.1);
        let (mut reading, mut asking, mut typing, mut new) = (true, true, true, true);
        let (mut next, mut last, mut said) = (Instant::now(), None, None);
        while said.is_none() || reading {
            tokio::select! {
                how = &mut ended, if said.is_none() => {
                    said = Some(how);
                    last = Some(Instant::now() + REST);
                }
                wrote = wires.output.recv(), if reading => match wrote {
                    Some(bytes) => {
                        more(&mut typed, &emulator.take(&bytes));
                        new = true;
                    }
                    None => reading = false,
                },
                asked = self.asked.recv(), if asking => match asked {
                    Some(ToProgram::Typed(keys)) => {
                        emulator.follow();
                        more(&mut typed, &keys);
                    }
                    Some(ToProgram::Size(columns, rows)) => {
                        (wires.resize)(columns, rows);
                        emulator.resize((columns, rows));
                        new = true;
                    }
                    Some(ToProgram::Scroll(by)) => {
                        emulator.scroll(by);
                        new = true;
                    }
                    None => asking = false,
                },
                room = wires.input.reserve(), if typing && !typed.is_empty() => match room {
                    Ok(room) => room.send(std::mem::take(&mut typed)),
                    Err(_) => typing = false,
                },
                () = sleep_until(next), if new => {
                    // Where there is no room, the next picture has all of this one.
                    new = self.out.try_send(self.picture(&emulator)).is_err();
                    next = Instant::now() + FRAME;
                }
                // What left its group and holds the terminal is not waited for.
                () = sleep_until(last.unwrap_or(next)), if last.is_some() => reading = false,
            }
        }
        let _ = self.out.send(self.picture(&emulator)).await;
        said.expect("the loop ends when it was said")
    }

    fn picture(&self, emulator: &Emulator) -> Msg {
        let event = TaskEvent::Shown(Box::new(emulator.picture()));
        Msg::Task { id: self.task, event }
    }
}

/// Adds to what waits for the program, unless that is too much already.
fn more(typed: &mut Vec<u8>, keys: &[u8]) {
    if typed.len() + keys.len() <= MOST_TYPED {
        typed.extend(keys);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pane with both ends of its wires.
    struct Bench {
        output: mpsc::Sender<Vec<u8>>,
        typed: mpsc::Receiver<Vec<u8>>,
        asked: mpsc::Sender<ToProgram>,
        inbox: mpsc::Receiver<Msg>,
        out: mpsc::Sender<Msg>,
    }

    fn bench(room: usize) -> (Bench, Wires, mpsc::Receiver<ToProgram>) {
        let ((output, written), (input, typed)) = (mpsc::channel(16), mpsc::channel(2));
        let ((asked, asks), (out, inbox)) = (mpsc::channel(16), mpsc::channel(room));
        let wires = Wires { output: written, input, resize: Box::new(|_, _| {}) };
        (Bench { output, typed, asked, inbox, out }, wires, asks)
    }

    fn first_row(msg: &Msg) -> String {
        let Msg::Task { id: 7, event: TaskEvent::Shown(picture) } = msg else { panic!("{msg:?}") };
        picture.rows[0].iter().map(|s| s.text.as_str()).collect()
    }

    #[tokio::test(start_paused = true)]
    async fn pictures_are_few_and_the_last_one_is_whole() {
        let (mut bench, wires, asked) = bench(1);
        let pane = Pane { task: 7, asked, out: &bench.out };
        let write = async {
            for n in 0..200 {
                bench.output.send(format!("\r{n}").into_bytes()).await.unwrap();
            }
            bench.asked.send(ToProgram::Typed(b"k".to_vec())).await.unwrap();
            assert_eq!(bench.typed.recv().await.unwrap(), b"k");
            3
        };
        let read = async {
            let mut seen = Vec::new();
            while let Some(msg) = bench.inbox.recv().await {
                seen.push(first_row(&msg));
                if seen.last().is_some_and(|row| row == "199") {
                    break;
                }
            }
            seen
        };
        let (said, seen) = tokio::join!(pane.show(wires, (10, 2), write), read);
        assert_eq!(said, 3);
        assert!(seen.len() < 20, "{seen:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn the_core_says_the_size_first_and_keys_that_nobody_reads_do_not_stop_it() {
        let (mut bench, wires, asked) = bench(64);
        let mut pane = Pane { task: 7, asked, out: &bench.out };
        bench.asked.send(ToProgram::Size(20, 5)).await.unwrap();
        let size = pane.size().await;
        assert_eq!(size, (20, 5));
        // More than may wait on the way, and nobody reads until all of it is typed.
        let asks = async {
            for n in 0..100u8 {
                bench.asked.send(ToProgram::Typed(vec![n])).await.unwrap();
            }
            let mut all = Vec::new();
            while all.len() < 100 {
                all.extend(bench.typed.recv().await.unwrap());
            }
            all
        };
        let all = pane.show(wires, size, asks).await;
        assert!(all.into_iter().eq(0..100), "in their order, and none of them lost");
    }
}
