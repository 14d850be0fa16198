//! What is said of a capture, in place of the scenario's forms.

use playground_capture::open::About;
use playground_core::node::RoleSpec;
use playground_core::scenario::NodeSpec;
use playground_playback::{MOST_CLIENTS, Modelled, NotModelled};
use playground_words::node_name;
use yew::prelude::*;

use super::capture_words::{grouped, kind_words};
use crate::command::Command;
use crate::icon::{Picture, icon};
use crate::language::{Text, use_text};
use crate::rc_eq::RcEq;
use crate::session::{Action, Captured, Model, modelled};

/// Properties of [`CaptureColumn`].
#[derive(Properties, PartialEq)]
pub struct CaptureColumnProps {
    /// The capture.
    pub captured: Captured,
    /// Its run, whole.
    pub model: RcEq<Model>,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
    /// Runs a command.
    pub on_command: Callback<Command>,
}

/// The column beside the stage: what the file has, what of it is not shown, and what a capture cannot tell.
#[component]
pub fn CaptureColumn(props: &CaptureColumnProps) -> Html {
    let text = use_text();
    let back = props.on_command.reform(|_: MouseEvent| Command::Playground);
    let close = props.on_action.reform(|_: MouseEvent| Action::CloseCapture);
    let modelled = use_memo(props.model.clone(), |model| modelled(model));
    let run = modelled
        .as_ref()
        .as_ref()
        .map(|modelled| run(text, modelled, props.captured.about.is_none(), &props.on_action));
    let what = match &props.captured.about {
        Some(about) => capture(text, about),
        None => recording(text, &props.model),
    };
    let is_recording = props.captured.about.is_none();
    let title = text.plain(if is_recording { "recording" } else { "capture" });
    html! {
        <section class="story playground capture" id="story" tabindex="-1" aria-label={title.clone()}>
            <button type="button" class="quiet" onclick={back}>{ icon(Picture::Previous) }{ text.plain("playground-back") }</button>
            <header class="playground-head"><h2>{ title }</h2></header>
            <p class="capture-name">{ &*props.captured.name }</p>
            { what }
            { run }
            <div class="buttons">
                <button type="button" class="button" onclick={close}>{ icon(Picture::Close) }{ text.plain(if is_recording { "recording-close" } else { "capture-close" }) }</button>
            </div>
        </section>
    }
}

/// What is said of a capture.
fn capture(text: Text, about: &About) -> Html {
    let count = |number: u32| grouped(u64::from(number));
    let left_out = about.left_out.iter().map(|(kind, packets)| {
        html! { <li>{ text.get(kind_words(*kind), &[("packets", &count(*packets))]) }</li> }
    });
    let hosts = (about.hosts > 0).then(|| text.get("capture-hosts", &[("hosts", &count(about.hosts))]));
    let times = if about.is_estimated { "capture-estimated" } else { "capture-measured" };
    let shown = [("packets", count(about.packets)), ("segments", count(about.segments))];
    html! {
        <>
            <p>{ text.get("capture-shown", &shown.each_ref().map(|(key, value)| (*key, value.as_str()))) }</p>
            if !about.left_out.is_empty() || hosts.is_some() {
                <h3>{ text.plain("capture-left-out") }</h3>
                <ul class="capture-left-out">
                    { for left_out }
                    if let Some(hosts) = hosts { <li>{ hosts }</li> }
                </ul>
            }
            if let Some(error) = about.broken {
                <p class="problem">{ icon(Picture::Warning) }<span>{ text.get("capture-broken", &[("octet", &grouped(error.offset as u64))]) }</span></p>
            }
            <p>{ text.plain(times) }</p>
            <p>{ text.plain("capture-not-run") }</p>
        </>
    }
}

/// What is said of a recording.
fn recording(text: Text, model: &Model) -> Html {
    let count = |number: usize| grouped(number as u64);
    let shown = [
        ("entries", count(model.trace.entries.len())),
        ("connections", count(model.dissection.connections.len())),
    ];
    html! {
        <>
            <p>{ text.get("recording-shown", &shown.each_ref().map(|(key, value)| (*key, value.as_str()))) }</p>
            <p>{ text.plain("recording-knows") }</p>
            <p>{ text.plain("recording-not-run") }</p>
        </>
    }
}

/// Running it in the model: what that does, or why it cannot be done.
fn run(
    text: Text,
    modelled: &Result<Modelled, NotModelled>,
    is_recording: bool,
    on_action: &Callback<Action>,
) -> Html {
    let onclick = on_action.reform(|_: MouseEvent| Action::RunCaptured);
    let count = |key, number: u32| text.get(key, &[("count", &grouped(u64::from(number)))]);
    html! {
        <>
            <h3>{ text.plain("capture-run-title") }</h3>
            { match modelled {
                Ok(modelled) => html! {
                    <>
                        <p>{ text.plain(if is_recording { "recording-run-how" } else { "capture-run-how" }) }</p>
                        if !is_recording { { for modelled.scenario.nodes.iter().filter_map(|node| proxy(text, node)) } }
                        if modelled.stand_ins > 0 { <p>{ count("capture-run-stand-ins", modelled.stand_ins) }</p> }
                        if modelled.repeated > 0 { <p>{ count("capture-run-repeated", modelled.repeated) }</p> }
                        <div class="buttons">
                            <button type="button" class="button" id="run-captured" {onclick}>{ text.plain("capture-run") }</button>
                        </div>
                    </>
                },
                Err(why) => html! {
                    <p id="run-refused">{ text.get(&format!("capture-run-not-{}", why.key()), &[("most", &MOST_CLIENTS.to_string())]) }</p>
                },
            } }
        </>
    }
}

/// How a proxy of the capture passes requests on.
fn proxy(text: Text, node: &NodeSpec) -> Option<Html> {
    let name = node_name(text, &node.name);
    let told = match &node.role {
        RoleSpec::DumbProxy(_) => text.get("capture-run-dumb", &[("node", &name)]),
        RoleSpec::SmartProxy(spec) => {
            text.get("capture-run-smart", &[("node", &name), ("forwarding", &spec.forwarding)])
        }
        _ => return None,
    };
    Some(html! { <p>{ told }</p> })
}
