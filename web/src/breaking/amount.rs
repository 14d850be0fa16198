//! How much: how long a segment is delayed, how many are lost. Chosen beside the button that it belongs to.

use playground_core::scenario::Action as UserAction;
use playground_core::time::Duration;
use playground_words::time_text::span;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::language::Text;
use crate::session::Action;

/// The delays to choose from, in milliseconds, and the losses, in thousandths.
const DELAYS: [u32; 7] = [50, 200, 500, 1_000, 3_000, 10_000, 60_000];
const LOSSES: [u16; 7] = [10, 50, 100, 200, 300, 500, 1_000];

/// How much of what is done next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amounts {
    /// How much later a segment arrives, in milliseconds.
    delay_ms: u32,
    /// How many thousandths of the segments are lost.
    pub loss: u16,
}

impl Default for Amounts {
    fn default() -> Self {
        Self { delay_ms: 1_000, loss: 100 }
    }
}

impl Amounts {
    pub const fn delay(self) -> Duration {
        Duration::from_millis(self.delay_ms as u64)
    }
}

/// Thousandths as percent.
pub fn percent(per_mille: u16) -> String {
    format!("{}%", f64::from(per_mille) / 10.0)
}

/// A button, with the choice of how much where its words name an amount.
pub fn button(
    text: Text,
    key: &str,
    action: Action,
    amounts: &UseStateHandle<Amounts>,
    on_action: &Callback<Action>,
) -> Html {
    let how_much = match key {
        "break-delay" => span(amounts.delay()),
        "break-lossy" => percent(amounts.loss),
        _ => String::new(),
    };
    let onclick = on_action.reform(move |_: MouseEvent| action.clone());
    let words = text.get(key, &[("amount", &how_much)]);
    let button = html! { <button type="button" class="button small" {onclick}>{ words }</button> };
    let values: Vec<(u32, String, bool)> = match key {
        "break-delay" => {
            DELAYS.map(|ms| (ms, span(Duration::from_millis(u64::from(ms))), ms == amounts.delay_ms)).to_vec()
        }
        "break-lossy" => LOSSES.map(|loss| (loss.into(), percent(loss), loss == amounts.loss)).to_vec(),
        _ => return button,
    };
    let onchange = {
        let (amounts, is_delay) = (amounts.clone(), key == "break-delay");
        let values: Vec<u32> = values.iter().map(|(value, ..)| *value).collect();
        Callback::from(move |event: Event| {
            let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            let chosen = usize::try_from(index).ok().and_then(|index| values.get(index)).copied();
            let mut next = *amounts;
            match chosen {
                Some(ms) if is_delay => next.delay_ms = ms,
                Some(loss) => next.loss = loss as u16,
                None => {}
            }
            amounts.set(next);
        })
    };
    let option = |(_, words, selected): &(u32, String, bool)| html! { <option selected={*selected}>{ words }</option> };
    let label = text.plain(&format!("how-much-{key}"));
    html! {
        <span class="with-amount">
            { button }
            <select class="menu" aria-label={label} {onchange}>{ for values.iter().map(option) }</select>
        </span>
    }
}

/// A row of buttons under a title.
pub fn row(title: String, buttons: impl IntoIterator<Item = Html>) -> Html {
    html! { <div class="buttons"><h3>{ title }</h3>{ for buttons.into_iter() }</div> }
}

/// The buttons of what is done at the cursor.
pub fn interventions(
    text: Text,
    actions: Vec<(&'static str, UserAction)>,
    amounts: &UseStateHandle<Amounts>,
    on_action: &Callback<Action>,
) -> Vec<Html> {
    let all = actions.into_iter();
    all.map(|(key, action)| button(text, key, Action::Intervene(action), amounts, on_action)).collect()
}
