//! The predictions and the words beside them: short enough to be seen whole, and answers in no fixed place.

use std::collections::BTreeMap;

use playground_lessons::{Block, Inline, KnobValues, Language, Lesson, Passage, QuestionText, Run, all};

/// The most characters, Latin and Korean, with which the story fits its column at 1280x720 without scrolling.
struct Limit {
    what: &'static str,
    latin: usize,
    korean: usize,
}

const PROMPT: Limit = Limit { what: "prompt", latin: 100, korean: 55 };
/// Two lines at most.
const OPTION: Limit = Limit { what: "answer", latin: 76, korean: 40 };
const EXPLANATION: Limit = Limit { what: "explanation", latin: 115, korean: 62 };
/// Two short sentences: a question, three answers and an explanation stand below them.
const BODY_OF_QUESTION: Limit = Limit { what: "body beside a question", latin: 180, korean: 95 };
const BODY: Limit = Limit { what: "body", latin: 330, korean: 180 };

impl Limit {
    fn check(&self, place: &str, text: &str, language: Language, problems: &mut Vec<String>) {
        let (most, length) = (language.pick(self.korean, self.latin), text.chars().count());
        if length > most {
            problems.push(format!("{place}: {} of {length} characters, {most} at most: {text}", self.what));
        }
    }
}

fn words(inlines: &[Inline]) -> String {
    let word = |inline: &Inline| match inline {
        Inline::Text(text) | Inline::Code(text) => text.clone(),
        Inline::Strong(run) | Inline::Emphasis(run) | Inline::Link { text: run, .. } => words(run),
        Inline::Break => "\n".to_owned(),
    };
    inlines.iter().map(word).collect()
}

fn body(blocks: &[Block]) -> String {
    let block = |block: &Block| match block {
        Block::Paragraph(run) => words(run),
        Block::List(items) => items.iter().map(|item| words(item)).collect::<Vec<_>>().join("\n"),
        Block::Code(code) => code.clone(),
    };
    blocks.iter().map(block).collect::<Vec<_>>().join("\n")
}

fn default_run(lesson: &'static Lesson) -> Run {
    lesson.run(&KnobValues::defaults(lesson)).expect("the default scenario is valid")
}

/// Every passage of the steps: the plain ones, the variants, the reasons.
fn passages(lesson: &'static Lesson, language: Language) -> Vec<(String, &'static Passage)> {
    let text = lesson.text(language);
    let file = lesson.markdown.file(language);
    let of_step = text.steps.iter().flat_map(|step| {
        let others = step.variants.iter().chain(&step.absent);
        let others = others.map(|(key, passage)| (format!("{} {key}", step.id), passage));
        core::iter::once((step.id.clone(), &step.plain)).chain(others)
    });
    let shared = text.reasons.iter().map(|(key, passage)| (key.clone(), passage));
    of_step.chain(shared).map(|(place, passage)| (format!("{file}, {place}"), passage)).collect()
}

fn questions(lesson: &'static Lesson, language: Language) -> Vec<(String, &'static QuestionText)> {
    let passages = passages(lesson, language).into_iter();
    passages.filter_map(|(place, passage)| Some((place, passage.question.as_ref()?))).collect()
}

#[test]
fn the_story_is_short_enough_to_be_seen_whole() {
    let mut problems = Vec::new();
    for lesson in all() {
        let run = default_run(lesson);
        for language in Language::ALL {
            let fill = |text: String| run.fill(&text, language);
            for (place, passage) in passages(lesson, language) {
                let limit = if passage.question.is_some() { BODY_OF_QUESTION } else { BODY };
                limit.check(&place, &fill(body(&passage.body)), language, &mut problems);
                let Some(question) = &passage.question else { continue };
                PROMPT.check(&place, &fill(words(&question.prompt)), language, &mut problems);
                for option in &question.options {
                    OPTION.check(&place, &fill(words(&option.text)), language, &mut problems);
                    EXPLANATION.check(&place, &fill(words(&option.explanation)), language, &mut problems);
                }
            }
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// Nobody learns to press the same key each time.
#[test]
fn right_answers_are_in_no_place_more_often_than_in_two_of_five() {
    let mut places: BTreeMap<usize, usize> = BTreeMap::new();
    let mut count = 0;
    for lesson in all() {
        for (place, question) in questions(lesson, Language::English) {
            let right = question.options.iter().position(|option| option.correct);
            *places.entry(right.unwrap_or_else(|| panic!("{place}: no right answer"))).or_default() += 1;
            count += 1;
        }
    }
    assert!(count >= 50, "{count} questions");
    assert!(places.values().all(|in_place| in_place * 5 <= count * 2), "{places:?} of {count}");
}
