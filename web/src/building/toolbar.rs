//! Undo, redo, what to begin with, files, and keeping the run as A.

use playground_lessons::{KnobKind, all, find};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::browser;
use crate::command::Command;
use crate::icon::{Picture, icon};
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::session::{Action, Experiment, Model, Preset};

/// Properties of [`Toolbar`].
#[derive(Properties, PartialEq)]
pub struct ToolbarProps {
    /// The run.
    pub model: RcEq<Model>,
    /// Whether there is a change to take back.
    pub can_undo: bool,
    /// Whether one was taken back.
    pub can_redo: bool,
    /// Whether a run is kept as A.
    pub comparing: bool,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
    /// Runs a command.
    pub on_command: Callback<Command>,
}

/// The buttons above the hosts.
#[component]
pub fn Toolbar(props: &ToolbarProps) -> Html {
    let text = use_text();
    let command = |command: Command, can: bool| {
        let onclick = props.on_command.reform(move |_: MouseEvent| command);
        html! {
            <button type="button" class="button" {onclick} disabled={!can} title={command.tip(text)}>{ command.label(text) }</button>
        }
    };
    let onchange = {
        let on_action = props.on_action.clone();
        Callback::from(move |event: Event| {
            let field: HtmlSelectElement = event.target_unchecked_into();
            let preset = presets().into_iter().find(|preset| name_of(preset) == field.value());
            field.set_value("");
            if let Some(preset) = preset {
                on_action.emit(Action::BeginWith(preset));
            }
        })
    };
    let language = text.language();
    let option = |preset: &Preset| {
        let label = match preset {
            Preset::Blank => text.plain("preset-blank"),
            Preset::Lesson(id) => find(id).map_or_else(String::new, |lesson| {
                let figures = lesson.figures.iter().map(|figure| text.get("figure", &[("number", figure)]));
                let figures: Vec<String> = figures.collect();
                let title = format!("{}. {}", lesson.number, lesson.text(language).title);
                if figures.is_empty() { title } else { format!("{title} ({})", figures.join(", ")) }
            }),
            Preset::Proxy(name) => find(Preset::PROXIES)
                .and_then(|lesson| {
                    let words = lesson.text(language).knob("proxy")?.clone();
                    words.values.into_iter().find(|(known, _)| known == name)
                })
                .map_or_else(|| (*name).to_owned(), |(_, label)| label),
        };
        html! { <option value={name_of(preset)}>{ label }</option> }
    };
    let presets = presets();
    let of = |kind: fn(&Preset) -> bool| presets.iter().filter(move |preset| kind(preset)).map(option);
    let save = {
        let model = props.model.clone();
        Callback::from(move |_: MouseEvent| {
            let octets = Experiment::pretty(&model.trace.scenario).into_bytes();
            browser::download(&format!("{}.scenario.json", model.run.lesson.id), "application/json", &octets);
        })
    };
    let open = {
        // What cannot be read is told as an empty scenario is.
        let read =
            props.on_action.reform(|file: Option<String>| Action::RunScenario(file.unwrap_or_default()));
        Callback::from(move |event: Event| browser::opened(&event.target_unchecked_into(), read.clone()))
    };
    let keep = props.on_action.reform(|_: MouseEvent| Action::Keep);
    html! {
        <div class="toolbar" role="toolbar" aria-label={text.plain("playground")}>
            { command(Command::Undo, props.can_undo) }
            { command(Command::Redo, props.can_redo) }
            <label class="preset">
                <span class="hidden">{ text.plain("presets") }</span>
                <select class="menu" id="presets" {onchange}>
                    <option value="" selected=true>{ text.plain("presets") }</option>
                    { for of(|preset| *preset == Preset::Blank) }
                    <optgroup label={text.plain("presets-lessons")}>{ for of(|preset| matches!(preset, Preset::Lesson(_))) }</optgroup>
                    <optgroup label={text.plain("presets-proxies")}>{ for of(|preset| matches!(preset, Preset::Proxy(_))) }</optgroup>
                </select>
            </label>
            <button type="button" class="button" onclick={save}>{ icon(Picture::Download) }{ text.plain("scenario-save") }</button>
            <label class="button open-file">
                <input type="file" accept=".json,application/json" onchange={open} />
                { text.plain("playground-open") }
            </label>
            if !props.comparing {
                <button type="button" class="button keep" onclick={keep}>{ text.plain("compare-keep") }</button>
            }
        </div>
    }
}

/// Everything to begin with.
fn presets() -> Vec<Preset> {
    let proxies =
        find(Preset::PROXIES).and_then(|lesson| lesson.knobs.iter().find(|knob| knob.id == "proxy"));
    let proxies = match proxies.map(|knob| knob.kind) {
        Some(KnobKind::Choice { values, .. }) => values,
        _ => &[],
    };
    let lessons = all().iter().map(|lesson| Preset::Lesson(lesson.id));
    [Preset::Blank].into_iter().chain(lessons).chain(proxies.iter().map(|name| Preset::Proxy(name))).collect()
}

/// Its name in the list.
fn name_of(preset: &Preset) -> String {
    match preset {
        Preset::Blank => "blank".to_owned(),
        Preset::Lesson(id) => format!("lesson-{id}"),
        Preset::Proxy(name) => format!("proxy-{name}"),
    }
}
