//! The experiment: lesson, knobs and edits, from which the scenario is made. Any change makes a new run.

use std::rc::Rc;

use playground_core::event::{Event, PacketId};
use playground_core::rule::Rule;
use playground_core::scenario::{
    Direction, Impairment, ImpairmentKind, Intervention, Limits, Scenario, ScenarioError, from_json,
};
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;
use playground_lessons::{KnobValues, Lesson, Run};
use serde::{Deserialize, Serialize};

use super::Captured;

/// Limit on the entries of a run from a link or from the editor, which bounds its computation time.
const MOST_ENTRIES: u32 = 30_000;
/// Limit on the edits of a run.
pub const MOST_EDITS: usize = 64;

/// A lesson, its knobs, and the edits made to it.
#[derive(Clone)]
pub struct Experiment {
    /// The lesson.
    pub lesson: &'static Lesson,
    /// Its knobs.
    pub values: KnobValues,
    /// The edits, in order.
    pub edits: Vec<Edit>,
    /// A scenario written by hand in place of the lesson's own.
    pub replaced: Option<Rc<Scenario>>,
    /// A capture that is shown in place of a run.
    pub captured: Option<Captured>,
}

/// Lessons are compared by their names.
impl PartialEq for Experiment {
    fn eq(&self, other: &Self) -> bool {
        let Self { lesson, values, edits, replaced, captured } = self;
        (lesson.id, values, edits, replaced, captured)
            == (other.lesson.id, &other.values, &other.edits, &other.replaced, &other.captured)
    }
}

impl Experiment {
    /// A lesson as it is.
    pub fn new(lesson: &'static Lesson) -> Self {
        Self {
            lesson,
            values: KnobValues::defaults(lesson),
            edits: Vec::new(),
            replaced: None,
            captured: None,
        }
    }

    /// The scenario that is run.
    pub fn scenario(&self) -> Scenario {
        let mut scenario = match &self.replaced {
            Some(scenario) => limited((**scenario).clone()),
            None => (self.lesson.scenario)(&self.values),
        };
        for edit in &self.edits {
            edit.apply(&mut scenario);
        }
        scenario
    }

    /// Runs it.
    ///
    /// # Errors
    ///
    /// The scenario cannot be run; the error names the field.
    pub fn run(&self) -> Result<Run, ScenarioError> {
        let Some(captured) = &self.captured else {
            return self.lesson.run_scenario(&self.values, self.scenario());
        };
        // A capture has no story; the lesson's words around it are those of the lesson's own run.
        let run = self.lesson.run(&self.values)?;
        Ok(Run { trace: Rc::clone(&captured.trace), steps: Vec::new(), ..run })
    }

    /// A scenario as formatted JSON.
    pub fn pretty(scenario: &Scenario) -> String {
        scenario.to_json()
    }

    /// The link's `scenario` parameter: the whole scenario or the list of edits, as JSON.
    pub fn extra(&self) -> Option<String> {
        match &self.replaced {
            Some(_) => Some(Self::pretty(&self.scenario())),
            None if self.edits.is_empty() => None,
            None => Some(serde_json::to_string_pretty(&self.edits).expect("plain data")),
        }
    }

    /// Applies the value of [`Experiment::extra`].
    ///
    /// # Errors
    ///
    /// The field and its problem; the experiment is then unchanged.
    pub fn set_extra(&mut self, json: &str) -> Result<(), ScenarioError> {
        if json.trim_start().starts_with('[') {
            let mut edits = from_json::<Vec<Edit>>(json)?;
            edits.truncate(MOST_EDITS);
            self.edits = edits;
            self.replaced = None;
        } else {
            self.replaced = Some(Rc::new(Scenario::from_json(json)?));
            self.edits.clear();
        }
        self.captured = None;
        Ok(())
    }
}

fn limited(mut scenario: Scenario) -> Scenario {
    let limits = &mut scenario.limits;
    *limits = Limits { entries: limits.entries.min(MOST_ENTRIES), ..*limits };
    scenario
}

/// One change to a scenario, short enough for a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Edit {
    /// An impairment of a link.
    Impair {
        /// The link's index in the scenario.
        link: usize,
        /// The impairment.
        impairment: Impairment,
    },
    /// Adds a user action during the run.
    Intervene(Intervention),
}

impl Edit {
    /// The time at which a segment was sent.
    pub fn sent_at(trace: &Trace, wanted: PacketId) -> Option<Instant> {
        let sent = trace
            .entries
            .iter()
            .find(|entry| matches!(&entry.event, Event::PacketSent { id, .. } if *id == wanted))?;
        Some(sent.at)
    }

    /// The segment `id` is lost on its way; none when the run has no such segment.
    pub fn lose(trace: &Trace, id: PacketId) -> Option<Self> {
        Self::impair(trace, id, |nth| ImpairmentKind::Drop { nth, data_only: false })
    }

    /// The segment `id` arrives later by `by_us`.
    pub fn delay(trace: &Trace, id: PacketId, by_us: Duration) -> Option<Self> {
        Self::impair(trace, id, |nth| ImpairmentKind::Delay { nth, data_only: false, by_us })
    }

    /// The segment `id` arrives twice.
    pub fn duplicate(trace: &Trace, id: PacketId) -> Option<Self> {
        Self::impair(trace, id, |nth| ImpairmentKind::Duplicate { nth, data_only: false })
    }

    /// The segment `id` is corrupted on its way.
    pub fn corrupt(trace: &Trace, id: PacketId) -> Option<Self> {
        Self::impair(trace, id, |nth| ImpairmentKind::Corrupt { nth, data_only: false })
    }

    fn impair(trace: &Trace, id: PacketId, kind: impl FnOnce(u32) -> ImpairmentKind) -> Option<Self> {
        let (link, direction, nth) = place(trace, id)?;
        Some(Self::Impair { link, impairment: Impairment { direction, kind: kind(nth) } })
    }

    /// Applies the edit; an edit of a link that the scenario does not have changes nothing.
    pub fn apply(&self, scenario: &mut Scenario) {
        match self {
            Self::Impair { link, impairment } => {
                if let Some(link) = scenario.links.get_mut(*link) {
                    link.impairments.push(impairment.clone());
                }
            }
            Self::Intervene(intervention) => scenario.interventions.push(intervention.clone()),
        }
    }
}

/// The link that a segment crosses, its direction, and its ordinal among segments in that direction, from 1.
fn place(trace: &Trace, wanted: PacketId) -> Option<(usize, Direction, u32)> {
    let sent = trace.entries.iter().filter_map(|entry| match &entry.event {
        // A copy that the link makes was not put on it.
        Event::PacketSent { id, hop, .. } if entry.rule != Rule::LinkDuplicates => {
            Some((*id, *hop, entry.node))
        }
        _ => None,
    });
    let (_, hop, from) = sent.clone().find(|(id, _, _)| *id == wanted)?;
    let link = trace.scenario.links.get(hop.index())?;
    let sender = trace.scenario.nodes.get(from.index())?;
    let direction = if link.between.0 == sender.name { Direction::Forward } else { Direction::Backward };
    let before =
        sent.take_while(|(id, _, _)| *id != wanted).filter(|(_, h, n)| (*h, *n) == (hop, from)).count();
    Some((hop.index(), direction, u32::try_from(before).ok()?.checked_add(1)?))
}
