//! The parts of a long run, one after the other, and what came of them.

use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;

use crate::progress::clock;
use crate::tally::Tally;

/// What came of the parts that were run so far.
#[derive(Debug, Default)]
pub struct Report {
    tally: Tally,
    failed: Vec<&'static str>,
}

impl Report {
    /// Runs one part under a heading. Its error is shown and counts as one
    /// failure; the parts after it are run all the same.
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
        let verdict = if tally.failed == 0 { "well" } else { "FAILED" };
        println!("== {name}: {verdict}, {}", clock(start.elapsed()));
        self.tally += tally;
    }

    /// Names the parts that failed, prints the closing line and gives the exit
    /// code that goes with it.
    pub fn close(self) -> ExitCode {
        println!();
        if !self.failed.is_empty() {
            println!("failed: {}", self.failed.join(", "));
        }
        println!("{} passed, {} failed", self.tally.passed, self.tally.failed);
        if self.tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}
