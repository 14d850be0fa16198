//! Where the words stand on the arrows, so that they can be read.

use std::collections::BTreeMap;

use playground_core::event::NodeId;

use super::{Arrow, Ladder};
use crate::dissection::{Dissection, SegmentKind};
use crate::pace::ViewTime;

/// Height of a line of words, pixels at the recommended scale.
const LINE_PX: f64 = 15.0;
/// Width of a character and of the room between two lifelines, pixels: a narrow page.
const CHARACTER_PX: f64 = 7.4;
const SPACE_PX: f64 = 240.0;
/// Candidate positions of a label along its arrow, in order of preference.
const PLACES: [f64; 5] = [0.5, 0.34, 0.66, 0.22, 0.78];

/// The box of a placed label: left, right, top, bottom.
type Placed = (f64, f64, f64, f64);

/// Places each arrow's label where it overlaps no other, on a page with this many lifelines; a label without
/// room is left out.
///
/// Messages, SYNs and FINs are placed before middle parts and pure ACKs, so that these yield; in a burst of
/// parts or ACKs only the first is labelled.
pub(super) fn place(arrows: &mut [Arrow], lifelines: usize, dissection: &Dissection) {
    let followers = followers(arrows);
    let mut places: Vec<usize> = (0..arrows.len()).collect();
    places.sort_by_key(|place| rank(&arrows[*place], dissection));
    places.retain(|place| !followers[*place] || rank(&arrows[*place], dissection) < LESS_TELLING);
    let page = lifelines as f64 * SPACE_PX;
    let mut boxes = Boxes::default();
    for place in places {
        let arrow = &mut arrows[place];
        let (top, bottom) = (arrow.y0.as_secs(), arrow.y1.as_secs());
        let half = (arrow.label.chars().count() as f64 * CHARACTER_PX + 8.0) / 2.0;
        let (from, to) = (arrow.x0 * page, arrow.x1 * page);
        let until = arrow.lost.map_or(arrow.way, |(progress, _)| progress.max(0.3));
        arrow.label_at = PLACES.into_iter().map(|along| along * until).find(|along| {
            let centre = from + (to - from) * along;
            let middle = (top + (bottom - top) * along / arrow.way.max(0.01)) * Ladder::PIXELS_PER_SECOND;
            let own = (centre - half, centre + half, middle - LINE_PX / 2.0, middle + LINE_PX / 2.0);
            // At the middle long words may reach over the lifelines; elsewhere they may not.
            let fits = *along == PLACES[0] || own.0 >= from.min(to) && own.1 <= from.max(to);
            fits && boxes.take(own)
        });
    }
}

/// Boxes on the page, by text line.
#[derive(Default)]
struct Boxes(BTreeMap<i64, Vec<Placed>>);

impl Boxes {
    /// Reserves the box unless it overlaps one that is reserved.
    fn take(&mut self, own: Placed) -> bool {
        // A box is as high as a line, so only its own line's and the neighbours' can touch it.
        let line = (own.2 / LINE_PX) as i64;
        let near = (line - 1..=line + 1).filter_map(|line| self.0.get(&line));
        let is_clear = near.flatten().all(|other| !overlap(&own, other));
        if is_clear {
            self.0.entry(line).or_default().push(own);
        }
        is_clear
    }
}

/// For each arrow, whether it leaves less than a line after another of the same sender on the same hop.
fn followers(arrows: &[Arrow]) -> Vec<bool> {
    let mut places: Vec<usize> = (0..arrows.len()).collect();
    places.sort_by_key(|place| arrows[*place].y0);
    let mut last: BTreeMap<(NodeId, NodeId), ViewTime> = BTreeMap::new();
    let mut followers = vec![false; arrows.len()];
    for place in places {
        let arrow = &arrows[place];
        if let Some(before) = last.insert((arrow.from, arrow.to), arrow.y0) {
            let apart = (arrow.y0.as_secs() - before.as_secs()) * Ladder::PIXELS_PER_SECOND;
            followers[place] = apart < LINE_PX;
        }
    }
    followers
}

/// From this rank on an arrow's words only repeat what the first of its burst says.
const LESS_TELLING: u8 = 2;

fn rank(arrow: &Arrow, dissection: &Dissection) -> u8 {
    match arrow.kind {
        SegmentKind::Data => {
            let matters = dissection.segment(arrow.id).is_some_and(|label| label.begins_message || label.fin);
            if matters { 0 } else { 2 }
        }
        SegmentKind::Rst | SegmentKind::Fin => 0,
        kind if kind.is_datagram() => 0,
        SegmentKind::Syn | SegmentKind::SynAck => 1,
        SegmentKind::Probe => 3,
        _ => 4,
    }
}

fn overlap(a: &Placed, b: &Placed) -> bool {
    // A hair's breadth, so that words exactly a line apart do not count as touching.
    let hair = 0.5;
    a.0 < b.1 && b.0 < a.1 && a.2 + hair < b.3 && b.2 + hair < a.3
}
