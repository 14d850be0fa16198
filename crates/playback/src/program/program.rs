//! The lines of a program and how far it has come.

use playground_core::node::{RoleSpec, SocketCall, Statement};
use playground_core::sim::{Action, Scenario};
use playground_core::tcp::{Returned, SocketId};
use playground_core::time::{Duration, Instant};
use playground_core::trace::{Event, NodeId, Trace, World};

use super::choices::{Choice, choices};
use crate::CallView;

/// How far a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineState {
    /// The call has returned.
    Returned,
    /// The program waits in this call.
    Blocked,
    /// Its turn has not come.
    ToCome,
}

/// A line of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramLine {
    /// `c = accept(s)`.
    pub text: String,
    /// Whether a person has typed it during the run.
    pub typed: bool,
    /// How far it is.
    pub state: LineState,
    /// The entry at which it returned, or began to block.
    pub entry: Option<u32>,
    /// What it returned: `5`, `-1 ECONNREFUSED`.
    pub result: Option<String>,
    /// Whether it failed.
    pub failed: bool,
}

/// A program at a moment of the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// Whose it is.
    pub node: NodeId,
    /// Its lines, those typed last at the end.
    pub lines: Vec<ProgramLine>,
    /// The calls that make sense now, and what each would do; none while it waits or has lines to go.
    pub choices: Vec<Choice>,
}

/// What the program knows of one of its sockets.
#[derive(Clone, Debug)]
pub(super) struct Variable {
    pub name: String,
    pub socket: SocketId,
    pub bound: Option<u16>,
    pub closed: bool,
}

impl Program {
    /// The nodes of a scenario that have such a program.
    pub fn nodes(scenario: &Scenario) -> Vec<NodeId> {
        let is_program = |role: &RoleSpec| matches!(role, RoleSpec::Manual(_));
        let nodes = scenario.nodes.iter().zip(0..);
        nodes.filter(|(node, _)| is_program(&node.role)).map(|(_, place)| NodeId(place)).collect()
    }

    /// A node's program at this time, with all that happens at the same instant.
    ///
    /// Errors: `None` when the node has no program of socket calls.
    pub fn at(trace: &Trace, world: &World, at: Instant, node: NodeId) -> Option<Self> {
        // A call is typed after everything that happens at this instant, also where the cursor stands before it.
        let applied = world.applied.max(trace.applied_by(at));
        let later = (applied > world.applied).then(|| trace.world_after(applied));
        let world = later.as_ref().unwrap_or(world);
        let (lines, variables) = Self::lines_at(trace, world.applied, at, node)?;
        let is_free = lines.iter().all(|line| line.state == LineState::Returned);
        let choices = if is_free { choices(trace, world, at, node, &variables) } else { Vec::new() };
        Some(Self { node, lines, choices })
    }

    /// The lines alone, and the program's sockets.
    pub(super) fn lines_at(
        trace: &Trace,
        applied: u32,
        at: Instant,
        node: NodeId,
    ) -> Option<(Vec<ProgramLine>, Vec<Variable>)> {
        let spec = trace.scenario.nodes.get(node.index())?;
        let RoleSpec::Manual(manual) = &spec.role else { return None };
        let mut lines: Vec<ProgramLine> = manual.program.iter().map(|text| line(text, false)).collect();
        // Interventions take place by their time, and at the same time in their order.
        let mut typed: Vec<(Instant, &String)> = Vec::new();
        for intervention in &trace.scenario.interventions {
            if let Action::Call { node, call } = &intervention.action
                && *node == spec.name
                && intervention.at_us <= at
            {
                let place = typed.partition_point(|(other, _)| *other <= intervention.at_us);
                typed.insert(place, (intervention.at_us, call));
            }
        }
        lines.extend(typed.into_iter().map(|(_, text)| line(text, true)));

        let mut variables: Vec<Variable> = Vec::new();
        let mut next = 0;
        let entries = trace.entries.get(..applied as usize).unwrap_or_default();
        for entry in entries.iter().filter(|entry| entry.node == node) {
            let Some(line) = lines.get_mut(next) else { break };
            match &entry.event {
                Event::CallBlocked { .. } => {
                    line.state = LineState::Blocked;
                    line.entry = Some(entry.index);
                }
                Event::CallReturned { returned, .. } => {
                    line.state = LineState::Returned;
                    line.entry = Some(entry.index);
                    line.result = CallView::of(trace, entry.index).map(|call| call.result);
                    line.failed = matches!(returned, Returned::Failed { .. });
                    if let Ok(statement) = Statement::parse(&line.text) {
                        remember(&mut variables, &statement, returned);
                    }
                    next += 1;
                }
                _ => {}
            }
        }
        Some((lines, variables))
    }

    /// When a call that is typed at this moment is made: after everything that can be seen to have happened.
    pub fn typed_at(at: Instant) -> Instant {
        at + Duration::from_micros(1)
    }

    /// The line that the program waits in.
    pub fn blocked(&self) -> Option<usize> {
        self.lines.iter().position(|line| line.state == LineState::Blocked)
    }
}

fn line(text: &str, typed: bool) -> ProgramLine {
    ProgramLine {
        text: text.to_owned(),
        typed,
        state: LineState::ToCome,
        entry: None,
        result: None,
        failed: false,
    }
}

/// What a call that has returned changes for the program's variables.
fn remember(variables: &mut Vec<Variable>, statement: &Statement, returned: &Returned) {
    if let (Some(name), Returned::Socket { socket }) = (&statement.target, returned) {
        variables.push(Variable { name: name.clone(), socket: *socket, bound: None, closed: false });
        return;
    }
    let Some(variable) = variables.iter_mut().rev().find(|variable| variable.name == statement.socket) else {
        return;
    };
    match (&statement.call, returned) {
        (SocketCall::Bind(port), Returned::Done) => variable.bound = Some(*port),
        (SocketCall::Close, Returned::Done) => variable.closed = true,
        _ => {}
    }
}
