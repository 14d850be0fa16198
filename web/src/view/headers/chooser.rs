//! Choosing an exchange and a direction.

use yew::prelude::*;

use crate::language::use_text;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The exchange shown, from 0.
    pub(super) exchange: usize,
    /// How many there are.
    pub(super) count: usize,
    /// Its request: `GET /a`.
    pub(super) title: AttrValue,
    /// Whether its response is shown.
    pub(super) response: bool,
    /// Called with the chosen exchange and direction.
    pub(super) on_choose: Callback<(usize, bool)>,
}

/// Back and forth between the exchanges, and a switch between request and response.
#[component]
pub(super) fn Chooser(props: &Props) -> Html {
    let text = use_text();
    let (exchange, response) = (props.exchange, props.response);
    let step = |key: &str, sign: &'static str, to: Option<usize>| {
        let off = to.is_none();
        let onclick = props.on_choose.reform(move |_: MouseEvent| (to.unwrap_or(exchange), response));
        html! {
            <button type="button" class="round" aria-label={text.plain(key)} aria-disabled={off.to_string()} {onclick}>
                <span aria-hidden="true">{ sign }</span>
            </button>
        }
    };
    let way = |key: &str, to: bool| {
        let onclick = props.on_choose.reform(move |_: MouseEvent| (exchange, to));
        html! {
            <button type="button" aria-pressed={(response == to).to_string()} {onclick}>{ text.plain(key) }</button>
        }
    };
    html! {
        <div class="headers-bar">
            <div class="headers-exchange" role="group" aria-label={text.plain("headers-exchange")}>
                if props.count > 1 {
                    { step("headers-previous", "‹", exchange.checked_sub(1)) }
                }
                <strong class="headers-what">{ props.title.clone() }</strong>
                <span class="headers-count">{ exchange + 1 }{ " / " }{ props.count }</span>
                if props.count > 1 {
                    { step("headers-next", "›", Some(exchange + 1).filter(|next| *next < props.count)) }
                }
            </div>
            <div class="headers-way" role="group" aria-label={text.plain("headers-way")}>
                { way("headers-request", false) }
                { way("headers-response", true) }
            </div>
        </div>
    }
}
