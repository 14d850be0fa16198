//! What was wrong with an address, for the small notice that says so.

use playground_core::scenario::ScenarioError;

/// One thing in an address that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The parameter's name.
    pub parameter: String,
    /// Its value, cut short for showing.
    pub value: String,
    /// What is wrong.
    pub problem: Problem,
    /// Why a scenario cannot be run.
    pub reason: Option<ScenarioError>,
}

/// What is wrong with a parameter.
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
    /// Not percent-encoded UTF-8, or too long: it is left out.
    Unreadable,
}

/// Values are shown up to so many characters.
const SHOWN: usize = 40;

impl Remark {
    /// A remark on a parameter; the value is cut short for showing.
    pub fn new(parameter: &str, value: &str, problem: Problem) -> Self {
        let mut shown: String = value.chars().filter(|c| !c.is_control()).take(SHOWN).collect();
        if value.chars().count() > SHOWN {
            shown.push('…');
        }
        Self { parameter: parameter.to_owned(), value: shown, problem, reason: None }
    }

    /// A remark on the scenario.
    pub fn on_scenario(reason: ScenarioError) -> Self {
        Self { reason: Some(reason), ..Self::new("scenario", "", Problem::BadScenario) }
    }
}
