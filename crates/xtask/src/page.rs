//! The static site: built into `dist/`, served while it is worked on, and looked at in screenshots.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::toolbox::{Toolbox, root};
use crate::{progress, setup, sizes, system};

/// The folder that the site is built into.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Builds the site as it is published, with what stands beside the page. Link previews need the address that it will have.
///
/// # Errors
/// When a tool cannot be installed or the page does not compile.
pub fn build(address: &str) -> Result<()> {
    let mut toolbox = Toolbox::default();
    setup::page_tools(&mut toolbox)?;
    let trunk = toolbox.at_root("trunk", &["--log", "warn", "build", "--release"]);
    progress::step("building the page into dist/", &root().join("target/page.log"), &trunk)?;
    // Link previews have pictures, with Korean words.
    system::korean_font();
    let site = ["run", "--quiet", "--package", "playground-site", "--", "dist", address];
    if !toolbox.run("cargo", &site)? {
        bail!("what stands beside the page could not be made");
    }
    Ok(())
}

/// Builds the site and fails when it is over its size.
///
/// # Errors
/// Those of [`build`] and [`sizes::check`].
pub fn build_and_measure(address: &str) -> Result<()> {
    build(address)?;
    sizes::check(&dist())
}

/// Builds the site, serves it and rebuilds it on change until the developer stops it.
///
/// # Errors
/// When the port is taken, and those of [`build`].
pub fn serve(port: u16) -> Result<()> {
    check_port(port)?;
    let mut toolbox = Toolbox::default();
    setup::page_tools(&mut toolbox)?;
    println!("building the page (a few minutes the first time)");
    announce_when_up(port);
    let port = port.to_string();
    let mut arguments = vec!["--log", "warn", "serve", "--release", "true", "--address", "127.0.0.1"];
    arguments.extend(["--port", &port, "--disable-address-lookup", "true"]);
    // Not into dist/: a served page holds a script that reloads it.
    arguments.extend(["--dist", "target/serve"]);
    if !toolbox.run("trunk", &arguments)? {
        bail!("trunk stopped");
    }
    Ok(())
}

/// Fails early when another program has the port, and suggests another one.
fn check_port(port: u16) -> Result<()> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(
            "port {port} is taken by another program: choose another one, as in `cargo xtask serve --port {}`",
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

/// Takes screenshots with the program of the tests package. File names among the arguments are relative to the current
/// folder, so it is not run at the root.
///
/// # Errors
/// When there is no browser.
pub fn shot(arguments: Vec<OsString>) -> Result<ExitCode> {
    let mut toolbox = Toolbox::default();
    system::browser(&mut toolbox)?;
    let manifest = root().join("Cargo.toml");
    let mut all: Vec<OsString> = vec!["run".into(), "--quiet".into()];
    all.extend(["--manifest-path".into(), manifest.into()]);
    all.extend(["--package", "playground-tests", "--bin", "shot", "--"].map(OsString::from));
    all.extend(arguments);
    let output = toolbox.command("cargo", all).run()?;
    Ok(if output.status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[cfg(test)]
mod tests {
    use super::check_port;
    use std::net::TcpListener;

    #[test]
    fn the_error_for_a_taken_port_names_it_and_the_option() {
        let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let error = check_port(port).unwrap_err().to_string();
        assert!(error.contains(&port.to_string()) && error.contains("--port"), "{error}");
    }
}
