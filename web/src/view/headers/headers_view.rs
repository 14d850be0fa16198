//! The headers of one message at all hops.

use playground_core::time::Instant;
use playground_playback::{Cursor, HeaderHops, HopColumn, Ladder};
use yew::prelude::*;

use crate::language::use_text;
use crate::rc_eq::RcEq;

use super::chooser::Chooser;
use super::hop_card::{HopCard, Telling};
use super::hop_place::HopPlace;

/// Properties of [`HeadersView`].
#[derive(Properties, PartialEq)]
pub struct HeadersViewProps {
    /// Every message at each hop.
    pub hops: RcEq<HeaderHops>,
    /// The ladder, for the nodes' names and colours.
    pub ladder: RcEq<Ladder>,
    /// How many entries of the trace have been applied.
    pub index: u32,
}

/// The exchange at the cursor, and whether its response.
type Spot = (usize, bool);

/// The same message at every hop, side by side. It follows the cursor until another message is chosen, and again when
/// the cursor reaches the next one.
#[component]
pub fn HeadersView(props: &HeadersViewProps) -> Html {
    let text = use_text();
    let hops = &*props.hops;
    let current: Option<Spot> = hops
        .current(Cursor::new(props.index, Instant::ZERO))
        .map(|(exchange, response, _)| (exchange, response));
    // The choice, and the cursor's exchange at that time.
    let chosen = use_state_eq(|| None::<(Spot, Option<Spot>)>);
    let on_choose = {
        let chosen = chosen.clone();
        Callback::from(move |spot: Spot| chosen.set(Some((spot, current))))
    };
    let spot = (*chosen).filter(|(_, then)| *then == current).map(|(spot, _)| spot).or(current);
    let (place, response) = spot.unwrap_or_default();
    let Some(exchange) = hops.exchanges.get(place) else {
        return html! { <div class="headers"><p class="headers-empty">{ text.plain("headers-none") }</p></div> };
    };
    let columns = if response { &exchange.response } else { &exchange.request };
    let missing = if response { "headers-no-response" } else { "headers-no-request" };
    html! {
        <div class="headers" role="group" aria-label={text.plain("headers-title")}>
            <Chooser exchange={place} count={hops.exchanges.len()} title={exchange.title.clone()} {response} {on_choose} />
            if current.is_none() {
                <p class="headers-empty">{ text.plain("headers-nothing-yet") }</p>
            } else if columns.is_empty() {
                <p class="headers-empty">{ text.plain(missing) }</p>
            } else {
                <div class="headers-hops">
                    { for columns.iter().enumerate().map(|(hop, column)| {
                        let key = format!("{place} {response} {hop}");
                        html! { <div {key} class="hop">{ cards(props, text, column) }</div> }
                    }) }
                </div>
            }
        </div>
    }
}

/// The message at a hop, and what a conforming proxy would have sent.
fn cards(props: &HeadersViewProps, text: crate::language::Text, column: &HopColumn) -> Html {
    let place = HopPlace::new(text, &props.ladder, column);
    let lines = (column.entry < props.index).then(|| column.lines.clone());
    let hypothetical = column.by_the_book.clone().filter(|_| lines.is_some());
    let telling = if column.blind { Telling::Blind } else { Telling::Sent };
    html! {
        <>
            <HopCard place={place.clone()} {lines} {telling} />
            if let Some(lines) = hypothetical {
                <HopCard {place} {lines} telling={Telling::ByTheBook} />
            }
        </>
    }
}
