//! Inputs that look like real ones: a seed, cut, doubled, spliced with another seed and with words that have a meaning to
//! its reader.

use proptest::collection::vec;
use proptest::prelude::*;

/// One change; the numbers choose where, and what.
#[derive(Clone, Debug)]
enum Change {
    Flip(usize, u8),
    Insert(usize, usize),
    Raw(usize, Vec<u8>),
    Cut(usize, usize),
    Double(usize, usize, u8),
    Splice(usize, usize, usize),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<usize>;
    prop_oneof![
        (at(), any::<u8>()).prop_map(|(a, b)| Change::Flip(a, b)),
        (at(), at()).prop_map(|(a, w)| Change::Insert(a, w)),
        (at(), vec(any::<u8>(), 1..9)).prop_map(|(a, b)| Change::Raw(a, b)),
        (at(), 1_usize..200).prop_map(|(a, n)| Change::Cut(a, n)),
        (at(), 1_usize..200, 1_u8..60).prop_map(|(a, n, t)| Change::Double(a, n, t)),
        (at(), at(), 1_usize..400).prop_map(|(a, s, n)| Change::Splice(a, s, n)),
    ]
}

fn apply(input: &mut Vec<u8>, change: &Change, seeds: &[Vec<u8>], words: &[&str]) {
    let place = |at: usize, input: &[u8]| at % (input.len() + 1);
    match change {
        Change::Flip(at, byte) => {
            let at = place(*at, input);
            if let Some(b) = input.get_mut(at) {
                *b ^= byte;
            }
        }
        Change::Insert(at, word) if !words.is_empty() => {
            let at = place(*at, input);
            input.splice(at..at, words[word % words.len()].bytes());
        }
        Change::Insert(..) => {}
        Change::Raw(at, bytes) => {
            let at = place(*at, input);
            input.splice(at..at, bytes.iter().copied());
        }
        Change::Cut(at, length) => {
            let at = place(*at, input);
            let end = (at + length).min(input.len());
            input.drain(at..end);
        }
        Change::Double(at, length, times) => {
            let at = place(*at, input);
            let part = input[at..(at + length).min(input.len())].to_vec();
            let many: Vec<u8> = part.iter().copied().cycle().take(part.len() * usize::from(*times)).collect();
            input.splice(at..at, many);
        }
        Change::Splice(at, seed, length) => {
            let at = place(*at, input);
            let seed = &seeds[seed % seeds.len()];
            let from = at % (seed.len() + 1);
            input.splice(at..at, seed[from..(from + length).min(seed.len())].iter().copied());
        }
    }
}

/// One of the seeds with some changes.
pub fn bytes(seeds: Vec<Vec<u8>>, words: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> + use<> {
    (any::<usize>(), vec(change(), 0..10)).prop_map(move |(seed, changes)| {
        let mut input = seeds[seed % seeds.len()].clone();
        for change in &changes {
            apply(&mut input, change, &seeds, words);
        }
        input
    })
}

/// The same as text; bytes that are none are replaced.
pub fn text(seeds: &[&str], words: &'static [&'static str]) -> impl Strategy<Value = String> + use<> {
    let seeds = seeds.iter().map(|s| s.as_bytes().to_vec()).collect();
    bytes(seeds, words).prop_map(|b| String::from_utf8_lossy(&b).into_owned())
}
