//! Event patterns, scenes, and the numbers in the lessons.

mod support;

use playground_core::tcp::State;
use playground_core::time::{Duration, Instant};
use playground_lessons::pattern::{completed, delivered, received, sent, state};
use playground_lessons::{Moment, Scene, Value};
use support::{fact, run, span};

#[test]
fn patterns_combine_predicates() {
    let run = run("dumb-proxy", &[]);
    let scene = Scene::new(&run.trace, &run.values);
    // The first connection is the client's, the second one the proxy's own.
    let syn = scene.first(sent("client").syn());
    let second = scene.first(sent("proxy").syn().with_peer("server"));
    assert_eq!(syn.at(), Some(Instant::ZERO));
    assert!(second.at() > syn.at());
    assert_eq!(scene.whole().count(sent("client").syn()), 1);
    // What was sent is delivered one delay later, to the other end.
    let sent_a = scene.first(sent("client").data().carrying("GET /a"));
    let delivered_a = scene.first(delivered("proxy").data().carrying("GET /a").with_peer("client"));
    assert!(delivered_a.since(sent_a).is_some_and(|took| took >= Duration::from_millis(50)));
    let midway = sent_a.halfway().at();
    assert!(sent_a.at() < midway && midway < delivered_a.at());
    // Order: nth, before, after.
    let requests = scene.whole();
    assert_eq!(requests.nth(1, sent("client").data()).at(), sent_a.at());
    assert!(
        requests.nth(2, sent("client").data()).at() > requests.after(sent_a).first(received("proxy")).at()
    );
    assert_eq!(requests.before(sent_a).count(sent("client").data()), 0);
    assert_eq!(requests.nth(3, sent("client").data()).at(), None);
    assert_eq!(scene.last(state("client", State::Closed)).at(), Some(run.steps[9].at));
}

/// A connection that nobody ends has no end; else the last FIN is acknowledged, or has started TIME-WAIT.
#[test]
fn the_end_of_all_connections_is_found() {
    for (lesson, knobs, is_closed) in
        [("first-page", &[][..], true), ("nagle", &[], false), ("reset", &[], true)]
    {
        let run = run(lesson, knobs);
        let scene = Scene::new(&run.trace, &run.values);
        let end = scene.all_closed();
        assert_eq!(end.at().is_some(), is_closed, "{lesson}");
        let world = run.trace.world_after(end.entry().map_or(0, |entry| entry.index + 1));
        let open = [State::Closed, State::TimeWait, State::Listen];
        let mut sockets = world.nodes.iter().flat_map(|node| node.sockets.values());
        assert!(sockets.all(|socket| open.contains(&socket.state)), "{lesson}");
    }
}

/// The last step of a lesson that ends with a close shows it: no connection is open there, and before it one was.
#[test]
fn last_steps_show_the_end_that_they_tell_of() {
    for (lesson, knobs) in [
        ("first-page", &[][..]),
        ("first-page", &[("url", "address")]),
        ("https", &[]),
        ("https", &[("tls", "none")]),
        ("socket-calls", &[]),
        ("transaction-delay", &[]),
        ("handshake-delay", &[]),
        ("handshake-delay", &[("reuse", "off")]),
    ] {
        let run = run(lesson, knobs);
        let is_open = |step: &playground_lessons::StepMark| {
            let world = run.trace.world_after(step.index);
            let open = |state| !matches!(state, State::Closed | State::TimeWait | State::Listen);
            world.nodes.iter().flat_map(|node| node.sockets.values()).any(|socket| open(socket.state))
        };
        let [.., before, last] = &run.steps[..] else { panic!("{lesson} has no steps") };
        assert!(is_open(before) && !is_open(last), "{lesson} {knobs:?}");
    }
}

#[test]
fn a_missing_step_is_absent_with_its_reason() {
    let run = run("dumb-proxy", &[("proxy", "smart")]);
    let scene = Scene::new(&run.trace, &run.values);
    let rst = scene.first(sent("proxy").rst());
    assert_eq!(rst.halfway().exactly().or_absent("why"), Moment::Absent { reason: "why" });
    assert!(matches!(rst.or(scene.end()).moment(), Moment::At { .. }));
    assert!(matches!(scene.end().only_if(false).moment(), Moment::Absent { .. }));
    let moment = scene.first(completed("client", 1)).variant("b").variant_if(false, "c").moment();
    assert!(matches!(moment, Moment::At { variant: Some("b"), .. }));
}

#[test]
fn the_handshake_is_half_of_a_small_transaction() {
    let first = run("handshake-delay", &[]);
    assert!(matches!(fact(&first, "share"), Value::PerMille(480..=520)), "{:?}", first.facts);
    assert_eq!(fact(&first, "size"), &Value::Octets(400));
    assert_eq!(span(&first, "second-setup"), Duration::ZERO);
    for rtt in ["10", "500"] {
        let other = run("handshake-delay", &[("rtt", rtt)]);
        assert!(matches!(fact(&other, "share"), Value::PerMille(450..=520)), "{:?}", other.facts);
    }
    let large = run("handshake-delay", &[("size", "300000")]);
    assert!(matches!(fact(&large, "share"), Value::PerMille(0..100)), "{:?}", large.facts);
}

/// Observed between real stacks: the client waited 4.5 s at a server timeout of 5 s.
#[test]
fn the_hang_lasts_until_the_servers_idle_timeout() {
    for (idle, least_ms, most_ms) in [("5", 4_400, 4_600), ("15", 14_400, 14_600), ("120", 119_400, 119_600)]
    {
        let wait = span(&run("dumb-proxy", &[("idle", idle)]), "second-wait");
        assert!(wait >= Duration::from_millis(least_ms) && wait <= Duration::from_millis(most_ms), "{wait}");
    }
    let smart = span(&run("dumb-proxy", &[("proxy", "smart")]), "second-wait");
    assert!(smart <= Duration::from_millis(210), "{smart}");
}

#[test]
fn received_responses_are_lost_by_the_book_and_kept_on_real_systems() {
    for (profile, read) in [("textbook", 0), ("linux", 10), ("bsd", 10)] {
        assert_eq!(fact(&run("reset", &[("profile", profile)]), "read"), &Value::Count(read), "{profile}");
    }
    // On Linux it is the sender's queue that is lost.
    let linux = run("reset", &[("profile", "linux"), ("size", "30000")]);
    assert!(linux.facts.get("flushed").is_none() && linux.facts.get("queue").is_some(), "{:?}", linux.facts);
    assert!(matches!(fact(&linux, "lost"), Value::Count(1..)), "{:?}", linux.facts);
}

#[test]
fn keep_alive_saves_a_handshake_for_each_file() {
    assert_eq!(fact(&run("keep-alive", &[]), "connections"), &Value::Count(1));
    assert_eq!(fact(&run("keep-alive", &[("server", "no")]), "connections"), &Value::Count(3));
    assert_eq!(fact(&run("keep-alive", &[("server", "max-2")]), "connections"), &Value::Count(2));
    let long = run("keep-alive", &[("length", "long")]);
    assert_eq!(fact(&long, "missing"), &Value::Octets(100));
}

#[test]
fn placeholders_are_filled_from_the_run() {
    use playground_lessons::Language::{English, Korean};
    let run = run("dumb-proxy", &[]);
    assert_eq!(
        run.fill("{{idle}} / {{knob:rtt}} / {{knob:proxy}}", English),
        "15\u{a0}s / 100\u{a0}ms / dumb"
    );
    assert_eq!(run.fill("{{idle}} / {{knob:rtt}} / {{knob:proxy}}", Korean), "15초 / 100ms / 멍청함");
    assert_eq!(run.fill("{{span:second:error}} {{at:ask}}", English), "14.5\u{a0}s 125\u{a0}ms");
    assert_eq!(run.fill("{{nothing}} {{at:nowhere}} {{span:ask}} {{}} {{ open", English), "— — — — {{ open");
    let texts = run.fill("{{steps|one|#}} {{knob:rtt|one|all of #}} {{nothing|one|#}}", English);
    assert_eq!(texts, "— all of 100 ms —");
    assert!(run.step("ask").is_some() && run.step("nowhere").is_none());
}
