//! Notes beside the lifelines.

use playground_playback::{Ladder, LadderNote, Selection};

use super::bars::BarPlan;
use super::lanes::{Lane, lane_of};
use super::room::Room;
use crate::language::Text;
use crate::view::common::text_width::{Face, text_width, wrapped};
use crate::view::common::{phrase, pick};
use crate::view::ladder::form::Form;

/// A note: discarded octets, a failed call, unread data.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::view::ladder) struct RemarkPlan {
    /// Its box.
    pub(in crate::view::ladder) x: f64,
    pub(in crate::view::ladder) y: f64,
    pub(in crate::view::ladder) w: f64,
    pub(in crate::view::ladder) h: f64,
    /// Its text, wrapped and whole.
    pub(in crate::view::ladder) lines: Vec<String>,
    pub(in crate::view::ladder) said: String,
    /// The point on the lifeline that it refers to.
    pub(in crate::view::ladder) about: (f64, f64),
    /// Whether it is bad news.
    pub(in crate::view::ladder) alarming: bool,
    /// What a click selects.
    pub(in crate::view::ladder) selects: Selection,
}

/// The notes, each beside its lifeline with the least overlap.
pub(super) fn remarks(
    text: Text,
    ladder: &Ladder,
    lanes: &[Lane],
    bars: &[BarPlan],
    form: Form,
    width: f64,
    room: &mut Room,
) -> Vec<RemarkPlan> {
    let plan = ladder.notes.iter().filter_map(|note| {
        let lane = lane_of(lanes, note.node)?;
        let place = lanes.iter().position(|other| other.node == lane.node)?;
        let far = |right: bool| {
            let own = bars.iter().filter(|bar| bar.node == lane.node);
            own.map(|bar| if right { bar.x + bar.w - lane.x } else { lane.x - bar.x }).fold(2.0, f64::max)
                + form.size * 0.8
        };
        let right_edge = lanes.get(place + 1).map_or(width - 4.0, |next| next.x - form.bar.1 - 6.0);
        let left_edge = place
            .checked_sub(1)
            .and_then(|place| lanes.get(place))
            .map_or(form.gutter, |before| before.x + form.bar.1 + 6.0);
        let (right, left) = (lane.x + far(true), lane.x - far(false));
        let mut sides = vec![(true, right_edge - right), (false, left - left_edge)];
        // To the right, unless the left has far more room.
        if sides[1].1 > sides[0].1 * 1.6 {
            sides.swap(0, 1);
        }
        sides.retain(|(_, space)| *space >= form.small * 7.0);
        if sides.is_empty() {
            sides.push((left - left_edge < right_edge - right, (left - left_edge).max(right_edge - right)));
        }
        let said = phrase(text, &note.phrase);
        Some(set(note, &said, (right, left), &sides, (lane.x, form.y(note.y)), form, room))
    });
    plan.collect()
}

fn set(
    note: &LadderNote,
    said: &str,
    (right, left): (f64, f64),
    sides: &[(bool, f64)],
    about: (f64, f64),
    form: Form,
    room: &mut Room,
) -> RemarkPlan {
    let pad = form.small * 0.65;
    let height = form.small * 1.35;
    let most = if form.narrow { 6 } else { 4 };
    // A short line reads better than one right across.
    let at_most = form.small * 24.0;
    let shape = |to_right: bool, space: f64| {
        let lines = wrapped(said, form.small, Face::Sans, space.min(at_most) - 2.0 * pad, most);
        let w =
            lines.iter().map(|line| text_width(line, form.small, Face::Sans)).fold(0.0, f64::max) + 2.0 * pad;
        let h = lines.len() as f64 * height + pad;
        (lines, if to_right { right } else { left - w }, w, h)
    };
    let remark = |(lines, x, w, h): (Vec<String>, f64, f64, f64), y: f64| RemarkPlan {
        x,
        y,
        w,
        h,
        lines,
        said: said.to_owned(),
        about,
        alarming: note.alarming,
        selects: pick::entry(note.entry),
    };
    // Just above its moment, where the line at the cursor does not cross it; else below, clear of what follows.
    let gap = form.small * 0.5;
    let above = [0.0, 0.5, 1.0, 1.5, 2.0].map(|step| move |h: f64| about.1 - gap - h - step * form.line);
    let below = [0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]
        .map(|step| move |_: f64| about.1 + gap + step * form.line);
    let tops = above
        .iter()
        .map(|top| top as &dyn Fn(f64) -> f64)
        .chain(below.iter().map(|top| top as &dyn Fn(f64) -> f64));
    for top in tops {
        for (to_right, space) in sides {
            let (lines, x, w, h) = shape(*to_right, *space);
            let y = top(h);
            if y >= 2.0 && room.try_take((x - 2.0, y - 2.0, x + w + 2.0, y + h + 2.0)) {
                return remark((lines, x, w, h), y);
            }
        }
    }
    let (to_right, space) = sides.first().copied().unwrap_or((true, 120.0));
    let (lines, x, w, h) = shape(to_right, space);
    let y = about.1 + gap;
    room.take((x, y, x + w, y + h));
    remark((lines, x, w, h), y)
}

#[cfg(test)]
mod tests {
    use playground_playback::NOTE_KEYS;

    use super::*;

    #[test]
    fn every_note_has_a_message() {
        for key in NOTE_KEYS {
            assert!(Text::new(crate::language::Language::Korean).has(key), "{key}");
        }
    }
}
