//! The protocol layers of a segment, collapsible.

use core::ops::Range;
use yew::prelude::*;

use playground_playback::LayerKind;

use super::field_row::FieldRow;
use super::fields::{Fields, Row};
use crate::language::use_text;
use crate::rc_eq::RcEq;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// Every field.
    pub(super) fields: RcEq<Fields>,
    /// The octets that stay highlighted.
    pub(super) pinned: Option<Range<usize>>,
    /// Called with the octets under the pointer.
    pub(super) on_look: Callback<Option<Range<usize>>>,
    /// Called with the octets to keep highlighted, or none.
    pub(super) on_pin: Callback<Range<usize>>,
}

/// IPv4, TCP, HTTP: a line each, and their fields. The topmost layer is open.
#[component]
pub(super) fn Layers(props: &Props) -> Html {
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
        let fields = rows.iter().enumerate().map(|(place, row)| {
            html! {
                <FieldRow key={place} row={Row::clone(row)} pinned={props.pinned.as_ref() == Some(&row.range)}
                    on_look={props.on_look.clone()} on_pin={props.on_pin.clone()} />
            }
        });
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
