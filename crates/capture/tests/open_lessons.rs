//! The captures that the lessons export are opened, and tell what the runs did.

use std::collections::BTreeMap;
use std::rc::Rc;

use bytes::Bytes;
use playground_capture::open::{OpenError, Opened, open};
use playground_capture::pcapng::{Comments, export};
use playground_core::event::{DropReason, Event};
use playground_core::tcp::{Notice, State, Trigger};
use playground_core::trace::Trace;
use playground_core::wire::{FourTuple, Packet};
use playground_lessons::{KnobKind, KnobValues, all};
use playground_playback::{Connection, Dissection, Side};

/// Every lesson's run with its knobs at their defaults, and at every other value.
fn runs() -> impl Iterator<Item = (String, Rc<Trace>)> {
    all().iter().flat_map(|lesson| {
        let defaults = KnobValues::defaults(lesson);
        let mut settings = vec![(lesson.id.to_owned(), defaults.clone())];
        for knob in lesson.knobs {
            if let KnobKind::Choice { values, .. } = knob.kind {
                settings.extend(values.iter().map(|value| {
                    let mut changed = defaults.clone();
                    changed.set(lesson, knob.id, value).expect("a value of the knob");
                    (format!("{} {}={value}", lesson.id, knob.id), changed)
                }));
            }
        }
        settings.into_iter().map(|(name, values)| (name, lesson.run(&values).expect("it runs").trace))
    })
}

/// The export of a run, opened; none of one without a segment.
fn opened(run: &Trace) -> Option<Opened> {
    let has_segments = run
        .entries
        .iter()
        .any(|entry| matches!(&entry.event, Event::PacketSent { packet: Packet::Segment(_), .. }));
    match open(&Bytes::from(export(run, Comments::None).expect("short segments"))) {
        Ok(opened) => Some(opened),
        Err(error) => {
            assert!(!has_segments && matches!(error, OpenError::NoSegments { .. }), "{error}");
            None
        }
    }
}

type Changes = Vec<(State, Trigger)>;

/// The states that each end went through, by its four values, in the order of opening.
fn states(trace: &Trace) -> BTreeMap<FourTuple, Vec<Changes>> {
    let mut tuples = BTreeMap::new();
    let mut found: BTreeMap<FourTuple, Vec<Changes>> = BTreeMap::new();
    for entry in &trace.entries {
        let Event::Socket { socket, notice } = &entry.event else { continue };
        match notice {
            Notice::Opened { tuple, .. } => {
                tuples.insert((entry.node, *socket), *tuple);
                found.entry(*tuple).or_default().push(Vec::new());
            }
            // No segment tells of these.
            Notice::StateChanged {
                trigger:
                    Trigger::TimeWaitTimeout
                    | Trigger::FinWait2Timeout
                    | Trigger::UserTimeout
                    | Trigger::ReceiveUnreachable,
                ..
            } => {}
            // The timer has expired, as another connection has its four values.
            Notice::StateChanged { from: State::TimeWait, trigger: Trigger::NotCaptured, .. } => {}
            Notice::StateChanged { to, trigger, .. } => {
                if let Some(tuple) = tuples.get(&(entry.node, *socket)) {
                    let all = found.get_mut(tuple).expect("it has been opened");
                    all.last_mut().expect("it has been opened").push((*to, *trigger));
                }
            }
            _ => {}
        }
    }
    found
}

#[test]
fn states_are_those_of_the_run() {
    let mut wrong = Vec::new();
    let mut compared = 0;
    for (name, run) in runs() {
        let Some(opened) = opened(&run) else { continue };
        // An export has what the queue before a link drops, though no wire ever had it.
        if run
            .entries
            .iter()
            .any(|entry| matches!(entry.event, Event::PacketDropped { reason: DropReason::QueueFull, .. }))
        {
            continue;
        }
        let (ours, theirs) = (states(&run), states(&opened.trace));
        for (tuple, all) in &ours {
            for (place, run) in all.iter().enumerate() {
                compared += 1;
                let seen = theirs.get(tuple).and_then(|all| all.get(place));
                let nothing = Vec::new();
                let seen = seen.unwrap_or(&nothing);
                if seen != run {
                    wrong.push(format!("{name}: {tuple} #{place}\n  run  {run:?}\n  seen {seen:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {compared}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(compared > 1_000, "{compared}");
}

#[test]
fn streams_and_start_lines_are_those_of_the_run() {
    let mut lines = 0;
    for (name, run) in runs() {
        let Some(opened) = opened(&run) else { continue };
        let (ours, theirs) = (Dissection::new(&run), Dissection::new(&opened.trace));
        assert_eq!(
            ours.connections.iter().filter(|c| !c.path.is_empty()).count(),
            theirs.connections.len(),
            "{name}"
        );
        for connection in &theirs.connections {
            let same = |other: &&Connection| {
                other.tuple == connection.tuple && other.opener_isn == connection.opener_isn
            };
            let run = ours.connections.iter().find(same).unwrap_or_else(|| panic!("{name}"));
            for side in [Side::Opener, Side::Acceptor] {
                let stream = |of: &Dissection, connection: &Connection| {
                    connection.socket(side).and_then(|socket| of.stream(socket).cloned())
                };
                let (Some(seen), Some(run)) = (stream(&theirs, connection), stream(&ours, run)) else {
                    continue;
                };
                assert!(run.octets.starts_with(&seen.octets), "{name}: {}", connection.tuple);
                for (seen, run) in seen.messages.iter().zip(&run.messages) {
                    assert_eq!(seen.start_line, run.start_line, "{name}: {}", connection.tuple);
                    lines += usize::from(!seen.start_line.is_empty());
                }
            }
        }
    }
    assert!(lines > 1_000, "{lines}");
}
