//! The details of the selection, over the hero: what can be done to it, its layers, and why it happened.

use playground_playback::{Cursor, Selection};
use yew::prelude::*;

use super::breaking::Breaking;
use crate::icon::{Picture, icon};
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::session::{Action, Model};
use crate::view::Inspector;

/// Properties of [`Details`].
#[derive(Properties, PartialEq)]
pub struct DetailsProps {
    /// The run.
    pub model: RcEq<Model>,
    /// The cursor.
    pub cursor: Cursor,
    /// The selection.
    pub selection: Selection,
    /// Selects.
    pub on_select: Callback<Selection>,
    /// Closes the details.
    pub on_close: Callback<MouseEvent>,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
}

/// The inspector and its actions.
#[component]
pub fn Details(props: &DetailsProps) -> Html {
    let text = use_text();
    html! {
        <aside class="inspector-region" aria-label={text.plain("inspector")}>
            <button type="button" class="round let-go" onclick={props.on_close.clone()} aria-label={text.plain("inspector-close")}
                title={text.plain("inspector-close")}>
                { icon(Picture::Close) }
            </button>
            <Breaking model={props.model.clone()} cursor={props.cursor} selection={props.selection}
                on_action={props.on_action.clone()} />
            <Inspector trace={props.model.trace.clone()} dissection={props.model.dissection.clone()}
                index={props.cursor.index} selection={props.selection} on_select={props.on_select.clone()} />
        </aside>
    }
}
