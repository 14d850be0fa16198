//! Slides that an embedded view speaks with by itself, without code of the presenter.
//!
//! reveal.js says `slide:start` and `slide:stop` to every frame of a slide, and takes calls of its methods as JSON. The
//! view takes the focus when its slide starts and so gets the keys, hands over to the deck at its ends, and gives the
//! focus back when the slide stops. Lessons beside each other on one slide go on one after the other: frames of the same
//! page may write to each other.

use std::collections::BTreeMap;

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use crate::address::Deck;
use crate::browser::{self, Place};
use crate::command::Command;
use crate::session::{Action, Session};

/// What lessons beside each other on a slide say: that their slide is shown and whether they are at their end, the
/// answer to that, that it is shown no longer, and that the other one is to go on or back.
const SHOWN: &str = "socket-playground:shown";
const SHOWN_AT_END: &str = "socket-playground:shown-at-end";
const ANSWER: &str = "socket-playground:shown-too";
const ANSWER_AT_END: &str = "socket-playground:shown-too-at-end";
const HIDDEN: &str = "socket-playground:hidden";
const NEXT: &str = "socket-playground:next";
const PREVIOUS: &str = "socket-playground:previous";

/// How long a lesson waits for others on its slide before it takes the keys.
const START_MS: u32 = 30;

/// The lessons of a slide, as one of them knows them.
#[derive(Debug, Default)]
struct Slide {
    /// Whether the slide is shown, as far as the deck says.
    is_shown: bool,
    /// The other lessons on it by their places among the deck's frames, with whether they are at their end.
    others: BTreeMap<usize, bool>,
}

impl Slide {
    /// Whether the lesson at `place` has the keys when the slide is come to: the first that is not at its end, and the
    /// last where all are, which is where one comes back from behind.
    fn leads(&self, place: usize, at_end: bool) -> bool {
        let first = |others: &BTreeMap<usize, bool>| {
            others.iter().find(|(_, at_end)| !**at_end).map(|(place, _)| *place)
        };
        match first(&self.others) {
            Some(other) if at_end || other < place => false,
            None if at_end => self.others.keys().all(|other| *other < place),
            _ => true,
        }
    }

    /// The lesson that goes on when the one at `place` is at its end, or at its beginning on the way back.
    fn beyond(&self, place: usize, forwards: bool) -> Option<usize> {
        let others = || self.others.keys().copied();
        if forwards {
            others().find(|other| *other > place)
        } else {
            others().rev().find(|other| *other < place)
        }
    }
}

/// Whether the slide of an embedded view is the one that is shown, as far as the deck says.
#[hook]
pub fn use_deck(session: &UseReducerHandle<Session>, on_action: &Callback<Action>) -> bool {
    let is_reveal = session.embed.is_some() && session.deck == Some(Deck::Reveal);
    let is_shown = use_state(|| false);
    let slide = use_mut_ref(Slide::default);
    let start = use_mut_ref(|| None::<Timeout>);
    let drawn = use_mut_ref(|| session.clone());
    *drawn.borrow_mut() = session.clone();
    {
        let (is_shown, slide) = (is_shown.setter(), slide.clone());
        use_effect_with((is_reveal, on_action.clone()), move |(is_reveal, on_action)| {
            let on_action = on_action.clone();
            let listener = is_reveal.then(|| {
                browser::on_window("message", move |event| {
                    let at_end = drawn.borrow().is_at_end();
                    if let Some(message) = browser::message_of(event) {
                        let shown = message == "slide:start";
                        if shown || message == "slide:stop" {
                            slide.borrow_mut().is_shown = shown;
                            is_shown.set(shown);
                            let said = if at_end { SHOWN_AT_END } else { SHOWN };
                            browser::tell_other_frames(if shown { said } else { HIDDEN });
                            if shown {
                                // Another lesson on the slide says so at the same time.
                                let slide = slide.clone();
                                start.replace(Some(Timeout::new(START_MS, move || {
                                    take_keys(&slide.borrow(), at_end)
                                })));
                            } else {
                                start.replace(None);
                                browser::give_focus_back();
                            }
                        }
                    } else if let Some((place, text)) = browser::frame_message_of(event) {
                        hear(&mut slide.borrow_mut(), place, &text, at_end, &on_action);
                    }
                })
            });
            if listener.is_some() {
                // The slide may have started before the program did: then it is started once more.
                call("startEmbeddedContent", "");
            }
            move || drop(listener)
        });
    }
    let exhausted = (session.exhausted, session.exhausted_back);
    let before = use_mut_ref(|| exhausted);
    use_effect_with((is_reveal, exhausted), move |(is_reveal, exhausted)| {
        let before = before.replace(*exhausted);
        if *is_reveal && before != *exhausted {
            let forwards = before.0 != exhausted.0;
            match slide.borrow().beyond(browser::frame_place(), forwards) {
                Some(other) => browser::tell_frame(other, if forwards { NEXT } else { PREVIOUS }),
                None => call(if forwards { "next" } else { "prev" }, ""),
            }
        }
    });
    *is_shown
}

/// Takes the focus, if the slide is shown and this is the lesson that begins.
fn take_keys(slide: &Slide, at_end: bool) {
    if slide.is_shown && slide.leads(browser::frame_place(), at_end) {
        browser::take_focus();
    }
}

/// Hears another lesson of the deck.
fn hear(slide: &mut Slide, place: usize, text: &str, at_end: bool, on_action: &Callback<Action>) {
    match text {
        SHOWN | SHOWN_AT_END | ANSWER | ANSWER_AT_END => {
            slide.others.insert(place, matches!(text, SHOWN_AT_END | ANSWER_AT_END));
            if slide.is_shown && matches!(text, SHOWN | SHOWN_AT_END) {
                browser::tell_frame(place, if at_end { ANSWER_AT_END } else { ANSWER });
            }
        }
        HIDDEN => {
            slide.others.remove(&place);
        }
        NEXT | PREVIOUS if slide.is_shown => {
            browser::take_focus();
            let command = if text == NEXT { Command::NextStep } else { Command::PreviousStep };
            on_action.emit(Action::Do(command));
        }
        _ => {}
    }
}

/// Whether this copy of the view is that of the speaker's present slide.
pub fn is_speakers() -> bool {
    Place::find() == Place::Speaker
}

/// Calls a method of reveal.js with an argument, if any.
fn call(method: &str, argument: &str) {
    browser::tell_parent_text(&format!(r#"{{"method":"{method}","args":[{argument}]}}"#));
}

/// What a key means in reveal.js, where it is about the steps.
pub fn command(key: &str, shift: bool) -> Option<Command> {
    match (key, shift) {
        (" " | "ArrowRight" | "PageDown" | "n" | "N", false) => Some(Command::NextStep),
        (" ", true) | ("ArrowLeft" | "PageUp" | "p" | "P", false) => Some(Command::PreviousStep),
        _ => None,
    }
}

/// Passes a key on to reveal.js; it takes no modifiers. Keys that open something of the deck take the focus there.
pub fn pass_on(key: &str, code: u32, shift: bool) {
    match key {
        "?" => call("toggleHelp", ""),
        _ if shift => {}
        _ => call("triggerKey", &code.to_string()),
    }
    if matches!(key, "?" | "Escape" | "o" | "g" | "s") {
        browser::give_focus_back();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lessons_of_a_slide_go_on_one_after_the_other() {
        // The others by their places with whether they are at their end, this one's end, whether this one (3) leads.
        for (others, at_end, leads) in [
            (&[][..], false, true),
            (&[], true, true),
            (&[(1, false)], false, false),
            (&[(1, true)], false, true),
            (&[(1, true)], true, true),
            (&[(5, false)], false, true),
            (&[(5, false)], true, false),
            (&[(5, true)], true, false),
            (&[(5, true)], false, true),
            (&[(1, true), (5, true)], true, false),
        ] {
            let slide = Slide { is_shown: true, others: others.iter().copied().collect() };
            assert_eq!(slide.leads(3, at_end), leads, "{slide:?}, at its end: {at_end}");
        }
        let slide = Slide { is_shown: true, others: [(1, true), (2, true), (5, false)].into() };
        assert_eq!((slide.beyond(3, true), slide.beyond(3, false)), (Some(5), Some(2)));
        assert_eq!((slide.beyond(5, true), slide.beyond(1, false)), (None, None));
    }

    #[test]
    fn the_deck_s_own_next_keys_walk_the_steps() {
        for (key, shift, expected) in [
            (" ", false, Some(Command::NextStep)),
            (" ", true, Some(Command::PreviousStep)),
            ("PageDown", false, Some(Command::NextStep)),
            ("ArrowLeft", false, Some(Command::PreviousStep)),
            ("ArrowLeft", true, None),
            ("ArrowDown", false, None),
            ("Escape", false, None),
        ] {
            assert_eq!(command(key, shift), expected, "{key}");
        }
    }
}
