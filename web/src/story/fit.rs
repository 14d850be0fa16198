//! Type that becomes smaller, within limits, until the step fits into the column.

use web_sys::Element;
use yew::prelude::*;

use crate::browser;

/// The smallest of the sizes in `story.css`.
const TIGHTEST: u32 = 4;

/// Sets `data-fit` of an element to the least number, from 0, at which its content needs no scrolling; again whenever
/// its content or its size changes. Its scroll position goes to the top with another `page`.
#[hook]
pub(super) fn use_fit<Page: PartialEq + 'static>(node: &NodeRef, page: Page) {
    {
        let node = node.clone();
        use_effect_with(page, move |_| {
            if let Some(element) = node.cast::<Element>() {
                element.set_scroll_top(0);
            }
        });
    }
    let node = node.clone();
    use_effect_with((), move |()| {
        let observed = node.cast::<Element>().and_then(|element| {
            fit(&element);
            browser::on_change(&element.clone(), move || fit(&element))
        });
        move || drop(observed)
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
