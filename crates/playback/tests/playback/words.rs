//! Labels, sentences, causes, and the inspector.

use playground_core::event::{Event, PacketId};
use playground_core::node::Asks;
use playground_core::wire::Packet;
use playground_playback::{
    DESCRIPTION_KEYS, FIELD_KEYS, Inspection, LayerKind, MessageKind, Selection, Value, Why, describe,
    word_keys,
};
use std::collections::BTreeSet;

use crate::runs::{self, Run};

#[test]
fn every_entry_has_a_sentence_and_a_reason() {
    let words: BTreeSet<&str> = word_keys().collect();
    for run in runs::all() {
        for entry in &run.trace.entries {
            let phrase = describe(&run.trace, &run.dissection, entry.index);
            assert!(DESCRIPTION_KEYS.contains(&phrase.key), "{}", phrase.key);
            assert!(phrase.arg("node").is_some());
            for (name, value) in &phrase.args {
                if let Value::Key(key) = value {
                    assert!(words.contains(key), "{name} {key}");
                }
            }
            let why = Why::of(&run.trace, &run.dissection, entry.index);
            assert!((1..=Why::LONGEST).contains(&why.links.len()));
            assert_eq!(why.links[0].entry, entry.index);
            let chain = run.trace.causes(entry.index);
            assert_eq!(why.links.last().map(|link| link.entry), chain.last().map(|cause| cause.index));
            let skipped: u32 = why.links.iter().map(|link| link.skipped).sum();
            assert_eq!(skipped as usize + why.links.len(), chain.len());
            let selection = Selection::of_entry(&run.trace, &run.dissection, entry.index);
            assert_eq!(selection.entry, Some(entry.index));
        }
        assert_eq!(describe(&run.trace, &run.dissection, u32::MAX).key, "nothing-yet");
        assert!(Why::of(&run.trace, &run.dissection, u32::MAX).links.is_empty());
        assert!(Selection::of_entry(&run.trace, &run.dissection, u32::MAX).is_empty());
    }
}

#[test]
fn word_keys_are_unique() {
    let keys: Vec<&str> = word_keys().collect();
    let unique: BTreeSet<&str> = keys.iter().copied().collect();
    assert_eq!(keys.len(), unique.len(), "{keys:?}");
}

#[test]
fn why_the_client_was_reset_goes_back_to_the_servers_time_out() {
    let run = Run::of("dumb", &runs::chain(Asks::KeepAlive, runs::dumb()));
    let reset = run.dissection.segments.iter().find(|label| label.text.as_ref() == "RST").expect("a RST");
    let why = Why::of(&run.trace, &run.dissection, reset.ended.expect("delivered"));
    let keys: Vec<&str> = why.links.iter().map(|link| link.phrase.key).collect();
    assert!(keys.contains(&"application-timer-expired") || keys.contains(&"timer-expired"), "{keys:?}");
}

#[test]
fn every_segment_can_be_inspected() {
    for run in runs::all() {
        for label in &run.dissection.segments {
            let inspection =
                Inspection::of_segment(&run.trace, &run.dissection, label.id).expect("a segment");
            let Event::PacketSent { packet: Packet::Segment(segment), .. } =
                &run.trace.entries[label.sent as usize].event
            else {
                panic!("no segment");
            };
            let kinds: Vec<LayerKind> = inspection.layers.iter().map(|layer| layer.kind).collect();
            assert_eq!(kinds.len(), if segment.payload.is_empty() { 2 } else { 3 });
            assert_eq!(kinds[..2], [LayerKind::Ipv4, LayerKind::Tcp]);
            // The layers cover the datagram without gap.
            assert_eq!(inspection.layers[0].octets.0, 0);
            assert_eq!(inspection.layers.last().map(|layer| layer.octets.1), Some(segment.wire_len()));
            for pair in inspection.layers.windows(2) {
                assert_eq!(pair[0].octets.1, pair[1].octets.0);
            }
            for field in inspection.layers.iter().flat_map(|layer| &layer.fields) {
                assert!(FIELD_KEYS.contains(&field.key), "{}", field.key);
            }
            let selection = Selection::of_segment(&run.dissection, label.id);
            assert_eq!(selection.entry, Some(label.sent));
        }
        assert_eq!(Inspection::of_segment(&run.trace, &run.dissection, PacketId(u32::MAX)), None);
    }
}

#[test]
fn messages_follow_each_other_without_gap() {
    for run in runs::all() {
        for stream in run.dissection.streams.values() {
            let mut at = 0;
            for message in &stream.messages {
                assert_eq!(message.range.start, at, "{}", run.name);
                assert!(message.range.end > at);
                assert!(message.range.start <= message.head.start && message.head.end <= message.range.end);
                at = message.range.end;
            }
            assert_eq!(at, stream.octets.len() as u64);
        }
    }
}

#[test]
fn payload_ranges_are_the_octets_of_the_stream() {
    for run in runs::all() {
        for label in &run.dissection.segments {
            let Some(range) = &label.range else { continue };
            let Event::PacketSent { packet: Packet::Segment(segment), .. } =
                &run.trace.entries[label.sent as usize].event
            else {
                continue;
            };
            let connection = run.dissection.connection(label.connection.expect("known")).expect("exists");
            let stream =
                connection.socket(label.sender).and_then(|key| run.dissection.stream(key)).expect("written");
            assert_eq!(stream.octets_in(range), &segment.payload[..], "{} {}", run.name, label.text);
        }
    }
}

#[test]
fn what_is_no_http_is_labelled_by_its_text_or_its_range() {
    let runs = runs::all();
    let run = runs.iter().find(|run| run.name == "script").expect("listed");
    let client = run.dissection.streams.values().find(|stream| stream.socket.node.0 == 0).expect("it wrote");
    let labels: Vec<&str> = client.messages.iter().map(|message| message.short.as_ref()).collect();
    assert!(client.messages.iter().all(|message| message.kind == MessageKind::Opaque));
    assert_eq!(labels, ["“hello”", "6–305", "306–309"]);
    let server = run.dissection.streams.values().find(|stream| stream.socket.node.0 == 1).expect("it wrote");
    assert_eq!(server.messages[0].short.as_ref(), "200");
    assert!(!server.messages[0].complete, "5 + 4,000 of 9,999 octets");
}

#[test]
fn a_long_answer_is_labelled_by_its_parts() {
    let run = Run::of("no losses", &runs::losses(0));
    let words: Vec<&str> = run
        .dissection
        .segments
        .iter()
        .filter(|label| label.from.0 == 1 && label.range.is_some())
        .map(|label| label.text.as_ref())
        .collect();
    assert_eq!(words[0], "200 /big");
    assert_eq!(words[1], "200 /big 1461–2920");
    assert_eq!(words.last(), Some(&"200 /small"));
}
