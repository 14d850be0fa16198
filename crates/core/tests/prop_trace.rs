//! Properties of runs: the same scenario gives the same trace, any entry can be gone to, causes come first,
//! limits end what would not end, and no text makes a scenario panic.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::event::{Entry, Event};
use playground_core::http::Version;
use playground_core::node::{
    Asks, CachingProxySpec, CachingSpec, RequestSpec, ResourceSpec, RoleSpec, ScriptCall,
};
use playground_core::scenario::{
    Action, Direction, Impairment, ImpairmentKind, Intervention, Limits, Moment, Scenario,
};
use playground_core::sim::run;
use playground_core::tcp::{Notice, ProfileName, transition};
use playground_core::time::{Duration, Instant};
use playground_core::trace::{StoppedBy, Trace, World};
use proptest::prelude::*;
use strum::VariantArray;
use support::scenes::{chain, dumb, origin, script, smart, trace, two_requests};
use support::{ms, secs};

fn impairment() -> impl Strategy<Value = Impairment> {
    let kind = prop_oneof![
        (1u32..30, any::<bool>()).prop_map(|(nth, data_only)| ImpairmentKind::Drop { nth, data_only }),
        (1u32..30, any::<bool>()).prop_map(|(nth, data_only)| ImpairmentKind::Corrupt { nth, data_only }),
        (1u32..30, any::<bool>(), 1u64..500).prop_map(|(nth, data_only, by)| ImpairmentKind::Delay {
            nth,
            data_only,
            by_us: ms(by)
        }),
        (0u16..200).prop_map(|per_mille| ImpairmentKind::Loss { per_mille }),
        (0u16..200).prop_map(|per_mille| ImpairmentKind::Noise { per_mille }),
        (0u16..400, 1u64..500)
            .prop_map(|(per_mille, by)| ImpairmentKind::Reorder { per_mille, by_us: ms(by) }),
    ];
    (prop_oneof![Just(Direction::Forward), Just(Direction::Backward)], kind)
        .prop_map(|(direction, kind)| Impairment { direction, kind })
}

fn scenario() -> impl Strategy<Value = Scenario> {
    (
        proptest::sample::select(ProfileName::VARIANTS),
        0usize..4,
        proptest::sample::select(&[Asks::Nothing, Asks::KeepAlive, Asks::ProxyConnection, Asks::Close][..]),
        any::<bool>(),
        proptest::collection::vec(impairment(), 0..4),
        prop_oneof![Just(0u64), 10_000u64..10_000_000],
        any::<u64>(),
        1u32..60_000,
    )
        .prop_map(|(profile, shape, asks, modern, impairments, rate, seed, body)| {
            let version = if modern { Version::Http11 } else { Version::Http10 };
            let mut server = origin(version);
            let fresh =
                CachingSpec { cache_control: "max-age=1".to_owned(), etag: true, ..CachingSpec::default() };
            let page = ResourceSpec { caching: Some(fresh), ..ResourceSpec::new("/g", 100) };
            server.resources = vec![ResourceSpec::new("/f", body), page];
            let server = ("server", RoleSpec::OriginServer(server));
            let mut client = two_requests("proxy", version, asks);
            let mut roles = match shape {
                0 => {
                    client.connect_to = "server".to_owned();
                    client.port = 80;
                    vec![server]
                }
                1 => vec![("proxy", dumb("server", 80)), server],
                2 => vec![("proxy", smart("server", 80, false, secs(9))), server],
                _ => vec![("proxy", RoleSpec::CachingProxy(CachingProxySpec::new("server"))), server],
            };
            roles.insert(0, ("client", RoleSpec::Client(client)));
            let mut scenario = chain(profile, ms(20), roles);
            scenario.seed = seed;
            scenario.links[0].impairments = impairments;
            scenario.links[0].bits_per_s = rate;
            scenario.limits.entries = 20_000;
            scenario
        })
}

fn assert_sound(trace: &Trace) {
    let mut last = playground_core::time::Instant::ZERO;
    for (index, entry) in trace.entries.iter().enumerate() {
        assert_eq!(entry.index as usize, index);
        assert!(entry.at >= last);
        last = entry.at;
        assert!(entry.cause.is_none_or(|cause| cause < entry.index), "{entry:?}");
        if let Event::Socket { notice: Notice::StateChanged { from, to, trigger }, .. } = &entry.event {
            assert_eq!(transition(*from, *trigger).map(|edge| edge.to), Some(*to));
        }
    }
}

/// Calls of a console, on its own sockets and on those of the application.
const CONSOLE_CALLS: &[&str] = &[
    "s = socket()",
    "connect(s, server, 80)",
    "write(s, \"GET / HTTP/1.0\\r\\n\\r\\n\")",
    "read(s, 1000)",
    "close(s)",
    "read(3, 10)",
    "shutdown(3, SHUT_WR)",
    "close(4)",
];

/// The name of the second node differs from scene to scene; the first and the last are these.
fn first_link() -> (String, String) {
    ("client".to_owned(), String::new())
}

/// An intervention whose link is the scenario's first.
fn at_home(scenario: &Scenario, mut action: Action) -> Action {
    if let Action::MakeLossy { between, .. }
    | Action::PullCable { between }
    | Action::PutCableBack { between } = &mut action
    {
        *between = scenario.links[0].between.clone();
    }
    action
}

fn packet() -> impl Strategy<Value = u32> {
    0..40u32
}

fn action() -> impl Strategy<Value = Action> {
    let node = || prop_oneof![Just("client".to_owned()), Just("server".to_owned())];
    prop_oneof![
        node().prop_map(|node| Action::DropNext { node }),
        (node(), 1..200_000u64)
            .prop_map(|(node, by)| Action::DelayNext { node, by_us: Duration::from_micros(by) }),
        (node(), 0..3u32).prop_map(|(node, socket)| Action::Close { node, socket }),
        (node(), 0..3u32).prop_map(|(node, socket)| Action::Shutdown { node, socket }),
        (node(), 0..3u32).prop_map(|(node, socket)| Action::Abort { node, socket }),
        packet().prop_map(|packet| Action::Lose { packet }),
        packet().prop_map(|packet| Action::Duplicate { packet }),
        packet().prop_map(|packet| Action::Corrupt { packet }),
        (packet(), 1..200_000u64)
            .prop_map(|(packet, by)| Action::Delay { packet, by_us: Duration::from_micros(by) }),
        (node(), 0..3u32, prop_oneof![Just(0), 1..100_000u32])
            .prop_map(|(node, socket, beyond)| Action::InjectReset { node, socket, beyond }),
        (0..1_000u16).prop_map(|per_mille| Action::MakeLossy { between: first_link(), per_mille }),
        Just(Action::PullCable { between: first_link() }),
        Just(Action::PutCableBack { between: first_link() }),
        node().prop_map(|node| Action::Crash { node }),
        node().prop_map(|node| Action::Restart { node }),
        node().prop_map(|node| Action::StopReading { node }),
        node().prop_map(|node| Action::ReadAgain { node }),
        node().prop_map(|node| Action::Interrupt { node }),
        (node(), proptest::sample::select(CONSOLE_CALLS))
            .prop_map(|(node, call)| Action::Call { node, call: call.to_owned() }),
    ]
}

/// Makes an intervention after the first `applied` entries of a run: they stay, and it is the next entry but for the
/// rest of the event to which the last of them belongs.
fn intervene(trace: &Trace, applied: usize, action: Action) -> Trace {
    let at = applied.checked_sub(1).map_or(Instant::ZERO, |last| trace.entries[last].at);
    let after = trace.moment_after(applied as u32, at);
    let mut scenario = Scenario::clone(&trace.scenario);
    let number = scenario.interventions.len() as u32;
    let action = at_home(&scenario, action);
    scenario.interventions.push(Intervention { after, action });
    let changed = run(&scenario).expect("it is sound");
    let is_it =
        |entry: &Entry| matches!(entry.event, Event::Intervened { intervention } if intervention == number);
    match changed.entries.iter().position(is_it) {
        Some(place) => {
            assert!(place >= applied, "{after:?} is before entry {applied}");
            assert_eq!(changed.entries[..place], trace.entries[..place]);
            let rest = &changed.entries[applied..=place];
            assert!(
                rest.iter().all(|entry| entry.at == at && changed.moment_after(entry.index + 1, at) == after)
            );
        }
        // The trace was full before.
        None => assert_eq!(changed.entries, trace.entries),
    }
    changed
}

#[test]
fn an_intervention_after_any_entry_keeps_the_entries_before_it() {
    let scenario = chain(
        ProfileName::Linux,
        ms(20),
        vec![
            ("client", RoleSpec::Client(two_requests("server", Version::Http11, Asks::Nothing))),
            ("server", RoleSpec::OriginServer(origin(Version::Http11))),
        ],
    );
    let trace = trace(&scenario);
    let shared = trace.entries.windows(2).filter(|pair| pair[0].at == pair[1].at).count();
    assert!(2 * shared > trace.entries.len(), "most entries share their microsecond with others");
    for applied in 0..=trace.entries.len() {
        intervene(&trace, applied, Action::DropNext { node: "client".to_owned() });
        intervene(&trace, applied, Action::Abort { node: "server".to_owned(), socket: 1 });
    }
}

/// An earlier change may leave a microsecond with fewer events than an intervention names; the next one follows it.
#[test]
fn an_intervention_follows_one_whose_events_are_gone() {
    let mut scenario = chain(
        ProfileName::Linux,
        ms(20),
        vec![
            ("client", RoleSpec::Client(two_requests("server", Version::Http11, Asks::Nothing))),
            ("server", RoleSpec::OriginServer(origin(Version::Http11))),
        ],
    );
    let after = Moment { at_us: Instant::from_micros(500), nth: 3 };
    scenario
        .interventions
        .push(Intervention { after, action: Action::DropNext { node: "client".to_owned() } });
    let trace = trace(&scenario);
    let place = trace.entries.iter().position(|entry| matches!(entry.event, Event::Intervened { .. }));
    let place = place.expect("it takes place at the end of its microsecond");
    intervene(&trace, place + 1, Action::DropNext { node: "server".to_owned() });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_run_is_sound_and_repeatable_and_can_be_gone_to(scenario in scenario()) {
        let first = trace(&scenario);
        assert_sound(&first);
        prop_assert_eq!(&first.entries, &trace(&scenario).entries);
        let back = Scenario::from_json(&scenario.to_json()).expect("what was written can be read");
        prop_assert_eq!(&back, &scenario);

        let mut world = World::new(scenario.nodes.len());
        prop_assert_eq!(&world, &first.world_after(0));
        for entry in &first.entries {
            world.apply(entry);
            prop_assert_eq!(&world, &first.world_after(entry.index + 1));
        }
    }

    /// A trace that is cut off is the beginning of the run, and its world the world there.
    #[test]
    fn a_trace_can_be_cut_off_anywhere(scenario in scenario(), places in proptest::collection::vec(any::<prop::sample::Index>(), 4)) {
        let whole = trace(&scenario);
        for place in places {
            let index = place.index(whole.entries.len() + 1) as u32;
            let cut = whole.until(index);
            prop_assert_eq!(&cut.entries[..], &whole.entries[..index as usize]);
            prop_assert_eq!(cut.is_cut(), (index as usize) < whole.entries.len());
            prop_assert_eq!(cut.world_after(index), whole.world_after(index));
            prop_assert_eq!(cut.stopped_by.is_some(), whole.stopped_by.is_some() && !cut.is_cut());
            // What is withheld has not happened, and everything else is as it was.
            let is_packet = |entry: &Entry| matches!(entry.event, Event::PacketSent { .. });
            let withheld = cut.withholding(is_packet);
            prop_assert!(withheld.world_after(index).in_flight.is_empty());
            for (entry, own) in withheld.entries.iter().zip(&whole.entries) {
                prop_assert_eq!(entry.event == Event::Withheld, is_packet(own));
                prop_assert!(is_packet(own) || entry == own);
                prop_assert_eq!((entry.index, entry.at, entry.cause), (own.index, own.at, own.cause));
            }
        }
    }

    #[test]
    fn interventions_keep_everything_before_them(
        scenario in scenario(), actions in proptest::collection::vec((any::<prop::sample::Index>(), action()), 1..5),
    ) {
        let mut trace = trace(&scenario);
        for (place, action) in actions {
            trace = intervene(&trace, place.index(trace.entries.len() + 1), action);
        }
        assert_sound(&trace);
    }

    #[test]
    fn no_text_makes_a_scenario_panic(
        scenario in scenario(), at in any::<prop::sample::Index>(), len in 0usize..12, with in "[ -~]{0,6}",
    ) {
        let text = scenario.to_json();
        let start = at.index(text.len());
        let end = (start + len).min(text.len());
        let mutated = format!("{}{with}{}", &text[..start], &text[end..]);
        match Scenario::from_json(&mutated) {
            Ok(mut scenario) => {
                scenario.limits.entries = scenario.limits.entries.min(2_000);
                assert_sound(&trace(&scenario));
            }
            Err(error) => prop_assert!(!error.problem.to_string().is_empty()),
        }
    }
}

#[test]
fn a_value_of_the_wrong_kind_is_named_by_its_field() {
    let scenario = chain(
        ProfileName::Textbook,
        ms(20),
        vec![
            ("client", RoleSpec::Client(two_requests("server", Version::Http10, Asks::Nothing))),
            ("server", RoleSpec::OriginServer(origin(Version::Http10))),
        ],
    );
    let text = scenario.to_json();
    for (from, to, field) in [
        ("\"delay_us\": 20000", "\"delay_us\": -1", "links[0].delay_us"),
        ("\"10.0.0.1\"", "\"10.0.0.256\"", "nodes[0].address"),
        ("\"textbook\"", "\"solaris\"", "nodes[0].profile"),
        ("\"seed\": 1", "\"seed\": \"one\"", "seed"),
        ("\"10.0.0.2\"", "\"10.0.0.1\"", "nodes[1].address"),
        ("\"connect_to\": \"server\"", "\"connect_to\": \"nobody\"", "nodes[0].role.client.connect_to"),
        ("\"name\": \"client\"", "\"name\": \"server\"", "nodes[1].name"),
        ("\"octets\": 16000000", "\"octets\": 999999999999", "limits.octets"),
    ] {
        assert!(text.contains(from), "{from}\n{text}");
        let error = Scenario::from_json(&text.replacen(from, to, 1)).expect_err("it makes no sense");
        assert_eq!(error.field, field, "{error}");
    }
}

fn two_scripts(client: Vec<(u64, ScriptCall)>, server: Vec<(u64, ScriptCall)>) -> Scenario {
    chain(ProfileName::Linux, Duration::ZERO, vec![("client", script(client)), ("server", script(server))])
}

fn connect() -> ScriptCall {
    ScriptCall::Connect { to: "server".to_owned(), port: 80 }
}

#[test]
fn each_limit_ends_a_run_that_would_go_on() {
    let write = |times| ScriptCall::Send { socket: 0, text: "x".repeat(1_000), times };
    let listen = || vec![(0, ScriptCall::Listen { port: 80 })];
    // A window that never opens is probed for ever.
    let mut probing = two_scripts(vec![(0, connect()), (1, write(1_000))], listen());
    probing.nodes[1].stack.receive_buffer = Some(10_000);
    let with = |limits: Limits, scenario: &Scenario| Scenario { limits, ..scenario.clone() };
    let limits = Limits::default();

    let timed = run(&with(Limits { time_us: secs(100), ..limits }, &probing)).expect("sound");
    assert_eq!(timed.stopped_by, Some(StoppedBy::Time));
    assert!(timed.end().as_micros() <= 100_000_000);

    for most in [0, 1, 2, 37, 100] {
        let full = run(&with(Limits { entries: most, ..limits }, &probing)).expect("sound");
        assert_eq!(full.stopped_by, Some(StoppedBy::Entries));
        assert_eq!(full.entries.len(), most as usize);
    }

    let talkative = run(&with(Limits { octets: 5_000, ..limits }, &probing)).expect("sound");
    assert_eq!(talkative.stopped_by, Some(StoppedBy::Octets));

    let crowd = two_scripts((0..50).map(|_| (0, connect())).collect(), listen());
    let crowded = run(&with(Limits { connections: 10, ..limits }, &crowd)).expect("sound");
    assert_eq!(crowded.stopped_by, Some(StoppedBy::Connections));
}

#[test]
fn a_server_that_fails_every_request_at_once_still_ends() {
    // Ten thousand requests to a port where nobody listens, over a link without delay.
    let mut client = two_requests("server", Version::Http11, Asks::Nothing);
    client.requests = vec![RequestSpec::get("/"); 10_000];
    let mut scenario = chain(
        ProfileName::Textbook,
        Duration::ZERO,
        vec![("client", RoleSpec::Client(client)), ("server", script(vec![]))],
    );
    scenario.limits = Limits { entries: 50_000, ..Limits::default() };
    let trace = trace(&scenario);
    assert!(trace.stopped_by.is_some());
}

#[test]
fn segments_of_one_octet_and_windows_of_nothing_end_too() {
    let mut scenario = two_scripts(
        vec![(0, connect()), (1, ScriptCall::Send { socket: 0, text: "x".repeat(1_000), times: 500 })],
        vec![(0, ScriptCall::Listen { port: 80 }), (50, ScriptCall::ReadAll { socket: 0 })],
    );
    for node in &mut scenario.nodes {
        node.stack.max_segment_size = Some(64);
        node.stack.receive_buffer = Some(256);
    }
    let trace = trace(&scenario);
    assert_sound(&trace);
}
