//! The numbers in the lessons about broken connections.

mod support;

use playground_lessons::{Run, Value};
use support::{count, octets, run};

#[test]
fn a_repeated_post_orders_twice_and_a_repeated_put_once() {
    // RFC 9110 section 9.2.2.
    for (method, breaks, executed, holds) in [
        ("POST", "after", 2, 2),
        ("POST", "before", 1, 1),
        ("PUT", "after", 2, 1),
        ("PUT", "before", 1, 1),
        ("DELETE", "after", 2, 0),
        ("GET", "after", 0, 0),
    ] {
        let run = run("retry", &[("method", method), ("breaks", breaks)]);
        assert_eq!((count(&run, "executed"), count(&run, "holds")), (executed, holds), "{method} {breaks}");
        assert_eq!(count(&run, "sent"), 2, "{method} {breaks}");
    }
}

#[test]
fn only_put_solves_the_challenge() {
    for method in ["POST", "PUT", "DELETE", "GET"] {
        for user in ["again", "give-up"] {
            for retry in ["on", "off"] {
                let run = run("retry", &[("method", method), ("user", user), ("retry", retry)]);
                let solved = run.goal().expect("it has a challenge").solved;
                assert_eq!(solved, method == "PUT" && retry == "on", "{method} {user} {retry}");
            }
        }
    }
}

#[test]
fn a_request_that_crosses_the_close_is_not_executed_and_costs_another_round_trip() {
    let crossing = run("close-at-will", &[]);
    let late = run("close-at-will", &[("moment", "late")]);
    let took = |run: &Run| match run.facts.get("took") {
        Some(Value::Span(span)) => span.as_micros() / 1_000,
        other => panic!("{other:?}"),
    };
    // Half a round trip until the client sees the close, then a handshake and the request: 250 against 200 ms.
    assert_eq!((took(&crossing) / 10, took(&late) / 10), (25, 20));
}

#[test]
fn a_truncated_response_without_a_length_is_cached_and_served() {
    // squid was seen to store the piece without a length, and none of the others.
    for (length, end, second, last) in [
        ("right", "fin", 1_000, 600),
        ("right", "rst", 1_000, 1_000),
        ("chunked", "fin", 1_000, 600),
        ("chunked", "rst", 1_000, 1_000),
        ("wrong", "fin", 600, 600),
    ] {
        let run = run("truncation", &[("length", length), ("end", end)]);
        let lengths = ["first", "second", "last"].map(|key| octets(&run, key));
        assert_eq!(lengths, [600, second, last], "{length} {end}");
    }
}

#[test]
fn a_post_waits_for_the_pipeline_unless_told_otherwise() {
    // RFC 9112 section 9.3.2.
    for (depth, third, together) in
        [("4", "GET", 4), ("4", "POST", 4), ("4", "POST-waits", 2), ("2", "GET", 2), ("1", "GET", 1)]
    {
        let run = run("pipelining", &[("depth", depth), ("third", third)]);
        assert_eq!(count(&run, "together"), together, "{depth} {third}");
    }
}
