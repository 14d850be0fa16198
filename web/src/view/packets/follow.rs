//! Keeping a row in sight without moving anything but the list.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::NodeRef;

use super::packet_line::button_id;

/// Height that the sticky head covers.
const HEAD: f64 = 36.0;

/// Scrolls the list so that a row is in sight.
pub(super) fn show_row(list: &NodeRef, number: u32) {
    let Some(list) = list.cast::<Element>() else { return };
    let row = list.query_selector(&format!("#{}", button_id(number))).ok().flatten();
    let Some(row) = row.and_then(|button| button.closest("tr").ok().flatten()) else { return };
    let (seen, row) = (list.get_bounding_client_rect(), row.get_bounding_client_rect());
    let (above, below) = (seen.top() + HEAD - row.top(), row.bottom() + row.height() - seen.bottom());
    if above > 0.0 || below > 0.0 {
        // Where it has as much before it as after it.
        let middle = row.top() - seen.top() - (seen.height() + HEAD - row.height()) / 2.0;
        list.set_scroll_top((f64::from(list.scroll_top()) + middle) as i32);
    }
}

/// Moves the focus to a row's button.
pub(super) fn focus_row(list: &NodeRef, number: u32) {
    let Some(list) = list.cast::<Element>() else { return };
    let button = list.query_selector(&format!("#{}", button_id(number))).ok().flatten();
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        // The list scrolls by itself; focus may fail without harm.
        let _ = button.focus();
    }
}
