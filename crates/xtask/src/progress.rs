//! Long steps: a line that shows the elapsed time, and the end of the output when one fails.

use std::fs;
use std::io::{IsTerminal, Write, stdout};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use duct::Expression;

/// How much of a failed command's output is shown.
const LINES_SHOWN: usize = 30;

/// Runs a command that may take minutes with its output kept in `log`, and shows `what` with the elapsed time: ticking
/// on a terminal, a plain line every 30 seconds elsewhere.
///
/// # Errors
/// When the command fails; the end of its output is part of the error.
pub fn step(what: &str, log: &Path, command: &Expression) -> Result<()> {
    if let Some(folder) = log.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    let terminal = stdout().is_terminal();
    let start = Instant::now();
    let handle = command
        .stderr_to_stdout()
        .stdout_path(log)
        .unchecked()
        .start()
        .with_context(|| format!("{what}: the command cannot be started"))?;
    let tick = Duration::from_secs(if terminal { 1 } else { 30 });
    if !terminal {
        println!("{what} ...");
    }
    let status = loop {
        if terminal {
            print!("\r{what} ... {}", clock(start.elapsed()));
            stdout().flush()?;
        }
        if let Some(output) = handle.wait_timeout(tick)? {
            break output.status;
        }
        if !terminal {
            println!("{what} ... {}", clock(start.elapsed()));
        }
    };
    let elapsed = clock(start.elapsed());
    let begin = if terminal { "\r" } else { "" };
    if status.success() {
        println!("{begin}{what} ... done in {elapsed}");
        return Ok(());
    }
    println!("{begin}{what} ... failed after {elapsed}");
    let output = fs::read_to_string(log).unwrap_or_default();
    bail!("{what} failed; the end of its output:\n{}", tail(&output));
}

/// Minutes and seconds, as `2:07`.
pub fn clock(elapsed: Duration) -> String {
    let seconds = elapsed.as_secs();
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let from = lines.len().saturating_sub(LINES_SHOWN);
    lines[from..].iter().map(|line| format!("  | {line}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::clock;
    use std::time::Duration;

    #[test]
    fn a_clock_has_two_digits_of_seconds() {
        assert_eq!(clock(Duration::from_secs(127)), "2:07");
        assert_eq!(clock(Duration::from_secs(3_600)), "60:00");
    }
}
