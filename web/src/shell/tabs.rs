//! The tabs below the stage.

use playground_lessons::Tab;
use yew::prelude::*;

use crate::address::{TABS, tab_name};
use crate::browser;
use crate::language::use_text;

/// Properties of [`Tabs`].
#[derive(Properties, PartialEq)]
pub struct TabsProps {
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
        let (current, on_show) = (props.current, props.on_show.clone());
        Callback::from(move |event: KeyboardEvent| {
            let place = TABS.iter().position(|tab| *tab == current).unwrap_or(0);
            let next = match event.key().as_str() {
                "ArrowRight" => (place + 1) % TABS.len(),
                "ArrowLeft" => (place + TABS.len() - 1) % TABS.len(),
                "Home" => 0,
                "End" => TABS.len() - 1,
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            on_show.emit(TABS[next]);
            browser::focus(&format!("tab-{}", tab_name(TABS[next])));
        })
    };
    let tab = |tab: Tab| {
        let selected = tab == props.current;
        let onclick = props.on_show.reform(move |_: MouseEvent| tab);
        html! {
            <button type="button" role="tab" id={format!("tab-{}", tab_name(tab))} {onclick} aria-selected={selected.to_string()}
                aria-controls="tab-panel" tabindex={if selected { "0" } else { "-1" }}>
                { text.plain(&format!("tab-{}", tab_name(tab))) }
            </button>
        }
    };
    html! {
        <div class="tabs" role="tablist" aria-label={text.plain("tabs")} {onkeydown}>{ for TABS.into_iter().map(tab) }</div>
    }
}
