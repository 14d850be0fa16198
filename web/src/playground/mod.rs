//! The playground: forms for the parts of the scenario, the scenario as JSON, and the trace as files.

mod capture;
mod capture_open;
mod capture_words;
mod field;
mod form;
mod json;
mod list;
mod message;

use playground_core::scenario::{Scenario, ScenarioError};
use playground_drawing::host_title;
use playground_editor::Part;
use playground_playback::Frame;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

pub use self::capture::CaptureColumn;
pub use self::capture_open::CaptureOpener;
use self::form::PartForm;
use self::json::{Export, Json};
use crate::breaking::{BreakingPart, Done};
use crate::building::Tools;
use crate::command::Command;
use crate::icon::{Picture, icon};
use crate::inputs::Choice;
use crate::language::{Text, use_text};
use crate::rc_eq::RcEq;
use crate::session::{Action, Edit, Model};

/// Properties of [`Playground`].
#[derive(Properties, PartialEq)]
pub struct PlaygroundProps {
    /// The run.
    pub model: RcEq<Model>,
    /// The stage at the cursor.
    pub frame: RcEq<Frame>,
    /// The edits that the session holds apart from the scenario.
    pub edits: Vec<Edit>,
    /// The part of its scenario that is edited.
    pub part: Part,
    /// Whether the scenario is no longer the lesson's own.
    pub changed: bool,
    /// Why the last edit could not be run, with its field.
    pub refused: Option<ScenarioError>,
    /// The same as a sentence.
    pub problem: Option<AttrValue>,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
    /// Runs a command.
    pub on_command: Callback<Command>,
}

/// The column beside the stage: a form, or the whole as JSON.
#[component]
pub fn Playground(props: &PlaygroundProps) -> Html {
    let text = use_text();
    let is_json = use_state_eq(|| false);
    let back = props.on_command.reform(|_: MouseEvent| Command::Playground);
    let on_kind = {
        let is_json = is_json.clone();
        Callback::from(move |kind: String| is_json.set(kind == "json"))
    };
    let kinds = ["form", "json"].map(|kind| (kind.into(), text.plain(&format!("playground-{kind}")).into()));
    let restore = props.on_action.reform(|_: MouseEvent| Action::RestoreScenario);
    html! {
        <section class="story playground" id="story" tabindex="-1" aria-label={text.plain("playground")}>
            <button type="button" class="quiet" onclick={back}>{ icon(Picture::Previous) }{ text.plain("playground-back") }</button>
            <header class="playground-head">
                <h2>{ text.plain("playground") }</h2>
                <Choice id="playground-kind" label={text.plain("playground-as")} help="" choices={kinds.to_vec()}
                    value={if *is_json { "json" } else { "form" }} on_turn={on_kind} />
            </header>
            <p class="problem" id="scenario-problem" role="alert">
                if let Some(problem) = &props.problem { { icon(Picture::Warning) }<span>{ problem.clone() }</span> }
            </p>
            if *is_json {
                <Json model={props.model.clone()} is_refused={props.problem.is_some()} on_action={props.on_action.clone()} />
            } else {
                { parts(text, &props.model.trace.scenario, &props.part, &props.on_action) }
                <Tools model={props.model.clone()} part={props.part.clone()} on_action={props.on_action.clone()} />
                <BreakingPart model={props.model.clone()} frame={props.frame.clone()} part={props.part.clone()}
                    on_action={props.on_action.clone()} />
                <Done model={props.model.clone()} edits={props.edits.clone()} on_action={props.on_action.clone()} />
                <PartForm model={props.model.clone()} part={props.part.clone()} refused={props.refused.clone()}
                    on_action={props.on_action.clone()} />
            }
            <div class="buttons">
                if props.changed {
                    <button type="button" class="button" onclick={restore}>{ icon(Picture::Reset) }{ text.plain("playground-restore") }</button>
                }
            </div>
            <Export model={props.model.clone()} />
        </section>
    }
}

/// Chooses the part that is edited.
fn parts(text: Text, scenario: &Scenario, chosen: &Part, on_action: &Callback<Action>) -> Html {
    let parts = Part::all(scenario);
    let onchange = {
        let parts = parts.clone();
        on_action.reform(move |event: Event| {
            let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            let index = usize::try_from(index).unwrap_or_default();
            Action::EditPart(parts.get(index).cloned().unwrap_or_default())
        })
    };
    let option = |part: &Part| html! { <option selected={part == chosen}>{ part_name(text, scenario, part) }</option> };
    html! {
        <label class="knob part-choice">
            <span class="knob-label">{ text.plain("playground-part") }</span>
            <select class="menu" id="playground-part" {onchange}>{ for parts.iter().map(option) }</select>
        </label>
    }
}

/// What a host is called on its card.
fn title(text: Text, scenario: &Scenario, name: &str) -> String {
    let node = scenario.nodes.iter().find(|node| node.name == name);
    node.map(|node| host_title(text, node)).unwrap_or_default()
}

/// What a part is called.
fn part_name(text: Text, scenario: &Scenario, part: &Part) -> String {
    match part {
        Part::Scenario => text.plain("playground-whole"),
        Part::Node(name) => title(text, scenario, name),
        Part::Link(index) => scenario.links.get(*index).map_or_else(String::new, |link| {
            let (a, b) = &link.between;
            format!("{} – {}", title(text, scenario, a), title(text, scenario, b))
        }),
    }
}
