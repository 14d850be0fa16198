//! Keeping a thing in sight without moving anything but what scrolls around it.

use web_sys::Element;

/// Scrolls `list` up or down so that `thing` is in sight, half way between top and bottom if it was not.
///
/// Units: `covered` is the height at the top that something sticky covers, in CSS pixels.
pub(in crate::view) fn bring_in_sight(list: &Element, thing: &Element, covered: f64) {
    let (seen, thing) = (list.get_bounding_client_rect(), thing.get_bounding_client_rect());
    let above = seen.top() + covered - thing.top();
    let below = thing.bottom() - seen.bottom();
    if above > 0.0 || below > 0.0 {
        let middle = thing.top() - seen.top() - (seen.height() + covered - thing.height()) / 2.0;
        list.set_scroll_top((f64::from(list.scroll_top()) + middle) as i32);
    }
}
