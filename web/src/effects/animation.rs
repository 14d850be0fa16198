//! Animation frames, only while something moves.

use yew::prelude::*;

use crate::browser::Animation;
use crate::session::Action;

/// Tells the session of the time that passes while `moving`.
#[hook]
pub fn use_animation(moving: bool, on_action: &Callback<Action>) {
    use_effect_with((moving, on_action.clone()), |(moving, on_action)| {
        let on_action = on_action.clone();
        let animation = moving.then(|| Animation::start(move |micros| on_action.emit(Action::Tick(micros))));
        move || drop(animation)
    });
}
