//! What a program could call now, and what each call would do: the model itself is asked.

use playground_core::sim::{Action, Intervention, Scenario, run};
use playground_core::tcp::State;
use playground_core::time::Instant;
use playground_core::trace::{Event, NodeId, Trace, World};

use super::program::{LineState, Program, Variable};

/// A call that makes sense now, and what it would do at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The line: `read(c, 1000)`.
    pub line: String,
    /// What it would return: `5`, `-1 EPIPE`; none when it would block.
    pub returns: Option<String>,
    /// Whether it would fail.
    pub fails: bool,
    /// The flags of the segment that it would send first: `SYN`.
    pub sends: Option<String>,
}

/// The port of every example.
const PORT: u16 = 80;

/// What a program with these sockets could call.
pub(super) fn choices(
    trace: &Trace,
    world: &World,
    at: Instant,
    node: NodeId,
    variables: &[Variable],
) -> Vec<Choice> {
    let lines = lines(&trace.scenario, world, node, variables);
    lines.into_iter().filter_map(|line| tried(&trace.scenario, node, at, line)).collect()
}

/// Makes the call in a run that ends at the same moment.
fn tried(scenario: &Scenario, node: NodeId, at: Instant, line: String) -> Option<Choice> {
    let mut scenario = scenario.clone();
    let name = scenario.nodes.get(node.index())?.name.clone();
    let number = scenario.interventions.len() as u32;
    let action = Action::Call { node: name, call: line.clone() };
    let at = Program::typed_at(at);
    scenario.interventions.push(Intervention { at_us: at, action });
    scenario.limits.time_us = at.since(Instant::ZERO);
    let trace = run(&scenario).ok()?;
    let typed = trace.entries.iter().position(
        |entry| matches!(entry.event, Event::Intervened { intervention } if intervention == number),
    )?;
    let sends = trace.entries[typed..].iter().find_map(|entry| match &entry.event {
        Event::SegmentSent { segment, .. } if entry.node == node => Some(segment.flags.to_string()),
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
