//! A lesson's words come before the lesson: they are fetched, and only then is it opened.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use playground_lessons::{Language, Lesson, Terms, all, find};

use crate::browser;
use crate::command::Command;
use crate::icon::{Picture, icon};
use crate::language::text;
use crate::markup::prelude::*;
use crate::session::{Action, Session};

/// Whose words, and in which language.
type Wanted = (&'static Lesson, Language);

/// How the words of the lesson to be opened are doing.
#[derive(Clone, PartialEq)]
enum Words {
    /// None are awaited.
    Here,
    /// They are on their way.
    Coming,
    /// They cannot be had: what was to happen, and in which language to say so.
    Failed(Action, Language),
}

/// Fetches the words of a lesson, unless they are here; says whether they are.
pub fn fetch_words((lesson, language): Wanted, done: impl FnOnce(bool) + 'static) {
    let markdown = &lesson.markdown;
    if markdown.is_whole(language) {
        return done(true);
    }
    browser::fetch(format!("./words/{}", markdown.words_file(language)), move |words| {
        done(words.is_some_and(|words| markdown.provide(language, &words)));
    });
}

/// Fetches the terms that lessons are found by, unless they are here; says when they came.
pub fn fetch_terms(came: impl FnOnce() + 'static) {
    if Terms::words().is_none() {
        browser::fetch(format!("./words/{}", Terms::FILE), move |terms| {
            if terms.is_some_and(Terms::provide) {
                came();
            }
        });
    }
}

/// Whose words an action needs, in a session that shows these.
fn wanted(action: &Action, (lesson, language): Wanted) -> Wanted {
    let other = if language == Language::Korean { Language::English } else { Language::Korean };
    match action {
        Action::OpenLesson(id) => (find(id).unwrap_or(lesson), language),
        Action::SetLanguage(language) => (lesson, *language),
        Action::Do(Command::Language) => (lesson, other),
        Action::GoTo(parameters) => {
            let opened = parameters.lesson.as_deref().and_then(find).or(all().first().copied());
            (opened.unwrap_or(lesson), parameters.language.unwrap_or(language))
        }
        _ => (lesson, language),
    }
}

/// Lets an action happen once the words it needs are here; and what is to be seen of that.
#[hook]
pub fn use_words(session: &Session, dispatch: Callback<Action>) -> (Callback<Action>, Html) {
    let shown = use_mut_ref(|| (session.lesson(), session.language));
    *shown.borrow_mut() = (session.lesson(), session.language);
    let words = use_state(|| Words::Here);
    let latest = use_mut_ref(|| Rc::new(Cell::new(0_u32)));
    let on_action = {
        let words = words.setter();
        use_callback((), move |action: Action, ()| {
            let wanted = wanted(&action, *RefCell::borrow(&shown));
            let latest = latest.borrow().clone();
            if wanted.0.markdown.is_whole(wanted.1) {
                dispatch.emit(action);
                return;
            }
            // What was asked for last counts.
            let number = latest.get().wrapping_add(1);
            latest.set(number);
            words.set(Words::Coming);
            let (words, dispatch) = (words.clone(), dispatch.clone());
            let language = shown.borrow().1;
            fetch_words(wanted, move |came| {
                if latest.get() != number {
                    return;
                }
                words.set(if came { Words::Here } else { Words::Failed(action.clone(), language) });
                if came {
                    dispatch.emit(action);
                }
            });
        })
    };
    let seen = match &*words {
        Words::Here => Html::default(),
        Words::Coming => html! {
            <p class="words-coming" role="status">{ text(session.language, "words-coming", &[]) }</p>
        },
        Words::Failed(action, language) => {
            let (again, words) = (on_action.clone(), words.setter());
            let action = action.clone();
            let onclick = Callback::from(move |_: MouseEvent| again.emit(action.clone()));
            let dismiss = Callback::from(move |_: MouseEvent| words.set(Words::Here));
            failed(*language, onclick, Some(dismiss))
        }
    };
    (on_action, seen)
}

/// Says that words cannot be had, with a button that tries again.
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
