//! Keep-alives: when an idle peer is probed, and what comes of its answer. RFC 9293 section 3.8.4, RFC 1122 section
//! 4.2.3.6.
//!
//! The tables were observed on Linux 6.18 in network namespaces: TCP_KEEPIDLE 2, TCP_KEEPINTVL 1, TCP_KEEPCNT 3.

mod support;

use playground_core::event::Event;
use playground_core::node::{ManualSpec, RoleSpec};
use playground_core::rule::Rule;
use playground_core::scenario::{Action, Intervention, KeepaliveSpec, Moment, Scenario};
use playground_core::tcp::{CallError, KeepaliveValue, Notice, Profile, ProfileName, State};
use playground_core::time::{Duration, Instant};
use playground_core::trace::{StoppedBy, Trace};
use support::capture::assert_same;
use support::pair::Opened;
use support::scenes::{chain, script, trace};
use support::{End, Pair, ms, secs};

/// Two hosts of a profile; A has SO_KEEPALIVE, and two octets of it are acknowledged.
fn after_two_octets(profile: Profile) -> (Pair, Opened) {
    let mut pair = Pair::of(profile).with_delay(Duration::from_micros(10));
    let opened = pair.open();
    pair.set_options(End::A, |stack, now| {
        stack.set_keepalive(now, opened.a, true)?;
        stack.set_keepalive_value(now, opened.a, KeepaliveValue::Idle, 2)?;
        stack.set_keepalive_value(now, opened.a, KeepaliveValue::Interval, 1)?;
        stack.set_keepalive_value(now, opened.a, KeepaliveValue::Probes, 3)
    });
    pair.run_for(ms(500));
    pair.write(End::A, opened.a, 2);
    pair.run_for(ms(1));
    assert_eq!(pair.read(End::B, opened.b).len(), 2);
    (pair, opened)
}

/// Seconds at which A's probes and its reset went out, since its octets.
fn sent_at(pair: &Pair) -> Vec<u64> {
    let from = pair.wires.iter().find(|wire| wire.len == 2).expect("the octets").at;
    let probes = pair.wires.iter().filter(|wire| wire.from == End::A && wire.rule.starts_with("keepalive"));
    probes.map(|wire| wire.at.since(from).as_micros() / 1_000_000).collect()
}

/// A peer that answers is left alone until it is idle again; one that is gone is given up after the last probe.
#[test]
fn linux_probes_and_gives_up() {
    let (mut pair, opened) = after_two_octets(Profile::linux());
    pair.run_for(secs(3));
    pair.cut();
    pair.run_for(secs(60));
    assert_same(&pair.wires, include_str!("data/keepalive-peer-vanished.txt"));
    assert_eq!(sent_at(&pair), [2, 4, 5, 6, 7]);
    assert_eq!(pair.state(End::A, opened.a), State::Closed);
    assert_eq!(pair.receive(End::A, opened.a), Err(CallError::TimedOut));
}

/// A host that was restarted knows nothing of the connection.
#[test]
fn a_restarted_peer_resets() {
    let (mut pair, opened) = after_two_octets(Profile::linux());
    pair.run_for(secs(3));
    pair.forget(End::B);
    pair.run_for(secs(60));
    assert_same(&pair.wires, include_str!("data/keepalive-peer-restarted.txt"));
    assert_eq!(pair.receive(End::A, opened.a), Err(CallError::ConnectionReset));
}

/// Observed on Linux 6.18: switched on after 3 s of silence, with 2 s of TCP_KEEPIDLE, the probe goes out at 5 s.
#[test]
fn switched_on_late_the_first_probe_is_one_idle_time_away() {
    let (mut pair, opened) = after_two_octets(Profile::linux());
    pair.set_options(End::A, |stack, now| stack.set_keepalive(now, opened.a, false));
    pair.run_for(secs(3));
    pair.set_options(End::A, |stack, now| stack.set_keepalive(now, opened.a, true));
    pair.run_for(ms(2_500));
    assert_eq!(sent_at(&pair), [5]);
}

/// Defaults: Linux tcp(7); FreeBSD tcp(4), whose net.inet.tcp.keepcnt is 8. RFC 9293: off, and not under two hours.
#[test]
fn off_by_default_and_two_hours_when_on() {
    for (profile, probes) in [(Profile::textbook(), 9), (Profile::linux(), 9), (Profile::bsd(), 8)] {
        let mut pair = Pair::of(profile.clone());
        let opened = pair.open();
        pair.run_for(secs(20_000));
        assert!(pair.wires.iter().all(|wire| !wire.rule.starts_with("keepalive")));
        pair.cut();
        pair.set_options(End::B, |stack, now| stack.set_keepalive(now, opened.b, true));
        let from = pair.now;
        pair.run_for(secs(20_000));
        let rules =
            |rule: &str| pair.wires.iter().filter(|wire| wire.rule == rule).map(|wire| wire.at).collect();
        let (sent, end): (Vec<_>, Vec<_>) = (rules("keepalive-probe"), rules("keepalive-timeout"));
        let expected: Vec<_> = (0..probes).map(|nth| from + secs(7_200 + 75 * nth)).collect();
        assert_eq!(sent, expected, "{}", profile.name);
        assert_eq!(end, [from + secs(7_200 + 75 * probes)], "{}", profile.name);
        assert_eq!(pair.state(End::A, opened.a), State::Established, "nobody told A");
    }
}

/// Data that is outstanding asks by itself: no probe is sent beside its retransmissions.
#[test]
fn no_probe_while_data_is_outstanding() {
    let (mut pair, opened) = after_two_octets(Profile::linux());
    pair.cut();
    pair.write(End::A, opened.a, 100);
    pair.run_for(secs(300));
    assert_eq!(sent_at(&pair), [0_u64; 0]);
    assert!(pair.wires.iter().any(|wire| wire.rule == "retransmission-timeout"));
}

/// An accepted connection has the options of its listening socket, and TIME-WAIT has no keep-alives.
#[test]
fn options_are_inherited_and_end_with_the_connection() {
    let mut pair = Pair::of(Profile::linux());
    let listener = pair.listen(80, 5);
    pair.set_options(End::B, |stack, now| stack.set_keepalive(now, listener, true));
    let a = pair.connect().expect("a port is free");
    pair.run_for(ms(200));
    let b = pair.accept(listener).expect("the handshake is over");
    pair.run_for(secs(7_300));
    let probes = |pair: &Pair| {
        pair.wires.iter().filter(|wire| wire.from == End::B && wire.rule == "keepalive-probe").count()
    };
    assert_eq!(probes(&pair), 1);
    pair.close(End::B, b);
    pair.run_for(ms(200));
    pair.close(End::A, a);
    pair.run_for(secs(20_000));
    assert_eq!(probes(&pair), 1);
    assert_eq!(pair.state(End::B, b), State::Closed);
}

#[test]
fn values_out_of_range_are_refused() {
    let mut pair = Pair::of(Profile::linux());
    let opened = pair.open();
    for (option, value) in [
        (KeepaliveValue::Idle, 0),
        (KeepaliveValue::Idle, 32_768),
        (KeepaliveValue::Interval, 32_768),
        (KeepaliveValue::Probes, 128),
    ] {
        pair.set_options(End::A, |stack, now| {
            assert_eq!(
                stack.set_keepalive_value(now, opened.a, option, value),
                Err(CallError::InvalidArgument)
            );
            Ok(())
        });
    }
}

fn pulled(at: Duration) -> Intervention {
    let between = ("client".to_owned(), "server".to_owned());
    Intervention { after: Moment::start_of(Instant::ZERO + at), action: Action::PullCable { between } }
}

/// What the sockets of a node failed with, by the second.
fn errors(trace: &Trace, node: usize) -> Vec<(u64, CallError)> {
    let of_node = trace.entries.iter().filter(|entry| entry.node.index() == node);
    let failed = of_node.filter_map(|entry| match entry.event {
        Event::Socket { notice: Notice::Errored { error }, .. } => {
            Some((entry.at.as_micros() / 1_000_000, error))
        }
        _ => None,
    });
    failed.collect()
}

/// RFC 1122 section 4.2.3.6: without keep-alives a server that waits for a request never learns that the client is gone;
/// with them its socket is free one idle time and five intervals after the last segment.
#[test]
fn a_server_gets_rid_of_a_client_that_vanished() {
    let scenario = |keepalive: &str| {
        let json = format!(
            r#"{{"nodes": [
                {{"name": "client", "address": "10.0.0.1", "profile": "linux",
                 "role": {{"script": {{"steps": [{{"at_us": 0, "call": {{"connect": {{"to": "server", "port": 80}}}}}}]}}}}}},
                {{"name": "server", "address": "10.0.0.2", "profile": "linux", "stack": {{{keepalive}}},
                 "role": {{"origin-server": {{"idle_timeout_us": 0}}}}}}],
               "links": [{{"between": ["client", "server"], "delay_us": 10000}}]}}"#
        );
        let mut scenario = Scenario::from_json(&json).expect("it makes sense");
        scenario.interventions.push(pulled(secs(100)));
        trace(&scenario)
    };
    let without = scenario("");
    assert_eq!(errors(&without, 1), []);
    let with = scenario(r#""keepalive": {"idle_us": 30000000, "interval_us": 5000000, "probes": 5}"#);
    // The probe at 90 s was answered.
    assert_eq!(errors(&with, 1), [(145, CallError::TimedOut)]);
    assert_eq!(with.stopped_by, None);
}

/// A peer that answers is probed for ever, and the limits of the run hold.
#[test]
fn a_run_with_keepalives_ends() {
    let client = [
        "s = socket()",
        "setsockopt(s, SO_KEEPALIVE, 1)",
        "setsockopt(s, TCP_KEEPIDLE, 1)",
        "connect(s, server, 80)",
        "read(s, 1)",
    ];
    let server = ["s = socket()", "bind(s, 80)", "listen(s)", "c = accept(s)"];
    let program = |lines: &[&str]| {
        RoleSpec::Manual(ManualSpec {
            program: lines.iter().map(|line| (*line).to_owned()).collect(),
            ..ManualSpec::default()
        })
    };
    let roles = vec![("client", program(&client)), ("server", program(&server))];
    let mut scenario = chain(ProfileName::Linux, ms(10), roles);
    let endless = trace(&scenario);
    assert_eq!(endless.stopped_by, Some(StoppedBy::Time));
    let probes = endless.entries.iter().filter(|entry| entry.rule == Rule::KeepaliveProbe).count();
    assert!(probes > 3_500, "{probes} probes in an hour");
    // With the cable pulled: nine probes, 75 s apart.
    scenario.interventions.push(pulled(ms(10_500)));
    let pulled = trace(&scenario);
    assert_eq!(errors(&pulled, 0), [(11 + 9 * 75, CallError::TimedOut)]);
    assert_eq!(pulled.stopped_by, None);
}

#[test]
fn times_out_of_range_are_named() {
    for (spec, field) in [
        (KeepaliveSpec { idle_us: Some(ms(999)), ..KeepaliveSpec::default() }, "idle_us"),
        (KeepaliveSpec { interval_us: Some(secs(32_768)), ..KeepaliveSpec::default() }, "interval_us"),
        (KeepaliveSpec { probes: Some(0), ..KeepaliveSpec::default() }, "probes"),
    ] {
        let mut scenario = chain(ProfileName::Linux, ms(10), vec![("client", script(Vec::new()))]);
        scenario.nodes[0].stack.keepalive = Some(spec);
        let error = scenario.validate().expect_err(field);
        assert_eq!(error.field, format!("nodes[0].stack.keepalive.{field}"));
    }
}
