//! A time axis: a round end, ticks, the moment that is shown.

use playground_core::time::{Duration, Instant};
use playground_words::time_text;

use crate::canvas::Canvas;
use crate::element::Element;
use crate::text_width::{Face, text_width};

/// A time axis from 0 to a round number, drawn from left to right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    left: f64,
    width: f64,
    end: u64,
    tick: u64,
}

impl Axis {
    /// What the ticks' numbers and the moment's take up below an axis.
    pub fn foot(canvas: &Canvas) -> f64 {
        2.0 * canvas.small() + 24.0
    }

    /// An axis that reaches `span` at least, with room for the number of each tick.
    pub fn new(left: f64, width: f64, span: Duration, canvas: &Canvas) -> Self {
        let span = span.as_micros().max(1_000);
        let most = (width / (canvas.small() * 5.5)).clamp(1.0, 6.0) as u64;
        let mut unit = 1_000;
        let tick = loop {
            if let Some(tick) = [1, 2, 5].into_iter().map(|one| one * unit).find(|tick| span / *tick < most) {
                break tick;
            }
            unit *= 10;
        };
        // Whole fifths of a tick: the last one need not stand at the end.
        let part = (tick / 5).max(1_000);
        Self { left, width, end: span.div_ceil(part) * part, tick }
    }

    /// Where a moment stands; one beyond the end stands at the end.
    pub fn x(&self, at: Instant) -> f64 {
        self.left + (at.as_micros() as f64 / self.end as f64).min(1.0) * self.width
    }

    /// Whether a moment is on it.
    pub fn has(&self, at: Instant) -> bool {
        at.as_micros() <= self.end
    }

    fn ticks(&self) -> impl Iterator<Item = u64> {
        (0..=self.end).step_by(self.tick as usize)
    }

    /// Lines from `top` to `bottom` at each tick.
    pub fn lines(&self, top: f64, bottom: f64) -> Element {
        Element::group("grid").add_all(self.ticks().map(|at| {
            let x = self.x(Instant::from_micros(at));
            Element::line((x, top), (x, bottom))
        }))
    }

    /// The ticks' numbers below `bottom`.
    pub fn numbers(&self, bottom: f64, canvas: &Canvas) -> Element {
        let size = canvas.small();
        Element::group("grid").add_all(self.ticks().map(|at| {
            let number = if at == 0 { "0".to_owned() } else { time_text::span(Duration::from_micros(at)) };
            let x = self.x(Instant::from_micros(at));
            Element::text(x, bottom + size + 4.0, size, number).class("quiet").anchor("middle")
        }))
    }

    /// The moment that is shown: a line through each of `spans`, from top to bottom, and its time below the numbers of
    /// the ticks, which stand under `bottom`. Nothing beyond the end.
    pub fn now(&self, now: Instant, spans: &[(f64, f64)], bottom: f64, canvas: &Canvas) -> Option<Element> {
        if !self.has(now) {
            return None;
        }
        let size = canvas.small();
        let time = time_text::moment(now);
        let words = canvas.text.get("drawing-now", &[("time", &time)]);
        let width = text_width(&words, size, Face::Sans) + 20.0;
        let x = self.x(now);
        let (low, high) =
            ((self.left - 24.0).max(2.0), (self.left + self.width + 24.0).min(canvas.width - 2.0));
        let left = (x - width / 2.0).clamp(low, (high - width).max(low));
        let top_of_sign = bottom + size + 12.0;
        Some(
            Element::group("now")
                .add_all(spans.iter().map(|(top, bottom)| Element::line((x, *top), (x, *bottom))))
                .add(Element::rect(left, top_of_sign, width, size + 10.0).number("rx", 6.0))
                .add(
                    Element::text(left + width / 2.0, top_of_sign + size + 2.0, size, words).anchor("middle"),
                ),
        )
    }
}

#[cfg(test)]
mod tests {
    use playground_words::{Language, Text};

    use super::*;

    #[test]
    fn the_end_is_round_and_ticks_have_room() {
        let canvas =
            Canvas { width: 600.0, height: 400.0, type_size: 15.0, text: Text::new(Language::English) };
        for (width, span, end, tick) in [
            (500.0, 1_510, 1_600, 500),
            (500.0, 660, 680, 200),
            (160.0, 4_300, 5_000, 5_000),
            (500.0, 3, 3, 1),
        ] {
            let axis = Axis::new(0.0, width, Duration::from_millis(span), &canvas);
            assert_eq!((axis.end, axis.tick), (end * 1_000, tick * 1_000), "{span} ms on {width}");
            assert_eq!(axis.x(Instant::from_millis(end)), width);
        }
    }
}
