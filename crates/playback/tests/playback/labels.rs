//! What the roles in the lessons wait for and believe, and what their calls return.

use std::collections::BTreeMap;

use playground_core::event::{Belief, Event, NodeId, Waiting};
use playground_core::node::RoleSpec;
use playground_core::tcp::{Notice, State};
use playground_core::trace::Trace;
use playground_lessons::{KnobValues, Lesson, Run, find};
use playground_playback::{CallView, Dissection, SocketKey, Why};

use crate::lessons::every_run;

fn lesson(id: &str) -> &'static Lesson {
    find(id).unwrap_or_else(|| panic!("no lesson {id}"))
}

/// What the node waits for on its connections at a step, in the order of opening.
fn waits(run: &Run, step: &str, node: &str) -> Vec<Waiting> {
    let mark = run.steps.iter().find(|mark| mark.id == step).unwrap_or_else(|| panic!("no step {step}"));
    let place = run.trace.scenario.nodes.iter().position(|spec| spec.name == node).expect("a node");
    let world = run.trace.world_after(mark.index);
    world.nodes[place].sockets.values().filter_map(|socket| Some(socket.waiting?.0)).collect()
}

#[test]
fn at_these_steps_these_nodes_wait_for_this() {
    use Waiting::{
        Connection, NextRequest, Processing, Request, Response, ResponseSent, RestOfRequest, ServerClose,
        TlsHandshake,
    };
    let table: &[(&str, &str, &str, &[Waiting])] = &[
        ("first-page", "syn", "client", &[Connection]),
        ("first-page", "page", "server", &[ResponseSent]),
        ("https", "hello", "client", &[TlsHandshake]),
        ("https", "answer", "server", &[TlsHandshake]),
        ("https", "request", "client", &[Response]),
        ("segments", "cut", "server", &[ResponseSent]),
        ("slow-start", "first", "server", &[ResponseSent]),
        ("nagle", "half", "server", &[RestOfRequest]),
        ("connection-header", "read", "proxy", &[Response]),
        ("connection-header", "named", "proxy", &[Response, Connection]),
        ("connection-header", "own", "proxy", &[Response, Response]),
        ("keep-alive", "whole", "client", &[NextRequest]),
        ("keep-alive", "idle", "server", &[Request]),
        ("dumb-proxy", "waiting", "proxy", &[ServerClose, ServerClose]),
        ("dumb-proxy", "waiting", "client", &[Response]),
        ("dumb-proxy", "waiting", "server", &[Request]),
        ("pipelining", "blocked", "server", &[Processing]),
        ("pipelining", "blocked", "client", &[Response]),
    ];
    for (id, step, node, expected) in table {
        let lesson = lesson(id);
        let run = lesson.run(&KnobValues::defaults(lesson)).expect("it runs");
        assert_eq!(waits(&run, step, node), *expected, "{id}, {step}: {node}");
    }
}

/// What is known of a connection's end so far.
#[derive(Default)]
struct End {
    state: Option<State>,
    waiting: Option<Waiting>,
    belief: Option<Belief>,
    accepted: bool,
    /// A request has been read, and nothing of an answer is written.
    works: bool,
    queued: u64,
    acknowledged: u64,
    /// The last conclusion: whether the connection stays.
    stays: Option<bool>,
}

fn check_ends(name: &str, trace: &Trace) {
    let mut ends: BTreeMap<SocketKey, End> = BTreeMap::new();
    let mut before = None;
    for entry in &trace.entries {
        if before.is_some_and(|before| before < entry.at) {
            for (key, end) in &ends {
                let name = || format!("{name}, {:?} before {}", key, entry.at);
                let opened = !matches!(end.state, None | Some(State::SynSent | State::SynReceived));
                assert!(!opened || end.waiting != Some(Waiting::Connection), "{}: is open", name());
                let is_unacknowledged = end.queued > end.acknowledged;
                assert!(!is_unacknowledged || end.waiting != Some(Waiting::Request), "{}: sends", name());
                assert!(!end.works || end.waiting != Some(Waiting::Request), "{}: has a request", name());
                assert!(
                    end.stays != Some(false) || end.waiting != Some(Waiting::NextRequest),
                    "{}: no request follows",
                    name()
                );
                assert!(
                    end.accepted || end.stays != Some(true) || end.belief != Some(Belief::AskedToPersist),
                    "{}: knows that it stays",
                    name()
                );
            }
        }
        before = Some(entry.at);
        let Some(key) = entry.event.socket().map(|socket| SocketKey::new(entry.node, socket)) else {
            continue;
        };
        let end = ends.entry(key).or_default();
        match &entry.event {
            Event::Socket { notice, .. } => match notice {
                Notice::Opened { listener, .. } => end.accepted = listener.is_some(),
                Notice::StateChanged { to, .. } => end.state = Some(*to),
                Notice::BytesQueued { range } => {
                    end.queued = range.end;
                    end.works = false;
                }
                Notice::BytesAcknowledged { range } => end.acknowledged = range.end,
                Notice::BytesDiscarded { .. } | Notice::Errored { .. } => end.acknowledged = u64::MAX,
                _ => {}
            },
            Event::WaitingChanged { waiting, .. } => end.waiting = Some(*waiting),
            Event::BeliefChanged { belief, .. } => end.belief = Some(*belief),
            Event::RequestReceived { .. } => end.works = true,
            Event::PersistenceDecided { persistence, .. } => end.stays = Some(persistence.persists),
            _ => {}
        }
    }
}

#[test]
fn nobody_waits_for_what_has_come_or_cannot_come() {
    every_run(check_ends);
}

/// Numbers of open files of each node's process, by what its calls say.
fn check_descriptors(name: &str, trace: &Trace) {
    let mut open: BTreeMap<NodeId, Vec<String>> = BTreeMap::new();
    for entry in &trace.entries {
        let Some(view) = CallView::of(trace, entry.index) else { continue };
        let name = || format!("{name}, {}: {} = {}", entry.index, view.call, view.result);
        let open = open.entry(entry.node).or_default();
        let lowest = (3..).map(|number| number.to_string()).find(|number| !open.contains(number));
        let lowest = lowest.expect("a number");
        let (function, arguments) = view.call.split_once('(').expect("a call");
        let descriptor = arguments.split([',', ')']).next().unwrap_or_default().to_owned();
        let failed = view.error.is_some();
        match function {
            _ if view.would_block => {}
            "socket" => {
                assert_eq!(view.result, lowest, "{}", name());
                open.push(lowest);
            }
            "accept" => {
                assert_eq!(
                    (view.result.as_str(), open.contains(&descriptor)),
                    (lowest.as_str(), true),
                    "{}",
                    name()
                );
                open.push(lowest);
            }
            "connect" | "listen" => {
                let results: &[&str] = match (function, failed) {
                    (_, true) => &[],
                    ("connect", _) => &["0", "-1 EINPROGRESS"],
                    _ => &["0"],
                };
                assert!(failed || results.contains(&view.result.as_str()), "{}", name());
                let role = &trace.scenario.nodes[entry.node.index()].role;
                let is_program = matches!(role, RoleSpec::Manual(_));
                assert!(failed || (view.result == "0") == (is_program || function == "listen"), "{}", name());
                if !open.contains(&descriptor) {
                    assert!(!is_program && descriptor == lowest, "{}", name());
                    if !failed {
                        open.push(descriptor);
                    }
                }
            }
            "close" if !failed => {
                let known = open.iter().position(|number| *number == descriptor);
                open.remove(known.unwrap_or_else(|| panic!("{}: not open", name())));
            }
            _ if failed => {}
            _ => assert!(open.contains(&descriptor), "{}", name()),
        }
    }
}

#[test]
fn calls_return_descriptors_as_posix_numbers_them_and_connect_returns_none() {
    every_run(check_descriptors);
}

/// A failed call names the failure's rule, and a clock that ticked on and on before it is told once.
#[test]
fn a_failed_call_has_a_reason_of_its_own_and_its_clock_is_told_once() {
    let mut failed = 0;
    every_run(|name, trace| {
        let dissection = Dissection::new(trace);
        let errors = trace
            .entries
            .iter()
            .filter(|entry| CallView::of(trace, entry.index).is_some_and(|view| view.error.is_some()));
        for entry in errors.take(20) {
            failed += 1;
            let links = Why::of(trace, &dissection, entry.index).links;
            assert_ne!(links[0].rule.key(), "application", "{name}: {:?}", links[0].phrase);
            // The first cause stands at the end, whatever it is.
            let causes = &links[..links.len() - 1];
            let mut ticks: Vec<_> = causes
                .iter()
                .filter(|link| link.phrase.key == "application-timer-expired")
                .map(|link| format!("{:?}", link.phrase.args))
                .filter(|arguments| arguments.contains("timer-waiting-next-request"))
                .collect();
            let all = ticks.len();
            ticks.sort_unstable();
            ticks.dedup();
            assert_eq!(ticks.len(), all, "{name}: {links:?}");
        }
    });
    assert!(failed > 50, "{failed}");
}
