//! The same scenarios have the same traces as natively: see `determinism.rs`, which checks the same marks.
#![cfg(target_arch = "wasm32")]

mod support;

use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn the_traces_are_those_of_every_other_machine() {
    support::determinism::assert_marks();
}
