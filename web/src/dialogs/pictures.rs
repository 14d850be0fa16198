//! A lesson as files and text: pictures for slides that are no web pages, the run as text for notes.

use std::io::{Cursor as Buffer, Write};

use playground_notation::Notes;
use playground_playback::Cursor;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;
use zip::ZipWriter;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;

use super::share::CopyButton;
use crate::address::Theme;
use crate::browser;
use crate::embed::{drawn_view_of, picture};
use crate::icon::{Picture, icon};
use crate::language::{Text, use_text};
use crate::rc_eq::RcEq;
use crate::session::{Experiment, Model};
use playground_lessons::View;

/// The size of a picture: a slide's.
const SIZE: (u32, u32) = (1920, 1080);

/// Properties of [`Pictures`].
#[derive(Properties, PartialEq)]
pub struct PicturesProps {
    /// The run, as far as it is shown.
    pub model: RcEq<Model>,
    /// What it is a run of: all steps are those of the whole run.
    pub experiment: RcEq<Experiment>,
    /// The step that is told, from 0.
    pub step: usize,
    /// The view that has the room.
    pub view: View,
    /// The moment.
    pub now: Cursor,
    /// The theme.
    pub theme: Theme,
    /// The link to the lesson as pages for paper.
    pub paper: AttrValue,
}

/// What is being made, and how far it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Work {
    Nothing,
    Step(usize, usize),
    Failed,
}

/// Buttons for the step as SVG and PNG, for all steps as ZIP, and for the run as text.
#[component]
pub fn Pictures(props: &PicturesProps) -> Html {
    let text = use_text();
    let work = use_state_eq(|| Work::Nothing);
    let notes = use_memo((props.model.clone(), text), |(model, text)| {
        let notes = Notes::new(&model.run, text.language(), None);
        (notes.mermaid(), notes.text(), notes.markdown())
    });
    let (mermaid, plain, markdown) = &*notes;
    let name = format!("{}-{}", props.model.run.lesson.id, props.step + 1);
    let now = drawn(&props.model, props.view, props.now, text, props.theme);
    let svg = now.clone().map(|svg| {
        let name = format!("{name}.svg");
        let onclick =
            Callback::from(move |_: MouseEvent| browser::download(&name, "image/svg+xml", svg.as_bytes()));
        button("SVG", onclick, false)
    });
    let is_busy = matches!(*work, Work::Step(..));
    let png = now.map(|svg| {
        let (name, work) = (format!("{name}.png"), work.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            let (name, work, svg) = (name.clone(), work.clone(), svg.clone());
            spawn_local(async move {
                match browser::png(&svg, SIZE.0, SIZE.1).await {
                    Some(octets) => browser::download(&name, "image/png", &octets),
                    None => work.set(Work::Failed),
                }
            });
        });
        button("PNG", onclick, is_busy)
    });
    let all = {
        let (work, experiment, theme) = (work.clone(), props.experiment.clone(), props.theme);
        Callback::from(move |_: MouseEvent| {
            let (work, experiment) = (work.clone(), experiment.clone());
            spawn_local(async move {
                let told = work.clone();
                match packed(&experiment, text, theme, |step, steps| told.set(Work::Step(step, steps))).await
                {
                    Some(octets) => {
                        browser::download(
                            &format!("{}.zip", experiment.lesson.id),
                            "application/zip",
                            &octets,
                        );
                        work.set(Work::Nothing);
                    }
                    None => work.set(Work::Failed),
                }
            });
        })
    };
    let told = match *work {
        Work::Nothing => String::new(),
        Work::Step(step, steps) => {
            text.get("pictures-making", &[("step", &step.to_string()), ("steps", &steps.to_string())])
        }
        Work::Failed => text.plain("pictures-failed"),
    };
    html! {
        <section class="pictures" aria-labelledby="pictures-title">
            <h3 id="pictures-title">{ text.plain("pictures") }</h3>
            <div class="pictures-rows">
                <span>{ text.plain("pictures-step") }</span>
                <span class="buttons">
                    if svg.is_none() { <span class="fine">{ text.plain("embed-no-picture") }</span> }
                    { svg }{ png }
                </span>
                <span>{ text.plain("pictures-all") }</span>
                <span class="buttons">
                    { button("ZIP", all, is_busy) }
                    <a class="button" href={props.paper.clone()} target="_blank">{ text.plain("pictures-print") }</a>
                    <span role="status">{ told }</span>
                </span>
                <span>{ text.plain("pictures-ladder") }</span>
                <span class="buttons">
                    <CopyButton value={mermaid.clone()} label="Mermaid" />
                    <CopyButton value={plain.clone()} label={text.plain("pictures-text")} />
                </span>
                <span>{ text.plain("pictures-headers") }</span>
                <span class="buttons"><CopyButton value={markdown.clone()} label="Markdown" /></span>
            </div>
        </section>
    }
}

fn button(label: &'static str, onclick: Callback<MouseEvent>, disabled: bool) -> Html {
    html! { <button type="button" class="button" {onclick} {disabled}>{ icon(Picture::Download) }{ label }</button> }
}

fn drawn(model: &Model, view: View, now: Cursor, text: Text, theme: Theme) -> Option<String> {
    let view = drawn_view_of(view, model);
    let size = (f64::from(SIZE.0) / 2.0, f64::from(SIZE.1) / 2.0);
    picture(model, view, now, text, size, theme, browser::styles_for)
}

/// Every step of the whole run as SVG and PNG in a ZIP; `tell` is told how far it is. The browser draws each PNG in
/// its own time, so the page stays alive.
async fn packed(
    experiment: &Experiment,
    text: Text,
    theme: Theme,
    tell: impl Fn(usize, usize),
) -> Option<Vec<u8>> {
    let model = Model::new(experiment).ok()?;
    let mut files = Vec::new();
    let steps = model.run.steps.len();
    for step in 0..steps {
        tell(step + 1, steps);
        let svg = drawn(&model, model.hero_of(step), model.mark(step), text, theme)?;
        files.push((format!("{:02}.png", step + 1), browser::png(&svg, SIZE.0, SIZE.1).await?));
        files.push((format!("{:02}.svg", step + 1), svg.into_bytes()));
    }
    zip(&files).ok()
}

fn zip(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, ZipError> {
    let mut archive = ZipWriter::new(Buffer::new(Vec::new()));
    for (name, octets) in files {
        archive.start_file(name.as_str(), SimpleFileOptions::default())?;
        archive.write_all(octets)?;
    }
    Ok(archive.finish()?.into_inner())
}
