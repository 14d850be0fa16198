//! Where the words stand on the arrows, so that they can be read.

use std::collections::BTreeMap;

use playground_core::trace::HopId;

use super::{Arrow, Ladder};
use crate::{Dissection, SegmentKind};

/// Height of a line of words, pixels at the recommended scale.
const LINE_PX: f64 = 15.0;
/// Width of a character and of the room between two lifelines, pixels: a narrow page.
const CHARACTER_PX: f64 = 7.4;
const SPACE_PX: f64 = 240.0;
/// Where words may stand along an arrow, in the order of preference.
const PLACES: [f64; 5] = [0.5, 0.34, 0.66, 0.22, 0.78];

/// The box of words that have their place: left, right, top, bottom.
type Placed = (f64, f64, f64, f64);

/// Gives each arrow's words a place where they cover no other words; words that find none are left out.
///
/// Messages, openings and ends are placed before bare ACKs, so that these give way.
pub(super) fn place(arrows: &mut [Arrow], dissection: &Dissection) {
    let mut order: Vec<usize> = (0..arrows.len()).collect();
    order.sort_by_key(|place| (rank(&arrows[*place], dissection), *place));
    let mut placed: BTreeMap<HopId, Vec<Placed>> = BTreeMap::new();
    for place in order {
        let arrow = &mut arrows[place];
        let Some(label) = dissection.segment(arrow.id) else { continue };
        let boxes = placed.entry(label.hop).or_default();
        let (top, bottom) = (arrow.y0.as_secs(), arrow.y1.as_secs());
        let half = (arrow.label.chars().count() as f64 * CHARACTER_PX + 8.0) / 2.0;
        let rightward = arrow.x1 >= arrow.x0;
        let until = arrow.lost.map_or(1.0, |(progress, _)| progress.max(0.3));
        let found = PLACES.into_iter().find_map(|along| {
            let along = along * until;
            let centre = if rightward { along } else { 1.0 - along } * SPACE_PX;
            let middle = (top + (bottom - top) * along) * Ladder::PIXELS_PER_SECOND;
            let own = (centre - half, centre + half, middle - LINE_PX / 2.0, middle + LINE_PX / 2.0);
            // At the middle long words may reach over the lifelines; elsewhere they may not.
            let fits = along == 0.5 || own.0 >= 0.0 && own.1 <= SPACE_PX;
            (fits && !boxes.iter().rev().any(|other| overlap(&own, other))).then_some((along, own))
        });
        if let Some((along, own)) = found {
            boxes.push(own);
            arrow.label_at = Some(along);
        }
    }
}

fn rank(arrow: &Arrow, dissection: &Dissection) -> u8 {
    match arrow.kind {
        SegmentKind::Data => {
            let matters = dissection.segment(arrow.id).is_some_and(|label| label.begins_message || label.fin);
            if matters { 0 } else { 2 }
        }
        SegmentKind::Rst | SegmentKind::Fin => 0,
        SegmentKind::Syn | SegmentKind::SynAck => 1,
        SegmentKind::Probe => 3,
        SegmentKind::Ack => 4,
    }
}

fn overlap(a: &Placed, b: &Placed) -> bool {
    // A hair's breadth, so that words exactly a line apart do not count as touching.
    let hair = 0.5;
    a.0 < b.1 && b.0 < a.1 && a.2 + hair < b.3 && b.2 + hair < a.3
}
