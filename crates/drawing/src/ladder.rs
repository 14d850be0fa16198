//! The ladder: a time-sequence diagram of the run.
//!
//! A [`Plan`] is the layout of a run at a width: pure data, computed once per run, width and language. The page scrolls
//! through it and moves the line at the cursor; a still is the last part before its moment.

mod arrows;
mod bars;
mod cards;
mod form;
mod glyph;
mod ground;
mod heads;
mod labels;
mod lanes;
mod lines;
mod plan;
mod remarks;
mod room;
mod window;
mod zigzags;

use playground_core::trace::Trace;
use playground_playback::{Cursor, Dissection, Ladder, Pace};
use playground_words::time_text;

use crate::canvas::Canvas;
use crate::drawing::Drawing;
use crate::element::Element;
use crate::number::translate;
use crate::parts::baseline;
use crate::text_width::{Face, text_width};

pub use form::Form;
pub use plan::Plan;
pub use window::Window;

/// The run up to a moment; of a long one, the last part that has room.
pub fn draw(trace: &Trace, now: Cursor, canvas: &Canvas) -> Drawing {
    let trace = trace.until(now.index);
    let dissection = Dissection::new(&trace);
    let pace = Pace::new(&trace, &dissection);
    let ladder = Ladder::new(&trace, &dissection, &pace);
    let mut plan = Plan::new(canvas.text, &ladder, &pace, Form::of(canvas));
    let room = canvas.height - plan.form.heads;
    let top = (plan.height - room).max(0.0);
    let window = Window { top, bottom: top + room };
    let y = plan.form.y(pace.to_view(now.at));
    // The time of the moment stands for one that would be written there.
    plan.ticks.retain(|tick| (plan.form.y(tick.y) - y).abs() >= plan.form.line * 1.3);
    let mut drawing = Drawing::new(canvas, canvas.text.plain("ladder-title"));
    drawing.elements = plan.heads();
    let line = Element::line((0.0, y), (plan.width, y)).class("ladder-now-line");
    // Below the words, so that it crosses none.
    let sheet = Element::group("ladder-part").with("transform", translate(0.0, plan.form.heads - top));
    drawing.add(sheet.add(line).add_all(plan.sheet(window, None)).add(sign(&plan, y, now, canvas)));
    drawing
}

/// The time at the line of the moment that is shown.
fn sign(plan: &Plan, y: f64, now: Cursor, canvas: &Canvas) -> Element {
    let size = plan.form.small;
    let time = time_text::axis(now.at);
    let word = format!("{} ", canvas.text.plain("ladder-now"));
    let (short, long) = (text_width(&time, size, Face::Mono), text_width(&word, size, Face::Sans) * 1.08);
    // The word only where it leaves the lifelines free.
    let has_room = 3.0 + long + short + size <= plan.form.gutter;
    let before = if has_room { long } else { 0.0 };
    let (left, line) = (3.0 + size * 0.45, baseline(y, size));
    let mut group = Element::group("now").add(
        Element::rect(3.0, y - size * 0.85, before + short + size * 0.9, size * 1.7).number("rx", size * 0.5),
    );
    if has_room {
        group = group.add(Element::text(left, line, size, word.trim_end()).class("strong"));
    }
    group.add(Element::text(left + before, line, size, time).class("mono"))
}
