//! Notices about a link, and the live region for screen readers.

use playground_lessons::{LessonText, Step};
use yew::prelude::*;

use crate::address::Remark;
use crate::icon::{Picture, icon};
use crate::language::{Text, use_text};
use crate::rc_eq::RcEq;
use crate::session::Action;

/// One line per remark, dismissible.
pub fn notices(text: Text, words: &LessonText, remarks: &[Remark], on_action: &Callback<Action>) -> Html {
    if remarks.is_empty() {
        return Html::default();
    }
    let onclick = on_action.reform(|_: MouseEvent| Action::Dismiss);
    let notice = |remark: &Remark| html! { <li>{ remark.sentence(text, words) }</li> };
    html! {
        <section class="notices" role="status" aria-label={text.plain("notices")}>
            { icon(Picture::Warning) }
            <ul role="list">{ for remarks.iter().map(notice) }</ul>
            <button type="button" class="round" {onclick} aria-label={text.plain("notice-dismiss")}>
                { icon(Picture::Close) }
            </button>
        </section>
    }
}

/// Properties of [`Live`].
#[derive(Properties, PartialEq)]
pub struct LiveProps {
    /// The texts of the steps.
    pub story: RcEq<Vec<Step>>,
    /// The current step, from 0.
    pub step: usize,
}

/// The step's sentence, in a polite live region.
#[component]
pub fn Live(props: &LiveProps) -> Html {
    let text = use_text();
    let sentence = props.story.get(props.step).map(|step| {
        let number = (props.step + 1).to_string();
        let count = props.story.len().to_string();
        let absent = if step.absent { text.plain("story-absent") } else { String::new() };
        format!("{} {} {absent}", text.get("live-step", &[("step", &number), ("steps", &count)]), step.title)
    });
    html! { <p class="hidden" aria-live="polite">{ sentence }</p> }
}
