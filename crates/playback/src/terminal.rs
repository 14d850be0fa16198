//! The output of ping, line by line, as Linux prints it. The model has no time to live, so neither has a line.

use core::net::Ipv4Addr;

use playground_core::event::{ApplicationError, Event, Failure, NodeId};
use playground_core::node::{PingSpec, RoleSpec};
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;
use playground_core::wire::Packet;

use crate::cursor::Cursor;

/// Octets of an ICMP header, which ping counts and its data do not.
const ICMP_HEADER: u16 = 8;
/// Octets of an IPv4 and an ICMP header.
const HEADERS: u16 = 28;

/// The terminal of a run's ping, to be shown at any moment of it.
#[derive(Clone, Debug)]
pub struct Terminal {
    node: NodeId,
    name: String,
    spec: PingSpec,
    /// The first echo request: entry, destination.
    first: Option<(u32, Ipv4Addr)>,
    outcomes: Vec<Outcome>,
}

/// The outcome of one echo request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Outcome {
    entry: u32,
    sequence: u16,
    sent_at: Instant,
    /// The time it took, where the reply came.
    took: Option<Duration>,
    /// Why no reply came.
    problem: Option<Failure>,
    /// Who reported it.
    reporter: Option<Ipv4Addr>,
}

/// The terminal at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TerminalView {
    /// The host's name in the scenario.
    pub host: String,
    /// Lines from top to bottom.
    pub lines: Vec<TerminalLine>,
    /// Whether the program still runs.
    pub is_running: bool,
}

/// A line of a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TerminalLine {
    /// The text, as the program prints it.
    pub text: String,
    /// What it is.
    pub kind: LineKind,
    /// The entry at which it was printed; none for the command.
    pub entry: Option<u32>,
}

/// What a line of a terminal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// The command that was typed.
    Command,
    /// A line of output.
    Output,
    /// A line about a failure.
    Failure,
    /// The place of a line that a reply would have made: the program prints nothing. The text names the echo.
    Missing,
    /// A line of the summary.
    Summary,
}

impl Terminal {
    /// The terminal of a run.
    ///
    /// Returns `None` when no node runs ping.
    pub fn new(trace: &Trace) -> Option<Self> {
        let (node, name, spec) = pings(trace)?;
        let (name, spec) = (name.to_owned(), spec.clone());
        let first = trace.entries.iter().find_map(|entry| match &entry.event {
            Event::PacketSent { packet, .. } if entry.node == node && is_icmp(packet) => {
                Some((entry.index, packet.destination()))
            }
            _ => None,
        });
        let outcomes = trace.entries.iter().filter(|entry| entry.node == node).filter_map(|entry| {
            let (sequence, sent_at, took, problem) = match &entry.event {
                Event::EchoReturned { sequence, sent_at } => {
                    (*sequence, *sent_at, Some(entry.at.since(*sent_at)), None)
                }
                Event::EchoLost { sequence, problem, sent_at } => (*sequence, *sent_at, None, Some(*problem)),
                _ => return None,
            };
            let reporter = problem.and_then(|_| reporter(trace, entry.index));
            Some(Outcome { entry: entry.index, sequence, sent_at, took, problem, reporter })
        });
        let outcomes = outcomes.collect();
        Some(Self { node, name, spec, first, outcomes })
    }

    /// Whether a run has a node that runs ping.
    pub fn exists(trace: &Trace) -> bool {
        pings(trace).is_some()
    }

    /// The node that runs ping.
    pub const fn node(&self) -> NodeId {
        self.node
    }

    /// The terminal at a moment.
    pub fn at(&self, now: Cursor) -> TerminalView {
        let target = self.spec.host.as_deref().unwrap_or(&self.spec.to);
        let command = format!("$ ping -c {} {target}", self.spec.count);
        let mut lines = vec![TerminalLine { text: command, kind: LineKind::Command, entry: None }];
        let known: Vec<&Outcome> = self.outcomes.iter().filter(|outcome| outcome.entry < now.index).collect();
        if let Some((entry, address)) = self.first.filter(|(entry, _)| *entry < now.index) {
            let data = self.spec.data_len;
            let text = format!("PING {target} ({address}) {data}({}) bytes of data.", data + HEADERS);
            lines.push(TerminalLine { text, kind: LineKind::Output, entry: Some(entry) });
        }
        let mut expected = 1;
        for outcome in &known {
            if let Some((text, kind)) = self.line(outcome, target) {
                // A later echo has its line, and these have none.
                lines.extend((expected..outcome.sequence).map(|sequence| missing(sequence, outcome.entry)));
                expected = outcome.sequence + 1;
                lines.push(TerminalLine { text, kind, entry: Some(outcome.entry) });
            }
        }
        let ends = known.iter().any(|outcome| is_of_name(outcome.problem));
        let is_over = ends || known.len() >= usize::from(self.spec.count);
        if let (true, false, Some(last)) = (is_over, ends, known.last()) {
            lines.extend((expected..=self.spec.count).map(|sequence| missing(sequence, last.entry)));
            lines.extend(self.summary(&known, target, last));
        }
        TerminalView { host: self.name.clone(), lines, is_running: !is_over }
    }

    /// The line that ping prints about an outcome; none for an echo without any answer.
    fn line(&self, outcome: &Outcome, target: &str) -> Option<(String, LineKind)> {
        let sequence = outcome.sequence;
        let (Some((_, address)), Some(took)) = (self.first, outcome.took) else {
            let problem = match outcome.problem? {
                Failure::Application(ApplicationError::HostUnreachable) => "Destination Host Unreachable",
                Failure::Application(ApplicationError::NetworkUnreachable) => "Destination Net Unreachable",
                Failure::Application(ApplicationError::Unreachable) => "Destination Unreachable",
                problem if is_of_name(Some(problem)) => {
                    return Some((format!("ping: {target}: Name or service not known"), LineKind::Failure));
                }
                _ => return None,
            };
            let from = outcome.reporter.map_or_else(String::new, |from| format!("From {from} "));
            return Some((format!("{from}icmp_seq={sequence} {problem}"), LineKind::Failure));
        };
        let octets = self.spec.data_len + ICMP_HEADER;
        let text = format!("{octets} bytes from {address}: icmp_seq={sequence} time={} ms", millis(took));
        Some((text, LineKind::Output))
    }

    /// The statistics at the end, as iputils prints them.
    fn summary(&self, known: &[&Outcome], target: &str, last: &Outcome) -> Vec<TerminalLine> {
        let sent = known.len();
        let times: Vec<u64> =
            known.iter().filter_map(|outcome| outcome.took).map(Duration::as_micros).collect();
        let errors = known.iter().filter(|outcome| outcome.reporter.is_some()).count();
        let errors = if errors > 0 { format!(", +{errors} errors") } else { String::new() };
        let lost = (sent - times.len()) * 100 / sent.max(1);
        // As in iputils: from the first request to the last one, not to the last reply.
        let requests = || known.iter().map(|outcome| outcome.sent_at);
        let lasted =
            requests().max().zip(requests().min()).map_or(0, |(to, from)| to.since(from).as_micros() / 1_000);
        let mut texts = vec![
            format!("--- {target} ping statistics ---"),
            format!(
                "{sent} packets transmitted, {} received{errors}, {lost}% packet loss, time {lasted}ms",
                times.len()
            ),
        ];
        if let (Some(least), Some(most)) = (times.iter().min(), times.iter().max()) {
            let count = times.len() as u64;
            let mean = times.iter().sum::<u64>() / count;
            let squares = times.iter().map(|time| time * time).sum::<u64>() / count;
            let deviation = squares.saturating_sub(mean * mean).isqrt();
            let shown: Vec<String> = [*least, mean, *most, deviation]
                .map(|micros| format!("{}.{:03}", micros / 1_000, micros % 1_000))
                .to_vec();
            texts.push(format!("rtt min/avg/max/mdev = {} ms", shown.join("/")));
        }
        let line = |text| TerminalLine { text, kind: LineKind::Summary, entry: Some(last.entry) };
        texts.into_iter().map(line).collect()
    }
}

fn missing(sequence: u16, entry: u32) -> TerminalLine {
    TerminalLine { text: format!("icmp_seq={sequence}"), kind: LineKind::Missing, entry: Some(entry) }
}

/// The first node that runs ping, its name, and its settings.
fn pings(trace: &Trace) -> Option<(NodeId, &str, &PingSpec)> {
    trace.scenario.nodes.iter().enumerate().find_map(|(place, node)| match &node.role {
        RoleSpec::Ping(spec) => Some((NodeId(u16::try_from(place).ok()?), node.name.as_str(), spec)),
        _ => None,
    })
}

fn is_icmp(packet: &Packet) -> bool {
    matches!(packet, Packet::Datagram(datagram) if datagram.protocol == playground_core::wire::Protocol::Icmp)
}

/// Whether it failed before an echo could be sent.
const fn is_of_name(problem: Option<Failure>) -> bool {
    matches!(
        problem,
        Some(Failure::Application(
            ApplicationError::NameNotFound | ApplicationError::NameRefused | ApplicationError::NameTimeout
        ))
    )
}

/// The sender of the ICMP message that led to an entry.
fn reporter(trace: &Trace, entry: u32) -> Option<Ipv4Addr> {
    let id = match trace.entries.get(trace.entries.get(entry as usize)?.cause? as usize)?.event {
        Event::PacketDelivered { id } => id,
        _ => return None,
    };
    trace.entries.iter().find_map(|entry| match &entry.event {
        Event::PacketSent { id: sent, packet, .. } if *sent == id => Some(packet.source()),
        _ => None,
    })
}

/// Milliseconds with as many decimals as ping prints: about three digits.
fn millis(span: Duration) -> String {
    let micros = span.as_micros();
    let (whole, rest) = (micros / 1_000, micros % 1_000);
    match micros {
        100_000.. => whole.to_string(),
        10_000.. => format!("{whole}.{}", rest / 100),
        1_000.. => format!("{whole}.{:02}", rest / 10),
        _ => format!("{whole}.{rest:03}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_about_three_digits_as_ping_prints_them() {
        for (micros, expected) in
            [(120_400, "120"), (60_290, "60.2"), (6_094, "6.09"), (420, "0.420"), (100_000, "100")]
        {
            assert_eq!(millis(Duration::from_micros(micros)), expected);
        }
    }
}
