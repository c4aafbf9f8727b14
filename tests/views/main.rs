//! Views and algorithms against a naive oracle: day by day, by enumeration, by the written-out matrix.
//!
//! `oracle` knows nothing of the library; `records` turns its cases into records; the other files compare. `time_index` has an oracle of its own, for
//! thousands of relations over thousands of years. The random cases are the same in every run; `PROPTEST_CASES=5000 cargo test --test views` asks for
//! more of them.

mod algorithms;
mod journeys;
mod oracle;
mod records;
mod slices;
mod time_index;
mod traps;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseResult, TestRng, TestRunner};

/// Runs a property on random cases, the same in every run.
fn for_all<S: Strategy>(strategy: &S, property: impl Fn(S::Value) -> TestCaseResult) {
    for_some(1, strategy, property);
}

/// Runs a property on random cases that are large: one for `share` that [`for_all`] would run.
fn for_some<S: Strategy>(share: u32, strategy: &S, property: impl Fn(S::Value) -> TestCaseResult) {
    let all = Config::default();
    let config = Config { failure_persistence: None, cases: all.cases.div_ceil(share), ..all };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    if let Err(failure) = TestRunner::new_with_rng(config, rng).run(strategy, property) {
        panic!("{failure}");
    }
}

/// Counts cases that tell something, so that a property cannot pass by having nothing to say.
#[derive(Default)]
struct Telling {
    all: std::cell::Cell<u32>,
    telling: std::cell::Cell<u32>,
}

impl Telling {
    fn count(&self, tells: bool) {
        self.all.set(self.all.get() + 1);
        self.telling.set(self.telling.get() + u32::from(tells));
    }

    /// At least so many must have been telling.
    #[track_caller]
    fn assert_count(&self, least: u32, what: &str) {
        let (all, telling) = (self.all.get(), self.telling.get());
        assert!(telling >= least, "only {telling} of {all} cases have {what}");
    }

    /// At least this share, in percent, must have been telling.
    #[track_caller]
    fn assert_percent(&self, least: u32, what: &str) {
        let (all, telling) = (self.all.get(), self.telling.get());
        assert!(all > 0 && telling * 100 >= all * least, "only {telling} of {all} cases have {what}");
    }
}
