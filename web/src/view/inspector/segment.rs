//! The selected segment: its layers, every field, its octets.

use core::ops::Range;

use playground_core::event::PacketId;
use playground_core::trace::Trace;
use playground_playback::{Dissection, Inspection, LayerKind, Selection, describe};
use web_sys::{FocusEvent, MouseEvent};
use yew::prelude::*;

use super::fields::{Fields, Row, fields};
use super::hex::Hex;
use super::why_chain::WhyChain;
use crate::language::{Text, use_text};
use crate::rc_eq::RcEq;
use crate::view::common::kind_sign::kind_sign;
use crate::view::common::who::who_is;
use crate::view::common::{phrase, time_text, words};

#[derive(Properties, PartialEq)]
pub(super) struct SegmentViewProps {
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
pub(super) fn SegmentView(props: &SegmentViewProps) -> Html {
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

#[derive(Properties, PartialEq)]
struct LayersProps {
    /// Every field.
    fields: RcEq<Fields>,
    /// The octets that stay highlighted.
    pinned: Option<Range<usize>>,
    /// Called with the octets under the pointer.
    on_look: Callback<Option<Range<usize>>>,
    /// Called with the octets to keep highlighted, or none.
    on_pin: Callback<Range<usize>>,
}

/// IPv4, TCP, HTTP: a line each, and their fields. The topmost layer is open.
#[component]
fn Layers(props: &LayersProps) -> Html {
    let text = use_text();
    let is_bare = !props
        .fields
        .rows
        .iter()
        .any(|row| matches!(row.layer, LayerKind::Http | LayerKind::Tls | LayerKind::Payload));
    let kinds = [
        (LayerKind::Http, "layer-http", "is-payload", true),
        (LayerKind::Tls, "layer-tls", "is-payload", true),
        (LayerKind::Payload, "layer-payload", "is-payload", true),
        (LayerKind::Dns, "layer-dns", "is-payload", true),
        (LayerKind::Dhcp, "layer-dhcp", "is-payload", true),
        (LayerKind::Icmp, "layer-icmp", "is-tcp", true),
        (LayerKind::Udp, "layer-udp", "is-tcp", false),
        (LayerKind::Tcp, "layer-tcp", "is-tcp", is_bare),
        (LayerKind::Ipv4, "layer-ipv4", "is-ip", false),
    ];
    let layers = kinds.into_iter().filter_map(|(kind, key, class, open)| {
        let rows: Vec<&Row> = props.fields.rows.iter().filter(|row| row.layer == kind).collect();
        let (first, last) = (rows.first()?, rows.last()?);
        let octets = (last.range.end - first.range.start.min(last.range.end)).to_string();
        let fields = rows.iter().map(|row| field_row(text, row, props));
        Some(html! {
            <details key={key} class={classes!("layer", class)} {open}>
                <summary>
                    <i class="layer-mark" aria-hidden="true" />
                    <b>{ text.plain(key) }</b>
                    <span class="layer-gist">{ gist(kind, &rows) }</span>
                    <span class="layer-size">{ format!("{octets} B") }</span>
                </summary>
                <ul role="list">{ for fields }</ul>
            </details>
        })
    });
    html! { <div class="layers">{ for layers }</div> }
}

/// A layer's summary.
fn gist(kind: LayerKind, rows: &[&Row]) -> String {
    let value = |name: &str| rows.iter().find(|row| row.name == name).map_or("", |row| row.value.as_str());
    match kind {
        LayerKind::Ipv4 => format!("{} → {}", value("Source Address"), value("Destination Address")),
        LayerKind::Tcp => {
            format!("{} → {} [{}]", value("Source Port"), value("Destination Port"), value("Control Bits"))
        }
        LayerKind::Udp => format!("{} → {}", value("Source Port"), value("Destination Port")),
        LayerKind::Dns => format!("{}{}", value("Question"), value("Answer")),
        LayerKind::Dhcp => value("DHCP Message Type").to_owned(),
        LayerKind::Icmp => value("Type").to_owned(),
        LayerKind::Tls => rows.first().map_or_else(String::new, |row| row.name.clone()),
        LayerKind::Http | LayerKind::Payload => {
            rows.first().map_or_else(String::new, |row| row.value.clone())
        }
    }
}

/// Name and value; hovering highlights its octets, a press keeps them highlighted. Below, the explanation.
fn field_row(text: Text, row: &Row, props: &LayersProps) -> Html {
    let is_pinned = props.pinned.as_ref() == Some(&row.range);
    let range = row.range.clone();
    let looked = props.on_look.reform(move |_: MouseEvent| Some(range.clone()));
    let range = row.range.clone();
    let focused = props.on_look.reform(move |_: FocusEvent| Some(range.clone()));
    let range = row.range.clone();
    let onclick = props.on_pin.reform(move |_: MouseEvent| range.clone());
    html! {
        <li>
            <button type="button" class="field" aria-pressed={is_pinned.to_string()} onmouseenter={looked}
                onmouseleave={props.on_look.reform(|_: MouseEvent| None)} onfocus={focused}
                onblur={props.on_look.reform(|_: FocusEvent| None)} {onclick}>
                <span class="field-name">{ if row.name.is_empty() { "–" } else { &row.name } }</span>
                <span class="field-value">
                    { &row.value }
                    if let Some(raw) = &row.raw {
                        <span class="field-raw">{ raw }</span>
                    }
                </span>
                <span class="field-note">{ text.plain(&row.explanation) }</span>
            </button>
        </li>
    }
}
