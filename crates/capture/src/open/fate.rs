//! Whether a segment arrived, as far as later segments tell.

use std::collections::BTreeMap;

use super::connections::{Connection, Seen, window};

/// What became of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It arrived, or nothing says that it did not.
    Arrived,
    /// It arrived at a closed window, and was not accepted: a probe.
    Refused,
    /// It was sent again, and no ACK of it came before that copy could have been answered.
    Lost,
}

/// What is found of each segment.
pub(super) struct Found {
    /// What became of it.
    pub fate: Vec<Fate>,
    /// The last segment of its receiver that shows by its ACK that it had not arrived.
    pub not_before: Vec<Option<u32>>,
}

/// Finds the fates of the segments of one connection, given by their places in `seen`.
///
/// `delays` are the ways from the place of the capture to the two ends.
pub(super) fn find(
    seen: &[Seen],
    places: &[u32],
    connection: &Connection,
    delays: [u64; 2],
    found: &mut Found,
) {
    let out = &mut found.fate;
    let at = |place: u32| &seen[place as usize];
    for sender in [0, 1] {
        let receiver = 1 - sender;
        let mut own = places.iter().copied().filter(|place| at(*place).sender() == sender);
        let Some(first) = own.clone().next() else { continue };
        let start = connection.isn[sender].unwrap_or(at(first).segment.seq);
        let offset = |number: u32| i64::from(number.wrapping_sub(start.0) as i32);
        // The highest ACK so far at each of the receiver's segments, and the windows that it announced.
        let mut acks: Vec<(u32, i64)> = Vec::new();
        let mut closed: Vec<(u32, bool)> = Vec::new();
        for place in places.iter().copied().filter(|place| at(*place).sender() == receiver) {
            let segment = &at(place).segment;
            if segment.flags.is_ack() {
                let highest = acks.last().map_or(i64::MIN, |(_, highest)| *highest);
                acks.push((place, highest.max(offset(segment.ack.0))));
                closed.push((place, !segment.flags.is_rst() && window(connection, receiver, segment) == 0));
            }
        }
        // At a place close to the receiver, what was seen arrived.
        let is_near_receiver = delays[receiver] * 4 < delays[sender];
        // Later segments of the sender: the end of each, with its start and place.
        let mut later: BTreeMap<i64, (i64, u32)> = BTreeMap::new();
        let mut repeated: BTreeMap<u32, ()> = BTreeMap::new();
        let all: Vec<u32> = own.by_ref().collect();
        for place in all.iter().rev().copied() {
            let segment = &at(place).segment;
            if segment.seq_len() == 0 || segment.flags.is_rst() {
                continue;
            }
            let (start, end) = (offset(segment.seq.0), offset(segment.seq_end().0));
            let copy =
                later.range(end..).next().filter(|(_, (begin, _))| *begin < end).map(|(_, (_, copy))| *copy);
            later.insert(end, (start, place));
            if let Some(copy) = copy {
                repeated.insert(copy, ());
            }
            let covering = acks.partition_point(|(_, highest)| *highest < end);
            // Every segment says which octet is expected next.
            if let Some((ack, expected)) = covering.checked_sub(1).map(|before| acks[before])
                && expected >= start
            {
                found.not_before[place as usize] = Some(ack).filter(|ack| *ack > place);
            }
            let acked = acks.get(covering).map(|(ack, _)| (*ack).max(place));
            let is_lost = match (acked, copy) {
                (None, copy) => copy.is_some() || segment.flags.is_syn(),
                (Some(_), None) => false,
                (Some(acked), Some(copy)) => {
                    // Less than the whole way there and back: ways vary.
                    let answered = at(copy).at + delays[receiver] * 3 / 2;
                    acked > copy && at(acked).at >= answered && !is_near_receiver
                }
            };
            if is_lost {
                let known = closed.partition_point(|(other, _)| *other < place);
                let is_closed = known.checked_sub(1).is_some_and(|last| closed[last].1);
                out[place as usize] = match is_closed && !segment.payload.is_empty() {
                    true => Fate::Refused,
                    false => Fate::Lost,
                };
            }
        }
        // The last of what was sent again and again without an ACK fares no better than those before it.
        for place in repeated.into_keys() {
            let end = offset(at(place).segment.seq_end().0);
            if acks.last().is_none_or(|(_, highest)| *highest < end) && out[place as usize] == Fate::Arrived {
                out[place as usize] = Fate::Lost;
            }
        }
    }
}
