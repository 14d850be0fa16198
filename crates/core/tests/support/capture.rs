//! Segment sequences of real stacks, as tables: time, sender, flags, relative numbers, length.
//!
//! Observed 2026-11-20 on Linux 6.18 in network namespaces, MTU 1500, timestamps on; `A` is the client. PSH is
//! left out: real stacks set it by how the kernel cuts its buffers.

use std::fmt::Write as _;

use playground_core::wire::Flags;

use super::{End, Wire};

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

/// Both ends sent what was observed, each in its order.
pub fn assert_same(wires: &[Wire], table: &str) {
    for end in [End::A, End::B] {
        assert_eq!(simulated(wires, end), observed(table, end), "{end:?}");
    }
}
