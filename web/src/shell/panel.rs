//! What the chosen tab shows.

use playground_core::time::Instant;
use playground_lessons::Tab;
use playground_playback::{Frame, Selection};
use yew::prelude::*;

use crate::language::use_text;
use crate::session::{Action, Model};
use crate::shared::Shared;
use crate::view::{
    GraphsView, HeadersView, LadderView, PacketsView, ProgramView, SocketsView, StateView, cache_view,
    race_view,
};

/// Properties of [`Panel`].
#[derive(Properties, PartialEq)]
pub struct PanelProps {
    /// Which tab.
    pub tab: Tab,
    /// The run.
    pub model: Shared<Model>,
    /// The stage at the cursor.
    pub frame: Shared<Frame>,
    /// What is selected.
    pub selection: Selection,
    /// Selects.
    pub on_select: Callback<Selection>,
    /// Goes to a time.
    pub on_seek: Callback<Instant>,
    /// Does something to the session.
    pub on_action: Callback<Action>,
}

/// The view of the tab. Only the ladder, the graphs and the caches follow the time; the others follow the entry under the cursor.
#[component]
pub fn Panel(props: &PanelProps) -> Html {
    let text = use_text();
    let model = &props.model;
    let cursor = props.frame.cursor;
    let (selection, on_select) = (props.selection, props.on_select.clone());
    match props.tab {
        Tab::Ladder => html! {
            <LadderView ladder={model.ladder()} pace={model.pace.clone()} now={cursor.at} {selection} {on_select}
                on_seek={props.on_seek.clone()} compact=false />
        },
        Tab::Packets => {
            html! { <PacketsView packets={model.packets()} index={cursor.index} {selection} {on_select} /> }
        }
        Tab::Headers => {
            html! { <HeadersView hops={model.hops()} ladder={model.ladder()} index={cursor.index} /> }
        }
        Tab::State => html! {
            <StateView trace={model.trace.clone()} dissection={model.dissection.clone()} index={cursor.index} {selection} {on_select} />
        },
        Tab::Sockets => html! {
            <SocketsView trace={model.trace.clone()} dissection={model.dissection.clone()} index={cursor.index} now={cursor.at}
                {selection} {on_select} />
        },
        Tab::Cache => {
            let caches = model.caches().at(&model.trace, &model.dissection, cursor);
            cache_view(text, &model.trace, &model.dissection, &caches, &on_select)
        }
        Tab::Program => html! {
            <ProgramView trace={model.trace.clone()} index={cursor.index} now={cursor.at} on_action={props.on_action.clone()} />
        },
        Tab::Race => race_view(text, model.race(), cursor.at),
        Tab::Graphs => html! {
            <GraphsView trace={model.trace.clone()} dissection={model.dissection.clone()} series={model.series()}
                pace={model.pace.clone()} now={cursor.at} />
        },
    }
}
