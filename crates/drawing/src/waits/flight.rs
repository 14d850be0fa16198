//! Segments on their way between two hosts.

use playground_playback::{FlightPhase, SegmentKind, WaitFlight, WaitsView};

use crate::element::Element;
use crate::number::px;
use crate::parts::{baseline, crack, role_class as role, selection};
use crate::text_width::{Face, text_width};

/// The width of a segment whose label has no room.
const BLANK: f64 = 22.0;

/// A segment in the pipe between `left` and `right`, at its height: with its label, where that leaves it room to move.
pub(super) fn draw(
    view: &WaitsView,
    flight: &WaitFlight,
    (left, right): (f64, f64),
    y: f64,
    size: f64,
) -> Element {
    let segment = &flight.segment;
    let height = size * 1.6;
    // What ends or opens a connection is named in full, in its own colour.
    let (short, kind) = match segment.kind {
        SegmentKind::Fin => ("FIN", Some("is-fin")),
        SegmentKind::Rst => ("RST", Some("is-rst")),
        SegmentKind::Syn => ("SYN", None),
        _ => (&*segment.short, None),
    };
    let words = text_width(short, size, Face::Mono) + 12.0;
    let has_room = words <= (right - left) * 0.8;
    let (is_ack, radius) = (segment.kind == SegmentKind::Ack, height * 0.28);
    let width = match (is_ack, has_room) {
        (true, _) => 2.0 * radius,
        (false, true) => words,
        (false, false) => BLANK,
    };
    let way = if flight.to > flight.from { segment.progress } else { 1.0 - segment.progress };
    let x = left + (right - left - width) * way;
    let group =
        Element::group("flight").entry(segment.entry).selects(selection(segment.entry), &*segment.label);
    if is_ack {
        return fading(group.add(Element::circle(x + radius, y, radius).class("ring")), segment.phase);
    }
    let is_lost = matches!(segment.phase, FlightPhase::Lost { .. });
    let class = if is_lost { "lost" } else { kind.unwrap_or(role(view.hosts[flight.from].kind)) };
    let mut group =
        group.add(Element::rect(x, y - height / 2.0, width, height).number("rx", 6.0).class(class));
    if has_room {
        let text = Element::text(x + width / 2.0, baseline(y, size), size, short);
        group = group.add(text.class("mono on-role").anchor("middle"));
    }
    if is_lost {
        group = group.add(crack(x, y - height / 2.0, width, height));
    }
    fading(group, segment.phase)
}

/// A lost segment falls and fades.
fn fading(group: Element, phase: FlightPhase) -> Element {
    match phase {
        FlightPhase::Lost { fall, .. } => group
            .with("opacity", format!("{:.2}", 1.0 - 0.8 * fall))
            .with("transform", format!("translate(0 {})", px(fall * 12.0))),
        FlightPhase::Queued | FlightPhase::Flying => group,
    }
}
