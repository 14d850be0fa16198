//! The client's connection policies, as traces.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::event::{Belief, Entry, Event};
use playground_core::http::Version;
use playground_core::node::{
    AnnouncedTimeout, Asks, BreakMoment, BreakSpec, ClientSpec, CloseStyle, OriginServerSpec, RequestSpec,
    ResourceSpec, RoleSpec,
};
use playground_core::scenario::{Action, Intervention, Moment};
use playground_core::sim::run;
use playground_core::tcp::{Call, Notice, ProfileName};
use playground_core::time::Instant;
use playground_core::trace::Trace;
use support::scenes::{chain, opened, outcomes, script, trace};
use support::{ms, secs};

fn fetch(change: impl Fn(&mut ClientSpec)) -> Trace {
    let paths = ["/a", "/b", "/c"];
    let mut client = ClientSpec::new("server", paths.into_iter().map(RequestSpec::get).collect());
    change(&mut client);
    let server = OriginServerSpec {
        resources: paths.into_iter().map(|path| ResourceSpec::new(path, 300)).collect(),
        ..OriginServerSpec::default()
    };
    let nodes = vec![("client", RoleSpec::Client(client)), ("server", RoleSpec::OriginServer(server))];
    let mut scenario = chain(ProfileName::Textbook, ms(50), nodes);
    scenario.links[0].bits_per_s = 10_000_000;
    trace(&scenario)
}

/// How many connections the client opened, and how many answers it had at each opening.
fn openings(trace: &Trace) -> Vec<u32> {
    let mut answers = 0;
    let mut openings = Vec::new();
    for entry in trace.entries.iter().filter(|entry| entry.node.index() == 0) {
        match entry.event {
            Event::TransactionCompleted { .. } => answers += 1,
            Event::Socket { notice: Notice::Opened { .. }, .. } => openings.push(answers),
            _ => {}
        }
    }
    assert_eq!(answers, 3, "every request is answered");
    openings
}

#[test]
fn a_policy_decides_how_many_connections_there_are() {
    for (reuses, pipeline, expected) in [
        // Serial: one connection for each, one after another.
        (false, 1, vec![0, 1, 2]),
        (true, 1, vec![0]),
        (true, 3, vec![0]),
    ] {
        let trace = fetch(|client| (client.reuses, client.pipeline) = (reuses, pipeline));
        assert_eq!(openings(&trace), expected, "reuses {reuses}, pipeline {pipeline}");
    }
}

/// A connection that failed is given up for the reason why it failed.
#[test]
fn the_end_of_a_connection_names_its_reason() {
    let breaks = BreakSpec {
        at_request: 1,
        moment: BreakMoment::BeforeEffect,
        by: CloseStyle::Abort,
        pause_us: ms(0),
    };
    let breaking = RoleSpec::OriginServer(OriginServerSpec { breaks: Some(breaks), ..Default::default() });
    let pulled = Action::PullCable { between: ("client".to_owned(), "server".to_owned()) };
    for (server, action, rule) in [
        (script(vec![]), None, "connection-refused"),
        (script(vec![]), Some(pulled), "user-timeout"),
        (breaking, None, "reset-received"),
    ] {
        let client = ClientSpec::new("server", vec![RequestSpec::get("/a")]);
        let nodes = vec![("client", RoleSpec::Client(client)), ("server", server)];
        let mut scenario = chain(ProfileName::Textbook, ms(50), nodes);
        let intervention = |action| Intervention { after: Moment::start_of(Instant::ZERO), action };
        scenario.interventions.extend(action.map(intervention));
        let trace = trace(&scenario);
        let ended = trace.entries.iter().find(|entry| {
            let ended = matches!(entry.event, Event::BeliefChanged { belief: Belief::Ended, .. });
            ended && entry.node.index() == 0
        });
        assert_eq!(ended.expect("it ends").rule.key(), rule);
    }
}

/// Whoever made the link: what waits for room at the same time has a limit.
#[test]
fn the_bodies_of_all_requests_have_one_limit() {
    let post = RequestSpec { body_len: 9_000_000, ..RequestSpec::get("/a") };
    let client = ClientSpec { pipeline: 2, ..ClientSpec::new("server", vec![post.clone(), post]) };
    let nodes = vec![("client", RoleSpec::Client(client)), ("server", script(vec![]))];
    let error = run(&chain(ProfileName::Textbook, ms(50), nodes)).expect_err("18 million octets");
    assert_eq!(error.field, "nodes[0].role.client.requests[1].body_len");
    assert_eq!(error.problem.to_string(), "must not write more than 16,000,000 octets");
}

/// What becomes of a second request that long after the first answer, from a server that announces 3 seconds; and the
/// connections that were opened.
fn second_request(honours: AnnouncedTimeout, after_ms: u64, margin_ms: u64) -> (String, usize) {
    let client = ClientSpec {
        version: Version::Http10,
        asks: Asks::KeepAlive,
        announced_timeout: honours,
        announced_margin_us: ms(margin_ms),
        ..ClientSpec::new("server", vec![RequestSpec::get("/a"), RequestSpec::get("/a").after(ms(after_ms))])
    };
    let server = OriginServerSpec {
        hints: true,
        idle_timeout_us: secs(3),
        resources: vec![ResourceSpec::new("/a", 300)],
        ..OriginServerSpec::default()
    };
    let roles = vec![("client", RoleSpec::Client(client)), ("server", RoleSpec::OriginServer(server))];
    let trace = trace(&chain(ProfileName::Textbook, ms(50), roles));
    let outcome = outcomes(&trace).pop().expect("the second request ends");
    (outcome, opened(&trace, "client", "server"))
}

/// HTTP: The Definitive Guide section 4.5.4, observed with Apache 2.4 (`Keep-Alive: timeout=3`, FIN after 3 seconds):
/// the server's FIN and a request that passes it meet on the way, and the request is lost. RFC 9112 section 9.5 has
/// that race; a client that honours the announced time is not in it.
#[test]
fn a_client_that_honours_the_announced_time_does_not_meet_the_servers_fin() {
    use AnnouncedTimeout::{Closes, Ignored, NotReused};
    assert_eq!(second_request(Ignored, 2_980, 1_000), ("3.2 s: 1 closed-before-response".to_owned(), 1));
    for honours in [NotReused, Closes] {
        assert_eq!(second_request(honours, 2_980, 1_000), ("3.4 s: 1 200 300 octets".to_owned(), 2));
        // In time, the connection is used again.
        assert_eq!(second_request(honours, 1_900, 1_000), ("2.2 s: 1 200 300 octets".to_owned(), 1));
        // A margin as long as the announced time leaves nothing to use.
        assert_eq!(second_request(honours, 500, 3_000), ("0.9 s: 1 200 300 octets".to_owned(), 2));
    }
}

#[test]
fn an_idle_connection_is_closed_by_the_client_at_the_announced_time_less_the_margin() {
    let closed_at = |honours| {
        let client = ClientSpec {
            version: Version::Http10,
            asks: Asks::KeepAlive,
            announced_timeout: honours,
            ..ClientSpec::new("server", vec![RequestSpec::get("/a")])
        };
        let resources = vec![ResourceSpec::new("/a", 300)];
        let server = OriginServerSpec {
            hints: true,
            idle_timeout_us: secs(3),
            resources,
            ..OriginServerSpec::default()
        };
        let roles = vec![("client", RoleSpec::Client(client)), ("server", RoleSpec::OriginServer(server))];
        let trace = trace(&chain(ProfileName::Textbook, ms(50), roles));
        let closed = |entry: &&Entry| matches!(entry.event, Event::CallReturned { call: Call::Close, .. });
        let first = trace.entries.iter().find(closed).expect("somebody closes");
        (first.node.index(), first.at.as_micros() / 100_000)
    };
    // The server 3 seconds after it answered at 0.15 s; the client 2 seconds after it read that at 0.2 s.
    assert_eq!(closed_at(AnnouncedTimeout::Ignored), (1, 31));
    assert_eq!(closed_at(AnnouncedTimeout::NotReused), (1, 31));
    assert_eq!(closed_at(AnnouncedTimeout::Closes), (0, 22));
}

#[test]
fn a_margin_of_more_than_an_hour_is_refused() {
    let client = ClientSpec { announced_margin_us: secs(3_601), ..ClientSpec::new("server", Vec::new()) };
    let server = RoleSpec::OriginServer(OriginServerSpec::default());
    let scenario =
        chain(ProfileName::Textbook, ms(50), vec![("client", RoleSpec::Client(client)), ("server", server)]);
    assert_eq!(run(&scenario).expect_err("too long").field, "nodes[0].role.client.announced_margin_us");
}
