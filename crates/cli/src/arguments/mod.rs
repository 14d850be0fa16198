//! The arguments of the command line.

mod pictures;
mod quoting;

use std::path::PathBuf;

use lexopt::Parser;
use playground_core::tcp::ProfileName;
use playground_lessons::Language;
use strum::VariantArray;

pub use self::pictures::{Motion, Picture, Still};
use self::pictures::{motion, step, still};
pub use self::quoting::quoted;

use crate::given::Given;
use crate::live::Live;

/// The output of `--help`.
pub const HELP: &str = include_str!("../help.txt");

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
    /// Draw steps of a lesson.
    Still(Chosen, Still),
    /// Write a lesson down as text to paste.
    Export(Chosen, Notation, Option<usize>),
    /// Draw steps of a lesson as one moving picture.
    Animate(Chosen, Motion),
    /// Write a page for paper.
    Paper(Chosen, Paper),
    /// Run a scenario on real sockets.
    Live(Source, Live),
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

/// A lesson to be told.
#[derive(Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Its id.
    pub id: String,
    /// Settings of knobs: id and value.
    pub settings: Vec<(String, String)>,
    /// The language; without one, that of the environment.
    pub language: Option<Language>,
    /// The file or folder to write to.
    pub output: Option<PathBuf>,
}

/// A page for paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// Each step's picture and words.
    Handout,
    /// Blanks to fill in, and the answers on a second page.
    Sheet,
}

/// A way to write a run down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// The ladder as a Mermaid sequence diagram.
    Mermaid,
    /// The ladder in plain letters.
    Text,
    /// The message heads at each hop.
    Markdown,
}

/// Parses the command line.
///
/// # Errors
///
/// A sentence about the argument that is not understood.
pub fn parse(parser: Parser) -> Result<Command, String> {
    let given = Given::read(parser)?;
    if given.is_set("help") {
        return Ok(Command::Help);
    }
    let words: Vec<&str> = given.words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] if given.is_empty() => Ok(Command::Help),
        ["lessons"] => {
            given.only("lessons", &[])?;
            Ok(Command::Lessons)
        }
        ["trace", id] => {
            if given.is_set("scenario") {
                return Err("trace takes a lesson or --scenario, not both; see --help".to_owned());
            }
            given.only("trace", &["set", "profile", "format"])?;
            Ok(Command::Trace(lesson(id, &given)?, format(&given)?))
        }
        ["trace"] if given.is_set("scenario") => {
            given.only("trace --scenario", &["scenario", "profile", "format"])?;
            let origin = Origin::File(given.path("scenario").unwrap_or_default());
            Ok(Command::Trace(Source { origin, profile: profile(&given)? }, format(&given)?))
        }
        ["live", id] => Ok(Command::Live(lesson(id, &given)?, Live::read(&given)?)),
        ["live"] if given.is_set("scenario") => {
            let origin = Origin::File(given.path("scenario").unwrap_or_default());
            Ok(Command::Live(Source { origin, profile: profile(&given)? }, Live::read(&given)?))
        }
        ["scenario", id] => {
            given.only("scenario", &["set", "profile"])?;
            Ok(Command::Scenario(lesson(id, &given)?))
        }
        ["still", id] => {
            let own = ["step", "all", "theme", "size", "view", "format", "bare", "fonts"];
            given.only("still", &[&CHOSEN[..], &own].concat())?;
            Ok(Command::Still(chosen(id, &given)?, still(&given)?))
        }
        ["export", id] => {
            given.only("export", &[&CHOSEN[..], &["format", "step"]].concat())?;
            let notation = |text: &str| match text {
                "mermaid" => Some(Notation::Mermaid),
                "text" => Some(Notation::Text),
                "markdown" => Some(Notation::Markdown),
                _ => None,
            };
            let formats = "mermaid, text or markdown";
            let notation = given.read_as("format", formats, notation)?;
            let notation = notation.ok_or_else(|| format!("export: which --format? {formats}"))?;
            Ok(Command::Export(chosen(id, &given)?, notation, step("step", &given)?))
        }
        ["animate", id] => {
            let own = ["from", "to", "theme", "size", "view", "bare", "fonts"];
            given.only("animate", &[&CHOSEN[..], &own].concat())?;
            Ok(Command::Animate(chosen(id, &given)?, motion(&given)?))
        }
        [command @ ("handout" | "sheet"), id] => {
            given.only(command, &CHOSEN)?;
            let paper = if *command == "sheet" { Paper::Sheet } else { Paper::Handout };
            Ok(Command::Paper(chosen(id, &given)?, paper))
        }
        [
            command @ ("trace" | "live" | "scenario" | "still" | "export" | "animate" | "handout" | "sheet"),
        ] => Err(format!("{command}: which lesson? `socket-playground lessons` lists them")),
        other => Err(format!("{}: not understood; see --help", quoted(&other.join(" ")))),
    }
}

/// The options of every command that tells a lesson.
const CHOSEN: [&str; 3] = ["set", "lang", "output"];

fn chosen(id: &str, given: &Given) -> Result<Chosen, String> {
    let language = |tag: &str| Language::from_tag(tag).filter(|_| ["ko", "en"].contains(&tag));
    Ok(Chosen {
        id: id.to_owned(),
        settings: given.settings.clone(),
        language: given.read_as("lang", "ko or en", language)?,
        output: given.path("output"),
    })
}

fn lesson(id: &str, given: &Given) -> Result<Source, String> {
    let origin = Origin::Lesson { id: id.to_owned(), settings: given.settings.clone() };
    Ok(Source { origin, profile: profile(given)? })
}

fn profile(given: &Given) -> Result<Option<ProfileName>, String> {
    let named = |text: &str| ProfileName::VARIANTS.iter().copied().find(|name| name.key() == text);
    given.read_as("profile", "textbook, linux or bsd", named)
}

fn format(given: &Given) -> Result<Format, String> {
    let named = |text: &str| match text {
        "text" => Some(Format::Text),
        "json" => Some(Format::Json),
        _ => None,
    };
    Ok(given.read_as("format", "text or json", named)?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use playground_drawing::Theme;
    use playground_lessons::View;

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
    fn stills_and_exports_are_understood() {
        let chosen = Chosen {
            id: "reset".to_owned(),
            settings: vec![("reads".to_owned(), "early".to_owned())],
            language: Some(Language::Korean),
            output: Some("a/b.png".into()),
        };
        let still = Still {
            step: Some(2),
            theme: Theme::Dark,
            size: (960, 540),
            view: Some(View::Waits),
            format: Some(Picture::Png),
            bare: true,
            fonts: None,
        };
        let line = "still reset --step 2 --set reads=early --lang ko --theme dark --size 960x540 --view waits --bare -o a/b.png";
        assert_eq!(of(line), Ok(Command::Still(chosen, still)));
        let chosen = Chosen { id: "reset".to_owned(), settings: Vec::new(), language: None, output: None };
        let export = Command::Export(chosen, Notation::Mermaid, Some(3));
        assert_eq!(of("export reset --format mermaid --step 3"), Ok(export));
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
            ("live", "which lesson"),
            ("live reset --next 127.0.0.1:80", "--next goes with --only"),
            ("live reset --tun --port 80", "--port does not go with --tun"),
            ("trace a b", "not understood"),
            ("scenario", "which lesson"),
            ("scenario reset --format json", "--format"),
            ("trace reset --scenario x", "not both"),
            ("trace --scenario x --set a=b", "--set"),
            ("trace --scenario", "--scenario"),
            ("--set a=b", "not understood"),
            ("still", "which lesson"),
            ("still reset", "which step"),
            ("still reset --step 0", "--step 0: must be a step's number"),
            ("still reset --step 1 --all", "not both"),
            ("still reset --step 1 --size 10x10", "--size 10x10: must be WIDTHxHEIGHT"),
            ("still reset --step 1 --theme grey", "light or dark"),
            ("still reset --step 1 --lang fr", "--lang fr: must be ko or en"),
            ("still reset --step 1 --view moon", "one of stage, race"),
            ("still reset --step 1 --profile linux", "still takes no --profile"),
            ("still reset --step 1 -o a.jpg", "-o a.jpg: end the name in .svg or .png"),
            ("animate reset --size 4000x2000", "each from 160 to 1920 pixels"),
            ("animate reset --from x", "--from x: must be a step's number"),
            ("animate reset --step 1", "animate takes no --step"),
            ("sheet", "which lesson"),
            ("handout reset --step 1", "handout takes no --step"),
            ("export", "which lesson"),
            ("export reset", "which --format? mermaid"),
            ("export reset --format svg", "--format svg: must be mermaid, text or markdown"),
            ("export reset --format text --theme dark", "export takes no --theme"),
            ("trace reset --step 1", "trace takes no --step"),
        ] {
            let problem = of(line).expect_err(line);
            assert!(problem.contains(word), "{line}: {problem}");
        }
    }
}
