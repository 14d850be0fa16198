//! Knobs: the settings of a lesson that a learner may change, and their values as links carry them.

use playground_core::node::RequestSpec;
use playground_core::problem::Problem;
use playground_core::scenario::ScenarioError;

use crate::lesson::Lesson;

/// A setting that a learner may change; the scenario is a function of all knob values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Knob {
    /// Its identifier in links and in the text: `rtt`.
    pub id: &'static str,
    /// The values it takes.
    pub kind: KnobKind,
}

/// The values that a knob takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnobKind {
    /// One of a list.
    Choice {
        /// The values, in the order in which the page offers them; each has a label in the text.
        values: &'static [&'static str],
        /// The index of the default.
        default: usize,
    },
    /// A whole number.
    Range {
        /// The minimum.
        min: u32,
        /// The maximum.
        max: u32,
        /// The slider's step; values between the steps are allowed in links.
        step: u32,
        /// The default.
        default: u32,
        /// The unit.
        unit: Unit,
    },
    /// Requests that the learner edits, in the syntax of [`playground_core::http::RequestText`]. Lines end with `\n`.
    Text {
        /// The default.
        default: &'static str,
        /// Whether it may have more than one line.
        multiline: bool,
    },
}

/// The unit of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Milliseconds.
    Milliseconds,
    /// Seconds.
    Seconds,
    /// Octets.
    Octets,
    /// A bare count.
    Count,
}

/// A value for every knob of one lesson, as the strings that links carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnobValues {
    values: Vec<(&'static str, String)>,
}

/// Why a value was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", ScenarioError::from(self.clone()))]
pub enum KnobError {
    /// The lesson has no knob with this id.
    NoSuchKnob {
        /// The id.
        id: String,
    },
    /// The value is not one of the knob's choices.
    NotAChoice {
        /// The knob.
        id: &'static str,
        /// The choices.
        allowed: &'static [&'static str],
    },
    /// The value is not a whole number.
    NotANumber {
        /// The knob.
        id: &'static str,
    },
    /// The number is too small or too large.
    OutOfRange {
        /// The knob.
        id: &'static str,
        /// The minimum.
        min: u32,
        /// The maximum.
        max: u32,
    },
    /// The text is longer than [`TEXT_MOST`] octets.
    TooLong {
        /// The knob.
        id: &'static str,
    },
    /// The text has a control character other than a tab or an end of line.
    ControlCharacter {
        /// The knob.
        id: &'static str,
    },
    /// The text has no request, or an escape that there is none of.
    NoRequest {
        /// The knob.
        id: &'static str,
        /// What is wrong.
        problem: Problem,
    },
}

/// The longest text a knob takes, octets.
pub const TEXT_MOST: usize = 4_000;

impl Knob {
    /// The default value, as links carry it.
    pub fn default_value(&self) -> String {
        match self.kind {
            KnobKind::Choice { values, default } => {
                values.get(default).copied().unwrap_or_default().to_owned()
            }
            KnobKind::Range { default, .. } => default.to_string(),
            KnobKind::Text { default, .. } => default.to_owned(),
        }
    }

    /// The value in its normal form, or why it is refused.
    fn accept(&self, value: &str) -> Result<String, KnobError> {
        let id = self.id;
        match self.kind {
            KnobKind::Choice { values, .. } => {
                if !values.contains(&value) {
                    return Err(KnobError::NotAChoice { id, allowed: values });
                }
                Ok(value.to_owned())
            }
            KnobKind::Range { min, max, .. } => {
                // `parse` would also take a leading plus sign; links have one spelling of a number.
                if value.is_empty() || !value.bytes().all(|octet| octet.is_ascii_digit()) {
                    return Err(KnobError::NotANumber { id });
                }
                match value.parse::<u32>() {
                    Ok(number) if (min..=max).contains(&number) => Ok(number.to_string()),
                    _ => Err(KnobError::OutOfRange { id, min, max }),
                }
            }
            KnobKind::Text { multiline, .. } => {
                if value.len() > TEXT_MOST {
                    return Err(KnobError::TooLong { id });
                }
                let text = value.replace("\r\n", "\n");
                if text.chars().any(|c| c.is_control() && c != '\t' && !(multiline && c == '\n')) {
                    return Err(KnobError::ControlCharacter { id });
                }
                if let Some(problem) = RequestSpec::text_problem(&text) {
                    return Err(KnobError::NoRequest { id, problem });
                }
                Ok(text)
            }
        }
    }
}

impl KnobValues {
    /// Every knob of the lesson at its default.
    pub fn defaults(lesson: &Lesson) -> Self {
        Self { values: lesson.knobs.iter().map(|knob| (knob.id, knob.default_value())).collect() }
    }

    /// A knob's value; empty when there is no such knob.
    pub fn get(&self, id: &str) -> &str {
        self.values.iter().find(|(knob, _)| *knob == id).map_or("", |(_, value)| value)
    }

    /// Whether a knob has this value.
    pub fn is(&self, id: &str, value: &str) -> bool {
        self.get(id) == value
    }

    /// A knob's value as a number (a range, or a choice that begins with one: `5` of `5s`); 0 when it is none.
    pub fn number(&self, id: &str) -> u32 {
        let value = self.get(id);
        let digits = value.bytes().take_while(u8::is_ascii_digit).count();
        value[..digits].parse().unwrap_or(0)
    }

    /// Sets a knob.
    ///
    /// # Errors
    /// The value is refused; all values stay as they were.
    pub fn set(&mut self, lesson: &Lesson, id: &str, value: &str) -> Result<(), KnobError> {
        let Some(knob) = lesson.knobs.iter().find(|knob| knob.id == id) else {
            return Err(KnobError::NoSuchKnob { id: id.to_owned() });
        };
        let value = knob.accept(value)?;
        match self.values.iter_mut().find(|(other, _)| *other == knob.id) {
            Some((_, slot)) => *slot = value,
            None => self.values.push((knob.id, value)),
        }
        Ok(())
    }

    /// The knobs that are not at their default, in the lesson's order, for links.
    pub fn changed<'v>(&'v self, lesson: &'v Lesson) -> impl Iterator<Item = (&'static str, &'v str)> + 'v {
        lesson
            .knobs
            .iter()
            .map(|knob| (knob, self.get(knob.id)))
            .filter(|(knob, value)| knob.default_value() != *value)
            .map(|(knob, value)| (knob.id, value))
    }
}

/// The error of a scenario whose field is the knob.
impl From<KnobError> for ScenarioError {
    fn from(error: KnobError) -> Self {
        let (id, problem) = match error {
            KnobError::NoSuchKnob { id } => return Self { field: id, problem: Problem::no_such_knob() },
            KnobError::NotAChoice { id, allowed } => (id, Problem::one_of(&allowed.join(", "))),
            KnobError::NotANumber { id } => (id, Problem::whole_number()),
            KnobError::OutOfRange { id, min, max } => (id, Problem::between(min.into(), max.into())),
            KnobError::TooLong { id } => (id, Problem::octets_at_most(TEXT_MOST as u64)),
            KnobError::ControlCharacter { id } => (id, Problem::control_character()),
            KnobError::NoRequest { id, problem } => (id, problem),
        };
        Self { field: id.to_owned(), problem }
    }
}
