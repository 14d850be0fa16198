//! The chromedriver process that a browser is steered through.

use std::env;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::thread;

use anyhow::{Context, Result, bail};

/// A chromedriver of our own, on a port that it chose itself.
/// The process ends when the value is dropped.
#[derive(Debug)]
pub(crate) struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    /// Starts `$CHROMEDRIVER`, else the `chromedriver` on the path.
    pub(crate) fn start() -> Result<Self> {
        let program = env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
        let mut child = watched(&program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| cannot_start(&program))?;
        let stdout = child.stdout.take().expect("stdout is piped");
        let mut lines = BufReader::new(stdout).lines();
        let mut seen = String::new();
        while let Some(Ok(line)) = lines.next() {
            if let Some(port) = port_in(&line) {
                // Keep reading: a full pipe would stop the driver.
                thread::spawn(move || lines.for_each(drop));
                return Ok(Self { child, port });
            }
            seen.push_str(&line);
            seen.push('\n');
        }
        drop(child.stdin.take());
        child.wait()?;
        bail!("{}\n{seen}", cannot_start(&program));
    }

    /// The address that WebDriver commands go to.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        if !cfg!(unix) {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

/// A command that ends the driver and its browser when our end of its standard
/// input closes. That happens in any case, even when this process is killed or
/// leaves by `exit`, where no destructor runs.
#[cfg(unix)]
fn watched(program: &OsStr) -> Command {
    use std::os::unix::process::CommandExt;

    // Chromium stays in its driver's process group, which is therefore one of
    // its own. The shell lets go of the standard output, so that its end is seen
    // when there is no driver to write to it.
    let script = "\"$@\" & exec >/dev/null; cat; kill -KILL 0";
    let mut command = Command::new("sh");
    command.process_group(0).args(["-c", script, "sh"]).arg(program).arg("--port=0");
    command
}

/// A command for the driver alone: elsewhere, `drop` has to end it.
#[cfg(not(unix))]
fn watched(program: &OsStr) -> Command {
    let mut command = Command::new(program);
    command.arg("--port=0");
    command
}

fn cannot_start(program: &OsStr) -> String {
    format!("cannot start {}: run `cargo xtask test`, which finds or installs a browser", program.display())
}

/// The port in "ChromeDriver was started successfully on port 42015."
fn port_in(line: &str) -> Option<u16> {
    let (_, port) = line.split_once("started successfully on port ")?;
    port.trim_end_matches('.').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::port_in;

    #[test]
    fn the_port_is_read_from_the_greeting() {
        let line = "ChromeDriver was started successfully on port 42015.";
        assert_eq!(port_in(line), Some(42015));
        assert_eq!(port_in("Starting ChromeDriver 156 on port 0"), None);
    }
}
