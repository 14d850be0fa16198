//! Two dialogs to read: the keyboard help, and the note on what the lesson models.

use playground_lessons::{Block, LessonText};
use yew::prelude::*;

use super::dialog_frame::DialogFrame;
use crate::browser;
use crate::command::Command;
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::session::Action;
use crate::story::prose;

/// Properties of [`Keyboard`].
#[derive(Properties, PartialEq)]
pub struct KeyboardProps {
    /// Whether single-letter keys work.
    pub letter_keys: bool,
    /// Whether playing goes on by itself after each step.
    pub play_through: bool,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
    /// Runs a command.
    pub on_command: Callback<Command>,
}

/// Every key and what it does.
#[component]
pub fn Keyboard(props: &KeyboardProps) -> Html {
    let text = use_text();
    let row = |command: Command| {
        // One line for all answers.
        let also = if command == Command::Answer(0) { Command::Answer(3).keys() } else { &[] };
        let keys = command.keys().iter().chain(also).map(|stroke| {
            let off = stroke.is_character() && !props.letter_keys;
            html! { <kbd class={off.then_some("off")}>{ stroke.shown(text) }</kbd> }
        });
        html! { <tr><th scope="row">{ for keys }</th><td>{ command.help(text) }</td></tr> }
    };
    let commands = Command::ALL.into_iter().filter(|command| {
        !command.keys().is_empty() && !matches!(command, Command::Answer(option) if *option > 0)
    });
    let letter_keys = props.letter_keys;
    let onchange = props.on_action.reform(move |_: Event| Action::SetLetterKeys(!letter_keys));
    let play_through = props.play_through;
    let on_play_through = props.on_action.reform(move |_: Event| Action::SetPlayThrough(!play_through));
    html! {
        <DialogFrame title={Command::Keyboard.label(text)} class="keyboard" on_command={props.on_command.clone()}>
            <table><tbody>{ for commands.map(row) }</tbody></table>
            <label class="switch">
                <input type="checkbox" checked={letter_keys} {onchange} />
                <span>{ text.plain("keyboard-letters") }</span>
            </label>
            <p class="fine">{ text.plain("keyboard-letters-help") }</p>
            <label class="switch">
                <input type="checkbox" checked={play_through} onchange={on_play_through} />
                <span>{ text.plain("play-through") }</span>
            </label>
            <p class="fine">{ text.plain("play-through-help") }</p>
            if browser::is_one_file() { <p class="fine">{ text.plain("one-file") }</p> }
        </DialogFrame>
    }
}

/// Properties of [`Note`].
#[derive(Properties, PartialEq)]
pub struct NoteProps {
    /// The lesson's texts.
    pub words: RcEq<LessonText>,
    /// Runs a command.
    pub on_command: Callback<Command>,
}

/// The sections of the note that are not empty.
#[component]
pub fn Note(props: &NoteProps) -> Html {
    let text = use_text();
    let note = &props.words.note;
    let part = |key: &str, blocks: &Vec<Block>| {
        if blocks.is_empty() {
            return Html::default();
        }
        html! { <section><h3>{ text.plain(key) }</h3>{ prose(blocks) }</section> }
    };
    html! {
        <DialogFrame title={props.words.title.clone()} class="note" on_command={props.on_command.clone()}>
            { part("note-modelled", &note.modelled) }
            { part("note-simplified", &note.simplified) }
            { part("note-left-out", &note.left_out) }
            { part("note-changed", &note.changed) }
        </DialogFrame>
    }
}
