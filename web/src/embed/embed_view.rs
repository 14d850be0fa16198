//! The embedded view: a drawing, a caption, two arrows.

use playground_core::time::Instant;
use playground_lessons::Step;
use playground_playback::{Frame, Selection};
use yew::prelude::*;

use crate::address::{Chrome, Embed};
use crate::command::Command;
use crate::icon::{Picture, icon};
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::session::{Action, Model};
use crate::view::{LadderView, Stage};

/// Properties of [`EmbedView`].
#[derive(Properties, PartialEq)]
pub struct EmbedViewProps {
    /// The run.
    pub model: RcEq<Model>,
    /// The texts of the steps.
    pub story: RcEq<Vec<Step>>,
    /// The current step, from 0.
    pub step: usize,
    /// The stage at the cursor.
    pub frame: RcEq<Frame>,
    /// The selection.
    pub selection: Selection,
    /// What is shown.
    pub embed: Embed,
    /// The controls around the drawing.
    pub chrome: Chrome,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
    /// Runs a command.
    pub on_command: Callback<Command>,
}

/// The picture and its caption.
#[component]
pub fn EmbedView(props: &EmbedViewProps) -> Html {
    let text = use_text();
    let on_select = use_callback(props.on_action.clone(), |selection: Selection, on_action| {
        on_action.emit(Action::Select(selection));
    });
    let on_seek =
        use_callback(props.on_action.clone(), |at: Instant, on_action| on_action.emit(Action::Seek(at)));
    let picture = match props.embed {
        Embed::Stage => html! {
            <Stage frame={props.frame.clone()} selection={props.selection} {on_select} compact=true />
        },
        Embed::Ladder => html! {
            <LadderView ladder={props.model.ladder()} pace={props.model.pace.clone()} now={props.frame.cursor.at}
                selection={props.selection} {on_select} {on_seek} compact=true />
        },
    };
    let arrow = |command: Command, picture: Picture, class: &'static str, off: bool| {
        let onclick = props.on_command.reform(move |_: MouseEvent| command);
        html! {
            <button type="button" class={classes!("arrow", class)} {onclick} aria-label={command.label(text)}
                aria-disabled={off.to_string()}>
                { icon(picture) }
            </button>
        }
    };
    let count = props.story.len();
    let step = props.story.get(props.step);
    html! {
        <main class="embed" aria-label={props.model.text(text.language()).title.clone()}>
            <div class="embed-picture">{ picture }</div>
            if props.chrome == Chrome::Caption {
                <div class="embed-bar">
                    <p class="badge" aria-label={text.get("live-step", &[("step", &(props.step + 1).to_string()), ("steps", &count.to_string())])}>
                        { props.step + 1 }{ " / " }{ count }
                    </p>
                    <h1 class="caption">{ step.map(|step| step.title.clone()) }</h1>
                    <div class="arrows">
                        { arrow(Command::PreviousStep, Picture::Previous, "back", props.step == 0) }
                        { arrow(Command::NextStep, Picture::Next, "on", props.step + 1 == count) }
                    </div>
                </div>
            }
        </main>
    }
}
