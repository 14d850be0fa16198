//! The browser's dialog over a client's card: may this request be sent again?

use playground_core::time::Instant;
use playground_playback::{NodeView, QuestionView};
use playground_words::Text;

use crate::element::Element;
use crate::parts::baseline;
use crate::text_width::{Face, fitted, wrapped};

use super::form::Form;
use super::layout::Card;
use super::rect::Rect;

/// The dialog, while it is open: over the card, below its head.
pub fn draw(form: &Form, node: &NodeView, card: &Card, now: Instant) -> Option<Element> {
    let question = node.question.as_ref().filter(|question| question.is_open(now))?;
    let (text, size) = (form.text, form.body);
    let (bar, step, button) = (size * 2.1, size * 1.4, size * 2.1);
    let top = card.header.bottom();
    let room = card.rect.bottom() - 8.0 - top;
    let inner = card.rect.w - 44.0;
    // Title, request, text, buttons; the text gets the remaining height.
    let fixed = bar + step * 1.4 + button + 30.0;
    let most = ((room - fixed) / step).floor().clamp(0.0, 5.0) as usize;
    let lines = if most == 0 {
        Vec::new()
    } else {
        wrapped(&text.plain("question-body"), size, Face::Sans, inner, most)
    };
    let high = fixed + step * lines.len() as f64;
    let rect = Rect::new(card.rect.x + 8.0, (top + room - high).min(top), card.rect.w - 16.0, high);
    let (x, middle) = (rect.x + 14.0, rect.y + bar / 2.0);
    let base = |line: f64| rect.y + bar + step * line + size * 0.5;
    let each = (inner - 10.0) / 2.0;
    let buttons = rect.bottom() - button - 10.0;
    let place = |x: f64, y: f64| Element::rect(x, y, rect.w, rect.h).number("rx", 10.0);
    let title = fitted(&text.plain("question-title"), size + 1.0, Face::Sans, rect.w - 70.0);
    let what = fitted(&question.what, form.mono, Face::Mono, inner);
    let line = |(line, words)| Element::text(x, base(2.1 + line as f64), size, words);
    Some(
        Element::group("asked")
            .entry(question.entry)
            .add(place(rect.x + 3.0, rect.y + 4.0).class("question-shadow"))
            .add(place(rect.x, rect.y).class("question-box"))
            .add(Element::line((rect.x, rect.y + bar), (rect.right(), rect.y + bar)).class("question-bar"))
            .add_all((0..3).map(|dot| {
                Element::circle(rect.right() - 16.0 - 12.0 * f64::from(dot), middle, 3.5).class("window-dot")
            }))
            .add(Element::text(x, baseline(middle, size + 1.0), size + 1.0, title).class("strong"))
            .add(Element::text(x, base(0.9), form.mono, what).class("mono"))
            .add_all(lines.into_iter().enumerate().map(line))
            .add(press(text, question, true, Rect::new(x, buttons, each, button), size))
            .add(press(text, question, false, Rect::new(x + each + 10.0, buttons, each, button), size)),
    )
}

/// A button of the drawing: not interactive, it shows the simulated user's choice.
fn press(text: Text, question: &QuestionView, again: bool, rect: Rect, size: f64) -> Element {
    let pressed = question.answer.is_some_and(|(_, answer)| answer == again);
    let words = text.plain(if again { "question-again" } else { "question-give-up" });
    // A sign in addition to the colour.
    let words = if pressed { format!("✓ {words}") } else { words };
    let words = fitted(&words, size, Face::Sans, rect.w - 8.0);
    let (x, y) = rect.middle();
    Element::group(if pressed { "question-button is-pressed" } else { "question-button" })
        .add(Element::rect(rect.x, rect.y, rect.w, rect.h).number("rx", 7.0))
        .add(Element::text(x, baseline(y, size), size, words).anchor("middle"))
}

/// The dialog as text, while it is open.
pub fn said(text: Text, name: &str, node: &NodeView, now: Instant) -> Option<String> {
    let question = node.question.as_ref().filter(|question| question.is_open(now))?;
    let key = match question.answer {
        None => "stage-summary-question",
        Some((_, true)) => "stage-summary-question-again",
        Some((_, false)) => "stage-summary-question-give-up",
    };
    Some(text.get(key, &[("node", name), ("request", &question.what)]))
}
