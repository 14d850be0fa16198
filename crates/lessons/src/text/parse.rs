//! From the sections of a Markdown file to a lesson's text.

use super::inline::{blocks, inlines};
use super::outline::{Kind, Section, TextError, outline};
use super::{
    Block, ChallengeText, Inline, KnobText, LessonText, NoteText, OptionText, Passage, QuestionText, StepText,
};

/// Parses the text of a lesson, or the one that all lessons share.
///
/// # Errors
/// The first mistake, with its file and line.
pub(super) fn parse(file: &str, markdown: &str) -> Result<LessonText, TextError> {
    let sections = outline(file, markdown)?;
    let mut text = LessonText {
        title: String::new(),
        summary: Vec::new(),
        steps: Vec::new(),
        knobs: Vec::new(),
        challenge: None,
        note: NoteText::default(),
        reasons: Vec::new(),
    };
    for section in &sections {
        let wrong = |problem: &str| TextError::new(file, section.line, problem);
        match section.kind {
            Kind::Lesson => {
                text.title = section.title.to_owned();
                text.summary = summary(file, section)?;
            }
            Kind::Step => {
                if text.step(section.key).is_some() {
                    return Err(wrong("a second step of this name"));
                }
                let plain = passage(file, section)?;
                let id = section.key.to_owned();
                text.steps.push(StepText { id, plain, variants: Vec::new(), absent: Vec::new() });
            }
            Kind::Question | Kind::Variant | Kind::Absent => {
                let step = text.steps.last_mut().ok_or_else(|| wrong("stands before the first step"))?;
                part_of_step(file, section, step)?;
            }
            Kind::Knob => {
                if text.knob(section.key).is_some() {
                    return Err(wrong("a second knob of this name"));
                }
                text.knobs.push(knob(file, section)?);
            }
            Kind::Challenge => {
                if text.challenge.is_some() {
                    return Err(wrong("a second challenge"));
                }
                text.challenge = Some(ChallengeText {
                    title: section.title.to_owned(),
                    goal: non_empty(file, section)?,
                    measures: Vec::new(),
                    hint: Vec::new(),
                    solution: Vec::new(),
                });
            }
            Kind::Measures | Kind::Hint | Kind::Solution => {
                let challenge =
                    text.challenge.as_mut().ok_or_else(|| wrong("stands before the challenge"))?;
                match section.kind {
                    Kind::Measures => challenge.measures = keyed(file, section)?,
                    Kind::Hint => challenge.hint = non_empty(file, section)?,
                    _ => challenge.solution = non_empty(file, section)?,
                }
            }
            Kind::Note => {}
            Kind::Reason => text.reasons.push((section.key.to_owned(), passage(file, section)?)),
            Kind::Modelled => text.note.modelled = non_empty(file, section)?,
            Kind::Simplified => text.note.simplified = non_empty(file, section)?,
            Kind::LeftOut => text.note.left_out = non_empty(file, section)?,
            Kind::Changed => text.note.changed = non_empty(file, section)?,
        }
    }
    // A file of nothing but reasons is the one that all lessons share.
    if !text.steps.is_empty() || text.reasons.is_empty() {
        complete(file, markdown, &text)?;
    }
    Ok(text)
}

/// The sections that no lesson may lack.
fn complete(file: &str, markdown: &str, text: &LessonText) -> Result<(), TextError> {
    let missing = |what: &str| {
        let last = markdown.lines().count() as u32;
        Err(TextError::new(file, last, format!("the section `{what}` is missing")))
    };
    let note = &text.note;
    for (name, blocks) in [
        ("### modelled", &note.modelled),
        ("### simplified", &note.simplified),
        ("### left out", &note.left_out),
        ("### changed since 2002", &note.changed),
    ] {
        if blocks.is_empty() {
            return missing(name);
        }
    }
    if let Some(challenge) = &text.challenge {
        if challenge.measures.is_empty() {
            return missing("### measures");
        }
        if challenge.hint.is_empty() {
            return missing("### hint");
        }
        if challenge.solution.is_empty() {
            return missing("### solution");
        }
    }
    Ok(())
}

/// The blocks of a section.
///
/// # Errors
/// There are none.
fn non_empty(file: &str, section: &Section<'_>) -> Result<Vec<Block>, TextError> {
    let blocks = blocks(file, &section.body)?;
    if blocks.is_empty() {
        return Err(TextError::new(file, section.line, "nothing stands below this heading"));
    }
    Ok(blocks)
}

/// A title, which may be empty, and the blocks below it.
fn passage(file: &str, section: &Section<'_>) -> Result<Passage, TextError> {
    Ok(Passage { title: section.title.to_owned(), body: non_empty(file, section)?, question: None })
}

/// The quoted lines below the title.
fn summary(file: &str, section: &Section<'_>) -> Result<Vec<Inline>, TextError> {
    let mut lines = Vec::new();
    for (number, line) in &section.body {
        match line.strip_prefix('>') {
            Some(quoted) => lines.push((*number, quoted.trim())),
            None if line.trim().is_empty() => {}
            None => return Err(TextError::new(file, *number, "the summary's lines begin with `>`")),
        }
    }
    if lines.is_empty() {
        return Err(TextError::new(file, section.line, "a summary in `>` lines must follow the title"));
    }
    inlines(file, &lines)
}

fn part_of_step(file: &str, section: &Section<'_>, step: &mut StepText) -> Result<(), TextError> {
    let wrong = |problem: &str| TextError::new(file, section.line, problem);
    match section.kind {
        Kind::Question => {
            if !step.absent.is_empty() {
                return Err(wrong("a question must stand before the `absent` sections"));
            }
            let passage = step.variants.last_mut().map_or(&mut step.plain, |(_, passage)| passage);
            if passage.question.is_some() {
                return Err(wrong("a second question"));
            }
            passage.question = Some(question(file, section)?);
        }
        Kind::Variant => {
            if step.variants.iter().any(|(key, _)| key == section.key) {
                return Err(wrong("a second variant of this name"));
            }
            let mut passage = step.plain.clone();
            if !section.title.is_empty() {
                passage.title = section.title.to_owned();
            }
            let body = blocks(file, &section.body)?;
            if !body.is_empty() {
                passage.body = body;
            }
            // A question whose answer another run turns round is a trick, so a variant must bring its own.
            passage.question = None;
            step.variants.push((section.key.to_owned(), passage));
        }
        _ => {
            if step.absent.iter().any(|(key, _)| key == section.key) {
                return Err(wrong("a second reason of this name"));
            }
            step.absent.push((section.key.to_owned(), passage(file, section)?));
        }
    }
    Ok(())
}

fn question(file: &str, section: &Section<'_>) -> Result<QuestionText, TextError> {
    let wrong = |line: u32, problem: &str| TextError::new(file, line, problem);
    let first =
        section.body.iter().position(|(_, line)| line.starts_with("- ")).unwrap_or(section.body.len());
    let (prompt, answers) = section.body.split_at(first);
    let mut options: Vec<OptionText> = Vec::new();
    let mut rest = answers;
    while let Some(((number, line), after)) = rest.split_first() {
        let (correct, answer) = match (line.strip_prefix("- [x] "), line.strip_prefix("- [ ] ")) {
            (Some(answer), _) => (true, answer),
            (_, Some(answer)) => (false, answer),
            _ => return Err(wrong(*number, "an answer begins with `- [ ] ` or `- [x] `")),
        };
        let end = after.iter().position(|(_, line)| line.starts_with("- ")).unwrap_or(after.len());
        let (explanation, next) = after.split_at(end);
        if let Some((number, _)) =
            explanation.iter().find(|(_, l)| !l.trim().is_empty() && !l.starts_with("  "))
        {
            return Err(wrong(*number, "an explanation is indented by two spaces"));
        }
        let explanation: Vec<_> = explanation.iter().map(|(number, line)| (*number, line.trim())).collect();
        if explanation.iter().all(|(_, line)| line.is_empty()) {
            return Err(wrong(*number, "an answer needs an explanation below it, indented"));
        }
        options.push(OptionText {
            text: inlines(file, &[(*number, answer)])?,
            correct,
            explanation: inlines(file, &explanation)?,
        });
        rest = next;
    }
    if !(2..=4).contains(&options.len()) {
        return Err(wrong(section.line, "a question has two to four answers"));
    }
    if options.iter().filter(|option| option.correct).count() != 1 {
        return Err(wrong(section.line, "exactly one answer must be marked `- [x]`"));
    }
    Ok(QuestionText { prompt: inlines(file, prompt)?, options })
}

fn knob(file: &str, section: &Section<'_>) -> Result<KnobText, TextError> {
    let help: Vec<_> = section.body.iter().filter(|(_, line)| !line.starts_with("- ")).copied().collect();
    Ok(KnobText {
        id: section.key.to_owned(),
        label: section.title.to_owned(),
        help: inlines(file, &help)?,
        values: keyed(file, section)?,
    })
}

/// Lines of the form `- key: Label`.
fn keyed(file: &str, section: &Section<'_>) -> Result<Vec<(String, String)>, TextError> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for (number, line) in &section.body {
        let Some(item) = line.strip_prefix("- ") else { continue };
        let Some((key, label)) =
            item.split_once(':').filter(|(key, label)| !key.is_empty() && !label.trim().is_empty())
        else {
            return Err(TextError::new(file, *number, "expected `- key: Label`"));
        };
        if pairs.iter().any(|(other, _)| other == key) {
            return Err(TextError::new(file, *number, "stands twice"));
        }
        pairs.push((key.to_owned(), label.trim().to_owned()));
    }
    Ok(pairs)
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
