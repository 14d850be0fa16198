//! The hint shown while nothing is selected.

use yew::prelude::*;

use crate::language::Text;

/// The hint.
pub(super) fn hint(text: Text) -> Html {
    html! {
        <div class="inspector-hint">
            <svg viewBox="0 0 64 48" aria-hidden="true">
                <rect class="hint-lane" x="1" y="14" width="62" height="20" rx="10" />
                <rect class="hint-segment" x="14" y="18" width="26" height="12" rx="4" />
                <path class="hint-hand" d="M34 26 L34 43 L38.4 39 L41.6 46 L44.8 44.5 L41.8 37.8 L47.6 37.4 Z" />
            </svg>
            <p><b>{ text.plain("inspector-hint") }</b></p>
            <p>{ text.plain("inspector-hint-what") }</p>
        </div>
    }
}
