//! The page: one session, what shows it, and what it hears.

use playground_lessons::{Language, all, find};
use web_sys::Element;
use yew::prelude::*;

use crate::address::{self, Embed, Parameters, Remark};
use crate::browser;
use crate::command::Command;
use crate::controls::Dock;
use crate::dialogs::{Keyboard, LessonMap, Note, Share};
use crate::effects::{
    Needs, failed, fetch, use_address, use_animation, use_keys, use_less_motion, use_needs, use_page,
    use_parent, use_progress, use_rest,
};
use crate::embed::EmbedView;
use crate::language::{Text, sentence, text};
use crate::playground::Editor;
use crate::session::{Action, Dialog, Session, Surroundings};
use crate::shell::{Bench, Live, TopBar, notices};
use crate::story::{Story, WhatIf};

/// Where the page is drawn.
///
/// Panics: the page has no body, so there is nothing to draw on.
pub fn root() -> Element {
    let document = web_sys::window().and_then(|window| window.document()).expect("a page has a document");
    let app = document.get_element_by_id("app").or_else(|| document.body().map(Into::into));
    app.expect("a document has a body")
}

/// What the browser knows of the person.
fn surroundings() -> Surroundings {
    let chosen = browser::load("language").and_then(|tag| Language::from_tag(&tag));
    let wanted = || browser::languages().iter().find_map(|tag| Language::from_tag(tag));
    Surroundings {
        language: chosen.or_else(wanted).unwrap_or(Language::English),
        less_motion: browser::matches_media("(prefers-reduced-motion: reduce)"),
        letter_keys: browser::load("letter-keys").as_deref() != Some("off"),
    }
}

/// What the page is opened with.
struct Asked {
    parameters: Parameters,
    remarks: Vec<Remark>,
    around: Surroundings,
}

impl Asked {
    fn new() -> Self {
        let (parameters, remarks) = address::read(&browser::query());
        Self { parameters, remarks, around: surroundings() }
    }

    fn language(&self) -> Language {
        self.parameters.language.unwrap_or(self.around.language)
    }

    /// What must be here before it is opened: the first lesson as it is needs the least.
    fn needs(&self) -> Needs {
        let parameters = &self.parameters;
        let lesson = parameters.lesson.as_deref().and_then(find).unwrap_or(all()[0]);
        let odd = !parameters.knobs.is_empty() || !self.remarks.is_empty();
        let changed = odd || parameters.scenario.is_some() || parameters.playground;
        let needs = Needs::of(lesson, self.language());
        Needs { all: needs.all || changed || parameters.embed.is_some(), ..needs }
    }

    fn open(&self) -> Result<Session, String> {
        Session::open(&self.parameters, self.remarks.clone(), self.around).map_err(|error| {
            let problem = format!("{}: {}", error.field, error.problem.key);
            text(self.language(), "broken", &[("problem", &problem)])
        })
    }
}

/// The page, or why there is none. Until what it needs is here, its outline stands in the page.
#[component]
pub fn App() -> Html {
    let asked = use_memo((), |()| Asked::new());
    let came = use_state(|| None);
    let ask = {
        let (asked, came) = (asked.clone(), came.setter());
        use_callback((), move |(): (), ()| {
            let came = came.clone();
            came.set(None);
            fetch(asked.needs(), move |all| came.set(Some(all)));
        })
    };
    {
        let ask = ask.clone();
        use_effect_with((), move |()| ask.emit(()));
    }
    let opened = use_memo(*came == Some(true), |is_here| is_here.then(|| asked.open()));
    match (&*opened, *came) {
        (_, Some(false)) => failed(asked.language(), ask.reform(|_: MouseEvent| ()), None),
        (None, _) => Html::default(),
        (Some(Ok(session)), _) => html! { <Page session={session.clone()} /> },
        (Some(Err(problem)), _) => html! {
            <main class="broken"><p>{ problem.clone() }</p></main>
        },
    }
}

/// Properties of [`Page`].
#[derive(Properties)]
struct PageProps {
    session: Session,
}

impl PartialEq for PageProps {
    fn eq(&self, _: &Self) -> bool {
        // It is opened once; everything later happens to the reducer.
        true
    }
}

/// The session and its views.
#[component]
fn Page(props: &PageProps) -> Html {
    let handle = use_reducer(|| props.session.clone());
    let session: &Session = &handle;
    let dispatch = {
        let dispatcher = handle.dispatcher();
        use_callback((), move |action: Action, ()| dispatcher.dispatch(action))
    };
    let (on_action, coming) = use_needs(session, dispatch);
    let rest = use_rest(session.language);
    let on_command = use_callback(on_action.clone(), |command: Command, on_action| match command {
        Command::FullScreen => browser::toggle_full_screen(),
        Command::Theme => on_action.emit(Action::SetTheme(browser::theme().other())),
        command => on_action.emit(Action::Do(command)),
    });
    use_animation(session.player.is_moving(), &on_action);
    use_keys(session, &on_command);
    use_address(session, &on_action);
    use_page(session);
    use_less_motion(&on_action);
    use_progress(session, rest.0 == Some(true));
    use_parent(session, &on_action);

    let text = Text::new(session.language);
    html! {
        <ContextProvider<Text> context={text}>
            { match session.embed {
                Some(embed) => embedded(session, embed, &on_action, &on_command),
                None => whole(session, text, rest, &on_action, &on_command),
            } }
            { if session.dialog.is_some() { dialog(session, &on_action, &on_command) } else { Html::default() } }
            { html! { <Live story={session.story()} step={session.step} /> } }
            { coming }
        </ContextProvider<Text>>
    }
}

// What comes later is a function of its own.
#[inline(never)]
fn embedded(
    session: &Session,
    embed: Embed,
    on_action: &Callback<Action>,
    on_command: &Callback<Command>,
) -> Html {
    html! {
        <EmbedView model={session.model.clone()} story={session.story()} step={session.step} frame={session.frame.clone()}
            selection={session.selection} {embed} chrome={session.chrome} on_action={on_action.clone()} on_command={on_command.clone()} />
    }
}

fn whole(
    session: &Session,
    text: Text,
    (program, again): (Option<bool>, Callback<MouseEvent>),
    on_action: &Callback<Action>,
    on_command: &Callback<Command>,
) -> Html {
    let story = session.story();
    let given = session.answers.get(&session.step).cloned().unwrap_or_default();
    let words = session.model.text(session.language);
    let problem = session.problem.clone().or_else(|| session.model.trace.cut_short());
    let problem = problem.map(|problem| AttrValue::from(sentence(text, &words, &problem)));
    let replaced = session.experiment.replaced.is_some();
    let changed = replaced || !session.experiment.edits.is_empty();
    html! {
        <div class={classes!("page", session.playground.then_some("is-playground"))}>
            <a class="skip" href="#story">{ text.plain("skip") }</a>
            <TopBar lesson={session.lesson().id} title={words.title.clone()}
                playground={session.playground} on_action={on_action.clone()} on_command={on_command.clone()} />
            <main class="desk">
                if session.playground {
                    { editor(session, changed, problem.clone(), on_action, on_command) }
                } else {
                    <Story model={session.model.clone()} story={story.clone()} step={session.step} {given}
                        on_action={on_action.clone()} on_command={on_command.clone()} />
                }
                <Bench model={session.model.clone()} frame={session.frame.clone()} selection={session.selection} tab={session.tab}
                    edits={session.experiment.edits.clone()} {replaced} {program} {again} on_action={on_action.clone()} />
                if !session.playground && program == Some(true) {
                    { what_if(session, problem, on_action, on_command) }
                }
            </main>
            <Dock model={session.model.clone()} {story} step={session.step} now={session.cursor().at} speed={session.player.speed()}
                moving={session.player.is_moving()} at_end={session.is_at_end()} on_action={on_action.clone()}
                on_command={on_command.clone()} />
            { notices(text, &words, &session.remarks, on_action) }
        </div>
    }
}

#[inline(never)]
fn editor(
    session: &Session,
    changed: bool,
    problem: Option<AttrValue>,
    on_action: &Callback<Action>,
    on_command: &Callback<Command>,
) -> Html {
    html! { <Editor model={session.model.clone()} {changed} {problem} on_action={on_action.clone()} on_command={on_command.clone()} /> }
}

#[inline(never)]
fn what_if(
    session: &Session,
    problem: Option<AttrValue>,
    on_action: &Callback<Action>,
    on_command: &Callback<Command>,
) -> Html {
    html! {
        <WhatIf model={session.model.clone()} is_last={session.step + 1 == session.steps()} {problem}
            on_action={on_action.clone()} on_command={on_command.clone()} />
    }
}

#[inline(never)]
fn dialog(session: &Session, on_action: &Callback<Action>, on_command: &Callback<Command>) -> Html {
    let (on_action, on_command) = (on_action.clone(), on_command.clone());
    match session.dialog {
        None => Html::default(),
        Some(Dialog::LessonMap) => {
            html! { <LessonMap current={session.lesson().id} {on_action} {on_command} /> }
        }
        Some(Dialog::Share) => {
            html! { <Share parameters={session.parameters()} language={session.language} {on_command} /> }
        }
        Some(Dialog::Keyboard) => {
            html! { <Keyboard letter_keys={session.letter_keys} {on_action} {on_command} /> }
        }
        Some(Dialog::Note) => html! { <Note words={session.model.text(session.language)} {on_command} /> },
    }
}
