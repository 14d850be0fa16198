//! What a recording of real sockets has in place of segments: octets on their way from the call that wrote them to the call
//! that read them, and the ends of connections from the call to the peer that learns of them.

use std::collections::BTreeMap;
use std::rc::Rc;

use playground_core::event::{Entry, Event, HopId, PacketId};
use playground_core::tcp::{Call, CallError, Notice};
use playground_core::trace::Trace;

use super::segments::payload;
use super::{Connection, ConnectionId, PathHop, SegmentKind, SegmentLabel, Side, SocketKey, Stream};

/// Whether connections are opened in a trace and nothing is sent.
pub(super) fn is_recording(trace: &Trace) -> bool {
    let is_opened =
        |entry: &Entry| matches!(&entry.event, Event::Socket { notice: Notice::Opened { .. }, .. });
    let is_sent = |entry: &Entry| matches!(&entry.event, Event::PacketSent { .. });
    trace.entries.iter().any(is_opened) && !trace.entries.iter().any(is_sent)
}

/// Lets each connection run over the link between its two nodes, where there is one.
pub(super) fn join(trace: &Trace, connections: &mut [Connection]) {
    let scenario = &trace.scenario;
    for connection in connections {
        let Some(acceptor) = connection.acceptor else { continue };
        let ends = [connection.opener, acceptor].map(|node| &scenario.nodes[node.index()].name);
        let link = scenario.links.iter().position(|link| {
            let between = [&link.between.0, &link.between.1];
            between == ends || between == [ends[1], ends[0]]
        });
        if let Some(link) = link {
            let hop = HopId(link as u16);
            connection.path.push(PathHop { hop, from: connection.opener, to: acceptor, row: None });
        }
    }
}

/// What moves, in the order in which it arrives.
pub(super) fn moved(
    trace: &Trace,
    connections: &[Connection],
    streams: &BTreeMap<SocketKey, Stream>,
    sockets: &BTreeMap<SocketKey, (ConnectionId, Side)>,
) -> Vec<SegmentLabel> {
    let mut moved = Vec::new();
    let mut closed: BTreeMap<SocketKey, u32> = BTreeMap::new();
    for entry in &trace.entries {
        if let Event::CallReturned {
            socket: Some(socket),
            call: Call::Close | Call::Abort | Call::Shutdown,
            ..
        } = &entry.event
        {
            closed.entry(SocketKey::new(entry.node, *socket)).or_insert(entry.index);
        }
        let Event::Socket { socket, notice } = &entry.event else { continue };
        let Some((id, side)) = sockets.get(&SocketKey::new(entry.node, *socket)) else { continue };
        let connection = &connections[id.index()];
        let sender = side.other();
        let (Some(from), Some(hop)) = (connection.socket(sender), connection.path.first()) else { continue };
        let stream = streams.get(&from);
        let (kind, range, words, sent) = match notice {
            Notice::BytesReceived { range } if !range.is_empty() => {
                let words = payload(stream, range, false);
                let sent = stream.and_then(|stream| stream.written_by(range.start));
                (
                    SegmentKind::Data,
                    Some(range.clone()),
                    (words.text, words.short, words.message, words.begins_message),
                    sent,
                )
            }
            Notice::EndReceived { .. } => (
                SegmentKind::Fin,
                None,
                ("EOF".to_owned(), "EOF".to_owned(), None, true),
                closed.get(&from).copied(),
            ),
            Notice::Errored { error: error @ CallError::ConnectionReset } => {
                let text = error.to_string();
                (SegmentKind::Rst, None, (text.clone(), text, None, true), closed.get(&from).copied())
            }
            _ => continue,
        };
        // Of two recordings of one connection each may have only its own end.
        let Some(sent) = sent.filter(|sent| *sent < entry.index) else { continue };
        let (text, short, message, begins_message): (String, String, _, _) = words;
        moved.push(SegmentLabel {
            id: PacketId(moved.len() as u32),
            kind,
            text: Rc::from(text),
            short: Rc::from(short),
            fin: false,
            range,
            message,
            begins_message,
            connection: Some(*id),
            sender,
            from: from.node,
            to: entry.node,
            hop: hop.hop,
            retransmission: false,
            sent,
            ended: Some(entry.index),
            lost: None,
            departs: trace.entries[sent as usize].at,
            arrives: entry.at,
            slot: 0,
        });
    }
    moved
}
