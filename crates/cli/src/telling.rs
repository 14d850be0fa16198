//! A lesson that is told: run with its knobs, in the language that was asked for.

use std::path::Path;

use playground_lessons::{Language, Run};

use crate::arguments::{Chosen, quoted};
use crate::scenario::{lesson, values};

/// A lesson's run and the language to tell it in.
pub struct Telling {
    /// The run.
    pub run: Run,
    /// The language.
    pub language: Language,
}

impl Telling {
    /// Runs the lesson.
    ///
    /// # Errors
    /// An unknown lesson or knob, a value that the knob does not take.
    pub fn of(chosen: &Chosen) -> Result<Self, String> {
        let lesson = lesson(&chosen.id)?;
        let values = values(lesson, &chosen.settings)?;
        let run = lesson.run(&values).map_err(|error| error.to_string())?;
        Ok(Self { run, language: chosen.language.unwrap_or_else(of_the_environment) })
    }

    /// The place of a step, from 0; `option` is the one that names it.
    ///
    /// # Errors
    /// When the run has no such step.
    pub fn place(&self, option: &str, step: usize) -> Result<usize, String> {
        let steps = self.run.steps.len();
        match (1..=steps).contains(&step) {
            true => Ok(step - 1),
            false => Err(format!("--{option} {step}: {} has {steps} steps here", self.run.lesson.id)),
        }
    }
}

/// The language of the locale: `LC_ALL`, `LC_MESSAGES`, `LANG`, the first that says anything.
pub fn of_the_environment() -> Language {
    let variables = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().filter_map(|name| std::env::var(name).ok());
    let locale = variables.into_iter().find(|value| !value.is_empty()).unwrap_or_default();
    Language::from_tag(&locale.replace('_', "-")).unwrap_or(Language::English)
}

/// Writes a file, whose folder must exist.
///
/// # Errors
/// The file and what the system says.
pub fn write(path: &Path, octets: &[u8]) -> Result<(), String> {
    std::fs::write(path, octets).map_err(|error| format!("-o {}: {error}", quoted(&path.to_string_lossy())))
}
