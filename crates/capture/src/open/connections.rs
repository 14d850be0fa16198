//! The connections of a capture, and whose every segment is.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use playground_core::wire::{Endpoint, Segment, SeqNum};

/// A segment as it was captured.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    /// When, in microseconds.
    pub at: u64,
    /// Its connection, by its place.
    pub connection: u32,
    /// Whether the end that opened the connection sent it.
    pub by_opener: bool,
    /// The segment.
    pub segment: Rc<Segment>,
}

impl Seen {
    /// The place of its sender's facts: 0 for the opener, 1 for the other end.
    pub(super) const fn sender(&self) -> usize {
        if self.by_opener { 0 } else { 1 }
    }
}

/// A connection, from its first segment in the capture.
#[derive(Clone, Debug)]
pub(super) struct Connection {
    /// The end that opened it, and the other one.
    pub ends: [Endpoint; 2],
    /// Their initial sequence numbers, where the SYN is in the capture.
    pub isn: [Option<SeqNum>; 2],
    /// How far their windows are shifted, as their SYNs say.
    pub shift: [Option<u8>; 2],
    /// Whether an end sent anything but RST.
    pub sends: [bool; 2],
    /// The largest window that each end announced, octets.
    pub largest_window: [u32; 2],
    /// The connection before it with the same four values.
    pub previous: Option<u32>,
    /// Its segments.
    pub segments: u32,
    /// Whether a payload begins as HTTP/1.x messages do.
    pub is_http: bool,
}

/// The window that `segment` announces, octets.
pub(super) fn window(connection: &Connection, sender: usize, segment: &Segment) -> u32 {
    match connection.shift {
        [Some(_), Some(_)] if !segment.flags.is_syn() => {
            // Source: RFC 7323 section 2.3: a shift of more than 14 counts as 14.
            u32::from(segment.window) << connection.shift[sender].unwrap_or(0).min(14)
        }
        _ => u32::from(segment.window),
    }
}

/// Finds the connections while segments come in.
#[derive(Debug, Default)]
pub(super) struct Connections {
    /// In the order of their first segments.
    pub all: Vec<Connection>,
    current: BTreeMap<(Endpoint, Endpoint), u32>,
    /// Ends that accepted a connection.
    acceptors: BTreeSet<Endpoint>,
    /// What was seen of segments, and on which interface first; only kept where there is more than one.
    on_interface: BTreeMap<Same, usize>,
}

/// What one segment has in common wherever it is seen: connection, sender, numbers, flags, length.
type Same = (u32, bool, u32, u32, u8, usize);

impl Connections {
    /// The connection of the next segment, and whether its opener sent it.
    pub(super) fn place(&mut self, segment: &Segment) -> (u32, bool) {
        let (source, destination) = (segment.source, segment.destination);
        let pair = (source.min(destination), source.max(destination));
        let (flags, is_open) = (segment.flags, segment.flags.is_syn() && !segment.flags.is_ack());
        let known = self.current.get(&pair).copied();
        let place = match known {
            Some(place) if !(is_open && self.begins_another(place, segment)) => place,
            _ => {
                let by_source = if flags.is_syn() {
                    is_open
                } else if self.acceptors.contains(&source) != self.acceptors.contains(&destination) {
                    self.acceptors.contains(&destination)
                } else {
                    // Ports of clients are high, those of servers low.
                    source.port >= destination.port
                };
                self.all.push(Connection {
                    ends: if by_source { [source, destination] } else { [destination, source] },
                    isn: [None; 2],
                    shift: [None; 2],
                    sends: [false; 2],
                    largest_window: [0; 2],
                    previous: known,
                    segments: 0,
                    is_http: false,
                });
                let place = self.all.len() as u32 - 1;
                self.current.insert(pair, place);
                self.acceptors.insert(self.all[place as usize].ends[1]);
                place
            }
        };
        let connection = &mut self.all[place as usize];
        let sender = usize::from(connection.ends[0] != source);
        if flags.is_syn() {
            connection.isn[sender].get_or_insert(segment.seq);
            connection.shift[sender] = segment.options.window_scale;
        }
        connection.sends[sender] |= !flags.is_rst();
        connection.segments += 1;
        connection.is_http |= is_http(&segment.payload);
        let announced = window(connection, sender, segment);
        connection.largest_window[sender] = connection.largest_window[sender].max(announced);
        (place, sender == 0)
    }

    /// Whether a SYN begins another connection than the last one with its four values.
    fn begins_another(&self, place: u32, segment: &Segment) -> bool {
        let connection = &self.all[place as usize];
        let sender = usize::from(connection.ends[0] != segment.source);
        match connection.isn[sender] {
            Some(isn) => isn != segment.seq,
            // Of a simultaneous open, the other end's SYN.
            None => !(sender == 1 && connection.isn[0].is_some() && !connection.sends[1]),
        }
    }

    /// Whether the segment was seen before on another interface.
    pub(super) fn is_again(
        &mut self,
        (place, by_opener): (u32, bool),
        segment: &Segment,
        interface: usize,
    ) -> bool {
        let len = segment.payload.len();
        let same = (place, by_opener, segment.seq.0, segment.ack.0, segment.flags.0, len);
        *self.on_interface.entry(same).or_insert(interface) != interface
    }
}

/// Whether octets begin as a message of HTTP/1.x does.
fn is_http(octets: &[u8]) -> bool {
    octets.starts_with(b"HTTP/1.") || {
        let line = &octets[..octets.len().min(4_096)];
        let line = line.split(|octet| *octet == b'\r' || *octet == b'\n').next().unwrap_or_default();
        line.len() > 9 && line[..line.len() - 1].ends_with(b" HTTP/1.")
    }
}
