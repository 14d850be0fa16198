//! The trace, as files.

use playground_capture::pcapng::{Comments, export};
use yew::prelude::*;

use crate::browser;
use crate::icon::{Picture, icon};
use crate::language::use_text;
use crate::session::{Experiment, Model};
use crate::shared::Shared;

/// Properties of [`Export`].
#[derive(Properties, PartialEq)]
pub struct ExportProps {
    /// The run.
    pub model: Shared<Model>,
}

/// A button for each form.
#[component]
pub fn Export(props: &ExportProps) -> Html {
    let text = use_text();
    let name = props.model.run.lesson.id;
    let button = |label: &str, end: &'static str, kind: &'static str, octets: fn(&Model) -> Vec<u8>| {
        let model = props.model.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            browser::download(&format!("{name}.{end}"), kind, &octets(&model))
        });
        html! { <button type="button" class="button small" {onclick}>{ icon(Picture::Download) }{ text.plain(label) }</button> }
    };
    html! {
        <section class="export">
            <h3>{ text.plain("export") }</h3>
            <div class="buttons">
                { button("export-text", "txt", "text/plain;charset=utf-8", |model| model.trace.notation().into_bytes()) }
                { button("export-json", "json", "application/json", |model| serde_json::to_vec(&*model.trace).expect("plain data")) }
                { button("export-pcapng", "pcapng", "application/x-pcapng", |model| {
                    // Scenarios that make segments longer than a datagram are refused before they run.
                    export(&model.trace, Comments::Causes).unwrap_or_default()
                }) }
                { button("export-scenario", "scenario.json", "application/json", |model| {
                    Experiment::pretty(&model.trace.scenario).into_bytes()
                }) }
            </div>
        </section>
    }
}
