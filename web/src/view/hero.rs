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
        props.hero.draw(props.now, &Canvas { width, height, type_size, text })
    });
    html! {
        <div ref={place} class="hero-place">
            if let Some(drawing) = drawing {
                { picture(&drawing, props.selection, &props.on_select) }
            }
        </div>
    }
}

/// A picture at a moment that nothing can be selected in.
pub fn still(hero: &Hero, now: Cursor, canvas: &Canvas) -> Html {
    picture(&hero.draw(now, canvas), Selection::default(), &Callback::noop())
}

/// The drawing; a click or key on one of its elements selects.
fn picture(drawing: &Drawing, selected: Selection, on_select: &Callback<Selection>) -> Html {
    let mut picks = Picks::marking(selected);
    let nodes = picks.nodes(&drawing.elements);
    let (onclick, onkeydown) = picks.handlers(on_select);
    let (width, height) = (px(drawing.width), px(drawing.height));
    html! {
        <svg class="drawing" role="group" aria-label={drawing.label.clone()} width={width.clone()} height={height.clone()}
            viewBox={format!("0 0 {width} {height}")} {onclick} {onkeydown}>
            { for nodes }
        </svg>
    }
}
