//! All arrows in view, as a list to move through by key.

use playground_core::event::PacketId;
use playground_playback::Selection;
use web_sys::KeyboardEvent;
use yew::prelude::*;

use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::view::common::pick;

use super::arrow_mark::{ArrowMark, mark_id};
use super::plan::Plan;
use super::window::Window;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The ladder.
    pub(super) plan: RcEq<Plan>,
    /// The visible range.
    pub(super) window: Window,
    /// The selected segment.
    pub(super) selected: Option<PacketId>,
    /// Selects one.
    pub(super) on_select: Callback<Selection>,
}

/// The arrows; with the focus on them, up and down select the one before and after, Enter the first in view.
#[component]
pub(super) fn Arrows(props: &Props) -> Html {
    let text = use_text();
    let (plan, window) = (&*props.plan, props.window);
    let place = props.selected.and_then(|id| plan.arrow_of(id));
    let onkeydown = {
        let (plan, on_select) = (props.plan.clone(), props.on_select.clone());
        Callback::from(move |event: KeyboardEvent| {
            let near = || {
                plan.arrows.iter().position(|arrow| arrow.from.1 >= f64::midpoint(window.top, window.bottom))
            };
            let next = match (event.key().as_str(), place) {
                ("ArrowDown", Some(place)) => place.checked_add(1),
                ("ArrowUp", Some(place)) => place.checked_sub(1),
                ("ArrowDown" | "ArrowUp", None) => near().or(Some(0)),
                ("Enter" | " ", place) => place.or_else(near).or(Some(0)),
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            if let Some(arrow) = next.and_then(|place| plan.arrows.get(place)) {
                on_select.emit(pick::segment(arrow.id, arrow.entry));
            }
        })
    };
    let shown = plan.arrows.iter().enumerate().filter(|(_, arrow)| {
        let (top, bottom) = arrow.reach(plan.form);
        window.shows(top, bottom)
    });
    // The selected one last, so that it lies on top.
    let (chosen, others): (Vec<_>, Vec<_>) = shown.partition(|(_, arrow)| props.selected == Some(arrow.id));
    let active = chosen.first().map(|(_, arrow)| mark_id(arrow));
    html! {
        <g
            class="ladder-arrows"
            role="listbox"
            tabindex="0"
            aria-label={text.plain("ladder-title")}
            aria-activedescendant={active}
            {onkeydown}
        >
            { for others.into_iter().chain(chosen).map(|(place, arrow)| html! {
                <ArrowMark
                    key={arrow.id.0}
                    plan={props.plan.clone()}
                    {place}
                    selected={props.selected == Some(arrow.id)}
                    on_select={props.on_select.clone()}
                />
            }) }
        </g>
    }
}
