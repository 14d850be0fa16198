//! Filters of the packet list.

use core::fmt::Write as _;

use playground_core::node::Asks;
use playground_playback::{Filter, FilterProblem, PacketRow, Packets, filter_fields};
use proptest::prelude::*;

use crate::runs::{self, Run};

fn run() -> (Run, Packets) {
    let run = Run::of("dumb", &runs::chain(Asks::KeepAlive, runs::dumb()));
    let packets = Packets::new(&run.trace, &run.dissection);
    (run, packets)
}

fn filtered(text: &str) -> Vec<PacketRow> {
    let (run, packets) = run();
    let filter = Filter::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    packets.filtered(&filter, &run.trace, &run.dissection).rows
}

/// What is let through is what the Info column says.
#[test]
fn a_filter_lets_through_what_it_says() {
    let (_, packets) = run();
    let by_info = |wanted: fn(&PacketRow) -> bool| -> Vec<u32> {
        packets.rows.iter().filter(|row| wanted(row)).map(|row| row.number).collect()
    };
    for (text, wanted) in [
        ("tcp.flags.reset == 1", (|row| row.info.contains("[RST")) as fn(&PacketRow) -> bool),
        ("tcp.flags.syn eq 1 and tcp.flags.ack eq 0", |row| row.info.contains("[SYN]")),
        ("http.request.method == \"GET\"", |row| row.info.starts_with("GET ")),
        ("http.request.uri contains \"/b\"", |row| row.info.starts_with("GET ") && row.info.contains("/b ")),
        ("http.response.code >= 200", |row| row.info.starts_with("HTTP/")),
        ("http", |row| row.protocol == "HTTP"),
        ("!http && tcp.len > 0", |row| row.protocol != "HTTP" && !row.info.contains("Len=0")),
        ("tcp.port in {80, 81}", |row| row.source.ends_with(":80") || row.destination.ends_with(":80")),
        ("ip.src == 10.0.0.3", |row| row.source.starts_with("10.0.0.3:")),
        ("not (ip.addr == 10.0.0.3)", |row| {
            !row.source.starts_with("10.0.0.3:") && !row.destination.starts_with("10.0.0.3:")
        }),
        ("ip.addr != 10.0.0.3", |row| {
            !row.source.starts_with("10.0.0.3:") && !row.destination.starts_with("10.0.0.3:")
        }),
        ("frame.number <= 3 or frame.number == 5", |row| row.number <= 3 || row.number == 5),
        ("node.src == proxy and tcp.stream == 1", |row| {
            row.from.name == "proxy" && row.analyzed.as_ref().map(|analyzed| analyzed.stream) == Some(1)
        }),
        ("udp or icmp or dns", |_| false),
        ("ip", |_| true),
    ] {
        let rows: Vec<u32> = filtered(text).iter().map(|row| row.number).collect();
        assert_eq!(rows, by_info(wanted), "{text}");
    }
    assert!(!filtered("tcp.flags.reset == 1").is_empty() && !filtered("http").is_empty());
}

#[test]
fn a_mistake_is_told_where_it_is() {
    for (text, at, problem) in [
        ("", 0, FilterProblem::ExpectsField),
        ("tcp.flags.rst == 1", 0, FilterProblem::NoSuchField("tcp.flags.rst".to_owned())),
        ("tcp.port == \"80\"", 12, FilterProblem::ExpectsNumber),
        ("tcp.port == x", 12, FilterProblem::ExpectsNumber),
        ("ip.src ==", 9, FilterProblem::ExpectsAddress),
        ("ip.src == client", 10, FilterProblem::ExpectsAddress),
        ("ip.src == 10.0.0.0/33", 10, FilterProblem::ExpectsAddress),
        ("tcp.port == 70000", 12, FilterProblem::ExpectsAtMost(65_535)),
        ("frame.time_relative > 1s", 22, FilterProblem::ExpectsSeconds),
        ("tcp and http == 1", 8, FilterProblem::NothingToCompare("http".to_owned())),
        (
            "tcp.analysis.retransmission == 1",
            0,
            FilterProblem::NothingToCompare("tcp.analysis.retransmission".to_owned()),
        ),
        ("http.request.uri matches \"a\"", 17, FilterProblem::OnlyWireshark("matches".to_owned())),
        ("len(http.request.uri) > 3", 0, FilterProblem::OnlyWireshark("len".to_owned())),
        ("tcp.srcport == tcp.dstport", 15, FilterProblem::OnlyWireshark("tcp.dstport".to_owned())),
        ("tcp.flags & 2", 10, FilterProblem::OnlyWireshark("&".to_owned())),
        ("(tcp or http", 12, FilterProblem::Unclosed),
        ("tcp.port in {80", 15, FilterProblem::Unclosed),
        ("http http", 5, FilterProblem::ExpectsAndOr),
        ("http.request.uri contains \"a", 26, FilterProblem::Unquoted),
    ] {
        let error = Filter::parse(text).expect_err(text);
        assert_eq!((error.at, error.problem), (at, problem), "{text}");
    }
    let deep = format!("{}http{}", "(".repeat(40), ")".repeat(40));
    assert_eq!(Filter::parse(&deep).map_err(|error| error.problem), Err(FilterProblem::TooDeep));
    let long = "http or ".repeat(100);
    assert_eq!(Filter::parse(&long).map_err(|error| error.problem), Err(FilterProblem::TooLong));
}

#[test]
fn every_field_is_read_alone() {
    let (run, packets) = run();
    for field in filter_fields() {
        let filter = Filter::parse(field).unwrap_or_else(|error| panic!("{field}: {error}"));
        let _ = packets.filtered(&filter, &run.trace, &run.dissection);
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>(), words in proptest::collection::vec(0..60_usize, 0..20)) {
        let _ = Filter::parse(&text);
        let known = ["and", "or", "not", "(", ")", "==", "!=", "in", "{", "}", ",", "80", "\"a\"", "contains", "!", "&&"];
        let mut sentence = String::new();
        for word in words {
            let word = known.get(word).copied().or_else(|| filter_fields().nth(word)).unwrap_or("x");
            let _ = write!(sentence, "{word} ");
        }
        if let Ok(filter) = Filter::parse(&sentence) {
            let (run, packets) = run();
            prop_assert!(packets.filtered(&filter, &run.trace, &run.dissection).rows.len() <= packets.rows.len());
        }
    }
}
