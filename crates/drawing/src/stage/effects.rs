//! Counters of a server's side effects, on the lower edge of its card.

use playground_core::time::{Duration, Instant};
use playground_playback::{EffectView, NodeView};
use playground_words::Text;

use crate::element::Element;
use crate::parts::{baseline, group_class};
use crate::text_width::{Face, text_width};

use super::form::Form;
use super::rect::Rect;

/// A counter that changed less than this ago is highlighted.
const NEWS: Duration = Duration::from_millis(100);

/// A chip per resource, as many as fit: `POST /orders ×2 · holds 2`.
pub fn draw(form: &Form, node: &NodeView, card: Rect, now: Instant) -> Option<Element> {
    let (size, high) = (form.small, form.small + 8.0);
    // Half below the card's edge.
    let y = card.bottom() - high / 2.0;
    let middle = y + high / 2.0;
    let mut x = card.x + 14.0;
    let mut group = Element::group(group_class(node.kind));
    for effect in &node.effects {
        let count = format!("×{}", effect.executed);
        let holds = form.text.get("effect-holds", &[("count", &effect.holds.to_string())]);
        let what = format!("{} {}", effect.method, effect.path);
        let widths = [
            text_width(&what, size, Face::Mono),
            // It is bold.
            text_width(&count, size + 2.0, Face::Sans) * 1.2,
            text_width(&holds, size, Face::Sans),
        ];
        let mut width = widths[0] + widths[1] + 28.0;
        let has_room = x + width + widths[2] + 12.0 <= card.right() - 6.0;
        width += if has_room { widths[2] + 12.0 } else { 0.0 };
        if x + width > card.right() - 6.0 {
            break;
        }
        let class = if now < effect.at + NEWS { "effect is-new" } else { "effect" };
        let place = Element::rect(x, y, width, high).number("rx", high / 2.0);
        let count = Element::text(x + 18.0 + widths[0], baseline(middle, size + 2.0), size + 2.0, count);
        let holds = Element::text(x + width - 10.0, baseline(middle, size), size, holds);
        group = group.add(
            Element::group(class)
                .entry(effect.entry)
                .add(place)
                .add(Element::text(x + 10.0, baseline(middle, size), size, what).class("mono"))
                .add(count.class("effect-count"))
                .add_all(has_room.then(|| holds.class("quiet").anchor("end"))),
        );
        x += width + 8.0;
    }
    (!group.children.is_empty()).then_some(group)
}

/// The counter as text.
pub fn said(text: Text, node: &str, effect: &EffectView) -> String {
    text.get(
        "stage-summary-effect",
        &[
            ("node", node),
            ("request", &format!("{} {}", effect.method, effect.path)),
            ("executed", &effect.executed.to_string()),
            ("holds", &effect.holds.to_string()),
        ],
    )
}
