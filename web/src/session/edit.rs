//! What a person did to a lesson's run: appended to its scenario, never to its trace.

use playground_core::event::{Event, PacketId};
use playground_core::scenario::{Direction, Impairment, ImpairmentKind, Intervention, Scenario};
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;
use serde::{Deserialize, Serialize};

/// One change to a scenario, small enough for a link.
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
    /// A person reaches into the run.
    Intervene(Intervention),
}

impl Edit {
    /// When a segment was sent.
    pub fn sent_at(trace: &Trace, wanted: PacketId) -> Option<Instant> {
        let sent = trace
            .entries
            .iter()
            .find(|entry| matches!(&entry.event, Event::PacketSent { id, .. } if *id == wanted))?;
        Some(sent.at)
    }

    /// The segment `id` is lost on its way; none when the run has no such segment.
    pub fn lose(trace: &Trace, id: PacketId) -> Option<Self> {
        let (link, direction, nth) = place(trace, id)?;
        Some(Self::Impair {
            link,
            impairment: Impairment { direction, kind: ImpairmentKind::Drop { nth, data_only: false } },
        })
    }

    /// The segment `id` arrives later by `by_us`.
    pub fn delay(trace: &Trace, id: PacketId, by_us: Duration) -> Option<Self> {
        let (link, direction, nth) = place(trace, id)?;
        let kind = ImpairmentKind::Delay { nth, data_only: false, by_us };
        Some(Self::Impair { link, impairment: Impairment { direction, kind } })
    }

    /// Makes the change; one that fits no link of the scenario changes nothing.
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

/// Which link a segment crosses, which way, and the how manieth that way it is, from 1.
fn place(trace: &Trace, wanted: PacketId) -> Option<(usize, Direction, u32)> {
    let sent = trace.entries.iter().filter_map(|entry| match &entry.event {
        Event::PacketSent { id, hop, .. } => Some((*id, *hop, entry.node)),
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
