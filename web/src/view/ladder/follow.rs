//! Scrolling: keeps the cursor's line and the selection in view.

use web_sys::{Element, ScrollBehavior, ScrollToOptions};
use yew::prelude::*;

/// Smaller moves of the cursor come from playing and are followed at once; larger ones are jumps.
const JUMP: f64 = 48.0;
/// Where the cursor's line stands, as a part of the height: more is seen of what was than of what comes.
const PLACE: f64 = 0.7;

/// What scrolling depends on.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Followed {
    /// The cursor's line.
    pub(super) y: f64,
    /// The upper and lower end of the selected arrow.
    pub(super) reach: Option<(f64, f64)>,
    /// The size of the drawing.
    pub(super) size: (f64, f64),
}

/// Keeps the cursor's line at its place in the scrolling element behind `node`, unless the reader has scrolled away
/// from it, and the selected arrow in sight. However a moment was reached, the same part of the ladder is seen.
///
/// `heads` is the height of what stays at the top. Jumps are smooth where the style sheet says so, which it does not
/// for users who prefer reduced motion.
#[hook]
pub(super) fn use_follow(node: &NodeRef, followed: Followed, heads: f64) {
    let before = use_mut_ref(|| None::<(Followed, f64)>);
    let node = node.clone();
    use_effect_with(followed, move |now| {
        let Some(element) = node.cast::<Element>() else { return };
        let height = f64::from(element.client_height()) - heads;
        if height <= 0.0 {
            return;
        }
        let top = f64::from(element.scroll_top());
        let mut before = before.borrow_mut();
        let (goal, is_smooth) = match &*before {
            None => (Some(top_of(now.y, now.reach, height)), false),
            // A smooth scroll may still be on its way.
            Some((then, goal)) if then.y == now.y && then.size == now.size => {
                let hidden =
                    now.reach.filter(|reach| !is_in(*reach, *goal, height) || !is_in(*reach, top, height));
                (hidden.map(|_| top_of(now.y, now.reach, height)), true)
            }
            Some((then, goal)) => {
                let is_jump = (then.y - now.y).abs() > JUMP;
                let was_seen = [top, *goal].iter().any(|top| is_in((then.y, then.y), *top, height));
                let reach = now.reach.filter(|_| is_jump);
                ((was_seen || is_jump).then(|| top_of(now.y, reach, height)), is_jump)
            }
        };
        if let Some(goal) = goal.filter(|goal| *goal != top) {
            scroll(&element, goal, is_smooth);
        }
        *before = Some((*now, goal.unwrap_or(top)));
    });
}

/// Whether a stretch is in sight.
fn is_in((from, to): (f64, f64), top: f64, height: f64) -> bool {
    from >= top && to <= top + height
}

/// The upper edge of what is seen: the line at its place, or the selected arrow in the middle where it would be out of
/// sight.
fn top_of(y: f64, reach: Option<(f64, f64)>, height: f64) -> f64 {
    let top = (y - height * PLACE).max(0.0).round();
    match reach {
        Some((from, to)) if !is_in((from, to), top, height) => {
            (f64::midpoint(from, to) - height / 2.0).max(0.0).round()
        }
        _ => top,
    }
}

fn scroll(element: &Element, top: f64, as_styled: bool) {
    let options = ScrollToOptions::new();
    options.set_top(top);
    options.set_behavior(if as_styled { ScrollBehavior::Auto } else { ScrollBehavior::Instant });
    element.scroll_to_with_scroll_to_options(&options);
}

#[cfg(test)]
mod tests {
    use super::top_of;

    #[test]
    fn the_line_has_its_place_and_the_selection_is_in_sight() {
        assert_eq!(top_of(100.0, None, 400.0), 0.0);
        assert_eq!(top_of(1_000.0, None, 400.0), 720.0);
        assert_eq!(top_of(1_000.0, Some((740.0, 800.0)), 400.0), 720.0);
        assert_eq!(top_of(1_000.0, Some((300.0, 340.0)), 400.0), 120.0);
    }
}
