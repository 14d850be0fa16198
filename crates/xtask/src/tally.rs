//! How many tests passed and failed, read off the `test result:` lines.

use std::io::{BufRead, BufReader};
use std::ops::AddAssign;

use anyhow::{Context, Result};
use duct::Expression;

/// Counted results of one or more runs.
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

/// Runs a command that runs tests, shows its output and counts its results. A
/// command that fails without a failed test (it did not compile, a test run was
/// killed) counts as one failure.
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
        if let Some(result) = result_in(&text) {
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

/// Reads `test result: ok. 12 passed; 0 failed; 1 ignored; ...`.
fn result_in(line: &str) -> Option<Tally> {
    let (_, counts) = line.split_once("test result: ")?;
    let (_, counts) = counts.split_once(". ")?;
    let number_before = |what: &str| -> Option<u64> {
        counts.split(';').find_map(|part| part.trim().strip_suffix(what)?.trim().parse().ok())
    };
    Some(Tally { passed: number_before("passed")?, failed: number_before("failed")? })
}

#[cfg(test)]
mod tests {
    use super::{Tally, count, result_in};

    #[test]
    fn results_are_read_from_cargo_and_from_wasm_bindgen() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; \
                    0 filtered out; finished in 0.01s\n";
        assert_eq!(result_in(line), Some(Tally { passed: 12, failed: 3 }));
        let line = "test result: ok. 4 passed; 0 failed; 0 ignored; 0 filtered out";
        assert_eq!(result_in(line), Some(Tally { passed: 4, failed: 0 }));
        assert_eq!(result_in("test numbers::add ... ok"), None);
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
