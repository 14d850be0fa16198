//! Scrolling and focus of the packet list.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::NodeRef;

use super::packet_line::button_id;
use crate::view::common::in_sight::bring_in_sight;

/// Height that the sticky head covers.
const HEAD: f64 = 36.0;

/// Scrolls the list so that a row is visible.
pub(super) fn show_row(list: &NodeRef, number: u32) {
    let Some(list) = list.cast::<Element>() else { return };
    let row = list.query_selector(&format!("#{}", button_id(number))).ok().flatten();
    let Some(row) = row.and_then(|button| button.closest("tr").ok().flatten()) else { return };
    bring_in_sight(&list, &row, HEAD);
}

/// Moves the focus to a row's button.
pub(super) fn focus_row(list: &NodeRef, number: u32) {
    let Some(list) = list.cast::<Element>() else { return };
    let button = list.query_selector(&format!("#{}", button_id(number))).ok().flatten();
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        // The list is scrolled separately; a failure to focus is harmless.
        let _ = button.focus();
    }
}
