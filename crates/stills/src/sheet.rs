//! A sheet to fill in, made from a run: sentences whose numbers are missing, the ladder with missing segments, the
//! questions; and a second page with the answers.

use core::fmt::Write as _;

use playground_lessons::{Language, Run, Step};
use playground_playback::{Arrow, Dissection, Ladder, Pace};
use playground_words::{Text, node_name, time_text};

use crate::handout::{asked, head};
use crate::paper::{escaped, page};
use crate::still::Stills;

/// So many segments are in the table at most.
const SEGMENTS: usize = 12;
/// Of so many segments one is missing.
const ONE_OF: usize = 3;

/// The sheet of a run: the page with blanks, then the page with the answers.
pub fn sheet(run: &Run, language: Language) -> String {
    let stills = Stills::new(run, language);
    let sentences: Vec<Vec<Part>> = sentences(run, stills.story(), language);
    let mut body = head(&stills, run, language);
    let content = |with_answers: bool| {
        let mut html = String::new();
        if !sentences.is_empty() {
            let _ = write!(
                html,
                "<h2>{}</h2>\n<ol class=\"fill\">\n",
                language.pick("빈칸을 채워 보세요", "Fill in what is missing")
            );
            for parts in &sentences {
                let parts: String = parts.iter().map(|part| part.html(with_answers)).collect();
                let _ = writeln!(html, "<li>{parts}</li>");
            }
            html.push_str("</ol>\n");
        }
        html.push_str(&segments(run, language, with_answers));
        for question in stills.story().iter().filter_map(|step| step.question.as_ref()) {
            html.push_str(&asked(question, with_answers));
        }
        html
    };
    body.push_str(&content(false));
    let answers = language.pick("정답", "Answers");
    let _ = write!(body, "<section class=\"page\">\n<h1>{answers}</h1>\n{}</section>\n", content(true));
    page(language, stills.title(), &body)
}

/// A part of a sentence.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    Words(String),
    /// What the run says, and the reader is to find.
    Number(String),
}

impl Part {
    fn html(&self, with_answers: bool) -> String {
        match self {
            Self::Words(words) => escaped(words),
            Self::Number(number) => blank(number, with_answers),
        }
    }
}

fn blank(answer: &str, with_answers: bool) -> String {
    match with_answers {
        true => format!("<span class=\"filled\">{}</span>", escaped(answer)),
        false => "<span class=\"blank\">&nbsp;</span>".to_owned(),
    }
}

/// The sentences of the story in which numbers of the run stand.
fn sentences(run: &Run, story: &[Step], language: Language) -> Vec<Vec<Part>> {
    let text = run.lesson.text(language);
    let mut sentences = Vec::new();
    for step in story.iter().filter(|step| !step.absent) {
        let Some(written) = text.step(step.id) else { continue };
        let variant = run.variant(step.id);
        let variant = written.variants.iter().find(|(key, _)| Some(key.as_str()) == variant);
        let passage = variant.map_or(&written.plain, |(_, passage)| passage);
        let told = Step { question: None, ..step.clone() };
        let template = Step { title: passage.title.clone(), body: passage.body.clone(), ..told.clone() };
        let lines = template.words().lines().map(str::to_owned).collect::<Vec<_>>();
        for (template, told) in lines.iter().zip(told.words().lines()) {
            sentences.extend(parts(template, told));
        }
    }
    sentences
}

/// A told line in parts, by the line with the names of its numbers; none without a number, or where they do not fit.
fn parts(template: &str, told: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut rest = told;
    let mut pieces = template.split("{{");
    let first = pieces.next()?;
    rest = rest.strip_prefix(first)?;
    parts.push(Part::Words(first.to_owned()));
    for piece in pieces {
        let (_, words) = piece.split_once("}}")?;
        let end = if words.is_empty() { rest.len() } else { rest.find(words)? };
        parts.push(Part::Number(rest[..end].to_owned()));
        parts.push(Part::Words(words.to_owned()));
        rest = &rest[end + words.len()..];
    }
    (parts.len() > 1 && rest.is_empty()).then_some(parts)
}

/// The ladder as a table in which segments are missing.
fn segments(run: &Run, language: Language, with_answers: bool) -> String {
    let text = Text::new(language);
    let dissection = Dissection::new(&run.trace);
    let ladder = Ladder::new(&run.trace, &dissection, &Pace::new(&run.trace, &dissection));
    let at = |entry: u32| run.trace.entries.get(entry as usize).map(|entry| time_text::moment(entry.at));
    let name = |arrow: &Arrow, to: bool| {
        let node = if to { arrow.to } else { arrow.from };
        let node = run.trace.scenario.nodes.get(node.index()).map_or("", |node| &node.name);
        escaped(&node_name(text, node))
    };
    let title = language.pick("어떤 세그먼트일까요?", "Which segment is it?");
    let heads = language.pick(["보냄", "도착", "누가", "무엇을"], ["sent", "arrives", "from and to", "what"]);
    let heads: String = heads.iter().map(|head| format!("<th>{head}</th>")).collect();
    let mut html = format!("<h2>{title}</h2>\n<table>\n<tr>{heads}</tr>\n");
    for (place, arrow) in ladder.arrows.iter().take(SEGMENTS).enumerate() {
        let arrives = arrow.ended.filter(|_| arrow.lost.is_none()).and_then(at);
        let label = match place % ONE_OF == ONE_OF - 1 {
            true => blank(&arrow.label, with_answers),
            false => escaped(&arrow.label),
        };
        let _ = writeln!(
            html,
            "<tr><td>{}</td><td>{}</td><td>{} → {}</td><td>{label}</td></tr>",
            at(arrow.entry).unwrap_or_default(),
            arrives.unwrap_or_else(|| language.pick("잃어버림", "lost").to_owned()),
            name(arrow, false),
            name(arrow, true),
        );
    }
    html.push_str("</table>\n");
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_a_line_are_found() {
        let words = |text: &str| Part::Words(text.to_owned());
        let number = |text: &str| Part::Number(text.to_owned());
        let expected = vec![words("After "), number("5 s"), words(", "), number("3 segments"), words(".")];
        assert_eq!(
            parts("After {{idle}}, {{count|one|# segments}}.", "After 5 s, 3 segments."),
            Some(expected)
        );
        assert_eq!(parts("Nothing.", "Nothing."), None);
        assert_eq!(parts("In {{a}} of {{b}}", "In time"), None);
        let last = vec![words(""), number("40 ms"), words("")];
        assert_eq!(parts("{{rtt}}", "40 ms"), Some(last));
    }
}
