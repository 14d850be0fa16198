//! Hooks that keep the document, local storage and animation frames in step with the session.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use crate::browser;
use crate::browser::Animation;
use crate::progress::Progress;
use crate::session::{Action, Session};

/// Updates title, language, theme and stored preferences when they change.
#[hook]
pub fn use_page(session: &Session) {
    let title = session.shown().text(session.language).title.clone();
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
    // Nor are its keys, nor whether it plays through.
    let is_own = session.embed.is_none();
    use_effect_with(is_own.then_some(session.letter_keys), |on| store_switch("letter-keys", *on));
    use_effect_with(is_own.then_some(session.play_through), |on| store_switch("play-through", *on));
}

fn store_switch(name: &str, on: Option<bool>) {
    if let Some(on) = on {
        browser::store(name, if on { "on" } else { "off" });
    }
}

/// Records the step reached and whether the challenge is solved.
#[hook]
pub fn use_progress(session: &Session) {
    let lesson = session.lesson().id;
    let steps = session.step + 1;
    let solved = session.shown().goal().is_some_and(|goal| goal.solved);
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

/// Dispatches [`Action::PlayOn`] after the rest at each step, while the session plays through.
#[hook]
pub fn use_rest(session: &Session, on_action: &Callback<Action>) {
    let rest = session.rest().map(|rest| (rest, session.step));
    use_effect_with((rest, on_action.clone()), |(rest, on_action)| {
        let on_action = on_action.clone();
        let timeout = rest.map(|(rest, _)| {
            let millis = u32::try_from(rest.as_millis()).unwrap_or(u32::MAX);
            Timeout::new(millis, move || on_action.emit(Action::PlayOn))
        });
        move || drop(timeout)
    });
}

/// Moves the focus to the step's question when the next step is asked for before it is answered.
#[hook]
pub fn use_question(session: &Session) {
    let asked = session.asked;
    let last_asked = use_mut_ref(|| asked);
    use_effect_with(asked, move |asked| {
        if last_asked.replace(*asked) != *asked {
            browser::focus(QUESTION);
        }
    });
}

/// The id of the element that holds the step's question.
const QUESTION: &str = "question";
