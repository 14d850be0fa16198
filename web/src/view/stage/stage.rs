//! The stage: nodes, pipes and segments at one moment.

use std::rc::Rc;

use playground_core::event::{Belief, NodeId};
use playground_playback::{
    FlightView, Frame, NodeView, PipeView, RoleKind, SegmentKind, Selection, SocketKey,
};
use yew::prelude::*;

use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::view::common::number::px;
use crate::view::common::size::use_size;
use crate::view::common::words;

use super::card::{Card, Seat};
use super::clock::Clock;
use super::effects::effects;
use super::flight::Flight;
use super::form::Form;
use super::layout::{StageLayout, Tube};
use super::legend::legend;
use super::pipe::Pipe;
use super::question::question;
use super::summary::summary;
use super::traffic::{Placed, place_flights};

/// Properties of [`Stage`].
#[derive(Properties, PartialEq)]
pub struct StageProps {
    /// The stage at the cursor.
    pub frame: RcEq<Frame>,
    /// The selection.
    pub selection: Selection,
    /// Called with the new selection.
    pub on_select: Callback<Selection>,
    /// For slides: larger font, no legend.
    pub compact: bool,
    /// The words of the step, in lower case: timers that they do not name are left out. None where no step is told.
    pub spoken: Option<AttrValue>,
    /// Whether the lesson is about socket calls: each card then shows its last one.
    pub calls: bool,
    /// The kinds of packets in the run, for the legend.
    pub kinds: Rc<[SegmentKind]>,
}

/// The picture of the run at the cursor.
#[component]
pub fn Stage(props: &StageProps) -> Html {
    let text = use_text();
    let node = use_node_ref();
    let size = use_size(&node);
    let frame = &*props.frame;
    let kinds: Vec<RoleKind> = frame.nodes.iter().map(|node| node.kind).collect();
    let hops = frame.hops.clone();
    let most = hops.iter().map(|hop| hop.rows).max().unwrap_or(1);
    // A star has three columns, whatever the number of nodes.
    let columns = super::layout_star::hub(frame.nodes.len(), &hops).map_or(frame.nodes.len(), |_| 3);
    let form = Form::for_size(size, props.compact, columns, most);
    let plan = use_memo((form, kinds, hops.clone(), props.calls), |(form, kinds, hops, calls)| {
        let layout = StageLayout::new(*form, kinds, hops, *calls);
        let cards: Vec<_> = layout.cards.iter().cloned().map(RcEq::new).collect();
        (layout, cards)
    });
    let (layout, cards) = &*plan;
    let role_of =
        |id: NodeId| frame.nodes.get(id.index()).map_or("role-other", |node| words::role_class(node.kind));
    let name_of = |id: NodeId| {
        frame
            .nodes
            .get(id.index())
            .map_or_else(AttrValue::default, |node| words::node_name(text, &node.name).into())
    };

    let is_terse = form == Form::Tall || form.is_flat();
    let pipes = layout.tubes.iter().map(|tube| {
        let pipe = shown_in(frame, tube.hop, tube.row).cloned();
        let covered = [true, false].map(|rightward| {
            frame.flights.iter().any(|flight| {
                (flight.hop, flight.rightward) == (tube.hop, rightward)
                    && flight.progress < word_end(tube)
                    && pipe.as_ref().is_some_and(|pipe| flight.connection == Some(pipe.connection))
            })
        });
        html! {
            <Pipe key={format!("{}-{}", tube.hop.0, tube.row)} tube={*tube} {pipe} {covered} sizes={layout.sizes} on_select={props.on_select.clone()} />
        }
    });
    let seats: Vec<Vec<Seat>> = frame
        .nodes
        .iter()
        .zip(&layout.cards)
        .map(|(node, card)| seats(frame, node, card, &role_of))
        .collect();
    let node_cards = frame.nodes.iter().zip(cards).zip(&seats).map(|((node, place), seats)| {
        html! {
            <Card
                key={node.id.0}
                node={RcEq::from(node.clone())}
                place={place.clone()}
                sizes={layout.sizes}
                terse={is_terse}
                seats={seats.clone()}
                selection={Selection { segment: None, entry: None, ..props.selection }}
                on_select={props.on_select.clone()}
            />
        }
    });
    let clocks = frame.nodes.iter().zip(cards).zip(&seats).map(|((node, place), seats)| {
        html! {
            <Clock
                key={node.id.0}
                node={RcEq::from(node.clone())}
                place={place.clone()}
                sizes={layout.sizes}
                terse={is_terse}
                seats={seats.clone()}
                spoken={props.spoken.clone()}
                now={frame.cursor.at}
            />
        }
    });
    let over = frame.nodes.iter().zip(&layout.cards).map(|(node, place)| {
        html! {
            <>
                { effects(text, node, place.rect, layout.sizes, layout.height, frame.cursor.at) }
                { question(text, node, place, layout.sizes, frame.cursor.at) }
            </>
        }
    });
    let flights = place_flights(frame, layout).into_iter().map(|placed| {
        let Placed { flight, shape, x, y, stacked, begins, .. } = placed;
        html! {
            <Flight
                key={flight.id.0}
                flight={FlightView::clone(flight)}
                {shape} {x} {y} {stacked} {begins}
                role={role_of(flight.from)}
                between={(name_of(flight.from), name_of(flight.to))}
                selected={props.selection.segment == Some(flight.id)}
                on_select={props.on_select.clone()}
            />
        }
    });
    let class = classes!(
        "stage",
        (form == Form::Tall).then_some("is-tall"),
        form.overflows(size).then_some("is-broader"),
    );
    html! {
        <div {class} ref={node}>
            <svg
                class="stage-picture"
                viewBox={format!("0 0 {} {}", px(layout.width), px(layout.height))}
                preserveAspectRatio="xMidYMid meet"
                role="group"
                aria-label={text.plain("stage-title")}
            >
                <g role="img" aria-label={summary(text, frame)}>
                    <rect class="stage-ground" width={px(layout.width)} height={px(layout.height)} />
                </g>
                <g>{ for pipes }</g>
                <g>{ for node_cards }</g>
                <g>{ for clocks }</g>
                <g>{ for over }</g>
                <g>{ for flights }</g>
                if let Some(y) = layout.legend {
                    { legend(text, 22.0, y, layout.sizes.small, &props.kinds) }
                }
                if frame.hidden_pipes > 0 {
                    <text class="end faded" x={px(layout.width - 22.0)} y={px(layout.legend.map_or(layout.height - 6.0, |y| y + 4.0))} font-size={px(layout.sizes.small)}>
                        { text.get("stage-hidden", &[("count", &frame.hidden_pipes.to_string())]) }
                    </text>
                }
            </svg>
        </div>
    }
}

/// The share of a pipe beyond which a segment no longer covers the label at the start of the lane.
fn word_end(tube: &Tube) -> f64 {
    let (length, word) = if tube.upright { (tube.rect.h, 52.0) } else { (tube.rect.w, 96.0) };
    (word / length).clamp(0.4, 1.1)
}

/// The pipe in a slot: the newest, if an older one is still fading.
fn shown_in(frame: &Frame, hop: playground_core::event::HopId, row: u32) -> Option<&PipeView> {
    frame.pipes.iter().filter(|pipe| pipe.hop == hop && pipe.row == row).max_by_key(|pipe| pipe.connection)
}

fn seats(
    frame: &Frame,
    node: &NodeView,
    card: &super::layout::CardBox,
    role_of: &impl Fn(NodeId) -> &'static str,
) -> Vec<Seat> {
    card.wells
        .iter()
        .enumerate()
        .filter_map(|(well, place)| {
            let pipe = shown_in(frame, place.hop, place.row)?;
            let (mine, theirs, other) = if pipe.left == node.id {
                (pipe.left_socket, pipe.right_socket, pipe.right)
            } else {
                (pipe.right_socket, pipe.left_socket, pipe.left)
            };
            Some(Seat { key: mine?, well, peer: role_of(other), disagrees: disagree(frame, mine, theirs) })
        })
        .collect()
}

/// Whether one end believes that the connection stays and the other that it ends.
fn disagree(frame: &Frame, mine: Option<SocketKey>, theirs: Option<SocketKey>) -> bool {
    let belief = |key: Option<SocketKey>| {
        let key = key?;
        let node = frame.nodes.get(key.node.index())?;
        node.sockets.iter().find(|socket| socket.key == key)?.belief
    };
    let (Some(mine), Some(theirs)) = (belief(mine), belief(theirs)) else { return false };
    let ends = |belief| matches!(belief, Belief::ClosesAfterResponse | Belief::EndsWhenServerCloses);
    ends(mine) && theirs == Belief::Persists
}
