//! The output of ping, at the steps of its lesson.

use playground_lessons::KnobValues;
use playground_playback::{Cursor, LineKind, Terminal, TerminalView};

/// The terminal at a step, with knobs.
fn at(step: &str, knobs: &[(&str, &str)]) -> TerminalView {
    let lesson = playground_lessons::find("ping").expect("a lesson");
    let mut values = KnobValues::defaults(lesson);
    for (knob, value) in knobs {
        values.set(lesson, knob, value).expect("a knob");
    }
    let run = lesson.run(&values).expect("lessons run");
    let mark = run.steps.iter().find(|mark| mark.id == step).expect("a step");
    Terminal::new(&run.trace).expect("a ping").at(Cursor::new(mark.index, mark.at))
}

fn texts(view: &TerminalView) -> Vec<&str> {
    view.lines.iter().map(|line| line.text.as_str()).collect()
}

#[test]
fn the_output_grows_by_a_line_a_reply() {
    let view = at("back", &[]);
    let expected = [
        "$ ping -c 4 server",
        "PING server (203.0.113.80) 56(84) bytes of data.",
        "64 bytes from 203.0.113.80: icmp_seq=1 time=60.4 ms",
    ];
    assert_eq!(texts(&view), expected);
    assert!(view.is_running);
    // The second request is on its way, and prints nothing.
    assert_eq!(texts(&at("second", &[])), expected);
}

#[test]
fn the_summary_counts_what_came_back() {
    let view = at("end", &[("rtt", "100")]);
    assert!(!view.is_running);
    let texts = texts(&view);
    assert_eq!(texts[2], "64 bytes from 203.0.113.80: icmp_seq=1 time=300 ms");
    assert_eq!(texts[6], "--- server ping statistics ---");
    assert!(
        texts[7].starts_with("4 packets transmitted, 4 received, 0% packet loss, time 3000ms"),
        "{}",
        texts[7]
    );
    assert!(texts[8].starts_with("rtt min/avg/max/mdev = 300."), "{}", texts[8]);
}

#[test]
fn a_lost_echo_has_no_line() {
    for lost in ["request", "reply"] {
        let view = at("end", &[("loss", lost)]);
        let missing: Vec<&str> = view
            .lines
            .iter()
            .filter(|line| line.kind == LineKind::Missing)
            .map(|line| line.text.as_str())
            .collect();
        assert_eq!(missing, ["icmp_seq=2"]);
        assert!(
            texts(&view)
                .iter()
                .any(|text| text.contains("4 packets transmitted, 3 received, 25% packet loss, time 3000ms"))
        );
        // Nobody knows it while the reply may still come.
        assert!(at("fate", &[("loss", lost)]).lines.iter().all(|line| line.kind != LineKind::Missing));
    }
}

#[test]
fn the_gateway_reports_a_host_that_is_off() {
    let view = at("end", &[("server", "off")]);
    assert!(texts(&view).contains(&"From 192.0.2.254 icmp_seq=1 Destination Host Unreachable"), "{view:?}");
    assert!(
        texts(&view).iter().any(|text| text.contains("0 received, +") && text.contains("100% packet loss"))
    );
}
