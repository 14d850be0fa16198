//! The file descriptors of a node's process.

use std::collections::{BTreeMap, BTreeSet};

use core::num::NonZeroU32;

use crate::tcp::SocketId;

/// The first that is free: 0, 1 and 2 are the standard streams.
const FIRST: u32 = 3;

/// Sockets by their descriptors. A new one gets the lowest number that is free.
///
/// Source: POSIX.1-2017 section 2.14.
#[derive(Debug)]
pub struct Descriptors {
    of: BTreeMap<SocketId, u32>,
    free: BTreeSet<u32>,
    /// All from here on are free.
    next: u32,
}

impl Default for Descriptors {
    fn default() -> Self {
        Self { of: BTreeMap::new(), free: BTreeSet::new(), next: FIRST }
    }
}

impl Descriptors {
    /// The number that the next socket gets.
    pub fn lowest(&self) -> Option<NonZeroU32> {
        NonZeroU32::new(self.free.first().copied().unwrap_or(self.next))
    }

    /// Gives a socket the lowest free number; one that it has already is kept.
    pub fn open(&mut self, socket: SocketId) -> u32 {
        if let Some(known) = self.of.get(&socket) {
            return *known;
        }
        let descriptor = self.free.pop_first().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.of.insert(socket, descriptor);
        descriptor
    }

    /// The number of a socket; none once it is closed.
    pub fn get(&self, socket: SocketId) -> Option<NonZeroU32> {
        self.of.get(&socket).copied().and_then(NonZeroU32::new)
    }

    /// The socket that has a number.
    pub fn socket(&self, descriptor: u32) -> Option<SocketId> {
        self.of.iter().find(|(_, known)| **known == descriptor).map(|(socket, _)| *socket)
    }

    /// The sockets that are open.
    pub fn sockets(&self) -> impl Iterator<Item = SocketId> {
        self.of.keys().copied()
    }

    /// Frees a socket's number.
    pub fn close(&mut self, socket: SocketId) {
        self.free.extend(self.of.remove(&socket));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_free_number_is_used_again() {
        let mut descriptors = Descriptors::default();
        let opened: Vec<u32> = (0..3).map(|id| descriptors.open(SocketId(id))).collect();
        assert_eq!((opened, descriptors.open(SocketId(1))), (vec![3, 4, 5], 4));
        descriptors.close(SocketId(0));
        descriptors.close(SocketId(1));
        descriptors.close(SocketId(1));
        assert_eq!((descriptors.lowest(), descriptors.get(SocketId(1))), (NonZeroU32::new(3), None));
        let opened: Vec<u32> = (3..6).map(|id| descriptors.open(SocketId(id))).collect();
        assert_eq!(opened, [3, 4, 6]);
    }
}
