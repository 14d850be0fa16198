//! The legend of the shapes.

use playground_playback::SegmentKind;
use yew::prelude::*;

use crate::language::Text;
use crate::view::common::number::{px, translate};
use crate::view::common::text_width::{Face, text_width};

use super::flight_shape::Shape;

/// One line with the shapes of the kinds that occur, and their words.
pub(super) fn legend(text: Text, left: f64, y: f64, size: f64, occur: &[SegmentKind]) -> Html {
    let kinds = [
        (SegmentKind::Data, "legend-data"),
        (SegmentKind::Ack, "legend-ack"),
        (SegmentKind::Syn, "legend-syn"),
        (SegmentKind::Fin, "legend-fin"),
        (SegmentKind::Rst, "legend-rst"),
        (SegmentKind::Udp, "legend-datagram"),
    ];
    let stands_for = |kind: SegmentKind, other: &SegmentKind| match other {
        SegmentKind::SynAck => kind == SegmentKind::Syn,
        SegmentKind::Probe => kind == SegmentKind::Data,
        other if other.is_datagram() => kind == SegmentKind::Udp,
        other => *other == kind,
    };
    let mut x = left;
    let items: Vec<Html> = kinds
        .into_iter()
        .filter(|(kind, _)| occur.iter().any(|other| stands_for(*kind, other)))
        .map(|(kind, key)| {
            let word = text.plain(key);
            let is_broad = matches!(kind, SegmentKind::Data | SegmentKind::Udp);
            let (w, h) = if is_broad { (24.0, 12.0) } else { (16.0, 16.0) };
            let shape = Shape { kind, w, h, words: String::new(), size: 0.0 };
            let at = x;
            x += w + 7.0 + text_width(&word, size, Face::Sans) + 26.0;
            html! {
                <g key={key} class="role-client">
                    <g transform={translate(at + w / 2.0, y)}>{ shape.draw(1.0, false) }</g>
                    <text class="faded" x={px(at + w + 7.0)} y={px(y + size * 0.36)} font-size={px(size)}>{ word }</text>
                </g>
            }
        })
        .collect();
    html! { <g class="legend" aria-hidden="true">{ for items }</g> }
}
