//! Where the time of each request went.

use playground_core::event::Event;
use playground_core::scenario::Scenario;
use playground_core::sim::run;
use playground_core::time::Duration;
use playground_core::trace::Trace;
use playground_lessons::{KnobValues, find};
use playground_playback::{Dissection, Spent, SpentKind};

use crate::below::STAR;
use crate::lessons::every_run;

/// Kinds and milliseconds of the parts of a request.
fn told(spent: &Spent) -> Vec<(SpentKind, u64)> {
    spent.parts.iter().map(|part| (part.kind, part.span().as_micros() / 1_000)).collect()
}

fn of_lesson(id: &str, knobs: &[(&str, &str)]) -> Vec<Spent> {
    let lesson = find(id).expect("a lesson");
    let mut values = KnobValues::defaults(lesson);
    for (knob, value) in knobs {
        values.set(lesson, knob, value).expect("a value of the knob");
    }
    let run = lesson.run(&values).expect("it runs");
    Spent::all(&run.trace, &Dissection::new(&run.trace))
}

fn check(name: &str, trace: &Trace) {
    let requests = Spent::all(trace, &Dissection::new(trace));
    let outcomes = trace.entries.iter().filter(|entry| {
        matches!(entry.event, Event::TransactionCompleted { .. } | Event::TransactionFailed { .. })
    });
    assert_eq!(requests.len(), outcomes.count(), "{name}: each request has its bar");
    assert!(requests.is_sorted_by_key(|spent| spent.from), "{name}");
    for spent in &requests {
        let name = format!("{name}, request {}", spent.request);
        let sum = spent.parts.iter().fold(Duration::ZERO, |sum, part| sum + part.span());
        assert_eq!(sum, spent.total(), "{name}");
        let mut at = spent.from;
        for part in &spent.parts {
            assert!(part.from == at && part.until > at, "{name}: {:?}", spent.parts);
            assert_ne!(part.kind, SpentKind::Close, "{name}");
            at = part.until;
        }
        assert!(spent.parts.windows(2).all(|pair| pair[0].kind != pair[1].kind), "{name}");
        let shares: u32 = spent.shares().iter().sum();
        assert_eq!(shares, if spent.total() == Duration::ZERO { 0 } else { 100 }, "{name}");
    }
}

#[test]
fn the_parts_of_every_request_of_every_lesson_are_its_whole() {
    every_run(check);
}

#[test]
fn the_parts_are_named_after_what_the_request_waited_for() {
    use SpentKind::{
        Address, Connect, Dns, Hang, HeldAck, Nagle, Process, Queue, Request, Response, Tls, User,
    };
    let star = run(&Scenario::from_json(STAR).expect("a scenario")).expect("it runs");
    let star = Spent::all(&star, &Dissection::new(&star));
    // Two hops of 10 ms: a round trip of 40 each for the address (two of them), the name, TCP and TLS; half a
    // one for the request, the server's 30, half a one for the response.
    assert_eq!(
        told(&star[0]),
        [(Address, 80), (Dns, 40), (Connect, 40), (Tls, 40), (Request, 20), (Process, 30), (Response, 20)]
    );
    assert_eq!((star[0].title.as_str(), star[0].total().as_micros() / 1_000), ("GET /a", 270));
    assert!(star[0].close.is_some());
    // Nobody works while Nagle's algorithm waits for the ACK and the server holds the ACK back.
    assert_eq!(
        told(&of_lesson("nagle", &[])[0]),
        [(Connect, 100), (Nagle, 50), (HeldAck, 200), (Nagle, 50), (Request, 50), (Response, 50)]
    );
    assert_eq!(
        told(&of_lesson("delayed-ack", &[])[0]),
        [(Connect, 100), (Request, 50), (Response, 51), (HeldAck, 200), (Response, 102)]
    );
    // The second request lies unread in the proxy's buffer.
    assert_eq!(told(&of_lesson("dumb-proxy", &[])[1]), [(Request, 50), (Hang, 14_399), (Response, 50)]);
    // One connection at a time, then one connection for all: the images wait for each other.
    let serial = of_lesson("serial", &[]);
    assert_eq!(
        told(&serial[2]),
        [(Queue, 504), (Connect, 100), (Request, 50), (Response, 253)],
        "{}",
        serial[2].title
    );
    let persistent = of_lesson("persistent", &[]);
    assert_eq!(told(&persistent[6]), [(Queue, 517), (Request, 50), (Response, 53)]);
    assert!(persistent[..6].iter().all(|spent| spent.close.is_none()), "only the last one sees the end");
    // The answer before its own takes its time, and the connection ends before its turn.
    let pipelined = of_lesson("pipelining", &[]);
    assert_eq!(told(&pipelined[1])[2], (Process, 1_000));
    assert_eq!(
        told(&pipelined[2]),
        [
            (Connect, 100),
            (Request, 50),
            (Queue, 1_399),
            (Response, 50),
            (Connect, 100),
            (Request, 50),
            (Response, 50)
        ]
    );
    // The user thinks it over.
    let retry = &of_lesson("retry", &[])[0];
    assert_eq!(retry.spent_on(User), Duration::from_secs(3));
    assert_eq!(retry.spent_on(Process).as_micros(), 200_000);
}
