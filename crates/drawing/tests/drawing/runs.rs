//! The lessons' runs, and the steps that a picture of this crate carries.

use std::rc::Rc;

use playground_drawing::{Canvas, Drawing, Hero};
use playground_lessons::{KnobValues, Language, Run, View};
use playground_playback::{Cursor, Dissection};
use playground_words::Text;

/// A lesson's run with default knobs, and the pictures of its steps.
pub struct Pictures {
    pub run: Run,
    pub heroes: Vec<(View, Hero)>,
}

/// The sizes at which every picture must hold: the page at 1440x900, a slide of 960x540 below its caption, a phone.
pub const SIZES: [(f64, f64, f64); 3] =
    [(980.0, 600.0, Canvas::PAGE), (960.0, 430.0, Canvas::SLIDE), (360.0, 420.0, Canvas::PAGE)];

/// Every canvas: the sizes in both languages.
pub fn canvases() -> impl Iterator<Item = Canvas> {
    SIZES.into_iter().flat_map(|(width, height, type_size)| {
        Language::ALL.map(|language| Canvas { width, height, type_size, text: Text::new(language) })
    })
}

/// Runs the lesson with default knobs; none where no step is carried by a picture of this crate.
pub fn pictures(id: &str) -> Option<Pictures> {
    with_knobs(id, &[])
}

/// Runs the lesson with these knobs and the defaults of the others.
pub fn with_knobs(id: &str, knobs: &[(&str, &str)]) -> Option<Pictures> {
    let lesson = playground_lessons::find(id)?;
    let mut values = KnobValues::defaults(lesson);
    for (knob, value) in knobs {
        values.set(lesson, knob, value).expect("a knob and its value");
    }
    let mut views: Vec<View> = lesson.steps.iter().map(|step| step.hero).collect();
    views.sort();
    views.dedup();
    let run = lesson.run(&values).expect("lessons run");
    let dissection = Rc::new(Dissection::new(&run.trace));
    let hero = |view: View| Some((view, Hero::new(view, &run, &dissection)?));
    let heroes: Vec<_> = views.into_iter().filter_map(hero).collect();
    (!heroes.is_empty()).then_some(Pictures { run, heroes })
}

/// The moment of a step.
pub fn moment(run: &Run, step: &str) -> Cursor {
    let mark = run.steps.iter().find(|mark| mark.id == step).expect("a step of this name");
    Cursor::new(mark.index, mark.at)
}

/// All lessons with a picture of this crate.
pub fn all() -> impl Iterator<Item = Pictures> {
    playground_lessons::all().iter().filter_map(|lesson| pictures(lesson.id))
}

impl Pictures {
    /// Each step that one of the pictures carries: its name for messages, the picture, the moment.
    pub fn steps(&self) -> impl Iterator<Item = (String, &Hero, Cursor)> {
        self.run.steps.iter().enumerate().filter_map(|(place, mark)| {
            let (_, hero) = self.heroes.iter().find(|(view, _)| *view == mark.hero)?;
            let name = format!("{}/{} {} ({})", self.run.lesson.id, place + 1, mark.id, mark.hero.name());
            Some((name, hero, Cursor::new(mark.index, mark.at)))
        })
    }

    /// Each of those steps on each canvas.
    pub fn drawings(&self) -> impl Iterator<Item = (String, Cursor, Canvas, Drawing)> {
        self.steps().flat_map(|(name, hero, now)| {
            canvases().map(move |canvas| {
                let name =
                    format!("{name} {}x{} {}", canvas.width, canvas.height, canvas.text.language().tag());
                (name, now, canvas, hero.draw(now, &canvas))
            })
        })
    }
}
