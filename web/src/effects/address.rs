//! The address bar follows the session; each lesson is an entry in the history.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use crate::address;
use crate::browser;
use crate::session::{Action, Session};

/// Debounce interval: browsers refuse more than a few changes of the address per second.
const PAUSE_MS: u32 = 250;

#[derive(Default)]
struct Pending {
    /// The lesson in the address; a change of lesson adds an entry to the history.
    lesson: Option<&'static str>,
    written: Option<String>,
    timeout: Option<Timeout>,
}

/// Keeps the address in step with the session.
#[hook]
pub fn use_address(session: &Session, on_action: &Callback<Action>) {
    let pending = use_mut_ref(Pending::default);
    let lesson = session.lesson().id;
    let query = (!session.player.is_moving()).then(|| address::write(&session.parameters()));
    {
        let pending = pending.clone();
        use_effect_with((lesson, query), move |(lesson, query)| {
            if let Some(query) = query {
                write(&pending, lesson, query.clone());
            }
        });
    }
    use_effect_with(on_action.clone(), move |on_action| {
        let on_action = on_action.clone();
        let listener = browser::on_window("popstate", move |_| {
            let query = browser::query();
            let (parameters, _) = address::read(&query);
            let mut pending = pending.borrow_mut();
            pending.timeout = None;
            // The address is already correct: do not add a history entry for it.
            pending.lesson =
                parameters.lesson.as_deref().and_then(playground_lessons::find).map(|lesson| lesson.id);
            drop(pending);
            on_action.emit(Action::GoTo(Box::new(parameters)));
        });
        move || drop(listener)
    });
}

fn write(pending: &Rc<RefCell<Pending>>, lesson: &'static str, query: String) {
    let mut state = pending.borrow_mut();
    if state.written.as_ref() == Some(&query) {
        return;
    }
    state.written = Some(query.clone());
    let before = state.lesson.replace(lesson);
    if before.is_some_and(|before| before != lesson) {
        state.timeout = None;
        browser::push_query(&query);
        return;
    }
    state.timeout = Some(Timeout::new(PAUSE_MS, move || browser::replace_query(&query)));
}
