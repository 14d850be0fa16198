//! The same scenarios have the same traces as in WASM: see `wasm.rs`, which checks the same marks.
#![cfg(not(target_arch = "wasm32"))]

mod support;

#[test]
fn the_traces_are_those_of_every_other_machine() {
    support::determinism::assert_marks();
}
