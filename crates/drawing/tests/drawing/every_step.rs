//! What holds for every picture at every step: type sizes, room, no text on another, nothing from the future.

use playground_drawing::Canvas;

use crate::layout::placed;
use crate::runs::all;

/// English words that look like the key of a message.
const HYPHENATED: [&str; 2] = ["set-up", "half-closed"];

#[test]
fn no_text_is_smaller_than_13() {
    for pictures in all() {
        for (name, _, _, drawing) in pictures.drawings() {
            for text in placed(&drawing).iter().filter(|one| one.is_text) {
                assert!(text.size >= Canvas::SMALLEST, "{name}: {text:?}");
            }
        }
    }
}

#[test]
fn nothing_is_outside_the_drawing() {
    for pictures in all() {
        for (name, _, canvas, drawing) in pictures.drawings() {
            assert!(drawing.width <= canvas.width, "{name}: {} wide", drawing.width);
            for one in placed(&drawing) {
                let fits = one.left >= -0.5
                    && one.top >= -0.5
                    && one.right <= drawing.width + 0.5
                    && one.bottom <= drawing.height + 0.5;
                assert!(fits, "{name}: {one:?} in {}x{}", drawing.width, drawing.height);
            }
        }
    }
}

#[test]
fn the_page_and_a_slide_show_the_whole_picture() {
    for pictures in all() {
        for (name, _, canvas, drawing) in pictures.drawings() {
            // A phone scrolls.
            let fits = canvas.is_narrow() || drawing.height <= canvas.height;
            assert!(fits, "{name}: {} high", drawing.height);
        }
    }
}

#[test]
fn no_two_texts_overlap() {
    for pictures in all() {
        for (name, _, _, drawing) in pictures.drawings() {
            let texts: Vec<_> =
                placed(&drawing).into_iter().filter(|one| one.is_text && !one.what.is_empty()).collect();
            for (place, one) in texts.iter().enumerate() {
                for other in &texts[place + 1..] {
                    assert!(!one.overlaps(other), "{name}: {one:?} and {other:?}");
                }
            }
        }
    }
}

#[test]
fn every_message_exists_and_has_its_arguments() {
    for pictures in all() {
        for (name, _, _, drawing) in pictures.drawings() {
            // Wire text may look like a key: `bill-my-credit-card`.
            for text in placed(&drawing).iter().filter(|one| one.is_text && !one.is_wire) {
                let words = &text.what;
                let is_key = words.contains('-')
                    && !HYPHENATED.contains(&words.as_str())
                    && words.split('-').all(|part| {
                        !part.is_empty() && part.bytes().all(|letter| letter.is_ascii_lowercase())
                    });
                assert!(!is_key && !words.contains("{$"), "{name}: {words}");
            }
        }
    }
}

#[test]
fn marks_name_entries_that_have_happened() {
    for pictures in all() {
        for (name, now, _, drawing) in pictures.drawings() {
            for entry in drawing.all().iter().filter_map(|element| element.get("data-entry")) {
                let entry: u32 = entry.parse().expect("an index");
                assert!(entry < now.index, "{name}: entry {entry} at {}", now.index);
            }
        }
        // Each picture marks what it shows, at the last step at least.
        for (view, hero) in &pictures.heroes {
            let marked = pictures.steps().any(|(_, one, now)| {
                std::ptr::eq(one, hero)
                    && crate::runs::canvases().any(|canvas| {
                        hero.draw(now, &canvas).all().iter().any(|e| e.get("data-entry").is_some())
                    })
            });
            assert!(marked, "{}: {} marks no entry", pictures.run.lesson.id, view.name());
        }
    }
}
