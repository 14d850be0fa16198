//! Progress: which steps were reached and which challenges solved. It stays in the browser.

use std::collections::BTreeMap;

use playground_core::json;
use serde::{Deserialize, Serialize};

use crate::browser;

const NAME: &str = "progress";

/// What was done in every lesson.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Progress {
    lessons: BTreeMap<String, Done>,
}

/// What was done in one lesson.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// How many steps were reached.
    pub steps: usize,
    /// Whether the challenge was solved.
    #[serde(default)]
    pub solved: bool,
}

impl Progress {
    /// What the browser keeps; nothing when it keeps nothing that can be read.
    pub fn load() -> Self {
        browser::load(NAME).and_then(|json| json::read(&json).ok()).unwrap_or_default()
    }

    /// What was done in a lesson.
    pub fn of(&self, lesson: &str) -> Done {
        self.lessons.get(lesson).copied().unwrap_or_default()
    }

    /// Notes that so many steps of a lesson were reached; true when that is news.
    fn note(&mut self, lesson: &str, steps: usize, solved: bool) -> bool {
        let done = self.of(lesson);
        let now = Done { steps: done.steps.max(steps), solved: done.solved || solved };
        self.lessons.insert(lesson.to_owned(), now);
        now != done
    }

    /// Notes that so many steps of a lesson were reached, and keeps it.
    pub fn record(lesson: &str, steps: usize, solved: bool) {
        let mut progress = Self::load();
        if progress.note(lesson, steps, solved) {
            browser::store(NAME, &progress.json());
        }
    }

    /// As a file for the person.
    pub fn json(&self) -> String {
        json::to_string(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_never_goes_back() {
        let mut progress = Progress::default();
        assert!(progress.note("reset", 3, false));
        assert!(!progress.note("reset", 2, false));
        assert!(progress.note("reset", 2, true));
        assert_eq!(progress.of("reset"), Done { steps: 3, solved: true });
        assert_eq!(progress.json(), r#"{"reset":{"steps":3,"solved":true}}"#);
    }
}
