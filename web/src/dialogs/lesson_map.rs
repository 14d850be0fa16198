//! The lesson map: the chapter's sections and their lessons.

use playground_lessons::Lesson;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::dialog_frame::DialogFrame;
use crate::browser;
use crate::command::Command;
use crate::icon::{Picture, icon};
use crate::language::use_text;
use crate::progress::Progress;
use crate::session::Action;
use crate::story::line;

/// The sections: before the chapter, then those of the chapter.
const SECTIONS: [&str; 8] = ["0", "4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.7"];

/// Properties of [`LessonMap`].
#[derive(Properties, PartialEq)]
pub struct LessonMapProps {
    /// The lesson that is open.
    pub current: &'static str,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
    /// Runs a command.
    pub on_command: Callback<Command>,
}

/// The section of the map for a lesson: `4.5` for `4.5.6`.
pub fn section_of(lesson: &Lesson) -> &'static str {
    let parts = |section: &str| section.split('.').take(2).collect::<Vec<_>>().join(".");
    let wanted = parts(lesson.section);
    SECTIONS.into_iter().find(|section| *section == wanted).unwrap_or(SECTIONS[0])
}

/// Sections, lessons, progress.
#[component]
pub fn LessonMap(props: &LessonMapProps) -> Html {
    let text = use_text();
    let progress = use_state(Progress::load);
    let wanted = use_state(String::new);
    let unreadable = use_state(|| false);
    let is_finished = |lesson: &Lesson| progress.of(lesson.id).steps >= lesson.steps.len();
    let lesson = |lesson: &&'static Lesson| {
        let words = lesson.text(text.language());
        let done = progress.of(lesson.id);
        let steps = lesson.steps.len();
        let finished = is_finished(lesson);
        let is_current = lesson.id == props.current;
        let id = lesson.id;
        let onclick = props.on_action.reform(move |_: MouseEvent| Action::OpenLesson(id));
        let reached = done.steps.min(steps);
        let share = reached * 100 / steps.max(1);
        let so_far =
            text.get("lesson-progress", &[("done", &reached.to_string()), ("steps", &steps.to_string())]);
        let challenge = lesson.challenge.is_some().then(|| {
            let said = text.plain(if done.solved { "challenge-done" } else { "challenge" });
            html! {
                <span class={classes!("lesson-goal", done.solved.then_some("solved"))} title={said.clone()}>
                    { icon(Picture::Goal) }<span class="hidden">{ said }</span>
                </span>
            }
        });
        html! {
            <li key={lesson.id}>
                // The dialog gives the focus to the lesson that is open, and so scrolls to it.
                <button type="button" class={classes!("lesson", finished.then_some("finished"))} {onclick} autofocus={is_current}
                    aria-current={is_current.then_some("page")}>
                    <span class="lesson-number" aria-hidden="true">
                        if finished { { icon(Picture::Right) } } else { { lesson.number } }
                    </span>
                    <span class="lesson-words">
                        <strong>{ words.title.clone() }</strong>
                        <span class="lesson-summary">{ line(&words.summary) }</span>
                        <span class="hidden">{ so_far }</span>
                        if is_current {
                            <span class="lesson-figures">
                                { for lesson.figures.iter().map(|figure| html! { <span>{ text.get("figure", &[("number", figure)]) }</span> }) }
                            </span>
                        }
                    </span>
                    { challenge }
                    <span class="lesson-bar" ~style={format!("--share:{share}%")} aria-hidden="true"></span>
                </button>
            </li>
        }
    };
    let found: Vec<&&'static Lesson> =
        playground_lessons::all().iter().filter(|lesson| lesson.speaks_of(&wanted)).collect();
    let section = |section: &'static str| {
        let lessons: Vec<_> = found.iter().copied().filter(|lesson| section_of(lesson) == section).collect();
        if lessons.is_empty() {
            return Html::default();
        }
        let all = playground_lessons::all().iter().filter(|lesson| section_of(lesson) == section);
        let (many, done) =
            all.fold((0, 0), |(many, done), lesson| (many + 1, done + usize::from(is_finished(lesson))));
        let state = match done {
            0 => "",
            _ if done == many => "done",
            _ => "begun",
        };
        let counted = [("done", done.to_string()), ("lessons", many.to_string())];
        let counted: Vec<_> = counted.iter().map(|(name, value)| (*name, value.as_str())).collect();
        html! {
            <section key={section} class={classes!("part", state)}>
                <header>
                    <h3>
                        if section != SECTIONS[0] { <span>{ section }</span> }
                        { text.plain(&format!("section-{}", section.replace('.', "-"))) }
                    </h3>
                    <p>{ text.get("section-progress", &counted) }</p>
                </header>
                <ol role="list">{ for lessons.into_iter().map(lesson) }</ol>
            </section>
        }
    };
    let save = {
        let progress = progress.clone();
        Callback::from(move |_: MouseEvent| {
            browser::download(
                "socket-playground-progress.json",
                "application/json",
                progress.json().as_bytes(),
            );
        })
    };
    let open = {
        let (progress, unreadable) = (progress.clone(), unreadable.clone());
        let read = Callback::from(move |file: browser::Read| {
            let mut all = (*progress).clone();
            let added = file.is_ok_and(|file| all.add(&file.text).is_ok());
            if added {
                all.keep();
            }
            unreadable.set(!added);
            progress.set(all);
        });
        Callback::from(move |event: Event| browser::opened(&event.target_unchecked_into(), read.clone()))
    };
    let search = {
        let wanted = wanted.clone();
        Callback::from(move |event: InputEvent| {
            wanted.set(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    let said = match found.len() {
        _ if wanted.trim().is_empty() => String::new(),
        0 => text.plain("search-none"),
        many => text.get("search-found", &[("count", &many.to_string())]),
    };
    html! {
        <DialogFrame title={Command::LessonMap.label(text)} class="lesson-map" on_command={props.on_command.clone()}>
            <p class="lead">{ text.plain("lesson-map-lead") }</p>
            <div class="search">
                <input type="text" inputmode="search" enterkeyhint="search" maxlength="80" spellcheck="false"
                    value={(*wanted).clone()} oninput={search}
                    aria-label={text.plain("search")} placeholder={text.plain("search-hint")} />
                <span role="status">{ said }</span>
            </div>
            { for SECTIONS.into_iter().map(section) }
            <footer>
                <p class="fine">{ text.plain("progress-stays") }</p>
                <button type="button" class="quiet" onclick={save}>{ icon(Picture::Download) }{ text.plain("progress-save") }</button>
                <label class="quiet open-file">
                    <input type="file" accept=".json,application/json" onchange={open} />
                    { text.plain("progress-open") }
                </label>
                <p role="status">if *unreadable { { text.plain("progress-unreadable") } }</p>
            </footer>
        </DialogFrame>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Language, Text};

    #[test]
    fn every_section_has_a_name() {
        for section in SECTIONS {
            let key = format!("section-{}", section.replace('.', "-"));
            assert!(Text::new(Language::Korean).has(&key), "{key}");
        }
    }
}
