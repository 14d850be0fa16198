//! What the user changed about the run, above the story, which tells the unchanged one.

use playground_core::time::Instant;
use yew::prelude::*;

use crate::breaking::{described, time_of};
use crate::icon::{Picture, icon};
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::session::{Action, Edit, Model};

/// Properties of [`Changed`].
#[derive(Properties, PartialEq)]
pub struct ChangedProps {
    /// The run.
    pub model: RcEq<Model>,
    /// The edits made so far.
    pub edits: Vec<Edit>,
    /// Whether the scenario was written by hand.
    pub replaced: bool,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
}

/// The changes, each with a button that takes it back, and one for all of them.
#[component]
pub fn Changed(props: &ChangedProps) -> Html {
    let text = use_text();
    if props.edits.is_empty() && !props.replaced {
        return Html::default();
    }
    let chip = |words: String, at: Option<Instant>, action: Action| {
        let onclick = props.on_action.reform(move |_: MouseEvent| action.clone());
        let name = text.get("break-take-back", &[("what", &words)]);
        html! {
            <li>
                if let Some(at) = at {
                    <button type="button" class="chip-name" title={text.plain("break-go")} onclick={props.on_action.reform(move |_: MouseEvent| Action::Seek(at))}>
                        { words }
                    </button>
                } else {
                    <span>{ words }</span>
                }
                <button type="button" {onclick} aria-label={name.clone()} title={name}>{ icon(Picture::Close) }</button>
            </li>
        }
    };
    let edits = props.edits.iter().enumerate().map(|(index, edit)| {
        chip(described(text, &props.model.trace.scenario, edit), time_of(edit), Action::TakeBack(index))
    });
    let on_undo = props.on_action.reform(|_: MouseEvent| Action::RestoreScenario);
    html! {
        <section class="changed" aria-label={text.plain("break-done")}>
            <p>{ text.plain("changed-run") }</p>
            <ul class="chips" role="list">
                if props.replaced { { chip(text.plain("break-replaced"), None, Action::RestoreScenario) } }
                { for edits }
            </ul>
            <p class="changed-story">
                <span>{ text.plain("changed-story") }</span>
                <button type="button" class="quiet" onclick={on_undo}>{ icon(Picture::Reset) }{ text.plain("changed-undo") }</button>
            </p>
        </section>
    }
}
