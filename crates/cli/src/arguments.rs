//! The arguments of the command line.

use std::path::PathBuf;

use lexopt::Parser;
use playground_core::tcp::ProfileName;
use playground_drawing::Theme;
use playground_lessons::{Language, View};
use strum::VariantArray;

use crate::given::Given;
use crate::live::Live;

/// The output of `--help`.
pub const HELP: &str = include_str!("help.txt");

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

/// What is drawn of a lesson.
#[derive(Debug, PartialEq, Eq)]
pub struct Still {
    /// The step, from 1; all where there is none.
    pub step: Option<usize>,
    /// The colours.
    pub theme: Theme,
    /// Pixels.
    pub size: (u32, u32),
    /// Another view than the step's own.
    pub view: Option<View>,
    /// The format; without one, that of the file's name.
    pub format: Option<Picture>,
    /// Without the lesson's name and the sentence.
    pub bare: bool,
    /// A folder with more fonts.
    pub fonts: Option<PathBuf>,
}

/// What moves.
#[derive(Debug, PartialEq, Eq)]
pub struct Motion {
    /// The first step, from 1.
    pub from: Option<usize>,
    /// The last step.
    pub to: Option<usize>,
    /// The colours.
    pub theme: Theme,
    /// Pixels.
    pub size: (u32, u32),
    /// Another view than the steps' own.
    pub view: Option<View>,
    /// Without the lesson's name and the sentence.
    pub bare: bool,
    /// A folder with more fonts.
    pub fonts: Option<PathBuf>,
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

/// A format of pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// Sharp at any size.
    Svg,
    /// Pixels.
    Png,
}

impl Picture {
    /// The end of a file's name.
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }
}

/// The smallest width and height of a picture, pixels.
const SMALLEST: u32 = 160;
/// The largest.
const LARGEST: u32 = 8000;
/// The largest of one that moves, which has hundreds of pictures.
const LARGEST_MOVING: u32 = 1920;

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

/// A step's number, from 1.
fn step(option: &str, given: &Given) -> Result<Option<usize>, String> {
    given.read_as(option, "a step's number, from 1", |text| text.parse().ok().filter(|step| *step > 0))
}

fn still(given: &Given) -> Result<Still, String> {
    let step = step("step", given)?;
    match (step, given.is_set("all")) {
        (None, false) => return Err("still: which step? --step N, or --all".to_owned()),
        (Some(_), true) => return Err("still takes --step or --all, not both; see --help".to_owned()),
        _ => {}
    }
    let picture = |text: &str| match text {
        "svg" => Some(Picture::Svg),
        "png" => Some(Picture::Png),
        _ => None,
    };
    let format = match (given.read_as("format", "svg or png", picture)?, given.path("output")) {
        (Some(format), _) => Some(format),
        (None, Some(path)) if step.is_some() => {
            let suffix = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
            let name = path.to_string_lossy();
            let unknown = || format!("-o {}: end the name in .svg or .png, or say --format", quoted(&name));
            Some(picture(&suffix).ok_or_else(unknown)?)
        }
        _ => None,
    };
    Ok(Still {
        step,
        theme: theme(given)?,
        size: size(given, LARGEST)?.unwrap_or((1920, 1080)),
        view: view(given)?,
        format,
        bare: given.is_set("bare"),
        fonts: given.path("fonts"),
    })
}

fn theme(given: &Given) -> Result<Theme, String> {
    let theme = |text: &str| match text {
        "light" => Some(Theme::Light),
        "dark" => Some(Theme::Dark),
        _ => None,
    };
    Ok(given.read_as("theme", "light or dark", theme)?.unwrap_or(Theme::Light))
}

/// A picture's width and height, each of at most so many pixels.
fn size(given: &Given, most: u32) -> Result<Option<(u32, u32)>, String> {
    let sides = SMALLEST..=most;
    let side = |text: &str| text.parse().ok().filter(|side| sides.contains(side));
    let must_be = format!("WIDTHxHEIGHT, each from {SMALLEST} to {most} pixels");
    given.read_as("size", &must_be, |text| {
        let (width, height) = text.split_once('x')?;
        Some((side(width)?, side(height)?))
    })
}

fn view(given: &Given) -> Result<Option<View>, String> {
    given.read_as("view", &views(), |text| text.parse().ok())
}

fn motion(given: &Given) -> Result<Motion, String> {
    Ok(Motion {
        from: step("from", given)?,
        to: step("to", given)?,
        theme: theme(given)?,
        size: size(given, LARGEST_MOVING)?.unwrap_or((960, 540)),
        view: view(given)?,
        bare: given.is_set("bare"),
        fonts: given.path("fonts"),
    })
}

fn views() -> String {
    let names: Vec<&str> = View::VARIANTS.iter().map(|view| view.name()).collect();
    format!("one of {}", names.join(", "))
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
