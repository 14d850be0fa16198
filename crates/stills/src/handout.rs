//! A lesson on paper: each step's picture and words, the settings, the note on the model. One HTML file that prints to
//! A4.

use core::fmt::Write as _;

use playground_lessons::{Block, Language, QuestionText, Run};
use playground_words::Text;

use crate::paper::{blocks, escaped, inlines, page};
use crate::plain::Plain;
use crate::still::{Look, Stills};

/// The size of a picture, pixels; on paper it is as wide as the page.
const PICTURE: (u32, u32) = (960, 460);

/// The handout of a run. A step that has nothing to draw has its words alone.
pub fn handout(run: &Run, language: Language, plain: &Plain) -> String {
    let (stills, text) = (Stills::new(run, language), Text::new(language));
    let words = run.text(language);
    let mut body = head(&stills, run, language);
    for (place, step) in stills.story().iter().enumerate() {
        let look = Look { size: PICTURE, bare: true, view: None };
        let picture = stills.draw(place, look).map(|drawing| plain.svg(&drawing, PICTURE));
        let question = step.question.as_ref().map(|question| asked(question, false)).unwrap_or_default();
        let _ = write!(
            body,
            "<section class=\"step\">\n<h2><span class=\"number\">{}</span>{}</h2>\n{}\n{}{question}</section>\n",
            place + 1,
            escaped(&step.title),
            picture.unwrap_or_default(),
            blocks(&step.body),
        );
    }
    if !words.knobs.is_empty() {
        let _ = write!(body, "<h2>{}</h2>\n<table>\n", text.plain("knobs"));
        for knob in &words.knobs {
            let value = run.knob_label(&knob.id, language).unwrap_or_default();
            let _ = writeln!(
                body,
                "<tr><th>{}</th><td class=\"value\">{}</td><td class=\"quiet\">{}</td></tr>",
                escaped(&knob.label),
                escaped(&value),
                inlines(&knob.help)
            );
        }
        body.push_str("</table>\n");
    }
    let note = &words.note;
    let mut part = |key: &str, note: &[Block]| {
        if !note.is_empty() {
            let _ = write!(body, "<h3>{}</h3>\n{}", escaped(&text.plain(key)), blocks(note));
        }
    };
    part("note-changed", &note.changed);
    part("note-modelled", &note.modelled);
    part("note-simplified", &note.simplified);
    part("note-left-out", &note.left_out);
    page(language, stills.title(), &body)
}

/// The title, the section of the book with its figures, and the summary.
pub(crate) fn head(stills: &Stills<'_>, run: &Run, language: Language) -> String {
    let mut place =
        format!("{} {}", language.pick("HTTP 완벽 가이드", "HTTP: The Definitive Guide"), run.lesson.section);
    for figure in run.lesson.figures {
        place.push_str(&format!(" · {} {figure}", language.pick("그림", "figure")));
    }
    format!(
        "<header>\n<p class=\"quiet\">{place}</p>\n<h1>{}</h1>\n<p class=\"lead\">{}</p>\n</header>\n",
        escaped(stills.title()),
        inlines(&run.text(language).summary)
    )
}

/// A question with its answers; the right one is marked on the page of answers, with its reason.
pub(crate) fn asked(question: &QuestionText, with_answer: bool) -> String {
    let mut html = format!("<div class=\"question\">\n<p>{}</p>\n<ul>\n", inlines(&question.prompt));
    for option in &question.options {
        let class = if with_answer && option.correct { " class=\"right\"" } else { "" };
        let _ = writeln!(html, "<li{class}>{}</li>", inlines(&option.text));
    }
    html.push_str("</ul>\n");
    for option in question.options.iter().filter(|option| with_answer && option.correct) {
        let _ = writeln!(html, "<p class=\"quiet\">{}</p>", inlines(&option.explanation));
    }
    html.push_str("</div>\n");
    html
}
