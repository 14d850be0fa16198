//! The layout of the parts of a ladder that do not change during playback.

use playground_core::event::PacketId;
use playground_playback::{Ladder, Pace, Selection, Tick};
use playground_words::{Text, time_text};

use super::arrows::{self, ArrowPlan};
use super::bars::{self, BarPlan};
use super::form::Form;
use super::lanes::{self, Lane};
use super::remarks::{self, RemarkPlan};
use super::room::Room;
use super::window::Window;
use super::zigzags::{self, ZigzagPlan};
use super::{cards, ground, heads, labels, lines};
use crate::element::Element;
use crate::text_width::{Face, text_width};

/// A ladder in CSS pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub(super) text: Text,
    /// Sizes.
    pub form: Form,
    /// Width of the drawing: the container's, or more when the lifelines need it.
    pub width: f64,
    /// Height of the drawing, without the names above it.
    pub height: f64,
    /// Lifelines, from left to right.
    pub(super) lanes: Vec<Lane>,
    /// Times at the left.
    pub(super) ticks: Vec<Tick>,
    /// Compressed stretches.
    pub(super) zigzags: Vec<ZigzagPlan>,
    /// Waits.
    pub(super) bars: Vec<BarPlan>,
    /// Segments, in the order of sending.
    pub(super) arrows: Vec<ArrowPlan>,
    /// Remarks.
    pub(super) remarks: Vec<RemarkPlan>,
}

impl Plan {
    /// Lays out a ladder.
    ///
    /// Shape: words that matter take their places first; remarks come before bare ACKs and parts of messages,
    /// whose words are left out where there is no room.
    pub fn new(text: Text, ladder: &Ladder, pace: &Pace, form: Form) -> Self {
        let times =
            ladder.ticks.iter().map(|tick| text_width(&time_text::axis(tick.at), form.small, Face::Mono));
        let form = Form { gutter: times.fold(form.gutter, |gutter, time| gutter.max(time + 14.0)), ..form };
        let (lanes, width) = lanes::lanes(text, ladder, form);
        let bars = bars::bars(text, ladder, &lanes, form);
        let mut room = Room::default();
        for bar in bars.iter().filter(|bar| !bar.words.is_empty()) {
            room.take((bar.x, bar.y, bar.x + bar.w, bar.y + bar.h));
        }
        let mut arrows = arrows::arrows(text, ladder, pace, &lanes, &bars, form);
        // Where a segment was lost is seen.
        for arrow in arrows.iter().filter(|arrow| arrow.lost) {
            let ((x, y), r) = (arrow.to, form.size * 0.5);
            room.take((x - r, y - r, x + r, y + r));
        }
        arrows::place(text, ladder, &lanes, form, &mut arrows, &mut room, |rank| rank <= 1);
        // Arrow heads are not covered, either.
        for arrow in arrows.iter().filter(|arrow| !arrow.lost) {
            let ((x, y), r) = (arrow.to, form.size * 0.6);
            room.take((x - r, y - r, x + r, y + r));
        }
        let zigzags = zigzags::zigzags(text, ladder, &lanes, &bars, form, width, &mut room);
        let remarks = remarks::remarks(text, ladder, &lanes, &bars, form, width, &mut room);
        arrows::place(text, ladder, &lanes, form, &mut arrows, &mut room, |rank| rank > 1);
        let lowest = remarks.iter().map(|remark| remark.y + remark.h).fold(form.y(ladder.end), f64::max);
        Self {
            text,
            form,
            width,
            height: lowest + form.margin.1,
            lanes,
            ticks: ladder.ticks.clone(),
            zigzags,
            bars,
            arrows,
            remarks,
        }
    }

    /// The names above the lifelines, of the height of [`Form::heads`].
    pub fn heads(&self) -> Vec<Element> {
        heads::heads(self).collect()
    }

    /// The part of the ladder in a window. Everything that is cut off ends there; words are whole.
    pub fn sheet(&self, window: Window, selected: Option<PacketId>) -> Vec<Element> {
        vec![
            ground::ground(self, window),
            lines::lines(self, window, selected),
            labels::labels(self, window, selected),
            cards::cards(self, window),
        ]
    }

    /// The upper and lower end of an arrow.
    pub fn reach(&self, id: PacketId) -> Option<(f64, f64)> {
        let arrow = self.arrows.iter().find(|arrow| arrow.id == id)?;
        Some((arrow.from.1, arrow.to.1))
    }

    /// The segment before or after one, with the entry that sent it; without one, the first below `y`.
    pub fn next(&self, selected: Option<PacketId>, step: isize, y: f64) -> Option<Selection> {
        let place = selected.and_then(|id| self.arrows.iter().position(|arrow| arrow.id == id));
        let near = || self.arrows.iter().position(|arrow| arrow.from.1 >= y).unwrap_or(0);
        let place = place.map_or_else(|| Some(near()), |place| place.checked_add_signed(step))?;
        self.arrows.get(place).map(ArrowPlan::selection)
    }
}

#[cfg(test)]
mod tests {
    use playground_lessons::{KnobValues, Language};
    use playground_playback::{Dissection, SegmentKind};

    use super::*;

    /// Whether two boxes overlap by more than a pixel.
    fn touch(a: (f64, f64, f64, f64), b: (f64, f64, f64, f64)) -> bool {
        a.0 + 0.5 < b.2 && b.0 + 0.5 < a.2 && a.1 + 0.5 < b.3 && b.1 + 0.5 < a.3
    }

    #[test]
    fn labels_are_not_clipped_and_do_not_overlap() {
        for lesson in playground_lessons::all() {
            let run = lesson.run(&KnobValues::defaults(lesson)).expect("the lesson runs");
            let dissection = Dissection::new(&run.trace);
            let pace = Pace::new(&run.trace, &dissection);
            let ladder = Ladder::new(&run.trace, &dissection, &pace);
            for (width, compact) in [(360.0, false), (655.0, false), (1_200.0, false), (960.0, true)] {
                for language in [Language::Korean, Language::English] {
                    let form = Form::new(width, compact);
                    let plan = Plan::new(Text::new(language), &ladder, &pace, form);
                    let boxes: Vec<_> = plan
                        .arrows
                        .iter()
                        .filter_map(|arrow| arrow.words.as_ref().map(|words| words.bounds(form)))
                        .collect();
                    for (place, own) in boxes.iter().enumerate() {
                        assert!(own.0 >= 0.0 && own.2 <= plan.width, "{} {width}: {own:?}", lesson.id);
                        assert!(
                            boxes[place + 1..].iter().all(|other| !touch(*own, *other)),
                            "{} {width}",
                            lesson.id
                        );
                    }
                    for remark in &plan.remarks {
                        assert!(
                            remark.x >= 0.0 && remark.x + remark.w <= plan.width + 0.5,
                            "{} {width}",
                            lesson.id
                        );
                    }
                    let silent = plan
                        .arrows
                        .iter()
                        .filter(|arrow| arrow.words.is_none() && arrow.kind != SegmentKind::Ack);
                    assert!(silent.count() * 2 <= plan.arrows.len(), "{} {width}: too few words", lesson.id);
                }
            }
        }
    }
}
