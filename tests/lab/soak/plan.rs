//! Which troubles come, for how long, and what the header must say meanwhile: all of it from a seed. A new trouble is a row
//! of [`TROUBLES`].

use std::time::Duration;

use crate::servers::{Cut, Switches};

/// Numbers that follow from a seed.
pub struct Seed(u64);

impl Seed {
    pub fn new(seed: u64) -> Seed {
        // Small seeds differ in few bits, and none may be zero.
        Seed(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % end
    }

    pub fn one_in(&mut self, of: u64) -> bool {
        self.below(of) == 0
    }

    pub fn span(&mut self, from: Duration, to: Duration) -> Duration {
        from + Duration::from_millis(self.below(to.saturating_sub(from).as_millis() as u64))
    }
}

/// What the header must say as soon as every watch has met the trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// It is no outage.
    Live,
    /// Anything but that it is live.
    NotLive,
    /// When it was read.
    Read,
    /// Which part is seen.
    Part,
    /// Live or not: the rows alone are judged.
    Either,
}

/// One kind of trouble.
pub struct Trouble {
    pub name: &'static str,
    pub says: Says,
    pub turn: fn(&mut Switches, &mut Seed),
    /// A change comes later by so much than the server knows it.
    pub late: Duration,
    /// Nobody can tell it from a cluster in which nothing happens.
    pub unseen: bool,
    /// Until opsbook asks again by itself it takes minutes, or it does not for credentials that were refused: the operator does.
    pub asks: bool,
}

const fn trouble(name: &'static str, says: Says, turn: fn(&mut Switches, &mut Seed)) -> Trouble {
    Trouble { name, says, turn, late: Duration::ZERO, unseen: false, asks: false }
}

fn everything(verbs: &[&'static str], place: &'static str) -> Vec<(&'static str, &'static str)> {
    verbs.iter().map(|verb| (*verb, place)).collect()
}

pub const TROUBLES: &[Trouble] = &[
    trouble("cut at once", Says::Either, |odd, seed| {
        let how = if seed.one_in(2) { Cut::Fin } else { Cut::Rst };
        odd.cut = Some((seed.span(Duration::from_millis(100), Duration::from_millis(900)), how));
    }),
    trouble("old server", Says::Live, |odd, _| odd.old = true),
    trouble("pages expire", Says::Live, |odd, seed| {
        odd.old = true;
        odd.page = Some(1 + seed.below(5) as usize);
        odd.expired_after_pages = Some(1);
    }),
    trouble("versions expire", Says::Either, |odd, _| odd.expired_versions = true),
    trouble("versions expire on an old server", Says::Either, |odd, _| {
        odd.old = true;
        odd.expired_versions = true;
    }),
    trouble("no bookmarks", Says::Live, |odd, _| odd.no_bookmarks = true),
    trouble("events cut in half", Says::Either, |odd, seed| {
        odd.truncated_after = Some(seed.below(12) as usize);
    }),
    trouble("compressed", Says::Live, |odd, _| odd.gzip = true),
    trouble("connections closed", Says::Live, |odd, _| odd.close_each = true),
    Trouble {
        late: Duration::from_secs(3),
        ..trouble("slow bodies", Says::Either, |odd, seed| {
            odd.slow_body = Some(seed.span(Duration::from_millis(10), Duration::from_millis(60)));
        })
    },
    trouble("slow heads", Says::Either, |odd, seed| {
        odd.slow_head = Some(seed.span(Duration::from_millis(200), Duration::from_secs(8)));
    }),
    trouble("slow heads of an old server", Says::Either, |odd, seed| {
        odd.old = true;
        odd.expired_versions = seed.one_in(2);
        odd.slow_head = Some(seed.span(Duration::from_millis(200), Duration::from_secs(8)));
    }),
    Trouble { unseen: true, ..trouble("silent links", Says::Either, |odd, _| odd.silent = true) },
    trouble("busy", Says::NotLive, |odd, seed| odd.busy = Some(seed.below(4))),
    trouble("broken", Says::NotLive, |odd, _| odd.broken = true),
    Trouble {
        asks: true,
        ..trouble("another token", Says::NotLive, |odd, seed| {
            odd.token = Some(format!("token-{}", seed.below(1 << 40)));
        })
    },
    Trouble {
        asks: true,
        ..trouble("no watch", Says::Read, |odd, _| odd.forbidden = everything(&["watch"], "*"))
    },
    Trouble {
        asks: true,
        ..trouble("one namespace", Says::Part, |odd, _| {
            odd.forbidden = everything(&["list", "watch"], "");
        })
    },
    Trouble {
        asks: true,
        ..trouble("nothing allowed", Says::NotLive, |odd, _| {
            odd.forbidden = everything(&["list", "watch"], "*");
        })
    },
    trouble("clock", Says::Live, |odd, seed| {
        let off = 60 + seed.below(7_200) as i64;
        odd.clock = if seed.one_in(2) { off } else { -off };
    }),
];

/// What changes nothing of what must be said, and comes with the others.
fn aside(odd: &mut Switches, seed: &mut Seed) {
    odd.gzip |= seed.one_in(3);
    odd.close_each |= seed.one_in(3);
    odd.page = odd.page.or(seed.one_in(3).then_some(7));
}

/// The switches of the next trouble: which one is drawn without putting it back, so that each comes as often.
pub fn next(left: &mut Vec<usize>, quiet: &Switches, seed: &mut Seed) -> (&'static Trouble, Switches) {
    if left.is_empty() {
        *left = (0..TROUBLES.len()).collect();
    }
    let trouble = &TROUBLES[left.swap_remove(seed.below(left.len() as u64) as usize)];
    let mut odd = quiet.clone();
    (trouble.turn)(&mut odd, seed);
    aside(&mut odd, seed);
    (trouble, odd)
}
