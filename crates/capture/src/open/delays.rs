//! How far each host is from the place of the capture, estimated from turns of its segments.

use std::collections::VecDeque;

use super::connections::{Connection, Seen};
use super::hosts::Hosts;

/// The way from the place of the capture to the two ends of each connection, microseconds.
#[derive(Debug)]
pub(super) struct Delays {
    /// For each hop: to the node that its link names first, and to the other one.
    hops: Vec<[Option<u64>; 2]>,
}

/// What of one direction waits for its ACK.
#[derive(Clone, Default)]
struct Waiting {
    /// The number after each segment's last octet, and when it was seen.
    open: VecDeque<(u32, u64)>,
    highest: Option<u32>,
}

impl Delays {
    /// Half of the shortest time from a segment to its ACK, at each end of each hop.
    ///
    /// The SYN and the SYN,ACK are acknowledged at once, so that the shortest time is that of the way. It is at most
    /// half of any turn, so that nothing is answered before it arrives.
    pub(super) fn new(seen: &[Seen], connections: &[Connection], hosts: &Hosts) -> Self {
        let mut hops = vec![[None; 2]; hosts.links.len()];
        let mut waiting = vec![<[Waiting; 2]>::default(); connections.len()];
        for one in seen {
            let Some((nodes, hop)) = hosts.places[one.connection as usize] else { continue };
            let (sender, segment) = (one.sender(), &one.segment);
            let waiting = &mut waiting[one.connection as usize];
            // An answer to the last of the other end's segments that it acknowledges.
            let asked = &mut waiting[1 - sender].open;
            let mut answered = None;
            while let Some((end, at)) = asked.front().copied()
                && segment.flags.is_ack()
                && !is_after(end, segment.ack.0)
            {
                answered = Some(at);
                asked.pop_front();
            }
            if let Some(at) = answered {
                let place = usize::from(nodes[sender] != nodes[0].min(nodes[1]));
                let half = one.at.saturating_sub(at) / 2;
                let shortest: &mut Option<u64> = &mut hops[hop.index()][place];
                *shortest = Some(shortest.map_or(half, |shortest| shortest.min(half)));
            }
            if segment.seq_len() > 0 && !segment.flags.is_rst() {
                let end = segment.seq_end().0;
                let own = &mut waiting[sender];
                if own.highest.is_none_or(|highest| is_after(end, highest)) {
                    own.highest = Some(end);
                    own.open.push_back((end, one.at));
                } else {
                    // Which of the two copies an ACK answers cannot be told.
                    own.open.clear();
                }
            }
        }
        Self { hops }
    }

    /// From the place of the capture to the two ends of a connection: its opener first.
    pub(super) fn of(&self, place: &super::hosts::Place) -> [u64; 2] {
        let (nodes, hop) = place;
        let [first, second] = self.hops[hop.index()].map(|delay| delay.unwrap_or(0));
        if nodes[0] <= nodes[1] { [first, second] } else { [second, first] }
    }

    /// The delay of a hop from end to end.
    pub(super) fn whole(&self, hop: usize) -> u64 {
        self.hops[hop].iter().flatten().sum()
    }

    /// The longest way from the place of the capture.
    pub(super) fn longest(&self) -> u64 {
        self.hops.iter().flatten().flatten().copied().max().unwrap_or(0)
    }
}

/// Whether a sequence number comes after another.
const fn is_after(number: u32, other: u32) -> bool {
    (number.wrapping_sub(other) as i32) > 0
}
