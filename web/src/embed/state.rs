//! What the embedded view says about itself.

use playground_drawing::{Canvas, Theme as Colours};
use playground_lessons::{Language, View};
use playground_playback::Cursor;
use serde_json::{Value, json};

use super::protocol::More;
use crate::address::{Embed, Theme};
use crate::language::Text;
use crate::session::{Model, Session};
use crate::view::has_view;

/// The state of the embedded view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmbedState {
    /// The lesson.
    pub lesson: &'static str,
    /// The step, from 1; during an animation the one that it leads to.
    pub step: usize,
    /// How many steps there are.
    pub steps: usize,
    /// The simulated time, microseconds; during an animation that of the step that it leads to.
    pub t_us: u64,
    /// The step's caption.
    pub title: String,
    /// The language.
    pub language: Language,
    /// The theme; none is the system's.
    pub theme: Option<Theme>,
    /// Whether the step's question is open.
    pub asks: bool,
    /// Whether an animation leads to the step.
    pub moving: bool,
}

impl EmbedState {
    /// The state of a session.
    pub fn of(session: &Session) -> Self {
        let step = session.watched();
        let cursor = if session.player.is_moving() { session.mark(step) } else { session.cursor() };
        Self {
            lesson: session.lesson().id,
            step: step + 1,
            steps: session.steps(),
            t_us: cursor.at.as_micros(),
            title: session.story().get(step).map(|step| step.title.clone()).unwrap_or_default(),
            language: session.language,
            theme: session.theme,
            asks: session.open_question() == Some(step),
            moving: session.player.is_moving(),
        }
    }

    /// Whether version 1 says the same of another state.
    pub fn is_same_in_1(&self, other: &Self) -> bool {
        let Self { lesson, step, steps, t_us, title, .. } = self;
        (lesson, step, steps, t_us, title)
            == (&other.lesson, &other.step, &other.steps, &other.t_us, &other.title)
    }
}

/// What can be said about the lesson: the steps with the words of each as speaker notes, the knobs, and what is wrong
/// with the link.
pub fn description(session: &Session, more: More) -> More {
    let text = Text::new(session.language);
    let story = session.story();
    let steps = story.iter().map(|step| {
        let words = step.words();
        let notes = words.split_once('\n').map_or("", |(_, notes)| notes);
        json!({ "title": step.title, "notes": notes })
    });
    let knobs = session.lesson().knobs.iter().map(|knob| {
        let value = session.experiment.values.get(knob.id);
        (knob.id.to_owned(), Value::from(value))
    });
    let words = session.shown().text(session.language);
    let problems = session.remarks.iter().map(|remark| {
        json!({ "parameter": remark.parameter, "value": remark.value, "text": remark.sentence(text, &words) })
    });
    more.with("story", steps.collect::<Vec<_>>())
        .with("knobs", knobs.collect::<serde_json::Map<_, _>>())
        .with("problems", problems.collect::<Vec<_>>())
}

/// The view that an embed shows while `view` has the room.
pub fn view_of(embed: Embed, view: View, model: &Model) -> View {
    match embed {
        Embed::Hero | Embed::Print if has_view(model, view) => view,
        Embed::Hero | Embed::Print | Embed::Stage => View::Stage,
        Embed::Ladder => View::Ladder,
    }
}

/// The view that stands for a step on paper and in files: its own where that is a drawing, else the ladder.
pub fn drawn_view_of(view: View, model: &Model) -> View {
    let view = view_of(Embed::Hero, view, model);
    if model.hero(view, true).is_some() { view } else { View::Ladder }
}

/// The present picture of a session as an SVG file; none for a view that is no drawing. `sheet` gives the styles that
/// a picture needs.
pub fn snapshot(
    session: &Session,
    size: (f64, f64),
    theme: Theme,
    sheet: fn(&str) -> String,
) -> Option<String> {
    let view = view_of(session.embed?, session.view(), session.shown());
    picture(session.shown(), view, session.cursor(), Text::new(session.language), size, theme, sheet)
}

/// A picture of a run, as in a slide, as an SVG file; none for a view that is no drawing.
pub fn picture(
    model: &Model,
    view: View,
    now: Cursor,
    text: Text,
    (width, height): (f64, f64),
    theme: Theme,
    sheet: fn(&str) -> String,
) -> Option<String> {
    let canvas = Canvas { width, height, type_size: Canvas::SLIDE, text };
    let colours = match theme {
        Theme::Light => Colours::Light,
        Theme::Dark => Colours::Dark,
    };
    Some(model.hero(view, true)?.draw(now, &canvas).to_svg_with(colours, sheet))
}
