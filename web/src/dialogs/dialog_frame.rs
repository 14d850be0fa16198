//! What every dialog has: a title, a button that closes it, and the browser's own care for the focus.

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
    /// Gives a command.
    pub on_command: Callback<Command>,
    /// What is in it.
    pub children: Html,
}

/// A modal dialog. The browser keeps the focus in it and gives it back when it closes.
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
            // The dialog's own box is its backdrop: what is in it has boxes of its own.
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
