//! A challenge with the measures of the current run.

use playground_lessons::{ChallengeText, Goal};
use yew::prelude::*;

use super::prose;
use crate::icon::{Picture, icon};
use crate::language::Text;
use crate::session::Action;

/// The goal, its measures, a hint and the solution.
pub(super) fn challenge(
    text: Text,
    words: &ChallengeText,
    goal: &Goal,
    on_action: &Callback<Action>,
) -> Html {
    let language = text.language();
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
    let on_solve = on_action.reform(|_: MouseEvent| Action::ShowSolution);
    html! {
        <section class={classes!("challenge", goal.solved.then_some("solved"))} aria-label={text.plain("challenge")}>
            <h2>{ icon(Picture::Goal) }<span><small>{ text.plain("challenge") }</small>{ words.title.clone() }</span></h2>
            { prose(&words.goal) }
            <ul class="measures" role="list" aria-live="polite">
                { for goal.measures.iter().map(measure) }
            </ul>
            if goal.solved {
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
