//! The messages of an embedded view.

use web_sys::Event;
use yew::prelude::*;

use crate::browser::{self, Listener};
use crate::embed::{EmbedState, Request};
use crate::session::{Action, Session};

/// Hears the page around, and tells it where the view is.
#[hook]
pub fn use_parent(session: &Session, on_action: &Callback<Action>) {
    let embedded = session.embed.is_some();
    let state = EmbedState::of(session);
    let last = use_mut_ref(|| None::<EmbedState>);
    *last.borrow_mut() = Some(state.clone());
    {
        let last = last.clone();
        use_effect_with((embedded, on_action.clone()), move |(embedded, on_action)| {
            let on_action = on_action.clone();
            let listener = embedded.then(|| {
                let heard = last.clone();
                let listener = Listener::on_window("message", move |event: Event| {
                    let Some(request) = browser::message_of(&event).as_deref().and_then(Request::read) else {
                        return;
                    };
                    match request.action() {
                        Some(action) => on_action.emit(action),
                        None => tell(heard.borrow().as_ref(), "state"),
                    }
                });
                tell(last.borrow().as_ref(), "ready");
                listener
            });
            move || drop(listener)
        });
    }
    use_effect_with((embedded, state), |(embedded, state)| {
        if *embedded {
            tell(Some(state), "state");
        }
    });
    use_effect_with((embedded, session.exhausted), move |(embedded, times)| {
        if *embedded && *times > 0 {
            tell(last.borrow().as_ref(), "exhausted");
        }
    });
}

fn tell(state: Option<&EmbedState>, event: &'static str) {
    if let Some(state) = state {
        browser::tell_parent(&state.message(event));
    }
}
