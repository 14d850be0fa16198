//! The axis of a player: a trace, its pace, and the marks of each step size.

use std::rc::Rc;

use playground_core::event::Event;
use playground_core::time::Instant;
use playground_core::trace::Trace;

use crate::cursor::Cursor;
use crate::dissection::{Dissection, Stream};
use crate::pace::Pace;

/// A trace with its pace and its marks: all that a [`Player`](crate::player::Player) needs to know.
///
/// Its marks are sorted and without duplicates; computed once per trace.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// The trace.
    pub trace: Rc<Trace>,
    /// Its pace.
    pub pace: Rc<Pace>,
    steps: Vec<StepMark>,
    messages: Vec<StepMark>,
    segments: Vec<StepMark>,
}

/// Traces and paces are compared by identity, marks by value.
impl PartialEq for Timeline {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.trace, &other.trace)
            && (Rc::ptr_eq(&self.pace, &other.pace) || self.pace == other.pace)
            && self.steps == other.steps
    }
}

impl Timeline {
    /// The timeline of a trace; `steps` are the lesson's, none in the playground.
    pub fn new(trace: Rc<Trace>, dissection: &Dissection, pace: Rc<Pace>, mut steps: Vec<StepMark>) -> Self {
        steps.sort();
        steps.dedup();
        let count = trace.entries.len() as u32;
        steps.retain(|mark| mark.index <= count);
        let segments = segment_marks(&trace);
        let messages = message_marks(&trace, dissection, &segments);
        Self { trace, pace, steps, messages, segments }
    }

    /// The lesson's steps.
    pub fn steps(&self) -> &[StepMark] {
        &self.steps
    }

    /// The marks of a step size.
    pub fn marks(&self, size: StepSize) -> &[StepMark] {
        match size {
            StepSize::LessonStep if !self.steps.is_empty() => &self.steps,
            StepSize::LessonStep if !self.messages.is_empty() => &self.messages,
            StepSize::LessonStep | StepSize::Segment => &self.segments,
        }
    }

    /// The end: everything applied, and the last fall of a lost segment over.
    pub fn end(&self) -> Cursor {
        Cursor::new(self.trace.entries.len() as u32, self.trace.end().max(self.pace.end()))
    }

    /// The cursor with everything applied that had happened by `at`.
    pub fn at(&self, at: Instant) -> Cursor {
        let at = at.min(self.end().at);
        Cursor::new(self.trace.applied_by(at), at)
    }

    /// The cursor at this time whose index is nearest to that of `cursor`.
    pub fn near(&self, cursor: Cursor) -> Cursor {
        let at = cursor.at.min(self.end().at);
        let before = self.trace.entries.partition_point(|entry| entry.at < at) as u32;
        Cursor::new(cursor.index.clamp(before, self.trace.applied_by(at)), at)
    }

    /// The cursor just after the entry before `index`.
    pub fn at_index(&self, index: u32) -> Cursor {
        let index = index.min(self.trace.entries.len() as u32);
        let at = index.checked_sub(1).map_or(Instant::ZERO, |last| self.trace.entries[last as usize].at);
        Cursor::new(index, at)
    }

    /// The next mark after a cursor.
    pub fn next(&self, size: StepSize, cursor: Cursor) -> Option<Cursor> {
        let marks = self.marks(size);
        marks.get(marks.partition_point(|mark| Cursor::from(*mark) <= cursor)).map(|mark| (*mark).into())
    }

    /// The last mark before a cursor.
    pub fn previous(&self, size: StepSize, cursor: Cursor) -> Option<Cursor> {
        let marks = self.marks(size);
        let place = marks.partition_point(|mark| Cursor::from(*mark) < cursor);
        place.checked_sub(1).map(|place| marks[place].into())
    }

    /// The lesson step that a cursor is at or after, from 0; none before the first.
    pub fn step_at(&self, cursor: Cursor) -> Option<usize> {
        self.steps.partition_point(|mark| Cursor::from(*mark) <= cursor).checked_sub(1)
    }
}

/// A mark after each segment that arrived or was lost and what followed from it at once, and at both ends.
fn segment_marks(trace: &Trace) -> Vec<StepMark> {
    let mut marks = vec![StepMark::default()];
    let is_end = |event: &Event| matches!(event, Event::PacketDelivered { .. } | Event::PacketDropped { .. });
    let mut open = false;
    for (place, entry) in trace.entries.iter().enumerate() {
        let before = place.checked_sub(1).map_or(Instant::ZERO, |last| trace.entries[last].at);
        if open && (is_end(&entry.event) || entry.at > before) {
            marks.push(StepMark { index: entry.index, at: before });
            open = false;
        }
        open |= is_end(&entry.event);
    }
    marks.push(StepMark { index: trace.entries.len() as u32, at: trace.end() });
    marks.dedup();
    marks
}

/// A mark after each segment that brought, or should have brought, the end of a message.
fn message_marks(trace: &Trace, dissection: &Dissection, segments: &[StepMark]) -> Vec<StepMark> {
    let is_http = |stream: &Stream| stream.messages.iter().any(|message| !message.start_line.is_empty());
    if !dissection.streams.values().any(is_http) {
        return Vec::new();
    }
    let mut marks = vec![StepMark::default()];
    for label in &dissection.segments {
        let (Some(range), Some(ended)) = (&label.range, label.ended) else { continue };
        // A message has arrived when it is at the connection's other end, not on the way.
        let receiver = label.connection.and_then(|id| dissection.connection(id)?.node(label.sender.other()));
        if label.lost.is_none() && receiver.is_some_and(|receiver| receiver != label.to) {
            continue;
        }
        let stream = label
            .connection
            .and_then(|id| dissection.connection(id)?.socket(label.sender))
            .and_then(|key| dissection.stream(key));
        let ends_message = stream.is_some_and(|stream| {
            stream.messages_in(range).any(|(_, message)| message.range.end <= range.end)
        });
        if ends_message {
            let place = segments.partition_point(|mark| mark.index <= ended);
            marks.extend(segments.get(place));
        }
    }
    marks.push(StepMark { index: trace.entries.len() as u32, at: trace.end() });
    marks.sort();
    marks.dedup();
    marks
}

/// A place in the trace that a step leads to, with the fields of a [`Cursor`]; a list of marks is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepMark {
    /// Entries applied.
    pub index: u32,
    /// Simulated time.
    pub at: Instant,
}

impl From<StepMark> for Cursor {
    fn from(mark: StepMark) -> Self {
        Self { index: mark.index, at: mark.at }
    }
}

impl From<Cursor> for StepMark {
    fn from(cursor: Cursor) -> Self {
        Self { index: cursor.index, at: cursor.at }
    }
}

/// Granularity of a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StepSize {
    /// A step of the lesson; without a lesson, an HTTP message that arrived or was lost; without HTTP, a segment.
    #[default]
    LessonStep,
    /// A segment that arrived or was lost, with what followed from it at once.
    Segment,
}
