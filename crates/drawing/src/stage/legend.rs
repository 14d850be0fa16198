//! The legend of the shapes.

use playground_playback::SegmentKind;

use crate::element::Element;
use crate::number::translate;
use crate::parts::baseline;
use crate::text_width::{Face, text_width};

use super::form::Form;
use super::shape::Shape;

const KINDS: [(SegmentKind, &str); 6] = [
    (SegmentKind::Data, "legend-data"),
    (SegmentKind::Ack, "legend-ack"),
    (SegmentKind::Syn, "legend-syn"),
    (SegmentKind::Fin, "legend-fin"),
    (SegmentKind::Rst, "legend-rst"),
    (SegmentKind::Udp, "legend-datagram"),
];

/// One line with the shapes of the kinds that have been sent, and their names.
pub fn draw(form: &Form, left: f64, right: f64, y: f64, sent: &[SegmentKind]) -> Element {
    let stands_for = |kind: SegmentKind, other: SegmentKind| match other {
        SegmentKind::SynAck => kind == SegmentKind::Syn,
        SegmentKind::Probe => kind == SegmentKind::Data,
        other if other.is_datagram() => kind == SegmentKind::Udp,
        other => other == kind,
    };
    let size = form.small;
    let mut x = left;
    let mut legend = Element::group("role-client").with("aria-hidden", "true");
    for (kind, key) in KINDS {
        let word = form.text.plain(key);
        let (w, h) =
            if matches!(kind, SegmentKind::Data | SegmentKind::Udp) { (24.0, 12.0) } else { (16.0, 16.0) };
        let end = x + w + 7.0 + text_width(&word, size, Face::Sans);
        if end > right || !sent.iter().any(|other| stands_for(kind, *other)) {
            continue;
        }
        let shape = Shape { kind, w, h, words: String::new(), size };
        legend = legend
            .add(
                Element::new("g")
                    .with("transform", translate(x + w / 2.0, y))
                    .add_all(shape.draw(1.0, false)),
            )
            .add(Element::text(x + w + 7.0, baseline(y, size), size, word).class("quiet"));
        x = end + 26.0;
    }
    legend
}
