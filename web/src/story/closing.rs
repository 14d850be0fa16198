//! The last card of a lesson: what can be explained now, what has changed since the book, where to go on.

use yew::prelude::*;

use super::prose::{line, prose};
use super::story::{StoryProps, next_lesson};
use crate::command::Command;
use crate::icon::{Picture, icon};
use crate::language::Text;

/// The questions of the lesson with their answers, and its note.
pub(super) fn closing(text: Text, props: &StoryProps) -> Html {
    let words = props.model.text(text.language());
    let lesson = props.model.run.lesson;
    let answered = props.story.iter().filter_map(|step| step.question.as_ref()).filter_map(|question| {
        let right = question.options.iter().find(|option| option.correct)?;
        Some(html! { <li><span>{ line(&question.prompt) }</span><strong>{ line(&right.text) }</strong></li> })
    });
    let answered: Vec<Html> = answered.collect();
    let give = |command: Command, picture: Picture| {
        let onclick = props.on_command.reform(move |_: MouseEvent| command);
        html! { <button type="button" class="quiet" {onclick}>{ icon(picture) }{ command.label(text) }</button> }
    };
    html! {
        <div class="telling closing" key="closing">
            <p class="eyebrow">{ words.title.clone() }</p>
            <h2>{ text.plain("closing") }</h2>
            if answered.is_empty() {
                <p>{ line(&words.summary) }</p>
            } else {
                <ul class="explained" role="list">{ for answered }</ul>
            }
            if !words.note.changed.is_empty() {
                <h3>{ text.plain("note-changed") }</h3>
                { prose(&words.note.changed) }
            }
            if !words.note.simplified.is_empty() {
                <details>
                    <summary>{ text.plain("closing-real") }</summary>
                    { prose(&words.note.simplified) }
                    { prose(&words.note.left_out) }
                </details>
            }
            if next_lesson(lesson).is_none() { <p class="chapter-done">{ text.plain("closing-chapter") }</p> }
            <div class="asides">
                { give(Command::Playground, Picture::Playground) }
                { give(Command::Note, Picture::Note) }
            </div>
        </div>
    }
}
