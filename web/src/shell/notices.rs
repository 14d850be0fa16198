//! Small notices: what a link said that could not be used.

use crate::address::{Problem, Remark};
use crate::icon::{Picture, icon};
use crate::language::Text;
use crate::markup::prelude::*;
use crate::session::Action;

/// One line each; they go away when asked to.
pub fn notices(text: Text, remarks: &[Remark], on_action: &Callback<Action>) -> Html {
    if remarks.is_empty() {
        return Html::default();
    }
    let onclick = on_action.reform(|_: MouseEvent| Action::Dismiss);
    let notice = |remark: &Remark| {
        let words = [("parameter", remark.parameter.as_str()), ("value", remark.value.as_str())];
        let sentence = match remark.problem {
            Problem::BadValue => text.get("notice-bad-value", &words),
            Problem::OutOfRange => text.get("notice-out-of-range", &words),
            Problem::NoSuchLesson => text.get("notice-no-such-lesson", &words),
            Problem::BadScenario => text.get("notice-bad-scenario", &words),
            Problem::Unreadable => text.get("notice-unreadable", &words),
        };
        html! { <li>{ sentence }</li> }
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
