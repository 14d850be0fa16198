//! Slides that an embedded view speaks with by itself, without code of the presenter.
//!
//! reveal.js says `slide:start` and `slide:stop` to every frame of a slide, and takes calls of its methods as JSON. The
//! view takes the focus when its slide starts and so gets the keys, hands over to the deck at its ends, and gives the
//! focus back when the slide stops.

use yew::prelude::*;

use crate::address::Deck;
use crate::browser::{self, Place};
use crate::command::Command;
use crate::session::Session;

/// Whether the slide of an embedded view is the one that is shown, as far as the deck says.
#[hook]
pub fn use_deck(session: &Session) -> bool {
    let is_reveal = session.embed.is_some() && session.deck == Some(Deck::Reveal);
    let is_shown = use_state(|| false);
    {
        let is_shown = is_shown.setter();
        use_effect_with(is_reveal, move |is_reveal| {
            let listener = is_reveal.then(|| {
                browser::on_window("message", move |event| match browser::message_of(event).as_deref() {
                    Some("slide:start") => {
                        browser::take_focus();
                        is_shown.set(true);
                    }
                    Some("slide:stop") => {
                        browser::give_focus_back();
                        is_shown.set(false);
                    }
                    _ => {}
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
            call(if before.0 == exhausted.0 { "prev" } else { "next" }, "");
        }
    });
    *is_shown
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
