//! Requests whose connections break: retries, effects, cut responses and limits.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use playground_core::event::{Belief, Event};
use playground_core::node::{
    BodyFraming, BreakMoment, BreakSpec, ClientSpec, CloseStyle, CutSpec, OriginServerSpec, RequestSpec,
    ResourceSpec, RetryPolicy, RoleSpec, ScriptCall, UserAnswer,
};
use playground_core::rule::Rule;
use playground_core::tcp::{Call, Notice, ProfileName};
use playground_core::time::Duration;
use playground_core::trace::Trace;
use playground_core::wire::Packet;
use support::scenes::{chain, outcomes, say, script, trace};
use support::{ms, secs};

fn request(method: &str) -> RequestSpec {
    RequestSpec { method: method.to_owned(), ..RequestSpec::get("/order") }
}

fn run(client: ClientSpec, server: OriginServerSpec) -> Trace {
    trace(&chain(
        ProfileName::Textbook,
        ms(50),
        vec![("client", RoleSpec::Client(client)), ("server", RoleSpec::OriginServer(server))],
    ))
}

fn breaking(at_request: u32, moment: BreakMoment, by: CloseStyle) -> OriginServerSpec {
    let resources = vec![ResourceSpec::new("/order", 20), ResourceSpec::new("/a", 20)];
    let breaks = Some(BreakSpec { at_request, moment, by, pause_us: ms(10) });
    OriginServerSpec { resources, breaks, ..OriginServerSpec::default() }
}

/// What was decided, asked and done, a line each.
fn story(trace: &Trace) -> Vec<String> {
    let line = |event: &Event| match event {
        Event::RetryDecided { request, sent, decision } => {
            Some(format!("{request} sent {sent}: {decision:?}"))
        }
        Event::UserAsked { request, start_line } => Some(format!("{request} asked: {start_line}")),
        Event::UserAnswered { request, again } => Some(format!("{request} answered: {again}")),
        Event::EffectCaused { method, path, executed, holds, .. } => {
            Some(format!("{method} {path}: executed {executed}, holds {holds}"))
        }
        Event::TransactionCompleted { request, .. } => Some(format!("{request} done")),
        Event::TransactionFailed { request, problem, .. } => Some(format!("{request} failed: {problem}")),
        _ => None,
    };
    trace.entries.iter().filter_map(|entry| line(&entry.event)).collect()
}

#[test]
fn an_order_whose_answer_was_lost_is_placed_twice_when_the_user_says_so() {
    for (method, moment, user, expected) in [
        (
            "POST",
            BreakMoment::AfterEffect,
            UserAnswer::Again,
            &[
                "POST /order: executed 1, holds 1",
                "0 sent 1: Asks",
                "0 asked: POST /order HTTP/1.1",
                "0 answered: true",
                "POST /order: executed 2, holds 2",
                "0 done",
            ][..],
        ),
        (
            "POST",
            BreakMoment::BeforeEffect,
            UserAnswer::Again,
            &[
                "0 sent 1: Asks",
                "0 asked: POST /order HTTP/1.1",
                "0 answered: true",
                "POST /order: executed 1, holds 1",
                "0 done",
            ],
        ),
        (
            "POST",
            BreakMoment::AfterEffect,
            UserAnswer::GiveUp,
            &[
                "POST /order: executed 1, holds 1",
                "0 sent 1: Asks",
                "0 asked: POST /order HTTP/1.1",
                "0 answered: false",
                "0 failed: closed-before-response",
            ],
        ),
        (
            "POST",
            BreakMoment::AfterEffect,
            UserAnswer::NotAsked,
            &["POST /order: executed 1, holds 1", "0 sent 1: GivesUp", "0 failed: closed-before-response"],
        ),
        // The same octets twice, and the effect of once.
        (
            "PUT",
            BreakMoment::AfterEffect,
            UserAnswer::GiveUp,
            &[
                "PUT /order: executed 1, holds 1",
                "0 sent 1: Again",
                "PUT /order: executed 2, holds 1",
                "0 done",
            ],
        ),
        (
            "DELETE",
            BreakMoment::AfterEffect,
            UserAnswer::GiveUp,
            &[
                "DELETE /order: executed 1, holds 0",
                "0 sent 1: Again",
                "DELETE /order: executed 2, holds 0",
                "0 done",
            ],
        ),
        ("GET", BreakMoment::AfterEffect, UserAnswer::GiveUp, &["0 sent 1: Again", "0 done"]),
    ] {
        for by in [CloseStyle::Close, CloseStyle::Abort] {
            let client = ClientSpec {
                retry: RetryPolicy::asking(user, secs(2)),
                ..ClientSpec::new("server", vec![request(method)])
            };
            let story: Vec<String> = story(&run(client, breaking(1, moment, by)))
                .into_iter()
                .map(|line| line.replace("ECONNRESET", "closed-before-response"))
                .collect();
            assert_eq!(story, expected, "{method} {moment:?} {user:?} {by:?}");
        }
    }
}

#[test]
fn without_a_policy_nothing_is_said_and_nothing_is_sent_again() {
    let client = ClientSpec::new("server", vec![request("GET"), request("GET")]);
    let trace = run(client, breaking(1, BreakMoment::AfterEffect, CloseStyle::Close));
    assert_eq!(story(&trace), ["0 failed: closed-before-response", "1 done"]);
}

#[test]
fn a_user_who_is_asked_does_nothing_else_and_is_asked_one_thing_at_a_time() {
    let client = ClientSpec {
        pipeline: 3,
        pipelines_any_method: true,
        retry: RetryPolicy::asking(UserAnswer::Again, secs(2)),
        ..ClientSpec::new("server", vec![request("POST"), request("POST"), request("GET"), request("GET")])
    };
    let trace = run(client, breaking(1, BreakMoment::AfterEffect, CloseStyle::Abort));
    assert_eq!(
        story(&trace),
        [
            "POST /order: executed 1, holds 1",
            "0 sent 1: Asks",
            "0 asked: POST /order HTTP/1.1",
            "1 sent 1: Asks",
            "2 sent 1: Again",
            "2 done",
            "0 answered: true",
            "1 asked: POST /order HTTP/1.1",
            "POST /order: executed 2, holds 2",
            "0 done",
            "1 answered: true",
            "POST /order: executed 3, holds 3",
            "1 done",
            "3 done",
        ]
    );
}

/// When each request left the client, in tenths of a second, with the answers that had come by then.
fn sendings(trace: &Trace) -> Vec<(u64, usize)> {
    let mut answers = 0;
    let mut sendings = Vec::new();
    for entry in trace.entries.iter().filter(|entry| entry.node.index() == 0) {
        match &entry.event {
            Event::TransactionCompleted { .. } => answers += 1,
            Event::Socket { notice: Notice::BytesQueued { .. }, .. } => {
                sendings.push((entry.at.as_micros() / 100_000, answers));
            }
            _ => {}
        }
    }
    sendings
}

#[test]
fn after_a_failure_the_first_answer_comes_before_anything_is_pipelined() {
    // RFC 9112 section 9.3.2: "a client MUST NOT pipeline immediately after connection establishment".
    let client = ClientSpec {
        pipeline: 4,
        retry: RetryPolicy { automatic: 1, ..RetryPolicy::default() },
        ..ClientSpec::new("server", vec![RequestSpec::get("/a"); 4])
    };
    let trace = run(client, breaking(2, BreakMoment::AfterEffect, CloseStyle::Close));
    // Four are written; one is answered; the second goes alone on the new connection, then the other two.
    assert_eq!(sendings(&trace), [(1, 0), (1, 0), (1, 0), (1, 0), (4, 1), (5, 2), (5, 2)]);
    assert_eq!(outcomes(&trace).len(), 4);
}

#[test]
fn what_cannot_be_repeated_is_neither_followed_nor_follows() {
    // RFC 9112 section 9.3.2.
    let list = || vec![RequestSpec::get("/a"), request("POST"), RequestSpec::get("/a")];
    for (pipelines_any_method, expected) in [(false, [(1, 0), (2, 1), (3, 2)]), (true, [(1, 0); 3])] {
        let client = ClientSpec { pipeline: 4, pipelines_any_method, ..ClientSpec::new("server", list()) };
        let server =
            OriginServerSpec { breaks: None, ..breaking(1, BreakMoment::AfterEffect, CloseStyle::Close) };
        assert_eq!(sendings(&run(client, server)), expected);
    }
}

#[test]
fn what_the_server_said_it_would_not_do_may_go_again_whatever_its_method() {
    // RFC 9112 section 9.6: a server that sends "close" does not process what follows.
    let client = ClientSpec {
        pipeline: 3,
        pipelines_any_method: true,
        retry: RetryPolicy { automatic: 1, ..RetryPolicy::default() },
        ..ClientSpec::new("server", vec![RequestSpec::get("/a"), request("POST"), request("POST")])
    };
    let server = OriginServerSpec {
        max_requests: 1,
        breaks: None,
        ..breaking(1, BreakMoment::AfterEffect, CloseStyle::Close)
    };
    let trace = run(client, server);
    assert_eq!(
        story(&trace),
        [
            "0 done",
            "1 sent 1: Again",
            "2 sent 1: Again",
            "POST /order: executed 1, holds 1",
            "1 done",
            // Twice is enough, even of what was never done.
            "2 sent 2: GivesUp",
            "2 failed: closed-before-response",
        ]
    );
}

#[test]
fn an_answer_that_was_cut_is_incomplete_and_not_asked_for_again() {
    // What curl knew: a length that is not reached (18), a reset (56), a chunked body without its last chunk;
    // and nothing at all where neither length nor reset says so (0).
    let (fin, rst) = (CloseStyle::Close, CloseStyle::Abort);
    let cut_short = ["0 sent 1: GivesUp", "0 failed: incomplete-body", "1 done"];
    for (framing, after, by, expected, incomplete) in [
        (BodyFraming::ContentLength, 600, fin, &cut_short[..], &[(600, Some(1_000))][..]),
        (BodyFraming::ContentLength, 600, rst, &cut_short, &[(600, Some(1_000))]),
        // The whole body, and an end that is none of HTTP's.
        (BodyFraming::ContentLength, 1_000, rst, &["0 done", "1 done"], &[]),
        (BodyFraming::Chunked, 600, fin, &cut_short, &[(600, None)]),
        (BodyFraming::Chunked, 600, rst, &cut_short, &[(600, None)]),
        // All of the chunk and not the last one.
        (BodyFraming::Chunked, 1_000, fin, &cut_short, &[(1_000, None)]),
        (BodyFraming::UntilClose, 600, rst, &cut_short, &[(600, None)]),
        (BodyFraming::UntilClose, 600, fin, &["0 done", "1 done"], &[]),
        // Five hundred too many are announced: true or cut, it looks the same.
        (BodyFraming::WrongLength { announced: 1_500 }, 1_000, fin, &cut_short, &[(1_000, Some(1_500))]),
    ] {
        let cut = CutSpec { after, by, pause_us: ms(200), once: true };
        let cut_page = ResourceSpec { framing, cut: Some(cut), ..ResourceSpec::new("/a", 1_000) };
        let resources = vec![cut_page, ResourceSpec::new("/b", 100)];
        let server = OriginServerSpec { resources, ..OriginServerSpec::default() };
        let client = ClientSpec {
            retry: RetryPolicy { automatic: 1, ..RetryPolicy::default() },
            ..ClientSpec::new("server", vec![RequestSpec::get("/a"), RequestSpec::get("/b").after(secs(1))])
        };
        let trace = run(client, server);
        assert_eq!(story(&trace), expected, "{framing:?} {after} {by:?}");
        let said: Vec<_> = trace
            .entries
            .iter()
            .filter_map(|entry| match entry.event {
                Event::MessageIncomplete { received, expected, .. } => Some((received, expected)),
                _ => None,
            })
            .collect();
        assert_eq!(said, incomplete, "{framing:?} {after} {by:?}");
    }
}

#[test]
fn octets_beyond_the_announced_length_are_no_answer_to_the_next_request() {
    // RFC 9112 section 9.2: data without an outstanding request is no valid response; the client "SHOULD close the
    // connection". curl 7.88.1: "Excess found in a read", "Closing connection 0", and FIN at once.
    let framing = BodyFraming::WrongLength { announced: 300 };
    let page = ResourceSpec { framing, ..ResourceSpec::new("/a", 500) };
    let server = OriginServerSpec {
        resources: vec![page, ResourceSpec::new("/b", 100)],
        ..OriginServerSpec::default()
    };
    for after in [Duration::ZERO, secs(1)] {
        let later = RequestSpec::get("/b").after(after);
        let trace = run(ClientSpec::new("server", vec![RequestSpec::get("/a"), later]), server.clone());
        assert_eq!(story(&trace), ["0 done", "1 done"]);
        assert_eq!(support::scenes::opened(&trace, "client", "server"), 2);
        let done = trace.entries.iter().find(|it| matches!(it.event, Event::TransactionCompleted { .. }));
        let fin = trace
            .entries
            .iter()
            .find(|it| matches!(&it.event, Event::PacketSent { packet: Packet::Segment(segment), .. } if segment.flags.is_fin()));
        let moment = |entry: Option<&playground_core::event::Entry>| entry.map(|it| (it.node, it.at));
        assert_eq!(moment(fin), moment(done), "the client's FIN, with the answer");
    }
}

#[test]
fn a_server_keeps_a_client_to_its_number_of_connections() {
    for (excess, end) in [(CloseStyle::Close, "[F.]"), (CloseStyle::Abort, "[R.]")] {
        let server = OriginServerSpec { connections_per_client: 2, excess, ..OriginServerSpec::default() };
        let connect = || ScriptCall::Connect { to: "server".to_owned(), port: 80 };
        let client = script(vec![(0, connect()), (0, connect()), (500, connect()), (900, say("x"))]);
        let trace = trace(&chain(
            ProfileName::Textbook,
            ms(50),
            vec![("client", client), ("server", RoleSpec::OriginServer(server))],
        ));
        let ends: Vec<String> = support::scenes::lines_between(&trace, "server", "client")
            .into_iter()
            .filter(|line| line.starts_with("0.") && line.contains(end))
            .collect();
        assert_eq!(ends.len(), 1, "{ends:#?}");
        assert!(ends[0].starts_with("0.65"), "{ends:#?}");
    }
}

#[test]
fn settings_that_make_no_sense_are_named() {
    let client = |retry| RoleSpec::Client(ClientSpec { retry, ..ClientSpec::new("server", Vec::new()) });
    let server = || RoleSpec::OriginServer(OriginServerSpec::default());
    let at_0 = BreakSpec {
        at_request: 0,
        moment: BreakMoment::AfterEffect,
        by: CloseStyle::Close,
        pause_us: Duration::ZERO,
    };
    let broken =
        RoleSpec::OriginServer(OriginServerSpec { breaks: Some(at_0), ..OriginServerSpec::default() });
    for (roles, field) in [
        (
            vec![
                ("client", client(RetryPolicy { automatic: 10, ..RetryPolicy::default() })),
                ("server", server()),
            ],
            "nodes[0].role.client.retry.automatic",
        ),
        (
            vec![
                ("client", client(RetryPolicy::asking(UserAnswer::Again, Duration::from_secs(7_200)))),
                ("server", server()),
            ],
            "nodes[0].role.client.retry.user_takes_us",
        ),
        (
            vec![("client", client(RetryPolicy::default())), ("server", broken)],
            "nodes[1].role.origin-server.breaks.at_request",
        ),
    ] {
        let scenario = chain(ProfileName::Textbook, ms(50), roles);
        assert_eq!(playground_core::sim::run(&scenario).expect_err("no sense").field, field);
    }
}

/// RFC 9112 section 9.5: a client has a time-out of its own; to give up waiting is not to receive a RST.
#[test]
fn a_response_time_out_is_told_as_one_and_closes_once() {
    let client = ClientSpec {
        response_timeout_us: secs(1),
        ..ClientSpec::new("server", vec![RequestSpec::get("/f")])
    };
    let slow = ResourceSpec { processing_us: secs(10), ..ResourceSpec::new("/f", 10) };
    let trace = run(client, OriginServerSpec { resources: vec![slow], ..OriginServerSpec::default() });
    // A second after the request, which goes out a round trip after the SYN.
    assert_eq!(outcomes(&trace), ["1.1 s: 0 response-timeout"]);
    let own = || trace.entries.iter().filter(|entry| entry.node.index() == 0);
    let closes = own().filter(|entry| matches!(entry.event, Event::CallReturned { call: Call::Close, .. }));
    assert_eq!(closes.count(), 1);
    let ended = own().find(|entry| matches!(entry.event, Event::BeliefChanged { belief: Belief::Ended, .. }));
    assert_eq!(ended.map(|entry| entry.rule), Some(Rule::RequestTimeout));
}
