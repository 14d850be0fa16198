//! What this site is, in one line, for somebody who has not been here before.

use yew::prelude::*;

use crate::browser;
use crate::language::use_text;

/// The name under which the browser remembers the visit.
const NAME: &str = "visited";

/// The line; gone for good when the first step is left.
#[component]
pub fn FirstVisit() -> Html {
    let text = use_text();
    let is_first = *use_memo((), |()| browser::load(NAME).is_none());
    use_effect_with((), |()| || browser::store(NAME, "yes"));
    html! { if is_first { <p class="first-visit">{ text.plain("first-visit") }</p> } }
}
