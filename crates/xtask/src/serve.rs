//! `cargo xtask serve`: the page on a local address, rebuilt on change.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::setup::{self, Optimizer};
use crate::toolbox::Toolbox;

/// Builds and serves until the person stops it.
pub fn run(port: u16) -> Result<()> {
    check_port(port)?;
    let mut toolbox = Toolbox::default();
    let optimized = setup::page_tools(&mut toolbox, Optimizer::Optional)?;
    println!("building the page (a few minutes the first time)");
    announce_when_up(port);
    let port = port.to_string();
    let mut arguments = vec!["--log", "warn", "serve", "--address", "127.0.0.1"];
    arguments.extend(["--port", &port, "--disable-address-lookup", "true"]);
    // Not into dist/: a served page holds a script that reloads it.
    arguments.extend(["--dist", "target/serve"]);
    // trunk asks for wasm-opt in its own release mode only.
    arguments.extend(if optimized { ["--release", "true"] } else { ["--cargo-profile", "release"] });
    if !toolbox.run("trunk", &arguments)? {
        bail!("trunk stopped");
    }
    Ok(())
}

/// Fails early, and plainly, when someone else has the port.
fn check_port(port: u16) -> Result<()> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(
            "port {port} is taken by another program: choose another one, \
             as in `cargo xtask serve --port {}`",
            if port < u16::MAX { port + 1 } else { 8080 }
        ),
        Err(error) => Err(error)
            .with_context(|| format!("port {port} cannot be used: choose another one with `--port`")),
    }
}

/// Prints the address once trunk listens, which is after the first build.
fn announce_when_up(port: u16) {
    thread::spawn(move || {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        while TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_err() {
            thread::sleep(Duration::from_millis(200));
        }
        println!("\n  Socket Playground is at http://127.0.0.1:{port}/\n  Ctrl+C stops it.\n");
    });
}

#[cfg(test)]
mod tests {
    use super::check_port;
    use std::net::TcpListener;

    #[test]
    fn a_taken_port_is_named_with_the_way_out() {
        let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let error = check_port(port).unwrap_err().to_string();
        assert!(error.contains(&port.to_string()) && error.contains("--port"), "{error}");
    }
}
