//! The lines of a program and how far it has come.

use playground_core::event::{Event, NodeId};
use playground_core::node::{RoleSpec, SocketCall, Statement};
use playground_core::scenario::{Action, Intervention, Moment, Scenario};
use playground_core::sim::run;
use playground_core::tcp::{Returned, SocketId, State};
use playground_core::time::Instant;
use playground_core::trace::{Trace, World};
use playground_core::wire::Packet;

use crate::call::CallView;

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
    /// Return value: `5`, `-1 ECONNREFUSED`.
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

/// A variable of the program that holds a socket.
#[derive(Clone, Debug)]
struct Variable {
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
    /// Returns `None` when the node has no program of socket calls.
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

    /// The lines of a node's program after so many entries of the trace, at a time.
    ///
    /// Returns `None` when the node has no program of socket calls.
    pub fn lines(trace: &Trace, applied: u32, at: Instant, node: NodeId) -> Option<Vec<ProgramLine>> {
        Some(Self::lines_at(trace, applied, at, node)?.0)
    }

    /// The lines alone, and the program's sockets.
    fn lines_at(
        trace: &Trace,
        applied: u32,
        at: Instant,
        node: NodeId,
    ) -> Option<(Vec<ProgramLine>, Vec<Variable>)> {
        let spec = trace.scenario.nodes.get(node.index())?;
        let RoleSpec::Manual(manual) = &spec.role else { return None };
        let mut lines: Vec<ProgramLine> = manual.program.iter().map(|text| line(text, false)).collect();
        // Interventions take place by their moments, and after the same moment in their order.
        let mut typed: Vec<(Moment, &String)> = Vec::new();
        for intervention in &trace.scenario.interventions {
            if let Action::Call { node, call } = &intervention.action
                && *node == spec.name
                && intervention.after.at_us <= at
            {
                let place = typed.partition_point(|(other, _)| *other <= intervention.after);
                typed.insert(place, (intervention.after, call));
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

    /// The moment that a call typed at this time follows: everything that is shown at the same instant.
    pub fn typed_after(trace: &Trace, at: Instant) -> Moment {
        trace.moment_after(trace.applied_by(at), at)
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

/// Applies a returned call to the program's variables.
fn remember(variables: &mut Vec<Variable>, statement: &Statement, returned: &Returned) {
    if let (Some(name), Returned::Socket { socket, .. }) = (&statement.target, returned) {
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

/// A call that makes sense now, and what it would do at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The line: `read(c, 1000)`.
    pub line: String,
    /// Return value: `5`, `-1 EPIPE`; none when it would block.
    pub returns: Option<String>,
    /// Whether it would fail.
    pub fails: bool,
    /// The flags of the segment that it would send first: `SYN`.
    pub sends: Option<String>,
}

/// The port of every example.
const PORT: u16 = 80;

/// The calls that a program with these sockets could make.
fn choices(trace: &Trace, world: &World, at: Instant, node: NodeId, variables: &[Variable]) -> Vec<Choice> {
    let lines = lines(&trace.scenario, world, node, variables);
    lines.into_iter().filter_map(|line| tried(trace, node, at, line)).collect()
}

/// Makes the call in a run that ends in the same microsecond.
fn tried(trace: &Trace, node: NodeId, at: Instant, line: String) -> Option<Choice> {
    let mut scenario = Scenario::clone(&trace.scenario);
    let name = scenario.nodes.get(node.index())?.name.clone();
    let number = scenario.interventions.len() as u32;
    let action = Action::Call { node: name, call: line.clone() };
    let after = Program::typed_after(trace, at);
    scenario.interventions.push(Intervention { after, action });
    scenario.limits.time_us = at.since(Instant::ZERO);
    let trace = run(&scenario).ok()?;
    let typed = trace.entries.iter().position(
        |entry| matches!(entry.event, Event::Intervened { intervention } if intervention == number),
    )?;
    let sends = trace.entries[typed..].iter().find_map(|entry| match &entry.event {
        Event::PacketSent { packet: Packet::Segment(segment), .. } if entry.node == node => {
            Some(segment.flags.to_string())
        }
        _ => None,
    });
    let program = Program::lines_at(&trace, trace.entries.len() as u32, at, node)?.0;
    let last = program.last()?;
    Some(Choice {
        line,
        returns: last.result.clone().filter(|_| last.state == LineState::Returned),
        fails: last.failed,
        sends,
    })
}

/// The calls that make sense now.
fn lines(scenario: &Scenario, world: &World, node: NodeId, variables: &[Variable]) -> Vec<String> {
    let mut lines = Vec::new();
    let open: Vec<&Variable> = variables.iter().filter(|variable| !variable.closed).collect();
    for variable in &open {
        let name = &variable.name;
        let sockets = world.nodes.get(node.index()).map(|node| &node.sockets);
        match sockets.and_then(|sockets| sockets.get(&variable.socket)) {
            None => {
                lines.push(match variable.bound {
                    None => format!("bind({name}, {PORT})"),
                    Some(_) => format!("listen({name})"),
                });
                lines.extend(peers(scenario, node).map(|peer| format!("connect({name}, {peer}, {PORT})")));
            }
            Some(socket) if socket.listening_port.is_some() => {
                lines.push(format!("{} = accept({name})", fresh("c", variables)));
            }
            Some(socket) => {
                lines.push(format!("write({name}, \"{}\")", text(scenario, node)));
                lines.push(format!("read({name}, 1000)"));
                if !socket.output_shut && socket.state != State::Closed {
                    lines.push(format!("shutdown({name}, SHUT_WR)"));
                    lines.push(format!("setsockopt({name}, TCP_NODELAY, 1)"));
                    lines.push(format!("setsockopt({name}, SO_LINGER, 0)"));
                }
            }
        }
        lines.push(format!("close({name})"));
    }
    if open.is_empty() {
        lines.push(format!("{} = socket()", fresh("s", variables)));
    }
    lines
}

/// The names of the nodes at the other ends of the node's links.
fn peers(scenario: &Scenario, node: NodeId) -> impl Iterator<Item = &str> {
    let own = scenario.nodes.get(node.index()).map_or("", |node| node.name.as_str());
    scenario.links.iter().filter_map(move |link| {
        let (a, b) = (link.between.0.as_str(), link.between.1.as_str());
        if a == own { Some(b) } else { Some(a).filter(|_| b == own) }
    })
}

/// A name that no socket has had yet: `c`, `c2`.
fn fresh(stem: &str, variables: &[Variable]) -> String {
    match variables.iter().filter(|variable| variable.name.starts_with(stem)).count() {
        0 => stem.to_owned(),
        taken => format!("{stem}{}", taken + 1),
    }
}

/// A client asks, a server answers.
fn text(scenario: &Scenario, node: NodeId) -> &'static str {
    let is_client = scenario.nodes.get(node.index()).is_some_and(|node| node.name.starts_with("client"));
    if is_client { "GET / HTTP/1.0\\r\\n\\r\\n" } else { "HTTP/1.0 200 OK\\r\\n\\r\\nHello" }
}
