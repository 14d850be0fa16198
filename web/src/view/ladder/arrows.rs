//! All arrows in view, as a list to move through by key.

use playground_core::trace::{NodeId, SegmentId};
use playground_playback::{Ladder, Selection};
use web_sys::KeyboardEvent;
use yew::prelude::*;

use crate::language::use_text;
use crate::shared::Shared;
use crate::view::common::{pick, words};

use super::arrow_line::ArrowLine;
use super::scale::Scale;
use super::window::Window;

#[derive(PartialEq, Properties)]
pub(super) struct Props {
    /// The ladder.
    pub(super) ladder: Shared<Ladder>,
    /// Its scale.
    pub(super) scale: Scale,
    /// What is in view.
    pub(super) window: Window,
    /// The selected segment.
    pub(super) selected: Option<SegmentId>,
    /// Selects one.
    pub(super) on_select: Callback<Selection>,
}

/// The arrows; with the focus on them, up and down select the one before and after.
#[component]
pub(super) fn Arrows(props: &Props) -> Html {
    let text = use_text();
    let (ladder, scale, window) = (&*props.ladder, props.scale, props.window);
    let line = |node: NodeId| ladder.lifelines.iter().find(|line| line.node == node);
    let role = |node: NodeId| line(node).map_or("role-other", |line| words::role_class(line.kind));
    let name = |node: NodeId| line(node).map_or_else(AttrValue::default, |line| words::node_name(text, &line.name).into());
    let onkeydown = {
        let (ladder, on_select, selected) = (props.ladder.clone(), props.on_select.clone(), props.selected);
        let (top, bottom) = (window.top, window.bottom);
        Callback::from(move |event: KeyboardEvent| {
            let step = match event.key().as_str() {
                "ArrowDown" => 1,
                "ArrowUp" => -1,
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            let place = selected.and_then(|id| ladder.arrows.iter().position(|arrow| arrow.id == id));
            let next = match place {
                Some(place) => place.checked_add_signed(step),
                // Nothing is selected: begin with what is in the middle of the view.
                None => ladder.arrows.iter().position(|arrow| scale.y(arrow.y0) >= f64::midpoint(top, bottom)),
            };
            if let Some(arrow) = next.and_then(|place| ladder.arrows.get(place)) {
                on_select.emit(pick::segment(arrow.id, arrow.entry));
            }
        })
    };
    let shown = ladder.arrows.iter().filter(|arrow| window.shows(scale.y(arrow.y0), scale.y(arrow.y1)));
    // The selected one last, so that it lies on top.
    let (chosen, others): (Vec<_>, Vec<_>) = shown.partition(|arrow| props.selected == Some(arrow.id));
    let active = chosen.first().map(|arrow| format!("arrow-{}", arrow.id.0));
    html! {
        <g
            class="ladder-arrows"
            role="listbox"
            tabindex="0"
            aria-label={text.plain("ladder-title")}
            aria-activedescendant={active}
            {onkeydown}
        >
            { for others.into_iter().chain(chosen).map(|arrow| html! {
                <ArrowLine
                    key={arrow.id.0}
                    arrow={arrow.clone()}
                    {scale}
                    role={role(arrow.from)}
                    between={(name(arrow.from), name(arrow.to))}
                    selected={props.selected == Some(arrow.id)}
                    on_select={props.on_select.clone()}
                />
            }) }
        </g>
    }
}
