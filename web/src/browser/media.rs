//! Media queries.

use web_sys::Event;
use yew::prelude::*;

use super::Listener;

/// Whether a media query holds.
pub fn matches_media(query: &str) -> bool {
    web_sys::window().and_then(|window| window.match_media(query).ok()?).is_some_and(|list| list.matches())
}

/// Whether a media query holds, now and later.
#[hook]
pub fn use_media(query: &'static str) -> bool {
    let holds = use_state(|| matches_media(query));
    {
        let holds = holds.clone();
        use_effect_with(query, move |query| {
            let query = *query;
            let list = web_sys::window().and_then(|window| window.match_media(query).ok()?);
            let listener = list.and_then(|list| {
                Listener::on(list.into(), "change", move |_: Event| holds.set(matches_media(query)))
            });
            move || drop(listener)
        });
    }
    *holds
}
