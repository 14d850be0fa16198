//! The numbers in the lessons about TCP.

mod support;

use playground_core::event::Event;
use playground_core::rule::Rule;
use playground_lessons::{Run, Value, Ways};
use support::{count, fact, run, span};

fn millis(run: &Run, key: &str) -> u64 {
    span(run, key).as_micros() / 1_000
}

/// RFC 5681 section 3.1: one segment per ACK doubles the window each round trip. A receive window of 65,535 octets,
/// less the segment being acknowledged, holds 43. An initial window of ten, as on Linux, gives 10, 20, 40. With delayed
/// ACKs, for every second segment, it grows by half; with byte counting (RFC 3465) it still doubles.
#[test]
fn segments_per_round_trip_in_slow_start() {
    for (changes, rounds) in [
        (&[][..], "1, 2, 4, 8, 16, 32, 6"),
        (&[("size", "300000")], "1, 2, 4, 8, 16, 32, 43, 43, 43, 14"),
        (&[("window", "10")], "10, 20, 39"),
        (&[("window", "10"), ("size", "300000")], "10, 20, 40, 43, 43, 43, 7"),
        (&[("ack", "on")], "1, 2, 3, 5, 6, 9, 15, 21, 7"),
        (&[("ack", "octets")], "1, 2, 4, 8, 16, 32, 6"),
    ] {
        let run = run("slow-start", changes);
        assert_eq!(*fact(&run, "rounds"), Value::Verbatim(rounds.to_owned()), "{changes:?}");
    }
}

#[test]
fn a_warm_connection_is_faster_than_a_new_one() {
    for size in ["20000", "100000", "300000"] {
        let run = run("slow-start", &[("size", size)]);
        assert!(millis(&run, "time-again") + 100 < millis(&run, "time"), "{size}");
    }
}

/// RTT 20 ms, timer 40 ms. Observed on Linux: 82 to 88 ms with both (its clock makes 40 ms up to 48),
/// 40.5 with a receiver that acknowledges at once, 20.4 with TCP_NODELAY, and 20.4 for one write.
#[test]
fn nagle_and_delayed_ack_in_four_combinations() {
    let both = run("nagle", &[("rtt", "20"), ("ack", "40")]);
    for (key, least, most) in
        [("both", 80, 88), ("nagle-only", 40, 41), ("ack-only", 20, 21), ("neither", 20, 21)]
    {
        assert!((least..=most).contains(&millis(&both, key)), "{key}: {:?}", both.facts);
    }
    assert_eq!(millis(&both, "wait"), millis(&both, "both"));
    let once = run("nagle", &[("rtt", "20"), ("ack", "40"), ("writes", "1")]);
    assert_eq!(millis(&once, "wait"), 20);
    // What the algorithm is for: ten small writes become two segments.
    assert_eq!(count(&run("nagle", &[("writes", "10")]), "packets"), 2);
    assert_eq!(count(&run("nagle", &[("writes", "10"), ("nagle", "off")]), "packets"), 10);
}

/// The sender of a three-segment page waits for the ACK of the first: the delayed-ACK timer adds to the load time.
#[test]
fn a_delayed_ack_that_the_sender_waits_for_costs_its_timer() {
    for timer in [0, 40, 200, 500] {
        let run = run("delayed-ack", &[("timer", &timer.to_string())]);
        let added = millis(&run, "time") - millis(&run, "at-once");
        assert_eq!(added, timer);
    }
    // An echo gives every ACK but the last a ride; one way, one ACK stands for the lines of its wait.
    assert_eq!(count(&run("delayed-ack", &[("app", "echo")]), "lone"), 1);
    assert_eq!(count(&run("delayed-ack", &[("app", "one-way")]), "lone"), 3);
    assert_eq!(count(&run("delayed-ack", &[("app", "one-way"), ("timer", "0")]), "lone"), 6);
}

/// The book's advice works with every stack, as long as the server lingers long enough.
#[test]
fn none_of_ten_answers_is_lost_by_a_graceful_close() {
    for profile in ["textbook", "linux", "bsd"] {
        for peer in ["polite", "silent", "sending"] {
            let run = run("graceful-close", &[("profile", profile), ("peer", peer)]);
            assert_eq!(count(&run, "read"), 10, "{profile} {peer}");
        }
        // close() at once: RST flushes the buffer by the RFC; Linux was seen to keep it.
        let lost = count(&run("graceful-close", &[("profile", profile), ("close", "close")]), "lost");
        assert_eq!(lost, if profile == "textbook" { 10 } else { 0 }, "{profile}");
    }
    let short = run("graceful-close", &[("peer", "sending"), ("linger", "1s")]);
    assert_eq!(count(&short, "lost"), 10);
}

/// Data after shutdown(SHUT_RD): observed on Linux 6.18, it is acknowledged and kept, and the socket can still send;
/// FreeBSD's soreceive discards it; by the book the connection is reset.
#[test]
fn closing_the_output_loses_nothing_and_closing_the_input_does() {
    for (how, profile, up, down) in [
        ("output", "textbook", 5, 3),
        ("output", "linux", 5, 3),
        ("output", "bsd", 5, 3),
        ("both", "textbook", 3, 3),
        ("both", "linux", 3, 3),
        ("input", "textbook", 3, 4),
        ("input", "linux", 3, 5),
        ("input", "bsd", 3, 5),
    ] {
        let run = run("half-close", &[("how", how), ("profile", profile)]);
        assert_eq!((count(&run, "up-read"), count(&run, "down-read")), (up, down), "{how} {profile}");
    }
}

/// 40 octets of headers for each segment: 4 for a page of 5,000 octets and its head, 51 when each holds 100.
#[test]
fn smaller_segments_have_more_header_overhead() {
    for (mss, segments, share) in [("1460", 4, 30), ("536", 10, 73), ("100", 51, 287)] {
        let run = run("segments", &[("mss", mss)]);
        assert_eq!(count(&run, "segments"), segments);
        assert_eq!(*fact(&run, "share"), Value::PerMille(share));
    }
}

/// The comparison runs all four combinations, independently of the two knobs.
#[test]
fn four_combinations_are_compared_at_any_knob_values() {
    for (nagle, ack) in [("on", "200"), ("off", "0")] {
        let ways =
            Ways::of(&run("nagle", &[("nagle", nagle), ("ack", ack), ("writes", "1")])).expect("it compares");
        let waits: Vec<u64> = ways.runs.iter().map(|run| millis(run, "wait")).collect();
        assert_eq!(waits, [400, 200, 100, 100]);
    }
    assert!(Ways::of(&run("reset", &[])).is_none());
}

/// RFC 5681 section 3.2: three duplicate ACKs bring back a lost segment; with fewer the timer does. The story knows it
/// from the knobs, the run from the rules of TCP.
#[test]
fn a_corrupted_segment_comes_again_as_the_story_says() {
    for size in ["200", "5000", "20000"] {
        for mss in ["100", "536", "1460"] {
            let run = run("segments", &[("network", "damage"), ("size", size), ("mss", mss)]);
            let again = run
                .trace
                .entries
                .iter()
                .find(|entry| matches!(entry.event, Event::PacketSent { retransmission: true, .. }));
            let told = again.map(|entry| match entry.rule {
                Rule::RetransmissionTimeout => "timeout",
                _ => "again",
            });
            assert_eq!(run.variant("filled"), told, "{size} {mss}");
            assert_eq!(
                count(&run, "sent") - count(&run, "segments"),
                u64::from(told.is_some()),
                "{size} {mss}"
            );
        }
    }
}

/// The delayed ACK of the challenge is the server's: the client's is always on, and helps nobody.
#[test]
fn an_order_without_delayed_ack_does_not_count() {
    let solved = |knobs: &[(&str, &str)]| run("nagle", knobs).goal().expect("it has a challenge").solved;
    assert!(solved(&[("writes", "1")]));
    assert!(!solved(&[("writes", "1"), ("ack", "0")]));
    assert!(!solved(&[("writes", "1"), ("nagle", "off")]));
}

/// The round trips of the challenge are those of the text, and set-up.
#[test]
fn round_trips_are_counted_alike_everywhere() {
    for (window, trips) in [("1", 7), ("2", 6), ("4", 5), ("10", 3)] {
        let run = run("slow-start", &[("window", window)]);
        let goal = run.goal().expect("it has a challenge");
        assert_eq!(
            (count(&run, "trips"), &goal.measures[0].value),
            (trips, &Value::Count(trips + 1)),
            "{window}"
        );
        assert_eq!(goal.solved, window == "10");
    }
}

/// The variant comes from the knobs, the refusals from the run.
#[test]
fn ports_run_out_when_the_knobs_say_so() {
    for msl in ["240", "120", "60", "30"] {
        for ports in ["12", "6"] {
            for servers in ["1", "2"] {
                let run = run("time-wait", &[("msl", msl), ("ports", ports), ("servers", servers)]);
                let runs_out = count(&run, "refused") > 0;
                assert_eq!(run.course.is_empty(), runs_out, "{msl} {ports} {servers}");
                assert!(runs_out || count(&run, "most") > 1_000, "{msl} {ports} {servers}");
            }
        }
    }
}
