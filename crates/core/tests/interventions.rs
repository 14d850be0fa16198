//! What a user does to a run: to a packet on its way, a link, a node, and at a node's console.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::event::{DropReason, Event, PacketId};
use playground_core::http::Version;
use playground_core::node::{Asks, RoleSpec};
use playground_core::rule::Rule;
use playground_core::scenario::{Action, Intervention, Moment, Scenario};
use playground_core::tcp::{CallError, Notice, ProfileName, Returned, SocketId, State};
use playground_core::time::Instant;
use playground_core::trace::Trace;
use playground_core::wire::{Packet, Segment};
use support::ms;
use support::scenes::{chain, origin, trace, two_requests};

/// A client that asks a server twice over one connection: 20 ms one way.
fn scene() -> Scenario {
    let mut client = two_requests("server", Version::Http11, Asks::Nothing);
    client.port = 80;
    chain(
        ProfileName::Linux,
        ms(20),
        vec![
            ("client", RoleSpec::Client(client)),
            ("server", RoleSpec::OriginServer(origin(Version::Http11))),
        ],
    )
}

fn client() -> String {
    "client".to_owned()
}

fn server() -> String {
    "server".to_owned()
}

/// The run with these actions, each at so many milliseconds.
fn with(actions: Vec<(u64, Action)>) -> Trace {
    let mut scenario = scene();
    scenario.interventions = actions
        .into_iter()
        .map(|(at, action)| Intervention { after: Moment::start_of(Instant::ZERO + ms(at)), action })
        .collect();
    trace(&scenario)
}

fn segments(trace: &Trace) -> impl Iterator<Item = (PacketId, u16, &Segment, Rule)> {
    trace.entries.iter().filter_map(|entry| match &entry.event {
        Event::PacketSent { id, packet: Packet::Segment(segment), .. } => {
            Some((*id, entry.node.0, segment.as_ref(), entry.rule))
        }
        _ => None,
    })
}

fn completed(trace: &Trace) -> usize {
    trace.entries.iter().filter(|entry| matches!(entry.event, Event::TransactionCompleted { .. })).count()
}

/// The packet that is on its way at a millisecond.
fn under_way(at: u64) -> u32 {
    let run = trace(&scene());
    let world = run.world_after(run.applied_by(Instant::ZERO + ms(at)));
    world.in_flight.first().expect("one is on its way").0
}

#[test]
fn a_packet_on_its_way_is_lost_delayed_doubled_or_corrupted() {
    let (at, packet) = (50, under_way(50));
    let id = PacketId(packet);
    let dropped = |trace: &Trace| {
        trace.entries.iter().find_map(|entry| match entry.event {
            Event::PacketDropped { id: lost, reason } if lost == id => Some((entry.at, reason)),
            _ => None,
        })
    };
    let delivered = |trace: &Trace| {
        let is_it = |event: &Event| matches!(event, Event::PacketDelivered { id: came } if *came == id);
        trace.entries.iter().find(|entry| is_it(&entry.event)).map(|entry| entry.at)
    };
    let plain = delivered(&trace(&scene())).expect("it arrives");

    let lost = with(vec![(at, Action::Lose { packet })]);
    assert_eq!(dropped(&lost), Some((Instant::ZERO + ms(at), DropReason::Scripted)));
    assert_eq!(completed(&lost), 2, "it is sent again");

    let corrupted = with(vec![(at, Action::Corrupt { packet })]);
    assert_eq!(dropped(&corrupted), Some((plain, DropReason::Corrupted)));

    let late = with(vec![(at, Action::Delay { packet, by_us: ms(7) })]);
    assert_eq!(delivered(&late), Some(plain + ms(7)));

    let doubled = with(vec![(at, Action::Duplicate { packet })]);
    let copies: Vec<_> = segments(&doubled).filter(|(.., rule)| *rule == Rule::LinkDuplicates).collect();
    let original = segments(&doubled).find(|(other, ..)| *other == id).expect("it was sent");
    assert_eq!(copies.len(), 1);
    assert_eq!((copies[0].1, copies[0].2), (original.1, original.2), "the copy is the packet");
    assert_eq!(completed(&doubled), 2);
}

#[test]
fn what_is_not_on_its_way_cannot_be_changed_any_more() {
    let plain = trace(&scene());
    for action in [Action::Lose { packet: 0 }, Action::Corrupt { packet: 9_999 }] {
        let run = with(vec![(50, action)]);
        assert_eq!(run.entries.len(), plain.entries.len() + 1, "the intervention alone");
    }
}

/// RFC 5961 section 3.2: exactly the next number resets; another one in the window is answered by a challenge ACK.
#[test]
fn a_forged_reset_is_taken_or_challenged() {
    let reset = |beyond| with(vec![(45, Action::InjectReset { node: client(), socket: 0, beyond })]);
    let is_challenge = |trace: &Trace| segments(trace).any(|(.., rule)| rule == Rule::ChallengeAck);
    let exact = reset(0);
    assert!(!is_challenge(&exact));
    let failed = |error: CallError| {
        move |event: &Event| {
            matches!(event, Event::Socket { socket: SocketId(0), notice: Notice::Errored { error: known } }
                if *known == error)
        }
    };
    assert!(
        exact
            .entries
            .iter()
            .any(|entry| entry.node.0 == 0 && failed(CallError::ConnectionReset)(&entry.event))
    );
    let forged = segments(&exact).find(|(.., rule)| *rule == Rule::ForgedReset).expect("it was sent");
    assert_eq!((forged.1, forged.2.flags.is_rst()), (1, true), "it comes from the peer’s end of the link");

    let guessed = reset(500);
    assert!(is_challenge(&guessed));
    assert_eq!(completed(&guessed), 2, "the connection lives on");
}

/// RFC 9293 section 3.5.1: half-open connections. The old connection's segments find no connection any more.
#[test]
fn a_crashed_host_is_silent_and_a_restarted_one_resets() {
    let crashed = with(vec![(45, Action::Crash { node: server() })]);
    let after = Instant::ZERO + ms(45);
    assert!(
        !crashed.entries.iter().any(|entry| entry.node.0 == 1
            && entry.at >= after
            && matches!(entry.event, Event::PacketSent { .. })),
        "no FIN, no RST, no ACK"
    );
    let host_down =
        |event: &Event| matches!(event, Event::PacketDropped { reason: DropReason::HostDown, .. });
    assert!(crashed.entries.iter().any(|entry| host_down(&entry.event) && entry.rule == Rule::HostOff));
    let world = crashed.world_after(crashed.entries.len() as u32);
    assert_eq!(world.nodes[1].down_since, Some(after));
    assert!(world.nodes[1].sockets.values().all(|socket| socket.released_at == Some(after)));

    let back = with(vec![(45, Action::Crash { node: server() }), (47, Action::Restart { node: server() })]);
    assert!(segments(&back).any(|(_, node, segment, rule)| {
        node == 1 && segment.flags.is_rst() && rule == Rule::NoConnection
    }));
    let world = back.world_after(back.entries.len() as u32);
    assert_eq!(world.nodes[1].down_since, None);
    let listens = |event: &Event| matches!(event, Event::Socket { notice: Notice::Listening { .. }, .. });
    let began = back.entries.iter().filter(|entry| entry.node.0 == 1 && listens(&entry.event));
    assert_eq!(began.count(), 2, "the server begins again");
    assert!(completed(&back) > 0, "and answers new connections");
}

#[test]
fn an_application_that_stops_reading_leaves_octets_in_the_buffer_and_reads_them_later() {
    let stopped = with(vec![(50, Action::StopReading { node: client() })]);
    let reads = |trace: &Trace| {
        trace.entries.iter().any(|entry| {
            entry.node.0 == 0
                && entry.at >= Instant::ZERO + ms(50)
                && matches!(entry.event, Event::Socket { notice: Notice::BytesRead { .. }, .. })
        })
    };
    assert!(!reads(&stopped));
    let world = stopped.world_after(stopped.entries.len() as u32);
    assert_eq!(world.nodes[0].unread_since, Some(Instant::ZERO + ms(50)));
    let socket = &world.nodes[0].sockets[&SocketId(0)];
    assert!(socket.received > socket.read && socket.state != State::Closed);

    let again =
        with(vec![(50, Action::StopReading { node: client() }), (500, Action::ReadAgain { node: client() })]);
    assert!(reads(&again));
    assert_eq!(completed(&again), 2);
}

#[test]
fn a_link_loses_from_now_on_until_it_is_healed() {
    let between = || (client(), server());
    let lossy = with(vec![(50, Action::MakeLossy { between: between(), per_mille: 1_000 })]);
    let arrived = |trace: &Trace| {
        let later = |at: Instant| at > Instant::ZERO + ms(70);
        trace
            .entries
            .iter()
            .any(|entry| later(entry.at) && matches!(entry.event, Event::PacketDelivered { .. }))
    };
    assert!(!arrived(&lossy));
    let healed = with(vec![
        (50, Action::MakeLossy { between: between(), per_mille: 1_000 }),
        (300, Action::MakeLossy { between: between(), per_mille: 0 }),
    ]);
    assert_eq!(completed(&healed), 2);
}

/// The results of the calls of a console at the client, as text.
fn console(calls: &[(u64, &str)]) -> (Trace, Vec<(Returned, Rule)>) {
    let actions = calls.iter().map(|(at, call)| {
        let action = match *call {
            "^C" => Action::Interrupt { node: client() },
            call => Action::Call { node: client(), call: call.to_owned() },
        };
        (*at, action)
    });
    let trace = with(actions.collect());
    let plain: Vec<u32> = trace
        .entries
        .iter()
        .filter(|entry| matches!(entry.event, Event::Intervened { .. }))
        .map(|entry| entry.index)
        .collect();
    let results = trace.entries.iter().filter_map(|entry| match &entry.event {
        Event::CallReturned { returned, .. }
            if trace.causes(entry.index).iter().any(|cause| plain.contains(&cause.index))
                && entry.node.0 == 0 =>
        {
            Some((returned.clone(), entry.rule))
        }
        _ => None,
    });
    let results = results.collect();
    (trace, results)
}

/// A console beside a client that has its own connection, descriptor 3.
#[test]
fn a_console_opens_sockets_of_its_own() {
    let (_, results) = console(&[
        (45, "s = socket()"),
        (46, "connect(s, server, 80)"),
        (100, "write(4, \"GET / HTTP/1.0\\r\\n\\r\\n\")"),
        (101, "read(s, 4096)"),
        (300, "close(s)"),
        (301, "close(s)"),
    ]);
    let texts: Vec<String> = results.iter().map(|(returned, _)| format!("{returned:?}")).collect();
    assert!(texts[0].contains("descriptor: 4"), "{texts:?}");
    assert!(texts.iter().any(|text| text.contains("Sent { len: 18 }")), "{texts:?}");
    assert!(texts.iter().any(|text| text.starts_with("Received")), "{texts:?}");
    assert!(texts.last().is_some_and(|text| text.contains("BadSocket")), "{texts:?}");
}

/// The application's sockets do not block: a console that reads them takes the octets that are there, or gets EAGAIN.
#[test]
fn a_console_reaches_the_applications_sockets_by_descriptor() {
    let (_, results) = console(&[(45, "read(3, 100)"), (46, "read(9, 100)")]);
    assert_eq!(results[0].0, Returned::WouldBlock);
    assert_eq!(results[1].0, Returned::Failed { error: CallError::BadSocket });
    let (trace, results) = console(&[(45, "close(3)")]);
    assert_eq!(results[0].0, Returned::Done);
    assert!(segments(&trace).any(|(_, node, segment, _)| node == 0 && segment.flags.is_fin()));
}

#[test]
fn a_signal_interrupts_the_call_that_waits() {
    let (trace, results) = console(&[(45, "s = socket()"), (46, "connect(s, server, 80)"), (48, "^C")]);
    assert_eq!(
        results.last(),
        Some(&(Returned::Failed { error: CallError::Interrupted }, Rule::InterruptedCall))
    );
    assert_eq!(completed(&trace), 2, "the application goes on");
}
