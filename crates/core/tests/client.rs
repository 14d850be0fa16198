//! The client's connection policies, as traces.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::event::{Belief, Event};
use playground_core::node::{
    BreakMoment, BreakSpec, ClientSpec, CloseStyle, OriginServerSpec, RequestSpec, ResourceSpec, RoleSpec,
};
use playground_core::scenario::{Action, Intervention, Moment};
use playground_core::sim::run;
use playground_core::tcp::{Notice, ProfileName};
use playground_core::time::Instant;
use playground_core::trace::Trace;
use support::ms;
use support::scenes::{chain, script, trace};

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
