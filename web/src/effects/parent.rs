//! Messages of an embedded view.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use yew::prelude::*;

use crate::address::Problem;
use crate::browser;
use crate::command::Command;
use crate::embed::{
    Asked, EmbedState, Key, More, Request, Settings, Version, description, snapshot, state_event,
};
use crate::language::{Text, sentence};
use crate::session::{Action, Session};

/// So many requests wait for their answer; those beyond are ignored, as an endless loop would send them.
const MOST_WAITING: usize = 64;

/// The page around an embedded view.
#[derive(Default)]
pub struct Host {
    /// The version that it spoke last; until it has spoken, the first.
    pub version: Cell<Version>,
    /// Whether every key is its own.
    pub keys: Cell<bool>,
    /// Its requests, the oldest first: that one is acted on and waits for its answer.
    waiting: RefCell<VecDeque<Asked>>,
    /// Why the oldest is refused.
    refused: RefCell<Option<String>>,
    /// What was told last; none before `ready`.
    told: RefCell<Option<EmbedState>>,
    /// How often the steps were exhausted, forwards and backwards, when it was told last.
    exhausted: Cell<(u32, u32)>,
}

/// The embedding page, for the hooks that speak with it.
#[hook]
pub fn use_host() -> Rc<Host> {
    (*use_memo((), |()| Rc::new(Host::default()))).clone()
}

/// Answers the embedding page and reports the state to it.
///
/// Requests are acted on one after the other, each when the one before has been answered: an answer then has the state
/// that its own request led to.
#[hook]
pub fn use_parent(host: &Rc<Host>, session: &UseReducerHandle<Session>, on_action: &Callback<Action>) {
    let embedded = session.embed.is_some();
    let state = EmbedState::of(session);
    // Every request is answered, even if it changes nothing.
    let acted = use_reducer(Acted::default);
    let drawn = use_mut_ref(|| session.clone());
    *drawn.borrow_mut() = session.clone();
    let act = {
        let (host, drawn, acted) = (host.clone(), drawn.clone(), acted.dispatcher());
        use_callback(on_action.clone(), move |(), on_action| {
            host.act(&drawn.borrow(), on_action);
            acted.dispatch(());
        })
    };
    {
        let host = host.clone();
        use_effect_with((embedded, act.clone()), move |(embedded, act)| {
            let act = act.clone();
            let listener = embedded.then(|| {
                browser::on_window("message", move |event| {
                    let mut waiting = host.waiting.borrow_mut();
                    if waiting.len() >= MOST_WAITING {
                        return;
                    }
                    let Some(asked) = browser::message_of(event).as_deref().and_then(Asked::read) else {
                        return;
                    };
                    host.version.set(asked.version);
                    waiting.push_back(asked);
                    let is_alone = waiting.len() == 1;
                    drop(waiting);
                    if is_alone {
                        act.emit(());
                    }
                })
            });
            move || drop(listener)
        });
    }
    let host = host.clone();
    let exhausted = (session.exhausted, session.exhausted_back);
    let remarks = session.remarks.clone();
    use_effect_with(
        (embedded, state, acted.times, exhausted, remarks),
        move |(embedded, state, _, exhausted, _)| {
            if *embedded && host.answer(&drawn.borrow(), state, *exhausted) {
                act.emit(());
            }
        },
    );
}

impl Host {
    /// Whether a command of the view's own arrows is left to the embedding page, as its keys are.
    pub fn takes(&self, command: Command) -> bool {
        let key = match command {
            Command::NextStep => "ArrowRight",
            Command::PreviousStep => "ArrowLeft",
            _ => return false,
        };
        if self.keys.get() {
            for down in [true, false] {
                let key = Key { down, key: key.to_owned(), code: key.to_owned(), held: [false; 4] };
                key.message(self.version.get()).iter().for_each(|message| browser::tell_parent(message));
            }
        }
        self.keys.get()
    }

    /// Acts on the oldest request.
    fn act(&self, session: &Session, on_action: &Callback<Action>) {
        let waiting = self.waiting.borrow();
        let Some(asked) = waiting.front() else { return };
        let refused = match &asked.request {
            None => Some(Text::new(session.language).plain("embed-not-understood")),
            Some(Request::Set(settings)) => self.set(settings, session, on_action).err(),
            Some(request) => {
                request.action().into_iter().for_each(|action| on_action.emit(action));
                None
            }
        };
        self.refused.replace(refused);
    }

    /// Changes settings, all or none of them.
    fn set(
        &self,
        settings: &Settings,
        session: &Session,
        on_action: &Callback<Action>,
    ) -> Result<(), String> {
        let lesson = session.lesson();
        let mut values = session.experiment.values.clone();
        let mut turns = Vec::new();
        for (name, value) in &settings.knobs {
            values.set(lesson, name, value).map_err(|error| {
                let words = session.shown().text(session.language);
                sentence(Text::new(session.language), &words, &error.into())
            })?;
            turns.extend(lesson.knobs.iter().find(|knob| knob.id == name).map(|knob| (knob.id, value)));
        }
        for (id, value) in turns {
            on_action.emit(Action::TurnKnob { id, value: value.clone() });
        }
        if let Some(theme) = settings.theme {
            on_action.emit(Action::SetTheme(theme));
        }
        if let Some(language) = settings.language {
            on_action.emit(Action::SetLanguage(language));
        }
        if let Some(keys) = settings.host_keys {
            self.keys.set(keys);
        }
        Ok(())
    }

    /// Whether the oldest request waits for the words of a language; where they do not come it is refused.
    fn is_fetching(&self, session: &Session) -> bool {
        let waiting = self.waiting.borrow();
        let Some(Some(Request::Set(Settings { language: Some(language), .. }))) =
            waiting.front().map(|asked| &asked.request)
        else {
            return false;
        };
        if *language == session.language || self.refused.borrow().is_some() {
            return false;
        }
        let is_missing = session.remarks.iter().any(|remark| remark.problem == Problem::NotFetched);
        if is_missing {
            let text = Text::new(session.language);
            self.refused.replace(Some(text.plain("notice-not-fetched")));
        }
        !is_missing
    }

    /// Answers the oldest request, or reports a state that came about by itself; returns whether another request waits.
    fn answer(&self, session: &Session, state: &EmbedState, exhausted: (u32, u32)) -> bool {
        if self.is_fetching(session) {
            return false;
        }
        let (next, prev) = self.exhausted.replace(exhausted);
        let Some(told) = self.told.replace(Some(state.clone())) else {
            // Nobody knows yet which version is spoken.
            browser::tell_parent(&state_event(Version::One, "ready", state, More::default()));
            let described = description(session, More::default());
            browser::tell_parent(&state_event(Version::Two, "ready", state, described));
            return false;
        };
        let direction =
            if exhausted.0 != next { Some("next") } else { (exhausted.1 != prev).then_some("prev") };
        let asked = self.waiting.borrow_mut().pop_front();
        let version = asked.as_ref().map_or(self.version.get(), |asked| asked.version);
        if asked.is_none() && version == Version::One && direction.is_none() && told.is_same_in_1(state) {
            return false;
        }
        let (id, request) = asked.map_or_else(Default::default, |asked| (asked.id, asked.request));
        let mut more = More { id, ..More::default() };
        let mut name = "state";
        // Version 1 knows no beginning.
        if let Some(direction) = direction.filter(|it| version == Version::Two || *it == "next") {
            name = "exhausted";
            more = more.with("direction", direction);
        }
        match request {
            Some(Request::Describe) => more = description(session, more),
            Some(Request::Snapshot(width, height)) => {
                let theme = state.theme.unwrap_or_else(browser::theme);
                match snapshot(session, (width, height), theme, browser::styles_for) {
                    Some(svg) => {
                        name = "snapshot";
                        more = more.with("svg", svg);
                    }
                    None => {
                        let text = Text::new(session.language);
                        self.refused.replace(Some(text.plain("embed-no-picture")));
                    }
                }
            }
            _ => {}
        }
        if let Some(refused) = self.refused.take() {
            name = "refused";
            more = more.with("reason", refused);
        }
        browser::tell_parent(&state_event(version, name, state, more));
        !self.waiting.borrow().is_empty()
    }
}

/// How many requests were acted on.
#[derive(Default)]
struct Acted {
    times: u32,
}

impl Reducible for Acted {
    type Action = ();

    fn reduce(self: Rc<Self>, (): ()) -> Rc<Self> {
        Rc::new(Self { times: self.times.wrapping_add(1) })
    }
}
