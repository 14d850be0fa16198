//! The row of views above the hero, and whether the hero follows the lesson.

use playground_lessons::View;
use yew::prelude::*;

use crate::browser;
use crate::icon::{Picture, icon};
use crate::language::use_text;

/// Properties of [`Tabs`].
#[derive(Properties, PartialEq)]
pub struct TabsProps {
    /// The views of the run.
    pub views: Vec<View>,
    /// The hero.
    pub current: View,
    /// Whether the hero follows the lesson; none where there is no lesson to follow.
    pub follows: Option<bool>,
    /// Whether something is selected whose details are closed.
    pub has_details: bool,
    /// Shows a view; none follows the lesson.
    pub on_show: Callback<Option<View>>,
    /// Opens the details.
    pub on_details: Callback<MouseEvent>,
}

/// The tabs, the chip "follows the lesson", and the way to the details; arrow keys move between the tabs.
#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    let text = use_text();
    let onkeydown = {
        let (views, current, on_show) = (props.views.clone(), props.current, props.on_show.clone());
        Callback::from(move |event: KeyboardEvent| {
            let count = views.len();
            let place = views.iter().position(|view| *view == current).unwrap_or(0);
            let next = match event.key().as_str() {
                "ArrowRight" => (place + 1) % count,
                "ArrowLeft" => (place + count - 1) % count,
                "Home" => 0,
                "End" => count - 1,
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            if let Some(view) = views.get(next) {
                on_show.emit(Some(*view));
                browser::focus(&format!("tab-{}", view.name()));
            }
        })
    };
    let tab = |view: &View| {
        let view = *view;
        let selected = view == props.current;
        let onclick = props.on_show.reform(move |_: MouseEvent| Some(view));
        html! {
            <button type="button" role="tab" id={format!("tab-{}", view.name())} {onclick} aria-selected={selected.to_string()}
                aria-controls="tab-panel" tabindex={if selected { "0" } else { "-1" }}>
                { text.plain(&format!("tab-{}", view.name())) }
            </button>
        }
    };
    let current = props.current;
    let follow = |follows: bool| {
        // Pressed again, it keeps the view that is shown.
        let onclick = props.on_show.reform(move |_: MouseEvent| follows.then_some(current));
        let key = if follows { "view-follows" } else { "view-follow" };
        html! {
            <button type="button" class="follow" {onclick} aria-pressed={follows.to_string()} title={text.plain("view-follow-help")}>
                { text.plain(key) }
            </button>
        }
    };
    html! {
        <div class="views">
            <div class="tabs" role="tablist" aria-label={text.plain("tabs")} {onkeydown}>{ for props.views.iter().map(tab) }</div>
            if props.has_details {
                <button type="button" class="follow details" onclick={props.on_details.clone()}>
                    { icon(Picture::Note) }<span>{ text.plain("inspector") }</span>
                </button>
            }
            { props.follows.map(follow) }
        </div>
    }
}
