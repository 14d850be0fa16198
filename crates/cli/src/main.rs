//! The lessons, their traces and pictures of them on the command line: the same core as the page, run natively.

mod animate;
mod arguments;
mod export;
mod given;
mod lessons;
mod live;
mod paper;
mod scenario;
mod still;
mod telling;
mod trace;
mod tun;

use std::io::{self, Write};
use std::process::ExitCode;

use arguments::Command;

fn main() -> ExitCode {
    let output = match arguments::parse(lexopt::Parser::from_env()) {
        Ok(command) => run(&command),
        Err(problem) => Err(problem),
    };
    match output {
        // A closed pipe (`| head`) is the reader's choice, not an error.
        Ok(text) => match io::stdout().write_all(&text) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Err(error) => complain(&error.to_string()),
        },
        Err(problem) => complain(&problem),
    }
}

/// Does what is asked for; what is returned is for standard output.
fn run(command: &Command) -> Result<Vec<u8>, String> {
    let text = match command {
        Command::Help => arguments::HELP.to_owned(),
        Command::Lessons => lessons::lines(),
        Command::Trace(source, format) => trace::print(&scenario::read(source, &mut io::stdin())?, *format)?,
        Command::Scenario(source) => scenario::read(source, &mut io::stdin())?.to_json() + "\n",
        Command::Still(chosen, still) => return still::draw(chosen, still),
        Command::Animate(chosen, motion) => animate::draw(chosen, motion)?,
        Command::Paper(chosen, kind) => paper::html(chosen, *kind)?,
        Command::Live(source, live) => live::run(source, live)?,
        Command::Export(chosen, notation, step) => export::text(chosen, *notation, *step)?,
    };
    Ok(text.into_bytes())
}

fn complain(problem: &str) -> ExitCode {
    eprintln!("socket-playground: {problem}");
    ExitCode::from(2)
}
