//! What the person asks of every page: less motion.

use yew::prelude::*;

use crate::browser;
use crate::session::Action;

/// Tells the session when the wish for less motion changes.
#[hook]
pub fn use_less_motion(on_action: &Callback<Action>) {
    let less = browser::use_media("(prefers-reduced-motion: reduce)");
    use_effect_with((less, on_action.clone()), |(less, on_action)| {
        on_action.emit(Action::SetLessMotion(*less))
    });
}
