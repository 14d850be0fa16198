//! Play, previous, next.

use yew::prelude::*;

use crate::command::Command;
use crate::icon::{Picture, icon};
use crate::language::use_text;

/// Properties of [`Transport`].
#[derive(Properties, PartialEq)]
pub struct TransportProps {
    /// Whether it moves.
    pub moving: bool,
    /// Whether the first step is told and nothing moves.
    pub at_start: bool,
    /// Whether the last step has been reached.
    pub at_end: bool,
    /// Gives a command.
    pub on_command: Callback<Command>,
}

/// The three buttons. None is ever disabled by attribute, so that the focus is never lost.
#[component]
pub fn Transport(props: &TransportProps) -> Html {
    let text = use_text();
    let give = |command: Command| props.on_command.reform(move |_: MouseEvent| command);
    let (picture, name) =
        if props.moving { (Picture::Pause, "transport-pause") } else { (Picture::Play, "transport-play") };
    html! {
        <div class="transport">
            <button type="button" class="play" onclick={give(Command::PlayPause)} title={Command::PlayPause.tip(text)}
                aria-label={text.plain(name)}>
                { icon(picture) }
            </button>
            <button type="button" class="round" onclick={give(Command::PreviousStep)} title={Command::PreviousStep.tip(text)}
                aria-label={Command::PreviousStep.label(text)} aria-disabled={props.at_start.to_string()}>
                { icon(Picture::Previous) }
            </button>
            <button type="button" class="round" onclick={give(Command::NextStep)} title={Command::NextStep.tip(text)}
                aria-label={Command::NextStep.label(text)} aria-disabled={props.at_end.to_string()}>
                { icon(Picture::Next) }
            </button>
        </div>
    }
}
