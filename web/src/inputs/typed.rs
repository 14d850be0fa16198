//! A value that is typed: it is set with Enter or by leaving, and what was refused stays as it was typed.

use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`Typed`].
#[derive(Properties, PartialEq)]
pub struct TypedProps {
    /// Its id in the page.
    pub id: AttrValue,
    /// Its label.
    pub label: AttrValue,
    /// A sentence of help.
    pub help: AttrValue,
    /// The value as it is shown.
    pub value: AttrValue,
    /// The sign of its unit; empty where it has none.
    pub unit: AttrValue,
    /// Whether it is a number.
    pub is_number: bool,
    /// The id of what says why the last one was refused, while one is.
    pub problem: Option<AttrValue>,
    /// Sets it.
    pub on_set: Callback<String>,
}

/// A line that is typed.
#[component]
pub fn Typed(props: &TypedProps) -> Html {
    let draft = use_state(|| None::<String>);
    {
        let draft = draft.clone();
        use_effect_with(props.value.clone(), move |_| draft.set(None));
    }
    let oninput = {
        let draft = draft.clone();
        Callback::from(move |event: InputEvent| {
            draft.set(Some(event.target_unchecked_into::<HtmlInputElement>().value()));
        })
    };
    let onchange = {
        let (draft, on_set, shown) = (draft.clone(), props.on_set.clone(), props.value.clone());
        Callback::from(move |event: Event| {
            let typed = event.target_unchecked_into::<HtmlInputElement>().value();
            if *typed == *shown {
                draft.set(None);
            }
            on_set.emit(typed);
        })
    };
    let value = draft.as_ref().map_or_else(|| props.value.clone(), |draft| draft.clone().into());
    let help = format!("{}-help", props.id);
    let described = props.problem.iter().map(ToString::to_string).chain([help.clone()]).collect::<Vec<_>>();
    html! {
        <label class="knob" title={props.help.clone()}>
            <span class="knob-label">{ props.label.clone() }</span>
            <span class={classes!("typed", props.is_number.then_some("is-number"), props.problem.is_some().then_some("is-refused"))}>
                <input id={props.id.clone()} type="text" inputmode={props.is_number.then_some("decimal")} {value} {oninput} {onchange}
                    autocomplete="off" autocapitalize="off" spellcheck="false" aria-label={props.label.clone()}
                    aria-invalid={props.problem.is_some().to_string()} aria-describedby={described.join(" ")} />
                if !props.unit.is_empty() {
                    <span class="typed-unit">{ props.unit.clone() }</span>
                }
            </span>
            <span class="hidden" id={help}>{ props.help.clone() }</span>
        </label>
    }
}
