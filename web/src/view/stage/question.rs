//! The browser's dialog over a client's card: may this request be sent again?

use playground_core::time::Instant;
use playground_playback::{NodeView, QuestionView};
use yew::prelude::*;

use crate::language::Text;
use crate::view::common::number::px;
use crate::view::common::text_width::{Face, fitted, wrapped};

use super::form::TypeSizes;
use super::layout::CardBox;
use super::rect::Rect;

/// The dialog, while it is open.
pub(super) fn question(text: Text, node: &NodeView, place: &CardBox, sizes: TypeSizes, now: Instant) -> Html {
    match node.question.as_ref().filter(|question| question.is_open(now)) {
        Some(question) => dialog(text, question, place, sizes),
        None => Html::default(),
    }
}

fn dialog(text: Text, question: &QuestionView, place: &CardBox, sizes: TypeSizes) -> Html {
    let size = sizes.text;
    let (bar, step, button) = (size * 2.1, size * 1.4, size * 2.1);
    let top = place.header.bottom();
    let room = place.rect.bottom() - 8.0 - top;
    let inner = place.rect.w - 44.0;
    // Title, request, text, buttons; the text gets the remaining height.
    let fixed = bar + step * 1.4 + button + 30.0;
    let most = ((room - fixed) / step).floor().max(1.0) as usize;
    let lines = wrapped(&text.plain("question-body"), size, Face::Sans, inner, most.min(5));
    let height = fixed + step * lines.len() as f64;
    let rect = Rect::new(place.rect.x + 8.0, top, place.rect.w - 16.0, height.min(room));
    let x = rect.x + 14.0;
    let base = |line: f64| rect.y + bar + step * line + size * 0.5;
    let each = (inner - 10.0) / 2.0;
    let buttons_y = rect.bottom() - button - 10.0;
    html! {
        <g class="question">
            <rect class="question-shadow" x={px(rect.x + 3.0)} y={px(rect.y + 4.0)} width={px(rect.w)} height={px(rect.h)} rx="10" />
            <rect class="question-box" x={px(rect.x)} y={px(rect.y)} width={px(rect.w)} height={px(rect.h)} rx="10" />
            <path class="question-bar" d={format!("M{} {} h{}", px(rect.x), px(rect.y + bar), px(rect.w))} />
            { for (0..3).map(|dot| {
                let cx = rect.right() - 16.0 - 12.0 * f64::from(dot);
                html! { <circle class="question-dot" cx={px(cx)} cy={px(rect.y + bar / 2.0)} r="3.5" /> }
            }) }
            <text class="question-title" x={px(x)} y={px(rect.y + bar / 2.0 + size * 0.38)} font-size={px(size + 1.0)}>
                { fitted(&text.plain("question-title"), size + 1.0, Face::Sans, rect.w - 70.0) }
            </text>
            <text class="mono" x={px(x)} y={px(base(0.9))} font-size={px(sizes.mono)}>
                { fitted(&question.what, sizes.mono, Face::Mono, inner) }
            </text>
            { for lines.into_iter().enumerate().map(|(line, words)| html! {
                <text key={line} x={px(x)} y={px(base(2.1 + line as f64))} font-size={px(size)}>{ words }</text>
            }) }
            { press(text, question, true, Rect::new(x, buttons_y, each, button), size) }
            { press(text, question, false, Rect::new(x + each + 10.0, buttons_y, each, button), size) }
        </g>
    }
}

/// A button of the drawing: not interactive, it shows the simulated user's choice.
fn press(text: Text, question: &QuestionView, again: bool, rect: Rect, size: f64) -> Html {
    let pressed = question.answer.is_some_and(|(_, answer)| answer == again);
    let key = if again { "question-again" } else { "question-give-up" };
    let mut words = text.plain(key);
    if pressed {
        // A sign in addition to the colour.
        words.insert_str(0, "✓ ");
    }
    html! {
        <g class={classes!("question-button", pressed.then_some("is-pressed"))}>
            <rect x={px(rect.x)} y={px(rect.y)} width={px(rect.w)} height={px(rect.h)} rx="7" />
            <text class="middle" x={px(rect.middle().0)} y={px(rect.middle().1 + size * 0.36)} font-size={px(size)}>
                { fitted(&words, size, Face::Sans, rect.w - 8.0) }
            </text>
        </g>
    }
}

/// The dialog as text, while it is open.
pub(super) fn said(text: Text, name: &str, node: &NodeView, now: Instant) -> Option<String> {
    let question = node.question.as_ref().filter(|question| question.is_open(now))?;
    let key = match question.answer {
        None => "stage-summary-question",
        Some((_, true)) => "stage-summary-question-again",
        Some((_, false)) => "stage-summary-question-give-up",
    };
    Some(text.get(key, &[("node", name), ("request", &question.what)]))
}
