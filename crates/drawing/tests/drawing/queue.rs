//! The narrowest link: the same numbers as in the lesson's text, and no more in the queue than it has places for.

use std::rc::Rc;

use playground_core::event::{DropReason, Event};
use playground_core::time::Duration;
use playground_lessons::{KnobValues, Run, Value};
use playground_playback::{Cursor, Dissection, Queue};

fn run(line: &str) -> Run {
    let lesson = playground_lessons::find("parallel-limits").expect("a lesson");
    let mut values = KnobValues::defaults(lesson);
    values.set(lesson, "line", line).expect("a value of the knob");
    lesson.run(&values).expect("lessons run")
}

fn queue(run: &Run) -> Queue {
    Queue::new(&run.trace, Rc::new(Dissection::new(&run.trace))).expect("it has a browser")
}

#[test]
fn the_queue_is_full_when_a_packet_is_dropped_and_never_more_than_full() {
    let run = run("56k-short");
    let queue = queue(&run);
    let (mut most, mut drops) = (0, 0);
    for entry in &run.trace.entries {
        let moment = queue.at(Cursor::new(entry.index + 1, entry.at));
        let places = moment.link.places.expect("a limit") as usize;
        assert!(moment.waiting.len() <= places, "{} wait at {:?}", moment.waiting.len(), entry.at);
        most = most.max(moment.waiting.len());
        if matches!(entry.event, Event::PacketDropped { reason: DropReason::QueueFull, .. }) {
            drops += 1;
            assert_eq!((moment.waiting.len(), moment.lost.len()), (places, drops));
        }
    }
    assert_eq!(most, 5);
    assert_eq!(run.facts.get("dropped"), Some(&Value::Count(drops as u64)));
}

#[test]
fn one_packet_at_a_time_enters_the_link_and_each_waits_its_turn() {
    let run = run("56k");
    let queue = queue(&run);
    let mut longest = Duration::ZERO;
    for entry in &run.trace.entries {
        let moment = queue.at(Cursor::new(entry.index + 1, entry.at));
        let entering = moment.on_link.iter().filter(|packet| moment.now < packet.leaves.1);
        assert!(entering.count() <= 1, "at {:?}", entry.at);
        assert!(moment.waiting.is_sorted_by_key(|packet| packet.leaves), "at {:?}", entry.at);
        assert!(moment.waiting.is_empty() || !moment.on_link.is_empty(), "at {:?}", entry.at);
        for packet in &moment.on_link {
            let (head, tail) = moment.extent(packet);
            assert!(head >= tail, "the first bit is ahead");
        }
        assert!(moment.longest >= longest, "it only grows");
        longest = moment.longest;
    }
    let Some(Value::Span(wait)) = run.facts.get("wait") else { panic!("{:?}", run.facts.get("wait")) };
    // The text counts the server's packets until first paint.
    assert!(
        longest >= *wait && longest.saturating_sub(*wait) < Duration::from_secs(1),
        "{longest:?} {wait:?}"
    );
}

#[test]
fn a_fast_line_keeps_nobody_waiting_for_long() {
    let run = run("10m");
    let queue = queue(&run);
    let end = queue.at(Cursor::new(run.trace.entries.len() as u32, run.trace.end()));
    assert!(end.longest < Duration::from_millis(20), "{:?}", end.longest);
    assert!(end.lost.is_empty() && end.waiting.is_empty());
}
