//! The frame of every dialog: title and close button; the browser manages the focus.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::command::Command;
use crate::icon::{Picture, icon};
use crate::language::use_text;

/// Properties of [`DialogFrame`].
#[derive(Properties, PartialEq)]
pub struct DialogFrameProps {
    /// The title.
    pub title: AttrValue,
    /// Its style's name.
    pub class: &'static str,
    /// Runs a command.
    pub on_command: Callback<Command>,
    /// The content.
    pub children: Html,
}

/// A modal dialog. The browser traps the focus and restores it when the dialog closes.
#[component]
pub fn DialogFrame(props: &DialogFrameProps) -> Html {
    let text = use_text();
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let dialog = node.cast::<HtmlDialogElement>();
            if let Some(dialog) = &dialog {
                let _ = dialog.show_modal();
            }
            move || {
                if let Some(dialog) = dialog {
                    dialog.close();
                }
            }
        });
    }
    let close = props.on_command.reform(|_: MouseEvent| Command::Close);
    let oncancel = props.on_command.reform(|event: Event| {
        event.prevent_default();
        Command::Close
    });
    let onclick = {
        let (on_command, node) = (props.on_command.clone(), node.clone());
        Callback::from(move |event: MouseEvent| {
            // A click on the dialog element itself is a click on its backdrop.
            if event.target() == node.cast::<HtmlDialogElement>().map(Into::into) {
                on_command.emit(Command::Close);
            }
        })
    };
    html! {
        <dialog ref={node} class={classes!("dialog", props.class)} aria-labelledby="dialog-title" {oncancel} {onclick}>
            <div class="dialog-box">
                <header>
                    <h2 id="dialog-title">{ props.title.clone() }</h2>
                    <button type="button" class="round" onclick={close} title={Command::Close.tip(text)}
                        aria-label={Command::Close.label(text)}>
                        { icon(Picture::Close) }
                    </button>
                </header>
                <div class="dialog-body">{ props.children.clone() }</div>
            </div>
        </dialog>
    }
}
