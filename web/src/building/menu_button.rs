//! A button with a menu of things to do: nothing happens before one of them is chosen.
//!
//! Source: WAI-ARIA Authoring Practices, menu button.

use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, HtmlElement};
use yew::prelude::*;

/// Properties of [`MenuButton`].
#[derive(Properties, PartialEq)]
pub struct MenuButtonProps {
    /// The button's id.
    pub id: AttrValue,
    /// Its label, and that of the menu.
    pub label: AttrValue,
    /// What can be chosen, by groups; a group without a name has none.
    pub groups: Vec<MenuGroup>,
    /// One was chosen.
    pub on_choose: Callback<AttrValue>,
}

/// Items of a menu that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct MenuGroup {
    /// Its name.
    pub name: Option<AttrValue>,
    /// The value and the label of each item.
    pub items: Vec<(AttrValue, AttrValue)>,
}

/// The button, and the menu while it is open.
#[component]
pub fn MenuButton(props: &MenuButtonProps) -> Html {
    let open = use_state_eq(|| false);
    let (button, menu) = (use_node_ref(), use_node_ref());
    {
        let menu = menu.clone();
        use_effect_with(*open, move |open| {
            if *open {
                focus(items(&menu).first());
            }
        });
    }
    let close = {
        let (open, button) = (open.setter(), button.clone());
        Callback::from(move |()| {
            open.set(false);
            focus(button.cast::<HtmlElement>().as_ref());
        })
    };
    let onclick = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let onkeydown = {
        let (open, menu, close) = (open.clone(), menu.clone(), close.clone());
        Callback::from(move |event: KeyboardEvent| {
            let key = event.key();
            if !*open {
                if key == "ArrowDown" || key == "ArrowUp" {
                    event.prevent_default();
                    event.stop_propagation();
                    open.set(true);
                }
                return;
            }
            let all = items(&menu);
            let last = all.len().saturating_sub(1);
            let focused = web_sys::window().and_then(|window| window.document()?.active_element());
            let place = all.iter().position(|item| focused.as_deref() == Some(item));
            let next = match (key.as_str(), place) {
                ("ArrowDown", Some(place)) if place < last => place + 1,
                ("ArrowDown", _) | ("Home", _) => 0,
                ("ArrowUp", Some(place)) if place > 0 => place - 1,
                ("ArrowUp", _) | ("End", _) => last,
                ("Escape", _) => {
                    event.prevent_default();
                    event.stop_propagation();
                    close.emit(());
                    return;
                }
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            focus(all.get(next));
        })
    };
    // Whoever goes on elsewhere, by Tab or by a click, leaves the menu.
    let onfocusout = {
        let (open, menu) = (open.setter(), menu.clone());
        Callback::from(move |event: FocusEvent| {
            let to = event.related_target().and_then(|to| to.dyn_into::<Element>().ok());
            let stays = to.zip(menu.cast::<Element>()).is_some_and(|(to, menu)| menu.contains(Some(&to)));
            if !stays {
                open.set(false);
            }
        })
    };
    let item = |(value, label): &(AttrValue, AttrValue)| {
        let (value, close, on_choose) = (value.clone(), close.clone(), props.on_choose.clone());
        let onclick = Callback::from({
            let value = value.clone();
            move |_: MouseEvent| {
                close.emit(());
                on_choose.emit(value.clone());
            }
        });
        html! { <button type="button" role="menuitem" tabindex="-1" data-value={value} {onclick}>{ label }</button> }
    };
    let group = |(place, group): (usize, &MenuGroup)| {
        let id = format!("{}-group-{place}", props.id);
        match &group.name {
            Some(name) => html! {
                <div role="group" aria-labelledby={id.clone()}>
                    <span class="menu-group" {id} role="presentation">{ name }</span>
                    { for group.items.iter().map(item) }
                </div>
            },
            None => html! { <>{ for group.items.iter().map(item) }</> },
        }
    };
    // Not every browser gives the focus to a button that is clicked: it stays where it is until something is chosen.
    let onmousedown = Callback::from(|event: MouseEvent| event.prevent_default());
    html! {
        <div class="menu-button" {onkeydown} {onfocusout} {onmousedown}>
            <button type="button" class="button" id={props.id.clone()} ref={button} {onclick} aria-haspopup="menu"
                aria-expanded={open.to_string()}>
                { &props.label }<span class="menu-arrow" aria-hidden="true" />
            </button>
            if *open {
                <div class="menu-list" role="menu" ref={menu} aria-label={props.label.clone()}>
                    { for props.groups.iter().enumerate().map(group) }
                </div>
            }
        </div>
    }
}

/// The items of an open menu.
fn items(menu: &NodeRef) -> Vec<HtmlElement> {
    let Some(found) = menu.cast::<Element>().and_then(|menu| menu.query_selector_all("[role=menuitem]").ok())
    else {
        return Vec::new();
    };
    (0..found.length()).filter_map(|place| found.get(place)?.dyn_into().ok()).collect()
}

fn focus(element: Option<&HtmlElement>) {
    if let Some(element) = element {
        // Without the focus it can still be clicked.
        let _ = element.focus();
    }
}
