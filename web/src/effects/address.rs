//! The address bar follows the session; each lesson is an entry in the history.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use playground_core::problem::Problem;
use playground_core::scenario::ScenarioError;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::address::{self, Parameters, Remark};
use crate::browser::{self, NotInflated};
use crate::session::{Action, Session};

/// Debounce interval: browsers refuse more than a few changes of the address per second.
const PAUSE_MS: u32 = 250;
/// A longer scenario in a link is not inflated, octets.
const LONGEST_SCENARIO: usize = 1 << 20;

#[derive(Default)]
struct Pending {
    /// The lesson in the address; a change of lesson adds an entry to the history.
    lesson: Option<&'static str>,
    written: Option<String>,
    timeout: Option<Timeout>,
    /// The number of states that were to be written; deflating takes its time, and the last one counts.
    states: u32,
}

/// What the address says.
pub async fn read_address() -> (Parameters, Vec<Remark>) {
    let (mut parameters, mut remarks) = address::read(&browser::query());
    if let Some(deflated) = parameters.deflated.take() {
        match browser::inflate(&deflated, LONGEST_SCENARIO).await {
            Ok(json) => parameters.scenario = Some(json),
            Err(NotInflated::Unreadable) => {
                remarks.push(Remark::new("deflated", "", address::Problem::BadScenario));
            }
            Err(NotInflated::TooLong) => {
                let most = Problem::octets_at_most(LONGEST_SCENARIO as u64);
                remarks.push(Remark::on_scenario(ScenarioError { field: String::new(), problem: most }));
            }
        }
    }
    (parameters, remarks)
}

/// A query and a fragment, and whether they hold everything: a scenario that is too long for a link is left out.
async fn link_of(mut parameters: Parameters) -> (String, bool) {
    if let Some(json) = &parameters.scenario
        && let Some(deflated) = browser::deflate(json).await
    {
        parameters = Parameters { scenario: None, deflated: Some(deflated), ..parameters };
    }
    let link = address::write(&parameters);
    if address::is_short(&link) {
        return (link, true);
    }
    (address::write(&Parameters { scenario: None, deflated: None, ..parameters }), false)
}

/// A link to the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The full address.
    pub address: String,
    /// Whether it holds everything; a long scenario is left out.
    pub whole: bool,
}

/// The link with these parameters, as soon as it is made.
#[hook]
pub fn use_link(parameters: &Parameters) -> Option<Link> {
    let link = use_state(|| None::<(Parameters, Link)>);
    {
        let link = link.clone();
        use_effect_with(parameters.clone(), move |parameters| {
            let parameters = parameters.clone();
            spawn_local(async move {
                let (query, whole) = link_of(parameters.clone()).await;
                let address = format!("{}?{query}", browser::page_address());
                link.set(Some((parameters, Link { address, whole })));
            });
        });
    }
    link.as_ref().filter(|(of, _)| of == parameters).map(|(_, link)| link.clone())
}

/// Keeps the address in step with the session.
#[hook]
pub fn use_address(session: &Session, on_action: &Callback<Action>) {
    let pending = use_mut_ref(Pending::default);
    let lesson = session.lesson().id;
    let parameters = (!session.player.is_moving()).then(|| session.parameters());
    {
        let pending = pending.clone();
        use_effect_with((lesson, parameters), move |(lesson, parameters)| {
            let Some(parameters) = parameters.clone() else { return };
            let lesson = *lesson;
            let state = pending.borrow().states.wrapping_add(1);
            pending.borrow_mut().states = state;
            spawn_local(async move {
                let (query, _) = link_of(parameters).await;
                if pending.borrow().states == state {
                    write(&pending, lesson, query);
                }
            });
        });
    }
    use_effect_with(on_action.clone(), move |on_action| {
        let on_action = on_action.clone();
        let listener = browser::on_window("popstate", move |_| {
            let is_place = |fragment: &str| !fragment.is_empty() && !fragment.contains('=');
            if browser::query().split_once('#').is_some_and(|(_, fragment)| is_place(fragment)) {
                // A link to a part of the page has taken the place of what stood there.
                let written = pending.borrow().written.clone();
                written.iter().for_each(|query| browser::replace_query(query));
                return;
            }
            let (on_action, pending) = (on_action.clone(), pending.clone());
            spawn_local(async move {
                let (parameters, _) = read_address().await;
                let mut pending = pending.borrow_mut();
                pending.timeout = None;
                // The address is already correct: do not add a history entry for it.
                pending.lesson =
                    parameters.lesson.as_deref().and_then(playground_lessons::find).map(|lesson| lesson.id);
                drop(pending);
                on_action.emit(Action::GoTo(Box::new(parameters)));
            });
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
