//! What a link says that could not be used.

use playground_core::scenario::ScenarioError;
use playground_lessons::LessonText;

use crate::language::{Text, sentence};

/// Limit on a value shown in a remark, characters.
const LONGEST_SHOWN: usize = 40;

/// A parameter of a link that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The parameter's name.
    pub parameter: String,
    /// Its value, cut short for showing.
    pub value: String,
    /// The problem.
    pub problem: Problem,
    /// Why a scenario cannot be run, or a text not be sent.
    pub reason: Option<ScenarioError>,
}

/// The problem of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Not one of the values it may have: the default is used.
    BadValue,
    /// A number beyond the end: the nearest is used.
    OutOfRange,
    /// Nothing has this name: the first lesson is shown.
    NoSuchLesson,
    /// The scenario cannot be read or run: the lesson's own is used.
    BadScenario,
    /// A link without a version: it is read as one of today.
    NoVersion,
    /// A link of another version: it is read as one of today.
    OtherVersion,
    /// Not percent-encoded UTF-8, or too long: it is left out.
    Unreadable,
    /// A language whose words could not be fetched: the language stays.
    NotFetched,
}

impl Remark {
    /// A remark on a parameter; the value is cut short for showing.
    pub fn new(parameter: &str, value: &str, problem: Problem) -> Self {
        let mut shown: String = value.chars().filter(|c| !c.is_control()).take(LONGEST_SHOWN).collect();
        if value.chars().count() > LONGEST_SHOWN {
            shown.push('…');
        }
        Self { parameter: parameter.to_owned(), value: shown, problem, reason: None }
    }

    /// A remark on the scenario.
    pub fn on_scenario(reason: ScenarioError) -> Self {
        Self { reason: Some(reason), ..Self::new("scenario", "", Problem::BadScenario) }
    }

    /// What to tell the person, in a sentence; `words` are the lesson's.
    pub fn sentence(&self, text: Text, words: &LessonText) -> String {
        let named = [("parameter", self.parameter.as_str()), ("value", self.value.as_str())];
        let said = match self.problem {
            Problem::BadValue => text.get("notice-bad-value", &named),
            Problem::OutOfRange => text.get("notice-out-of-range", &named),
            Problem::NoSuchLesson => text.get("notice-no-such-lesson", &named),
            Problem::BadScenario => text.get("notice-bad-scenario", &named),
            Problem::NoVersion => text.plain("notice-no-version"),
            Problem::OtherVersion => text.get("notice-other-version", &named),
            Problem::NotFetched => text.plain("notice-not-fetched"),
            Problem::Unreadable => text.get("notice-unreadable", &named),
        };
        match &self.reason {
            Some(reason) => format!("{said} {}", sentence(text, words, reason)),
            None => said,
        }
    }
}
