//! The body of a watch: what is read of it does not depend on how it was cut, and ends or fails with words.

use opsbook::cluster::wire::core::Pod;
use opsbook::cluster::wire::frames::{Encoding, FrameError, Frames};
use opsbook::domain::Kind;
use proptest::prelude::*;

use super::{fuzz, mutate};

const SEEDS: &[&str] = &[
    "{\"type\":\"ADDED\",\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\",\"namespace\":\"b\",\"uid\":\"u\",\"resourceVersion\":\"1\",\"creationTimestamp\":\"2026-01-01T00:00:00Z\"},\"spec\":{\"nodeName\":\"n\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]},\"status\":{\"phase\":\"Running\",\"containerStatuses\":[{\"name\":\"c\",\"ready\":true,\"restartCount\":3,\"state\":{\"running\":{\"startedAt\":\"2026-01-01T00:00:00Z\"}}}]}}}\n",
    "{\"type\":\"BOOKMARK\",\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"7\"}}}\n{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410,\"message\":\"too old\"}}\n",
    "\0\0\0\u{9}\n\u{5}ADDED\u{12}\0",
    "\0\0\0\u{1f}\n\u{5}ADDED\u{12}\u{16}\n\u{14}k8s\0\n\u{9}\n\u{2}v1\u{12}\u{3}Pod\u{12}\u{3}\n\u{1}x",
    "\0\0\0\u{14}\n\u{8}MODIFIED\u{12}\u{8}\n\u{6}k8s\0\n\0",
];

const WORDS: &[&str] =
    &["\n", "\0\0\0\u{1}", "\u{7f}\0\0\0", "\"", "{", "}", "[", "k8s\0", "null", "1e999", "\\ud800"];

/// All that is read of a body that comes in these pieces.
fn read(encoding: Encoding, pieces: &[&[u8]]) -> (Vec<String>, Option<FrameError>) {
    let (mut frames, mut out) = (Frames::new(encoding, Kind::Pod), Vec::new());
    for piece in pieces {
        frames.push(piece);
        loop {
            match frames.take::<Pod>() {
                Ok(Some(event)) => out.push(format!("{event:?}")),
                Ok(None) => break,
                Err(e) => return (out, Some(e)),
            }
        }
    }
    (out, None)
}

#[test]
fn a_watch_reads_the_same_however_its_body_is_cut() {
    let seeds = SEEDS.iter().map(|s| s.as_bytes().to_vec()).collect();
    let inputs = (mutate::bytes(seeds, WORDS), 1_usize..64, any::<bool>());
    fuzz("watch frames", &inputs, |(body, piece, json)| {
        let encoding = || if json { Encoding::Json } else { Encoding::Protobuf };
        let (whole, failed) = read(encoding(), &[&body]);
        let pieces: Vec<&[u8]> = body.chunks(piece).collect();
        let (cut, also) = read(encoding(), &pieces);
        prop_assert_eq!(whole, cut);
        prop_assert_eq!(failed.map(|e| e.to_string()), also.map(|e| e.to_string()));
        Ok(())
    });
}
