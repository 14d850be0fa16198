//! The arguments of the command line.

use std::path::PathBuf;

use lexopt::{Arg, Parser, ValueExt};
use playground_core::tcp::ProfileName;
use strum::VariantArray;

/// The output of `--help`.
pub const HELP: &str = "\
The lessons of Socket Playground and their traces.

socket-playground lessons
    one line each: id, steps, predictions, knobs, challenge, languages
socket-playground trace LESSON [--set KNOB=VALUE]... [--profile PROFILE] [--format text|json]
socket-playground trace --scenario FILE [--profile PROFILE] [--format text|json]
    text: a line per segment, in tcpdump's manner, with relative sequence numbers; then a line per refused message
    json: the whole trace
    PROFILE: textbook, linux or bsd, for every node
    FILE: a scenario as JSON; - is standard input
socket-playground scenario LESSON [--set KNOB=VALUE]... [--profile PROFILE]
    the lesson's scenario as JSON

In a request (--set request=...) a line break is CRLF, and \\r \\n \\0 \\xNN \\\\ are single octets.
";

/// A command.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    /// Print the help.
    Help,
    /// List the lessons.
    Lessons,
    /// Run a scenario and print its trace.
    Trace(Source, Format),
    /// Print a scenario.
    Scenario(Source),
}

/// The scenario to run or to print.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// Where it is from.
    pub origin: Origin,
    /// The profile of every node, in place of the scenario's.
    pub profile: Option<ProfileName>,
}

/// Where a scenario is from.
#[derive(Debug, PartialEq, Eq)]
pub enum Origin {
    /// A lesson, with settings of knobs: id and value.
    Lesson { id: String, settings: Vec<(String, String)> },
    /// A file of JSON; `-` is standard input.
    File(PathBuf),
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
    let mut settings = Vec::new();
    let (mut file, mut profile, mut format) = (None, None, None);
    let mut options = Vec::new();
    while let Some(argument) = parser.next().map_err(say)? {
        match argument {
            Arg::Long("help") | Arg::Short('h') => return Ok(Command::Help),
            Arg::Long("set") => {
                let text = parser.value().and_then(|value| value.string()).map_err(say)?;
                let (knob, value) = text
                    .split_once('=')
                    .ok_or_else(|| format!("--set {}: write KNOB=VALUE", quoted(&text)))?;
                settings.push((knob.to_owned(), value.to_owned()));
                options.push("--set");
            }
            Arg::Long("profile") => {
                let text = parser.value().and_then(|value| value.string()).map_err(say)?;
                let found = ProfileName::VARIANTS.iter().copied().find(|name| name.key() == text);
                let unknown = || format!("--profile {}: must be textbook, linux or bsd", quoted(&text));
                profile = Some(found.ok_or_else(unknown)?);
                options.push("--profile");
            }
            Arg::Long("format") => {
                let text = parser.value().and_then(|value| value.string()).map_err(say)?;
                format = match text.as_str() {
                    "text" => Some(Format::Text),
                    "json" => Some(Format::Json),
                    _ => return Err(format!("--format {}: must be text or json", quoted(&text))),
                };
                options.push("--format");
            }
            Arg::Long("scenario") => {
                file = Some(PathBuf::from(parser.value().map_err(say)?));
                options.push("--scenario");
            }
            Arg::Value(word) => words.push(word.string().map_err(say)?),
            other => return Err(say(other.unexpected())),
        }
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let lesson =
        |id: &str, settings| Source { origin: Origin::Lesson { id: id.to_owned(), settings }, profile };
    let without = |command: &str, unused: &[&str]| match options.iter().find(|option| unused.contains(option))
    {
        None => Ok(()),
        Some(option) => Err(format!("{command} takes no {option}; see --help")),
    };
    match (words.as_slice(), file) {
        ([], None) if options.is_empty() => Ok(Command::Help),
        (["lessons"], _) => {
            without("lessons", &["--set", "--profile", "--format", "--scenario"])?;
            Ok(Command::Lessons)
        }
        (["trace", id], None) => Ok(Command::Trace(lesson(id, settings), format.unwrap_or_default())),
        (["trace"], Some(file)) => {
            without("trace --scenario", &["--set"])?;
            Ok(Command::Trace(Source { origin: Origin::File(file), profile }, format.unwrap_or_default()))
        }
        (["trace", _], Some(_)) => Err("trace takes a lesson or --scenario, not both; see --help".to_owned()),
        (["scenario", id], _) => {
            without("scenario", &["--format", "--scenario"])?;
            Ok(Command::Scenario(lesson(id, settings)))
        }
        ([command @ ("trace" | "scenario")], _) => {
            Err(format!("{command}: which lesson? `socket-playground lessons` lists them"))
        }
        (other, _) => Err(format!("{}: not understood; see --help", quoted(&other.join(" ")))),
    }
}

/// The most characters of a value that an error repeats.
const QUOTED_MOST: usize = 60;

/// A value as an error repeats it: on one line, without control characters, cut where it is long.
pub fn quoted(value: &str) -> String {
    let mut text = String::new();
    for (index, character) in value.chars().enumerate() {
        if index == QUOTED_MOST {
            text.push('…');
            break;
        }
        // Characters that reorder or hide text are no letters either.
        if character.is_control() || is_invisible(character) {
            text.extend(character.escape_default());
        } else {
            text.push(character);
        }
    }
    text
}

/// Marks of direction, joiners and line separators, which a terminal does not show as characters.
const fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
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
            Ok(Command::Trace(
                Source {
                    origin: Origin::Lesson {
                        id: "reset".to_owned(),
                        settings: vec![
                            ("reads".to_owned(), "early".to_owned()),
                            ("size".to_owned(), "a=b".to_owned())
                        ],
                    },
                    profile: Some(ProfileName::Linux),
                },
                Format::Json,
            ))
        );
        assert_eq!(
            of("trace --scenario -"),
            Ok(Command::Trace(Source { origin: Origin::File("-".into()), profile: None }, Format::Text))
        );
        assert_eq!(
            of("scenario reset"),
            Ok(Command::Scenario(Source {
                origin: Origin::Lesson { id: "reset".to_owned(), settings: Vec::new() },
                profile: None,
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
            ("scenario", "which lesson"),
            ("scenario reset --format json", "--format"),
            ("trace reset --scenario x", "not both"),
            ("trace --scenario x --set a=b", "--set"),
            ("trace --scenario", "--scenario"),
            ("--set a=b", "not understood"),
        ] {
            let problem = of(line).expect_err(line);
            assert!(problem.contains(word), "{line}: {problem}");
        }
    }

    #[test]
    fn values_are_quoted_short_and_without_control_characters() {
        for (value, expected) in [
            ("5", "5".to_owned()),
            ("\u{1b}[2J\r\n\0", "\\u{1b}[2J\\r\\n\\u{0}".to_owned()),
            ("a\u{202e}b\u{9b}", "a\\u{202e}b\\u{9b}".to_owned()),
            (&"é".repeat(61), format!("{}…", "é".repeat(60))),
            (&"é".repeat(60), "é".repeat(60)),
        ] {
            assert_eq!(quoted(value), expected);
        }
    }
}
