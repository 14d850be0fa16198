//! Messages of an embedded view.

use std::rc::Rc;

use yew::prelude::*;

use crate::browser;
use crate::embed::{EmbedState, Request};
use crate::session::{Action, Session};

/// Answers the embedding page and reports the state to it.
#[hook]
pub fn use_parent(session: &Session, on_action: &Callback<Action>) {
    let embedded = session.embed.is_some();
    let state = EmbedState::of(session);
    // Every request is answered, even if it changes nothing.
    let heard = use_reducer(Heard::default);
    {
        let heard = heard.dispatcher();
        use_effect_with((embedded, on_action.clone()), move |(embedded, on_action)| {
            let on_action = on_action.clone();
            let listener = embedded.then(|| {
                browser::on_window("message", move |event| {
                    let Some(request) = browser::message_of(event).as_deref().and_then(Request::read) else {
                        return;
                    };
                    if let Some(action) = request.action() {
                        on_action.emit(action);
                    }
                    heard.dispatch(());
                })
            });
            move || drop(listener)
        });
    }
    let told = use_mut_ref(|| false);
    let answered = use_mut_ref(|| 0_u32);
    let exhausted = session.exhausted;
    let last_exhausted = use_mut_ref(|| exhausted);
    use_effect_with((embedded, state, heard.times, exhausted), move |(embedded, state, heard, exhausted)| {
        // Requests that arrive together are rendered once, and answered one by one.
        let requests = heard.wrapping_sub(answered.replace(*heard));
        let messages = if *embedded { requests.max(1) } else { 0 };
        for _ in 0..messages {
            let event = if !told.replace(true) {
                "ready"
            } else if last_exhausted.replace(*exhausted) != *exhausted {
                "exhausted"
            } else {
                "state"
            };
            browser::tell_parent(&state.message(event));
        }
    });
}

/// The number of requests received.
#[derive(Default)]
struct Heard {
    times: u32,
}

impl Reducible for Heard {
    type Action = ();

    fn reduce(self: Rc<Self>, (): ()) -> Rc<Self> {
        Rc::new(Self { times: self.times.wrapping_add(1) })
    }
}
