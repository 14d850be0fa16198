//! The share dialog: link, `<iframe>` code and QR code for the current view.

use qrcodegen::{QrCode, QrCodeEcc};
use yew::prelude::*;

use super::dialog_frame::DialogFrame;
use crate::address::{self, Embed, Parameters, Theme};
use crate::browser;
use crate::command::Command;
use crate::icon::{Picture, icon};
use crate::language::{Language, use_text};

/// Properties of [`Share`].
#[derive(Properties, PartialEq)]
pub struct ShareProps {
    /// The current view.
    pub parameters: Parameters,
    /// The language of the page.
    pub language: Language,
    /// Runs a command.
    pub on_command: Callback<Command>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Choices {
    step: bool,
    language: bool,
    theme: Option<Theme>,
    embed: Option<Embed>,
    question: bool,
}

impl Choices {
    fn apply(self, props: &ShareProps) -> Parameters {
        let mut parameters = props.parameters.clone();
        if !self.step {
            parameters.step = None;
            parameters.at = None;
            parameters.selected = address::Selected::Nothing;
        }
        parameters.language = self.language.then_some(props.language);
        parameters.theme = self.theme;
        parameters.embed = self.embed;
        parameters.question = self.question && self.embed.is_some();
        parameters
    }
}

/// Link, code and QR code, and the choices for them.
#[component]
pub fn Share(props: &ShareProps) -> Html {
    let text = use_text();
    let choices = use_state(|| Choices {
        step: true,
        language: true,
        theme: props.parameters.theme,
        embed: Some(props.parameters.embed.unwrap_or(Embed::Hero)),
        question: props.parameters.question,
    });
    let link_of =
        |choices: Choices| format!("{}?{}", browser::page_address(), address::write(&choices.apply(props)));
    // The link leads to the whole page, the code shows what is chosen.
    let link = link_of(Choices { embed: None, ..*choices });
    let code = format!(
        "<iframe src=\"{}\" title=\"Socket Playground\" width=\"960\" height=\"540\" style=\"border:0\" allow=\"fullscreen\"></iframe>",
        link_of(*choices).replace('&', "&amp;")
    );
    let qr = Qr::of(&link);
    let change = |new: Choices| {
        let choices = choices.clone();
        Callback::from(move |_: Event| choices.set(new))
    };
    let checkbox = |label: String, on: bool, new: Choices| {
        html! {
            <label class="switch"><input type="checkbox" checked={on} onchange={change(new)} /><span>{ label }</span></label>
        }
    };
    let radio = |name: &'static str, label: String, on: bool, new: Choices| {
        html! {
            <label class="choice">
                <input type="radio" {name} checked={on} onchange={change(new)} /><span>{ label }</span>
            </label>
        }
    };
    let now = *choices;
    let themes =
        [(None, "theme-system"), (Some(Theme::Light), "theme-light"), (Some(Theme::Dark), "theme-dark")];
    let views = [
        (Some(Embed::Hero), "share-hero"),
        (Some(Embed::Stage), "share-stage"),
        (Some(Embed::Ladder), "share-ladder"),
        (None, "share-page"),
    ];
    html! {
        <DialogFrame title={Command::Share.label(text)} class="share" on_command={props.on_command.clone()}>
            <div class="share-choices">
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
                { checkbox(text.plain("share-step"), now.step, Choices { step: !now.step, ..now }) }
                if now.embed.is_some() {
                    { checkbox(text.plain("share-question"), now.question, Choices { question: !now.question, ..now }) }
                }
                { checkbox(text.plain("share-language"), now.language, Choices { language: !now.language, ..now }) }
                </div>
            </div>
            <div class="share-results">
                <div class="share-texts">
                    <label for="share-link">{ text.plain("share-link") }</label>
                    <input id="share-link" class="wire" type="text" readonly=true value={link.clone()} />
                    <CopyButton value={link} label={text.plain("share-copy-link")} />
                    <label for="share-code">{ text.plain("share-code") }</label>
                    <textarea id="share-code" class="wire" readonly=true rows="4" value={code.clone()} />
                    <CopyButton value={code} label={text.plain("share-copy-code")} />
                </div>
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
        </DialogFrame>
    }
}

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
