//! The parts of a long run, and the number of tests that passed and failed in each.

use std::io::{BufRead, BufReader};
use std::ops::AddAssign;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result};
use duct::Expression;

use crate::progress::clock;

/// The results of the parts that were run so far.
#[derive(Debug, Default)]
pub struct Report {
    tally: Tally,
    failed: Vec<&'static str>,
}

impl Report {
    /// Runs one part under a heading. Its error is shown and counts as one failure; the parts after it are run all the
    /// same.
    pub fn part(&mut self, name: &'static str, run: impl FnOnce() -> Result<Tally>) {
        println!("\n== {name}");
        let start = Instant::now();
        let tally = run().unwrap_or_else(|error| {
            println!("error: {error:#}");
            Tally::FAILED
        });
        if tally.failed > 0 {
            self.failed.push(name);
        }
        let verdict = if tally.failed == 0 { "ok" } else { "FAILED" };
        println!("== {name}: {verdict}, {}", clock(start.elapsed()));
        self.tally += tally;
    }

    /// Names the parts that failed, prints the closing line and returns the exit code that goes with it.
    pub fn close(self) -> ExitCode {
        println!();
        if !self.failed.is_empty() {
            println!("failed: {}", self.failed.join(", "));
        }
        println!("{} passed, {} failed", self.tally.passed, self.tally.failed);
        if self.tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// Counted results of one or more test runs.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed, and steps that failed as a whole.
    pub failed: u64,
}

impl Tally {
    /// A step that failed without counting anything.
    pub const FAILED: Self = Self { passed: 0, failed: 1 };
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// Runs a command that runs tests, shows its output and counts its results. A command that fails without a failed test
/// (it did not compile, a test run was killed) counts as one failure.
///
/// # Errors
/// When it cannot be started.
pub fn count(command: &Expression) -> Result<Tally> {
    let reader =
        command.stderr_to_stdout().unchecked().reader().context("the test command cannot be started")?;
    let mut tally = Tally::default();
    let mut lines = BufReader::new(&reader);
    let mut line = Vec::new();
    // A test may print what is not UTF-8; that must not end the run.
    while lines.read_until(b'\n', &mut line)? > 0 {
        let text = String::from_utf8_lossy(&line);
        print!("{text}");
        if let Some(result) = harness_result(&text).or_else(|| nextest_result(&text)) {
            tally += result;
        }
        line.clear();
    }
    let status = reader.try_wait()?.context("the test command closed its output and went on")?.status;
    if !status.success() && tally.failed == 0 {
        tally += Tally::FAILED;
    }
    Ok(tally)
}

/// Reads `test result: ok. 12 passed; 0 failed; 1 ignored; ...`, as Rust's test harness writes it.
fn harness_result(line: &str) -> Option<Tally> {
    let (_, counts) = line.split_once("test result: ")?;
    let (_, counts) = counts.split_once(". ")?;
    let number = |what: &str| number_before(counts, ';', what);
    Some(Tally { passed: number("passed")?, failed: number("failed")? })
}

/// Reads `Summary [ 0.5s] 12/15 tests run: 10 passed (1 slow), 1 failed, 1 timed out, 3 skipped`, as cargo-nextest
/// writes it.
fn nextest_result(line: &str) -> Option<Tally> {
    let (_, counts) = line.trim_start().strip_prefix("Summary [")?.split_once("run: ")?;
    let number = |what: &str| number_before(counts, ',', what).unwrap_or(0);
    let failed = number("failed") + number("exec failed") + number("timed out");
    Some(Tally { passed: number_before(counts, ',', "passed")?, failed })
}

/// The number that stands before a word in one of the parts of a line: 12 before `passed` in `12 passed (1 slow)`.
fn number_before(counts: &str, separator: char, what: &str) -> Option<u64> {
    counts.split(separator).find_map(|part| {
        let part = part.split('(').next().unwrap_or(part);
        part.trim().strip_suffix(what)?.trim().parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_read_from_the_test_harness() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; \
                    0 filtered out; finished in 0.01s\n";
        assert_eq!(harness_result(line), Some(Tally { passed: 12, failed: 3 }));
        let line = "test result: ok. 4 passed; 0 failed; 0 ignored; 0 filtered out";
        assert_eq!(harness_result(line), Some(Tally { passed: 4, failed: 0 }));
        assert_eq!(harness_result("test numbers::add ... ok"), None);
    }

    #[test]
    fn results_are_read_from_nextest() {
        let result = |line| nextest_result(line);
        let line = "     Summary [   0.512s] 9 tests run: 9 passed, 57 skipped\n";
        assert_eq!(result(line), Some(Tally { passed: 9, failed: 0 }));
        let line = "     Summary [  12.000s] 15/20 tests run: 10 passed (2 slow, 1 flaky), 3 failed, 1 exec failed, \
                    1 timed out, 4 skipped";
        assert_eq!(result(line), Some(Tally { passed: 10, failed: 5 }));
        assert_eq!(result("        PASS [   0.003s] xtask sizes::tests::it"), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_run_that_breaks_off_is_a_failure() {
        let run = |script| count(&duct::cmd("sh", ["-c", script])).unwrap();
        let good = "echo 'test result: ok. 2 passed; 0 failed; 0 ignored'";
        assert_eq!(run(good), Tally { passed: 2, failed: 0 });
        assert_eq!(run(&format!("{good}; exit 101")), Tally { passed: 2, failed: 1 });
    }
}
