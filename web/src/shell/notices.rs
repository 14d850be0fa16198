//! Small notices: what a link said that could not be used.

use crate::address::{Problem, Remark};
use crate::icon::{Picture, icon};
use crate::language::use_text;
use crate::markup::prelude::*;
use crate::session::Action;
use crate::shared::Shared;

/// Properties of [`Notices`].
#[derive(PartialEq)]
pub struct NoticesProps {
    /// What was wrong.
    pub remarks: Shared<Vec<Remark>>,
    /// Does something to the session.
    pub on_action: Callback<Action>,
}

/// One line each; they go away when asked to.
#[component]
pub fn Notices(props: &NoticesProps) -> Html {
    let text = use_text();
    if props.remarks.is_empty() {
        return Html::default();
    }
    let onclick = props.on_action.reform(|_: MouseEvent| Action::Dismiss);
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
            <ul role="list">{ for props.remarks.iter().map(notice) }</ul>
            <button type="button" class="round" {onclick} aria-label={text.plain("notice-dismiss")}>
                { icon(Picture::Close) }
            </button>
        </section>
    }
}
