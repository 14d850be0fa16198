//! The selected segment.

use core::ops::Range;
use yew::prelude::*;

use playground_core::event::PacketId;
use playground_core::trace::Trace;
use playground_playback::{Dissection, Inspection, Selection, describe};

use super::fields::fields;
use super::hex::Hex;
use super::layers::Layers;
use super::why_chain::WhyChain;
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::view::common::kind_sign::kind_sign;
use crate::view::common::who::who_is;
use crate::view::common::{phrase, time_text, words};

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The trace.
    pub(super) trace: RcEq<Trace>,
    /// The dissection of the trace: streams, messages, labels.
    pub(super) dissection: RcEq<Dissection>,
    /// The segment.
    pub(super) id: PacketId,
    /// The entry about it that is selected; its sending if none.
    pub(super) entry: Option<u32>,
    /// Whether it has been sent.
    pub(super) happened: bool,
    /// Called with the new selection.
    pub(super) on_select: Callback<Selection>,
}

/// Description, causes, layers and octets.
#[component]
pub(super) fn SegmentView(props: &Props) -> Html {
    let text = use_text();
    let looked = use_state(|| None::<Range<usize>>);
    let pinned = use_state(|| None::<Range<usize>>);
    let taken_apart = use_memo(
        (props.trace.clone(), props.dissection.clone(), props.id, text),
        |(trace, dissection, id, text)| {
            let inspection = Inspection::of_segment(trace, dissection, *id)?;
            let fields = RcEq::new(fields(*text, trace, &inspection));
            Some((inspection, fields))
        },
    );
    let on_look = {
        let looked = looked.clone();
        use_callback((), move |range: Option<Range<usize>>, ()| looked.set(range))
    };
    let on_pin = {
        let pinned = pinned.clone();
        Callback::from(move |range: Range<usize>| {
            let next = (pinned.as_ref() != Some(&range)).then_some(range);
            pinned.set(next);
        })
    };
    let Some((inspection, fields)) = &*taken_apart else { return Html::default() };
    let (from, to) = (who_is(text, &inspection.from), who_is(text, &inspection.to));
    let ended = props.dissection.segment(props.id).and_then(|label| label.ended);
    // For a lost segment, explain the loss.
    let entry = match props.entry {
        Some(entry) if entry != inspection.entry => entry,
        _ => ended.filter(|_| inspection.lost.is_some()).unwrap_or(inspection.entry),
    };
    let sent = time_text::moment(inspection.sent_at);
    let number = inspection.connection.map_or(0, playground_playback::ConnectionId::number);
    let times = match (inspection.lost, inspection.ended_at) {
        (None, Some(at)) => {
            text.get("inspector-sent-arrived", &[("sent", &sent), ("arrived", &time_text::moment(at))])
        }
        (Some(_), Some(at)) => {
            text.get("inspector-sent-lost", &[("sent", &sent), ("lost", &time_text::moment(at))])
        }
        (_, None) => text.get("inspector-sent", &[("sent", &sent)]),
    };
    html! {
        <article class="inspected">
            <header class={from.class}>
                <h2>{ kind_sign(inspection.kind, inspection.lost.is_some()) }<span>{ &*inspection.label }</span></h2>
                <p class="inspected-way">
                    <span class={classes!("inspected-node", from.class)}>{ from.name }</span>
                    <span aria-hidden="true">{ "→" }</span>
                    <span class={classes!("inspected-node", to.class)}>{ to.name }</span>
                    if number > 0 {
                        <span class="inspected-connection">{ text.get("inspector-connection", &[("number", &words::circled(number))]) }</span>
                    }
                </p>
                <p class="inspected-times">{ times }</p>
                <p class="tags">
                    if !props.happened { <span class="tag">{ text.plain("inspector-future") }</span> }
                    if inspection.retransmission { <span class="tag is-again">{ text.plain("inspector-again") }</span> }
                    if let Some(reason) = inspection.lost {
                        <span class="tag is-lost">{ text.plain(words::drop_key(reason)) }</span>
                    }
                </p>
            </header>
            if entry != inspection.entry {
                <p class="inspected-said">{ phrase(text, &describe(&props.trace, &props.dissection, entry)) }</p>
            }
            <WhyChain trace={props.trace.clone()} dissection={props.dissection.clone()} {entry} on_select={props.on_select.clone()} />
            <section>
                <h3>{ text.plain("inspector-layers") }</h3>
                <Layers fields={fields.clone()} pinned={(*pinned).clone()} {on_look} {on_pin} />
            </section>
            <section>
                <h3>{ text.get("inspector-octets", &[("count", &fields.octets.len().to_string())]) }</h3>
                <Hex fields={fields.clone()} lit={(*looked).clone().or_else(|| (*pinned).clone())} />
            </section>
        </article>
    }
}
