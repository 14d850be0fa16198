//! The details of the selection, over the hero: what can be done to it, its layers, and why it happened.

use playground_playback::{Cursor, Selection};
use yew::prelude::*;

use super::selected::Breaking;
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
    /// What it is called; the details of one run have one name.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// Whether the run can be changed here.
    #[prop_or(true)]
    pub breaks: bool,
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
        <aside class="inspector-region" aria-label={props.label.clone().unwrap_or_else(|| text.plain("inspector").into())}>
            <button type="button" class="round let-go" onclick={props.on_close.clone()} aria-label={text.plain("inspector-close")}
                title={text.plain("inspector-close")}>
                { icon(Picture::Close) }
            </button>
            if props.breaks && props.model.is_run() {
                <Breaking model={props.model.clone()} cursor={props.cursor} selection={props.selection}
                    on_action={props.on_action.clone()} />
            }
            <Inspector trace={props.model.trace.clone()} dissection={props.model.dissection.clone()}
                index={props.cursor.index} selection={props.selection} on_select={props.on_select.clone()} />
        </aside>
    }
}
