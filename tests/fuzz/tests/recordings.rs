//! A recording with anything changed in it is refused, or can be shown.

use playground_core::trace::Trace;
use playground_fuzz::recording;
use proptest::prelude::*;
use serde_json::Value;

const RECORDINGS: [&str; 4] = [
    include_str!("../corpus/recording/dumb-proxy.json"),
    include_str!("../corpus/recording/keep-alive.json"),
    include_str!("../corpus/recording/retry.json"),
    include_str!("../corpus/recording/connection-header.json"),
];

/// A change of one value.
#[derive(Clone, Debug)]
enum Change {
    Number(u64),
    Text(String),
    Nothing,
    Removed,
    /// It comes twice, where it is in a list.
    Twice,
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (0_u64..20).prop_map(Change::Number),
        any::<u64>().prop_map(Change::Number),
        prop::sample::select(&["", "closed", "response", "GET / HTTP/1.1\r\n\r\n", "10.0.0.1"][..])
            .prop_map(|text| Change::Text(text.to_owned())),
        Just(Change::Nothing),
        Just(Change::Removed),
        Just(Change::Twice),
    ]
}

/// Changes the value at a place, counted through all entries; false where there are fewer.
fn apply(value: &mut Value, place: &mut usize, change: &Change) -> bool {
    let children: Vec<String> = match value {
        Value::Array(list) => (0..list.len()).map(|index| index.to_string()).collect(),
        Value::Object(fields) => fields.keys().cloned().collect(),
        _ => return false,
    };
    for key in children {
        if *place == 0 {
            match value {
                Value::Array(list) => {
                    let index: usize = key.parse().expect("an index");
                    match change {
                        Change::Removed => drop(list.remove(index)),
                        Change::Twice => list.insert(index, list[index].clone()),
                        other => list[index] = replaced(other),
                    }
                }
                Value::Object(fields) => match change {
                    Change::Removed => drop(fields.remove(&key)),
                    other => drop(fields.insert(key, replaced(other))),
                },
                _ => {}
            }
            return true;
        }
        *place -= 1;
        let pointer = format!("/{}", key.replace('~', "~0").replace('/', "~1"));
        let child = value.pointer_mut(&pointer).expect("a child");
        if apply(child, place, change) {
            return true;
        }
    }
    false
}

fn replaced(change: &Change) -> Value {
    match change {
        Change::Number(number) => (*number).into(),
        Change::Text(text) => text.clone().into(),
        _ => Value::Null,
    }
}

/// Numbers the entries anew, so that one more or less is not all that is wrong.
fn number(recording: &mut Value) {
    if let Some(entries) = recording["entries"].as_array_mut() {
        for (index, entry) in entries.iter_mut().enumerate() {
            if let Some(fields) = entry.as_object_mut() {
                fields.insert("index".to_owned(), index.into());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_recording_is_refused_or_shown(
        which in 0..RECORDINGS.len(),
        changes in prop::collection::vec((0_usize..1_500, change()), 1..4),
        is_numbered: bool,
    ) {
        let mut changed: Value = serde_json::from_str(RECORDINGS[which]).expect("JSON");
        for (mut place, change) in changes {
            apply(&mut changed["entries"], &mut place, &change);
        }
        if is_numbered {
            number(&mut changed);
        }
        recording(changed.to_string().as_bytes());
    }
}

/// What is wrong is told at its place.
#[test]
fn what_is_wrong_in_a_recording_is_named() {
    let with = |pointer: &str, value: Value| {
        let mut changed: Value = serde_json::from_str(RECORDINGS[0]).expect("JSON");
        *changed.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value;
        match Trace::from_recording(&changed.to_string()) {
            Ok(_) => "it is read".to_owned(),
            Err(error) => error.to_string(),
        }
    };
    for (pointer, value, says) in [
        ("/entries/3/index", 7.into(), "entries[3].index: must be 3"),
        ("/entries/3/cause", 3.into(), "entries[3].cause: must be the number of an earlier entry"),
        ("/entries/3/at", 1.into(), "entries[3].at: must not be before"),
        ("/entries/3/node", 9.into(), "entries[3].node: must be at most 2"),
        ("/entries/3/rule", "magic".into(), "entries[3].rule: "),
        ("/entries/3/event/event", "packet-sent".into(), "entries[3].event"),
        (
            "/entries/9/event/socket",
            99.into(),
            "entries[9].event.socket: names a socket that was not opened before",
        ),
        ("/entries/17/event/notice/range/start", 3.into(), "entries[17].event.notice.range.start: must be 0"),
        ("/entries/8/event/notice/from", "LISTEN".into(), "entries[8].event.notice.from: must be CLOSED"),
        (
            "/entries/8/event/notice/to",
            "ESTABLISHED".into(),
            "entries[8].event.notice.to: is not where this trigger leads",
        ),
        ("/scenario/nodes", Value::Array(Vec::new()), "scenario.nodes: must have from 1 to 64 entries"),
    ] {
        let said = with(pointer, value);
        assert!(said.starts_with(says), "{pointer}: {said}");
    }
    let long = " ".repeat(Trace::RECORDING_OCTETS + 1);
    assert!(Trace::from_recording(&long).is_err_and(|error| error.to_string().contains("67,108,864")));
}
