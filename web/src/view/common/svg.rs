//! The elements of the crate `drawing` as nodes of the page.

use playground_drawing::{Element, Place};
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
    /// How the parts of the network are drawn, where one builds on them.
    building: Option<Marks>,
    places: Vec<Place>,
}

/// The classes of a part of the network; none for one that is left out.
pub(in crate::view) type Marks = Box<dyn Fn(Place) -> Option<Mark>>;

/// How a part of the network is drawn.
pub(in crate::view) struct Mark {
    /// Whether it is the one that is edited.
    pub is_edited: bool,
    /// Its other classes.
    pub class: &'static str,
    /// How far it is dragged.
    pub by: (f64, f64),
}

impl Picks {
    /// Nodes of which those that select what is selected are marked.
    pub(in crate::view) fn marking(selected: Selection) -> Self {
        Self { selected: Some(selected), ..Self::default() }
    }

    /// The same on which one builds.
    pub(in crate::view) fn building(self, marks: Marks) -> Self {
        Self { building: Some(marks), ..self }
    }

    /// The parts of the network by the number that their nodes have as `data-place`.
    pub(in crate::view) fn take_places(&mut self) -> Vec<Place> {
        core::mem::take(&mut self.places)
    }

    /// The nodes of elements.
    pub(in crate::view) fn nodes(&mut self, elements: &[Element]) -> Vec<VNode> {
        elements.iter().map(|element| self.node(element)).collect()
    }

    fn node(&mut self, element: &Element) -> VNode {
        let mark = element.place.map(|place| (place, self.building.as_ref().and_then(|marks| marks(place))));
        let mut tag = VTag::new(element.tag);
        match mark {
            Some((_, None)) if element.selects.is_none() => return VNode::default(),
            Some((place, Some(mark))) => {
                tag.add_attribute("data-place", self.places.len().to_string());
                self.places.push(place);
                // What selects is a control already.
                if element.selects.is_none() {
                    return self.place(tag, element, place, &mark);
                }
            }
            _ => {}
        }
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

    /// A part of the network as a control.
    fn place(&mut self, mut tag: VTag, element: &Element, place: Place, mark: &Mark) -> VNode {
        for (name, value) in &element.attributes {
            let edited = if mark.is_edited { "is-edited" } else { "" };
            let is_class = *name == "class";
            tag.add_attribute(
                name,
                if is_class { format!("{value} {} {edited}", mark.class) } else { value.clone() },
            );
        }
        tag.add_attribute("role", "button");
        tag.add_attribute("tabindex", "0");
        if !matches!(place, Place::Between(_)) {
            tag.add_attribute("aria-pressed", mark.is_edited.to_string());
        }
        if mark.by != (0.0, 0.0) {
            tag.add_attribute("transform", format!("translate({} {})", mark.by.0, mark.by.1));
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
