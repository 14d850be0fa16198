//! A still of a lesson's step as an SVG file:
//! `cargo run -p playground-drawing --example still -- four-tuple 3 ko dark 960x480 > still.svg`, with `view=tuples` at
//! the end for another view than the step's own, `slide` for the larger type of a slide, and `knob=value`.

use std::rc::Rc;

use playground_drawing::{Canvas, Hero, Theme};
use playground_lessons::{KnobValues, Language};
use playground_playback::{Cursor, Dissection};
use playground_words::Text;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [lesson, step, language, theme, size, rest @ ..] = arguments.as_slice() else {
        panic!("lesson step language theme WIDTHxHEIGHT [view=NAME]");
    };
    let lesson = playground_lessons::find(lesson).expect("a lesson of this name");
    let mut values = KnobValues::defaults(lesson);
    for (knob, value) in
        rest.iter().filter_map(|word| word.split_once('=')).filter(|(knob, _)| *knob != "view")
    {
        values.set(lesson, knob, value).expect("a knob and one of its values");
    }
    let run = lesson.run(&values).expect("lessons run");
    let step: usize = step.parse().expect("a step, from 1");
    let mark = &run.steps[step - 1];
    let picked = rest.iter().find_map(|word| word.strip_prefix("view="));
    let view = picked.map_or(lesson.steps[step - 1].hero, |name| name.parse().expect("a view"));
    let (width, height) = size.split_once('x').expect("WIDTHxHEIGHT");
    let canvas = Canvas {
        width: width.parse().expect("a width"),
        height: height.parse().expect("a height"),
        type_size: if rest.iter().any(|word| word == "slide") { Canvas::SLIDE } else { Canvas::PAGE },
        text: Text::new(Language::from_tag(language).expect("ko or en")),
    };
    let theme = if theme == "dark" { Theme::Dark } else { Theme::Light };
    let dissection = Rc::new(Dissection::new(&run.trace));
    let hero = Hero::new(view, &run, &dissection).expect("a picture of this crate");
    let now = Cursor { index: mark.index, at: mark.at };
    println!("{}", hero.draw(now, &canvas).to_svg(theme));
}
