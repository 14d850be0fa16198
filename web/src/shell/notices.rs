//! Small notices: what a link said that could not be used.

use playground_lessons::LessonText;
use yew::prelude::*;

use crate::address::{Problem, Remark};
use crate::icon::{Picture, icon};
use crate::language::{Text, sentence};
use crate::session::Action;

/// One line each; they go away when asked to.
pub fn notices(text: Text, words: &LessonText, remarks: &[Remark], on_action: &Callback<Action>) -> Html {
    if remarks.is_empty() {
        return Html::default();
    }
    let onclick = on_action.reform(|_: MouseEvent| Action::Dismiss);
    let notice = |remark: &Remark| {
        let named = [("parameter", remark.parameter.as_str()), ("value", remark.value.as_str())];
        let said = match remark.problem {
            Problem::BadValue => text.get("notice-bad-value", &named),
            Problem::OutOfRange => text.get("notice-out-of-range", &named),
            Problem::NoSuchLesson => text.get("notice-no-such-lesson", &named),
            Problem::BadScenario => text.get("notice-bad-scenario", &named),
            Problem::Unreadable => text.get("notice-unreadable", &named),
        };
        let reason = remark.reason.as_ref().map(|reason| sentence(text, words, reason));
        html! { <li>{ said }{ " " }{ reason.unwrap_or_default() }</li> }
    };
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
