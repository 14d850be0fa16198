//! The second half of the program, which is fetched while the first lesson is read.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use playground_lessons::{Language, Lesson, all};
use yew::prelude::*;

use crate::browser;
use crate::command::Command;
use crate::icon::{Picture, icon};
use crate::language::text;
use crate::session::{Action, Session};

/// What an action needs.
#[derive(Clone, Copy)]
pub struct Needs {
    /// In which language.
    pub language: Language,
    /// All of the program and of the words, and not only what the first lesson needs.
    pub all: bool,
}

/// How what is needed is doing.
#[derive(Clone, PartialEq)]
enum Coming {
    /// Nothing is awaited.
    Here,
    /// It is on its way.
    Awaited,
    /// It cannot be had: what was to happen, and in which language to say so.
    Failed(Action, Language),
}

impl Needs {
    /// What a lesson needs, as it is in the course.
    pub fn of(lesson: &Lesson, language: Language) -> Self {
        Self { language, all: lesson != all()[0] }
    }

    /// Whether all of it is here.
    fn are_met(self) -> bool {
        !self.all || browser::is_whole()
    }
}

/// Fetches what is needed and is not here; says whether it came.
pub fn fetch(needs: Needs, done: impl FnOnce(bool) + 'static) {
    if needs.all { browser::fetch_parts(done) } else { done(true) }
}

/// What an action needs, in a session that shows this lesson in this language.
fn needs(action: &Action, language: Language) -> Needs {
    let other = if language == Language::Korean { Language::English } else { Language::Korean };
    let language = match action {
        Action::SetLanguage(language) => *language,
        Action::Do(Command::Language) => other,
        Action::GoTo(parameters) => parameters.language.unwrap_or(language),
        _ => language,
    };
    // Where all of it is here, another language is needed whole.
    Needs { language, all: browser::is_whole() || !is_first(action) }
}

/// Whether an action only moves through the run, or changes how the page looks: the first part can do that.
fn is_first(action: &Action) -> bool {
    match action {
        Action::Do(command) => matches!(
            command,
            Command::PlayPause
                | Command::NextStep
                | Command::PreviousStep
                | Command::FirstStep
                | Command::LastStep
                | Command::NextSegment
                | Command::PreviousSegment
                | Command::Answer(_)
                | Command::Language
        ),
        Action::Tick(_)
        | Action::Seek(_)
        | Action::SeekView(_)
        | Action::GoToStep(_)
        | Action::Play
        | Action::Pause
        | Action::SetSpeed(_)
        | Action::SetLanguage(_)
        | Action::SetTheme(_)
        | Action::SetLessMotion(_)
        | Action::Dismiss => true,
        _ => false,
    }
}

/// Lets an action happen once what it needs is here; and what is to be seen of that.
#[hook]
pub fn use_needs(session: &Session, dispatch: Callback<Action>) -> (Callback<Action>, Html) {
    let shown = use_mut_ref(|| session.language);
    *shown.borrow_mut() = session.language;
    let coming = use_state(|| Coming::Here);
    let latest = use_mut_ref(|| Rc::new(Cell::new(0_u32)));
    let on_action = {
        let coming = coming.setter();
        use_callback((), move |action: Action, ()| {
            let needs = needs(&action, *RefCell::borrow(&shown));
            let latest = latest.borrow().clone();
            if needs.are_met() {
                dispatch.emit(action);
                return;
            }
            // What was asked for last counts.
            let number = latest.get().wrapping_add(1);
            latest.set(number);
            coming.set(Coming::Awaited);
            let (coming, dispatch) = (coming.clone(), dispatch.clone());
            let language = *shown.borrow();
            fetch(needs, move |came| {
                if latest.get() != number {
                    return;
                }
                coming.set(if came { Coming::Here } else { Coming::Failed(action.clone(), language) });
                if came {
                    dispatch.emit(action);
                }
            });
        })
    };
    let seen = match &*coming {
        Coming::Here => Html::default(),
        Coming::Awaited => html! {
            <p class="words-coming" role="status">{ text(session.language, "words-coming", &[]) }</p>
        },
        Coming::Failed(action, language) => {
            let (again, coming) = (on_action.clone(), coming.setter());
            let action = action.clone();
            let onclick = Callback::from(move |_: MouseEvent| again.emit(action.clone()));
            let dismiss = Callback::from(move |_: MouseEvent| coming.set(Coming::Here));
            failed(*language, onclick, Some(dismiss))
        }
    };
    (on_action, seen)
}

/// Says that something cannot be had, with a button that tries again.
pub fn failed(
    language: Language,
    onclick: Callback<MouseEvent>,
    dismiss: Option<Callback<MouseEvent>>,
) -> Html {
    html! {
        <section class="notices" role="alert">
            { icon(Picture::Warning) }
            <p>{ text(language, "words-failed", &[]) }</p>
            <button type="button" class="button small" {onclick}>{ text(language, "words-again", &[]) }</button>
            if let Some(onclick) = dismiss {
                <button type="button" class="round" {onclick} aria-label={text(language, "notice-dismiss", &[])}>
                    { icon(Picture::Close) }
                </button>
            }
        </section>
    }
}

/// Fetches the rest of the program and of the words while the first lesson is read; says whether it has come, and the
/// way to try again where it could not be had.
#[hook]
pub fn use_rest(language: Language) -> (Option<bool>, Callback<MouseEvent>) {
    let failed = use_state(|| false);
    // To draw once more when it has come.
    let drawn = use_force_update();
    let ask = {
        let failed = failed.setter();
        use_callback(language, move |_: (), language| {
            let (failed, drawn) = (failed.clone(), drawn.clone());
            let needs = Needs { language: *language, all: true };
            if !needs.are_met() {
                fetch(needs, move |came| {
                    failed.set(!came);
                    drawn.force_update();
                });
            }
        })
    };
    {
        let ask = ask.clone();
        use_effect_with(language, move |_| ask.emit(()));
    }
    let came = Needs { language, all: true }.are_met().then_some(true).or(failed.then_some(false));
    (came, ask.reform(|_: MouseEvent| ()))
}
