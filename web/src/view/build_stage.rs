//! The stage that one builds on: hosts and links are chosen, moved, removed, and come between others.

use std::rc::Rc;

use playground_drawing::{Canvas, Hero, Place};
use playground_editor::{NetworkChange, Part, ProxyKind};
use playground_playback::{Cursor, Selection};
use wasm_bindgen::JsCast;
use web_sys::{EventTarget, HtmlElement};
use yew::prelude::*;

use super::common::number::px;
use super::common::size::use_size;
use super::common::svg::{Mark, Picks};
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::session::{Action, Model};

/// A pointer that has moved less than this has not dragged, CSS pixels.
const STILL: i32 = 8;

/// Properties of [`BuildStage`].
#[derive(Properties, PartialEq)]
pub struct BuildStageProps {
    /// The run.
    pub model: RcEq<Model>,
    /// The picture.
    pub hero: RcEq<Hero>,
    /// The moment.
    pub now: Cursor,
    /// The selection.
    pub selection: Selection,
    /// What is edited.
    pub part: Part,
    /// Selects.
    pub on_select: Callback<Selection>,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
}

/// A host that is dragged.
#[derive(Clone, PartialEq)]
struct Drag {
    node: String,
    pointer: i32,
    from: (i32, i32),
    by: (i32, i32),
    /// Whose place it would take.
    over: Option<String>,
}

impl Drag {
    fn moves(&self) -> bool {
        self.by.0.abs().max(self.by.1.abs()) >= STILL
    }
}

/// The stage, as large as its place.
#[component]
pub fn BuildStage(props: &BuildStageProps) -> Html {
    let text = use_text();
    let frame = use_node_ref();
    let svg = use_node_ref();
    let drag = use_state_eq(|| None::<Drag>);
    // A click ends what was dragged and chooses nothing.
    let dragged = use_mut_ref(|| false);
    // What the keyboard changed keeps the focus.
    let refocus = use_mut_ref(|| false);
    {
        let (svg, refocus) = (svg.clone(), refocus.clone());
        use_effect_with((props.model.clone(), props.part.clone()), move |_| {
            if refocus.replace(false)
                && let Some(svg) = svg.cast::<web_sys::Element>()
            {
                let found = ["[data-place].is-edited", "[data-place]"];
                let found = found.iter().find_map(|one| svg.query_selector(one).ok().flatten());
                // A node that is gone cannot be focused.
                let _ = found.map(|found| found.unchecked_into::<HtmlElement>().focus());
            }
        });
    }
    let size = use_size(&frame).filter(|(width, height)| width * height > 0.0);
    let Some((width, height)) = size else { return html! { <div ref={frame} class="hero-place" /> } };
    let drawing = props.hero.draw(props.now, &Canvas { width, height, type_size: Canvas::PAGE, text });
    let mut picks = Picks::marking(props.selection).building(marks(props, drag.as_ref()));
    let nodes = picks.nodes(&drawing.elements);
    let places: Rc<[Place]> = picks.take_places().into();
    let (on_pick, on_pick_key) = picks.handlers(&props.on_select);
    let at = {
        let places = places.clone();
        move |target: Option<EventTarget>| -> Option<Place> {
            let element = target?.dyn_into::<web_sys::Element>().ok()?.closest("[data-place]").ok()??;
            places.get(element.get_attribute("data-place")?.parse::<usize>().ok()?).copied()
        }
    };
    let (model, on_action) = (props.model.clone(), props.on_action.clone());
    let name = {
        let model = model.clone();
        move |place: Place| match place {
            Place::Node(id) => model.trace.scenario.nodes.get(id.index()).map(|node| node.name.clone()),
            _ => None,
        }
    };
    let choose = {
        let (on_action, name) = (on_action.clone(), name.clone());
        move |place: Place| {
            let action = match place {
                Place::Node(_) => name(place).map(|name| Action::EditPart(Part::Node(name))),
                Place::Link(hop) => Some(Action::EditPart(Part::Link(hop.index()))),
                Place::Between(hop) => Some(Action::Rebuild(NetworkChange::AddProxy {
                    link: hop.index(),
                    kind: ProxyKind::Dumb,
                })),
            };
            action.into_iter().for_each(|action| on_action.emit(action));
        }
    };
    let onclick = {
        let (at, choose, dragged) = (at.clone(), choose.clone(), dragged.clone());
        Callback::from(move |event: MouseEvent| {
            if dragged.replace(false) {
                return;
            }
            let place = at(event.target());
            on_pick.emit(event);
            place.into_iter().for_each(&choose);
        })
    };
    let onkeydown = {
        let (at, name, refocus, on_action) = (at.clone(), name.clone(), refocus, on_action.clone());
        Callback::from(move |event: KeyboardEvent| {
            let Some(place) = at(event.target()) else {
                on_pick_key.emit(event);
                return;
            };
            let change = match (event.key().as_str(), event.alt_key(), name(place)) {
                ("Enter" | " ", false, _) => {
                    on_pick_key.emit(event.clone());
                    event.prevent_default();
                    event.stop_propagation();
                    *refocus.borrow_mut() = matches!(place, Place::Between(_));
                    choose(place);
                    return;
                }
                ("ArrowRight" | "ArrowDown", true, Some(node)) => NetworkChange::Move { node, right: true },
                ("ArrowLeft" | "ArrowUp", true, Some(node)) => NetworkChange::Move { node, right: false },
                ("Delete" | "Backspace", false, Some(node)) => NetworkChange::Remove { node },
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            *refocus.borrow_mut() = true;
            name(place).into_iter().for_each(|name| on_action.emit(Action::EditPart(Part::Node(name))));
            on_action.emit(Action::Rebuild(change));
        })
    };
    let onpointerdown = {
        let (drag, at, name, dragged, part) =
            (drag.clone(), at, name.clone(), dragged.clone(), props.part.clone());
        Callback::from(move |event: PointerEvent| {
            *dragged.borrow_mut() = false;
            let Some(node) = at(event.target()).and_then(&name).filter(|_| event.button() == 0) else {
                return;
            };
            // A finger on another host scrolls.
            if event.pointer_type() != "touch" || part == Part::Node(node.clone()) {
                let from = (event.client_x(), event.client_y());
                drag.set(Some(Drag { node, pointer: event.pointer_id(), from, by: (0, 0), over: None }));
            }
        })
    };
    let onpointermove = {
        let (drag, svg, name) = (drag.clone(), svg.clone(), name);
        let places = places.clone();
        Callback::from(move |event: PointerEvent| {
            let Some(held) = drag.as_ref().filter(|held| held.pointer == event.pointer_id()) else { return };
            let Some(svg) = svg.cast::<web_sys::Element>() else { return };
            let here = (event.client_x(), event.client_y());
            let mut next = Drag { by: (here.0 - held.from.0, here.1 - held.from.1), ..held.clone() };
            if next.moves() {
                // Without the capture a pointer that leaves the picture is not followed.
                let _ = svg.set_pointer_capture(event.pointer_id());
                next.over = nearest(&svg, &places, &name, held, here);
            }
            drag.set(Some(next));
        })
    };
    let onpointerup = {
        let (drag, dragged) = (drag.clone(), dragged);
        Callback::from(move |_: PointerEvent| {
            let Some(held) = drag.as_ref().filter(|held| held.moves()) else {
                drag.set(None);
                return;
            };
            *dragged.borrow_mut() = true;
            on_action.emit(Action::EditPart(Part::Node(held.node.clone())));
            if let Some(over) = held.over.clone() {
                on_action.emit(Action::Rebuild(NetworkChange::MoveTo { node: held.node.clone(), over }));
            }
            drag.set(None);
        })
    };
    let onpointercancel = Callback::from(move |_: PointerEvent| drag.set(None));
    let (width, height) = (px(drawing.width), px(drawing.height));
    html! {
        <div ref={frame} class="hero-place">
            <svg ref={svg} class="drawing is-building" role="group" aria-label={drawing.label.clone()} width={width.clone()} height={height.clone()}
                viewBox={format!("0 0 {width} {height}")} {onclick} {onkeydown} {onpointerdown} {onpointermove} {onpointerup} {onpointercancel}>
                { for nodes }
            </svg>
        </div>
    }
}

/// How hosts and links are marked; a link on which no proxy can stand has no plus.
fn marks(props: &BuildStageProps, drag: Option<&Drag>) -> Box<dyn Fn(Place) -> Option<Mark>> {
    let (model, part) = (props.model.clone(), props.part.clone());
    let drag = drag.filter(|drag| drag.moves()).cloned();
    Box::new(move |place| {
        let scenario = &model.trace.scenario;
        let plain = Mark { is_edited: false, class: "", by: (0.0, 0.0) };
        match place {
            Place::Node(id) => {
                let name = &scenario.nodes.get(id.index())?.name;
                let is_edited = part == Part::Node(name.clone());
                let held = drag.as_ref().filter(|drag| drag.node == *name);
                let is_target = drag.as_ref().is_some_and(|drag| drag.over.as_ref() == Some(name));
                let class = match (held, is_target) {
                    (Some(_), _) => "is-host is-dragged",
                    (_, true) => "is-host is-target",
                    _ => "is-host",
                };
                let by = held.map_or((0.0, 0.0), |held| (f64::from(held.by.0), f64::from(held.by.1)));
                Some(Mark { is_edited, class, by })
            }
            Place::Link(hop) => Some(Mark { is_edited: part == Part::Link(hop.index()), ..plain }),
            Place::Between(hop) => {
                let change = NetworkChange::AddProxy { link: hop.index(), kind: ProxyKind::Dumb };
                change.apply(scenario).is_ok().then_some(plain)
            }
        }
    })
}

/// The host nearest to a point, if it is not the one that is dragged.
fn nearest(
    svg: &web_sys::Element,
    places: &[Place],
    name: &impl Fn(Place) -> Option<String>,
    held: &Drag,
    (x, y): (i32, i32),
) -> Option<String> {
    let distance = |index: usize, node: &str| {
        let element = svg.query_selector(&format!("[data-place='{index}']")).ok()??;
        let place = element.get_bounding_client_rect();
        let own = if node == held.node && held.moves() { held.by } else { (0, 0) };
        let middle = (place.x() + place.width() / 2.0, place.y() + place.height() / 2.0);
        Some((middle.0 - f64::from(own.0 + x)).hypot(middle.1 - f64::from(own.1 + y)))
    };
    let hosts = places.iter().enumerate().filter_map(|(index, place)| Some((index, name(*place)?)));
    let far = hosts.filter_map(|(index, node)| Some((distance(index, &node)?, node)));
    far.min_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, node)| node).filter(|node| *node != held.node)
}
