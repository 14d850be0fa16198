//! Lays the ladder out.

use std::collections::BTreeMap;
use std::rc::Rc;

use playground_core::event::{Event, NodeId, Waiting};
use playground_core::tcp::{Notice, SocketId};
use playground_core::time::Instant;
use playground_core::trace::Trace;

use super::{Arrow, Ladder, Lifeline, WaitingBar, Zigzag, labels, notes, ticks};
use crate::dissection::Dissection;
use crate::pace::Pace;
use crate::role::role;

/// Waits shorter than this part of a hop are not drawn.
const SHORTEST_WAIT_PERCENT: u64 = 50;

pub(super) fn build(trace: &Trace, dissection: &Dissection, pace: &Pace) -> Ladder {
    let count = trace.scenario.nodes.len();
    let lifelines: Vec<Lifeline> = trace
        .scenario
        .nodes
        .iter()
        .enumerate()
        .map(|(place, spec)| Lifeline {
            node: NodeId(place as u16),
            name: spec.name.as_str().into(),
            kind: role(spec).0,
            // Room at both sides as wide as half the space between two lines.
            x: (place as f64 + 0.5) / count.max(1) as f64,
        })
        .collect();
    let x = |node: NodeId| lifelines.get(node.index()).map_or(0.5, |line| line.x);

    let mut arrows: Vec<Arrow> = dissection
        .segments
        .iter()
        .map(|label| Arrow {
            id: label.id,
            entry: label.sent,
            ended: label.ended,
            from: label.from,
            to: label.to,
            x0: x(label.from),
            x1: x(label.to),
            y0: pace.to_view(label.departs),
            y1: pace.to_view(label.arrives),
            way: if label.ended.is_some() { 1.0 } else { label.progress(pace.end()) },
            kind: label.kind,
            label: Rc::clone(&label.text),
            short: Rc::clone(&label.short),
            label_at: None,
            lost: label.lost.map(|(at, reason)| (label.lost_progress(at, reason), reason)),
            retransmission: label.retransmission,
            connection: label.connection,
        })
        .collect();
    labels::place(&mut arrows, lifelines.len(), dissection);

    Ladder {
        bars: bars(trace, dissection, pace, &x),
        notes: notes::notes(trace, dissection, pace, &x),
        zigzags: pace
            .compressed()
            .map(|(from, until)| Zigzag {
                y0: from.view,
                y1: until.view,
                from: from.at,
                lasts: until.at.since(from.at),
            })
            .collect(),
        ticks: ticks::ticks(pace),
        end: pace.view_end(),
        lifelines,
        arrows,
    }
}

/// A wait that has begun: whose, since when, what for, by which entry.
type OpenWait = (NodeId, Option<SocketId>, Instant, Waiting, u32);

/// Waits of the node itself, before it has a connection.
const fn is_of_node(purpose: Waiting) -> bool {
    matches!(purpose, Waiting::Address | Waiting::NameAnswer | Waiting::Echo | Waiting::Neighbour)
}

fn bars(trace: &Trace, dissection: &Dissection, pace: &Pace, x: &impl Fn(NodeId) -> f64) -> Vec<WaitingBar> {
    let shortest = dissection.hop.as_micros() * SHORTEST_WAIT_PERCENT / 100;
    let mut open: Vec<OpenWait> = Vec::new();
    let mut bars: Vec<WaitingBar> = Vec::new();
    let mut close = |(node, socket, since, waiting, entry): OpenWait, until: Instant| {
        if until.since(since).as_micros() >= shortest.max(1) {
            bars.push(WaitingBar {
                node,
                socket,
                x: x(node),
                column: 0,
                waiting,
                y0: pace.to_view(since),
                y1: pace.to_view(until),
                since,
                until,
                entry,
            });
        }
    };
    for entry in &trace.entries {
        let (socket, waiting) = match &entry.event {
            Event::WaitingChanged { socket, waiting } => (Some(*socket), *waiting),
            Event::Socket { socket, notice: Notice::Released } => (Some(*socket), Waiting::Nothing),
            Event::TimerStarted { socket: None, purpose, .. } if is_of_node(*purpose) => (None, *purpose),
            Event::TimerStopped { socket: None, purpose } | Event::TimerExpired { socket: None, purpose }
                if is_of_node(*purpose) =>
            {
                (None, Waiting::Nothing)
            }
            _ => continue,
        };
        if let Some(place) = open.iter().position(|wait| (wait.0, wait.1) == (entry.node, socket)) {
            if open[place].3 == waiting {
                continue;
            }
            close(open.swap_remove(place), entry.at);
        }
        if waiting != Waiting::Nothing {
            open.push((entry.node, socket, entry.at, waiting, entry.index));
        }
    }
    for wait in open {
        close(wait, pace.end());
    }
    bars.sort_by_key(|bar| (bar.since, bar.entry));
    columns(&mut bars);
    bars
}

/// Sets bars of one node that overlap side by side.
fn columns(bars: &mut [WaitingBar]) {
    let mut taken: BTreeMap<NodeId, Vec<Instant>> = BTreeMap::new();
    for bar in bars {
        let columns = taken.entry(bar.node).or_default();
        let column = columns.iter().position(|until| *until <= bar.since).unwrap_or(columns.len());
        if column == columns.len() {
            columns.push(bar.until);
        } else {
            columns[column] = bar.until;
        }
        bar.column = column as u32;
    }
}
