//! A display filter over the packet list, in a part of Wireshark's language.
//!
//! `tcp.flags.reset == 1`, `ip.src == 10.0.0.1 and not http`, `tcp.port in {80, 8080}`,
//! `http.request.uri contains "a"`. Fields that only this model has begin with `node` or `model`.
//!
//! A test lets tshark filter the same packets. Each segment is read for itself, as Wireshark does when it may not
//! reassemble streams: a message belongs to the segment in which it begins. Not as Wireshark does it then: a message
//! that begins behind the end of another one's body is found too.

mod field;
mod literal;
mod parse;

pub use field::filter_fields;
pub use parse::{FilterError, FilterProblem};

use core::cmp::Ordering;

use playground_core::event::Event;
use playground_core::trace::Trace;

use self::field::Field;
use self::parse::{Expression, Literal, Operator, Test};
use crate::dissection::Dissection;
use crate::packets::{PacketRow, Packets};

/// A filter that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    expression: Expression,
}

/// A value of a field in a packet: flags are 0 and 1, addresses numbers, times nanoseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FieldValue {
    Present,
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
        holds(&self.expression, &|field| field.values(row, packet, dissection))
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
        Expression::Field(field) => !values(*field).is_empty(),
        // A field that a packet has twice passes when one of them does, as in Wireshark.
        Expression::Any(field, test) => values(*field).iter().any(|value| passes(value, test)),
        Expression::All(field, test) => {
            let values = values(*field);
            !values.is_empty() && values.iter().all(|value| passes(value, test))
        }
    }
}

fn passes(value: &FieldValue, test: &Test) -> bool {
    match (value, test) {
        (FieldValue::Number(value), Test::Compare(operator, Literal::Number(range))) => {
            operator.accepts(if value < range.start() {
                Ordering::Less
            } else if value > range.end() {
                Ordering::Greater
            } else {
                Ordering::Equal
            })
        }
        (FieldValue::Text(value), Test::Compare(operator, Literal::Text(wanted))) => {
            operator.accepts(value.as_str().cmp(wanted))
        }
        (FieldValue::Text(value), Test::Contains(wanted)) => value.contains(wanted.as_str()),
        (_, Test::In(set)) => {
            set.iter().any(|literal| passes(value, &Test::Compare(Operator::Equal, literal.clone())))
        }
        _ => false,
    }
}
