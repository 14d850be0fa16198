//! The drawing of the ladder, the same while its moment moves.

use playground_core::event::PacketId;
use playground_drawing::ladder::{Plan, Window};
use playground_playback::Selection;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::view::common::number::px;
use crate::view::common::svg::Picks;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The ladder.
    pub(super) plan: RcEq<Plan>,
    /// The visible range.
    pub(super) window: Window,
    /// The selected segment.
    pub(super) selected: Option<PacketId>,
    /// Selects.
    pub(super) on_select: Callback<Selection>,
}

/// The names, always in view.
#[component]
pub(super) fn Heads(props: &HeadsProps) -> Html {
    let plan = &*props.plan;
    let nodes = Picks::default().nodes(&plan.heads());
    html! {
        <svg class="drawing ladder-heads" width={px(plan.width)} height={px(plan.form.heads)} aria-hidden="true">{ for nodes }</svg>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct HeadsProps {
    /// The ladder.
    pub(super) plan: RcEq<Plan>,
}

/// The visible part. With the focus on its list of arrows, up and down select the one before and after, Enter the
/// first in view.
#[component]
pub(super) fn Sheet(props: &Props) -> Html {
    let text = use_text();
    let plan = &*props.plan;
    let mut picks = Picks::default();
    let nodes = picks.nodes(&plan.sheet(props.window, props.selected));
    let (onclick, on_key) = picks.handlers(&props.on_select);
    let onkeydown = {
        let (plan, on_select, selected) = (props.plan.clone(), props.on_select.clone(), props.selected);
        let middle = f64::midpoint(props.window.top, props.window.bottom);
        Callback::from(move |event: KeyboardEvent| {
            let is_list = event
                .target_dyn_into::<Element>()
                .is_some_and(|element| element.get_attribute("role").as_deref() == Some("listbox"));
            let step = match event.key().as_str() {
                "ArrowDown" if is_list => 1,
                "ArrowUp" if is_list => -1,
                "Enter" | " " if is_list => 0,
                _ => return on_key.emit(event),
            };
            event.prevent_default();
            event.stop_propagation();
            plan.next(selected, step, middle).iter().for_each(|next| on_select.emit(*next));
        })
    };
    html! {
        <svg class="drawing ladder-picture" width={px(plan.width)} height={px(plan.height)} role="group"
            aria-label={text.plain("ladder-title")} {onclick} {onkeydown}>
            { for nodes }
        </svg>
    }
}
