//! The layout of the parts of a ladder that do not change during playback.

use playground_playback::{Ladder, Pace, Tick};

use super::arrows::{self, ArrowPlan};
use super::bars::{self, BarPlan};
use super::lanes::{self, Lane};
use super::remarks::{self, RemarkPlan};
use super::room::Room;
use super::zigzags::{self, ZigzagPlan};
use crate::language::Text;
use crate::view::common::text_width::{Face, text_width};
use crate::view::common::time_text;
use crate::view::ladder::form::Form;

/// A ladder in CSS pixels.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::view::ladder) struct Plan {
    /// Sizes.
    pub(in crate::view::ladder) form: Form,
    /// Width of the drawing: the container's, or more when the lifelines need it.
    pub(in crate::view::ladder) width: f64,
    /// Height of the drawing, without the names above it.
    pub(in crate::view::ladder) height: f64,
    /// Lifelines, from left to right.
    pub(in crate::view::ladder) lanes: Vec<Lane>,
    /// Times at the left.
    pub(in crate::view::ladder) ticks: Vec<Tick>,
    /// Compressed stretches.
    pub(in crate::view::ladder) zigzags: Vec<ZigzagPlan>,
    /// Waits.
    pub(in crate::view::ladder) bars: Vec<BarPlan>,
    /// Segments, in the order of sending.
    pub(in crate::view::ladder) arrows: Vec<ArrowPlan>,
    /// Remarks.
    pub(in crate::view::ladder) remarks: Vec<RemarkPlan>,
}

impl Plan {
    /// Lays out a ladder.
    ///
    /// Shape: words that matter take their places first; remarks come before bare ACKs and parts of messages,
    /// whose words are left out where there is no room.
    pub(in crate::view::ladder) fn new(text: Text, ladder: &Ladder, pace: &Pace, form: Form) -> Self {
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

    /// The place of an arrow by its segment.
    pub(in crate::view::ladder) fn arrow_of(&self, id: playground_core::event::PacketId) -> Option<usize> {
        self.arrows.iter().position(|arrow| arrow.id == id)
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
