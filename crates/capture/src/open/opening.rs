//! Opening a capture, step by step.

use std::rc::Rc;

use bytes::Bytes;
use playground_core::scenario::{Limits, Scenario};
use playground_core::time::Duration;
use playground_core::trace::Trace;

use super::connections::{Connections, Seen};
use super::delays::Delays;
use super::entries::Writing;
use super::fate::{Fate, Found, find};
use super::hosts::{Addresses, Hosts};
use super::{MOST_CONNECTIONS, MOST_OCTETS, MOST_PACKETS};
use crate::octets::{ParseError, Problem, captured};
use crate::pcapng::{LinkType, Packet, PacketError, Packets, Protocol, ReadError};

/// A kind of packet that is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// Another protocol than IP: ARP, say.
    NotIp,
    /// IP, but not TCP: UDP or ICMP, say.
    NotTcp,
    /// A fragment of a datagram.
    Fragment,
    /// The capture kept only its beginning.
    Cut,
    /// Its headers contradict themselves.
    Damaged,
    /// Its interface has a kind of link that is not read.
    LinkType,
    /// It was seen before on another interface.
    Again,
    /// A segment of a host that is not shown.
    Host,
}

impl LeftOut {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::NotIp,
        Self::NotTcp,
        Self::Fragment,
        Self::Cut,
        Self::Damaged,
        Self::LinkType,
        Self::Again,
        Self::Host,
    ];

    /// Its stable name, the key of its words in the language files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotIp => "not-ip",
            Self::NotTcp => "not-tcp",
            Self::Fragment => "fragment",
            Self::Cut => "cut",
            Self::Damaged => "damaged",
            Self::LinkType => "link-type",
            Self::Again => "again",
            Self::Host => "host",
        }
    }
}

/// Why a file is not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// It is too long.
    #[error("the file has {octets} octets, at most {most} are opened")]
    TooLong {
        /// Its octets.
        octets: usize,
        /// The most.
        most: usize,
    },
    /// It has too many packets.
    #[error("the file has more than {most} packets")]
    TooManyPackets {
        /// The most.
        most: usize,
    },
    /// It has too many connections.
    #[error("the file has more than {most} connections")]
    TooManyConnections {
        /// The most.
        most: usize,
    },
    /// It is no capture, or damaged before its first segment.
    #[error(transparent)]
    File(#[from] ReadError),
    /// It has no TCP segment that can be shown.
    #[error("none of its {packets} packets is a whole TCP segment")]
    NoSegments {
        /// Its packets.
        packets: usize,
    },
}

/// How far the opening of a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// So many thousandths are done.
    Going(u32),
    /// It is ready.
    Done,
}

/// What was found in a capture beside its trace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Packets in the file.
    pub packets: u32,
    /// Of these, segments in the trace.
    pub segments: u32,
    /// Packets that are left out, by kind; kinds without any are absent.
    pub left_out: Vec<(LeftOut, u32)>,
    /// Hosts that are left out.
    pub hosts: u32,
    /// Whether times are estimated for the two ends; else they are those of the capture.
    pub is_estimated: bool,
    /// The problem that ends the file before its end.
    pub broken: Option<ReadError>,
}

/// A capture as a trace.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The trace.
    pub trace: Trace,
    /// What else is to be said.
    pub about: About,
}

/// A file that is being opened: [`Self::step`] until it is done, then [`Self::finish`].
pub struct Opening {
    octets: usize,
    stage: Stage,
    about: About,
    skipped: [u32; LeftOut::ALL.len()],
}

enum Stage {
    Reading(Box<Reading>),
    Writing { writing: Box<Writing>, order: Vec<(u64, u32)>, next: usize },
}

struct Reading {
    packets: Packets,
    addresses: Addresses,
    connections: Connections,
    seen: Vec<Seen>,
    now: u64,
}

/// Opens a capture as a whole.
///
/// # Errors
///
/// Why it cannot be opened.
pub fn open(file: &Bytes) -> Result<Opened, OpenError> {
    let mut opening = Opening::new(file)?;
    while opening.step(usize::MAX)? != Progress::Done {}
    Ok(opening.finish())
}

impl Opening {
    /// Begins to open a file.
    ///
    /// # Errors
    ///
    /// [`OpenError::TooLong`], before anything is read.
    pub fn new(file: &Bytes) -> Result<Self, OpenError> {
        if file.len() > MOST_OCTETS {
            return Err(OpenError::TooLong { octets: file.len(), most: MOST_OCTETS });
        }
        let reading = Reading {
            packets: Packets::new(file),
            addresses: Addresses::default(),
            connections: Connections::default(),
            seen: Vec::new(),
            now: 0,
        };
        Ok(Self {
            octets: file.len(),
            stage: Stage::Reading(Box::new(reading)),
            about: About::default(),
            skipped: [0; LeftOut::ALL.len()],
        })
    }

    /// Goes on for `most` packets.
    ///
    /// # Errors
    ///
    /// Why it cannot be opened.
    pub fn step(&mut self, most: usize) -> Result<Progress, OpenError> {
        match &mut self.stage {
            Stage::Reading(_) => self.read(most),
            Stage::Writing { writing, order, next } => {
                // Each packet is sent, and arrives.
                let until = next.saturating_add(most.saturating_mul(2)).min(order.len());
                for what in &order[*next..until] {
                    writing.write(*what);
                }
                *next = until;
                match until == order.len() {
                    true => Ok(Progress::Done),
                    false => Ok(Progress::Going(500 + share(until, order.len()))),
                }
            }
        }
    }

    /// The capture as a trace.
    ///
    /// # Panics
    ///
    /// Panics unless the last step said that it is done.
    pub fn finish(mut self) -> Opened {
        let Stage::Writing { writing, order, .. } = self.stage else { panic!("it is still being read") };
        self.about.segments = order.len() as u32 / 2;
        let (entries, hosts, delays) = writing.into_parts();
        let mut links = hosts.links;
        for (hop, link) in links.iter_mut().enumerate() {
            link.delay_us = Duration::from_micros(delays.whole(hop));
        }
        self.about.is_estimated = links.iter().any(|link| !link.delay_us.is_zero());
        let scenario = Scenario {
            name: String::new(),
            seed: 0,
            nodes: hosts.nodes,
            links,
            interventions: Vec::new(),
            limits: Limits::default(),
        };
        let counts = LeftOut::ALL.into_iter().zip(self.skipped);
        self.about.left_out = counts.filter(|(_, count)| *count > 0).collect();
        Opened { trace: Trace::recorded(Rc::new(scenario), entries, None), about: self.about }
    }

    fn read(&mut self, most: usize) -> Result<Progress, OpenError> {
        let Stage::Reading(reading) = &mut self.stage else { return Ok(Progress::Done) };
        for _ in 0..most {
            let packet = match reading.packets.next() {
                Ok(packet) => packet,
                Err(error) if reading.seen.is_empty() => return Err(error.into()),
                Err(error) => {
                    // What stands before the problem is whole.
                    self.about.broken = Some(error);
                    None
                }
            };
            let Some((link_type, packet)) = packet else {
                return self.place();
            };
            if self.about.packets as usize == MOST_PACKETS {
                return Err(OpenError::TooManyPackets { most: MOST_PACKETS });
            }
            self.about.packets += 1;
            if let Err(kind) = reading.take(link_type, &packet) {
                self.skipped[kind as usize] += 1;
            }
            if reading.connections.all.len() > MOST_CONNECTIONS {
                return Err(OpenError::TooManyConnections { most: MOST_CONNECTIONS });
            }
        }
        Ok(Progress::Going(share(reading.packets.octets_read(), self.octets)))
    }

    /// Everything is read: finds the hosts, the ways between them, and what became of each segment.
    fn place(&mut self) -> Result<Progress, OpenError> {
        let Stage::Reading(reading) = &mut self.stage else { return Ok(Progress::Done) };
        let mut seen = core::mem::take(&mut reading.seen);
        count_from_earliest(&mut seen);
        if seen.is_empty() {
            return Err(OpenError::NoSegments { packets: self.about.packets as usize });
        }
        let connections = core::mem::take(&mut reading.connections.all);
        let hosts = Hosts::new(&connections, &reading.addresses);
        self.about.hosts = hosts.left_out;
        let delays = Delays::new(&seen, &connections, &hosts);
        let mut of_connection: Vec<Vec<u32>> = vec![Vec::new(); connections.len()];
        for (place, one) in seen.iter().enumerate() {
            of_connection[one.connection as usize].push(place as u32);
        }
        let mut found = Found { fate: vec![Fate::Arrived; seen.len()], not_before: vec![None; seen.len()] };
        for ((connection, places), place) in connections.iter().zip(&of_connection).zip(&hosts.places) {
            match place {
                Some(place) => find(&seen, places, connection, delays.of(place), &mut found),
                None => self.skipped[LeftOut::Host as usize] += places.len() as u32,
            }
        }
        let writing = Writing::new(seen, connections, hosts, delays, found);
        let order = writing.order();
        self.stage = Stage::Writing { writing: Box::new(writing), order, next: 0 };
        Ok(Progress::Going(500))
    }
}

impl Reading {
    /// Takes a packet as a segment.
    ///
    /// # Errors
    ///
    /// Its kind, when it is left out.
    fn take(&mut self, link_type: LinkType, packet: &Packet) -> Result<(), LeftOut> {
        // A packet without a time has that of the one before.
        self.now = packet.at.map_or(self.now, |at| at.since(Default::default()).as_micros());
        let is_cut = packet.octets.len() < packet.original_len as usize;
        let cut_or = |kind| if is_cut { LeftOut::Cut } else { kind };
        let (protocol, octets) = link_type.network_layer(&packet.octets).map_err(|error| match error {
            PacketError::LinkType(_) => LeftOut::LinkType,
            _ => cut_or(LeftOut::Damaged),
        })?;
        // AF_INET6 has another number on each system.
        let is_ip = match protocol {
            Protocol::Ipv4 | Protocol::EtherType(0x86dd) => true,
            Protocol::ByVersion => octets.first().is_some_and(|first| matches!(first >> 4, 4 | 6)),
            Protocol::AddressFamily([10 | 24 | 28 | 30, 0, 0, 0] | [0, 0, 0, 10 | 24 | 28 | 30]) => true,
            Protocol::EtherType(_) | Protocol::AddressFamily(_) => false,
        };
        if !is_ip {
            return Err(LeftOut::NotIp);
        }
        let datagram = packet.octets.slice_ref(octets);
        let parsed = captured(&datagram).map_err(|ParseError { problem, .. }| match problem {
            Problem::Fragment => LeftOut::Fragment,
            Problem::Protocol { .. } => LeftOut::NotTcp,
            Problem::Truncated { .. } => cut_or(LeftOut::Damaged),
            _ => LeftOut::Damaged,
        });
        let (source, destination, mut segment) = parsed?;
        segment.source.address = self.addresses.node_address(source);
        segment.destination.address = self.addresses.node_address(destination);
        let place = self.connections.place(&segment);
        if self.connections.is_again(place, &segment, packet.interface) {
            return Err(LeftOut::Again);
        }
        let (connection, by_opener) = place;
        self.seen.push(Seen { at: self.now, connection, by_opener, segment: Rc::new(segment) });
        Ok(())
    }
}

/// Thousandths of half the work.
fn share(done: usize, of: usize) -> u32 {
    (done as u64 * 500).checked_div(of as u64).unwrap_or(500) as u32
}

/// The longest time of a capture, microseconds: what is later has a damaged time.
const LONGEST: u64 = 10 * 365 * 86_400_000_000;

/// Counts times from the earliest.
fn count_from_earliest(seen: &mut [Seen]) {
    let earliest = seen.iter().map(|one| one.at).min().unwrap_or(0);
    for one in seen {
        one.at = (one.at - earliest).min(LONGEST);
    }
}
