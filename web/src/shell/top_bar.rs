//! The bar at the top: map, title, playground, share, language, theme.

use yew::prelude::*;

use crate::command::Command;
use crate::dialogs::section_of;
use crate::icon::{Picture, icon};
use crate::language::{Language, use_text};
use crate::session::Action;

/// Properties of [`TopBar`].
#[derive(Properties, PartialEq)]
pub struct TopBarProps {
    /// The lesson that is open.
    pub lesson: &'static str,
    /// Its title.
    pub title: AttrValue,
    /// Whether the scenario is no lesson's, and so is the title.
    pub own: bool,
    /// Whether the scenario is open for editing.
    pub playground: bool,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
    /// Runs a command.
    pub on_command: Callback<Command>,
}

/// The bar.
#[component]
pub fn TopBar(props: &TopBarProps) -> Html {
    let text = use_text();
    let give = |command: Command| props.on_command.reform(move |_: MouseEvent| command);
    let section = playground_lessons::find(props.lesson).map(section_of).unwrap_or_default();
    let section_name = text.plain(&format!("section-{}", section.replace('.', "-")));
    let labelled = |command: Command, picture: Picture, class: &'static str, pressed: bool| {
        html! {
            <button type="button" class={classes!("button", class)} onclick={give(command)} title={command.tip(text)}
                aria-pressed={(command == Command::Playground).then(|| pressed.to_string())}>
                { icon(picture) }<span>{ command.label(text) }</span>
            </button>
        }
    };
    let icon = |command: Command, picture: Picture, class: &'static str| {
        html! {
            <button type="button" class={classes!("round", class)} onclick={give(command)} title={command.tip(text)}
                aria-label={command.label(text)}>
                { icon(picture) }
            </button>
        }
    };
    let language = |language: Language, name: &'static str, short: &'static str, full: &'static str| {
        let onchange = props.on_action.reform(move |_: Event| Action::SetLanguage(language));
        html! {
            <label class="choice">
                <input type="radio" name="language" checked={text.language() == language} {onchange} aria-label={full} />
                <span lang={language.tag()} aria-hidden="true"><span class="long">{ name }</span><span class="short">{ short }</span></span>
            </label>
        }
    };
    html! {
        <header class="top-bar">
            <button type="button" class="brand" onclick={give(Command::LessonMap)} title={Command::LessonMap.tip(text)}
                aria-label={format!("Socket Playground – {}", Command::LessonMap.label(text))}>
                <svg viewBox="0 0 44 24" aria-hidden="true">
                    <rect class="left" x="2" y="5" width="16" height="14" rx="5" />
                    <rect class="right" x="26" y="5" width="16" height="14" rx="5" />
                    <circle cx="19" cy="12" r="1.6" /><circle cx="22" cy="12" r="1.6" /><circle cx="25" cy="12" r="1.6" />
                </svg>
                <span class="brand-name">{ "Socket Playground" }</span>
            </button>
            <div class="crumbs">
                <span class="crumb-section">{ if props.own { text.plain("playground") } else if section == "0" { section_name } else { format!("{section} {section_name}") } }</span>
                <span class="crumb-sign" aria-hidden="true">{ "›" }</span>
                <h1>{ props.title.clone() }</h1>
            </div>
            <nav class="tools" aria-label={text.plain("tools")}>
                { labelled(Command::LessonMap, Picture::Map, "map", false) }
                { labelled(Command::Playground, Picture::Playground, "open-playground", props.playground) }
                { labelled(Command::Share, Picture::Share, "open-share", false) }
                <fieldset class="languages">
                    <legend class="hidden">{ text.plain("language") }</legend>
                    <div class="segmented">
                        { language(Language::Korean, "한국어", "한", "한국어") }
                        { language(Language::English, "EN", "EN", "English") }
                    </div>
                </fieldset>
                { icon(Command::Theme, Picture::Theme, "theme") }
                { icon(Command::Keyboard, Picture::Keyboard, "open-keyboard") }
            </nav>
        </header>
    }
}
