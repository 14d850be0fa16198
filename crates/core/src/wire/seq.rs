//! Sequence numbers and their arithmetic modulo 2^32.

use core::fmt;
use core::ops::{Add, AddAssign, Sub};

use serde::{Deserialize, Serialize};

/// A TCP sequence number.
///
/// Comparison is only meaningful between numbers less than 2^31 apart, which the window guarantees; so
/// there is no `Ord`.
///
/// Source: RFC 9293 section 3.4.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SeqNum(pub u32);

impl SeqNum {
    /// The signed distance from `earlier` to `self`, modulo 2^32.
    pub const fn offset_from(self, earlier: Self) -> i32 {
        self.0.wrapping_sub(earlier.0) as i32
    }

    /// `self < other`, modulo 2^32.
    pub const fn is_before(self, other: Self) -> bool {
        self.offset_from(other) < 0
    }

    /// `self > other`, modulo 2^32.
    pub const fn is_after(self, other: Self) -> bool {
        self.offset_from(other) > 0
    }

    /// `self <= other`, modulo 2^32.
    pub const fn is_at_or_before(self, other: Self) -> bool {
        self.offset_from(other) <= 0
    }

    /// `self >= other`, modulo 2^32.
    pub const fn is_at_or_after(self, other: Self) -> bool {
        self.offset_from(other) >= 0
    }

    /// Whether `self` is one of the `len` numbers that start at `start`.
    pub const fn is_within(self, start: Self, len: u32) -> bool {
        self.0.wrapping_sub(start.0) < len
    }
}

impl Add<u32> for SeqNum {
    type Output = Self;
    fn add(self, octets: u32) -> Self {
        Self(self.0.wrapping_add(octets))
    }
}

impl AddAssign<u32> for SeqNum {
    fn add_assign(&mut self, octets: u32) {
        *self = *self + octets;
    }
}

impl Sub<u32> for SeqNum {
    type Output = Self;
    fn sub(self, octets: u32) -> Self {
        Self(self.0.wrapping_sub(octets))
    }
}

impl fmt::Display for SeqNum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_holds_across_the_wrap() {
        //  a, b, b - a
        for (a, b, distance) in [
            (0u32, 1u32, 1i32),
            (u32::MAX, 0, 1),
            (u32::MAX - 9, 10, 20),
            (0x7fff_ffff, 0x8000_0000, 1),
            (5, 5, 0),
        ] {
            let (a, b) = (SeqNum(a), SeqNum(b));
            assert_eq!(b.offset_from(a), distance);
            assert_eq!(a.is_before(b), distance > 0);
            assert_eq!(b.is_after(a), distance > 0);
            assert!(a.is_at_or_before(b) && b.is_at_or_after(a));
            assert_eq!(a + distance as u32, b);
            assert_eq!(b - distance as u32, a);
        }
    }

    #[test]
    fn a_window_may_straddle_the_wrap() {
        let start = SeqNum(u32::MAX - 1);
        assert!(start.is_within(start, 1));
        assert!(SeqNum(3).is_within(start, 6));
        assert!(!SeqNum(4).is_within(start, 6));
        assert!(!(start - 1).is_within(start, 6));
        assert!(!start.is_within(start, 0));
    }
}
