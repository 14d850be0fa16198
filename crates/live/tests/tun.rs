//! The model's TCP before the kernel's, through a TUN device in a network namespace of the test's own.
#![cfg(target_os = "linux")]

use std::cell::RefCell;
use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::rc::Rc;
use std::thread;
use std::time::Duration as Wall;

use nix::sched::{CloneFlags, unshare};
use playground_core::event::{DropReason, Entry, Event, NodeId};
use playground_core::node::{ClientSpec, CloseStyle, OriginServerSpec, RequestSpec, ResourceSpec, RoleSpec};
use playground_core::rule::Rule;
use playground_core::scenario::{
    Direction, Impairment, ImpairmentKind, Limits, LinkSpec, NodeSpec, Scenario, StackSpec,
};
use playground_core::tcp::{Call, CallError, Notice, ProfileName, Returned, State};
use playground_core::time::Duration;
use playground_core::wire::{Packet, Segment};
use playground_live::{Limits as Bounds, News, Outside, Recording, TunError};
use playground_playback::{Connection, Dissection};
use socket2::SockRef;

const PROFILES: [ProfileName; 3] = [ProfileName::Textbook, ProfileName::Linux, ProfileName::Bsd];
const LARGE: u32 = 1_000_000;
const CLIENT: NodeId = NodeId(0);
const SERVER: NodeId = NodeId(1);

/// A client and a server 2 ms apart; the 40th data segment is lost in each direction.
fn scenario(profile: ProfileName, server: OriginServerSpec) -> Scenario {
    let client = RoleSpec::Client(ClientSpec::new("server", vec![RequestSpec::get("/")]));
    let node = |name: &str, address: [u8; 4], role| NodeSpec {
        name: name.to_owned(),
        address: address.into(),
        profile,
        stack: StackSpec::default(),
        role,
    };
    let lost = ImpairmentKind::Drop { nth: 40, data_only: true };
    Scenario {
        name: "kernel".to_owned(),
        seed: 7,
        nodes: vec![
            node("client", [192, 0, 2, 10], client),
            node("server", [203, 0, 113, 80], RoleSpec::OriginServer(server)),
        ],
        links: vec![LinkSpec {
            between: ("client".to_owned(), "server".to_owned()),
            delay_us: Duration::from_millis(2),
            bits_per_s: 100_000_000,
            queue_segments: None,
            impairments: [Direction::Forward, Direction::Backward]
                .map(|direction| Impairment { direction, kind: lost.clone() })
                .into(),
        }],
        interventions: Vec::new(),
        limits: Limits::default(),
    }
}

fn large() -> OriginServerSpec {
    OriginServerSpec { resources: vec![ResourceSpec::new("/", LARGE)], ..OriginServerSpec::default() }
}

/// Why no device can be made here.
fn missing() -> Option<String> {
    match OpenOptions::new().read(true).write(true).open("/dev/net/tun") {
        Err(error) => return Some(format!("/dev/net/tun cannot be opened: {error}")),
        Ok(device) => drop(device),
    }
    thread::spawn(|| match unshare(CloneFlags::CLONE_NEWNET) {
        Err(error) => Some(format!("no right to a network namespace of its own (CAP_SYS_ADMIN): {error}")),
        Ok(()) => {
            match Outside::start(
                scenario(ProfileName::Linux, large()),
                Bounds::default(),
                Recording::Forgets,
                |_| {},
            ) {
                Err(error @ (TunError::NoDevice | TunError::NotAllowed)) => Some(error.to_string()),
                Err(error) => panic!("{error}"),
                Ok(_) => None,
            }
        }
    })
    .join()
    .expect("no panic")
}

/// Runs the scenario with the kernel as its client, which does what `acts` says, until `is_done` holds of the entries.
fn with_kernel<T: Send + 'static>(
    scenario: Scenario,
    acts: impl FnOnce(SocketAddr) -> T + Send + 'static,
    is_done: impl Fn(&Entry) -> bool,
) -> (T, Vec<Entry>) {
    // This thread alone, and those that it makes, are in the new namespace.
    unshare(CloneFlags::CLONE_NEWNET).expect("a namespace");
    let seen = Rc::new(RefCell::new(Vec::new()));
    let entries = Rc::clone(&seen);
    let limits = Bounds { time: Wall::from_secs(120), ..Bounds::default() };
    let watcher = move |news: News<'_>| {
        if let News::Entry(entry) = news {
            entries.borrow_mut().push(entry.clone());
        }
    };
    let mut run = Outside::start(scenario, limits, Recording::Keeps, watcher).expect("a device");
    let server = run.scenario().nodes[SERVER.index()].address;
    let waker = run.waker();
    let kernel = thread::spawn(move || {
        let done = acts((server, 80).into());
        waker.wake().expect("the run is there");
        done
    });
    while !(kernel.is_finished() && seen.borrow().iter().any(&is_done)) {
        assert!(!run.is_over(), "it hangs, or the kernel is not heard");
        run.go_on(Wall::from_secs(1)).expect("the device");
    }
    let trace = run.finish();
    assert!(trace.entries == *seen.borrow(), "all is recorded that is told");
    // What is drawn of it: the kernel is the one that opens each connection.
    let dissection = Dissection::new(&trace);
    let is_opened = |connection: &Connection| {
        connection.opener == CLIENT && connection.acceptor.is_none_or(|node| node == SERVER)
    };
    assert!(!dissection.connections.is_empty() && dissection.connections.iter().all(is_opened));
    (kernel.join().expect("no panic"), trace.entries)
}

/// Lets a test act for each profile; says on the terminal why it is skipped.
fn for_each_profile(test: &str, act: impl Fn(ProfileName)) {
    if let Some(reason) = missing() {
        // Past the capture of the test's output: whoever runs the tests is to read it.
        let _ = writeln!(io::stderr(), "skipped: {test}: {reason}");
        return;
    }
    PROFILES.into_iter().for_each(act);
}

fn any(_: &Entry) -> bool {
    true
}

fn segments(entries: &[Entry], node: NodeId) -> impl Iterator<Item = (&Segment, bool)> {
    entries_of(entries, node).filter_map(|entry| match &entry.event {
        Event::PacketSent { packet: Packet::Segment(segment), retransmission, .. } => {
            Some((&**segment, *retransmission))
        }
        _ => None,
    })
}

/// A segment of `from` was lost, and some were sent again.
fn lost_and_repeated(entries: &[Entry], from: NodeId) -> bool {
    let to = if from == CLIENT { SERVER } else { CLIENT };
    let is_lost = |entry: &Entry| {
        entry.node == to && matches!(entry.event, Event::PacketDropped { reason: DropReason::Scripted, .. })
    };
    entries.iter().any(is_lost) && segments(entries, from).any(|(_, repeats)| repeats)
}

fn entries_of(entries: &[Entry], node: NodeId) -> impl Iterator<Item = &Entry> {
    entries.iter().filter(move |entry| entry.node == node)
}

fn notices<'a>(entries: impl Iterator<Item = &'a Entry>) -> impl Iterator<Item = &'a Notice> {
    entries.filter_map(|entry| match &entry.event {
        Event::Socket { notice, .. } => Some(notice),
        _ => None,
    })
}

#[test]
fn a_kernel_opens_and_reads_a_megabyte_of_which_a_segment_is_lost() {
    for_each_profile("reads a megabyte", |profile| {
        let acts = |server| {
            let mut stream = TcpStream::connect(server).expect("the model accepts");
            let segment_size = SockRef::from(&stream).tcp_mss().expect("an option");
            stream.write_all(b"GET / HTTP/1.1\r\nHost: server\r\nConnection: close\r\n\r\n").expect("room");
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).expect("the answer and its end");
            (segment_size, answer)
        };
        let ((segment_size, answer), entries) = with_kernel(scenario(profile, large()), acts, any);
        let body = ResourceSpec::new("/", LARGE).body();
        assert!(answer.starts_with(b"HTTP/1.1 200 OK\r\n"), "{profile:?}");
        assert!(answer.ends_with(&body) && body.len() == LARGE as usize, "{profile:?}: {}", answer.len());
        assert!(lost_and_repeated(&entries, SERVER), "{profile:?}");
        // What the two have agreed on: a profile without timestamps leaves room for 12 octets more.
        let (synced, _) = segments(&entries, SERVER).next().expect("a SYN,ACK");
        let with_timestamps = profile != ProfileName::Textbook;
        assert_eq!(synced.options.timestamps.is_some(), with_timestamps, "{profile:?}");
        assert_eq!(segment_size, if with_timestamps { 1448 } else { 1460 }, "{profile:?}");
    });
}

#[test]
fn a_kernel_writes_a_megabyte_of_which_a_segment_is_lost() {
    for_each_profile("writes a megabyte", |profile| {
        let sent: Vec<u8> = (0..LARGE).map(|place| (place % 251) as u8).collect();
        let octets = sent.clone();
        let acts = move |server| {
            let mut stream = TcpStream::connect(server).expect("the model accepts");
            let head = format!(
                "POST / HTTP/1.1\r\nHost: server\r\nConnection: close\r\nContent-Length: {LARGE}\r\n\r\n"
            );
            stream.write_all(head.as_bytes()).expect("room");
            stream.write_all(&octets).expect("room");
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).expect("an answer");
            answer
        };
        let server =
            OriginServerSpec { resources: vec![ResourceSpec::new("/", 10)], ..OriginServerSpec::default() };
        let (answer, entries) = with_kernel(scenario(profile, server), acts, any);
        assert!(answer.starts_with(b"HTTP/1.1 200 OK\r\n"), "{profile:?}");
        let mut read = Vec::new();
        for entry in &entries {
            if let Event::CallReturned { returned: Returned::Received { octets }, .. } = &entry.event {
                read.extend_from_slice(octets);
            }
        }
        assert!(read.ends_with(&sent), "{profile:?}: {} octets read", read.len());
        assert!(lost_and_repeated(&entries, CLIENT), "{profile:?}");
    });
}

#[test]
fn a_kernel_that_half_closes_reads_on() {
    for_each_profile("half-closes", |profile| {
        let acts = |server| {
            let mut stream = TcpStream::connect(server).expect("the model accepts");
            stream.write_all(b"GET / HTTP/1.1\r\nHost: server\r\n\r\n").expect("room");
            stream.shutdown(Shutdown::Write).expect("it is open");
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).expect("the answer and its end");
            answer
        };
        let is_over = |entry: &Entry| {
            entry.node == CLIENT
                && matches!(
                    entry.event,
                    Event::Socket { notice: Notice::StateChanged { to: State::TimeWait, .. }, .. }
                )
        };
        let (answer, entries) = with_kernel(scenario(profile, large()), acts, is_over);
        assert!(answer.ends_with(&ResourceSpec::new("/", LARGE).body()), "{profile:?}: {}", answer.len());
        // The kernel's FIN is before the last of the answer.
        let place = |is: &dyn Fn(&Segment) -> bool, node| {
            entries.iter().position(|entry| {
                entry.node == node
                    && matches!(&entry.event,
                        Event::PacketSent { packet: Packet::Segment(segment), .. } if is(segment))
            })
        };
        let fin = place(&|segment| segment.flags.is_fin(), CLIENT).expect("a FIN of the kernel");
        let own = place(&|segment| segment.flags.is_fin(), SERVER).expect("a FIN of the model");
        assert!(fin < own, "{profile:?}");
        assert!(
            notices(entries_of(&entries, SERVER)).any(|it| matches!(it, Notice::EndReceived { .. })),
            "{profile:?}"
        );
        let data_after = entries[fin..own].iter().any(|entry| {
            entry.node == SERVER
                && matches!(&entry.event, Event::PacketSent { packet, .. } if packet.is_data_segment())
        });
        assert!(data_after, "{profile:?}");
        let states = notices(entries_of(&entries, CLIENT)).filter_map(|notice| match notice {
            Notice::StateChanged { to, .. } => Some(*to),
            _ => None,
        });
        let expected =
            [State::SynSent, State::Established, State::FinWait1, State::FinWait2, State::TimeWait];
        assert_eq!(states.collect::<Vec<_>>(), expected, "{profile:?}");
    });
}

#[test]
fn a_kernel_that_resets_is_believed() {
    for_each_profile("resets", |profile| {
        let acts = |server| {
            let mut stream = TcpStream::connect(server).expect("the model accepts");
            stream.write_all(b"GET / HTTP/1.1\r\nHost: server\r\n\r\n").expect("room");
            let mut beginning = [0; 1000];
            stream.read_exact(&mut beginning).expect("a part of the answer");
            SockRef::from(&stream).set_linger(Some(Wall::ZERO)).expect("an option");
        };
        let is_reset = |entry: &Entry| {
            matches!(
                entry.event,
                Event::Socket { notice: Notice::Errored { error: CallError::ConnectionReset }, .. }
            )
        };
        let ((), entries) = with_kernel(scenario(profile, large()), acts, is_reset);
        let reset = entries.iter().find(|entry| is_reset(entry)).expect("it was waited for");
        assert_eq!((reset.node, reset.rule), (SERVER, Rule::ResetReceived), "{profile:?}");
        assert!(segments(&entries, CLIENT).any(|(segment, _)| segment.flags.is_rst()), "{profile:?}");
    });
}

#[test]
fn a_kernel_believes_the_resets_of_the_model() {
    for_each_profile("is reset", |profile| {
        let acts = |server: SocketAddr| {
            let refused = TcpStream::connect((server.ip(), 81)).map(drop).map_err(|error| error.kind());
            let mut stream = TcpStream::connect(server).expect("the model accepts");
            stream.write_all(b"GET / HTTP/1.0\r\n\r\n").expect("room");
            let reset = stream.read_to_end(&mut Vec::new()).map_err(|error| error.kind());
            (refused, reset)
        };
        let server = OriginServerSpec { close: CloseStyle::Abort, ..large() };
        let ((refused, reset), entries) = with_kernel(scenario(profile, server), acts, any);
        assert_eq!(refused, Err(ErrorKind::ConnectionRefused), "{profile:?}");
        assert_eq!(reset, Err(ErrorKind::ConnectionReset), "{profile:?}");
        let aborts = |entry: &Entry| matches!(entry.event, Event::CallReturned { call: Call::Abort, .. });
        assert!(entries.iter().any(aborts), "{profile:?}");
    });
}
