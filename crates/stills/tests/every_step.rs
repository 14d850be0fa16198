//! The still of every step of every lesson.

use playground_drawing::{Hero, Theme};
use playground_lessons::{KnobValues, Language, all};
use playground_stills::{Look, Plain, Stills};

/// At least so many steps have a picture.
const STEPS: usize = 100;

#[test]
fn every_still_stands_alone_and_needs_no_style_sheet() {
    let pens = [Theme::Light, Theme::Dark].map(Plain::new);
    let mut drawn = 0;
    for lesson in all() {
        let run = lesson.run(&KnobValues::defaults(lesson)).expect("lessons run");
        for language in Language::ALL {
            let stills = Stills::new(&run, language);
            for (place, mark) in run.steps.iter().enumerate() {
                for size in [(1920, 1080), (1024, 768)] {
                    let look = Look { size, bare: false, view: None };
                    let Some(drawing) = stills.draw(place, look) else {
                        assert!(!Hero::exists(mark.hero, &run.trace), "{} {}", lesson.id, mark.id);
                        continue;
                    };
                    drawn += 1;
                    let name = format!("{} {} {language}", lesson.id, mark.id);
                    // The sentence is on one or two lines, and nothing of it is cut.
                    let lines =
                        drawing.elements.iter().rev().filter_map(|element| element.content.as_deref());
                    let sentence: Vec<&str> = lines.take(2).collect();
                    let title = stills.story()[place].title.as_str();
                    let two = format!("{} {}", sentence[1], sentence[0]);
                    assert!(sentence[0] == title || two == title, "{name}: {sentence:?} is not {title}");
                    for pen in pens.iter().filter(|_| size.0 == 1920) {
                        let svg = pen.svg(&drawing, size);
                        for word in
                            ["var(", "light-dark(", "color-mix(", "class=", "style", "data-", "tabindex"]
                        {
                            assert!(!svg.contains(word), "{name}: {word} in {svg}");
                        }
                    }
                }
            }
        }
    }
    assert!(drawn >= STEPS * 4, "{drawn} stills");
}

#[test]
fn a_bare_still_has_the_picture_alone() {
    let lesson = playground_lessons::find("parallel").expect("a lesson");
    let run = lesson.run(&KnobValues::defaults(lesson)).expect("it runs");
    let stills = Stills::new(&run, Language::English);
    let title = stills.story()[3].title.clone();
    let has_title = |bare| {
        let drawing = stills.draw(3, Look { size: (1920, 1080), bare, view: None }).expect("a picture");
        drawing.elements.iter().any(|element| element.content.as_deref() == Some(&title))
    };
    assert_eq!([true, false].map(has_title), [false, true]);
}
