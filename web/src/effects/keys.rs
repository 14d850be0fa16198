//! The keyboard: one listener for all commands.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::deck;
use super::parent::Host;
use crate::address::Deck;
use crate::browser;
use crate::command::{Command, Stroke};
use crate::embed::{Key, Version};
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
    /// What the page around speaks.
    host: Version,
    /// Whether every key is that page's own.
    host_keys: bool,
    /// The program of the slides around.
    deck: Option<Deck>,
}

/// Listens to keys and runs their commands; an embedded view passes on the others.
#[hook]
pub fn use_keys(session: &Session, host: &Rc<Host>, on_command: &Callback<Command>) {
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
        host: Version::One,
        host_keys: false,
        deck: session.deck.filter(|_| session.embed.is_some()),
    };
    // Kept while drawing: effects run later, on a slow machine after the next key.
    let drawn = use_mut_ref(|| (situation, on_command.clone()));
    *drawn.borrow_mut() = (situation, on_command.clone());
    let host = host.clone();
    use_effect_with((), move |()| {
        // The keys that were passed on and are still down.
        let down = Rc::new(RefCell::new(Vec::new()));
        let listeners = ["keydown", "keyup"].map(|kind| {
            let (drawn, host, down) = (drawn.clone(), host.clone(), down.clone());
            browser::on_window(kind, move |event| {
                let (situation, on_command) = drawn.borrow().clone();
                let situation =
                    Situation { host: host.version.get(), host_keys: host.keys.get(), ..situation };
                if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                    hear(situation, event, &mut down.borrow_mut(), &on_command);
                }
            })
        });
        move || drop(listeners)
    });
}

fn hear(situation: Situation, event: &KeyboardEvent, down: &mut Vec<String>, on_command: &Callback<Command>) {
    if event.default_prevented() || event.is_composing() {
        return;
    }
    let code = event.code();
    if event.type_() == "keyup" {
        if let Some(index) = down.iter().position(|known| *known == code) {
            down.swap_remove(index);
            pass_on(situation.host, event);
        }
        return;
    }
    let key = event.key();
    let focus = browser::focus_of(event);
    let stroke = Stroke { key: &key, shift: event.shift_key(), ctrl: event.ctrl_key() || event.meta_key() };
    if situation.deck == Some(Deck::Reveal) {
        hear_in_reveal(situation, event, &stroke, on_command);
        return;
    }
    if !event.alt_key()
        && let Some(command) = stroke.command(focus, situation.letter_keys)
        && situation.lets(command)
    {
        event.prevent_default();
        on_command.emit(command);
    } else if situation.embedded
        && !stroke.belongs_to(focus)
        && pass_on(situation.host, event)
        && !down.contains(&code)
    {
        down.push(code);
    }
}

/// In reveal.js the deck's own keys walk the steps, digits answer, and all others are the deck's.
fn hear_in_reveal(
    situation: Situation,
    event: &KeyboardEvent,
    stroke: &Stroke<'_>,
    on_command: &Callback<Command>,
) {
    let focus = browser::focus_of(event);
    if event.ctrl_key() || event.alt_key() || event.meta_key() || stroke.belongs_to(focus) {
        return;
    }
    event.prevent_default();
    let is_answer = |command: &Command| matches!(command, Command::Answer(_)) && situation.lets(*command);
    let answer = || stroke.command(focus, true).filter(is_answer);
    match deck::command(stroke.key, stroke.shift).or_else(answer) {
        Some(command) => on_command.emit(command),
        None => deck::pass_on(stroke.key, event.key_code(), stroke.shift),
    }
}

/// Passes a key on to the embedding page, if that knows such keys.
fn pass_on(version: Version, event: &KeyboardEvent) -> bool {
    let key = Key {
        down: event.type_() == "keydown",
        key: event.key(),
        code: event.code(),
        held: [event.shift_key(), event.ctrl_key(), event.alt_key(), event.meta_key()],
    };
    let message = key.message(version);
    message.iter().for_each(|message| browser::tell_parent(message));
    message.is_some()
}

impl Situation {
    /// Whether a command applies now; other keys keep their default action.
    fn lets(self, command: Command) -> bool {
        match command {
            Command::Close => self.dialog || (self.selected && !self.embedded),
            // A dialog is modal: the page below it does not react.
            _ if self.dialog => false,
            Command::Answer(option) => usize::from(option) < self.answers,
            _ if self.host_keys => false,
            // At the first step the key means the previous slide: version 1 has no other word for it.
            Command::PreviousStep => !(self.embedded && self.at_start && self.host == Version::One),
            // The embedding page has its own full screen and help.
            Command::FullScreen
            | Command::LessonMap
            | Command::Keyboard
            | Command::Reset
            | Command::Undo
            | Command::Redo => !self.embedded,
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
        host: Version::One,
        host_keys: false,
        deck: None,
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
        let second = Situation { host: Version::Two, ..situation };
        assert!(Situation { at_start: true, ..second }.lets(Command::PreviousStep));
        assert!(!Situation { host_keys: true, ..second }.lets(Command::NextStep));
        assert!(!Situation { selected: true, ..situation }.lets(Command::Close));
    }

    #[test]
    fn answer_keys_work_only_for_existing_options() {
        let situation = Situation { answers: 3, ..QUIET };
        assert!(situation.lets(Command::Answer(2)));
        assert!(!situation.lets(Command::Answer(3)));
    }
}
