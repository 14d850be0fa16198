//! Segment sequences of real stacks, as tables: time, sender, flags, relative numbers, length.
//!
//! Observed 2026-11-20 on Linux 6.18 in network namespaces, MTU 1500, timestamps on; `A` is the client. PSH is
//! left out: real stacks set it by how the kernel cuts its buffers.

use std::fmt::Write as _;

use playground_core::rule::Rule;
use playground_core::time::Duration;
use playground_core::wire::Flags;

use super::{End, Wire};

/// How far a timer of the capture is from the model's: two ticks of a kernel with HZ 250, and later by up to an eighth,
/// which is how coarse Linux's timer wheel is.
const TICKS: Duration = Duration::from_millis(8);

/// What one end sent, a line each: `[.] 1 1449 0`.
pub fn observed(table: &str, end: End) -> String {
    let name = format!("{end:?}");
    let lines = table.lines().filter_map(|line| {
        let mut fields = line.splitn(3, ' ');
        let (_, sender, rest) = (fields.next()?, fields.next()?, fields.next()?);
        (sender == name).then(|| format!("{rest}\n"))
    });
    lines.collect()
}

/// The same of what was simulated.
pub fn simulated(wires: &[Wire], end: End) -> String {
    let mut text = String::new();
    for wire in wires.iter().filter(|wire| wire.from == end) {
        let letters: String = [(Flags::FIN, 'F'), (Flags::SYN, 'S'), (Flags::RST, 'R'), (Flags::ACK, '.')]
            .into_iter()
            .filter(|(flag, _)| wire.flags.contains(*flag))
            .map(|(_, letter)| letter)
            .collect();
        let _ = writeln!(text, "[{letters}] {} {} {}", wire.seq, wire.ack, wire.len);
    }
    text
}

/// Both ends sent what was observed, each in its order, and what a timer sent at the observed time after the segment
/// before it.
pub fn assert_same(wires: &[Wire], table: &str) {
    for end in [End::A, End::B] {
        assert_eq!(simulated(wires, end), observed(table, end), "{end:?}");
    }
    // SYN and SYN,ACK are a round trip apart where the client is, and together where the server is.
    let one_way = wires.get(1).map_or(0, |answer| answer.at.since(wires[0].at).as_micros());
    let captured_by = |wires: &[Wire]| match observed_at(wires, 1, table) - observed_at(wires, 0, table) {
        interval if interval > one_way => End::A,
        _ => End::B,
    };
    for (index, wire) in wires.iter().enumerate().skip(1) {
        let is_by_timer =
            [Rule::RetransmissionTimeout, Rule::DelayedAckTimer].iter().any(|rule| rule.key() == wire.rule);
        if is_by_timer {
            let before = &wires[index - 1];
            let interval = wire.at.since(before.at).as_micros();
            let expected = match (before.from == wire.from, captured_by(wires) == wire.from) {
                (true, _) => interval,
                (false, true) => interval - one_way,
                (false, false) => interval + one_way,
            };
            let in_capture = observed_at(wires, index, table) - observed_at(wires, index - 1, table);
            let ticks = TICKS.as_micros();
            assert!(
                (expected.saturating_sub(ticks)..=expected * 9 / 8 + ticks).contains(&in_capture),
                "segment {index}, {}: after {expected} us, observed {in_capture} us",
                wire.rule
            );
        }
    }
}

/// When the capture has this segment of the run, in microseconds: the one of the same ordinal from the same end.
fn observed_at(wires: &[Wire], index: usize, table: &str) -> u64 {
    let end = wires[index].from;
    let ordinal = wires[..index].iter().filter(|wire| wire.from == end).count();
    let mut times = table.lines().filter_map(|line| {
        let (at, rest) = line.split_once(' ')?;
        rest.starts_with(&format!("{end:?} ")).then_some(at)
    });
    let at = times.nth(ordinal).expect("as many segments as in the run");
    let (seconds, micros) = at.split_once('.').expect("seconds with six decimals");
    seconds.parse::<u64>().expect("seconds") * 1_000_000 + micros.parse::<u64>().expect("microseconds")
}
