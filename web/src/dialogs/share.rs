//! The share dialog: link, `<iframe>` code and QR code for the current view.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use playground_lessons::View;
use playground_playback::Cursor;
use qrcodegen::{QrCode, QrCodeEcc};
use yew::prelude::*;

use super::dialog_frame::DialogFrame;
use super::pictures::Pictures;
use crate::address::{self, Deck, Embed, Parameters, Theme};
use crate::browser;
use crate::command::Command;
use crate::effects::use_link;
use crate::embed::{picture, view_of};
use crate::icon::{Picture, icon};
use crate::language::{Language, Text, use_text};
use crate::rc_eq::RcEq;
use crate::session::{Experiment, Model};

/// Properties of [`Share`].
#[derive(Properties, PartialEq)]
pub struct ShareProps {
    /// The current view.
    pub parameters: Parameters,
    /// The language of the page.
    pub language: Language,
    /// The run, as far as it is shown.
    pub model: RcEq<Model>,
    /// What it is a run of.
    pub experiment: RcEq<Experiment>,
    /// The step that is told, from 0.
    pub step: usize,
    /// The view that has the room.
    pub view: View,
    /// The moment.
    pub now: Cursor,
    /// Runs a command.
    pub on_command: Callback<Command>,
}

/// Where the lesson is to be shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    Reveal,
    Slidev,
    Marp,
    Page,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Choices {
    target: Target,
    step: bool,
    theme: Theme,
    embed: Embed,
    question: bool,
    clear: bool,
    contrast: bool,
}

impl Choices {
    /// What the link says; one that is written here always names language and theme.
    fn apply(self, props: &ShareProps, embedded: bool) -> Parameters {
        let mut parameters = props.parameters.clone();
        if !self.step {
            parameters.step = None;
            parameters.at = None;
            parameters.selected = address::Selected::Nothing;
        }
        parameters.language = Some(props.language);
        parameters.theme = Some(self.theme);
        parameters.embed = embedded.then_some(self.embed);
        parameters.question = self.question && embedded;
        parameters.clear = self.clear && embedded;
        parameters.contrast = self.contrast && embedded;
        parameters.deck = (embedded && self.target == Target::Reveal).then_some(Deck::Reveal);
        parameters
    }

    /// What to paste.
    fn code(self, link: &str, title: &str, steps: usize) -> String {
        let quoted = |text: &str| text.replace('&', "&amp;").replace('"', "&quot;");
        let (src, title) = (quoted(link), quoted(title));
        let frame = |more: &str| {
            format!(
                "<iframe src=\"{src}\" title=\"{title}\" width=\"960\" height=\"540\" style=\"border:0\"{more} allow=\"fullscreen\"></iframe>"
            )
        };
        match self.target {
            Target::Reveal => frame(" loading=\"lazy\""),
            Target::Slidev => format!("<SocketLesson src=\"{src}\" :steps=\"{steps}\" />"),
            Target::Marp | Target::Page => {
                let page = quoted(&browser::page_address());
                let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
                format!("{}\n<script type=\"module\" src=\"{folder}/deck.js\"></script>", frame(""))
            }
        }
    }
}

/// Link, code and QR code, and the choices for them.
#[component]
pub fn Share(props: &ShareProps) -> Html {
    let text = use_text();
    let choices = use_state(|| Choices {
        target: Target::Reveal,
        step: true,
        theme: props.parameters.theme.unwrap_or_else(browser::theme),
        embed: props.parameters.embed.unwrap_or(Embed::Hero),
        question: props.parameters.question,
        clear: props.parameters.clear,
        contrast: props.parameters.contrast,
    });
    let now = *choices;
    // The link leads to the whole page, the code shows what is chosen.
    let page = use_link(&now.apply(props, false));
    let shown = use_link(&now.apply(props, true));
    let paper = use_link(&Parameters { embed: Some(Embed::Print), ..now.apply(props, false) });
    let paper = paper.map(|link| link.address).unwrap_or_default();
    let whole = page.as_ref().is_none_or(|link| link.whole);
    let link = page.map(|link| link.address).unwrap_or_default();
    let story = props.model.story(text.language());
    let title = story.get(props.step).map(|step| step.title.clone()).unwrap_or_default();
    let code = shown.map(|link| now.code(&link.address, &title, story.len())).unwrap_or_default();
    let qr = Qr::of(&link);
    let change = |new: Choices| {
        let choices = choices.clone();
        Callback::from(move |_: Event| choices.set(new))
    };
    let checkbox = |key: &str, on: bool, new: Choices| {
        html! {
            <label class="switch"><input type="checkbox" checked={on} onchange={change(new)} /><span>{ text.plain(key) }</span></label>
        }
    };
    let radio = |name: &'static str, label: String, on: bool, new: Choices| {
        html! {
            <label class="choice">
                <input type="radio" {name} checked={on} onchange={change(new)} /><span>{ label }</span>
            </label>
        }
    };
    let targets = [
        (Target::Reveal, "reveal.js".to_owned(), "share-note-reveal"),
        (Target::Slidev, "Slidev".to_owned(), "share-note-slidev"),
        (Target::Marp, "Marp".to_owned(), "share-note-marp"),
        (Target::Page, text.plain("share-target-page"), "share-note-page"),
    ];
    let note = targets.iter().find(|(target, ..)| *target == now.target).map(|(.., note)| text.plain(note));
    let themes = [(Theme::Light, "theme-light"), (Theme::Dark, "theme-dark")];
    let views = [(Embed::Hero, "share-hero"), (Embed::Stage, "share-stage"), (Embed::Ladder, "share-ladder")];
    html! {
        <DialogFrame title={Command::Share.label(text)} class="share" on_command={props.on_command.clone()}>
            <div class="share-choices">
                <fieldset>
                    <legend>{ text.plain("share-target") }</legend>
                    <div class="segmented">
                        { for targets.map(|(target, label, _)| radio("share-target", label, now.target == target, Choices { target, ..now })) }
                    </div>
                </fieldset>
                <fieldset>
                    <legend>{ text.plain("share-view") }</legend>
                    <div class="segmented">
                        { for views.map(|(embed, key)| radio("share-view", text.plain(key), now.embed == embed, Choices { embed, ..now })) }
                    </div>
                </fieldset>
                <fieldset>
                    <legend>{ text.plain("share-theme") }</legend>
                    <div class="segmented">
                        { for themes.map(|(theme, key)| radio("share-theme", text.plain(key), now.theme == theme, Choices { theme, ..now })) }
                    </div>
                </fieldset>
                <div class="share-checks">
                    { checkbox("share-step", now.step, Choices { step: !now.step, ..now }) }
                    { checkbox("share-question", now.question, Choices { question: !now.question, ..now }) }
                    { checkbox("share-clear", now.clear, Choices { clear: !now.clear, ..now }) }
                    { checkbox("share-contrast", now.contrast, Choices { contrast: !now.contrast, ..now }) }
                </div>
            </div>
            <div class="share-results">
                <div class="share-texts">
                    if let (false, Some(scenario)) = (whole, props.parameters.scenario.clone()) {
                        <p class="problem" role="status">{ text.plain("share-too-long") }</p>
                        { scenario_file(props, scenario, text.plain("share-scenario")) }
                    }
                    if browser::is_one_file() { <p class="fine">{ text.plain("one-file") }</p> }
                    <label for="share-code">{ text.plain("share-code") }</label>
                    <textarea id="share-code" class="wire" readonly=true rows="4" value={code.clone()} />
                    <p class="share-note">
                        { note }
                        if now.target == Target::Slidev {
                            { " " }<a href="./SocketLesson.vue" download="SocketLesson.vue">{ "SocketLesson.vue" }</a>
                        }
                    </p>
                    <CopyButton value={code} label={text.plain("share-copy-code")} />
                    <label for="share-link">{ text.plain("share-link") }</label>
                    <input id="share-link" class="wire" type="text" readonly=true value={link.clone()} />
                    <CopyButton value={link} label={text.plain("share-copy-link")} />
                </div>
                <div class="share-pictures">
                    { preview(props, now, text) }
                    <figure class="qr">
                        if let Some(qr) = qr {
                            <svg viewBox={format!("0 0 {0} {0}", qr.size)} role="img" aria-label={text.plain("share-qr")}>
                                <path d={qr.path} />
                            </svg>
                            <figcaption>{ text.plain("share-qr") }</figcaption>
                        } else {
                            <figcaption>{ text.plain("share-qr-too-long") }</figcaption>
                        }
                    </figure>
                </div>
            </div>
            <Pictures model={props.model.clone()} experiment={props.experiment.clone()} step={props.step} view={props.view} {paper}
                now={props.now} theme={now.theme} />
        </DialogFrame>
    }
}

/// A scenario that is too long for a link, as a file that the playground opens.
fn scenario_file(props: &ShareProps, scenario: String, label: String) -> Html {
    let name = format!("{}.scenario.json", props.parameters.lesson.as_deref().unwrap_or_default());
    let onclick = Callback::from(move |_: MouseEvent| {
        browser::download(&name, "application/json", scenario.as_bytes());
    });
    html! { <button type="button" class="button" {onclick}>{ icon(Picture::Download) }{ label }</button> }
}

/// What the slide will show, small.
fn preview(props: &ShareProps, choices: Choices, text: Text) -> Html {
    let story = props.model.story(text.language());
    let step = if choices.step { props.step } else { 0 };
    let now = if choices.step { props.now } else { props.model.mark(0) };
    let view = if choices.step { props.view } else { props.model.hero_of(0) };
    let view = view_of(choices.embed, view, &props.model);
    let (model, theme) = (&props.model, choices.theme);
    let Some(svg) = picture(model, view, now, text, PREVIEW, theme, browser::styles_for) else {
        return Html::default();
    };
    let src = format!("data:image/svg+xml,{}", utf8_percent_encode(&svg, NON_ALPHANUMERIC));
    html! {
        <figure class="share-preview" data-theme={<&str>::from(choices.theme)}>
            <img {src} alt={text.plain("share-preview")} width="960" height="450" />
            <figcaption>{ step + 1 }{ " / " }{ story.len() }{ " · " }{ story.get(step).map(|step| step.title.clone()) }</figcaption>
        </figure>
    }
}

/// The size of the picture in a slide of 960 by 540, above its caption.
const PREVIEW: (f64, f64) = (960.0, 450.0);

/// Properties of [`CopyButton`].
#[derive(Properties, PartialEq)]
pub struct CopyButtonProps {
    /// The text.
    pub value: AttrValue,
    /// The button's label.
    pub label: AttrValue,
}

/// The button, which confirms the copy.
#[component]
pub fn CopyButton(props: &CopyButtonProps) -> Html {
    let text = use_text();
    let copied = use_state(|| None::<AttrValue>);
    let done = copied.as_ref() == Some(&props.value);
    let onclick = {
        let (copied, value) = (copied, props.value.clone());
        Callback::from(move |_: MouseEvent| {
            browser::copy(&value);
            copied.set(Some(value.clone()));
        })
    };
    html! {
        <button type="button" class={classes!("button", done.then_some("done"))} {onclick}>
            { icon(if done { Picture::Right } else { Picture::Copy }) }
            <span role="status">{ if done { text.plain("copied") } else { props.label.to_string() } }</span>
        </button>
    }
}

/// The quiet zone around the code, in modules.
///
/// Source: ISO/IEC 18004 section 9.1.
const QUIET: i32 = 4;

/// A QR code as the outline of its dark modules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    /// Width and height, in modules, with the white around it.
    pub size: i32,
    /// The dark modules, as an SVG path.
    pub path: String,
}

impl Qr {
    /// The code of a text; none when it is too long for one.
    pub fn of(text: &str) -> Option<Self> {
        let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
        let mut path = String::new();
        for y in 0..code.size() {
            let mut x = 0;
            while x < code.size() {
                let start = x;
                while code.get_module(x, y) {
                    x += 1;
                }
                if x > start {
                    let width = x - start;
                    path += &format!("M{} {}h{width}v1h-{width}z", start + QUIET, y + QUIET);
                }
                x += 1;
            }
        }
        Some(Self { size: code.size() + 2 * QUIET, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_fits_into_a_code_and_a_long_text_does_not() {
        let qr = Qr::of("https://example.org/?lesson=dumb-proxy&step=5").expect("a link fits");
        assert!(qr.size >= 21 + 2 * QUIET);
        assert!(qr.path.starts_with("M4 4h7v1h-7z"));
        assert_eq!(Qr::of(&"x".repeat(3_000)), None);
    }
}
