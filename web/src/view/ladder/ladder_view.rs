//! The ladder: the run from top to bottom, with a line at the cursor that is kept in view.

use playground_core::time::Instant;
use playground_drawing::ladder::{Form, Plan, Window};
use playground_playback::{Ladder, Pace, Selection};
use web_sys::{Element, MouseEvent};
use yew::prelude::*;

use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::view::common::number::px;
use crate::view::common::width::use_width;

use super::follow::{Followed, use_follow};
use super::now_line::NowLine;
use super::sheet::{Heads, Sheet};

/// The size until the browser has measured it.
const FIRST_WIDTH: f64 = 640.0;
const FIRST_HEIGHT: f64 = 900.0;

/// Properties of [`LadderView`].
#[derive(Properties, PartialEq)]
pub struct LadderViewProps {
    /// The run.
    pub ladder: RcEq<Ladder>,
    /// Maps simulated time to view time.
    pub pace: RcEq<Pace>,
    /// The simulated time.
    pub now: Instant,
    /// The selection.
    pub selection: Selection,
    /// Called with the new selection.
    pub on_select: Callback<Selection>,
    /// Called with the time that was clicked.
    pub on_seek: Callback<Instant>,
    /// For slides: larger font.
    pub compact: bool,
}

/// The whole run as a time-sequence diagram.
#[component]
pub fn LadderView(props: &LadderViewProps) -> Html {
    let text = use_text();
    let node = use_node_ref();
    let width = use_width(&node).unwrap_or(FIRST_WIDTH).round();
    let plan = use_memo(
        (props.ladder.clone(), props.pace.clone(), text, width.to_bits(), props.compact),
        |(ladder, pace, text, width, compact)| {
            Plan::new(*text, ladder, pace, Form::new(f64::from_bits(*width), *compact))
        },
    );
    let plan = RcEq::from(plan);
    let form = plan.form;
    let window = use_state_eq(|| Window::around(0.0, FIRST_HEIGHT));
    let y = form.y(props.pace.to_view(props.now));

    let selected = props.selection.segment;
    let reach = selected.and_then(|id| plan.reach(id));
    let size = (width, plan.height);
    use_follow(&node, Followed { y, reach, size }, form.heads);
    let look = {
        let (node, window) = (node.clone(), window.clone());
        move || {
            if let Some(element) = node.cast::<Element>() {
                window
                    .set(Window::around(f64::from(element.scroll_top()), f64::from(element.client_height())));
            }
        }
    };
    let onscroll = {
        let look = look.clone();
        Callback::from(move |_: Event| look())
    };
    use_effect_with((width.to_bits(), props.ladder.clone()), move |_| look());

    let seek = {
        let (pace, on_seek) = (props.pace.clone(), props.on_seek.clone());
        Callback::from(move |event: MouseEvent| {
            let Some(axis) = event.target_dyn_into::<Element>() else { return };
            let y = f64::from(event.client_y()) - axis.get_bounding_client_rect().top();
            on_seek.emit(pace.to_sim(form.view_time(y)));
        })
    };
    html! {
        <div class={classes!("ladder", props.compact.then_some("is-compact"))} ref={node} {onscroll}>
            <Heads plan={plan.clone()} />
            <div class="ladder-sheet" ~style={format!("inline-size:{}px;block-size:{}px", px(plan.width), px(plan.height))}>
                <Sheet plan={plan.clone()} window={*window} {selected} on_select={props.on_select.clone()} />
                <div
                    class="ladder-axis" ~style={format!("inline-size:{}px", px(form.gutter))} title={text.plain("ladder-seek")}
                    onclick={seek} aria-hidden="true"
                />
                <NowLine {y} now={props.now} narrow={form.narrow} size={form.small} />
            </div>
        </div>
    }
}
