//! The keyboard: one listener for all commands.

use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;
use yew::prelude::*;

use crate::browser;
use crate::command::{Command, Focus, Stroke};
use crate::embed::key_event;
use crate::session::Session;

/// The state that decides what a key does.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Situation {
    letter_keys: bool,
    embedded: bool,
    dialog: bool,
    /// How many answers the step's question has, if it is asked.
    answers: usize,
    selected: bool,
    at_start: bool,
}

/// Listens to keys and runs their commands.
#[hook]
pub fn use_keys(session: &Session, on_command: &Callback<Command>) {
    let situation = Situation {
        letter_keys: session.letter_keys,
        embedded: session.embed.is_some(),
        dialog: session.dialog.is_some(),
        answers: session
            .current_text()
            .and_then(|step| step.question)
            .filter(|_| session.embed.is_none() || session.question)
            .map_or(0, |question| question.options.len()),
        selected: !session.selection.is_empty(),
        at_start: session.step == 0 && !session.player.is_moving(),
    };
    // Kept while drawing: effects run later, on a slow machine after the next key.
    let drawn = use_mut_ref(|| (situation, on_command.clone()));
    *drawn.borrow_mut() = (situation, on_command.clone());
    use_effect_with((), move |()| {
        let listener = browser::on_window("keydown", move |event| {
            let (situation, on_command) = drawn.borrow().clone();
            if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                hear(situation, event, &on_command);
            }
        });
        move || drop(listener)
    });
}

fn hear(situation: Situation, event: &KeyboardEvent, on_command: &Callback<Command>) {
    if event.default_prevented()
        || event.ctrl_key()
        || event.alt_key()
        || event.meta_key()
        || event.is_composing()
    {
        return;
    }
    let key = event.key();
    let focus = browser::focus_of(event);
    let command = Stroke { key: &key, shift: event.shift_key() }.command(focus, situation.letter_keys);
    match command.filter(|command| situation.lets(*command)) {
        Some(command) => {
            event.prevent_default();
            on_command.emit(command);
        }
        None if situation.embedded && focus != Focus::Text => browser::tell_parent(&key_event(&key)),
        None => {}
    }
}

impl Situation {
    /// Whether a command applies now; other keys keep their default action.
    fn lets(self, command: Command) -> bool {
        match command {
            Command::Close => self.dialog || (self.selected && !self.embedded),
            // A dialog is modal: the page below it does not react.
            _ if self.dialog => false,
            // At the first step the key means the previous slide.
            Command::PreviousStep => !(self.embedded && self.at_start),
            Command::Answer(option) => usize::from(option) < self.answers,
            // The embedding page has its own full screen and help.
            Command::FullScreen | Command::LessonMap | Command::Keyboard | Command::Reset => !self.embedded,
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUIET: Situation = Situation {
        letter_keys: true,
        embedded: false,
        dialog: false,
        answers: 0,
        selected: false,
        at_start: false,
    };

    #[test]
    fn an_open_dialog_allows_only_close() {
        let situation = Situation { dialog: true, ..QUIET };
        assert!(situation.lets(Command::Close));
        assert!(!situation.lets(Command::NextStep));
        assert!(!QUIET.lets(Command::Close));
    }

    #[test]
    fn an_embedded_view_leaves_keys_to_the_embedding_page() {
        let situation = Situation { embedded: true, ..QUIET };
        for (command, lets) in [
            (Command::NextStep, true),
            (Command::PlayPause, true),
            (Command::FullScreen, false),
            (Command::Answer(0), false),
            (Command::Keyboard, false),
        ] {
            assert_eq!(situation.lets(command), lets, "{command:?}");
        }
        assert!(Situation { answers: 3, ..situation }.lets(Command::Answer(2)), "its own question");
        assert!(!Situation { at_start: true, ..situation }.lets(Command::PreviousStep));
        assert!(!Situation { selected: true, ..situation }.lets(Command::Close));
    }

    #[test]
    fn answer_keys_work_only_for_existing_options() {
        let situation = Situation { answers: 3, ..QUIET };
        assert!(situation.lets(Command::Answer(2)));
        assert!(!situation.lets(Command::Answer(3)));
    }
}
