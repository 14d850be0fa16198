//! What the person asks of every page: less motion.

use web_sys::Event;
use yew::prelude::*;

use crate::browser::{self, Listener};
use crate::session::Action;

const LESS_MOTION: &str = "(prefers-reduced-motion: reduce)";

/// Tells the session when the wish for less motion changes.
#[hook]
pub fn use_media(on_action: &Callback<Action>) {
    use_effect_with(on_action.clone(), |on_action| {
        let on_action = on_action.clone();
        let list = web_sys::window().and_then(|window| window.match_media(LESS_MOTION).ok()?);
        let listener = list.and_then(|list| {
            Listener::on(list.into(), "change", move |_: Event| {
                on_action.emit(Action::SetLessMotion(browser::matches_media(LESS_MOTION)));
            })
        });
        move || drop(listener)
    });
}
