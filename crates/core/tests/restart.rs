//! A server that is stopped and started again: EADDRINUSE while its port has connections in TIME-WAIT.
//!
//! Observed on Linux 6.18: a server that closed first and tries each second is refused 60 times, for 60.4 s; with
//! SO_REUSEADDR it is not refused once.

mod support;

use playground_core::event::Event;
use playground_core::http::Version;
use playground_core::node::{ClientSpec, OriginServerSpec, RequestSpec, RestartSpec, RoleSpec};
use playground_core::rule::Rule;
use playground_core::scenario::{Scenario, StackSpec};
use playground_core::tcp::{Call, CallError, ProfileName, Returned};
use playground_core::time::Instant;
use playground_core::trace::{StoppedBy, Trace};
use support::scenes::{chain, origin, outcomes, trace};
use support::{ms, secs};

/// A client that asks at once, and again five seconds after the answer; a server that is stopped after a second.
fn scenario(profile: ProfileName, stack: StackSpec) -> Scenario {
    let mut client =
        ClientSpec::new("server", vec![RequestSpec::get("/f"), RequestSpec::get("/f").after(secs(5))]);
    client.version = Version::Http11;
    let server = OriginServerSpec {
        restart: Some(serde_json::from_str(r#"{"at_us": 1000000}"#).expect("the other times have defaults")),
        ..origin(Version::Http11)
    };
    let roles = vec![("client", RoleSpec::Client(client)), ("server", RoleSpec::OriginServer(server))];
    let mut scenario = chain(ProfileName::Linux, ms(10), roles);
    (scenario.nodes[1].profile, scenario.nodes[1].stack) = (profile, stack);
    scenario
}

fn without_reuse() -> StackSpec {
    StackSpec { reuse_address: Some(false), ..StackSpec::default() }
}

/// When the server was refused its port, and when it listened again, in milliseconds.
fn attempts(trace: &Trace) -> (Vec<u64>, Vec<u64>) {
    let (mut refused, mut listening) = (Vec::new(), Vec::new());
    for entry in &trace.entries {
        let Event::CallReturned { call: Call::Listen { .. }, returned, .. } = &entry.event else { continue };
        let at = entry.at.as_micros() / 1_000;
        match returned {
            Returned::Failed { error: CallError::AddressInUse } => {
                assert_eq!(entry.rule, Rule::AddressInUse);
                refused.push(at);
            }
            _ => listening.push(at),
        }
    }
    (refused, listening)
}

#[test]
fn without_reuse_address_a_restarted_server_waits_for_time_wait() {
    for (profile, wait) in [(ProfileName::Linux, 60), (ProfileName::Bsd, 60), (ProfileName::Textbook, 120)] {
        let run = trace(&scenario(profile, without_reuse()));
        let (refused, listening) = attempts(&run);
        // TIME-WAIT begins a round trip after the close.
        let expected: Vec<u64> = (0..=wait).map(|nth| 1_000 + 1_000 * nth).collect();
        assert_eq!(refused, expected, "{profile}");
        assert_eq!(listening, [0, 1_000 * (wait + 2)], "{profile}");
        assert_eq!(outcomes(&run), ["0.0 s: 0 200 100 octets", "5.1 s: 1 ECONNREFUSED"], "{profile}");
        assert_eq!(run.stopped_by, None);
    }
}

#[test]
fn with_reuse_address_it_listens_at_once() {
    for profile in [ProfileName::Linux, ProfileName::Bsd, ProfileName::Textbook] {
        let run = trace(&scenario(profile, StackSpec::default()));
        assert_eq!(attempts(&run), (Vec::new(), vec![0, 1_000]), "{profile}");
        assert_eq!(outcomes(&run), ["0.0 s: 0 200 100 octets", "5.1 s: 1 200 100 octets"], "{profile}");
    }
}

fn server(scenario: &mut Scenario) -> &mut RestartSpec {
    match &mut scenario.nodes[1].role {
        RoleSpec::OriginServer(server) => server.restart.as_mut().expect("it is stopped"),
        other => panic!("{other:?}"),
    }
}

/// While nobody listens, the machine refuses.
#[test]
fn a_client_is_refused_while_the_server_is_down() {
    let mut down = scenario(ProfileName::Linux, StackSpec::default());
    server(&mut down).down_us = secs(10);
    let run = trace(&down);
    assert_eq!(attempts(&run), (Vec::new(), vec![0, 11_000]));
    assert_eq!(outcomes(&run), ["0.0 s: 0 200 100 octets", "5.1 s: 1 ECONNREFUSED"]);
}

/// A port that never becomes free is tried until the run's time is over, and no longer.
#[test]
fn attempts_end_with_the_run() {
    let mut endless = scenario(
        ProfileName::Linux,
        StackSpec { max_segment_lifetime_us: Some(secs(3_600)), ..without_reuse() },
    );
    server(&mut endless).retry_us = ms(500);
    let run = trace(&endless);
    assert_eq!(run.stopped_by, Some(StoppedBy::Time));
    assert_eq!(attempts(&run).0.len(), 2 * 3_599 + 1);
}

#[test]
fn times_out_of_range_are_named() {
    let mut scenario = scenario(ProfileName::Linux, StackSpec::default());
    server(&mut scenario).retry_us = secs(0);
    assert_eq!(
        scenario.validate().expect_err("no pause").field,
        "nodes[1].role.origin-server.restart.retry_us"
    );
    server(&mut scenario).retry_us = secs(1);
    server(&mut scenario).down_us = secs(3_601);
    assert_eq!(
        scenario.validate().expect_err("too long").field,
        "nodes[1].role.origin-server.restart.down_us"
    );
    server(&mut scenario).down_us = secs(0);
    server(&mut scenario).at_us = Instant::ZERO;
    assert_eq!(attempts(&trace(&scenario)).1, [0, 0]);
}
