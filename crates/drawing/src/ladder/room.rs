//! Occupied areas, for placing labels without overlap.

use std::collections::BTreeMap;

/// Left, top, right, bottom.
pub(super) type Bounds = (f64, f64, f64, f64);

/// Height of a band.
const SHELF: f64 = 32.0;
/// Tolerated overlap.
const HAIR: f64 = 0.5;

/// Occupied boxes, in horizontal bands, so that few need to be compared.
#[derive(Default)]
pub(super) struct Room(BTreeMap<i64, Vec<Bounds>>);

impl Room {
    /// Whether the box is free.
    pub(super) fn is_clear(&self, own: Bounds) -> bool {
        shelves(own).filter_map(|shelf| self.0.get(&shelf)).flatten().all(|other| !overlap(own, *other))
    }

    /// Occupies the box, free or not.
    pub(super) fn take(&mut self, own: Bounds) {
        for shelf in shelves(own) {
            self.0.entry(shelf).or_default().push(own);
        }
    }

    /// Occupies the box if it is free; returns whether it was.
    pub(super) fn try_take(&mut self, own: Bounds) -> bool {
        let is_clear = self.is_clear(own);
        if is_clear {
            self.take(own);
        }
        is_clear
    }
}

fn shelves(own: Bounds) -> std::ops::RangeInclusive<i64> {
    (own.1 / SHELF).floor() as i64..=(own.3 / SHELF).floor() as i64
}

fn overlap(a: Bounds, b: Bounds) -> bool {
    a.0 + HAIR < b.2 && b.0 + HAIR < a.2 && a.1 + HAIR < b.3 && b.1 + HAIR < a.3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_taken_once() {
        let mut room = Room::default();
        assert!(room.try_take((0.0, 0.0, 10.0, 10.0)));
        assert!(!room.try_take((5.0, 5.0, 15.0, 100.0)));
        assert!(room.try_take((10.0, 0.0, 20.0, 10.0)), "side by side");
        assert!(room.try_take((0.0, 10.0, 10.0, 200.0)), "over many shelves");
        assert!(!room.is_clear((2.0, 150.0, 4.0, 151.0)));
    }
}
