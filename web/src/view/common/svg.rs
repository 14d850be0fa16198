//! The elements of the crate `drawing` as nodes of the page.

use playground_drawing::Element;
use playground_playback::Selection;
use wasm_bindgen::JsCast;
use web_sys::EventTarget;
use yew::prelude::*;
use yew::virtual_dom::{VNode, VTag, VText};

/// Nodes, and what a click or key on each of them selects.
#[derive(Default)]
pub(in crate::view) struct Picks(Vec<Selection>);

impl Picks {
    /// The nodes of elements.
    pub(in crate::view) fn nodes(&mut self, elements: &[Element]) -> Vec<VNode> {
        elements.iter().map(|element| self.node(element)).collect()
    }

    fn node(&mut self, element: &Element) -> VNode {
        let mut tag = VTag::new(element.tag);
        for (name, value) in &element.attributes {
            tag.add_attribute(name, value.clone());
        }
        if let Some(selection) = element.selects {
            tag.add_attribute("data-pick", self.0.len().to_string());
            self.0.push(selection);
        }
        if let Some(content) = &element.content {
            tag.add_child(VText::new(content.clone()).into());
        }
        tag.add_children(self.nodes(&element.children));
        tag.into()
    }

    /// The handlers of what is around the nodes: a click on one of them selects, and so do Enter and Space.
    pub(in crate::view) fn handlers(
        self,
        on_select: &Callback<Selection>,
    ) -> (Callback<MouseEvent>, Callback<KeyboardEvent>) {
        let picked = move |target: Option<EventTarget>| {
            let element = target?.dyn_into::<web_sys::Element>().ok()?.closest("[data-pick]").ok()??;
            self.0.get(element.get_attribute("data-pick")?.parse::<usize>().ok()?).copied()
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
        (onclick, onkeydown)
    }
}
