//! Ephemeral ports: those in use towards each peer, and the next one to try.

use super::Profile;
use crate::wire::Endpoint;

/// The ports of one range that are taken towards one peer: a bit for each.
#[derive(Debug)]
struct Taken {
    remote: Endpoint,
    count: u32,
    words: Vec<u64>,
}

/// The ephemeral ports of a stack.
///
/// A port may be used towards several peers at once: it is the 4-tuple that must be new.
///
/// Source: RFC 6056 section 3.3.1, without the random start: a lesson's ports should be readable.
#[derive(Debug)]
pub(super) struct Ports {
    first: u16,
    last: u16,
    even_first: bool,
    next: u16,
    taken: Vec<Taken>,
}

const BITS: u16 = 64;
const EVEN: u64 = 0x5555_5555_5555_5555;
const ANY: u64 = u64::MAX;

impl Ports {
    pub fn new(profile: &Profile) -> Self {
        let (first, last) = profile.ephemeral_ports;
        Self { first, last, even_first: profile.even_ports_first, next: first, taken: Vec::new() }
    }

    /// The next port that is free towards `remote`, if there is one; the search goes on behind it.
    pub fn next(&mut self, remote: Endpoint) -> Option<u16> {
        let (first, last, next) = (self.first, self.last, self.next);
        // Linux tries the even ones first, and starts where it last left off.
        let rounds: &[u64] = if self.even_first { &[EVEN, !EVEN] } else { &[ANY] };
        let taken = self.taken.iter().find(|taken| taken.remote == remote);
        if taken.is_some_and(|taken| taken.count > u32::from(last.saturating_sub(first))) {
            return None;
        }
        let words = taken.map_or(&[][..], |taken| &taken.words);
        let port = rounds.iter().find_map(|mask| {
            self.find(words, next, last, *mask).or_else(|| self.find(words, first, last, *mask))
        })?;
        let step = if self.even_first { 2 } else { 1 };
        self.next = port.checked_add(step).filter(|next| *next <= last).unwrap_or(first);
        Some(port)
    }

    /// The first port of `from..=to` whose bit is in `mask` and not taken.
    fn find(&self, words: &[u64], from: u16, to: u16, mask: u64) -> Option<u16> {
        for word in from / BITS..=to / BITS {
            let taken = words.get(usize::from(word - self.first / BITS)).copied().unwrap_or(0);
            let mut free = !taken & mask;
            if word == from / BITS {
                free &= ANY << (from % BITS);
            }
            if word == to / BITS {
                free &= ANY >> (BITS - 1 - to % BITS);
            }
            if free != 0 {
                return Some(word * BITS + free.trailing_zeros() as u16);
            }
        }
        None
    }

    /// Says that the 4-tuple with this port and peer exists.
    pub fn take(&mut self, remote: Endpoint, port: u16) {
        if !(self.first..=self.last).contains(&port) {
            return;
        }
        let known = self.taken.iter().position(|taken| taken.remote == remote);
        let place = known.unwrap_or_else(|| {
            let words = vec![0; usize::from(self.last / BITS - self.first / BITS) + 1];
            self.taken.push(Taken { remote, count: 0, words });
            self.taken.len() - 1
        });
        let taken = &mut self.taken[place];
        let word = &mut taken.words[usize::from(port / BITS - self.first / BITS)];
        let bit = 1 << (port % BITS);
        taken.count += u32::from(*word & bit == 0);
        *word |= bit;
    }

    /// Says that the 4-tuple with this port and peer is gone.
    pub fn give_back(&mut self, remote: Endpoint, port: u16) {
        if !(self.first..=self.last).contains(&port) {
            return;
        }
        if let Some(taken) = self.taken.iter_mut().find(|taken| taken.remote == remote) {
            let word = &mut taken.words[usize::from(port / BITS - self.first / BITS)];
            let bit = 1 << (port % BITS);
            taken.count -= u32::from(*word & bit != 0);
            *word &= !bit;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVER: Endpoint = Endpoint::new(core::net::Ipv4Addr::new(10, 0, 0, 2), 80);
    const OTHER: Endpoint = Endpoint::new(core::net::Ipv4Addr::new(10, 0, 0, 3), 80);

    fn ports(first: u16, last: u16, even_first: bool) -> Ports {
        let profile =
            Profile { ephemeral_ports: (first, last), even_ports_first: even_first, ..Profile::textbook() };
        Ports::new(&profile)
    }

    fn all(ports: &mut Ports, remote: Endpoint) -> Vec<u16> {
        let next = || {
            let port = ports.next(remote)?;
            ports.take(remote, port);
            Some(port)
        };
        core::iter::from_fn(next).collect()
    }

    #[test]
    fn each_port_of_the_range_is_used_once_and_in_order() {
        for (first, last) in [(5, 5), (60, 70), (1, 64), (63, 64), (128, 200), (65_530, 65_535), (1, 65_535)]
        {
            let expected: Vec<u16> = (first..=last).collect();
            assert_eq!(all(&mut ports(first, last, false), SERVER), expected, "{first} to {last}");
        }
    }

    /// As Linux was seen to do: the even ones first.
    #[test]
    fn even_ports_come_first_where_the_profile_says_so() {
        let mut linux = ports(32_768, 32_773, true);
        assert_eq!(all(&mut linux, SERVER), [32_768, 32_770, 32_772, 32_769, 32_771, 32_773]);
    }

    #[test]
    fn the_search_goes_on_behind_the_last_port_and_round() {
        let mut ports = ports(60, 69, false);
        assert_eq!(ports.next(SERVER), Some(60));
        assert_eq!(ports.next(SERVER), Some(61), "60 was given back at once, but 61 is the next");
        ports.take(SERVER, 60);
        ports.take(SERVER, 62);
        assert_eq!(ports.next(SERVER), Some(63));
        for port in 64..=69 {
            ports.take(SERVER, port);
        }
        assert_eq!(ports.next(SERVER), Some(61));
        ports.take(SERVER, 61);
        ports.take(SERVER, 63);
        assert_eq!(ports.next(SERVER), None);
        ports.give_back(SERVER, 65);
        assert_eq!(ports.next(SERVER), Some(65));
    }

    #[test]
    fn another_peer_has_all_ports_of_its_own() {
        let mut ports = ports(60, 62, false);
        assert_eq!(all(&mut ports, SERVER).len(), 3);
        assert_eq!(all(&mut ports, OTHER).len(), 3);
        // Ports outside of the range, and one given back twice, change nothing.
        ports.take(SERVER, 80);
        ports.give_back(SERVER, 80);
        ports.give_back(SERVER, 61);
        ports.give_back(SERVER, 61);
        assert_eq!(all(&mut ports, SERVER), [61]);
    }
}
