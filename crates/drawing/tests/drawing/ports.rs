//! The ports of a busy client, at the steps of the lesson about TIME-WAIT.

use std::rc::Rc;

use playground_core::tcp::{CallError, State};
use playground_core::time::Duration;
use playground_lessons::KnobValues;
use playground_playback::{Cursor, Dissection, PortUse, Ports, PortsView};

/// The ports at a step, with knobs.
fn at(step: &str, knobs: &[(&'static str, &str)]) -> PortsView {
    let lesson = playground_lessons::find("time-wait").expect("a lesson");
    let mut values = KnobValues::defaults(lesson);
    for (knob, value) in knobs {
        values.set(lesson, knob, value).expect("a knob");
    }
    let run = lesson.run(&values).expect("lessons run");
    let place = run.steps.iter().position(|mark| mark.id == step).expect("a step");
    let ports = Ports::new(Rc::clone(&run.trace), &Dissection::new(&run.trace)).expect("a short range");
    ports.at(Cursor::new(run.steps[place].index, run.steps[place].at))
}

#[test]
fn ports_fill_and_are_kept_by_time_wait() {
    let view = at("filling", &[]);
    assert_eq!((view.free, view.waiting, view.all), (9, 2, 12));
    let tiles = &view.groups[0].tiles;
    assert!(matches!(tiles[2].usage, PortUse::Open { state: State::SynSent, .. }) && tiles[2].is_newest);
    let left = |place: usize| match tiles[place].usage {
        PortUse::TimeWait { left, share, .. } => (left, share),
        _ => panic!("port {} is not in TIME-WAIT", tiles[place].port),
    };
    // The attempts are 5 s apart, and so are the ends of TIME-WAIT.
    assert_eq!(left(1).0.saturating_sub(left(0).0), Duration::from_secs(5));
    assert!(left(0).1 < left(1).1 && left(1).1 < 1_000);
}

#[test]
fn a_connect_without_a_free_port_is_refused_at_once() {
    let view = at("refused", &[]);
    assert_eq!((view.free, view.waiting, view.refusals), (0, 12, 1));
    assert_eq!(view.refused.map(|refusal| refusal.error), Some(CallError::AddressNotAvailable));
    let again = at("again", &[]);
    assert_eq!(again.refused, None, "the last connect() found a port");
    assert!(again.refusals > 1 && again.groups[0].tiles.iter().any(|tile| tile.is_newest));
}

#[test]
fn each_server_address_has_ports_of_its_own() {
    let view = at("filling", &[("servers", "2")]);
    assert_eq!((view.groups.len(), view.all), (2, 24));
    let taken =
        |place: usize| view.groups[place].tiles.iter().filter(|tile| tile.usage != PortUse::Free).count();
    assert_eq!(taken(0) + taken(1), 3);
    assert!(taken(0) > 0 && taken(1) > 0);
}

#[test]
fn the_server_keeps_time_wait_when_it_closes_first() {
    let view = at("filling", &[("closer", "server")]);
    assert_eq!((view.waiting, view.waiting_at_servers), (0, 2));
}
