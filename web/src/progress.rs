//! Progress: steps reached and challenges solved, kept in local storage.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::browser;

const NAME: &str = "progress";

/// The progress in every lesson.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Progress {
    lessons: BTreeMap<String, Done>,
}

/// The progress in one lesson.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// How many steps were reached.
    pub steps: usize,
    /// Whether the challenge was solved.
    #[serde(default)]
    pub solved: bool,
}

impl Progress {
    /// The stored progress; empty if there is none or it cannot be read.
    pub fn load() -> Self {
        browser::load(NAME).and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default()
    }

    /// The progress in a lesson.
    pub fn of(&self, lesson: &str) -> Done {
        self.lessons.get(lesson).copied().unwrap_or_default()
    }

    /// Records that `steps` steps of a lesson were reached; returns whether that changed anything.
    fn note(&mut self, lesson: &str, steps: usize, solved: bool) -> bool {
        let done = self.of(lesson);
        let now = Done { steps: done.steps.max(steps), solved: done.solved || solved };
        self.lessons.insert(lesson.to_owned(), now);
        now != done
    }

    /// Records that `steps` steps of a lesson were reached, and stores it.
    pub fn record(lesson: &str, steps: usize, solved: bool) {
        let mut progress = Self::load();
        if progress.note(lesson, steps, solved) {
            progress.keep();
        }
    }

    /// Merges a saved file; progress never decreases.
    ///
    /// # Errors
    ///
    /// The text is not a progress file; nothing is changed then.
    pub fn add(&mut self, json: &str) -> serde_json::Result<()> {
        let other: Self = serde_json::from_str(json)?;
        for (lesson, done) in &other.lessons {
            // Unknown lessons are ignored.
            if let Some(known) = playground_lessons::find(lesson) {
                self.note(known.id, done.steps.min(known.steps.len()), done.solved);
            }
        }
        Ok(())
    }

    /// Stores the progress.
    pub fn keep(&self) {
        browser::store(NAME, &self.json());
    }

    /// The progress as JSON, for a file.
    pub fn json(&self) -> String {
        serde_json::to_string(self).expect("plain data")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_file_is_merged() {
        let mut progress = Progress::default();
        progress.note("reset", 3, false);
        progress.note("nagle", 2, true);
        let saved = r#"{"reset":{"steps":2,"solved":true},"nagle":{"steps":400},"no-lesson":{"steps":1}}"#;
        progress.add(saved).expect("it is read");
        assert_eq!(progress.of("reset"), Done { steps: 3, solved: true });
        let nagle = playground_lessons::find("nagle").map(|lesson| lesson.steps.len());
        assert_eq!((Some(progress.of("nagle").steps), progress.of("nagle").solved), (nagle, true));
        assert_eq!(progress.of("no-lesson"), Done::default());
        let before = progress.clone();
        assert!(progress.add("[1]").is_err() && progress.add("{").is_err());
        assert_eq!(progress, before);
    }

    #[test]
    fn progress_never_decreases() {
        let mut progress = Progress::default();
        assert!(progress.note("reset", 3, false));
        assert!(!progress.note("reset", 2, false));
        assert!(progress.note("reset", 2, true));
        assert_eq!(progress.of("reset"), Done { steps: 3, solved: true });
        assert_eq!(progress.json(), r#"{"reset":{"steps":3,"solved":true}}"#);
    }
}
