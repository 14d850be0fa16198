//! The elements of the crate `drawing` as nodes of the page.

use playground_drawing::Element;
use playground_playback::Selection;
use wasm_bindgen::JsCast;
use web_sys::EventTarget;
use yew::prelude::*;
use yew::virtual_dom::{Key, VNode, VTag, VText};

/// Nodes, and what a click or key on each of them selects.
#[derive(Default)]
pub(in crate::view) struct Picks {
    /// What is selected, where that is marked.
    selected: Option<Selection>,
    all: Vec<Selection>,
}

impl Picks {
    /// Nodes of which those that select what is selected are marked.
    pub(in crate::view) fn marking(selected: Selection) -> Self {
        Self { selected: Some(selected), all: Vec::new() }
    }

    /// The nodes of elements.
    pub(in crate::view) fn nodes(&mut self, elements: &[Element]) -> Vec<VNode> {
        elements.iter().map(|element| self.node(element)).collect()
    }

    fn node(&mut self, element: &Element) -> VNode {
        let mut tag = VTag::new(element.tag);
        let is_selected = element.selects.zip(self.selected).map(|(one, other)| same(one, other));
        for (name, value) in &element.attributes {
            let marked = is_selected == Some(true) && *name == "class";
            tag.add_attribute(name, if marked { format!("{value} is-selected") } else { value.clone() });
        }
        if let Some(is_selected) = is_selected {
            tag.add_attribute("aria-pressed", is_selected.to_string());
        }
        if let Some(selection) = element.selects {
            tag.add_attribute("data-pick", self.all.len().to_string());
            self.all.push(selection);
        }
        if let Some(content) = &element.content {
            tag.add_child(VText::new(content.clone()).into());
        }
        tag.add_children(self.nodes(&element.children));
        tag.key = element.key.as_deref().map(Key::from);
        tag.into()
    }

    /// The handlers of what is around the nodes: a click on one of them selects, and so do Enter and Space.
    pub(in crate::view) fn handlers(
        self,
        on_select: &Callback<Selection>,
    ) -> (Callback<MouseEvent>, Callback<KeyboardEvent>) {
        let picked = move |target: Option<EventTarget>| {
            let element = target?.dyn_into::<web_sys::Element>().ok()?.closest("[data-pick]").ok()??;
            self.all.get(element.get_attribute("data-pick")?.parse::<usize>().ok()?).copied()
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

/// Whether two selections are of one segment, one socket, or one entry.
fn same(one: Selection, other: Selection) -> bool {
    match (one.segment, one.socket) {
        (Some(_), _) => one.segment == other.segment,
        (None, Some(_)) => one.socket == other.socket,
        (None, None) => one.entry.is_some() && one.entry == other.entry,
    }
}
