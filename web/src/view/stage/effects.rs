//! Counters of a server's side effects, on the lower edge of its card.

use playground_core::time::{Duration, Instant};
use playground_playback::{EffectView, NodeView};
use yew::prelude::*;

use crate::language::Text;
use crate::view::common::number::px;
use crate::view::common::text_width::{Face, text_width};
use crate::view::common::words;

use super::form::TypeSizes;
use super::rect::Rect;

/// A counter that changed less than this ago is highlighted.
const NEWS: Duration = Duration::from_millis(100);

/// A chip per resource, as many as fit: `POST /orders ×2 · holds 2`.
pub(super) fn effects(
    text: Text,
    node: &NodeView,
    card: Rect,
    sizes: TypeSizes,
    picture_h: f64,
    now: Instant,
) -> Html {
    let size = sizes.small;
    let height = size + 7.0;
    // Half below the card's edge, but within the picture.
    let y = (card.bottom() - height * 0.5).min(picture_h - height - 1.5);
    let mut x = card.x + 14.0;
    let chips = node.effects.iter().map_while(|effect| {
        let count = format!("×{}", effect.executed);
        let holds = text.get("effect-holds", &[("count", &effect.holds.to_string())]);
        let what = format!("{} {}", effect.method, effect.path);
        let widths = [
            text_width(&what, size, Face::Mono),
            // It is bold.
            text_width(&count, size + 2.0, Face::Sans) * 1.2,
            text_width(&holds, size - 0.5, Face::Sans),
        ];
        let width = widths.iter().sum::<f64>() + 40.0;
        if x + width > card.right() - 6.0 {
            return None;
        }
        let base = y + height / 2.0 + size * 0.36;
        let rect = Rect::new(x, y, width, height);
        x += width + 8.0;
        let is_new = now < effect.at + NEWS;
        Some(html! {
            <g key={effect.path.clone()} class={classes!("effect", is_new.then_some("is-new"))}>
                <rect x={px(rect.x)} y={px(rect.y)} width={px(rect.w)} height={px(rect.h)} rx={px(height / 2.0)} />
                <text class="mono" x={px(rect.x + 10.0)} y={px(base)} font-size={px(size)}>{ what }</text>
                <text class="effect-count" x={px(rect.x + 18.0 + widths[0])} y={px(base)} font-size={px(size + 2.0)}>
                    { count }
                </text>
                <text class="effect-holds end" x={px(rect.right() - 10.0)} y={px(base)} font-size={px(size - 0.5)}>
                    { holds }
                </text>
            </g>
        })
    });
    html! { <g class={classes!("effects", words::role_class(node.kind))}>{ for chips }</g> }
}

/// The counter as text.
pub(super) fn said(text: Text, node: &str, effect: &EffectView) -> String {
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
