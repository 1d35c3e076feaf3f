//! What a soak says: a line for each round as it goes, a table at the end, and every fault. It also knows which words of the
//! header fit.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use super::plan::Says;
use super::program::Figures;
use crate::servers::Switches;

/// What both take of the machine.
pub struct Taken {
    pub program: Figures,
    /// Of this process: the cluster, the proxy and the observer.
    pub tasks: usize,
}

#[derive(Default)]
struct Round {
    name: &'static str,
    line: String,
    /// How often the header said what.
    said: BTreeMap<&'static str, usize>,
}

pub struct Report {
    begun: Instant,
    round: Round,
    rounds: usize,
    looks: usize,
    /// The longest way back of each trouble, and how often it came.
    back: BTreeMap<&'static str, (usize, Duration)>,
    faults: Vec<String>,
    known: BTreeSet<String>,
}

/// What a header says, in one word.
pub fn word(header: &str) -> &'static str {
    let words = ["unreachable", "logging in", "loading", "stale", "forbidden", "every 15 s", "live"];
    words.into_iter().find(|w| header.contains(w)).unwrap_or("nothing")
}

/// Whether a header says that.
pub fn fits(says: Says, header: &str) -> bool {
    match says {
        // Another clock is believed when the answers agree for a while, which may be after the trouble.
        Says::Live => word(header) == "live",
        Says::NotLive => word(header) != "live",
        Says::Read => word(header) == "every 15 s",
        Says::Part => header.contains("only namespace default"),
        Says::Either => true,
    }
}

impl Report {
    pub fn begin() -> Report {
        Report {
            begun: Instant::now(),
            round: Round::default(),
            rounds: 0,
            looks: 0,
            back: BTreeMap::new(),
            faults: Vec::new(),
            known: BTreeSet::new(),
        }
    }

    pub fn elapsed(&self) -> Duration {
        self.begun.elapsed()
    }

    pub fn round(&mut self, name: &'static str, odd: &Switches, span: Duration) {
        self.rounds += 1;
        let mut with = Vec::new();
        for (on, word) in [(odd.gzip, "gzip"), (odd.close_each, "closed"), (odd.page.is_some(), "pages")] {
            if on {
                with.push(word);
            }
        }
        let line = format!(
            "round {} at {:.0} s: {name} [{}] for {:.1} s",
            self.rounds,
            self.elapsed().as_secs_f64(),
            with.join(" "),
            span.as_secs_f64()
        );
        self.round = Round { name, line, said: BTreeMap::new() };
    }

    pub fn saw(&mut self, header: &str) {
        *self.round.said.entry(word(header)).or_default() += 1;
    }

    pub fn judged(&mut self, wrong: Vec<String>) {
        self.looks += 1;
        for what in wrong {
            self.fault(&what);
        }
    }

    pub fn fault(&mut self, what: &str) {
        let fault = format!("{}: {what}", self.round.line);
        // Each look says it again.
        if self.known.insert(fault.clone()) {
            println!("  fault at {:.1} s: {fault}", self.elapsed().as_secs_f64());
            self.faults.push(fault);
        }
    }

    pub fn back(&mut self, after: Duration) {
        let (count, longest) = self.back.entry(self.round.name).or_default();
        *count += 1;
        *longest = after.max(*longest);
        let said: Vec<_> = self.round.said.iter().map(|(w, n)| format!("{w} {n}")).collect();
        println!("{}: {}; live again after {:.1} s", self.round.line, said.join(", "), after.as_secs_f64());
    }

    /// Says all of it, and fails where something was wrong.
    pub fn end(&self, before: &Taken, after: &Taken) {
        let (a, b) = (before.program, after.program);
        println!(
            "\n{} rounds, {} looks in {:.0} s, {} faults",
            self.rounds,
            self.looks,
            self.elapsed().as_secs_f64(),
            self.faults.len()
        );
        println!("\n| what | at the start | at the end |\n|---|---|---|");
        println!("| memory of the program | {} MiB | {} MiB |", a.rss_kib >> 10, b.rss_kib >> 10);
        println!("| its threads; open files | {}; {} | {}; {} |", a.threads, a.files, b.threads, b.files);
        println!("| tasks of observer, proxy and cluster | {} | {} |", before.tasks, after.tasks);
        println!("\n| trouble | rounds | live again after, at most |\n|---|---|---|");
        for (name, (count, longest)) in &self.back {
            println!("| {name} | {count} | {:.1} s |", longest.as_secs_f64());
        }
        assert!(self.faults.is_empty(), "{} faults, the first is: {}", self.faults.len(), self.faults[0]);
        assert!(self.looks > self.rounds * 4, "{} looks in {} rounds", self.looks, self.rounds);
        let grew = |a: u64, b: u64, room: u64| b > a + a / 5 + room;
        assert!(!grew(a.rss_kib, b.rss_kib, 16 << 10), "memory grew: {a:?} {b:?}");
        assert!(!grew(a.threads, b.threads, 2) && !grew(a.files, b.files, 6), "{a:?} {b:?}");
        assert!(!grew(before.tasks as u64, after.tasks as u64, 12), "{} {}", before.tasks, after.tasks);
    }
}
