//! The drawing: states and edges, with the current state and the last edge highlighted.

use playground_core::tcp::{State, Trigger};
use playground_playback::{DiagramPosition, StateDiagram, StateEdge};
use strum::VariantArray;
use yew::prelude::*;

use super::edge::Edge;
use super::plan::{Place, Plan};
use super::routes::{route, target};
use super::state_box::{Standing, StateBox};
use super::trigger_words::{is_abrupt, trigger_words};
use crate::language::{Text, use_text};
use crate::rc_eq::RcEq;
use crate::view::common::number::px;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// States and edges.
    pub(super) diagram: RcEq<StateDiagram>,
    /// The socket's state; none before the socket exists.
    pub(super) position: Option<DiagramPosition>,
    /// The trigger of the last transition.
    pub(super) trigger: Option<Trigger>,
    /// Whether there is little room.
    pub(super) narrow: bool,
    /// The text alternative.
    pub(super) said: AttrValue,
    /// The class of the socket's node.
    pub(super) role: &'static str,
}

/// The state diagram.
#[component]
pub(super) fn Diagram(props: &Props) -> Html {
    let text = use_text();
    let plan = if props.narrow { Plan::NARROW } else { Plan::WIDE };
    let visited = props.position.as_ref().map_or(&[][..], |position| &position.visited);
    let here = place(visited);
    let before: Vec<Place> = (1..visited.len()).map(|count| place(&visited[..count])).collect();
    let lit = props.position.as_ref().and_then(|position| position.last_edge).map(|(edge, _)| edge);

    let edges =
        props.diagram.edges.iter().enumerate().filter(|(index, edge)| !edge.bundled || lit == Some(*index));
    let (lit_edges, other_edges): (Vec<_>, Vec<_>) = edges.partition(|(index, _)| lit == Some(*index));
    let draw = |(index, edge): (usize, &StateEdge)| {
        let is_lit = lit == Some(index);
        let trigger = props.trigger.filter(|_| is_lit);
        let way = route(&plan, edge.from, edge.to, edge.bundled || trigger.is_some_and(is_abrupt));
        let taken = visited.windows(2).any(|pair| pair[0] == edge.from && pair[1] == edge.to);
        Edge {
            route: way,
            words: words(text, &plan, edge, trigger),
            size: plan.words.unwrap_or(0.0),
            lit: is_lit,
            taken,
            near: Place::State(edge.from) == here,
        }
        .draw()
    };
    let boxes =
        State::VARIANTS.iter().copied().map(Place::State).chain(core::iter::once(Place::End)).map(|place| {
            let state = match place {
                Place::State(state) => state,
                Place::End => State::Closed,
            };
            let standing = match () {
                () if place == here && !visited.is_empty() => Standing::Current,
                () if before.contains(&place) => Standing::Visited,
                () => Standing::Other,
            };
            let may_break = place != Place::End
                && props.diagram.edges.iter().any(|edge| {
                    edge.from == state && edge.triggers.iter().any(|(trigger, _)| is_abrupt(*trigger))
                });
            StateBox {
                name: state.name(),
                centre: plan.centre(place),
                half: plan.half,
                size: plan.size,
                standing,
                may_break,
                is_end: place == Place::End,
            }
            .draw()
        });
    html! {
        <svg class={classes!("state-picture", props.role)} viewBox={format!("0 0 {} {}", px(plan.width), px(plan.height))}
            role="img" aria-label={props.said.clone()}>
            <g>{ for other_edges.into_iter().map(draw) }</g>
            <g>{ for boxes }</g>
            <g>{ for lit_edges.into_iter().map(draw) }</g>
        </svg>
    }
}

/// The box of the last state: CLOSED is the final one if other states came before.
fn place(visited: &[State]) -> Place {
    match visited {
        [.., from, State::Closed] => target(*from, State::Closed),
        [.., state] => Place::State(*state),
        [] => Place::State(State::Closed),
    }
}

/// An edge's label: the actual trigger if taken, otherwise the regular one.
fn words(text: Text, plan: &Plan, edge: &StateEdge, trigger: Option<Trigger>) -> String {
    if plan.words.is_none() {
        return String::new();
    }
    let sends_fin = !matches!(edge.from, State::Listen | State::SynSent);
    if let Some(trigger) = trigger {
        return trigger_words(text, trigger, sends_fin);
    }
    let triggers = edge.triggers.iter().map(|(trigger, _)| *trigger).filter(|trigger| !is_abrupt(*trigger));
    let first: Vec<String> =
        triggers.take(1).map(|trigger| trigger_words(text, trigger, sends_fin)).collect();
    first.join(", ")
}
