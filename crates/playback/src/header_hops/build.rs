//! Follows each message from hop to hop.

use std::collections::BTreeMap;

use playground_core::event::Event;
use playground_core::http::Rewrite;
use playground_core::node::RoleSpec;
use playground_core::trace::Trace;

use super::lines::{Received, blind_lines, by_the_book, original_lines, rewritten_lines};
use super::{HeaderExchange, HeaderHops, HopColumn, LineMark};
use crate::dissection::{Dissection, MessageKind, MessageLabel, MessageRef, SocketKey};

/// No message is followed over more hops than this.
const MOST_HOPS: usize = 16;
/// No run shows more exchanges than this.
const MOST_EXCHANGES: usize = 5_000;

/// The message that another was forwarded from.
struct Link<'a> {
    source: MessageRef,
    entry: u32,
    /// None for a blind relay.
    rewrite: Option<&'a Rewrite>,
}

pub(super) fn build(trace: &Trace, dissection: &Dissection) -> HeaderHops {
    let (links, pending) = links(trace, dissection);
    let mut children: BTreeMap<MessageRef, Vec<MessageRef>> = BTreeMap::new();
    for (target, link) in &links {
        children.entry(link.source).or_default().push(*target);
    }
    let mut answers: BTreeMap<MessageRef, MessageRef> = BTreeMap::new();
    let mut roots: Vec<(u32, MessageRef)> = Vec::new();
    for (reference, message) in messages(dissection) {
        match message.kind {
            MessageKind::Request if !links.contains_key(&reference) && !relays(trace, reference) => {
                roots.push((written(dissection, reference, message), reference));
            }
            MessageKind::Response => {
                // The final response comes after interim ones and takes their place.
                if let Some(request) = message.request_of {
                    answers.insert(request, reference);
                }
            }
            _ => {}
        }
    }
    // Those written by one entry stay in the order of their sockets.
    roots.sort_by_key(|(written, _)| *written);
    let tracer = Tracer { trace, dissection, links: &links, pending: &pending };
    let mut exchanges = Vec::new();
    for (_, root) in roots {
        for way in ways(root, &children) {
            if exchanges.len() < MOST_EXCHANGES {
                exchanges.push(tracer.exchange(exchanges.len() as u32, &way, &answers));
            }
        }
    }
    HeaderHops { exchanges }
}

fn messages(dissection: &Dissection) -> impl Iterator<Item = (MessageRef, &MessageLabel)> {
    dissection.streams.iter().flat_map(|(socket, stream)| {
        let reference = move |index: usize| MessageRef { stream: *socket, index: index as u32 };
        stream.messages.iter().enumerate().map(move |(index, message)| (reference(index), message))
    })
}

/// Whether the sender of a message is a blind relay: it writes nothing of its own, and what it relayed is recorded
/// right after the write.
fn relays(trace: &Trace, message: MessageRef) -> bool {
    let sender = trace.scenario.nodes.get(message.stream.node.index());
    sender.is_some_and(|node| matches!(node.role, RoleSpec::DumbProxy(_)))
}

/// The entry that wrote a message's first octet.
fn written(dissection: &Dissection, reference: MessageRef, message: &MessageLabel) -> u32 {
    dissection
        .stream(reference.stream)
        .and_then(|stream| stream.written_by(message.head.start))
        .unwrap_or(u32::MAX)
}

/// A rewritten head that its proxy has not written yet: it waits for its connection.
struct Pending<'a> {
    entry: u32,
    to: SocketKey,
    rewrite: &'a Rewrite,
}

/// Which message came out of which, and which is still to come out of which.
fn links<'a>(
    trace: &'a Trace,
    dissection: &Dissection,
) -> (BTreeMap<MessageRef, Link<'a>>, BTreeMap<MessageRef, Pending<'a>>) {
    let (mut links, mut pending) = (BTreeMap::new(), BTreeMap::new());
    let at = |socket: SocketKey, offset: u64| {
        dissection
            .stream(socket)?
            .message_at(offset)
            .filter(|(_, message)| message.kind != MessageKind::Opaque)
            .map(|(reference, _)| reference)
    };
    for entry in &trace.entries {
        match &entry.event {
            Event::HeadersRewritten { from, from_offset, to, to_offset, rewrite } => {
                let source = dissection.peer(SocketKey::new(entry.node, *from));
                let source = source.and_then(|socket| at(socket, *from_offset));
                let target = at(SocketKey::new(entry.node, *to), *to_offset);
                match (source, target) {
                    (Some(source), Some(target)) => {
                        let link = Link { source, entry: entry.index, rewrite: Some(rewrite) };
                        links.entry(target).or_insert(link);
                    }
                    (Some(source), None) => {
                        let to = SocketKey::new(entry.node, *to);
                        pending.entry(source).or_insert(Pending { entry: entry.index, to, rewrite });
                    }
                    (None, _) => {}
                }
            }
            Event::BytesRelayed { from, range, to, to_offset } => {
                let to = SocketKey::new(entry.node, *to);
                let source = dissection.peer(SocketKey::new(entry.node, *from));
                let source = source.and_then(|socket| dissection.stream(socket));
                for (source, message) in source.into_iter().flat_map(|stream| stream.messages_in(range)) {
                    if message.kind == MessageKind::Opaque || !range.contains(&message.head.start) {
                        continue;
                    }
                    if let Some(target) = at(to, to_offset + (message.head.start - range.start)) {
                        links.entry(target).or_insert(Link { source, entry: entry.index, rewrite: None });
                    }
                }
            }
            _ => {}
        }
    }
    (links, pending)
}

/// Every path of a message over the hops: more than one when it was forwarded more than once.
fn ways(root: MessageRef, children: &BTreeMap<MessageRef, Vec<MessageRef>>) -> Vec<Vec<MessageRef>> {
    let mut done = Vec::new();
    let mut open = vec![vec![root]];
    while let Some(way) = open.pop() {
        let next = way.last().and_then(|last| children.get(last));
        let next: Vec<MessageRef> =
            next.into_iter().flatten().filter(|next| !way.contains(next)).copied().collect();
        if next.is_empty() || way.len() >= MOST_HOPS {
            done.push(way);
            continue;
        }
        for next in next.into_iter().rev() {
            let mut longer = way.clone();
            longer.push(next);
            open.push(longer);
        }
    }
    done
}

struct Tracer<'a> {
    trace: &'a Trace,
    dissection: &'a Dissection,
    links: &'a BTreeMap<MessageRef, Link<'a>>,
    pending: &'a BTreeMap<MessageRef, Pending<'a>>,
}

impl Tracer<'_> {
    fn exchange(
        &self,
        number: u32,
        way: &[MessageRef],
        answers: &BTreeMap<MessageRef, MessageRef>,
    ) -> HeaderExchange {
        let mut request: Vec<HopColumn> =
            way.iter().filter_map(|message| self.column(*message, None)).collect();
        request.extend(way.last().and_then(|last| self.pending(*last)));
        // Back from the last hop; a proxy that answers by itself leaves the hops behind it empty.
        let mut response: Vec<HopColumn> = way
            .iter()
            .enumerate()
            .rev()
            .filter_map(|(hop, asked)| self.column(*answers.get(asked)?, Some(way[hop])))
            .collect();
        let last = response.last().map(|column| column.message);
        response.extend(last.and_then(|last| self.pending(last)));
        let title = way
            .first()
            .and_then(|first| self.dissection.message(*first))
            .map_or_else(String::new, |message| message.short.to_string());
        HeaderExchange { number, title, request, response }
    }

    /// The next hop of a message, where its head is rewritten and waits to be written.
    fn pending(&self, source: MessageRef) -> Option<HopColumn> {
        let pending = self.pending.get(&source)?;
        let (connection, side) = self.dissection.connection_of(pending.to)?;
        Some(HopColumn {
            connection: connection.id,
            from: pending.to.node,
            to: connection.node(side.other()),
            message: source,
            entry: pending.entry,
            blind: false,
            lines: rewritten_lines(pending.rewrite),
            by_the_book: None,
        })
    }

    /// A message at its hop; `asked` is the request that a response answers there.
    fn column(&self, reference: MessageRef, asked: Option<MessageRef>) -> Option<HopColumn> {
        let message = self.dissection.message(reference)?;
        let stream = self.dissection.stream(reference.stream)?;
        let connection = self.dissection.connection(stream.connection)?;
        let head = stream.octets_in(&message.head);
        let link = self.links.get(&reference);
        if link.is_none() && relays(self.trace, reference) {
            return None;
        }
        let source = link.and_then(|link| {
            let label = self.dissection.message(link.source)?;
            Some(self.dissection.stream(link.source.stream)?.octets_in(&label.head))
        });
        let node = reference.stream.node;
        let received = || {
            let asked = asked.and_then(|asked| {
                let label = self.dissection.message(asked)?;
                Some(self.dissection.stream(asked.stream)?.octets_in(&label.head))
            });
            Some(Received {
                head: source?,
                asked,
                own: self.trace.scenario.nodes.get(node.index())?,
                next: connection
                    .node(stream.side.other())
                    .and_then(|node| self.trace.scenario.nodes.get(node.index())),
                client: connection_client(self.trace, self.dissection, link?.source),
            })
        };
        let (lines, hypothetical) = match (link, source) {
            (Some(Link { rewrite: Some(rewrite), .. }), Some(_)) => {
                let lines = rewritten_lines(rewrite);
                let strays = lines.iter().any(|line| line.mark == LineMark::PassedBlindly);
                (lines, if strays { received().and_then(|received| by_the_book(&received)) } else { None })
            }
            (Some(Link { rewrite: None, .. }), Some(_)) => {
                (blind_lines(head), received().and_then(|received| by_the_book(&received)))
            }
            _ => (original_lines(head), None),
        };
        Some(HopColumn {
            connection: stream.connection,
            from: node,
            to: connection.node(stream.side.other()),
            message: reference,
            entry: link.map_or_else(|| written(self.dissection, reference, message), |link| link.entry),
            blind: link.is_some_and(|link| link.rewrite.is_none()),
            lines,
            by_the_book: hypothetical,
        })
    }
}

/// The address of the node that sent a message.
fn connection_client(trace: &Trace, dissection: &Dissection, message: MessageRef) -> String {
    let node = dissection.stream(message.stream).map(|stream| stream.socket.node);
    node.and_then(|node| trace.scenario.nodes.get(node.index()))
        .map_or_else(String::new, |spec| spec.address.to_string())
}
