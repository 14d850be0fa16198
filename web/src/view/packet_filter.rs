//! The packet list with a display filter above it.

use playground_playback::{Filter, FilterError, FilterProblem, Packets, Selection, filter_fields};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::packets::PacketsView;
use crate::language::{Text, use_text};
use crate::rc_eq::RcEq;
use crate::session::Model;

/// Properties of [`FilteredPackets`].
#[derive(Properties, PartialEq)]
pub struct FilteredPacketsProps {
    /// The run.
    pub model: RcEq<Model>,
    /// How many entries of the trace have been applied.
    pub index: u32,
    /// The selection.
    pub selection: Selection,
    /// Called with the new selection.
    pub on_select: Callback<Selection>,
}

/// The filter, how many packets it lets through, and these. While a filter cannot be read the last one holds.
#[component]
pub fn FilteredPackets(props: &FilteredPacketsProps) -> Html {
    let text = use_text();
    let typed = use_state(String::new);
    let read = use_memo((*typed).clone(), |typed| match typed.trim() {
        "" => Ok(None),
        _ => Filter::parse(typed).map(Some),
    });
    let holds = use_mut_ref(|| None::<Filter>);
    if let Ok(filter) = &*read {
        holds.borrow_mut().clone_from(filter);
    }
    let filter = holds.borrow().clone();
    let all = props.model.packets();
    let shown = use_memo((props.model.clone(), filter.clone()), |(model, filter)| match filter {
        None => model.packets(),
        Some(filter) => {
            let packets: &Packets = &model.packets();
            RcEq::new(packets.filtered(filter, &model.trace, &model.dissection))
        }
    });
    let shown: RcEq<Packets> = (*shown).clone();
    let oninput = {
        let typed = typed.clone();
        Callback::from(move |event: InputEvent| {
            typed.set(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    let problem = read.as_ref().as_ref().err().map(|error| sentence(text, error));
    let (some, of) = (shown.rows.len().to_string(), all.rows.len().to_string());
    html! {
        <div class="filtered-packets">
            <div class="packet-filter">
                <label for="packet-filter">{ text.plain("filter") }</label>
                <input id="packet-filter" class="wire" type="text" list="packet-filter-fields" spellcheck="false" autocapitalize="off"
                    autocomplete="off" placeholder="tcp.flags.reset == 1" value={(*typed).clone()} {oninput}
                    aria-invalid={problem.is_some().to_string()} aria-describedby="packet-filter-told" />
                <datalist id="packet-filter-fields">
                    { for filter_fields().map(|field| html! { <option value={field} /> }) }
                </datalist>
                <p id="packet-filter-told" role="status" class={classes!(problem.is_some().then_some("problem"))}>
                    if let Some(problem) = problem {
                        { problem }
                    } else if filter.is_some() {
                        { text.get("filter-count", &[("some", &some), ("of", &of)]) }
                    }
                </p>
            </div>
            if shown.rows.is_empty() && !all.rows.is_empty() {
                <p class="packets-empty">{ text.plain("filter-nothing") }</p>
            } else {
                <PacketsView packets={shown} index={props.index} selection={props.selection} on_select={props.on_select.clone()} />
            }
        </div>
    }
}

/// The mistake, and its place from 1.
fn sentence(text: Text, error: &FilterError) -> String {
    let at = (error.at + 1).to_string();
    let most = match error.problem {
        FilterProblem::ExpectsAtMost(most) => most.to_string(),
        _ => Filter::LONGEST.to_string(),
    };
    let field = match &error.problem {
        FilterProblem::NoSuchField(field)
        | FilterProblem::NothingToCompare(field)
        | FilterProblem::OnlyWireshark(field) => field.as_str(),
        _ => "",
    };
    text.get(error.problem.key(), &[("at", &at), ("most", &most), ("field", field)])
}
