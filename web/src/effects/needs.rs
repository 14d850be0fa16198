//! A lesson's words come before the lesson, and what does something comes before it is done: both are fetched, and
//! only then does an action happen.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use playground_lessons::{Language, Lesson, Terms, all, find};

use crate::browser;
use crate::command::Command;
use crate::icon::{Picture, icon};
use crate::language::{self, text};
use crate::markup::prelude::*;
use crate::session::{Action, Session};

/// What an action needs.
#[derive(Clone, Copy)]
pub struct Needs {
    /// Whose words.
    pub lesson: &'static Lesson,
    /// In which language.
    pub language: Language,
    /// All of the program with all of the page's words, and not only the part that comes first.
    pub program: bool,
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
    /// Whether all of it is here.
    fn are_met(self) -> bool {
        self.lesson.markdown.is_whole(self.language)
            && language::is_here(self.language)
            && (!self.program || browser::is_whole() && language::is_whole(self.language))
    }
}

/// Fetches what is needed and is not here, all at once; says whether it came.
pub fn fetch(needs: Needs, done: impl FnOnce(bool) + 'static) {
    let Needs { lesson, language, program } = needs;
    // What has not answered yet, whether all that has came, and who wants to know.
    let left = Rc::new(RefCell::new((3_u8, true, Some(done))));
    let answer = move |came: bool| {
        let mut left = left.borrow_mut();
        left.0 -= 1;
        left.1 &= came;
        let (awaited, all) = (left.0, left.1);
        let done = if awaited == 0 { left.2.take() } else { None };
        drop(left);
        if let Some(done) = done {
            done(all);
        }
    };
    let answer: Rc<dyn Fn(bool)> = Rc::new(answer);
    let file = |name: &str, is_here: bool, provide: fn(Needs, String) -> bool| {
        let answer = answer.clone();
        if is_here {
            return answer(true);
        }
        browser::fetch(format!("./words/{name}"), move |text| {
            answer(text.is_some_and(|text| provide(needs, text)));
        });
    };
    file(language::file(language), language::is_here(language), |needs, text| {
        language::provide(needs.language, text)
    });
    file(lesson.markdown.words_file(language), lesson.markdown.is_whole(language), |needs, text| {
        needs.lesson.markdown.provide(needs.language, &text)
    });
    if program {
        fetch_rest(language, move |came| answer(came));
    } else {
        answer(true);
    }
}

/// Fetches the rest of the program and of the page's words. The words are handed in when the program is here: that is
/// where their keys are.
fn fetch_rest(language: Language, done: impl FnOnce(bool) + 'static) {
    if language::is_whole(language) {
        return browser::fetch_parts(done);
    }
    let words = Rc::new(RefCell::new(None));
    let program = Rc::new(Cell::new(None));
    let done = RefCell::new(Some(done));
    let answer = {
        let (words, program) = (words.clone(), program.clone());
        Rc::new(move || {
            let Some(came) = program.get() else { return };
            if let Some(text) = words.take() {
                let text: Option<String> = text;
                let taken = came && text.is_some_and(|text| language::provide_more(language, text));
                if let Some(done) = done.take() {
                    done(taken);
                }
            }
        })
    };
    {
        let answer = answer.clone();
        browser::fetch(format!("./words/{}", language::more_file(language)), move |text| {
            *words.borrow_mut() = Some(text);
            answer();
        });
    }
    browser::fetch_parts(move |came| {
        program.set(Some(came));
        answer();
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

/// What an action needs, in a session that shows this lesson in this language.
fn needs(action: &Action, (lesson, language): (&'static Lesson, Language)) -> Needs {
    let other = if language == Language::Korean { Language::English } else { Language::Korean };
    let (lesson, language) = match action {
        Action::OpenLesson(id) => (find(id).unwrap_or(lesson), language),
        Action::SetLanguage(language) => (lesson, *language),
        Action::Do(Command::Language) => (lesson, other),
        Action::GoTo(parameters) => {
            let opened = parameters.lesson.as_deref().and_then(find).or(all().first().copied());
            (opened.unwrap_or(lesson), parameters.language.unwrap_or(language))
        }
        _ => (lesson, language),
    };
    // Where all of the program is here, another language is needed whole.
    Needs { lesson, language, program: browser::is_whole() || !is_first(action) }
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
    let shown = use_mut_ref(|| (session.lesson(), session.language));
    *shown.borrow_mut() = (session.lesson(), session.language);
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
            let language = shown.borrow().1;
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

/// Fetches the rest of the program while the first lesson is read; says whether it has come, and the way to try again
/// where it could not be had.
#[hook]
pub fn use_program(session: &Session) -> (Option<bool>, Callback<MouseEvent>) {
    let needs = Needs { lesson: session.lesson(), language: session.language, program: true };
    let failed = use_state(|| false);
    // To draw once more when it has come.
    let drawn = use_force_update();
    let fetch = {
        let failed = failed.setter();
        use_callback((needs.lesson, needs.language), move |_: (), (lesson, language)| {
            let (failed, drawn) = (failed.clone(), drawn.clone());
            fetch(Needs { lesson, language: *language, program: true }, move |came| {
                failed.set(!came);
                drawn.force_update();
            });
            // The lesson map is complete at once when it is opened.
            fetch_terms(|| ());
        })
    };
    {
        let fetch = fetch.clone();
        use_effect_with(needs.language, move |_| fetch.emit(()));
    }
    let came = needs.are_met().then_some(true).or(failed.then_some(false));
    (came, fetch.reform(|_: MouseEvent| ()))
}
