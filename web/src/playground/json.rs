//! The scenario as JSON, and the trace as files.

use playground_capture::pcapng::{Comments, export};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::browser;
use crate::building::run_file;
use crate::icon::{Picture, icon};
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::session::{Action, Experiment, Model};

/// Properties of [`Json`].
#[derive(Properties, PartialEq)]
pub struct JsonProps {
    /// The run.
    pub model: RcEq<Model>,
    /// Whether the last edit could not be run.
    pub is_refused: bool,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
}

/// The scenario as JSON, run on request.
#[component]
pub fn Json(props: &JsonProps) -> Html {
    let text = use_text();
    let own = use_memo(props.model.clone(), |model| Experiment::pretty(&model.trace.scenario));
    let draft = use_state(|| None::<String>);
    let shown = draft.as_ref().map_or_else(|| (*own).clone(), Clone::clone);
    {
        // After a successful run the editor shows its scenario.
        let draft = draft.clone();
        use_effect_with(props.model.clone(), move |_| draft.set(None));
    }
    let oninput = {
        let draft = draft.clone();
        Callback::from(move |event: InputEvent| {
            draft.set(Some(event.target_unchecked_into::<HtmlTextAreaElement>().value()))
        })
    };
    let run = {
        let (on_action, shown) = (props.on_action.clone(), shown.clone());
        Callback::from(move |()| on_action.emit(Action::RunScenario(shown.clone())))
    };
    let onkeydown = {
        let run = run.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                event.prevent_default();
                run.emit(());
            }
        })
    };
    let open = {
        let read = run_file(&props.on_action);
        Callback::from(move |event: Event| browser::opened(&event.target_unchecked_into(), read.clone()))
    };
    html! {
        <>
            <label class="hidden" for="scenario">{ text.plain("playground-scenario") }</label>
            <textarea id="scenario" class="wire" spellcheck="false" autocapitalize="off" autocomplete="off" wrap="off"
                value={shown} {oninput} {onkeydown} aria-invalid={props.is_refused.to_string()} aria-describedby="scenario-problem" />
            <div class="buttons">
                <button type="button" class="button primary" onclick={run.reform(|_: MouseEvent| ())}>
                    { icon(Picture::Play) }{ text.plain("playground-run") }
                </button>
                <label class="button open-file">
                    <input type="file" accept=".json,application/json" onchange={open} />
                    { text.plain("playground-open") }
                </label>
            </div>
        </>
    }
}

/// Properties of [`Export`].
#[derive(Properties, PartialEq)]
pub struct ExportProps {
    /// The run.
    pub model: RcEq<Model>,
}

/// A button per file format.
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
                { button("export-json", "json", "application/json", |model| serde_json::to_vec_pretty(&*model.trace).expect("plain data")) }
                { button("export-pcapng", "pcapng", "application/x-pcapng", |model| {
                    // Scenarios with segments longer than a datagram are refused before they run.
                    export(&model.trace, Comments::Causes).unwrap_or_default()
                }) }
                { button("export-scenario", "scenario.json", "application/json", |model| {
                    Experiment::pretty(&model.trace.scenario).into_bytes()
                }) }
            </div>
        </section>
    }
}
