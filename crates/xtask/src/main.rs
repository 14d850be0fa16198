//! The developer's commands, run as `cargo xtask COMMAND`.
//!
//! Each command first installs the tools that it needs (`setup`, `system`), so that a machine with Rust and Node.js
//! can run any of them.

mod checks;
mod decks;
mod page;
mod progress;
mod report;
mod setup;
mod sizes;
mod system;
mod toolbox;
mod words;

use std::env;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use lexopt::prelude::*;

const HELP: &str = "\
cargo xtask COMMAND

  serve [--port 8080]  build the page and serve it on 127.0.0.1, rebuilding on change
  build [--address https://host/folder/]
                       write the static site to dist/ and check its size; link
                       previews have pictures if the site's address is known
  test                 run every test: native, wasm32, the page in a real browser
  ci                   format, lints, documentation, dependencies, then test
  bench                run the benchmarks
  shot                 take screenshots of the built page (shot --help tells more)

Tools are installed once, into $SOCKET_PLAYGROUND_TOOLS, else the user's cache
folder (socket-playground/tools); after that no command needs the network.
";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode> {
    let mut parser = lexopt::Parser::from_env();
    let command = match parser.next()? {
        None | Some(Long("help") | Short('h')) => {
            print!("{HELP}");
            return Ok(ExitCode::SUCCESS);
        }
        Some(Value(command)) => command.string()?,
        Some(argument) => return Err(argument.unexpected().into()),
    };
    // The screenshot program reads its own options.
    if command == "shot" {
        return page::shot(parser.raw_args()?.collect());
    }
    let mut port = 8080;
    let mut address = String::new();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => {
                print!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            Long("address") if command == "build" => address = parser.value()?.string()?,
            Long("port") if command == "serve" => port = parser.value()?.parse()?,
            argument => return Err(argument.unexpected().into()),
        }
    }
    match command.as_str() {
        "serve" => page::serve(port)?,
        "build" => page::build_and_measure(&address)?,
        "test" => return Ok(checks::test().close()),
        "ci" => return Ok(checks::ci().close()),
        "bench" => checks::bench()?,
        // Called by trunk, which names the folder.
        "words" => {
            words::bundle(Path::new(&env::var_os("TRUNK_STAGING_DIR").context("only trunk calls this")?))?
        }
        _ => bail!("there is no command {command:?}\n\n{HELP}"),
    }
    Ok(ExitCode::SUCCESS)
}
