//! The four values of each connection, at the steps of their lesson.

use std::rc::Rc;

use playground_core::tcp::CallError;
use playground_lessons::KnobValues;
use playground_playback::{Cursor, Dissection, TupleTable, Tuples};

/// The table at a step with default knobs.
fn at(step: &str) -> TupleTable {
    let lesson = playground_lessons::find("four-tuple").expect("a lesson");
    let run = lesson.run(&KnobValues::defaults(lesson)).expect("lessons run");
    let mark = run.steps.iter().find(|mark| mark.id == step).expect("a step");
    let tuples = Tuples::new(Rc::clone(&run.trace), Rc::new(Dissection::new(&run.trace)));
    tuples.at(Cursor::new(mark.index, mark.at))
}

#[test]
fn a_connection_with_the_values_of_another_is_refused() {
    let before = at("together");
    assert!(before.rows.iter().all(|row| row.refused.is_none()));
    let table = at("same");
    assert_eq!(table.rows.len(), before.rows.len() + 1);
    let last = table.rows.last().expect("a row");
    assert_eq!((last.refused, last.connection), (Some(CallError::AddressInUse), None));
    assert_eq!(last.values, table.rows[0].values, "all four are those of the first");
    assert_eq!(last.differs, [false; 4]);
}

#[test]
fn a_segment_finds_the_row_with_its_values() {
    let table = at("sorted");
    let segment = table.segment.expect("a segment on its way");
    assert_eq!(segment.values, table.rows[segment.row].values);
    assert_eq!(segment.row, 1, "the program writes to its second connection");
    assert_eq!(at("together").segment, None);
}
