//! Message heads at the steps that tell of them.

use std::rc::Rc;

use playground_lessons::KnobValues;
use playground_playback::{Cursor, Dissection, Head, Heads, HeadsView, LineMark};

/// The heads at a step of a lesson with default knobs.
fn at(lesson: &str, step: &str) -> HeadsView {
    let lesson = playground_lessons::find(lesson).expect("a lesson");
    let run = lesson.run(&KnobValues::defaults(lesson)).expect("lessons run");
    let mark = run.steps.iter().find(|mark| mark.id == step).expect("a step");
    let heads = Heads::new(Rc::clone(&run.trace), &Dissection::new(&run.trace));
    heads.at(Cursor::new(mark.index, mark.at))
}

/// Each head: its place, its sender, whether it is a response.
fn places(view: &HeadsView) -> Vec<(usize, &str, bool)> {
    view.heads.iter().map(|head| (head.place, head.from.name.as_str(), head.is_response)).collect()
}

fn marks(head: &Head, mark: LineMark) -> Vec<&str> {
    head.lines.iter().filter(|line| line.mark == mark).map(|line| line.text.as_str()).collect()
}

#[test]
fn each_step_of_the_connection_header_shows_the_message_that_it_speaks_of() {
    for step in ["write", "read"] {
        assert_eq!(places(&at("connection-header", step)), [(0, "client", false)], "{step}");
    }
    for step in ["named", "always", "own"] {
        let view = at("connection-header", step);
        assert_eq!(places(&view), [(0, "client", false), (1, "proxy", false)], "{step}");
        let removed = marks(&view.heads[1], LineMark::Removed);
        assert!(removed.iter().any(|line| line.starts_with("Meter:")), "{step}: {removed:?}");
        assert_eq!(marks(&view.heads[1], LineMark::Added), ["Via: 1.1 proxy"], "{step}");
    }
}

#[test]
fn an_answer_stands_beside_the_request_of_its_hop() {
    let view = at("dumb-proxy", "agree");
    assert_eq!(places(&view), [(0, "proxy", false), (1, "server", true)]);
    assert!(view.heads[0].blind);
    assert_eq!(marks(&view.heads[0], LineMark::PassedBlindly), ["Connection: Keep-Alive"]);
    assert!(view.heads[1].lines.iter().any(|line| line.text == "Connection: Keep-Alive"));
    assert_eq!(places(&at("keep-alive", "answer")), [(0, "client", false), (1, "server", true)]);
}

#[test]
fn the_announced_number_of_requests_counts_down() {
    let lesson = playground_lessons::find("keep-alive").expect("a lesson");
    let run = lesson.run(&KnobValues::defaults(lesson)).expect("lessons run");
    let heads = Heads::new(Rc::clone(&run.trace), &Dissection::new(&run.trace));
    let all = heads.at(Cursor::new(run.trace.entries.len() as u32, run.trace.end())).announced;
    assert!(all.len() >= 2, "{all:?}");
    assert!(all.windows(2).all(|pair| pair[1].max + 1 == pair[0].max), "{all:?}");
}
