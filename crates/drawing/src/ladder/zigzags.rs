//! Compressed stretches.

use playground_playback::Ladder;

use super::bars::BarPlan;
use super::form::Form;
use super::lanes::Lane;
use super::room::Room;
use crate::text_width::{Face, text_width};
use playground_words::{Text, time_text};

/// Label positions in a compressed interval; the middle comes last, because the cursor often rests there.
const STEPS: [f64; 6] = [0.27, 0.4, 0.16, 0.66, 0.78, 0.53];

/// A compressed interval of time.
#[derive(Clone, Debug, PartialEq)]
pub struct ZigzagPlan {
    /// From and to.
    pub top: f64,
    pub bottom: f64,
    /// The label "time compressed" with the true length, and its centre; none where it has no room.
    pub words: Option<(String, (f64, f64))>,
    /// The labels of the narrow bars in it: class, position, text.
    pub waits: Vec<(&'static str, f64, f64, String)>,
}

/// The stretches, each labelled between two lifelines.
pub(super) fn zigzags(
    text: Text,
    ladder: &Ladder,
    lanes: &[Lane],
    bars: &[BarPlan],
    form: Form,
    width: f64,
    room: &mut Room,
) -> Vec<ZigzagPlan> {
    let plan = ladder.zigzags.iter().map(|zigzag| {
        let (top, bottom) = (form.y(zigzag.y0), form.y(zigzag.y1));
        let full = text.get("ladder-compressed", &[("time", &time_text::span(zigzag.lasts))]);
        let gaps: Vec<(f64, f64)> = if lanes.len() < 2 {
            vec![(lanes.first().map_or(form.gutter, |lane| lane.x), width)]
        } else {
            lanes.windows(2).map(|pair| (pair[0].x, pair[1].x)).collect()
        };
        // In the first gap, or wherever else nothing crosses it; the length alone where there is little room.
        let tries = [full, time_text::span(zigzag.lasts)].into_iter().flat_map(|words| {
            let half = text_width(&words, form.small, Face::Sans) / 2.0 + 4.0;
            let wide = gaps.iter().filter(move |(left, right)| 2.0 * half + form.bar.0 + 8.0 <= right - left);
            wide.flat_map(move |gap| STEPS.map(|part| (*gap, part))).map(move |((left, right), part)| {
                let (x, y) = (f64::midpoint(left, right), top + (bottom - top) * part);
                let own = (x - half, y - form.line / 2.0, x + half, y + form.line / 2.0);
                (words.clone(), (x, y), own)
            })
        });
        let words = { tries }.find(|(_, _, own)| room.try_take(*own)).map(|(words, at, _)| (words, at));
        let waits = waits(lanes, bars, form, (top, bottom), width, room);
        ZigzagPlan { top, bottom, words, waits }
    });
    plan.collect()
}

/// Narrow bars have no labels of their own: long ones are labelled in the compressed interval.
fn waits(
    lanes: &[Lane],
    bars: &[BarPlan],
    form: Form,
    (top, bottom): (f64, f64),
    width: f64,
    room: &mut Room,
) -> Vec<(&'static str, f64, f64, String)> {
    let mut placed = Vec::new();
    for (place, lane) in lanes.iter().enumerate() {
        let through =
            |bar: &&BarPlan| bar.node == lane.node && bar.y <= top + 1.0 && bar.y + bar.h >= bottom - 1.0;
        let lasting: Vec<&BarPlan> = bars.iter().filter(through).filter(|bar| bar.slim).collect();
        // Each on its own side; the same words once.
        let (left, right) = match lasting[..] {
            [only] => (None, Some(only)),
            [first, second] if first.long == second.long => (None, Some(second)),
            [first, second] if first.x < second.x => (Some(first), Some(second)),
            [first, second] => (Some(second), Some(first)),
            _ => continue,
        };
        let next = lanes.get(place + 1).map_or(width, |lane| lane.x - form.bar.1);
        let before = place
            .checked_sub(1)
            .and_then(|place| lanes.get(place))
            .map_or(form.gutter, |lane| lane.x + form.bar.1);
        let far =
            lasting.iter().map(|bar| (bar.x + bar.w - lane.x).max(lane.x - bar.x)).fold(0.0, f64::max) + 5.0;
        for (bar, to_the_right) in [(left, false), (right, true)] {
            let Some(bar) = bar else { continue };
            // In full where that leaves half of the gap free.
            let wide = |words: &str| text_width(words, form.small, Face::Sans) * 1.05 + 4.0;
            let space = if to_the_right { next - lane.x } else { lane.x - before } - far;
            let words = if wide(&bar.long) <= space * 0.6 { &bar.long } else { &bar.short };
            let w = wide(words);
            // One alone may stand on the other side.
            let sides: &[bool] = if left.is_none() { &[true, false] } else { &[to_the_right] };
            let spot = STEPS.into_iter().find_map(|part| {
                let y = top + (bottom - top) * part;
                sides.iter().find_map(|right| {
                    let x = if *right { lane.x + far } else { lane.x - far - w };
                    let own = (x, y - form.line / 2.0, x + w, y + form.line / 2.0);
                    (x >= before && x + w <= next && room.try_take(own)).then_some((x, y))
                })
            });
            if let Some((x, y)) = spot {
                placed.push((bar.class, x, y, words.clone()));
            }
        }
    }
    placed
}
