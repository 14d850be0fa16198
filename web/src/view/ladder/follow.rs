//! Scrolling: keeps the cursor's line and the selection in view.

use web_sys::{Element, ScrollBehavior, ScrollToOptions};
use yew::prelude::*;

/// Smaller moves of the cursor come from playing and are followed at once; larger ones are jumps.
const JUMP: f64 = 48.0;

/// Keeps `y` in view in the scrolling element behind `node`, unless the reader has scrolled away from it.
///
/// `heads` is the height of what stays at the top. Jumps are smooth where the style sheet says so, which it does not
/// for users who prefer reduced motion.
#[hook]
pub(super) fn use_follow(node: &NodeRef, y: f64, heads: f64, width: f64) {
    let before = use_mut_ref(|| None::<f64>);
    let node = node.clone();
    use_effect_with((y, width.to_bits()), move |(y, _)| {
        let Some(element) = node.cast::<Element>() else { return };
        let height = f64::from(element.client_height()) - heads;
        if height <= 0.0 {
            return;
        }
        let top = f64::from(element.scroll_top());
        let before = before.replace(Some(*y));
        let was_seen = before.is_some_and(|before| before >= top && before <= top + height);
        let is_jump = before.is_some_and(|before| (y - before).abs() > JUMP);
        let low = *y > top + height * 0.74;
        let high = *y < top + height * 0.08;
        if (low || high) && (was_seen || is_jump || before.is_none()) {
            let part = if low { 0.62 } else { 0.32 };
            let part = if low && !is_jump && before.is_some() { 0.74 } else { part };
            scroll(&element, y - height * part, is_jump);
        }
    });
}

/// Scrolls `reach.0..reach.1` into view when it changes.
#[hook]
pub(super) fn use_reveal(node: &NodeRef, reach: Option<(f64, f64)>, heads: f64) {
    let node = node.clone();
    use_effect_with(reach, move |reach| {
        let (Some((from, to)), Some(element)) = (*reach, node.cast::<Element>()) else { return };
        let height = f64::from(element.client_height()) - heads;
        let top = f64::from(element.scroll_top());
        if height > 0.0 && (from < top || to > top + height) {
            scroll(&element, f64::midpoint(from, to) - height / 2.0, true);
        }
    });
}

fn scroll(element: &Element, top: f64, as_styled: bool) {
    let options = ScrollToOptions::new();
    options.set_top(top.max(0.0));
    options.set_behavior(if as_styled { ScrollBehavior::Auto } else { ScrollBehavior::Instant });
    element.scroll_to_with_scroll_to_options(&options);
}
