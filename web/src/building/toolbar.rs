//! Undo, redo, what to begin with, files, and keeping the run as A.

use playground_editor::{NetworkChange, Part, ProxyKind};
use playground_lessons::{KnobKind, all, find};
use yew::prelude::*;

use super::files::run_file;
use super::menu_button::{MenuButton, MenuGroup};
use super::tools::link_for_proxy;
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
    /// What is edited: a new proxy stands near it.
    pub part: Part,
    /// Whether there is a change to take back.
    pub can_undo: bool,
    /// Whether one was taken back.
    pub can_redo: bool,
    /// Whether a run is kept as A.
    pub comparing: bool,
    /// Further buttons.
    #[prop_or_default]
    pub children: Html,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
    /// Runs a command.
    pub on_command: Callback<Command>,
}

/// The buttons above the hosts.
#[component]
pub fn Toolbar(props: &ToolbarProps) -> Html {
    let text = use_text();
    let command = |command: Command, picture: Picture, can: bool| {
        let onclick = props.on_command.reform(move |_: MouseEvent| command);
        html! {
            <button type="button" class="button" {onclick} disabled={!can} title={command.tip(text)} aria-label={command.label(text)}>
                { icon(picture) }<span>{ command.label(text) }</span>
            </button>
        }
    };
    let onpreset = {
        let on_action = props.on_action.clone();
        Callback::from(move |value: AttrValue| {
            let preset = presets().into_iter().find(|preset| name_of(preset) == *value);
            if let Some(preset) = preset {
                on_action.emit(Action::BeginWith(preset));
            }
        })
    };
    let onadd = {
        let (on_action, model, part) = (props.on_action.clone(), props.model.clone(), props.part.clone());
        Callback::from(move |value: AttrValue| {
            let chosen = ADDED.iter().find(|(name, _)| **name == *value);
            if let Some((_, change)) = chosen {
                let link = link_for_proxy(&model.trace.scenario, &part);
                on_action.emit(Action::Rebuild(change(link)));
            }
        })
    };
    let added = |(name, _): &Added| (AttrValue::from(*name), text.plain(&format!("role-{name}")).into());
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
        (AttrValue::from(name_of(preset)), AttrValue::from(label))
    };
    let presets = presets();
    let group = |name: Option<&str>, kind: fn(&Preset) -> bool| MenuGroup {
        name: name.map(|name| text.plain(name).into()),
        items: presets.iter().filter(|preset| kind(preset)).map(option).collect(),
    };
    let groups = vec![
        group(None, |preset| *preset == Preset::Blank),
        group(Some("presets-lessons"), |preset| matches!(preset, Preset::Lesson(_))),
        group(Some("presets-proxies"), |preset| matches!(preset, Preset::Proxy(_))),
    ];
    let save = {
        let model = props.model.clone();
        Callback::from(move |_: MouseEvent| {
            let octets = Experiment::pretty(&model.trace.scenario).into_bytes();
            browser::download(&format!("{}.scenario.json", model.run.lesson.id), "application/json", &octets);
        })
    };
    let open = {
        let read = run_file(&props.on_action);
        Callback::from(move |event: Event| browser::opened(&event.target_unchecked_into(), read.clone()))
    };
    // What was not run here is not changed.
    let captured = !props.model.is_run();
    let keep = props.on_action.reform(|_: MouseEvent| Action::Keep);
    html! {
        <div class="toolbar" role="toolbar" aria-label={text.plain("playground")}>
            { command(Command::Undo, Picture::Undo, props.can_undo) }
            { command(Command::Redo, Picture::Redo, props.can_redo) }
            if !captured {
                <MenuButton id="add-host" label={text.plain("host-add")} on_choose={onadd}
                    groups={vec![MenuGroup { name: None, items: ADDED.iter().map(added).collect() }]} />
            }
            <MenuButton id="presets" label={text.plain("presets")} {groups} on_choose={onpreset} />
            if !captured {
                <button type="button" class="button" onclick={save} aria-label={text.plain("scenario-save")}>
                    { icon(Picture::Download) }<span>{ text.plain("scenario-save") }</span>
                </button>
            }
            <label class="button open-file">
                <input type="file" accept=".json,application/json" onchange={open} />
                { text.plain("playground-open") }
            </label>
            { props.children.clone() }
            if !props.comparing && !captured {
                <button type="button" class="button keep" onclick={keep}>{ text.plain("compare-keep") }</button>
            }
        </div>
    }
}

/// The name of a role, and how it comes to the network; a proxy on a link.
type Added = (&'static str, fn(usize) -> NetworkChange);

/// What can be added.
const ADDED: [Added; 8] = [
    ("dumb-proxy", |link| NetworkChange::AddProxy { link, kind: ProxyKind::Dumb }),
    ("smart-proxy", |link| NetworkChange::AddProxy { link, kind: ProxyKind::Smart }),
    ("caching-proxy", |link| NetworkChange::AddProxy { link, kind: ProxyKind::Caching }),
    ("client", |_| NetworkChange::AddClient),
    ("origin-server", |_| NetworkChange::AddServer),
    ("switch", |_| NetworkChange::AddSwitch),
    ("dns-server", |_| NetworkChange::AddDnsServer),
    ("dhcp-server", |_| NetworkChange::AddDhcpServer),
];

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
