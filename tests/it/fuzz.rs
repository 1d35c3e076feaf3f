//! Arbitrary input through every reader of foreign text: nothing panics, grows beyond its bounds, or is believed that was
//! altered. A run of the tests tries a few hundred inputs that are the same each time; `scripts/fuzz SECONDS` tries new
//! ones for so long. To add a target, a file in `fuzz/` with its seeds and what must hold, and its line here.

mod conditions;
mod files;
mod kubeconfig;
mod mutate;
mod patches;
mod runbooks;
mod watch_frames;

use std::time::{Duration, Instant};

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, TestCaseResult, TestError, TestRunner};

/// Inputs of one target in a run of the tests.
const CASES: u32 = 128;

/// How long a target runs beyond the tests; none where nobody asked for more.
fn longer() -> Option<Duration> {
    std::env::var("OPSBOOK_FUZZ_SECONDS").ok()?.parse().ok().map(Duration::from_secs)
}

/// Tries a target, and fails with the smallest input that breaks it.
fn fuzz<S: Strategy>(target: &str, inputs: &S, holds: impl Fn(S::Value) -> TestCaseResult) {
    let config = || Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let fails = |e: TestError<S::Value>| panic!("{target}: {e}");
    let Some(longer) = longer() else {
        let rng = proptest::test_runner::TestRng::deterministic_rng(Config::default().rng_algorithm);
        TestRunner::new_with_rng(config(), rng).run(inputs, holds).unwrap_or_else(fails);
        return;
    };
    let (begin, mut cases) = (Instant::now(), 0_u64);
    while begin.elapsed() < longer {
        // Each runner begins with randomness of its own.
        TestRunner::new(config()).run(inputs, &holds).unwrap_or_else(fails);
        cases += u64::from(CASES);
    }
    println!("fuzzed: {target}: {cases} inputs in {} s", begin.elapsed().as_secs());
}

/// What a person is shown must not steer a terminal.
fn plain(text: &str) -> TestCaseResult {
    let steers = |c: char| c.is_control() && c != '\n' && c != '\t';
    proptest::prop_assert!(!text.chars().any(steers), "{text:?} would reach the terminal");
    Ok(())
}
