//! The rows of the ladder, in the order in which they happen.

use std::rc::Rc;

use playground_core::time::Instant;
use playground_core::trace::Trace;
use playground_lessons::{Language, Run, Step};
use playground_playback::{Arrow, Dissection, Ladder, LadderNote, Lifeline, Pace};
use playground_words::{Text, node_name};

/// A run, to be written down.
pub struct Notes {
    pub(crate) title: String,
    pub(crate) text: Text,
    pub(crate) trace: Rc<Trace>,
    pub(crate) dissection: Dissection,
    /// How many entries are written down.
    pub(crate) until: u32,
    /// From left to right.
    pub(crate) lifelines: Vec<Lifeline>,
    story: Vec<Step>,
    ladder: Ladder,
}

/// A row of the ladder.
pub(crate) enum Row<'n> {
    /// A step begins here: its number and its sentence.
    Step(usize, &'n str),
    /// A segment or a datagram.
    Arrow(&'n Arrow),
    /// A remark beside a lifeline.
    Note(&'n LadderNote),
}

impl Notes {
    /// The run in a language: the whole of it, or as far as a step, from 0, has happened.
    pub fn new(run: &Run, language: Language, until: Option<usize>) -> Self {
        let dissection = Dissection::new(&run.trace);
        let pace = Pace::new(&run.trace, &dissection);
        let ladder = Ladder::new(&run.trace, &dissection, &pace);
        let mut lifelines = ladder.lifelines.clone();
        lifelines.sort_by(|left, right| left.x.total_cmp(&right.x));
        let mut story = run.story(language);
        let mut entries = u32::try_from(run.trace.entries.len()).unwrap_or(u32::MAX);
        if let Some(step) = until.and_then(|place| run.steps.get(place)) {
            entries = step.index;
            story.truncate(until.map_or(0, |place| place + 1));
        }
        Self {
            title: run.text(language).title,
            text: Text::new(language),
            trace: run.trace.clone(),
            dissection,
            until: entries,
            lifelines,
            story,
            ladder,
        }
    }

    pub(crate) fn rows(&self) -> Vec<Row<'_>> {
        let steps = self.story.iter().zip(1..).filter(|(step, _)| !step.absent);
        let steps = steps.map(|(step, number)| ((step.index, 0), Row::Step(number, &step.title)));
        let arrows = self.ladder.arrows.iter().map(|arrow| ((arrow.entry, 1), Row::Arrow(arrow)));
        let notes = self.ladder.notes.iter().map(|note| ((note.entry, 2), Row::Note(note)));
        let mut rows: Vec<_> = arrows.chain(notes).filter(|((entry, _), _)| *entry < self.until).collect();
        rows.extend(steps);
        rows.sort_by_key(|(place, _)| *place);
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// The place of a node's lifeline, from the left.
    pub(crate) fn lane(&self, node: playground_core::event::NodeId) -> usize {
        self.lifelines.iter().position(|lifeline| lifeline.node == node).unwrap_or(0)
    }

    pub(crate) fn name(&self, lifeline: &Lifeline) -> String {
        node_name(self.text, &lifeline.name)
    }

    /// When an entry happened.
    pub(crate) fn at(&self, entry: u32) -> Instant {
        self.trace.entries.get(entry as usize).map_or(Instant::ZERO, |entry| entry.at)
    }

    /// `… and 12 more`.
    pub(crate) fn more(&self, count: usize) -> String {
        self.text.get("notation-more", &[("count", &count.to_string())])
    }
}
