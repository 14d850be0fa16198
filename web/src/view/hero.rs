//! The pictures of the crate `drawing`, as nodes of the page.

use playground_drawing::{Canvas, Drawing, Hero};
use playground_playback::{Cursor, Selection};
use yew::prelude::*;

use super::common::number::px;
use super::common::size::use_size;
use super::common::svg::Picks;
use crate::language::use_text;
use crate::rc_eq::RcEq;

/// Properties of [`HeroView`].
#[derive(Properties, PartialEq)]
pub struct HeroViewProps {
    /// The picture.
    pub hero: RcEq<Hero>,
    /// The moment.
    pub now: Cursor,
    /// What is selected, marked where it can be selected.
    #[prop_or_default]
    pub selection: Selection,
    /// Whether it stands in a slide, where type is larger.
    #[prop_or_default]
    pub slide: bool,
    /// Selects.
    pub on_select: Callback<Selection>,
}

/// A picture at a moment, as large as its place.
#[component]
pub fn HeroView(props: &HeroViewProps) -> Html {
    let text = use_text();
    let place = use_node_ref();
    let size = use_size(&place);
    let drawing = size.filter(|(width, height)| width * height > 0.0).map(|(width, height)| {
        let type_size = if props.slide { Canvas::SLIDE } else { Canvas::PAGE };
        let scale = if props.slide { reduction(width, height) } else { 1.0 };
        let canvas = Canvas { width: width * scale, height: height * scale, type_size, text };
        (props.hero.draw(props.now, &canvas), scale)
    });
    html! {
        <div ref={place} class="hero-place">
            if let Some((drawing, scale)) = drawing {
                { picture(&drawing, scale, props.selection, &props.on_select) }
            }
        </div>
    }
}

/// A picture at a moment that nothing can be selected in.
pub fn still(hero: &Hero, now: Cursor, canvas: &Canvas) -> Html {
    picture(&hero.draw(now, canvas), 1.0, Selection::default(), &Callback::noop())
}

/// The smallest place in a slide that a picture is laid out for.
const SMALLEST: (f64, f64) = (820.0, 420.0);

/// How much a picture is reduced to stand whole in a small frame. A phone's upright place is no slide: there it may be
/// higher than its place.
fn reduction(width: f64, height: f64) -> f64 {
    if height > width { 1.0 } else { (SMALLEST.0 / width).max(SMALLEST.1 / height).max(1.0) }
}

/// The drawing; a click or key on one of its elements selects.
fn picture(drawing: &Drawing, scale: f64, selected: Selection, on_select: &Callback<Selection>) -> Html {
    let mut picks = Picks::marking(selected);
    let nodes = picks.nodes(&drawing.elements);
    let (onclick, onkeydown) = picks.handlers(on_select);
    let (width, height) = (px(drawing.width / scale), px(drawing.height / scale));
    let all = format!("0 0 {} {}", px(drawing.width), px(drawing.height));
    html! {
        <svg class="drawing" role="group" aria-label={drawing.label.clone()} {width} {height}
            viewBox={all} {onclick} {onkeydown}>
            { for nodes }
        </svg>
    }
}
