//! Hooks that keep the document, local storage and animation frames in step with the session.

use yew::prelude::*;

use crate::browser;
use crate::browser::Animation;
use crate::progress::Progress;
use crate::session::{Action, Session};

/// Updates title, language, theme and stored preferences when they change.
#[hook]
pub fn use_page(session: &Session) {
    let title = session.model.text(session.language).title.clone();
    use_effect_with((title, session.language, session.theme), |(title, language, theme)| {
        browser::set_page(&format!("{title} · Socket Playground"), *language, *theme);
    });
    let chosen = session.language_chosen.then_some(session.language);
    use_effect_with((chosen, session.embed.is_some()), |(chosen, embedded)| {
        // The language of an embedded view is not the user's choice.
        if let Some(language) = chosen
            && !embedded
        {
            browser::store("language", language.tag());
        }
    });
    use_effect_with(session.letter_keys, |on| browser::store("letter-keys", if *on { "on" } else { "off" }));
}

/// Records the step reached and whether the challenge is solved.
#[hook]
pub fn use_progress(session: &Session) {
    let lesson = session.lesson().id;
    let steps = session.step + 1;
    let solved = session.model.goal().is_some_and(|goal| goal.solved);
    let counts = session.embed.is_none() && !session.playground;
    use_effect_with((lesson, steps, solved, counts), |(lesson, steps, solved, counts)| {
        if *counts {
            Progress::record(lesson, *steps, *solved);
        }
    });
}

/// Dispatches the preference for reduced motion when it changes.
#[hook]
pub fn use_less_motion(on_action: &Callback<Action>) {
    let less = browser::use_media("(prefers-reduced-motion: reduce)");
    use_effect_with((less, on_action.clone()), |(less, on_action)| {
        on_action.emit(Action::SetLessMotion(*less))
    });
}

/// Dispatches [`Action::Tick`] on each animation frame while `moving`.
#[hook]
pub fn use_animation(moving: bool, on_action: &Callback<Action>) {
    use_effect_with((moving, on_action.clone()), |(moving, on_action)| {
        let on_action = on_action.clone();
        let animation = moving.then(|| Animation::start(move |micros| on_action.emit(Action::Tick(micros))));
        move || drop(animation)
    });
}
