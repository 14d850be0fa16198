//! The WebDriver process that a browser is steered through.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::engine::Engine;

/// How long a driver may take to listen.
const PATIENCE: Duration = Duration::from_secs(30);

/// A driver of our own, on a port of its own.
/// The process ends when the value is dropped.
#[derive(Debug)]
pub(crate) struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    /// Starts the driver of a browser, found by `cargo xtask test` or on the search path.
    pub(crate) fn start(engine: Engine) -> Result<Self> {
        let program = &engine.driver();
        let port = match engine {
            // They choose a free port, and say which.
            Engine::Chromium | Engine::Firefox => 0,
            Engine::WebKit => free_port()?,
        };
        let mut child = watched(program, port)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| cannot_start(program))?;
        let stdout = child.stdout.take().expect("stdout is piped");
        let mut lines = BufReader::new(stdout).lines();
        let mut driver = Self { child, port };
        if port != 0 {
            thread::spawn(move || lines.for_each(drop));
            return driver.listens().then_some(driver).with_context(|| cannot_start(program));
        }
        let mut seen = String::new();
        while let Some(Ok(line)) = lines.next() {
            if let Some(port) = port_in(&line) {
                // Keep reading: a full pipe would stop the driver.
                thread::spawn(move || lines.for_each(drop));
                driver.port = port;
                return Ok(driver);
            }
            seen.push_str(&line);
            seen.push('\n');
        }
        bail!("{}\n{seen}", cannot_start(program));
    }

    /// Waits until the driver takes connections.
    fn listens(&self) -> bool {
        let (address, end) = (SocketAddr::from((Ipv4Addr::LOCALHOST, self.port)), Instant::now() + PATIENCE);
        while TcpStream::connect(address).is_err() {
            if Instant::now() > end {
                return false;
            }
            thread::sleep(Duration::from_millis(20));
        }
        true
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

/// A port that nobody listens on.
fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no port for the driver")?;
    Ok(listener.local_addr()?.port())
}

/// A command that ends the driver and its browser when our end of its standard
/// input closes. That happens in any case, even when this process is killed or
/// leaves by `exit`, where no destructor runs.
#[cfg(unix)]
fn watched(program: &[OsString], port: u16) -> Command {
    use std::os::unix::process::CommandExt;

    // The browser stays in its driver's process group, which is therefore one of
    // its own. The shell lets go of the standard output, so that its end is seen
    // when there is no driver to write to it.
    let script = "\"$@\" & exec >/dev/null; cat; kill -KILL 0";
    let mut command = Command::new("sh");
    command.process_group(0).args(["-c", script, "sh"]).args(program).arg(format!("--port={port}"));
    // Its sandbox refuses to run as root, and in containers.
    command.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
    command
}

/// A command for the driver alone: elsewhere, `drop` has to end it.
#[cfg(not(unix))]
fn watched(program: &[OsString], port: u16) -> Command {
    let mut command = Command::new(&program[0]);
    command.args(&program[1..]).arg(format!("--port={port}"));
    command
}

fn cannot_start(program: &[OsString]) -> String {
    let words: Vec<_> = program.iter().map(|word| word.to_string_lossy()).collect();
    format!("cannot start {}: run `cargo xtask test`, which finds or installs a browser", words.join(" "))
}

/// The port in "ChromeDriver was started successfully on port 42015." or in geckodriver's "Listening on 127.0.0.1:42015".
fn port_in(line: &str) -> Option<u16> {
    let greeting = ["started successfully on port ", "Listening on 127.0.0.1:"];
    let (_, port) = greeting.iter().find_map(|words| line.split_once(words))?;
    port.trim_end_matches('.').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::port_in;

    #[test]
    fn the_port_is_read_from_the_greeting() {
        for (line, port) in [
            ("ChromeDriver was started successfully on port 42015.", Some(42015)),
            ("1764500000000\tgeckodriver\tINFO\tListening on 127.0.0.1:34567", Some(34567)),
            ("Starting ChromeDriver 156 on port 0", None),
        ] {
            assert_eq!(port_in(line), port, "{line}");
        }
    }
}
