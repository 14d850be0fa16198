//! The keyboard help, from the same table as the listener.

use yew::prelude::*;

use super::dialog_frame::DialogFrame;
use crate::command::Command;
use crate::language::use_text;
use crate::session::Action;

/// Properties of [`Keyboard`].
#[derive(Properties, PartialEq)]
pub struct KeyboardProps {
    /// Whether single-letter keys work.
    pub letter_keys: bool,
    /// Does something to the session.
    pub on_action: Callback<Action>,
    /// Gives a command.
    pub on_command: Callback<Command>,
}

/// Every key and what it does.
#[component]
pub fn Keyboard(props: &KeyboardProps) -> Html {
    let text = use_text();
    let row = |command: Command| {
        // One line stands for all answers.
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
    html! {
        <DialogFrame title={Command::Keyboard.label(text)} class="keyboard" on_command={props.on_command.clone()}>
            <table><tbody>{ for commands.map(row) }</tbody></table>
            <label class="switch">
                <input type="checkbox" checked={letter_keys} {onchange} />
                <span>{ text.plain("keyboard-letters") }</span>
            </label>
            <p class="fine">{ text.plain("keyboard-letters-help") }</p>
        </DialogFrame>
    }
}
