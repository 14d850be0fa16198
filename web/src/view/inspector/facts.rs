//! A list of names and values.

use yew::prelude::*;

/// One fact: name and value.
#[derive(Clone, PartialEq)]
pub(super) struct Fact {
    pub(super) name: String,
    pub(super) value: String,
    /// Whether the value is octets or program text.
    pub(super) mono: bool,
}

impl Fact {
    /// A fact whose value is prose.
    pub(super) const fn words(name: String, value: String) -> Self {
        Self { name, value, mono: false }
    }

    /// A fact whose value is octets or code.
    pub(super) const fn wire(name: String, value: String) -> Self {
        Self { name, value, mono: true }
    }
}

/// Names left, values right.
pub(super) fn facts(facts: &[Fact]) -> Html {
    let rows = facts.iter().map(|fact| {
        html! {
            <div>
                <dt>{ &fact.name }</dt>
                <dd class={classes!(fact.mono.then_some("wire"))}>{ &fact.value }</dd>
            </div>
        }
    });
    html! { <dl class="facts">{ for rows }</dl> }
}
