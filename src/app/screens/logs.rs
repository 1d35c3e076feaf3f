//! The logs of one or several containers, merged: what is read, the streams that bring it, and the lines that are kept.
//!
//! Must not ask for anything: `update/logs.rs` starts and ends the streams.

use std::collections::VecDeque;

use unicode_width::UnicodeWidthStr;

use super::{Handlers, Scroll, Surface};
use crate::action::{Action, Context};
use crate::app::prose::{Look, wrap};
use crate::app::texts::{self, Place, Reading};
use crate::app::{App, Effect, update};
use crate::domain::{LogLine, Str, Timestamp};
use crate::live::{LogsOf, Source};

/// Lines that are kept; older ones are dropped.
pub const LOG_LINES: usize = 5000;
/// Before what goes on from the line above: the two are one.
const GOES_ON: &str = "↪ ";
/// Containers that are read at once.
pub const STREAMS: usize = 16;

/// A container's log that is being read.
#[derive(Clone, Debug)]
pub struct Stream {
    /// The number of its answers.
    pub id: u64,
    pub source: Source,
    /// Tells its colour.
    pub number: usize,
    pub ended: bool,
    /// The time of its last line.
    last: Option<Timestamp>,
    /// Lines up to this time were shown before the log broke off.
    shown: Option<Timestamp>,
    /// When it is read on, where it broke off although its container runs.
    pub again: Option<Timestamp>,
    /// How often it broke off without a line between.
    pub breaks: u32,
    /// What is still to be said of its end: whether it broke off shows when its container is known to run on.
    pub unsaid: bool,
}

/// Where a line comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum From {
    /// The stream's label and number.
    Stream(Str, usize),
    /// It says something about the streams.
    Notice,
}

/// A line that is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub from: From,
    /// The server's time.
    pub at: Option<Timestamp>,
    pub text: String,
}

/// The state of merged logs.
#[derive(Clone, Debug)]
pub struct Logs {
    pub what: LogsOf,
    /// Lines from the end that are asked for at first, of all containers together.
    pub tail: usize,
    pub streams: Vec<Stream>,
    pub lines: VecDeque<Shown>,
    /// Older lines that made room.
    pub dropped: usize,
    /// Containers that are not read, because there are too many.
    pub left_out: usize,
    /// Why there is nothing to read.
    pub nothing: Option<String>,
    /// The view stays at the end.
    pub follow: bool,
    /// The server's times are shown, and the lines stand in their order.
    pub times: bool,
    pub wrap: bool,
    pub scroll: Scroll,
    /// Lines that were written before are merged by the server's time, later ones as they arrive.
    opened: Timestamp,
    numbers: usize,
    /// Up to which change of the pods the streams were looked at; none before the first look.
    pub seen: Option<u64>,
    /// The same of the ReplicaSets.
    pub sets: Option<u64>,
    /// The next look is due whether or not a pod changes: a log ended.
    pub look: bool,
}

impl Logs {
    pub fn new(what: LogsOf, tail: usize, now: Timestamp) -> Logs {
        Logs {
            what,
            tail,
            streams: Vec::new(),
            lines: VecDeque::new(),
            dropped: 0,
            left_out: 0,
            nothing: None,
            follow: true,
            times: false,
            wrap: false,
            scroll: Scroll::default(),
            opened: now,
            numbers: 0,
            seen: None,
            sets: None,
            look: false,
        }
    }

    /// Whether answers are awaited and none came.
    pub fn loading(&self) -> bool {
        self.lines.is_empty() && self.streams.iter().any(|s| !s.ended)
    }

    /// Cells before the text of a line: the time where it is wanted, and whose it is. At most half of the width.
    pub fn head(&self, line: &Shown, width: u16) -> u16 {
        let time = if self.times { 9 } else { 0 };
        let label = match &line.from {
            From::Notice => 2,
            From::Stream(label, _) if label.is_empty() => 0,
            From::Stream(label, _) => label.width() + 1,
        };
        u16::try_from(time + label).unwrap_or(u16::MAX).min(width / 2)
    }

    /// The first line to show: where the reader is, or so that the last one is in sight.
    pub fn top(&self, width: u16, height: usize) -> usize {
        if self.follow {
            return self.first_at_end(width, height);
        }
        self.scroll.top.min(self.lines.len().saturating_sub(1))
    }

    /// The first line to show so that the last one is in sight.
    pub fn first_at_end(&self, width: u16, height: usize) -> usize {
        if !self.wrap {
            return self.lines.len().saturating_sub(height);
        }
        let mut left = height;
        let rows = |line: &Shown| {
            let room = width.saturating_sub(self.head(line, width));
            if room == 0 { 1 } else { wrap(&line.text, room, Look::Plain).len() }
        };
        let fits = self.lines.iter().rev().take_while(|line| {
            let rows = rows(line);
            let fits = rows <= left;
            left = left.saturating_sub(rows);
            fits
        });
        let fitting = fits.count();
        // A line that is longer than the screen is shown from its beginning.
        self.lines.len() - fitting.max(1).min(self.lines.len())
    }

    /// Begins to read a container's log.
    pub fn add(&mut self, id: u64, source: Source) {
        self.streams.push(Stream {
            id,
            source,
            number: self.numbers,
            ended: false,
            last: None,
            shown: None,
            again: None,
            breaks: 0,
            unsaid: false,
        });
        self.numbers += 1;
    }

    /// Reads a log on that broke off, under another number. Returns from when on it is asked for.
    pub fn read_on(&mut self, at: usize, id: u64) -> Option<Timestamp> {
        let stream = self.streams.get_mut(at)?;
        (stream.id, stream.ended, stream.again, stream.shown) = (id, false, None, stream.last);
        stream.breaks += 1;
        stream.last
    }

    /// When the next log is read on.
    pub fn next_look(&self) -> Option<Timestamp> {
        self.streams.iter().filter_map(|s| s.again).min()
    }

    /// Streams that bring lines.
    pub fn live(&self) -> usize {
        self.streams.iter().filter(|s| !s.ended).count()
    }

    /// Takes lines of a stream, the oldest first.
    pub fn take(&mut self, id: u64, lines: Vec<LogLine>) {
        let Some(stream) = self.streams.iter_mut().find(|s| s.id == id) else { return };
        let from = From::Stream(stream.source.label.clone(), stream.number);
        let mut last = stream.last;
        // The rest of a line that was cut is of its time.
        let stamped = |line: LogLine| {
            last = line.at.or(last);
            let text = if line.rest { format!("{GOES_ON}{}", line.text) } else { line.text };
            Shown { from: from.clone(), at: last, text }
        };
        let shown = stream.shown;
        let known = |line: &LogLine| line.at.is_some_and(|at| shown.is_some_and(|shown| at <= shown));
        let lines: Vec<_> = lines.into_iter().filter(|l| !known(l)).map(stamped).collect();
        stream.last = last;
        if !lines.is_empty() {
            stream.breaks = 0;
        }
        for line in lines {
            self.put(line);
        }
    }

    /// Says something about the streams among their lines.
    pub fn notice(&mut self, text: impl Into<String>) {
        self.put(Shown { from: From::Notice, at: None, text: text.into() });
    }

    /// A stream ended: that is said behind its last line, now or by [`Logs::say_end`].
    pub fn end_of(&mut self, id: u64, text: Option<String>) {
        let Some(stream) = self.streams.iter_mut().find(|s| s.id == id) else { return };
        (stream.ended, stream.unsaid) = (true, text.is_none());
        let at = stream.last;
        if let Some(text) = text {
            self.put(Shown { from: From::Notice, at, text });
        }
    }

    /// Says of the end of a stream what it was, once, behind its last line.
    pub fn say_end(&mut self, at: usize, text: impl Into<String>) {
        let Some(stream) = self.streams.get_mut(at).filter(|s| s.unsaid) else { return };
        stream.unsaid = false;
        let at = stream.last;
        self.put(Shown { from: From::Notice, at, text: text.into() });
    }

    fn put(&mut self, line: Shown) {
        let by_time = self.times || line.at.is_some_and(|at| at < self.opened);
        let place = match line.at.filter(|_| by_time) {
            Some(at) => {
                let later = |l: &&Shown| l.at.is_none_or(|t| t > at) && l.at.is_some();
                self.lines.len() - self.lines.iter().rev().take_while(later).count()
            }
            None => self.lines.len(),
        };
        if self.lines.len() >= LOG_LINES {
            self.dropped += 1;
            if place == 0 {
                return;
            }
            self.lines.pop_front();
            // What is read stays under the eyes.
            self.scroll.top = self.scroll.top.saturating_sub(1);
            self.lines.insert(place - 1, line);
        } else {
            self.lines.insert(place, line);
            if place < self.scroll.top {
                self.scroll.top += 1;
            }
        }
    }

    /// Shows the server's times and puts the lines in their order, or goes on as they arrive.
    pub fn toggle_times(&mut self) {
        self.times = !self.times;
        if self.times {
            // A line without a time stays behind the one that it came after.
            let mut last = None;
            let mut keyed: Vec<_> = std::mem::take(&mut self.lines)
                .into_iter()
                .map(|line| {
                    last = line.at.or(last);
                    (last, line)
                })
                .collect();
            keyed.sort_by_key(|(at, _)| *at);
            self.lines = keyed.into_iter().map(|(_, line)| line).collect();
        }
    }
}

impl Surface for Logs {
    fn contexts(&self) -> Vec<Context> {
        vec![Context::Logs, Context::Text]
    }

    #[rustfmt::skip]
    fn hints(&self) -> &'static [Action] {
        use Action as A;
        &[
            A::Find, A::Follow, A::Containers, A::PreviousLogs, A::Times, A::Wrap, A::Copy, A::PageDown, A::Bottom,
        ]
    }

    fn handlers(&self) -> Handlers {
        Handlers { settle: update::logs::settle, ..Handlers::by(update::logs::act) }
    }

    fn does(&self, app: &App, action: Action) -> bool {
        action != Action::Containers || self.what.containers(&app.world).len() > 1
    }

    fn place(&self, _: &App, place: Place) -> Option<Place> {
        Some(place)
    }

    fn reading(&self, app: &App, place: Place) -> Option<Reading> {
        Some(Reading { place, ..texts::of_logs(self, texts::whole(app)) })
    }

    fn scroll(&mut self) -> Option<&mut Scroll> {
        self.follow = false;
        Some(&mut self.scroll)
    }

    fn wrap(&mut self) -> bool {
        !std::mem::replace(&mut self.wrap, true)
    }

    fn next_look(&self) -> Option<Timestamp> {
        Logs::next_look(self)
    }

    fn left(&self, effects: &mut Vec<Effect>) {
        update::logs::stop(self, effects);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Kind, ObjectKey, RowKey};
    use crate::testing::{ago, now};

    fn logs() -> Logs {
        let mut logs = Logs::new(LogsOf::new(ObjectKey::new(Kind::Pod, "a", "b"), false), 100, now());
        for (id, label) in [(1, "one"), (2, "two")] {
            let source = Source {
                pod: RowKey::new("a", "b"),
                container: label.into(),
                label: label.into(),
                run: crate::live::Instance::default(),
            };
            logs.add(id, source);
        }
        logs
    }

    fn line(seconds: i64, text: &str) -> LogLine {
        LogLine { at: Some(ago(seconds)), text: text.into(), rest: false }
    }

    fn texts(logs: &Logs) -> Vec<&str> {
        logs.lines.iter().map(|l| l.text.as_str()).collect()
    }

    #[test]
    fn what_was_written_before_is_merged_by_time_and_what_comes_later_as_it_arrives() {
        let mut logs = logs();
        assert!(logs.loading());
        logs.take(
            1,
            vec![line(50, "a"), line(30, "c"), LogLine { at: None, text: "and more".into(), rest: true }],
        );
        logs.take(2, vec![line(40, "b"), line(20, "d")]);
        assert_eq!(texts(&logs), ["a", "b", "c", "↪ and more", "d"]);
        logs.take(1, vec![line(-9, "f")]);
        logs.take(2, vec![line(-8, "e, which arrived later")]);
        assert_eq!(texts(&logs)[5..], ["f", "e, which arrived later"]);
        logs.toggle_times();
        assert_eq!(texts(&logs)[5..], ["e, which arrived later", "f"]);
        logs.take(1, vec![line(-10, "h")]);
        logs.take(2, vec![line(-9, "g")]);
        assert_eq!(texts(&logs)[6..], ["f", "g", "h"]);
        assert!(!logs.loading());
    }

    #[test]
    fn the_end_of_a_log_stands_behind_its_last_line() {
        let mut logs = logs();
        logs.take(1, vec![line(50, "a"), line(30, "c")]);
        logs.end_of(1, None);
        logs.say_end(0, "ends");
        logs.say_end(0, "ends");
        logs.take(2, vec![line(40, "b"), line(20, "d")]);
        assert_eq!(texts(&logs), ["a", "b", "c", "ends", "d"]);
        assert!(logs.streams[0].ended);
    }

    #[test]
    fn the_end_is_in_sight_with_and_without_wrapping() {
        let mut logs = logs();
        assert_eq!(logs.first_at_end(20, 5), 0);
        logs.take(1, (0..9).map(|n| line(0, &format!("{n} {}", "word ".repeat(5)))).collect());
        assert_eq!(logs.first_at_end(20, 5), 4);
        logs.wrap = true;
        assert_eq!(logs.first_at_end(20, 5), 7, "each line takes two rows");
        assert_eq!(logs.first_at_end(20, 1), 8, "a line longer than the screen is shown from its beginning");
        assert_eq!(logs.first_at_end(0, 0), 8);
    }

    #[test]
    fn the_oldest_lines_make_room_and_what_is_read_stays_in_sight() {
        let mut logs = logs();
        logs.take(1, (0..LOG_LINES).map(|n| line(-(n as i64), &n.to_string())).collect());
        logs.scroll.top = 10;
        logs.take(1, vec![line(-9_999, "new")]);
        assert_eq!((logs.lines.len(), logs.dropped, logs.scroll.top), (LOG_LINES, 1, 9));
        logs.take(2, vec![line(99_999, "older than all")]);
        assert_eq!((logs.lines.len(), logs.dropped, logs.lines[0].text.as_str()), (LOG_LINES, 2, "1"));
        logs.end_of(9, Some("of nobody".into()));
        logs.take(9, vec![line(0, "of nobody")]);
        assert!(!texts(&logs).contains(&"of nobody"));
    }
}
