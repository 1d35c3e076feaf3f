//! The second pass over what leaves the house: what looks like a secret is cut although nobody registered it, and
//! counted, so that whoever exports is told.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::MASK;
use crate::lang::{list, t};

/// What was cut, by the place of its shape among those that are known, and how often.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cuts(BTreeMap<usize, usize>);

impl Cuts {
    /// `1 private key, 2 JWTs`; empty when nothing was cut.
    pub fn words(&self) -> String {
        list(self.0.iter().filter_map(|(shape, number)| Some(SHAPES.get(*shape)?.0(*number))))
    }

    /// Adds what was cut elsewhere.
    pub fn add(&mut self, other: &Cuts) {
        for (shape, number) in &other.0 {
            *self.0.entry(*shape).or_default() += number;
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// So many of a shape, in words.
type Said = fn(usize) -> String;

/// What so many of it are called, and the shape. Where it has a group `keep`, that stays in sight.
const SHAPES: &[(Said, &str)] = &[
    (
        |n| t!("redact-private-key", number = n),
        r"(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----(?:.*?-----END [A-Z ]*PRIVATE KEY-----|.*)",
    ),
    (|n| t!("redact-jwt", number = n), r"\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*)?"),
    (|n| t!("redact-aws-key", number = n), r"\b(?:AKIA|ASIA|AROA|AIDA|AGPA|ANPA|ANVA)[A-Z0-9]{16}\b"),
    (
        |n| t!("redact-access-token", number = n),
        r"\b(?:gh[pousr]_[A-Za-z0-9]{20,}|glpat-[A-Za-z0-9_-]{16,}|xox[abprs]-[A-Za-z0-9-]{10,})",
    ),
    (
        |n| t!("redact-authorization", number = n),
        r"(?P<keep>(?i:\bbearer|\bbasic)\s+)[A-Za-z0-9._~+/=-]{16,}",
    ),
    (|n| t!("redact-password-in-address", number = n), r"(?P<keep>[a-z][a-z0-9+.-]*://[^\s/:@]*:)[^\s/@]+@"),
    (
        |n| t!("redact-password", number = n),
        r#"(?P<keep>(?i:[a-z0-9_.-]*(?:passw(?:or)?d|passphrase|secret[_-]?(?:access[_-]?)?key|client[_-]?secret|api[_-]?key|auth[_-]?token|access[_-]?token))["']?\s*[=:]\s*)(?:"[^"]*"|'[^']*'|[^\s,;&"']+)"#,
    ),
    (
        |n| t!("redact-token", number = n),
        r#"(?P<keep>(?i:\b(?:token|secret|pwd)=))(?:"[^"]*"|'[^']*'|[^\s,;&"']+)"#,
    ),
];

static COMPILED: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let compile = |(_, shape): &(Said, &str)| {
        Regex::new(shape).expect("the shapes are constants, and a test compiles them")
    };
    SHAPES.iter().map(compile).collect()
});

/// The text without what looks like a secret; counts what it cut.
pub fn cut(text: &str, cuts: &mut Cuts) -> String {
    let mut out = text.to_owned();
    for (place, shape) in COMPILED.iter().enumerate() {
        if !shape.is_match(&out) {
            continue;
        }
        let mut count = 0;
        let replaced = shape.replace_all(&out, |found: &Captures<'_>| {
            let keep = found.name("keep").map_or("", |m| m.as_str());
            let end = if found[0].ends_with('@') { "@" } else { "" };
            // What a first pass or an earlier shape masked is not counted again.
            let value = found[0][keep.len()..].trim_matches(['"', '\'', '@']);
            if value != MASK {
                count += 1;
            }
            format!("{keep}{MASK}{end}")
        });
        out = replaced.into_owned();
        if count > 0 {
            *cuts.0.entry(place).or_default() += count;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_secret_is_cut_and_counted() {
        let cases = [
            ("a eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl b", "a *** b", "1 JWT"),
            ("key AKIAIOSFODNN7EXAMPLE.", "key ***.", "1 AWS key"),
            ("DB_PASSWORD=hunter2 next", "DB_PASSWORD=*** next", "1 password"),
            ("password: 'two words', x", "password: ***, x", "1 password"),
            ("--from-literal=api-key=abc", "--from-literal=api-key=***", "1 password"),
            (
                "Authorization: Bearer abcdefghijklmnopqrst",
                "Authorization: Bearer ***",
                "1 authorization header",
            ),
            ("postgres://u:p4ss@db:5432/x", "postgres://u:***@db:5432/x", "1 password in an address"),
            ("?token=abc&x=1", "?token=***&x=1", "1 token"),
        ];
        for (text, wanted, words) in cases {
            let mut cuts = Cuts::default();
            assert_eq!(cut(text, &mut cuts), wanted);
            assert_eq!(cuts.words(), words, "{text}");
        }
        let mut cuts = Cuts::default();
        let pem = "x -----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- y";
        assert_eq!(cut(pem, &mut cuts), "x *** y");
        assert_eq!(cut("-----BEGIN PRIVATE KEY-----\nMIIE", &mut cuts), "***", "one that was cut off");
        assert_eq!(cuts.words(), "2 private keys");
    }

    #[test]
    fn what_operators_write_every_day_stays() {
        for text in [
            "kubectl -n shop delete secret/token-abc",
            "the password is in the vault",
            "kubectl drain worker-3 --ignore-daemonsets --timeout=600s",
            "https://10.0.0.10:6443",
            "secret: none was read",
        ] {
            let mut cuts = Cuts::default();
            assert_eq!(cut(text, &mut cuts), text);
            assert!(cuts.is_empty());
        }
        let mut cuts = Cuts::default();
        assert_eq!(cut("password=***", &mut cuts), "password=***");
        assert!(cuts.is_empty(), "what is masked already is not counted");
    }
}
