//! The way on, always at the same place: the next step, the pages after the last one, the next lesson.

use yew::prelude::*;

use super::story::{StoryProps, next_lesson};
use crate::command::Command;
use crate::icon::{Picture, icon};
use crate::language::Text;
use crate::session::{Action, Page};

/// One button.
pub(super) fn onward(text: Text, props: &StoryProps) -> Html {
    let words = props.model.text(text.language());
    let lesson = props.model.run.lesson;
    let button = |small: &str, label: String, tip: String, onclick: Callback<MouseEvent>| {
        html! {
            <button type="button" class="onward" {onclick} title={tip} aria-disabled={props.open.to_string()}>
                <span><small>{ text.plain(small) }</small>{ label }</span>
                { icon(Picture::Next) }
            </button>
        }
    };
    let tip = Command::NextStep.tip(text);
    let on_next = props.on_command.reform(|_: MouseEvent| Command::NextStep);
    if props.open {
        return html! {
            <button type="button" class="onward" onclick={on_next} aria-disabled="true">
                <span>{ text.plain("story-next-hidden") }</span>
                { icon(Picture::Next) }
            </button>
        };
    }
    if props.page == Page::Step
        && let Some(next) = props.story.get(props.step + 1)
    {
        return button("story-next", next.title.clone(), tip, on_next);
    }
    match (props.page, &words.challenge) {
        (Page::Step, Some(challenge)) if lesson.challenge.is_some() => {
            button("challenge", challenge.title.clone(), tip, on_next)
        }
        (Page::Step | Page::Challenge, _) => button("story-next", text.plain("closing"), tip, on_next),
        (Page::Closing, _) => match next_lesson(lesson) {
            Some(next) => {
                let onclick = props.on_action.reform(move |_: MouseEvent| Action::OpenLesson(next.id));
                button("story-next-lesson", next.text(text.language()).title.clone(), String::new(), onclick)
            }
            None => {
                let onclick = props.on_command.reform(|_: MouseEvent| Command::LessonMap);
                button("story-chapter-done", Command::LessonMap.label(text), String::new(), onclick)
            }
        },
    }
}
