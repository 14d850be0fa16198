//! Scrolling an element into view without moving anything but its container.

use web_sys::Element;

/// Margin kept above and below the element, in CSS pixels.
const MARGIN: f64 = 52.0;

/// Scrolls `list` as little as possible so that `thing` is visible.
///
/// Units: `covered` is the height at the top that something sticky covers, in CSS pixels.
pub(in crate::view) fn bring_in_sight(list: &Element, thing: &Element, covered: f64) {
    let (seen, thing) = (list.get_bounding_client_rect(), thing.get_bounding_client_rect());
    let way = way(seen.top() + covered, seen.bottom(), thing.top(), thing.bottom());
    if way != 0.0 {
        list.set_scroll_top((f64::from(list.scroll_top()) + way).round() as i32);
    }
}

/// How far to scroll down so that `first..last` is visible between `top` and `bottom`.
fn way(top: f64, bottom: f64, first: f64, last: f64) -> f64 {
    let room = ((bottom - top - (last - first)) / 2.0).clamp(0.0, MARGIN);
    let (above, below) = (top + room - first, last + room - bottom);
    match () {
        () if first >= top && last <= bottom => 0.0,
        () if above > 0.0 => -above,
        () => below,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hidden_elements_are_scrolled_and_by_the_shortest_way() {
        assert_eq!(way(0.0, 300.0, 100.0, 130.0), 0.0);
        assert_eq!(way(0.0, 300.0, 290.0, 320.0), 72.0);
        assert_eq!(way(0.0, 300.0, -10.0, 20.0), -62.0);
        // With hardly any room, the middle.
        assert_eq!(way(0.0, 40.0, 100.0, 130.0), 95.0);
    }
}
