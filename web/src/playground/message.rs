//! The text of messages: mistakes marked where they are, names of fields completed, the rule of the field at the caret.

use playground_core::http::Method;
use playground_core::node::RequestSpec;
use playground_core::problem::Problem;
use playground_editor::{Change, Completion, Field, HeaderField, Messages, Mistake, field_at};
use serde_json::Value;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::field::{help, id, problem_sentence, word};
use crate::icon::{Picture, icon};
use crate::language::{Text, use_text};

/// Properties of [`MessageField`].
#[derive(Properties, PartialEq)]
pub struct MessageFieldProps {
    /// The field, which holds a text.
    pub field: Field,
    /// The method of the request that a response answers.
    pub answers: Method,
    /// Why the model refused the last text.
    pub refused: Option<AttrValue>,
    /// Changes the scenario.
    pub on_change: Callback<Change>,
}

/// What is completed: the place, the names, and the one that is meant.
#[derive(Clone, PartialEq)]
struct Offer {
    completion: Completion,
    meant: usize,
}

/// A text of messages. Each change runs at once; a text that is too long is not read at all.
#[component]
pub fn MessageField(props: &MessageFieldProps) -> Html {
    let text = use_text();
    let field = &props.field;
    let messages = if field.owner == "RequestSpec" { Messages::Requests } else { Messages::Response };
    let area = use_node_ref();
    let draft = use_state(|| None::<String>);
    let caret = use_state_eq(|| 0_usize);
    let pointed = use_state_eq(|| None::<usize>);
    let scrolled = use_state_eq(|| (0, 0));
    let offer = use_state(|| None::<Offer>);
    {
        let draft = draft.clone();
        use_effect_with(field.value.clone(), move |_| draft.set(None));
    }
    let held = field.value.as_ref().and_then(Value::as_str).unwrap_or_default();
    let typed = draft.as_deref().unwrap_or(held).to_owned();
    let is_too_long = typed.len() > RequestSpec::TEXT_AT_MOST;

    let set = {
        let (draft, on_change, at) = (draft.clone(), props.on_change.clone(), field.at.clone());
        Callback::from(move |typed: String| {
            draft.set(Some(typed.clone()));
            if typed.len() <= RequestSpec::TEXT_AT_MOST {
                on_change.emit(Change::Set { at: at.clone(), value: typed.into() });
            }
        })
    };
    let oninput = {
        let (set, caret, offer) = (set.clone(), caret.clone(), offer.clone());
        Callback::from(move |event: InputEvent| {
            let area: HtmlTextAreaElement = event.target_unchecked_into();
            let (typed, at) = (area.value(), caret_of(&area));
            caret.set(at);
            let completion = Completion::at(&typed, at, messages);
            offer.set(completion.map(|completion| Offer { completion, meant: 0 }));
            set.emit(typed);
        })
    };
    let onselect = {
        let caret = caret.clone();
        Callback::from(move |event: Event| caret.set(caret_of(&event.target_unchecked_into())))
    };
    let take = {
        let (area, set, caret, offer, typed) =
            (area.clone(), set, caret.clone(), offer.clone(), typed.clone());
        Callback::from(move |name: &'static str| {
            let (Some(area), Some(Offer { completion, .. })) =
                (area.cast::<HtmlTextAreaElement>(), (*offer).clone())
            else {
                return;
            };
            let rest = &typed[(*caret).clamp(completion.from, typed.len())..];
            let before = format!("{}{name}: ", &typed[..completion.from]);
            let place = u32::try_from(before.encode_utf16().count()).ok();
            let whole = format!("{before}{rest}");
            area.set_value(&whole);
            // The caret goes behind the name; a browser that refuses leaves it at the end.
            let _ = area.set_selection_start(place);
            let _ = area.set_selection_end(place);
            let _ = area.focus();
            caret.set(before.len());
            offer.set(None);
            set.emit(whole);
        })
    };
    let onkeydown = {
        let (offer, take) = (offer.clone(), take.clone());
        Callback::from(move |event: KeyboardEvent| {
            let Some(Offer { completion, meant }) = (*offer).clone() else { return };
            let count = completion.fields.len();
            let moved = match event.key().as_str() {
                "ArrowDown" => Some((meant + 1) % count),
                "ArrowUp" => Some((meant + count - 1) % count),
                "Enter" | "Tab" => {
                    take.emit(completion.fields[meant].name);
                    None
                }
                "Escape" => {
                    offer.set(None);
                    None
                }
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            if let Some(meant) = moved {
                offer.set(Some(Offer { completion, meant }));
            }
        })
    };
    let onblur = {
        let offer = offer.clone();
        Callback::from(move |_: FocusEvent| offer.set(None))
    };
    let onscroll = {
        let scrolled = scrolled.clone();
        Callback::from(move |event: Event| {
            let area: HtmlTextAreaElement = event.target_unchecked_into();
            scrolled.set((area.scroll_left(), area.scroll_top()));
        })
    };
    let lines = typed.split('\n').count();
    let onmousemove = {
        let pointed = pointed.clone();
        Callback::from(move |event: MouseEvent| {
            let area: HtmlTextAreaElement = event.target_unchecked_into();
            let height = area.scroll_height().max(1);
            let at = (event.offset_y() + area.scroll_top()).max(0);
            let lines = i32::try_from(lines).unwrap_or(i32::MAX);
            pointed.set(usize::try_from(i64::from(at) * i64::from(lines) / i64::from(height)).ok());
        })
    };
    let onmouseleave = {
        let pointed = pointed.clone();
        Callback::from(move |_: MouseEvent| pointed.set(None))
    };

    let mistake = Mistake::first_of(&typed, messages, &props.answers);
    let problem = if is_too_long {
        let most = RequestSpec::TEXT_AT_MOST as u64;
        Some(problem_sentence(text, &Problem::octets_at_most(most)).into())
    } else {
        props
            .refused
            .clone()
            .or_else(|| mistake.as_ref().map(|mistake| mistake_sentence(text, mistake).into()))
    };
    let known = pointed
        .and_then(|line| field_at(&typed, offset_of_line(&typed, line)))
        .or_else(|| field_at(&typed, (*caret).min(typed.len())));
    let (own, names) = (id(field), format!("{}-names", id(field)));
    let problem_id = format!("{own}-problem");
    let active = offer.as_ref().map(|offer| format!("{names}-{}", offer.meant));
    let rows = lines.clamp(3, 14).to_string();
    html! {
        <div class="message">
            <div class="editor">
                <div class="message-text">
                    <pre class="message-marks" aria-hidden="true" ~style={format!("transform:translate({}px,{}px)", -scrolled.0, -scrolled.1)}>
                        { marked(&typed, mistake.as_ref()) }
                    </pre>
                    <textarea ref={area} id={own.clone()} {rows} spellcheck="false" autocapitalize="off" autocomplete="off" wrap="off"
                        value={typed.clone()} {oninput} {onselect} {onkeydown} {onblur} {onscroll} {onmousemove} {onmouseleave}
                        onkeyup={caret_moved(&caret)} onclick={caret_clicked(&caret)}
                        aria-label={word(text, field)} title={help(text, field)} aria-autocomplete="list"
                        aria-controls={offer.is_some().then(|| names.clone())} aria-activedescendant={active}
                        aria-invalid={problem.is_some().to_string()} aria-describedby={format!("{problem_id} {own}-field")} />
                </div>
            </div>
            if let Some(offer) = &*offer { { listbox(text, &names, offer, &take) } }
            <p class="message-field" id={format!("{own}-field")} aria-live="polite">
                if let Some(known) = known { { rule(text, known) } }
            </p>
            <p class="problem" id={problem_id} role="status">
                if let Some(problem) = problem { { icon(Picture::Warning) }<span>{ problem }</span> }
            </p>
        </div>
    }
}

fn listbox(text: Text, id: &str, offer: &Offer, take: &Callback<&'static str>) -> Html {
    let option = |(index, field): (usize, &&'static HeaderField)| {
        let name = field.name;
        // The text keeps the focus.
        let onmousedown = take.reform(move |event: MouseEvent| {
            event.prevent_default();
            name
        });
        html! {
            <li id={format!("{id}-{index}")} role="option" aria-selected={(index == offer.meant).to_string()} {onmousedown}>
                <span class="wire">{ name }</span>
                <span class="section">{ field.section }</span>
            </li>
        }
    };
    html! {
        <ul class="message-names" id={id.to_owned()} role="listbox" aria-label={text.plain("message-names")}>
            { for offer.completion.fields.iter().enumerate().map(option) }
        </ul>
    }
}

/// The rule of a field in a line: its section, how far it goes, what it says.
fn rule(text: Text, field: &HeaderField) -> Html {
    let title = text.get("message-field", &[("name", field.name), ("section", field.section)]);
    let reach = text.plain(if field.is_hop_by_hop() { "message-hop" } else { "message-end" });
    html! {
        <>
            <strong>{ title }</strong>
            <span class={classes!("reach", field.is_hop_by_hop().then_some("is-hop"))}>{ reach }</span>
            <span>{ text.plain(&field.word_key()) }</span>
        </>
    }
}

fn mistake_sentence(text: Text, mistake: &Mistake) -> String {
    text.get(
        "message-mistake",
        &[
            ("line", &mistake.place.line.to_string()),
            ("column", &mistake.place.column.to_string()),
            ("problem", &text.problem(mistake.problem.key(), &[])),
            ("clause", mistake.problem.clause()),
        ],
    )
}

/// The text with what is wrong underlined, from its first character to the end of its line.
fn marked(typed: &str, mistake: Option<&Mistake>) -> Html {
    let Some(Mistake { place, .. }) = mistake else { return Html::default() };
    let start = offset_of_line(typed, place.line.saturating_sub(1) as usize);
    let line = typed[start..].split('\n').next().unwrap_or_default();
    let column =
        line.char_indices().nth(place.column.saturating_sub(1) as usize).map_or(line.len(), |(at, _)| at);
    // What is missing at the end of a line is marked by its last character.
    let column =
        if column == line.len() { line.char_indices().last().map_or(0, |(at, _)| at) } else { column };
    let before = typed[..start + column].to_owned();
    html! { <>{ before }<mark>{ line[column..].to_owned() }</mark></> }
}

fn offset_of_line(typed: &str, line: usize) -> usize {
    typed.split_inclusive('\n').take(line).map(str::len).sum()
}

/// Where the caret is, an offset in octets.
fn caret_of(area: &HtmlTextAreaElement) -> usize {
    let units = area.selection_start().ok().flatten().unwrap_or_default() as usize;
    let mut passed = 0;
    let value = area.value();
    let place = value.char_indices().find(|(_, character)| {
        let is_there = passed >= units;
        passed += character.len_utf16();
        is_there
    });
    place.map_or(value.len(), |(at, _)| at)
}

fn caret_moved(caret: &UseStateHandle<usize>) -> Callback<KeyboardEvent> {
    let caret = caret.clone();
    Callback::from(move |event: KeyboardEvent| caret.set(caret_of(&event.target_unchecked_into())))
}

fn caret_clicked(caret: &UseStateHandle<usize>) -> Callback<MouseEvent> {
    let caret = caret.clone();
    Callback::from(move |event: MouseEvent| caret.set(caret_of(&event.target_unchecked_into())))
}
