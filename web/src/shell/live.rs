//! What a screen reader says when the step changes.

use playground_lessons::Step;
use yew::prelude::*;

use crate::language::use_text;
use crate::shared::Shared;

/// Properties of [`Live`].
#[derive(Properties, PartialEq)]
pub struct LiveProps {
    /// The words of the steps.
    pub story: Shared<Vec<Step>>,
    /// The step that is told, from 0.
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
