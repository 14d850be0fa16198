//! The share dialog: it builds the link, the code for a slide and the QR code, so that nobody types parameters.

use yew::prelude::*;

use super::copy_button::CopyButton;
use super::dialog_frame::DialogFrame;
use crate::address::{self, Embed, Parameters, Theme};
use crate::browser;
use crate::command::Command;
use crate::language::{Language, use_text};
use crate::qr::Qr;

/// Properties of [`Share`].
#[derive(Properties, PartialEq)]
pub struct ShareProps {
    /// What is on the screen.
    pub parameters: Parameters,
    /// The language of the page.
    pub language: Language,
    /// Gives a command.
    pub on_command: Callback<Command>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Choices {
    step: bool,
    language: bool,
    theme: Option<Theme>,
    embed: Option<Embed>,
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
        parameters
    }
}

/// Link, code, QR code, and what they should say.
#[component]
pub fn Share(props: &ShareProps) -> Html {
    let text = use_text();
    let choices = use_state(|| Choices {
        step: true,
        language: true,
        theme: props.parameters.theme,
        embed: props.parameters.embed,
    });
    let link_of =
        |choices: Choices| format!("{}?{}", browser::page_address(), address::write(&choices.apply(props)));
    let link = link_of(*choices);
    let frame = Choices { embed: Some(choices.embed.unwrap_or(Embed::Stage)), ..*choices };
    let code = format!(
        "<iframe src=\"{}\" title=\"Socket Playground\" width=\"960\" height=\"540\" style=\"border:0\" allow=\"fullscreen\"></iframe>",
        link_of(frame).replace('&', "&amp;")
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
    let views =
        [(None, "share-page"), (Some(Embed::Stage), "share-stage"), (Some(Embed::Ladder), "share-ladder")];
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
