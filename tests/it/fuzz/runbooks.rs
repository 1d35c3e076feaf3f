//! Runbook files: whatever they hold, they are read to an end, with problems that point into them.

use opsbook::runbook::{check, parse, parse_translation};
use proptest::prelude::*;

use super::{fuzz, mutate};

const SEEDS: &[&str] = &[
    include_str!("../../../runbooks/nodes/node-not-ready.md"),
    include_str!("../../../runbooks/nodes/node-not-ready.zh.md"),
    include_str!("../../../runbooks/pods/pod-oomkilled.md"),
    "---\nformat: 1\nid: a/b\ntitle: T\nparams: {x: {type: int}}\n---\n\n## S\n\n```shell id=s risk=high\necho $X\n```\n",
];

const WORDS: &[&str] = &[
    "---\n",
    "```\n",
    "```shell id=a\n",
    "~~~",
    "    ",
    "\t",
    "&a ",
    "*a",
    "<<: *a",
    "- ",
    ": ",
    "!!binary ",
    "${{ p.x }}",
    "each: ",
    "include: ",
    "verify: ",
    "when: ",
    "\u{202e}",
    "\u{1b}]52;c;AA\u{7}",
    "\0",
    "\r\n",
    "[[[[",
    "{{{{",
    "999999999999999999999d",
    "\u{feff}",
];

#[test]
fn runbook_files_are_read_to_an_end_whatever_they_hold() {
    let corpus = opsbook::corpus::Corpus::built_in();
    let catalogue = opsbook::corpus::catalogue(&corpus);
    fuzz("runbook files", &mutate::text(SEEDS, WORDS), |source| {
        let parsed = parse("a/b.md", &source);
        let more = check::check("a/b.md", &parsed.runbook, &catalogue);
        let (_, third) = parse_translation("a/b.zh.md", "zh", &source);
        let lines = source.split('\n').count() + 1;
        for problem in parsed.problems.iter().chain(&more).chain(&third) {
            prop_assert!(problem.line <= lines, "{problem:?} of {lines} lines");
        }
        Ok(())
    });
}
