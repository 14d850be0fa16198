//! Every field of a segment: name, value, explanation, octets.

use core::ops::Range;

use playground_capture::octets::{Field, FieldSpan, Layer, identification, layout, write, write_datagram};
use playground_core::event::{Event, PacketId};
use playground_core::trace::Trace;
use playground_core::wire::{Packet, Segment};
use playground_playback::{Inspection, LayerKind};

use super::field_names::{explanation, header_explanation, name};
use crate::language::Text;

/// A field with its value and explanation.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    /// Its layer.
    pub(super) layer: LayerKind,
    /// Its name in the defining document.
    pub(super) name: String,
    /// Its value.
    pub(super) value: String,
    /// The raw value, where the displayed one differs from it.
    pub(super) raw: Option<String>,
    /// The key of its explanation.
    pub(super) explanation: String,
    /// Its octets in the datagram.
    pub(super) range: Range<usize>,
}

/// A segment's octets and the fields in them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Fields {
    pub(super) octets: Vec<u8>,
    pub(super) rows: Vec<Row>,
}

/// Encodes a segment as on the wire, and labels every octet.
///
/// Empty for a segment that is not in the trace or does not fit into a datagram.
pub(super) fn fields(text: Text, trace: &Trace, inspection: &Inspection) -> Fields {
    let Some(segment) = segment(trace, inspection.entry) else { return datagram(trace, inspection) };
    let Ok(octets) = write(segment, identification(PacketId(inspection.id.0))) else {
        return Fields::default();
    };
    let spans = layout(&octets).unwrap_or_default();
    let mut rows: Vec<Row> = spans
        .iter()
        .filter(|span| span.layer() != Layer::Payload)
        .map(|span| {
            let (value, raw) = value(span, &octets, segment, inspection);
            Row {
                layer: if span.layer() == Layer::Ip { LayerKind::Ipv4 } else { LayerKind::Tcp },
                name: name(span.field).to_owned(),
                value,
                raw,
                explanation: explanation(span.field),
                range: span.range.clone(),
            }
        })
        .collect();
    rows.extend(payload(text, &octets, segment, inspection));
    Fields { octets, rows }
}

/// A datagram's octets; the view model has the offsets of its fields.
fn datagram(trace: &Trace, inspection: &Inspection) -> Fields {
    let Some(Event::PacketSent { packet: Packet::Datagram(datagram), .. }) =
        trace.entries.get(inspection.entry as usize).map(|entry| &entry.event)
    else {
        return Fields::default();
    };
    let octets = write_datagram(datagram, identification(inspection.id)).unwrap_or_default();
    let mut rows = Vec::new();
    for layer in &inspection.layers {
        for field in &layer.fields {
            let (from, until) = field.octets.unwrap_or(layer.octets);
            let range = from.min(octets.len())..until.min(octets.len());
            let value = match field.value.as_str() {
                "" => {
                    octets.get(range.clone()).map(|own| hex(own.get(..16).unwrap_or(own))).unwrap_or_default()
                }
                value => value.to_owned(),
            };
            rows.push(Row {
                layer: layer.kind,
                name: field.name.clone(),
                value,
                raw: None,
                explanation: format!("field-{}", field.key.replace("ipv4-", "ip-")),
                range,
            });
        }
    }
    Fields { octets, rows }
}

fn segment(trace: &Trace, entry: u32) -> Option<&Segment> {
    match &trace.entries.get(entry as usize)?.event {
        Event::PacketSent { packet: Packet::Segment(segment), .. } => Some(segment),
        _ => None,
    }
}

/// A field's displayed value, and the raw one where it differs.
fn value(
    span: &FieldSpan,
    octets: &[u8],
    segment: &Segment,
    inspection: &Inspection,
) -> (String, Option<String>) {
    let number = span.value(octets).unwrap_or(0);
    let own = octets.get(span.range.clone()).unwrap_or_default();
    // Relative sequence numbers come from the view model.
    let known = |key: &str| {
        let fields = inspection.layers.iter().flat_map(|layer| &layer.fields);
        fields.into_iter().find(|field| field.key == key).map(|field| field.value.clone())
    };
    let relative = |key: &str| match known(key) {
        Some(relative) if relative != number.to_string() => (relative, Some(number.to_string())),
        _ => (number.to_string(), None),
    };
    match span.field {
        Field::IpHeaderLength | Field::TcpDataOffset => {
            (format!("{} B", number * 4), Some(format!("{number} × 4 B")))
        }
        Field::IpTotalLength => (format!("{number} B"), None),
        Field::IpIdentification | Field::IpChecksum | Field::TcpChecksum => (format!("0x{number:04x}"), None),
        Field::IpFlags => {
            let names =
                [(2, "DF"), (1, "MF")].into_iter().filter(|(bit, _)| number & bit != 0).map(|(_, name)| name);
            (names.collect::<Vec<_>>().join(", "), Some(format!("0b{number:03b}")))
        }
        Field::IpProtocol => (format!("{number} (TCP)"), None),
        Field::IpSource => (segment.source.address.to_string(), None),
        Field::IpDestination => (segment.destination.address.to_string(), None),
        Field::TcpSequence => relative("tcp-seq"),
        Field::TcpAcknowledgment if segment.flags.is_ack() => relative("tcp-ack"),
        Field::TcpFlags => (segment.flags.to_string(), Some(format!("0x{number:02x}"))),
        Field::TcpWindow => match known("tcp-window-scaled") {
            Some(scaled) => (format!("{scaled} B"), Some(number.to_string())),
            None => (format!("{number} B"), None),
        },
        Field::TcpMaxSegmentSize => match own {
            [_, _, high, low] => (format!("{} B", u16::from_be_bytes([*high, *low])), None),
            _ => (hex(own), None),
        },
        Field::TcpWindowScale => match own {
            [_, _, shift] => (format!("× {}", 1_u32 << (*shift).min(14)), Some(shift.to_string())),
            _ => (hex(own), None),
        },
        Field::TcpTimestamps => (known("tcp-option-timestamps").unwrap_or_else(|| hex(own)), None),
        Field::TcpSackPermitted | Field::TcpNoOperation | Field::TcpEndOfOptions => (String::new(), None),
        Field::IpOptions | Field::TcpSack | Field::TcpOtherOption | Field::Payload => (hex(own), None),
        _ => (number.to_string(), None),
    }
}

fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect::<Vec<_>>().join(" ")
}

/// Start lines, field lines and bodies in the payload, each with its offset.
fn payload(text: Text, octets: &[u8], segment: &Segment, inspection: &Inspection) -> Vec<Row> {
    let start = octets.len() - segment.payload.len().min(octets.len());
    let mut at = start;
    let mut rows: Vec<Row> = Vec::new();
    for layer in &inspection.layers {
        if !matches!(layer.kind, LayerKind::Http | LayerKind::Tls | LayerKind::Payload) {
            continue;
        }
        for field in &layer.fields {
            let line = match field.key {
                "http-start-line" => Some(field.value.clone()),
                "http-field" if field.name.is_empty() => Some(field.value.clone()),
                "http-field" => Some(format!("{}:", field.name)),
                _ => None,
            };
            let begin = line.and_then(|line| find(octets, at, line.as_bytes())).unwrap_or(at);
            // A body extends to the next message.
            if let Some(before) = rows.last_mut().filter(|before| before.range.end == octets.len()) {
                before.range.end = begin.max(before.range.start);
            }
            let end = match field.key {
                "http-start-line" | "http-field" => {
                    find(octets, begin, b"\n").map_or(octets.len(), |at| at + 1)
                }
                _ => octets.len(),
            };
            at = if matches!(field.key, "http-start-line" | "http-field") { end } else { begin };
            let explanation = match field.key {
                "http-field" => header_explanation(&field.name, |key| text.has(key)),
                key => format!("field-{key}"),
            };
            rows.push(Row {
                layer: layer.kind,
                name: field.name.clone(),
                value: field.value.clone(),
                raw: None,
                explanation,
                range: begin..end,
            });
        }
    }
    rows
}

/// The offset of `wanted` at or after `from`.
fn find(octets: &[u8], from: usize, wanted: &[u8]) -> Option<usize> {
    let rest = octets.get(from..)?;
    rest.windows(wanted.len().max(1)).position(|window| window == wanted).map(|place| from + place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_search_starts_at_an_offset() {
        assert_eq!(find(b"a\nb\n", 0, b"\n"), Some(1));
        assert_eq!(find(b"a\nb\n", 2, b"\n"), Some(3));
        assert_eq!(find(b"a\nb\n", 4, b"\n"), None);
        assert_eq!(find(b"a", 5, b"a"), None);
    }
}
