//! The developer's commands, run as `cargo xtask COMMAND`.
//!
//! Each command first sets up what it needs (see `setup`, `browser` and `debian`), so
//! that a machine with nothing but rustup can run any of them.

mod bench;
mod browser;
mod ci;
mod debian;
mod minify;
mod page;
mod progress;
mod report;
mod serve;
mod setup;
mod shot;
mod sizes;
mod split;
mod styles;
mod tally;
mod test;
mod toolbox;
mod watch;
mod workspace;

use std::process::ExitCode;

use anyhow::{Result, bail};
use lexopt::prelude::*;

const HELP: &str = "\
cargo xtask COMMAND

  serve [--port 8080]  build the page and serve it on 127.0.0.1, rebuilding on change
  build                write the static site to dist/ and check its size
  test                 run every test: native, wasm32, the page in a real browser
  ci                   format, lints, documentation, dependencies, then test
  bench                run the benchmarks
  watch                see what the first lesson runs, and write web/parts.txt anew
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
        return shot::run(parser.raw_args()?.collect());
    }
    let mut port = 8080;
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => {
                print!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            Long("port") if command == "serve" => port = parser.value()?.parse()?,
            argument => return Err(argument.unexpected().into()),
        }
    }
    match command.as_str() {
        "serve" => serve::run(port)?,
        "build" => page::build_and_measure()?,
        "test" => return Ok(test::run().close()),
        "ci" => return Ok(ci::run().close()),
        "bench" => bench::run()?,
        "watch" => watch::run()?,
        _ => bail!("there is no command {command:?}\n\n{HELP}"),
    }
    Ok(ExitCode::SUCCESS)
}
