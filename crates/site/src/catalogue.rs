//! The catalogue of the lessons, as `lessons.json`.

use anyhow::{Result, anyhow};
use playground_lessons::{Inline, KnobValues, Language, Lesson};
use serde::{Deserialize, Serialize};

/// The version of the file: that of the messages of an embedded view.
const VERSION: u8 = 2;

/// All lessons, in the order of the course.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Catalogue {
    /// The version of this file.
    pub socket_playground: u8,
    /// The lessons.
    pub lessons: Vec<LessonEntry>,
}

/// A lesson.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LessonEntry {
    /// Its name in links.
    pub id: String,
    /// Its number in the course, from 1.
    pub number: u8,
    /// The book's section.
    pub section: String,
    /// The book's figures.
    pub figures: Vec<String>,
    /// Its title.
    pub title: Both,
    /// What it shows, in a sentence or two.
    pub summary: Both,
    /// The view that carries most of its steps.
    pub hero: String,
    /// Its steps.
    pub steps: Vec<StepEntry>,
}

/// A step of a lesson.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StepEntry {
    /// Its number in links, from 1.
    pub step: usize,
    /// Its name.
    pub id: String,
    /// The view that carries it.
    pub hero: String,
    /// Its caption.
    pub title: Both,
}

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Both {
    /// Korean.
    pub ko: String,
    /// English.
    pub en: String,
}

impl Both {
    fn of(text: impl Fn(Language) -> String) -> Self {
        Self { ko: text(Language::Korean), en: text(Language::English) }
    }

    /// The text in a language.
    pub fn in_language(&self, language: Language) -> &str {
        language.pick(&self.ko, &self.en)
    }
}

impl Catalogue {
    /// The catalogue, with each lesson as it runs at first.
    ///
    /// # Errors
    /// When a lesson does not run.
    pub fn new() -> Result<Self> {
        let lessons = playground_lessons::all().iter().map(|lesson| LessonEntry::new(lesson));
        Ok(Self { socket_playground: VERSION, lessons: lessons.collect::<Result<_>>()? })
    }
}

impl LessonEntry {
    fn new(lesson: &'static Lesson) -> Result<Self> {
        let run =
            lesson.run(&KnobValues::defaults(lesson)).map_err(|error| anyhow!("{}: {error}", lesson.id))?;
        let stories = [Language::Korean, Language::English].map(|language| run.story(language));
        let steps = stories[0].iter().zip(&stories[1]).filter_map(|(ko, en)| {
            let place = lesson.steps.iter().position(|step| step.id == ko.id)?;
            let title = Both { ko: ko.title.clone(), en: en.title.clone() };
            Some(StepEntry {
                step: place + 1,
                id: ko.id.to_owned(),
                hero: lesson.steps[place].hero.name().to_owned(),
                title,
            })
        });
        let steps: Vec<StepEntry> = steps.collect();
        let uses = |hero: &str| steps.iter().filter(|step| step.hero == hero).count();
        // Of several that carry as many steps, the one that comes first.
        let hero = steps.iter().rev().max_by_key(|step| uses(&step.hero)).map(|step| step.hero.clone());
        Ok(Self {
            id: lesson.id.to_owned(),
            number: lesson.number,
            section: lesson.section.to_owned(),
            figures: lesson.figures.iter().map(|&figure| figure.to_owned()).collect(),
            title: Both::of(|language| run.text(language).title),
            summary: Both::of(|language| plain(&run.text(language).summary)),
            hero: hero.unwrap_or_default(),
            steps,
        })
    }

    /// The step in the middle of those that its hero carries: the one for a picture of the lesson.
    pub fn pictured(&self) -> usize {
        let carried: Vec<usize> =
            (0..self.steps.len()).filter(|&place| self.steps[place].hero == self.hero).collect();
        carried.get(carried.len() / 2).copied().unwrap_or_default()
    }
}

fn plain(run: &[Inline]) -> String {
    run.iter()
        .map(|part| match part {
            Inline::Text(text) | Inline::Code(text) => text.clone(),
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Link { text: inner, .. } => {
                plain(inner)
            }
            Inline::Break => " ".to_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_has_every_lesson_with_its_steps_in_both_languages() {
        let catalogue = Catalogue::new().expect("lessons run");
        let json = serde_json::to_string(&catalogue).expect("plain data");
        let read: Catalogue = serde_json::from_str(&json).expect("it reads back");
        assert_eq!(read, catalogue);
        assert_eq!(read.lessons.len(), playground_lessons::all().len());
        for (entry, lesson) in read.lessons.iter().zip(playground_lessons::all()) {
            assert_eq!(
                (&*entry.id, entry.number, &*entry.section),
                (lesson.id, lesson.number, lesson.section)
            );
            let run = lesson.run(&KnobValues::defaults(lesson)).expect("lessons run");
            for language in Language::ALL {
                assert_eq!(entry.title.in_language(language), run.text(language).title);
                assert!(!entry.summary.in_language(language).is_empty(), "{}", entry.id);
                let told: Vec<String> = run.story(language).into_iter().map(|step| step.title).collect();
                let listed: Vec<&str> =
                    entry.steps.iter().map(|step| step.title.in_language(language)).collect();
                assert_eq!(listed, told, "{}", entry.id);
            }
            for step in &entry.steps {
                assert_eq!(lesson.steps[step.step - 1].id, step.id);
                assert_eq!(lesson.steps[step.step - 1].hero.name(), step.hero);
            }
            assert_eq!(entry.steps[entry.pictured()].hero, entry.hero);
        }
    }
}
