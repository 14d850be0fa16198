//! The honest note: what is modelled, simplified, left out, and what changed since the book.

use playground_lessons::{Block, LessonText};
use yew::prelude::*;

use super::dialog_frame::DialogFrame;
use crate::command::Command;
use crate::language::use_text;
use crate::shared::Shared;
use crate::story::prose;

/// Properties of [`Note`].
#[derive(Properties, PartialEq)]
pub struct NoteProps {
    /// The lesson's words.
    pub words: Shared<LessonText>,
    /// Gives a command.
    pub on_command: Callback<Command>,
}

/// The four parts of the note, those that say something.
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
