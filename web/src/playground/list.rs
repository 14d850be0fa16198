//! A list of a form: its entries, and buttons that add, remove and move one.

use playground_editor::{Control, ENTRIES_SHOWN, Entry, Field};
use serde_json::Value;
use yew::prelude::*;

use super::field::{Fields, field, shown, word};
use super::form::folded;
use crate::icon::{Picture, icon};

/// A list with its entries.
pub(super) fn list(fields: &Fields, of: &Field) -> Html {
    let Control::List { entries, .. } = &of.control else { return Html::default() };
    let text = fields.text;
    let name = word(text, of);
    let all = of.value.as_ref().and_then(Value::as_array).map_or(0, Vec::len);
    let rest = all.saturating_sub(ENTRIES_SHOWN);
    html! {
        <div class="form-list" role="group" aria-label={name.clone()}>
            <header>
                <h4>{ name.clone() }</h4>
                <button type="button" class="quiet" onclick={fields.set::<MouseEvent>(&of.at, of.with_next())}
                    aria-label={text.get("form-add-of", &[("list", &name)])}>
                    { icon(Picture::Add) }{ text.plain("form-add") }
                </button>
            </header>
            if entries.is_empty() { <p class="form-empty">{ text.plain("form-empty") }</p> }
            <ol>{ for entries.iter().enumerate().map(|(index, shown)| entry(fields, of, index, shown, all)) }</ol>
            if rest > 0 { <p class="form-empty">{ text.get("form-rest", &[("count", &rest.to_string())]) }</p> }
        </div>
    }
}

fn entry(fields: &Fields, of: &Field, index: usize, entry: &Entry, all: usize) -> Html {
    let text = fields.text;
    let number = (index + 1).to_string();
    let name = text.get("form-entry", &[("list", &word(text, of)), ("number", &number)]);
    let button = |key: &str, picture: Picture, list: Option<Value>| {
        let label = text.get(&format!("form-{key}-entry"), &[("entry", &name)]);
        let onclick = fields.set::<MouseEvent>(&of.at, list.clone().unwrap_or_default());
        html! {
            <button type="button" class="round" {onclick} disabled={list.is_none()} aria-label={label.clone()} title={label}>
                { icon(picture) }
            </button>
        }
    };
    let buttons = html! {
        <span class="entry-buttons">
            { button("up", Picture::Up, (index > 0).then(|| of.moved(index, index - 1))) }
            { button("down", Picture::Down, (index + 1 < all).then(|| of.moved(index, index + 1))) }
            { button("remove", Picture::Close, Some(of.without(index))) }
        </span>
    };
    let is_bare = entry.fields.len() == 1 && entry.fields[0].at == entry.at;
    let open = fields.refused.as_ref().is_some_and(|(at, _)| at.starts_with(&entry.at));
    html! {
        <li key={entry.at.clone()} class={classes!(is_bare.then_some("is-bare"))}>
            if is_bare {
                { field(fields, &entry.fields[0]) }
            } else {
                <details class="entry" {open}>
                    <summary class="wire">{ summary(fields, entry).unwrap_or(name) }</summary>
                    { folded(fields, &entry.fields) }
                </details>
            }
            { buttons }
        </li>
    }
}

/// What an entry is, in a line: its first fields that differ from their defaults.
fn summary(fields: &Fields, entry: &Entry) -> Option<String> {
    let text = fields.text;
    let typed = entry.fields.iter().find(|field| field.control == Control::Message);
    if let Some(line) =
        typed.and_then(|field| field.value.as_ref()?.as_str()?.lines().find(|line| !line.is_empty()))
    {
        return Some(line.to_owned());
    }
    let mut said = Vec::new();
    for field in entry.fields.iter().filter(|field| field.is_first) {
        let Some(value) = &field.value else { continue };
        let is_said = match field.control {
            Control::List { .. } | Control::Part(_) | Control::Message => false,
            _ => field.name == "method" || field.value != field.default,
        };
        if is_said {
            said.push(shown(text, field, value));
        }
        if let Control::Choice { fields: inner, .. } = &field.control {
            let inner = inner.iter().filter(|field| field.is_first && field.value != field.default);
            said.extend(inner.filter_map(|field| Some(shown(text, field, field.value.as_ref()?))));
        }
    }
    said.truncate(3);
    (!said.is_empty()).then(|| said.join(" · "))
}
