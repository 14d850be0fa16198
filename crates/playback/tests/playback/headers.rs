//! The same message at each hop: blind relay, smart proxy, none.

use playground_core::node::Asks;
use playground_playback::{Cursor, HeaderHops, HeaderLine, LineMark};

use crate::runs::{self, Run};

fn hops(asks: Asks, is_dumb: bool) -> (Run, HeaderHops) {
    let proxy = if is_dumb { runs::dumb() } else { runs::smart() };
    let run = Run::of("chain", &runs::chain(asks, proxy));
    let hops = HeaderHops::new(&run.trace, &run.dissection);
    (run, hops)
}

fn marked(lines: &[HeaderLine], mark: LineMark) -> Vec<&str> {
    lines.iter().filter(|line| line.mark == mark).map(|line| line.text.as_str()).collect()
}

#[test]
fn a_blind_relay_passes_on_what_was_not_meant_for_the_next_hop() {
    let (_, hops) = hops(Asks::KeepAlive, true);
    let first = &hops.exchanges[0];
    assert_eq!(first.title, "GET /a");
    assert_eq!((first.request.len(), first.response.len()), (2, 2));
    assert_eq!(marked(&first.request[0].lines, LineMark::Original).len(), first.request[0].lines.len());
    let relayed = &first.request[1];
    assert!(relayed.blind);
    assert_eq!(marked(&relayed.lines, LineMark::PassedBlindly), ["Connection: Keep-Alive"]);
    assert_eq!(relayed.lines[0].mark, LineMark::Kept);
    // Had it been smart.
    let smart = relayed.by_the_book.as_ref().expect("hypothetical");
    assert_eq!(smart[0].text, "GET /a HTTP/1.1");
    assert_eq!(smart[0].mark, LineMark::Changed);
    assert!(marked(smart, LineMark::PassedBlindly).is_empty());
    assert!(marked(smart, LineMark::Added).iter().any(|line| line.starts_with("Via: 1.0 ")), "{smart:?}");
    // The answer comes back the same way.
    let back = &first.response[1];
    assert!(back.blind && back.by_the_book.is_some());
    assert_eq!(marked(&back.lines, LineMark::PassedBlindly), ["Connection: Keep-Alive"]);
    // Request 2 never left the proxy.
    assert_eq!(hops.exchanges.len(), 2);
    assert_eq!((hops.exchanges[1].request.len(), hops.exchanges[1].response.len()), (1, 0));
}

#[test]
fn a_blind_relay_passes_proxy_connection_on_too() {
    let (_, hops) = hops(Asks::ProxyConnection, true);
    let relayed = &hops.exchanges[0].request[1];
    assert_eq!(marked(&relayed.lines, LineMark::PassedBlindly), ["Proxy-Connection: Keep-Alive"]);
    let smart = relayed.by_the_book.as_ref().expect("hypothetical");
    assert_eq!(marked(smart, LineMark::Removed), ["Proxy-Connection: Keep-Alive"]);
}

#[test]
fn a_smart_proxy_rewrites_and_says_by_which_rule() {
    let (_, hops) = hops(Asks::ProxyConnection, false);
    assert_eq!(hops.exchanges.len(), 2);
    for exchange in &hops.exchanges {
        assert_eq!((exchange.request.len(), exchange.response.len()), (2, 2), "{}", exchange.title);
        for column in [&exchange.request[1], &exchange.response[1]] {
            assert!(!column.blind && column.by_the_book.is_none());
            assert!(marked(&column.lines, LineMark::PassedBlindly).is_empty());
            assert!(
                column
                    .lines
                    .iter()
                    .filter(|line| line.mark == LineMark::Removed)
                    .all(|line| line.rule.is_some())
            );
            assert!(!marked(&column.lines, LineMark::Added).is_empty());
        }
        assert_eq!(marked(&exchange.request[1].lines, LineMark::Removed), ["Proxy-Connection: Keep-Alive"]);
        assert_eq!(
            exchange.request[1].lines[0].before.as_deref().map(|line| &line[..11]),
            Some("GET http://")
        );
    }
}

#[test]
fn the_lines_that_are_not_struck_out_are_the_octets_on_the_wire() {
    for run in runs::all() {
        let hops = HeaderHops::new(&run.trace, &run.dissection);
        for column in
            hops.exchanges.iter().flat_map(|exchange| exchange.request.iter().chain(&exchange.response))
        {
            let message = run.dissection.message(column.message).expect("exists");
            let stream = run.dissection.stream(column.message.stream).expect("exists");
            let wire = String::from_utf8_lossy(stream.octets_in(&message.head)).into_owned();
            let wire: Vec<&str> = wire.lines().filter(|line| !line.is_empty()).collect();
            let shown: Vec<&str> = column
                .lines
                .iter()
                .filter(|line| line.mark != LineMark::Removed)
                .map(|line| line.text.as_str())
                .collect();
            assert_eq!(shown, wire, "{}", run.name);
        }
    }
}

#[test]
fn the_current_head_follows_the_cursor() {
    let (run, hops) = hops(Asks::KeepAlive, true);
    let mut seen = Vec::new();
    for index in 0..=run.trace.entries.len() as u32 {
        let now = hops.current(Cursor::new(index, Default::default()));
        if now != seen.last().copied().flatten() {
            seen.push(now);
        }
    }
    let seen: Vec<_> = seen.into_iter().flatten().collect();
    assert_eq!(seen, [(0, false, 0), (0, false, 1), (0, true, 0), (0, true, 1), (1, false, 0)]);
    for (exchange, is_response, hop) in seen {
        let of = &hops.exchanges[exchange];
        let column = if is_response { &of.response[hop] } else { &of.request[hop] };
        assert_eq!(hops.of_message(column.message), Some((exchange, is_response, hop)));
    }
}
