//! The ladder: the run as a time-sequence diagram that follows the cursor.

use playground_core::time::Instant;
use playground_playback::{Ladder, Pace, Selection};
use web_sys::{Element, MouseEvent};
use yew::prelude::*;

use crate::shared::Shared;
use crate::view::common::number::px;
use crate::view::common::width::use_width;

use super::arrows::Arrows;
use super::backdrop::Backdrop;
use super::heads::Heads;
use super::now_line::NowLine;
use super::remarks::Remarks;
use super::scale::Scale;
use super::window::Window;

/// Height of the names above.
const HEADS: f64 = 34.0;
/// What is assumed to show before the browser has said.
const FIRST_HEIGHT: f64 = 900.0;

/// Properties of [`LadderView`].
#[derive(PartialEq, Properties)]
pub struct LadderViewProps {
    /// The run.
    pub ladder: Shared<Ladder>,
    /// From simulated to view time.
    pub pace: Shared<Pace>,
    /// Now.
    pub now: Instant,
    /// What is selected.
    pub selection: Selection,
    /// Told what was picked.
    pub on_select: Callback<Selection>,
    /// Told the moment that was clicked.
    pub on_seek: Callback<Instant>,
    /// For slides: larger type.
    #[prop_or_default]
    pub compact: bool,
    /// The width to assume before the browser tells it.
    #[prop_or_default]
    pub assumed_width: Option<f64>,
}

/// The whole run from top to bottom; the cursor is a line that is kept in view.
#[component]
pub fn LadderView(props: &LadderViewProps) -> Html {
    let node = use_node_ref();
    let measured = use_width(&node);
    let width = measured.or(props.assumed_width).unwrap_or(640.0);
    let scale = Scale::new(&props.ladder, width, props.compact);
    // CSS pixels for one unit of the drawing.
    let zoom = width / scale.width;
    let window = use_state_eq(|| Window::around(0.0, FIRST_HEIGHT));

    let onscroll = {
        let (node, window) = (node.clone(), window.clone());
        Callback::from(move |_: Event| {
            if let Some(element) = node.cast::<Element>() {
                window.set(seen(&element, zoom));
            }
        })
    };
    {
        let (node, window) = (node.clone(), window.clone());
        let y = scale.y(props.pace.to_view(props.now)) * zoom;
        let before = use_mut_ref(|| y);
        use_effect_with((y, zoom), move |(y, zoom)| {
            if let Some(element) = node.cast::<Element>() {
                follow(&element, before.replace(*y), *y);
                window.set(seen(&element, *zoom));
            }
        });
    }
    {
        // A segment selected elsewhere comes into view.
        let (node, ladder) = (node.clone(), props.ladder.clone());
        use_effect_with((props.selection.segment, props.ladder.clone()), move |(segment, _)| {
            let arrow = segment.and_then(|id| ladder.arrows.iter().find(|arrow| arrow.id == id));
            if let (Some(arrow), Some(element)) = (arrow, node.cast::<Element>()) {
                reveal(&element, scale.y(arrow.y0) * zoom, scale.y(arrow.y1) * zoom);
            }
        });
    }
    let onclick = {
        let (node, pace, on_seek) = (node.clone(), props.pace.clone(), props.on_seek.clone());
        Callback::from(move |event: MouseEvent| {
            let Some(element) = node.cast::<Element>() else { return };
            let above = element.get_bounding_client_rect().top();
            let y = f64::from(event.client_y()) - above + f64::from(element.scroll_top()) - HEADS * zoom;
            on_seek.emit(pace.to_sim(scale.view_time(y / zoom)));
        })
    };
    html! {
        <div class={classes!("ladder", props.compact.then_some("is-compact"))} ref={node} {onscroll}>
            <Heads ladder={props.ladder.clone()} {scale} />
            <svg class="ladder-picture" viewBox={format!("0 0 {} {}", px(scale.width), px(scale.height))}>
                <rect class="ladder-ground" width={px(scale.width)} height={px(scale.height)} {onclick} />
                <Backdrop ladder={props.ladder.clone()} {scale} window={*window} />
                <Arrows
                    ladder={props.ladder.clone()}
                    {scale}
                    window={*window}
                    selected={props.selection.segment}
                    on_select={props.on_select.clone()}
                />
                <Remarks ladder={props.ladder.clone()} {scale} window={*window} on_select={props.on_select.clone()} />
                <NowLine pace={props.pace.clone()} {scale} now={props.now} />
            </svg>
        </div>
    }
}

fn seen(element: &Element, zoom: f64) -> Window {
    let (top, height) = (f64::from(element.scroll_top()), f64::from(element.client_height()));
    Window::around(top / zoom, height / zoom)
}

/// Keeps the cursor's line in view, unless the reader has scrolled away from it.
fn follow(element: &Element, before: f64, y: f64) {
    let height = f64::from(element.client_height());
    if height <= 0.0 {
        return;
    }
    let top = f64::from(element.scroll_top());
    let shows = |y: f64| y >= top && y <= top + height;
    let jumped = (y - before).abs() > height / 2.0;
    let low = y > top + height * 0.72;
    let high = y < top + HEADS;
    if (low || high) && (shows(before) || jumped) {
        let wanted = if low { y - height * 0.6 } else { y - height * 0.35 };
        element.set_scroll_top(wanted.max(0.0) as i32);
    }
}

/// Scrolls as little as shows the stretch from `y0` to `y1`.
fn reveal(element: &Element, y0: f64, y1: f64) {
    let height = f64::from(element.client_height());
    let top = f64::from(element.scroll_top());
    if height <= 0.0 {
        return;
    }
    if y0 < top + 8.0 {
        element.set_scroll_top((y0 - height * 0.3).max(0.0) as i32);
    } else if y1 + HEADS > top + height - 8.0 {
        element.set_scroll_top((y1 + HEADS - height * 0.7).max(0.0) as i32);
    }
}
