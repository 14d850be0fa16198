//! A step of a lesson as a picture that stands alone: the step's picture, and below it the lesson's name and the
//! sentence of the step.

use std::rc::Rc;

use playground_drawing::text_width::{Face, fitted, text_width, wrapped};
use playground_drawing::{Canvas, Drawing, Element, Hero};
use playground_lessons::{Language, Run, Step, View};
use playground_playback::{Cursor, Dissection, Pace, StepMark, Timeline};
use playground_words::Text;

/// The room in which a picture is drawn at 960 x 540; other sizes are it, enlarged, with the room that is left.
const ROOM: (f64, f64) = (960.0, 540.0);
/// The height of the bar with the sentence.
const BAR: f64 = 92.0;
const PAD: f64 = 28.0;
/// The room around a picture, which has its own margin too: its left edge is that of the bar.
const AROUND: f64 = 12.0;
/// The size of type of the sentence, from the largest; the last one is cut when it must be.
const SENTENCE: [f64; 3] = [22.0, 20.0, 18.0];
/// How much larger the room may be made for a picture that does not fit, step by step.
const LARGER: [f64; 6] = [1.0, 1.1, 1.2, 1.35, 1.5, 1.75];

/// The pictures of the steps of a run.
pub struct Stills<'r> {
    run: &'r Run,
    story: Vec<Step>,
    dissection: Rc<Dissection>,
    timeline: Timeline,
    text: Text,
    title: String,
}

/// What stands in a still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Pixels.
    pub size: (u32, u32),
    /// Without the lesson's name and the sentence.
    pub bare: bool,
    /// Another view than the step's own.
    pub view: Option<View>,
}

impl<'r> Stills<'r> {
    /// The steps of a run, in a language.
    pub fn new(run: &'r Run, language: Language) -> Self {
        let dissection = Rc::new(Dissection::new(&run.trace));
        let pace = Rc::new(Pace::new(&run.trace, &dissection));
        let steps = run.steps.iter().map(|mark| StepMark { index: mark.index, at: mark.at }).collect();
        Self {
            run,
            story: run.story(language),
            timeline: Timeline::new(run.trace.clone(), &dissection, pace, steps),
            dissection,
            text: Text::new(language),
            title: run.text(language).title,
        }
    }

    /// The steps that are told.
    pub fn story(&self) -> &[Step] {
        &self.story
    }

    /// The lesson's title.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The picture of a step, from 0.
    ///
    /// Returns `None` where the run has no such step, or nothing to draw in the view.
    pub fn draw(&self, place: usize, look: Look) -> Option<Drawing> {
        self.run.steps.get(place)?;
        self.draw_at(place, place, self.cursor(place), look)
    }

    /// The moment of a step.
    pub fn cursor(&self, place: usize) -> Cursor {
        self.run.steps.get(place).map_or(Cursor::START, |mark| Cursor { index: mark.index, at: mark.at })
    }

    /// The run at its pace.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// The picture of a step at another moment, on the way to it, with the words of the step that is told.
    pub fn draw_at(&self, place: usize, told: usize, now: Cursor, look: Look) -> Option<Drawing> {
        let mark = self.run.steps.get(place)?;
        let view = look.view.unwrap_or(mark.hero);
        if !Hero::exists(view, &self.run.trace) {
            return None;
        }
        let hero = Hero::new(view, self.run, &self.dissection)?;
        let (width, height) = (f64::from(look.size.0), f64::from(look.size.1));
        let scale = (width / ROOM.0).min(height / ROOM.1);
        let (width, height) = (width / scale, height / scale);
        let bar = if look.bare { 0.0 } else { BAR };
        let canvas = Canvas { width, height, type_size: Canvas::SLIDE, text: self.text };
        let around = if look.bare { 0.0 } else { AROUND };
        let room = Canvas { width: width - 2.0 * around, height: height - bar - around, ..canvas };
        let (picture, label) = fitting(&hero, now, &room, around);
        let step = self.story.get(told)?;
        let mut drawing = Drawing::new(&canvas, format!("{} — {}. {label}", self.title, step.title));
        drawing.add(picture);
        if !look.bare {
            drawing.elements.extend(self.bar(told, &canvas));
        }
        Some(drawing)
    }

    /// The step's number, the lesson's name with the knobs that were turned, the sentence.
    fn bar(&self, place: usize, canvas: &Canvas) -> Vec<Element> {
        let top = canvas.height - BAR;
        let number = format!("{} / {}", place + 1, self.run.steps.len());
        let badge = text_width(&number, 14.0, Face::Mono) + 20.0;
        let left = PAD + badge + 22.0;
        let room = canvas.width - left - PAD;
        let name = fitted(&self.name(), 14.0, Face::Sans, room);
        let (size, lines) = sentence(&self.story[place].title, room);
        let leading = size * 1.25;
        // The words as a block in the middle of the bar.
        let block = 14.0 + 8.0 + leading * lines.len() as f64;
        let first = top + (BAR - block) / 2.0 + 13.0;
        let mut bar = vec![
            Element::line((0.0, top), (canvas.width, top)).class("rule"),
            Element::rect(PAD, top + BAR / 2.0 - 14.0, badge, 28.0).number("rx", 6.0).class("card"),
            Element::text(PAD + badge / 2.0, top + BAR / 2.0 + 5.0, 14.0, number)
                .class("mono strong quiet")
                .anchor("middle"),
            Element::text(left, first, 14.0, name).class("quiet"),
        ];
        let lines = lines.into_iter().zip(1..);
        bar.extend(lines.map(|(line, row)| {
            Element::text(left, first + 8.0 + leading * f64::from(row) - size * 0.25, size, line)
        }));
        bar
    }

    /// `Keep-Alive and the dumb proxy · 4.5 · Proxy: smart`.
    fn name(&self) -> String {
        let lesson = self.run.lesson;
        let words = lesson.text(self.text.language());
        let mut name = self.title.clone();
        if lesson.section != "0" {
            name.push_str(&format!(" · {}", lesson.section));
        }
        for (id, value) in self.run.values.changed(lesson) {
            let label = words.knob(id).map_or(id, |knob| &knob.label);
            let value = self.run.knob_label(id, self.text.language()).unwrap_or_else(|| value.to_owned());
            name.push_str(&format!(" · {label}: {}", value.lines().next().unwrap_or_default()));
        }
        name
    }
}

/// The sentence on one line or two, in the largest type in which nothing is cut.
fn sentence(sentence: &str, room: f64) -> (f64, Vec<String>) {
    let whole = |size: f64| {
        let lines = wrapped(sentence, size, Face::Sans, room, 2);
        (!lines.iter().any(|line| line.ends_with('…')), size, lines)
    };
    let fits = SENTENCE.into_iter().map(whole).find(|(fits, ..)| *fits);
    let (_, size, lines) = fits.unwrap_or_else(|| whole(SENTENCE[SENTENCE.len() - 1]));
    (size, lines)
}

/// A picture that is no higher than its canvas: in a larger room, made smaller, where it does not fit; and its label.
fn fitting(hero: &Hero, now: Cursor, canvas: &Canvas, around: f64) -> (Element, String) {
    let drawn = LARGER.into_iter().map(|factor| {
        let room = Canvas { width: canvas.width * factor, height: canvas.height * factor, ..*canvas };
        (hero.draw(now, &room), room)
    });
    let mut last = None;
    for (drawing, room) in drawn {
        let fits = drawing.height <= room.height + 1.0;
        last = Some(drawing);
        if fits {
            break;
        }
    }
    let drawing = last.unwrap_or_else(|| hero.draw(now, canvas));
    let scale = (canvas.width / drawing.width).min(canvas.height / drawing.height);
    let x = around + (canvas.width - drawing.width * scale) / 2.0;
    let group = Element::new("g").with("transform", format!("translate({x:.1} {around}) scale({scale:.4})"));
    (group.add_all(drawing.elements), drawing.label)
}
