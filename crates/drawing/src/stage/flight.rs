//! A segment on its lane.

use playground_playback::{FlightPhase, FlightView, Frame, Selection, drop_key};
use playground_words::{Text, node_name};

use crate::element::Element;
use crate::number::{px, translate};
use crate::parts::{crack, group_class};

use super::traffic::Placed;

/// A segment in flight; a lost one cracks and falls.
pub fn draw(text: Text, frame: &Frame, placed: &Placed) -> Element {
    let Placed { flight, shape, at: (x, y), stacked } = placed;
    let ahead = if flight.rightward { 1.0 } else { -1.0 };
    let role = frame.nodes.get(flight.from.index()).map_or("role-other", |node| group_class(node.kind));
    let selection = Selection { segment: Some(flight.id), socket: None, entry: Some(flight.entry) };
    let hit = (shape.w.max(28.0) + 8.0, shape.h.max(24.0) + 8.0);
    let mut group = Element::new("g")
        .key(flight.id.0)
        .entry(flight.entry)
        .selects(selection, label(text, frame, flight))
        .add(Element::rect(-hit.0 / 2.0, -hit.1 / 2.0, hit.0, hit.1).number("rx", 8.0).class("hit"))
        .add_all(shape.draw(ahead, flight.retransmission));
    if let FlightPhase::Lost { fall, .. } = flight.phase {
        let fallen = translate(*x, y + fall * fall * 54.0);
        return group
            .class(format!("flight {role} is-lost"))
            .with("transform", format!("{fallen} rotate({})", px(ahead * fall * 24.0)))
            .with("opacity", format!("{:.2}", 1.0 - fall * 0.75))
            .add(crack(-shape.w / 2.0, -shape.h / 2.0, shape.w, shape.h));
    }
    if *stacked > 1 && !shape.words.is_empty() {
        let count = Element::text(
            -ahead * (shape.w / 2.0 + 4.0),
            shape.size * 0.36,
            shape.size,
            format!("×{stacked}"),
        );
        group = group.add(count.class("flight-count").anchor(if ahead > 0.0 { "end" } else { "start" }));
    }
    group.class(format!("flight {role}")).with("transform", translate(*x, *y))
}

/// What it is, from whom to whom, and why it is lost.
fn label(text: Text, frame: &Frame, flight: &FlightView) -> String {
    let name = |id: playground_core::event::NodeId| {
        frame.nodes.get(id.index()).map(|node| node_name(text, &node.name)).unwrap_or_default()
    };
    let (from, to) = (name(flight.from), name(flight.to));
    let arguments = [("label", &*flight.label), ("from", from.as_str()), ("to", to.as_str())];
    match flight.phase {
        FlightPhase::Lost { reason, .. } => {
            let reason = text.plain(drop_key(reason));
            text.get("stage-flight-lost", &[arguments[0], arguments[1], arguments[2], ("reason", &reason)])
        }
        _ => text.get("stage-flight", &arguments),
    }
}
