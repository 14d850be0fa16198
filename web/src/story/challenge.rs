//! A challenge with the measures of the current run.

use playground_lessons::{ChallengeText, Goal};
use yew::prelude::*;

use super::prose;
use crate::icon::{Picture, icon};
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::session::Action;

/// Properties of [`Challenge`].
#[derive(Properties, PartialEq)]
pub struct ChallengeProps {
    /// The challenge's texts.
    pub words: ChallengeText,
    /// The goal's measures in this run.
    pub goal: RcEq<Goal>,
    /// Dispatches an action.
    pub on_action: Callback<Action>,
}

/// The goal, its measures, a hint and the solution.
#[component]
pub fn Challenge(props: &ChallengeProps) -> Html {
    let text = use_text();
    let language = text.language();
    let words = &props.words;
    let measure = |measure: &playground_lessons::Measure| {
        let known = words.measures.iter().find(|(key, _)| key == measure.key);
        let label = known.map_or_else(|| measure.key.to_owned(), |(_, label)| label.clone());
        let sign = if measure.ok { Picture::Right } else { Picture::Close };
        let state = text.plain(if measure.ok { "measure-ok" } else { "measure-not-ok" });
        html! {
            <li class={if measure.ok { "ok" } else { "not-ok" }}>
                <span class="sign">{ icon(sign) }<span class="hidden">{ state }</span></span>
                <span>{ label }</span>
                <strong>{ measure.value.show(language) }</strong>
            </li>
        }
    };
    let on_solve = props.on_action.reform(|_: MouseEvent| Action::ShowSolution);
    html! {
        <section class={classes!("challenge", props.goal.solved.then_some("solved"))} aria-label={text.plain("challenge")}>
            <h2>{ icon(Picture::Goal) }<span><small>{ text.plain("challenge") }</small>{ words.title.clone() }</span></h2>
            { prose(&words.goal) }
            <ul class="measures" role="list" aria-live="polite">
                { for props.goal.measures.iter().map(measure) }
            </ul>
            if props.goal.solved {
                <p class="verdict" role="status">{ icon(Picture::Right) }{ text.plain("challenge-solved") }</p>
            }
            <div class="helps">
                <details>
                    <summary>{ text.plain("challenge-hint") }</summary>
                    { prose(&words.hint) }
                </details>
                <details>
                    <summary>{ text.plain("challenge-solution") }</summary>
                    { prose(&words.solution) }
                    <button type="button" class="button" onclick={on_solve}>{ text.plain("challenge-show-solution") }</button>
                </details>
            </div>
        </section>
    }
}
