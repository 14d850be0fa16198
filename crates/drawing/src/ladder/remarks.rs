//! Notes beside the lifelines.

use playground_playback::{Ladder, LadderNote};

use super::bars::BarPlan;
use super::form::Form;
use super::lanes::{Lane, lane_of};
use super::room::Room;
use crate::text_width::{Face, text_width, wrapped};
use playground_words::{Text, phrase};

/// A note: discarded octets, a failed call, unread data.
#[derive(Clone, Debug, PartialEq)]
pub struct RemarkPlan {
    /// Its box.
    pub x: f64,
    pub y: f64,
    pub w: f64,
    pub h: f64,
    /// Its text, wrapped and whole.
    pub lines: Vec<String>,
    pub said: String,
    /// The point on the lifeline that it refers to.
    pub about: (f64, f64),
    /// Whether it is bad news.
    pub alarming: bool,
    /// The entry that it is about.
    pub entry: u32,
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
        entry: note.entry,
    };
    // Just above its moment, where the line at the cursor does not cross it; else below, clear of what follows.
    let gap = form.small * 0.5;
    let above = (0..9).map(|step| (true, step));
    let below = (0..48).map(|step| (false, step));
    let shapes: Vec<_> = sides.iter().map(|(to_right, space)| shape(*to_right, *space)).collect();
    for (is_above, step) in above.chain(below) {
        let away = gap + f64::from(step) * 0.5 * form.line;
        for (lines, x, w, h) in &shapes {
            let y = if is_above { about.1 - away - h } else { about.1 + away };
            if y >= 2.0 && room.try_take((x - 2.0, y - 2.0, x + w + 2.0, y + h + 2.0)) {
                return remark((lines.clone(), *x, *w, *h), y);
            }
        }
    }
    let (lines, x, w, h) = shape(sides[0].0, sides[0].1);
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
            assert!(Text::new(playground_words::Language::Korean).has(key), "{key}");
        }
    }
}
