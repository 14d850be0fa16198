//! Type that becomes smaller, within limits, until the step fits into the column.

use web_sys::Element;
use yew::prelude::*;

use crate::browser;

/// The smallest of the sizes in `story.css`.
const TIGHTEST: u32 = 4;

/// Sets `data-fit` of an element to the least number, from 0, at which its content needs no scrolling; again whenever
/// `content` or the size of the element changes. Its scroll position goes to the top with new content.
#[hook]
pub(super) fn use_fit<Content: PartialEq + 'static>(node: &NodeRef, content: Content) {
    let node = node.clone();
    use_effect_with(content, move |_| {
        let element = node.cast::<Element>();
        if let Some(element) = &element {
            element.set_scroll_top(0);
            fit(element);
        }
        let observer = element.and_then(|element| {
            let parent = element.parent_element()?;
            browser::on_resize(&parent, move || fit(&element))
        });
        move || drop(observer)
    });
}

fn fit(element: &Element) {
    for size in 0..=TIGHTEST {
        // An attribute that the page does not set itself stays between two drawings.
        let _ = element.set_attribute("data-fit", &size.to_string());
        if element.scroll_height() <= element.client_height() {
            return;
        }
    }
}
