//! A display filter over the packet list, in a part of Wireshark's language.
//!
//! `tcp.flags.reset == 1`, `ip.src == 10.0.0.1 and not http`, `tcp.port in {80, 8080}`,
//! `http.request.uri contains "a"`. Fields that only this model has begin with `node` or `model`.

mod field;
mod parse;

pub use field::FILTER_FIELDS;
pub use parse::{FilterError, FilterProblem};

use playground_core::event::Event;
use playground_core::trace::Trace;
use playground_core::wire::Packet;

use self::field::{Field, values};
use self::parse::{Expression, Literal, Test};
use crate::dissection::Dissection;
use crate::packets::{PacketRow, Packets};

/// A filter that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    expression: Expression,
}

/// A value of a field in a packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FieldValue {
    Number(u64),
    Text(String),
}

impl Filter {
    /// The most octets of a filter.
    pub const LONGEST: usize = 500;

    /// Reads a filter.
    ///
    /// # Errors
    ///
    /// The first mistake, and the octet at which it is.
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        parse::parse(text).map(|expression| Self { expression })
    }

    /// Whether it lets a packet through.
    pub fn matches(&self, row: &PacketRow, trace: &Trace, dissection: &Dissection) -> bool {
        let entry = trace.entries.get(row.entry as usize);
        let Some(Event::PacketSent { packet, .. }) = entry.map(|entry| &entry.event) else { return false };
        holds(&self.expression, &|field| values(field, row, packet, dissection))
    }
}

impl Packets {
    /// The rows that a filter lets through; they keep their numbers.
    #[must_use]
    pub fn filtered(&self, filter: &Filter, trace: &Trace, dissection: &Dissection) -> Self {
        let rows = self.rows.iter().filter(|row| filter.matches(row, trace, dissection));
        Self { rows: rows.cloned().collect() }
    }
}

fn holds(expression: &Expression, values: &dyn Fn(Field) -> Vec<FieldValue>) -> bool {
    match expression {
        Expression::Or(one, other) => holds(one, values) || holds(other, values),
        Expression::And(one, other) => holds(one, values) && holds(other, values),
        Expression::Not(inner) => !holds(inner, values),
        Expression::Field(field) => field.is_there(&values(*field)),
        // A field that a packet has twice passes when one of them does, as in Wireshark.
        Expression::Test(field, test) => values(*field).iter().any(|value| passes(value, test)),
    }
}

fn passes(value: &FieldValue, test: &Test) -> bool {
    let ordering = |literal: &Literal| match (value, literal) {
        (FieldValue::Number(value), Literal::Number(wanted)) => Some(value.cmp(wanted)),
        (FieldValue::Text(value), Literal::Text(wanted)) => Some(value.as_str().cmp(wanted.as_str())),
        _ => None,
    };
    match test {
        Test::Compare(operator, literal) => ordering(literal).is_some_and(|found| operator.accepts(found)),
        Test::In(set) => set.iter().any(|literal| ordering(literal).is_some_and(core::cmp::Ordering::is_eq)),
        Test::Contains(wanted) => matches!(value, FieldValue::Text(value) if value.contains(wanted.as_str())),
    }
}

/// The protocols of a packet, by Wireshark's names.
pub(crate) fn protocol_is(row: &PacketRow, packet: &Packet, name: &str) -> bool {
    match (packet, name) {
        (_, "ip") => true,
        (Packet::Segment(_), "tcp") => true,
        (Packet::Datagram(_), "udp") => row.protocol != "ICMP",
        (_, name) => row.protocol.eq_ignore_ascii_case(name),
    }
}
