//! The stage: nodes as cards, a pipe for each connection, segments on its lanes.

mod badge;
mod brief;
mod card;
mod clock;
mod effects;
mod flight;
mod form;
mod layout;
mod legend;
mod lying;
mod pipe;
mod places;
mod question;
mod rect;
mod role_sign;
mod shape;
mod socket;
mod summary;
mod tiles;
mod traffic;
mod upright;

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use playground_core::trace::Trace;
use playground_lessons::{Language, Run, View};
use playground_playback::{Cursor, Dissection, Frame, FrameCursor, RoleKind, SegmentKind};

use crate::canvas::Canvas;
use crate::drawing::Drawing;
use crate::element::Element;

use clock::Clock;
use layout::Layout;

/// The stage of a run, which may be cut off.
#[derive(Clone, Debug)]
pub struct Stage {
    run: Run,
    dissection: Rc<Dissection>,
    /// Makes the next frame cheap.
    frames: RefCell<FrameCursor>,
    /// Each kind of segment with the entry that first sent one.
    kinds: Vec<(SegmentKind, u32)>,
    /// The words of each step in lower case, by language.
    spoken: [OnceCell<Vec<String>>; 2],
}

impl Stage {
    /// The stage of a run.
    pub fn new(run: &Run, dissection: Rc<Dissection>) -> Self {
        let mut kinds: Vec<(SegmentKind, u32)> = Vec::new();
        for segment in &dissection.segments {
            if !kinds.iter().any(|(kind, _)| *kind == segment.kind) {
                kinds.push((segment.kind, segment.sent));
            }
        }
        let frames = RefCell::default();
        Self { run: run.clone(), dissection, frames, kinds, spoken: Default::default() }
    }

    /// Whether it is about everything, as in the playground, where no steps are told and one builds on it.
    fn is_whole(&self) -> bool {
        self.run.steps.is_empty()
    }

    fn trace(&self) -> &Trace {
        &self.run.trace
    }

    /// The words of the step that a moment is told in, in lower case: only the timers that they name are shown. None
    /// where no step is told.
    fn spoken(&self, now: Cursor, language: Language) -> Option<&str> {
        let step = self.run.steps.iter().rposition(|step| step.index <= now.index).unwrap_or(0);
        let words = || self.run.story(language).iter().map(|step| step.words().to_lowercase()).collect();
        let stories = self.spoken[usize::from(language == Language::English)].get_or_init(words);
        stories.get(step).map(String::as_str)
    }

    /// The stage at a moment. On a low canvas it is a strip: who, the states, and packets on their way.
    pub fn draw(&self, now: Cursor, canvas: &Canvas) -> Drawing {
        let frame = self.frames.borrow_mut().frame(self.trace(), &self.dissection, now);
        let canvas = &canvas.roomy();
        let kinds: Vec<RoleKind> = frame.nodes.iter().map(|node| node.kind).collect();
        let calls = self.is_whole() || self.run.lesson.shows(View::Program);
        let layout = Layout::new(&kinds, &frame.hops, calls, canvas);
        let spoken = self.spoken(now, canvas.text.language());
        let mut drawing = Drawing::new(canvas, summary::summary(canvas.text, &frame));
        drawing.width = drawing.width.max(layout.width * layout.scale);
        drawing.height = drawing.height.max(layout.height * layout.scale);
        let parts = self.parts(&layout, &frame, Clock { spoken, now: frame.cursor.at });
        if layout.scale == 1.0 {
            drawing.elements.extend(parts);
        } else {
            let scale = format!("scale({:.4})", layout.scale);
            drawing.add(Element::new("g").with("transform", scale).add_all(parts));
        }
        drawing
    }

    fn parts(&self, layout: &Layout, frame: &Frame, clock: Clock) -> Vec<Element> {
        let (form, text) = (&layout.form, layout.form.text);
        let now = frame.cursor.index;
        let state = |key| self.dissection.state_changes(key, now).last().copied();
        let opened = |pipe: &playground_playback::PipeView| {
            self.dissection.connection(pipe.connection).map(|connection| connection.opened)
        };
        let pipes = layout.tubes.iter().map(|tube| pipe::draw(layout, frame, tube, opened));
        let cards = frame.nodes.iter().map(|node| card::draw(layout, frame, node, clock, &state));
        let mut over = Element::new("g");
        for (node, card) in frame.nodes.iter().zip(&layout.cards).filter(|_| !layout.brief) {
            over = over
                .add_all(effects::draw(form, node, card.rect, clock.now))
                .add_all(question::draw(form, node, card, clock.now));
        }
        let flights = traffic::place(frame, layout);
        let flights = flights.iter().map(|placed| flight::draw(text, frame, placed));
        let mut parts = vec![
            Element::new("g").add_all(pipes),
            Element::new("g").add_all(cards),
            over,
            Element::new("g").add_all(flights),
        ];
        if self.is_whole() {
            parts.insert(0, places::behind(layout, frame));
            parts.push(places::before(layout, frame));
        }
        let Some(y) = layout.legend else { return parts };
        let mut right = layout.width - 20.0;
        if frame.hidden_pipes > 0 {
            let words = text.get("stage-hidden", &[("count", &frame.hidden_pipes.to_string())]);
            let width = crate::text_width::text_width(&words, form.small, crate::text_width::Face::Sans);
            let more = Element::text(right, crate::parts::baseline(y, form.small), form.small, words);
            parts.push(more.class("quiet").anchor("end"));
            right -= width + 20.0;
        }
        if form.detail.legend {
            let sent: Vec<SegmentKind> =
                self.kinds.iter().filter(|(_, sent)| *sent < now).map(|(kind, _)| *kind).collect();
            parts.push(legend::draw(form, 20.0, right, y, &sent));
        }
        parts
    }
}
