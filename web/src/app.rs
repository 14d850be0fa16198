//! The page: one session, what shows it, and what it hears.

use playground_lessons::{Language, is_installed};
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use yew::prelude::*;

use crate::address::{self, Embed, Parameters, Problem, Remark};
use crate::browser::{self, NoWords};
use crate::building::{Notice, Toolbar, run_file};
use crate::command::Command;
use crate::compare::{Panes, Table};
use crate::controls::Dock;
use crate::dialogs::{Keyboard, LessonMap, Note, Share};
use crate::effects::{
    use_address, use_animation, use_copies, use_deck, use_host, use_keys, use_less_motion, use_page,
    use_parent, use_progress, use_question, use_rest,
};
use crate::embed::{EmbedView, PrintView};
use crate::language::{Text, sentence, text};
use crate::playground::{CaptureColumn, CaptureOpener, Playground};
use crate::rc_eq::RcEq;
use crate::session::{Action, Dialog, Preferences, Session};
use crate::shell::{Bench, Changed, Live, TopBar, notices};
use crate::story::Story;

/// The element that the page is drawn into.
///
/// # Panics
///
/// The document has no body.
pub fn root() -> Element {
    let document = web_sys::window().and_then(|window| window.document()).expect("a page has a document");
    let app = document.get_element_by_id("app").or_else(|| document.body().map(Into::into));
    app.expect("a document has a body")
}

/// The user's preferences, as far as the browser knows them.
fn preferences() -> Preferences {
    let chosen = browser::load("language").and_then(|tag| Language::from_tag(&tag));
    let wanted = || browser::languages().iter().find_map(|tag| Language::from_tag(tag));
    Preferences {
        language: chosen.or_else(wanted).unwrap_or(Language::English),
        less_motion: browser::matches_media("(prefers-reduced-motion: reduce)"),
        letter_keys: browser::load("letter-keys").as_deref() != Some("off"),
        play_through: browser::load("play-through").as_deref() == Some("on"),
    }
}

/// The language of the page at its start.
pub fn language() -> Language {
    address::read(&browser::query()).0.language.unwrap_or_else(|| preferences().language)
}

/// The session that a link asks for, or a sentence that says why there is none.
fn open(link: &AppProps) -> Result<Session, String> {
    let (mut parameters, mut remarks) = (link.parameters.clone(), link.remarks.clone());
    let around = preferences();
    let wanted = parameters.language.unwrap_or(around.language);
    if !is_installed(wanted) {
        parameters.language = Some(wanted.other());
        remarks.push(Remark::new("lang", wanted.tag(), Problem::NotFetched));
    }
    Session::open(&parameters, remarks, around).map_err(|error| {
        let problem = format!("{}: {}", error.field, error.problem.key);
        text(parameters.language.unwrap_or(around.language), "broken", &[("problem", &problem)])
    })
}

/// Loads the page anew, with what its address holds, in another language.
fn load_in(language: Language) {
    let (mut parameters, _) = address::read(&browser::query());
    parameters.language = Some(language);
    browser::load_query(&address::write(&parameters));
}

/// Properties of [`App`].
#[derive(Properties, PartialEq)]
pub struct AppProps {
    /// What the link says.
    pub parameters: Parameters,
    /// What of it could not be used.
    pub remarks: Vec<Remark>,
}

/// The page, or why there is none.
#[component]
pub fn App(props: &AppProps) -> Html {
    match &*use_memo((), |()| open(props)) {
        Ok(session) => html! { <Page session={session.clone()} /> },
        Err(problem) => html! { <main class="broken"><p>{ problem }</p></main> },
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
    let on_action = {
        let dispatcher = handle.dispatcher();
        use_callback((), move |action: Action, ()| match action.language() {
            Some(language) if !is_installed(language) => {
                let dispatcher = dispatcher.clone();
                spawn_local(async move {
                    match browser::fetch_words(language).await {
                        Ok(()) => dispatcher.dispatch(action),
                        Err(NoWords::Gone) => load_in(language),
                        Err(NoWords::Unreadable) => dispatcher.dispatch(Action::NoWords(language)),
                    }
                });
            }
            _ => dispatcher.dispatch(action),
        })
    };
    let host = use_host();
    let on_command = {
        let host = host.clone();
        let known = (on_action.clone(), session.language);
        use_callback(known, move |command: Command, (on_action, language)| match command {
            command if host.takes(command) => {}
            Command::FullScreen => browser::toggle_full_screen(),
            Command::Theme => on_action.emit(Action::SetTheme(Some(browser::theme().other()))),
            Command::Language => on_action.emit(Action::SetLanguage(language.other())),
            command => on_action.emit(Action::Do(command)),
        })
    };
    use_animation(session.player.is_moving(), &on_action);
    use_rest(session, &on_action);
    use_question(session);
    use_keys(session, &host, &on_command);
    use_address(session, &on_action);
    use_page(session);
    use_less_motion(&on_action);
    use_progress(session);
    use_parent(&host, &handle, &on_action);
    let is_shown = use_deck(&handle, &on_action);
    use_copies(&handle, is_shown, &on_action);

    let text = Text::new(session.language);
    html! {
        <ContextProvider<Text> context={text}>
            { match session.embed {
                Some(Embed::Print) => html! { <PrintView model={session.shown().clone()} story={session.story()} /> },
                Some(embed) => embedded(session, embed, &on_action, &on_command),
                None => whole(session, text, &on_action, &on_command),
            } }
            { dialog(session, &on_action, &on_command) }
            { html! { <Live story={session.story()} step={session.told()} /> } }
        </ContextProvider<Text>>
    }
}

fn embedded(
    session: &Session,
    embed: Embed,
    on_action: &Callback<Action>,
    on_command: &Callback<Command>,
) -> Html {
    html! {
        <EmbedView model={session.shown().clone()} story={session.story()} step={session.told()} view={session.view()} frame={session.frame.clone()}
            selection={session.selection} {embed} chrome={session.chrome} remarks={session.remarks.clone()} asks={session.question}
            given={session.answers.get(&session.told()).cloned().unwrap_or_default()} revealed={session.is_revealed()}
            on_action={on_action.clone()} on_command={on_command.clone()} />
    }
}

fn whole(
    session: &Session,
    text: Text,
    on_action: &Callback<Action>,
    on_command: &Callback<Command>,
) -> Html {
    let story = session.story();
    let given = session.answers.get(&session.told()).cloned().unwrap_or_default();
    let words = session.shown().text(session.language);
    let problem = session.problem.clone().or_else(|| session.cut_short());
    let problem = problem.map(|problem| AttrValue::from(sentence(text, &words, &problem)));
    let open = session.open_question() == Some(session.told());
    let replaced = session.experiment.replaced.is_some();
    let own = session.playground && replaced;
    let title = match session.captured() {
        Some(captured) => captured.name.to_string().into(),
        None if own => own_title(session, text),
        None => words.title.clone().into(),
    };
    let changed = replaced || !session.experiment.edits.is_empty();
    // A file that is dropped on the playground is opened; elsewhere the browser shows it.
    let ondragover = session.playground.then(|| Callback::from(|event: DragEvent| event.prevent_default()));
    let ondrop = session.playground.then(|| {
        let read = run_file(on_action);
        Callback::from(move |event: DragEvent| {
            // A capture is taken by the one who opens captures.
            event.prevent_default();
            browser::dropped(&event, read.clone());
        })
    });
    html! {
        <div class={classes!("page", session.playground.then_some("is-playground"))} {ondragover} {ondrop}
            data-horizon={session.cut.map(|cut| cut.now.index.to_string())}>
            <a class="skip" href="#story">{ text.plain("skip") }</a>
            <TopBar lesson={session.lesson().id} title={title} {own}
                playground={session.playground} on_action={on_action.clone()} on_command={on_command.clone()} />
            <main class="desk">
                if let Some(against) = session.against().filter(|_| session.shows_table) {
                    <Table comparison={against.comparison.clone()} changed={against.changed.clone()} source={against.a.source()}
                        on_action={on_action.clone()} on_command={on_command.clone()} />
                } else if session.playground {
                    { playground(session, changed, problem, on_action, on_command) }
                } else {
                    <Story model={session.shown().clone()} story={story.clone()} step={session.told()} {given} {open}
                        revealed={session.is_revealed()} may_show={session.may_show_answer()}
                        page={session.page} {problem} on_action={on_action.clone()} on_command={on_command.clone()}>
                        <Changed model={session.shown().clone()} edits={session.experiment.edits.clone()} {replaced}
                            on_action={on_action.clone()} />
                    </Story>
                }
                if session.playground {
                    <div class="bench-column">
                        { building(session, on_action, on_command) }
                        { bench(session, on_action) }
                    </div>
                } else {
                    { bench(session, on_action) }
                }
            </main>
            <Dock model={session.shown().clone()} {story} marks={session.marks()} step={session.told()} place={session.place()} now={session.cursor().at} speed={session.player.speed()}
                moving={session.is_playing()} at_end={session.is_at_end()} on_action={on_action.clone()}
                on_command={on_command.clone()} />
            { notices(text, &words, &session.remarks, on_action) }
        </div>
    }
}

/// The name of a scenario of one's own. One that was made out of a lesson's has that one's name until it gets another.
fn own_title(session: &Session, text: Text) -> AttrValue {
    let name = &session.shown().trace.scenario.name;
    let is_lesson = playground_lessons::find(name).is_some();
    if name.is_empty() || is_lesson { text.plain("own-scenario").into() } else { name.clone().into() }
}

/// The views of the run, or of two runs.
fn bench(session: &Session, on_action: &Callback<Action>) -> Html {
    if let Some(against) = session.against().filter(|_| session.playground) {
        return html! {
            <Panes a={against.a.clone()} b={session.shown().clone()} now={session.cursor()}
                selection_in_a={session.selection_in_a} selection={session.selection}
                table={session.shows_table} on_action={on_action.clone()} />
        };
    }
    html! {
        <Bench model={session.shown().clone()} frame={session.frame.clone()} step={session.told()} selection={session.selection}
            view={session.view()} follows={(!session.playground).then_some(session.picked.is_none())}
            part={(session.playground && session.captured().is_none()).then(|| session.part.clone())}
            on_action={on_action.clone()} />
    }
}

/// What the scenario is built with.
fn building(session: &Session, on_action: &Callback<Action>, on_command: &Callback<Command>) -> Html {
    html! {
        <div class="building">
            <Toolbar model={session.shown().clone()} part={session.part.clone()} can_undo={session.can_undo()} can_redo={session.can_redo()}
                comparing={session.against().is_some()} on_action={on_action.clone()} on_command={on_command.clone()}>
                <CaptureOpener on_action={on_action.clone()} />
            </Toolbar>
            <Notice model={session.shown().clone()} said={session.said.clone()} />
        </div>
    }
}

fn playground(
    session: &Session,
    changed: bool,
    problem: Option<AttrValue>,
    on_action: &Callback<Action>,
    on_command: &Callback<Command>,
) -> Html {
    if let Some(captured) = session.captured() {
        return html! { <CaptureColumn captured={captured.clone()} model={session.shown().clone()} on_action={on_action.clone()} on_command={on_command.clone()} /> };
    }
    html! {
        <Playground model={session.shown().clone()} frame={session.frame.clone()} edits={session.experiment.edits.clone()} part={session.part.clone()} {changed}
            refused={session.problem.clone()} {problem} on_action={on_action.clone()} on_command={on_command.clone()} />
    }
}

fn dialog(session: &Session, on_action: &Callback<Action>, on_command: &Callback<Command>) -> Html {
    let (on_action, on_command) = (on_action.clone(), on_command.clone());
    match session.dialog {
        None => Html::default(),
        Some(Dialog::LessonMap) => {
            html! { <LessonMap current={session.lesson().id} {on_action} {on_command} /> }
        }
        Some(Dialog::Share) => {
            html! { <Share parameters={session.parameters()} language={session.language} model={session.shown().clone()} experiment={RcEq::new(session.experiment.clone())}
            step={session.told()} view={session.view()} now={session.cursor()} {on_command} /> }
        }
        Some(Dialog::Keyboard) => {
            html! { <Keyboard letter_keys={session.letter_keys} play_through={session.play_through} {on_action} {on_command} /> }
        }
        Some(Dialog::Note) => html! { <Note words={session.shown().text(session.language)} {on_command} /> },
    }
}
