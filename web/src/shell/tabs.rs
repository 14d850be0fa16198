//! The tabs below the stage.

use playground_lessons::Tab;
use yew::prelude::*;

use crate::browser;
use crate::language::use_text;

/// Properties of [`Tabs`].
#[derive(Properties, PartialEq)]
pub struct TabsProps {
    /// All tabs.
    pub tabs: Vec<Tab>,
    /// The tab that is shown.
    pub current: Tab,
    /// Shows a tab.
    pub on_show: Callback<Tab>,
}

/// The row of tabs; arrows move between them as in any row of tabs.
#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    let text = use_text();
    let onkeydown = {
        let (tabs, current, on_show) = (props.tabs.clone(), props.current, props.on_show.clone());
        Callback::from(move |event: KeyboardEvent| {
            let count = tabs.len();
            let place = tabs.iter().position(|tab| *tab == current).unwrap_or(0);
            let next = match event.key().as_str() {
                "ArrowRight" => (place + 1) % count,
                "ArrowLeft" => (place + count - 1) % count,
                "Home" => 0,
                "End" => count - 1,
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            if let Some(tab) = tabs.get(next) {
                on_show.emit(*tab);
                browser::focus(&format!("tab-{}", tab.name()));
            }
        })
    };
    let tab = |tab: &Tab| {
        let tab = *tab;
        let selected = tab == props.current;
        let onclick = props.on_show.reform(move |_: MouseEvent| tab);
        html! {
            <button type="button" role="tab" id={format!("tab-{}", tab.name())} {onclick} aria-selected={selected.to_string()}
                aria-controls="tab-panel" tabindex={if selected { "0" } else { "-1" }}>
                { text.plain(&format!("tab-{}", tab.name())) }
            </button>
        }
    };
    html! {
        <div class="tabs" role="tablist" aria-label={text.plain("tabs")} {onkeydown}>{ for props.tabs.iter().map(tab) }</div>
    }
}
