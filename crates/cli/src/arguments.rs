//! The arguments of the command line.

use lexopt::{Arg, Parser, ValueExt};
use playground_core::tcp::ProfileName;

/// The output of `--help`.
pub const HELP: &str = "\
The lessons of Socket Playground and their traces.

socket-playground lessons
    one line each: id, steps, predictions, knobs, challenge, languages
socket-playground trace LESSON [--set KNOB=VALUE]... [--profile PROFILE] [--format text|json]
    text: a line per segment, in tcpdump's manner, with relative sequence numbers
    json: the whole trace
    PROFILE: textbook, linux or bsd, for every node
";

/// A command.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    /// Print the help.
    Help,
    /// List the lessons.
    Lessons,
    /// Run a lesson and print its trace.
    Trace(TraceRequest),
}

/// The trace to print, and its format.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct TraceRequest {
    /// The lesson's id.
    pub lesson: String,
    /// Settings of knobs: id and value.
    pub settings: Vec<(String, String)>,
    /// The profile of every node.
    pub profile: Option<ProfileName>,
    /// The format.
    pub format: Format,
}

/// The format of a printed trace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// One line per segment.
    #[default]
    Text,
    /// The whole trace.
    Json,
}

/// Parses the command line.
///
/// # Errors
///
/// A sentence about the argument that is not understood.
pub fn parse(mut parser: Parser) -> Result<Command, String> {
    let say = |error: lexopt::Error| format!("{error}; see --help");
    let mut words = Vec::new();
    let mut request = TraceRequest::default();
    let mut options = Vec::new();
    while let Some(argument) = parser.next().map_err(say)? {
        match argument {
            Arg::Long("help") | Arg::Short('h') => return Ok(Command::Help),
            Arg::Long("set") => {
                let text = parser.value().and_then(|value| value.string()).map_err(say)?;
                let (knob, value) =
                    text.split_once('=').ok_or_else(|| format!("--set {text}: write KNOB=VALUE"))?;
                request.settings.push((knob.to_owned(), value.to_owned()));
                options.push("--set");
            }
            Arg::Long("profile") => {
                let text = parser.value().and_then(|value| value.string()).map_err(say)?;
                let found = ProfileName::ALL.into_iter().find(|name| name.key() == text);
                request.profile =
                    Some(found.ok_or_else(|| format!("--profile {text}: must be textbook, linux or bsd"))?);
                options.push("--profile");
            }
            Arg::Long("format") => {
                let text = parser.value().and_then(|value| value.string()).map_err(say)?;
                request.format = match text.as_str() {
                    "text" => Format::Text,
                    "json" => Format::Json,
                    _ => return Err(format!("--format {text}: must be text or json")),
                };
                options.push("--format");
            }
            Arg::Value(word) => words.push(word.string().map_err(say)?),
            other => return Err(say(other.unexpected())),
        }
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => Ok(Command::Help),
        ["lessons"] => match options.first() {
            None => Ok(Command::Lessons),
            Some(option) => Err(format!("lessons takes no {option}; see --help")),
        },
        ["trace", lesson] => {
            request.lesson = (*lesson).to_owned();
            Ok(Command::Trace(request))
        }
        ["trace"] => Err("trace: which lesson? `socket-playground lessons` lists them".to_owned()),
        other => Err(format!("{}: not understood; see --help", other.join(" "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> Result<Command, String> {
        parse(Parser::from_args(line.split_whitespace()))
    }

    #[test]
    fn commands_are_understood() {
        assert_eq!(of(""), Ok(Command::Help));
        assert_eq!(of("trace x --help"), Ok(Command::Help));
        assert_eq!(of("lessons"), Ok(Command::Lessons));
        assert_eq!(
            of("trace reset --set reads=early --set size=a=b --profile linux --format json"),
            Ok(Command::Trace(TraceRequest {
                lesson: "reset".to_owned(),
                settings: vec![
                    ("reads".to_owned(), "early".to_owned()),
                    ("size".to_owned(), "a=b".to_owned())
                ],
                profile: Some(ProfileName::Linux),
                format: Format::Json,
            }))
        );
    }

    #[test]
    fn errors_name_the_argument() {
        for (line, word) in [
            ("trace", "which lesson"),
            ("trace reset --set x", "KNOB=VALUE"),
            ("trace reset --profile beos", "beos"),
            ("trace reset --format xml", "xml"),
            ("trace reset --colour", "colour"),
            ("lessons --set a=b", "--set"),
            ("dance", "dance"),
            ("trace a b", "not understood"),
        ] {
            let problem = of(line).expect_err(line);
            assert!(problem.contains(word), "{line}: {problem}");
        }
    }
}
