//! The arguments of the commands that draw.

use std::path::PathBuf;

use playground_drawing::Theme;
use playground_lessons::View;
use strum::VariantArray;

use super::quoted;
use crate::given::Given;

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

/// A step's number, from 1.
pub fn step(option: &str, given: &Given) -> Result<Option<usize>, String> {
    given.read_as(option, "a step's number, from 1", |text| text.parse().ok().filter(|step| *step > 0))
}

pub fn still(given: &Given) -> Result<Still, String> {
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

pub fn motion(given: &Given) -> Result<Motion, String> {
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
