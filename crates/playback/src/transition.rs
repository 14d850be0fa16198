//! A transition: the animated move from one cursor to a later one.

use std::rc::Rc;

use playground_core::time::{Duration, Instant};

use crate::cursor::Cursor;
use crate::pace::Pace;

/// The animated move to a mark.
///
/// Units: wall microseconds at 1x.
///
/// It follows the pace, with two differences: whatever the simulated time, it takes 2 to 6 s, and compressed stretches
/// take no more than a quarter of that beside something that moves. So an exchange of a millisecond can be watched, and
/// a wait of minutes leaves the time to the packets around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    /// Where it began.
    pub from: Cursor,
    /// Where it ends.
    pub to: Cursor,
    /// How much of it has been seen.
    pub elapsed_us: u64,
    /// How long it is.
    pub length_us: u64,
    /// When which simulated time is reached: sorted by both, from the start to the end.
    knots: Rc<[(u64, Instant)]>,
}

impl Transition {
    /// The shortest a move lasts.
    pub const SHORTEST_US: u64 = 2_000_000;
    /// The longest a move lasts.
    pub const LONGEST_US: u64 = 6_000_000;
    /// How long its last picture stays before it is over: part of its length.
    pub const LAST_PICTURE_US: u64 = 400_000;
    /// The view time of a compressed stretch.
    const COMPRESSED_US: u64 = 600_000;

    /// A move that has not begun.
    pub fn new(pace: &Pace, from: Cursor, to: Cursor) -> Self {
        let stretches = stretches(pace, from.at, to.at);
        let sum = |compressed: bool| {
            let lengths = stretches.iter().filter(|stretch| stretch.compressed == compressed);
            lengths.fold(0_u64, |sum, stretch| sum.saturating_add(stretch.length))
        };
        let (moving, waiting) = (sum(false), sum(true));
        let rest = Self::LAST_PICTURE_US;
        let length = moving.saturating_add(waiting).clamp(Self::SHORTEST_US - rest, Self::LONGEST_US - rest);
        let waits = if moving == 0 { length } else { waiting.min(length / 4) };
        let moves = length - waits;
        let mut knots = vec![(0, from.at)];
        // Sums, not single lengths, are scaled: roundings do not add up.
        let (mut moved, mut waited) = (0_u64, 0_u64);
        for stretch in &stretches {
            let sum = if stretch.compressed { &mut waited } else { &mut moved };
            *sum += stretch.length;
            knots.push((scaled(moved, moves, moving) + scaled(waited, waits, waiting), stretch.until));
        }
        Self { from, to, elapsed_us: 0, length_us: length + rest, knots: knots.into() }
    }

    /// Whether all of it has been seen.
    pub const fn is_over(&self) -> bool {
        self.elapsed_us >= self.length_us
    }

    /// The time it has come to.
    pub fn at(&self) -> Instant {
        let next = self.knots.partition_point(|(wall, _)| *wall <= self.elapsed_us);
        let (Some(last), to) = (next.checked_sub(1), self.knots.get(next)) else { return self.from.at };
        let (from_wall, from) = self.knots[last];
        let Some((to_wall, to)) = to else { return from };
        let part = scaled(self.elapsed_us - from_wall, to.since(from).as_micros(), to_wall - from_wall);
        from + Duration::from_micros(part)
    }

    /// The index it has come to within one instant: entries appear one after the other.
    pub fn index(&self) -> u32 {
        let moving = self.length_us.saturating_sub(Self::LAST_PICTURE_US);
        let entries = u64::from(self.to.index.saturating_sub(self.from.index));
        self.from.index + scaled(self.elapsed_us.min(moving), entries, moving) as u32
    }
}

/// A stretch of simulated time.
struct Stretch {
    until: Instant,
    /// Wall time at 1x, before the whole is scaled.
    length: u64,
    compressed: bool,
}

/// The stretches of a pace between two times.
fn stretches(pace: &Pace, from: Instant, to: Instant) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    for pair in pace.knots().windows(2) {
        let (start, end) = (pair[0].at.max(from), pair[1].at.min(to));
        if start >= end {
            continue;
        }
        let compressed = pair[0].compressed;
        let view = pace.to_view(end).since(pace.to_view(start)).max(1);
        let length = if compressed { view.min(Transition::COMPRESSED_US) } else { view };
        stretches.push(Stretch { until: end, length, compressed });
    }
    stretches
}

/// `part * whole / of` without overflow; 0 of nothing.
fn scaled(part: u64, whole: u64, of: u64) -> u64 {
    (u128::from(part) * u128::from(whole) / u128::from(of.max(1))) as u64
}
