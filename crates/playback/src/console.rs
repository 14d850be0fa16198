//! The console of a node: the calls that were typed, and those of its own program, with their results.

use std::collections::BTreeSet;

use playground_core::event::{Event, NodeId};
use playground_core::node::{BuildRole, Forwards, RoleSpec};
use playground_core::scenario::{Action, Scenario};
use playground_core::tcp::{Call, Returned, SocketId};
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;

use crate::call::CallView;
use crate::cursor::Cursor;
use crate::program::{LineState, Program};

/// A line of a console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsoleLine {
    /// When the call was made.
    pub at: Instant,
    /// As it was typed: `read(3, 4096)`.
    pub text: String,
    /// How far it is.
    pub state: LineState,
    /// The entry at which it returned, or began to block.
    pub entry: Option<u32>,
    /// Return value: `5`, `-1 ECONNREFUSED`.
    pub result: Option<String>,
    /// Whether it failed.
    pub failed: bool,
    /// How long it has waited, or waited until it returned; none for a call that returned at once.
    pub waited: Option<Duration>,
}

/// A console at a moment of the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Console {
    /// Whose it is.
    pub node: NodeId,
    /// Its lines, in the order of their times.
    pub lines: Vec<ConsoleLine>,
    /// Whether the node has no power.
    pub is_down: bool,
    /// Whether its application has been told not to read.
    pub is_unread: bool,
    /// The file descriptors that are open.
    pub descriptors: BTreeSet<u32>,
}

/// The calls that a console knows, as they are typed.
const CALLS: &[&str] = &[
    "socket()",
    "bind(",
    "listen(",
    "accept(",
    "connect(",
    "read(",
    "write(",
    "shutdown(",
    "close(",
    "setsockopt(",
];

impl Console {
    /// The nodes that have one: all but switches, routers and hosts that are off.
    pub fn nodes(scenario: &Scenario) -> Vec<NodeId> {
        let nodes = scenario.nodes.iter().zip(0..);
        let has = |role: &RoleSpec| role.forwards() == Forwards::Nothing && !role.is_off();
        nodes.filter(|(node, _)| has(&node.role)).map(|(_, place)| NodeId(place)).collect()
    }

    /// A node's console at a moment.
    ///
    /// Returns `None` when there is no such node.
    pub fn at(trace: &Trace, now: Cursor, node: NodeId) -> Option<Self> {
        let spec = trace.scenario.nodes.get(node.index())?;
        let lines = match &spec.role {
            RoleSpec::Manual(_) => of_program(trace, now, node)?,
            _ => typed(trace, now, node, &spec.name),
        };
        let world = trace.world_after(now.index);
        let own = world.nodes.get(node.index())?;
        Some(Self {
            node,
            lines,
            is_down: own.down_since.is_some(),
            is_unread: own.unread_since.is_some(),
            descriptors: descriptors(trace, now, node),
        })
    }

    /// The line whose call has not returned.
    pub fn blocked(&self) -> Option<&ConsoleLine> {
        self.lines.iter().find(|line| line.state == LineState::Blocked)
    }

    /// What the text could be completed to: names of calls, then descriptors, then the nodes of a `connect`.
    pub fn completions(&self, scenario: &Scenario, text: &str) -> Vec<String> {
        let Some((call, arguments)) = text.split_once('(') else {
            let begun = text.rsplit(['=', ' ']).next().unwrap_or(text);
            let before = &text[..text.len() - begun.len()];
            let named = CALLS.iter().filter(|call| call.starts_with(begun));
            return named.map(|call| format!("{before}{call}")).collect();
        };
        let function = call.rsplit(['=', ' ']).next().unwrap_or(call);
        let names: Vec<String> = match (function, arguments.matches(',').count()) {
            ("socket", _) => Vec::new(),
            (_, 0) => self.descriptors.iter().map(u32::to_string).chain(self.variables()).collect(),
            ("connect", 1) => {
                let others = scenario.nodes.iter().zip(0..).filter(|(_, place)| NodeId(*place) != self.node);
                others.map(|(node, _)| node.name.clone()).collect()
            }
            ("shutdown", 1) => vec!["SHUT_WR".to_owned()],
            ("setsockopt", 1) => {
                let options = ["TCP_NODELAY", "SO_LINGER", "SO_REUSEADDR", "SO_KEEPALIVE", "TCP_KEEPIDLE"];
                options.map(str::to_owned).to_vec()
            }
            _ => Vec::new(),
        };
        let begun = arguments.rsplit(',').next().unwrap_or(arguments).trim_start();
        let before = &text[..text.len() - begun.len()];
        names.iter().filter(|name| name.starts_with(begun)).map(|name| format!("{before}{name}")).collect()
    }

    /// The names that earlier lines gave to what calls returned, each once.
    fn variables(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for line in &self.lines {
            let Some((name, _)) = line.text.split_once('=').filter(|(name, _)| !name.contains('(')) else {
                continue;
            };
            let name = name.trim();
            if !name.is_empty() && names.iter().all(|known| known != name) {
                names.push(name.to_owned());
            }
        }
        names
    }
}

/// The lines of a program of socket calls; a person types behind them.
fn of_program(trace: &Trace, now: Cursor, node: NodeId) -> Option<Vec<ConsoleLine>> {
    let lines = Program::lines(trace, now.index, now.at, node)?;
    let mut after = 0;
    let lines = lines.into_iter().filter(|line| line.typed || line.state != LineState::ToCome).map(|line| {
        let began = line.entry.and_then(|end| {
            let blocks = |index: &u32| {
                let entry = &trace.entries[*index as usize];
                entry.node == node && matches!(entry.event, Event::CallBlocked { .. })
            };
            (after..=end).find(blocks)
        });
        after = line.entry.map_or(after, |entry| entry + 1);
        let at = began.or(line.entry).map_or(now.at, |entry| trace.entries[entry as usize].at);
        let until = match (line.state, line.entry) {
            (LineState::Returned, Some(entry)) => trace.entries[entry as usize].at,
            _ => now.at,
        };
        ConsoleLine {
            at,
            text: line.text,
            state: line.state,
            entry: line.entry,
            result: line.result,
            failed: line.failed,
            waited: began.map(|_| until.since(at)),
        }
    });
    Some(lines.collect())
}

/// What was typed at a node with another role.
fn typed(trace: &Trace, now: Cursor, node: NodeId, name: &str) -> Vec<ConsoleLine> {
    let past = trace.entries.get(..now.index as usize).unwrap_or_default();
    let mut lines = Vec::new();
    for entry in past {
        let Event::Intervened { intervention } = entry.event else { continue };
        let Some(intervention) = trace.scenario.interventions.get(intervention as usize) else { continue };
        let Action::Call { node: own, call } = &intervention.action else { continue };
        if own != name {
            continue;
        }
        let later = &past[entry.index as usize..];
        let made = later.iter().find(|other| {
            other.cause == Some(entry.index)
                && matches!(other.event, Event::CallReturned { .. } | Event::CallBlocked { .. })
        });
        let blocked = made.and_then(|made| match &made.event {
            Event::CallBlocked { socket, call, .. } => Some((made.index, *socket, call)),
            _ => None,
        });
        let end = match blocked {
            Some((began, socket, call)) => past[began as usize..]
                .iter()
                .find(|other| other.node == node && returns(&other.event, socket, call)),
            None => made,
        };
        let view = end.and_then(|end| CallView::of(trace, end.index));
        lines.push(ConsoleLine {
            at: entry.at,
            text: call.clone(),
            state: match (end, made) {
                (Some(_), _) => LineState::Returned,
                (None, Some(_)) => LineState::Blocked,
                (None, None) => LineState::ToCome,
            },
            entry: end.or(made).map(|entry| entry.index),
            failed: view.as_ref().is_some_and(|view| view.error.is_some()),
            result: view.map(|view| view.result),
            waited: blocked.map(|_| end.map_or(now.at, |end| end.at).since(entry.at)),
        });
    }
    lines
}

/// Whether an event is the return of a call that blocked.
fn returns(event: &Event, on: SocketId, blocked: &Call) -> bool {
    let Event::CallReturned { socket, call, .. } = event else { return false };
    *socket == Some(on) && core::mem::discriminant(call) == core::mem::discriminant(blocked)
}

/// The file descriptors that are open at a node.
fn descriptors(trace: &Trace, now: Cursor, node: NodeId) -> BTreeSet<u32> {
    let mut open = BTreeSet::new();
    let past = trace.entries.get(..now.index as usize).unwrap_or_default();
    for entry in past.iter().filter(|entry| entry.node == node) {
        match &entry.event {
            Event::HostCrashed => open.clear(),
            Event::CallReturned { call, descriptor, returned, .. } => match (call, returned, descriptor) {
                (_, Returned::Socket { descriptor, .. }, _) => {
                    open.insert(*descriptor);
                }
                (_, Returned::Failed { .. }, _) => {}
                (Call::Close | Call::Abort, _, Some(descriptor)) => {
                    open.remove(&descriptor.get());
                }
                (_, _, Some(descriptor)) => {
                    open.insert(descriptor.get());
                }
                _ => {}
            },
            _ => {}
        }
    }
    open
}
