//! The pictures of the crate `drawing`, as nodes of the page.

use playground_drawing::{Canvas, Drawing, Element, Hero};
use playground_playback::{Cursor, Selection};
use wasm_bindgen::JsCast;
use yew::prelude::*;
use yew::virtual_dom::{VNode, VTag, VText};

use super::common::number::px;
use super::common::size::use_size;
use crate::language::use_text;
use crate::rc_eq::RcEq;

/// Properties of [`HeroView`].
#[derive(Properties, PartialEq)]
pub struct HeroViewProps {
    /// The picture.
    pub hero: RcEq<Hero>,
    /// The moment.
    pub now: Cursor,
    /// Whether it stands in a slide, where type is larger.
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
    let drawing = size.map(|(width, height)| {
        let type_size = if props.slide { Canvas::SLIDE } else { Canvas::PAGE };
        props.hero.draw(props.now, &Canvas { width, height, type_size, text })
    });
    html! {
        <div ref={place} class="hero-place">
            if let Some(drawing) = drawing {
                { picture(&drawing, &props.on_select) }
            }
        </div>
    }
}

/// The drawing; a click or key on one of its elements selects.
fn picture(drawing: &Drawing, on_select: &Callback<Selection>) -> Html {
    let mut selections = Vec::new();
    let elements: Vec<VNode> =
        drawing.elements.iter().map(|element| node(element, &mut selections)).collect();
    let picked = move |target: Option<web_sys::EventTarget>| {
        let element = target?.dyn_into::<web_sys::Element>().ok()?.closest("[data-pick]").ok()??;
        selections.get(element.get_attribute("data-pick")?.parse::<usize>().ok()?).copied()
    };
    let onclick = {
        let (picked, on_select) = (picked.clone(), on_select.clone());
        Callback::from(move |event: MouseEvent| {
            picked(event.target()).iter().for_each(|one| on_select.emit(*one))
        })
    };
    let on_select = on_select.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ")
            && let Some(selection) = picked(event.target())
        {
            event.prevent_default();
            event.stop_propagation();
            on_select.emit(selection);
        }
    });
    let (width, height) = (px(drawing.width), px(drawing.height));
    html! {
        <svg class="drawing" role="group" aria-label={drawing.label.clone()} width={width.clone()} height={height.clone()}
            viewBox={format!("0 0 {width} {height}")} {onclick} {onkeydown}>
            { for elements }
        </svg>
    }
}

fn node(element: &Element, selections: &mut Vec<Selection>) -> VNode {
    let mut tag = VTag::new(element.tag);
    for (name, value) in &element.attributes {
        tag.add_attribute(name, value.clone());
    }
    if let Some(selection) = element.selects {
        tag.add_attribute("data-pick", selections.len().to_string());
        selections.push(selection);
    }
    if let Some(content) = &element.content {
        tag.add_child(VText::new(content.clone()).into());
    }
    for child in &element.children {
        tag.add_child(node(child, selections));
    }
    tag.into()
}
