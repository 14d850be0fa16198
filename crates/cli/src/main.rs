//! The lessons and their traces on the command line: the same core as the page, run natively.

mod arguments;
mod lessons;
mod scenario;
mod trace;

use std::io::{self, Write};
use std::process::ExitCode;

use arguments::Command;

fn main() -> ExitCode {
    let output = match arguments::parse(lexopt::Parser::from_env()) {
        Ok(Command::Help) => Ok(arguments::HELP.to_owned()),
        Ok(Command::Lessons) => Ok(lessons::lines()),
        Ok(Command::Trace(source, format)) => {
            scenario::read(&source, &mut io::stdin()).and_then(|scenario| trace::print(&scenario, format))
        }
        Ok(Command::Scenario(source)) => {
            scenario::read(&source, &mut io::stdin()).map(|scenario| scenario.to_json() + "\n")
        }
        Err(problem) => Err(problem),
    };
    match output {
        // A closed pipe (`| head`) is the reader's choice, not an error.
        Ok(text) => match io::stdout().write_all(text.as_bytes()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Err(error) => complain(&error.to_string()),
        },
        Err(problem) => complain(&problem),
    }
}

fn complain(problem: &str) -> ExitCode {
    eprintln!("socket-playground: {problem}");
    ExitCode::from(2)
}
