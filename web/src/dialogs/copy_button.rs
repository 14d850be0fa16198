//! A button that puts a text on the clipboard.

use yew::prelude::*;

use crate::browser;
use crate::icon::{Picture, icon};
use crate::language::use_text;

/// Properties of [`CopyButton`].
#[derive(Properties, PartialEq)]
pub struct CopyButtonProps {
    /// The text.
    pub value: AttrValue,
    /// What the button is called.
    pub label: AttrValue,
}

/// The button; it says when it has done so.
#[component]
pub fn CopyButton(props: &CopyButtonProps) -> Html {
    let text = use_text();
    let copied = use_state(|| None::<AttrValue>);
    let done = copied.as_ref() == Some(&props.value);
    let onclick = {
        let (copied, value) = (copied, props.value.clone());
        Callback::from(move |_: MouseEvent| {
            browser::copy(&value);
            copied.set(Some(value.clone()));
        })
    };
    html! {
        <button type="button" class={classes!("button", done.then_some("done"))} {onclick}>
            { icon(if done { Picture::Right } else { Picture::Copy }) }
            <span role="status">{ if done { text.plain("copied") } else { props.label.to_string() } }</span>
        </button>
    }
}
