//! Patterns: predicates on one entry of a trace, combined to find the moments of a story.

use playground_core::dhcp::{DHCP_SERVER_PORT, DhcpKind, DhcpMessage};
use playground_core::dns::{DNS_PORT, DnsMessage};
use playground_core::event::{Belief, Entry, Event, Waiting};
use playground_core::rule::Rule;
use playground_core::tcp::{Buffer, Call, Notice, Returned, State, Timer};
use playground_core::wire::{Datagram, Flags, IcmpMessage, Packet, Protocol, Segment};

use crate::scene::Scene;

type Test = Box<dyn Fn(&Scene<'_>, &Entry) -> bool>;

/// A predicate on an entry: the conjunction of its tests.
pub struct Pattern {
    tests: Vec<Test>,
}

/// An event at a node that satisfies `matches`.
pub fn event(node: &'static str, matches: impl Fn(&Event) -> bool + 'static) -> Pattern {
    Pattern { tests: vec![Box::new(move |scene, entry| scene.is_at(entry, node) && matches(&entry.event))] }
}

/// A segment that the node put on a hop.
pub fn sent(node: &'static str) -> Pattern {
    event(node, |event| matches!(event, Event::PacketSent { packet: Packet::Segment(_), .. }))
}

/// A segment that reached the node.
pub fn delivered(node: &'static str) -> Pattern {
    event(node, |event| matches!(event, Event::PacketDelivered { .. }))
}

/// A notice of one of the node's sockets that satisfies `matches`.
pub fn notice(node: &'static str, matches: impl Fn(&Notice) -> bool + 'static) -> Pattern {
    event(node, move |event| matches!(event, Event::Socket { notice, .. } if matches(notice)))
}

/// One of the node's sockets entered a state.
pub fn state(node: &'static str, state: State) -> Pattern {
    notice(node, move |notice| matches!(notice, Notice::StateChanged { to, .. } if *to == state))
}

/// Octets entered a receive buffer of the node.
pub fn received(node: &'static str) -> Pattern {
    notice(node, |notice| matches!(notice, Notice::BytesReceived { .. }))
}

/// Octets were discarded from one of the node's buffers.
pub fn discarded(node: &'static str, buffer: Buffer) -> Pattern {
    notice(
        node,
        move |notice| matches!(notice, Notice::BytesDiscarded { buffer: which, .. } if *which == buffer),
    )
}

/// A TCP timer of the node expired.
pub fn expired(node: &'static str, timer: Timer) -> Pattern {
    notice(node, move |notice| matches!(notice, Notice::TimerExpired { timer: which } if *which == timer))
}

/// A TCP timer of the node began to run.
pub fn started(node: &'static str, timer: Timer) -> Pattern {
    notice(node, move |notice| matches!(notice, Notice::TimerSet { timer: which, .. } if *which == timer))
}

/// A timer of the node's application expired.
pub fn gave_up_waiting(node: &'static str, purpose: Waiting) -> Pattern {
    event(node, move |event| matches!(event, Event::TimerExpired { purpose: which, .. } if *which == purpose))
}

/// The node's role began to wait for something.
pub fn waits(node: &'static str, waiting: Waiting) -> Pattern {
    event(
        node,
        move |event| matches!(event, Event::WaitingChanged { waiting: which, .. } if *which == waiting),
    )
}

/// The node's role changed its belief about a connection.
pub fn believes(node: &'static str, belief: Belief) -> Pattern {
    event(node, move |event| matches!(event, Event::BeliefChanged { belief: which, .. } if *which == belief))
}

/// The node read a complete request head.
pub fn request(node: &'static str) -> Pattern {
    event(node, |event| matches!(event, Event::RequestReceived { .. }))
}

/// The client has the complete response to a request of its list, counted from 0.
pub fn completed(node: &'static str, request: u32) -> Pattern {
    event(
        node,
        move |event| matches!(event, Event::TransactionCompleted { request: which, .. } if *which == request),
    )
}

/// A call of the node's application returned, and satisfies `matches`.
pub fn call(node: &'static str, matches: impl Fn(&Call, &Returned) -> bool + 'static) -> Pattern {
    event(
        node,
        move |event| matches!(event, Event::CallReturned { call, returned, .. } if matches(call, returned)),
    )
}

/// A datagram that the node put on a hop and that satisfies `matches`.
pub fn datagram(node: &'static str, matches: impl Fn(&Datagram) -> bool + 'static) -> Pattern {
    event(
        node,
        move |event| matches!(event, Event::PacketSent { packet: Packet::Datagram(datagram), .. } if matches(datagram)),
    )
}

/// A DHCP message of this kind.
pub fn dhcp(node: &'static str, kind: DhcpKind) -> Pattern {
    datagram(node, move |datagram| {
        [datagram.source.port, datagram.destination.port].contains(&DHCP_SERVER_PORT)
            && DhcpMessage::decode(&datagram.payload).is_some_and(|message| message.kind == kind)
    })
}

/// A DNS query, or a response.
pub fn dns(node: &'static str, is_response: bool) -> Pattern {
    datagram(node, move |datagram| {
        [datagram.source.port, datagram.destination.port].contains(&DNS_PORT)
            && DnsMessage::decode(&datagram.payload).is_some_and(|message| message.is_response == is_response)
    })
}

/// An ICMP message that satisfies `matches`.
pub fn icmp(node: &'static str, matches: impl Fn(&IcmpMessage) -> bool + 'static) -> Pattern {
    datagram(node, move |datagram| {
        datagram.protocol == Protocol::Icmp
            && IcmpMessage::decode(&datagram.payload).is_some_and(|message| matches(&message))
    })
}

impl Pattern {
    /// Whether the entry satisfies every test.
    pub(crate) fn holds(&self, scene: &Scene<'_>, entry: &Entry) -> bool {
        self.tests.iter().all(|test| test(scene, entry))
    }

    fn and(mut self, test: impl Fn(&Scene<'_>, &Entry) -> bool + 'static) -> Self {
        self.tests.push(Box::new(test));
        self
    }

    /// ... about a segment that satisfies `matches`.
    pub fn segment(self, matches: impl Fn(&Segment) -> bool + 'static) -> Self {
        self.and(move |scene, entry| scene.segment(entry).is_some_and(&matches))
    }

    fn flag(self, flag: Flags) -> Self {
        self.segment(move |segment| segment.flags.contains(flag))
    }

    /// ... with SYN.
    pub fn syn(self) -> Self {
        self.flag(Flags::SYN)
    }

    /// ... with FIN.
    pub fn fin(self) -> Self {
        self.flag(Flags::FIN)
    }

    /// ... with RST.
    pub fn rst(self) -> Self {
        self.flag(Flags::RST)
    }

    /// ... with payload.
    pub fn data(self) -> Self {
        self.segment(|segment| !segment.payload.is_empty())
    }

    /// ... that is a pure ACK.
    pub fn pure_ack(self) -> Self {
        self.segment(Segment::is_pure_ack)
    }

    /// ... whose payload contains this text.
    pub fn carrying(self, text: impl Into<String>) -> Self {
        let text = text.into();
        self.segment(move |segment| {
            !text.is_empty() && segment.payload.windows(text.len()).any(|window| window == text.as_bytes())
        })
    }

    /// ... because of this rule.
    pub fn by(self, rule: Rule) -> Self {
        self.and(move |_, entry| entry.rule == rule)
    }

    /// ... decided by any rule but this one.
    pub fn not_by(self, rule: Rule) -> Self {
        self.and(move |_, entry| entry.rule != rule)
    }

    /// ... to or from this node: the other end of the hop for a segment, of the connection for the rest.
    pub fn with_peer(self, peer: &'static str) -> Self {
        self.and(move |scene, entry| scene.peer(entry).is_some_and(|node| scene.is_node(node, peer)))
    }

    /// ... that is a message read whose start line begins with this text.
    pub fn starting(self, text: impl Into<String>) -> Self {
        let text = text.into();
        self.and(move |_, entry| match &entry.event {
            Event::RequestReceived { start_line, .. } | Event::ResponseReceived { start_line, .. } => {
                start_line.starts_with(&text)
            }
            _ => false,
        })
    }

    /// ... by which the first `offset` octets of the peer's output have arrived or been read.
    pub fn reaching(self, offset: u64) -> Self {
        self.and(move |_, entry| match &entry.event {
            Event::Socket {
                notice: Notice::BytesReceived { range } | Notice::BytesRead { range }, ..
            } => range.end >= offset,
            _ => false,
        })
    }
}
