//! Any view by its name: the one that has the room of the bench or of an embed.

use playground_core::time::Instant;
use playground_drawing::Hero;
use playground_editor::Part;
use playground_lessons::View;
use playground_playback::{Cursor, Selection};
use yew::prelude::*;

use super::{
    BuildStage, ConsoleView, FilteredPackets, GraphsView, HeadersView, HeroView, LadderView, PacketsView,
    ProgramView, SocketsView, StateView,
};
use crate::rc_eq::RcEq;
use crate::session::{Action, Model};

/// Whether a run has something to show in a view.
pub fn has_view(model: &Model, view: View) -> bool {
    match view {
        // Nobody can call a socket of a capture.
        View::Console => model.is_run(),
        View::Cache | View::Program => Hero::exists(view, &model.trace),
        View::Stage
        | View::Ladder
        | View::Packets
        | View::Headers
        | View::State
        | View::Sockets
        | View::Graphs => true,
        // A picture of one idea stands where a lesson leads to it.
        drawn => model.is_run() && model.run.lesson.shows(drawn) && Hero::exists(drawn, &model.trace),
    }
}

/// Properties of [`AnyView`].
#[derive(Properties, PartialEq)]
pub struct AnyViewProps {
    /// The view.
    pub view: View,
    /// The run.
    pub model: RcEq<Model>,
    /// The moment.
    pub now: Cursor,
    /// The selection.
    pub selection: Selection,
    /// Whether the steps are told, as they are not in the playground.
    #[prop_or(true)]
    pub told: bool,
    /// The part of the scenario that is edited on the stage.
    #[prop_or_default]
    pub part: Option<Part>,
    /// Whether it was picked by hand, not by the step.
    #[prop_or_default]
    pub picked: bool,
    /// For slides: larger type, nothing that needs a pointer.
    pub compact: bool,
    /// Selects.
    pub on_select: Callback<Selection>,
    /// Goes to a time.
    pub on_seek: Callback<Instant>,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
}

/// The view, in all the room that its container has. Some follow the time, the others only the entry under the cursor.
#[component]
pub fn AnyView(props: &AnyViewProps) -> Html {
    let model = &props.model;
    let cursor = props.now;
    let (selection, on_select, compact) = (props.selection, props.on_select.clone(), props.compact);
    match props.view {
        View::Ladder => html! {
            <LadderView ladder={model.ladder()} pace={model.pace.clone()} now={cursor.at} {selection} {on_select}
                on_seek={props.on_seek.clone()} {compact} />
        },
        View::Packets if !props.compact => {
            html! { <FilteredPackets model={model.clone()} index={cursor.index} {selection} {on_select} /> }
        }
        View::Packets => {
            html! { <PacketsView packets={model.packets()} index={cursor.index} {selection} {on_select} /> }
        }
        // Picked by hand, it has a choice of messages and the rules in words.
        View::Headers if props.picked => {
            html! { <HeadersView hops={model.hops()} ladder={model.ladder()} index={cursor.index} /> }
        }
        View::State => html! {
            <StateView trace={model.trace.clone()} dissection={model.dissection.clone()} index={cursor.index} {selection} {on_select} />
        },
        View::Sockets => html! {
            <SocketsView trace={model.trace.clone()} dissection={model.dissection.clone()} index={cursor.index} now={cursor.at}
                {selection} {on_select} />
        },
        View::Console => html! {
            <ConsoleView model={model.clone()} now={cursor} {on_select} on_action={props.on_action.clone()} />
        },
        View::Graphs => html! {
            <GraphsView trace={model.trace.clone()} dissection={model.dissection.clone()} packets={model.packets()} series={model.series()}
                pace={model.pace.clone()} now={cursor.at} />
        },
        drawn => match (model.hero(drawn, props.told || drawn != View::Stage), drawn) {
            (None, _) => Html::default(),
            (Some(hero), View::Program) => html! {
                <ProgramView model={model.clone()} {hero} now={cursor} {compact} {on_select} on_action={props.on_action.clone()} />
            },
            (Some(hero), View::Stage) if let Some(part) = props.part.clone() => html! {
                <BuildStage model={model.clone()} {hero} now={cursor} {selection} {part} {on_select} on_action={props.on_action.clone()} />
            },
            (Some(hero), _) => {
                html! { <HeroView {hero} now={cursor} {selection} slide={compact} {on_select} /> }
            }
        },
    }
}
